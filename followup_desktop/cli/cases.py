"""Verbs about cases, and the ledger of what was given to make things right."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser, Namespace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.base.money import Money, digits, parse_amount
from followup_desktop.base.money import format as money_words
from followup_desktop.base.zones import day_bounds
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import cases as commands
from followup_desktop.core.cases import queries
from followup_desktop.core.cases.model import Case, CaseState, CauseCount, Closing, Given, How, Step, Whole
from followup_desktop.core.cases.rules import CHECK_DAYS, MEASURED, counted, is_answered_late, ledger, next_step, summed
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.history import queries as history
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.promises import queries as promises
from followup_desktop.core.promises.model import Match, NewPromise
from followup_desktop.core.promises.rules import questions, understand


def _open(parser: ArgumentParser) -> None:
    parser.add_argument("--customer", metavar="ID", type=shapes.number, required=True)
    parser.add_argument("--what", metavar="TEXT", default="", help="what went wrong, in their words")
    parser.add_argument("--event", metavar="EVENT_ID", type=shapes.number, help="the call or visit it is about")
    parser.add_argument("--message", metavar="MESSAGE_ID", type=shapes.number, help="the mail they complained in")
    parser.add_argument("--how", choices=[str(how) for how in How], help="how you learned of it")
    parser.add_argument("--at", metavar="TIME", help="when it happened; now where it is left out")


def open_case(program: Program, given: Namespace) -> Answer:
    """Open a case, or join what they say to the one that is open."""
    at = shapes.moment(given.at, _zone(program)) if given.at else None
    how = How(given.how) if given.how else None
    if given.event is not None and given.message is not None:
        raise Problem("An event and a mail.", "No case was opened.", "Give one of the two.")
    about = {"event": given.event, "message": given.message}
    done = commands.open_case(program.desk, CustomerId(given.customer), given.what, how, at, **about)
    return _answer(program, done.result, done.says)


def _listing(parser: ArgumentParser) -> None:
    parser.add_argument("--closed", action="store_true", help="those that are closed as well")


def listing(program: Program, given: Namespace) -> Answer:
    """List the cases, the oldest open one first."""
    with program.desk.store.read() as session:
        zone, answers = operators.business(session).zone, queries.answered(session)
        found = queries.cases(session, closed=given.closed)
    now = program.clock.now()
    data = [_case(case, zone, answers.get(int(case.id)), now) for case in found]
    return Answer(data, [_words(case) for case in found] or ["No case is open."])


def _id(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="CASE_ID", type=shapes.number)


def show(program: Program, given: Namespace) -> Answer:
    """Show one case with everything that belongs to it."""
    return _answer(program, given.id)


def _step(parser: ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("step", choices=[str(step) for step in Step])
    parser.add_argument("--note", metavar="TEXT")
    parser.add_argument("--promise", metavar="TEXT", help="what you assure, and by when: it becomes a promise")
    done = parser.add_mutually_exclusive_group()
    done.add_argument("--open", action="store_true", help="not done yet; with --note alone it is done")
    done.add_argument("--done", action="store_true", help="done (the usual)")


def step(program: Program, given: Namespace) -> Answer:
    """Note one of the five steps; an assurance becomes a promise."""
    if given.promise is not None and given.step != Step.ASSURE:
        raise Problem("Only an assurance becomes a promise.", "Nothing was changed.", "Use the step “assure”.")
    new = _promise(program, given.id, given.promise) if given.promise is not None else None
    said = commands.note_step(program.desk, given.id, Step(given.step), given.note, done=not given.open).says
    if new is not None:
        said = commands.assure(program.desk, given.id, new).says
    return _answer(program, given.id, said)


def _promise(program: Program, case: int, line: str) -> NewPromise:
    with program.desk.store.read() as session:
        business, found = operators.business(session), queries.case(session, case)
    now = program.clock.now()
    whose = Match(int(found.customer), found.name) if found is not None else None
    said = understand(line, now, business.zone, [], business.language, business.region, customer=whose)
    if said.due_date is None or not said.complete:
        raise Problem(" ".join(questions(said, now, business.zone, business.language)), "Nothing was noted.")
    return NewPromise(said.what, said.due_date, said.due_time, business.zone, line=line)


def _offer(parser: ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("--kind", metavar="TEXT", help="such as “free visit”, “credit”, “refund”")
    parser.add_argument("--cost", metavar="AMOUNT", help="what it costs you, such as 40 or 40.50")
    parser.add_argument("--currency", metavar="CODE", help="such as EUR; the business's where it is left out")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--given", action="store_true", help="it was given")
    which.add_argument("--not-given", action="store_true", help="it was not given after all")
    which.add_argument("--withdraw", action="store_true", help="take it back")
    parser.add_argument("--offer", metavar="OFFER_ID", type=shapes.number, help="one that was offered before")


def offer(program: Program, given: Namespace) -> Answer:
    """Note what is offered to make it right, or what became of an offer."""
    if given.offer is None:
        if given.not_given or given.withdraw:
            raise Problem("Which offer?", "Nothing was changed.", "Name it with --offer.")
        if not (given.kind or "").strip():
            raise Problem("What was offered?", "Nothing was noted.", "Say it with --kind, such as “free visit”.")
        cost = cost_of(program, given.cost, given.currency)
        says = commands.offer(program.desk, given.id, given.kind, cost, given=given.given).says
        return _answer(program, given.id, says)
    if given.kind or given.cost or given.currency:
        raise Problem("An offer stays as it was made.", "Nothing was changed.", "Take it back, and make another.")
    _belongs(program, given.id, given.offer)
    if given.withdraw:
        says = commands.withdraw_offer(program.desk, given.offer).says
    else:
        says = commands.give(program.desk, given.offer, given=not given.not_given).says
    return _answer(program, given.id, says)


def cost_of(program: Program, text: str | None, currency: str | None) -> Money | None:
    """Read a cost; raises Problem where it is none, is below zero, or names two currencies."""
    with program.desk.store.read() as session:
        business = operators.business(session)
    code = (currency or "").strip().upper()
    if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise Problem(f"“{currency}” is no currency.", "Nothing was noted.", "Write its three letters, such as EUR.")
    if text is None:
        if code:
            raise Problem("A currency without an amount.", "Nothing was noted.", "Say the amount with --cost.")
        return None
    read = parse_amount(text, code or business.currency)
    if not isinstance(read, Money):
        raise Problem(read.happened, "Nothing was noted.", read.to_do)
    if code and read.currency != code:
        raise Problem(f"“{text}” is not in {code}.", "Nothing was noted.", "Give one currency.")
    if read.minor < 0:
        raise Problem("A cost cannot be below zero.", "Nothing was noted.", "Give what it cost, or leave it out.")
    if read.minor > 10**12:
        raise Problem("That is more than can be kept as a cost.", "Nothing was noted.", "Give what it cost.")
    return read


def _belongs(program: Program, case: int, offer: int) -> None:
    with program.desk.store.read() as session:
        known = {each.id for each in queries.offers(session, case)}
    if offer not in known:
        raise Problem(f"Case {case} has no offer {offer}.", "Nothing was changed.", "Look the number up in the case.")


def _cause(parser: ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("--cause", metavar="NAME", help="why it happened, from your list or a new one")
    parser.add_argument("--standard", metavar="TEXT", help="the standard that was missed")
    parser.add_argument("--why", metavar="TEXT", help="why it was missed, as it was")
    parser.add_argument("--prevention", metavar="TEXT", help="what stops it from happening again")
    parser.add_argument("--told", action="store_true", help="the customer knows what was changed")


def cause(program: Program, given: Namespace) -> Answer:
    """Close the loop: cause, standard, why, prevention, and that the customer was told."""
    closing = Closing(given.cause, given.standard, given.why, given.prevention)
    if closing == Closing() and not given.told:
        raise Problem("Nothing was given to note.", "Nothing was changed.", "Give --cause, --why or another.")
    says = ""
    if closing != Closing():
        says = commands.close_the_loop(program.desk, given.id, closing).says
    if given.told:
        says = commands.told(program.desk, given.id).says
    return _answer(program, given.id, says)


def _causes(parser: ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--add", metavar="NAME")
    which.add_argument("--rename", metavar=("NAME", "NEW"), nargs=2)
    which.add_argument("--merge", metavar=("NAME", "INTO"), nargs=2, help="make the two one, in every case")
    which.add_argument("--remove", metavar="NAME", help="offer it no more; its cases keep it")


def causes(program: Program, given: Namespace) -> Answer:
    """Count the causes over 90 days, or change the list one chooses from."""
    if given.add is not None:
        commands.add_cause(program.desk, given.add)
    elif given.rename:
        commands.rename_cause(program.desk, *given.rename)
    elif given.merge:
        commands.merge_cause(program.desk, *given.merge)
    elif given.remove is not None:
        commands.remove_cause(program.desk, given.remove)
    with program.desk.store.read() as session:
        zone, names = operators.business(session).zone, queries.causes(session)
        found = counted(queries.cases(session, closed=True), program.clock.now() - MEASURED)
    there = {each.name: each for each in found}
    rows = [*found, *(CauseCount(name, 0, 0, None) for name in names if name not in there)]
    data = [_count(each, zone, listed=each.name in names) for each in rows]
    lines = [f"{each.cases:>4}  {each.name}{_again(each)}" for each in rows]
    return Answer(data, lines)


def _again(each: CauseCount) -> str:
    return f"  ({each.came_back} after it was fixed)" if each.came_back else ""


def _resolve(parser: ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("--how", metavar="TEXT", default="", help="how it was put right, as a sentence they may read")


def resolve(program: Program, given: Namespace) -> Answer:
    """Say that it was put right; its check is due two weeks later."""
    return _answer(program, given.id, commands.put_right(program.desk, given.id, given.how).says)


def _check(parser: ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("--held", choices=["yes", "no"], required=True, help="whether it held")
    parser.add_argument("--note", metavar="TEXT", default="", help="what they said")


def check(program: Program, given: Namespace) -> Answer:
    """Say whether it held: yes closes the case, no opens it again."""
    if given.held == "yes":
        return _answer(program, given.id, commands.close_case(program.desk, given.id).says)
    with program.desk.store.read() as session:
        found = queries.case(session, given.id)
    if found is not None and found.state is CaseState.OPEN:
        raise Problem("This case is still open.", "Nothing was changed.", "Say first how it was put right.")
    return _answer(program, given.id, commands.reopen_case(program.desk, given.id, given.note).says)


def _reopen(parser: ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("--why", metavar="TEXT", default="", help="what they said")


def reopen(program: Program, given: Namespace) -> Answer:
    """Open a case again that did not hold."""
    return _answer(program, given.id, commands.reopen_case(program.desk, given.id, given.why).says)


def _goodwill(parser: ArgumentParser) -> None:
    parser.add_argument("--month", metavar="M", type=_month, help="such as 2026-11; every month where it is left out")


def _month(text: str) -> date:
    try:
        if len(text) != 7:
            raise ValueError(text)
        return shapes.within(date.fromisoformat(f"{text}-01"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a month such as 2026-11") from None


def goodwill(program: Program, given: Namespace) -> Answer:
    """Say what was given to make things right, by month, cause and route."""
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
        found = queries.given(session, *_bounds(given.month, zone))
    rows = ledger(found, zone)
    data = {
        "rows": [
            {
                "month": row.month,
                "cause": row.cause,
                "route": row.route,
                "given": row.given,
                "cost": row.cost.minor if row.cost else None,
                "currency": row.cost.currency if row.cost else None,
                "offers": list(row.offers),
            }
            for row in rows
        ],
        "totals": [{"currency": each.currency, "cost": each.minor} for each in summed(found)],
        "given": [_given(each, zone) for each in found],
    }
    lines = [
        f"{row.month}  {row.given:>3}  {money_words(row.cost, exact=True) if row.cost else '–':>12}  "
        f"{row.cause or 'no cause yet'}, {row.route or 'on no route'}"
        for row in rows
    ]
    total = ", ".join(money_words(each, exact=True) for each in summed(found))
    return Answer(data, [*lines, f"In all: {total}"] if total else lines or ["Nothing was given."])


def _bounds(month: date | None, zone: str) -> tuple[datetime | None, datetime | None]:
    if month is None:
        return None, None
    after = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day_bounds(month, zone)[0], day_bounds(after, zone)[0]


def _zone(program: Program) -> str:
    with program.desk.store.read() as session:
        return operators.business(session).zone


def _answer(program: Program, key: int, says: str = "") -> Answer:
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
        found = queries.whole(session, key)
        if found is None:
            raise Problem(f"There is no case {key}.", "Nothing was changed.", "case list shows those there are.")
        data = _whole(session, found, zone, program.clock.now())
    return Answer(data | {"says": says}, [*([says] if says else []), _words(found.case)])


def _whole(session: Session, found: Whole, zone: str, now: datetime) -> dict[str, Any]:
    promised = [promises.promise(session, key) for key in found.promises]
    return _case(found.case, zone, found.answered_at, now) | {
        "next_step": _text_of(next_step(found.steps)),
        "steps": [
            {"step": str(noted.step), "note": noted.note, "done": shapes.iso(noted.done_at, zone)}
            for noted in found.steps
        ],
        "offers": [
            {
                "id": each.id,
                "kind": each.kind,
                "cost": each.cost.minor if each.cost else None,
                "currency": each.cost.currency if each.cost else None,
                "offered": shapes.iso(each.offered_at, zone),
                "given": shapes.iso(each.given_at, zone),
            }
            for each in found.offers
        ],
        "promises": [shapes.promise(each) for each in promised if each is not None],
        "events": [
            {"id": event.id, "what": str(event.what), "at": shapes.iso(event.at, zone), "note": event.note}
            for event in (history.event(session, key) for key in found.events)
            if event is not None
        ],
    }


def _text_of(step: Step | None) -> str | None:
    return None if step is None else str(step)


def _case(case: Case, zone: str, answered: datetime | None, now: datetime) -> dict[str, Any]:
    right = case.put_right_at
    return {
        "id": case.id,
        "customer_id": case.customer,
        "customer": case.name,
        "what": case.what,
        "how": case.how or None,
        "state": str(case.state),
        "opened": shapes.iso(case.opened_at, zone),
        "first_answer": shapes.iso(answered, zone),
        "first_answer_late": is_answered_late(case.opened_at, answered, now),
        "put_right": shapes.iso(right, zone),
        "put_right_how": case.right or None,
        "hours_to_put_right": round((right - case.opened_at) / timedelta(hours=1), 1) if right else None,
        "check_due": shapes.iso(right + timedelta(days=CHECK_DAYS), zone)
        if right and case.state is CaseState.PUT_RIGHT
        else None,
        "closed": shapes.iso(case.closed_at, zone),
        "reopened": case.reopened,
        "cause": case.cause or None,
        "standard": case.standard or None,
        "why": case.why or None,
        "prevention": case.prevention or None,
        "told": shapes.iso(case.told_at, zone),
    }


def _count(each: CauseCount, zone: str, *, listed: bool) -> dict[str, Any]:
    return {
        "cause": each.name,
        "cases": each.cases,
        "fixed": shapes.iso(each.fixed_at, zone),
        "came_back": each.came_back,
        "case_ids": list(each.ids),
        "listed": listed,
    }


def _given(each: Given, zone: str) -> dict[str, Any]:
    return {
        "offer_id": each.offer,
        "case_id": each.case,
        "customer_id": each.customer,
        "customer": each.name,
        "kind": each.kind,
        "cost": each.cost.minor if each.cost else None,
        "currency": each.cost.currency if each.cost else None,
        "decimals": digits(each.cost.currency) if each.cost else None,
        "given": shapes.iso(each.at, zone),
    }


def _words(case: Case) -> str:
    again = f", opened again {case.reopened} times" if case.reopened > 1 else ", opened again" if case.reopened else ""
    return f"{case.id:>5}  {str(case.state).replace('_', ' ')}{again}  {case.name}: {case.what}"


VERBS: tuple[Verb, ...] = (
    Verb("case open", "open a case: something went wrong", open_case, _open),
    Verb("case list", "the cases, the oldest open one first", listing, _listing),
    Verb("case show", "one case with everything that belongs to it", show, _id),
    Verb("case step", "note one of the five steps", step, _step),
    Verb("case offer", "what is offered to make it right, and whether it was given", offer, _offer),
    Verb("case cause", "close the loop: cause, standard, why, prevention", cause, _cause),
    Verb("case causes", "causes counted, and the list of them", causes, _causes),
    Verb("case resolve", "say that it was put right", resolve, _resolve),
    Verb("case check", "say whether it held", check, _check),
    Verb("case reopen", "open a case again that did not hold", reopen, _reopen),
    Verb("goodwill", "what was given to make things right", goodwill, _goodwill),
)
