"""Commands about cases: putting right what went wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

from followup_desktop.base.errors import Problem
from followup_desktop.base.money import Money
from followup_desktop.base.wording import count_words, date_words, list_words
from followup_desktop.base.zones import local_day
from followup_desktop.commands.door import business_of, command
from followup_desktop.commands.history import offer_noted
from followup_desktop.core.cases import queries, records, rules
from followup_desktop.core.cases.model import STEP_TITLES, CaseId, Closing, How, Step
from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.customers import records as customers
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.history import queries as history
from followup_desktop.core.history.model import Event
from followup_desktop.core.journeys import records as follow_ups
from followup_desktop.core.journeys.model import FollowUpId
from followup_desktop.core.promises.model import NewPromise, PromiseId
from followup_desktop.store.store import Work


@command("case.open", says="Case opened")
def open_case(
    work: Work,
    customer: CustomerId,
    what: str,
    how: How | None = None,
    at: datetime | None = None,
    *,
    event: int | None = None,
    message: int | None = None,
) -> CaseId:
    """Open a case: somebody complained, however they did. One that is open already takes it in.

    `event` is what it is about, a call or a visit, or `message` is their mail. What opened a case before opens no
    second one.
    """
    row = customers.get(work, customer)
    about = _about(work, customer, event, message)
    what = what.strip() or (rules.words_of(about) if about is not None else "")
    if not what:
        raise Problem("What went wrong?", "No case was opened.", "Say it in a few words.")
    if len(what) > records.LONGEST:
        raise Problem("That is too long for a case.", "No case was opened.", "Say it in fewer words.")
    if at is not None and at > work.now:
        raise Problem("That lies in the future.", "No case was opened.", "Give the time it happened.")
    known = queries.case_about(work.session, about) if about is not None else None
    if known is not None:
        work.says = f"There is a case about this already: {row.name}"
        return CaseId(known)
    work.says = ""
    key = _opened(work, customer, what, how, at, about)
    work.says = f"{work.says or 'Case opened'}: {row.name}"
    return key


def _opened(
    work: Work, customer: CustomerId, what: str, how: How | None, at: datetime | None, about: Event | None
) -> CaseId:
    if about is None:
        return records.complain(work, customer, what, at, how=how or "")
    how_known, at = how or rules.how_known(about.what), at or min(about.at, work.now)
    if rules.opens_a_case(about.what, about.rating):
        return records.open_or_join(work, customer, int(about.id), what, at, how=how_known)
    return records.complain(work, customer, what, at, how=how_known, message=about.message, event=int(about.id))


def _about(work: Work, customer: CustomerId, event: int | None, message: int | None) -> Event | None:
    if event is None and message is None:
        return None
    found = history.event(work.session, event) if event is not None else history.of_message(work.session, message or 0)
    if found is None or found.customer != customer:
        what = f"event {event}" if event is not None else f"mail {message}"
        raise Problem(f"They have no {what}.", "No case was opened.", "Look the number up in their history.")
    return found


@command("case.step", says="Noted")
def note_step(work: Work, case: int, step: Step, note: str | None = None, *, done: bool | None = None) -> None:
    """Note something at one of the five steps, and whether it is done."""
    records.note_step(work, case, step, note, done=done)
    noted = "your words stand in the letter, once you write it" if step is Step.APOLOGISE and note else "noted"
    work.says = f"{STEP_TITLES[step]}: {'done' if done else 'open again' if done is False else noted}"
    found = queries.case(work.session, case)
    if step is Step.ASSURE and note and found is not None:
        offer_noted(work, found.customer, found.event, note)


@command("case.offer", says="Offer noted")
def offer(work: Work, case: int, kind: str, cost: Money | None = None, *, given: bool = False) -> int:
    """Note what is offered to make it right, what it costs, and whether it was given; return its number."""
    if cost is not None and not cost.currency:
        cost = Money(cost.minor, business_of(work).currency)
    key = records.offer(work, case, kind, cost, given=given)
    records.note_step(work, case, Step.ASK, None, done=True)
    work.says = f"{'Given' if given else 'Offered'}: {' '.join(kind.split())}"
    return key


@command("case.give", says="Marked as given")
def give(work: Work, offer: int, *, given: bool = True) -> None:
    """Say whether something that was offered was given."""
    row = records.give(work, offer, given=given)
    work.says = f"{'Given' if given else 'Not given after all'}: {row.kind}"


@command("case.withdraw_offer", says="Offer taken back")
def withdraw_offer(work: Work, offer: int) -> None:
    """Take back an offer that was not given."""
    work.says = f"Offer taken back: {records.withdraw_offer(work, offer).kind}"


@command("case.assure", says="Promise kept in mind")
def assure(work: Work, case: int, new: NewPromise) -> PromiseId:
    """Promise something to put a case right; it is reminded of like every promise."""
    made = records.assure(work, case, new)
    work.says = f"Promise noted: {new.what}"
    return made


@command("case.loop", says="Noted")
def close_the_loop(work: Work, case: int, closing: Closing) -> None:
    """Write down the cause, the standard that was missed, why, and what stops it from happening again."""
    records.close_the_loop(work, case, closing)
    work.says = f"Noted: {records.name_of(work, case)}"


@command("case.told", says="They know what was changed")
def told(work: Work, case: int) -> None:
    """Say that the customer was told what was changed."""
    records.told(work, case)


@command("case.put_right", says="Marked as put right")
def put_right(work: Work, case: int, how: str = "") -> None:
    """Say that a case was put right, and how."""
    kept = records.put_right(work, case, how)
    today = local_day(work.now, business_of(work).zone)
    day = date_words(today + timedelta(days=rules.CHECK_DAYS), today)
    kept_words = f"; kept with it: {list_words(kept)}" if kept else ""
    work.says = f"Put right: {records.whose(work, case)} is asked on {day} whether it held{kept_words}"


@command("case.close", says="Case closed")
def close_case(work: Work, case: int) -> None:
    """Say that it held."""
    records.close(work, case)


@command("case.reopen", says="Case reopened")
def reopen_case(work: Work, case: int, why: str = "") -> None:
    """Say that it did not hold, and what they said."""
    records.reopen(work, case, why)


@command("case.write", says="On today's list")
def write(work: Work, case: int, purpose: Purpose, template: str = "") -> FollowUpId:
    """Put a message of a case on today's list: an apology, whether it held, or what was changed."""
    found = queries.case(work.session, case)
    if found is None:
        raise Problem(f"There is no case {case}.", "Nothing was changed.", "Look the number up on the Recovery page.")
    transactional = PURPOSES[purpose].transactional
    key = follow_ups.ad_hoc(work, found.customer, purpose, template or f"{purpose}/ad_hoc", transactional=transactional)
    row = follow_ups.open_row(work, key)
    row.case_id, row.event_id, row.why_here = case, found.event, f"Your case: {found.what.rstrip('.')}."
    return key


@command("case.cause_add", says="Cause added")
def add_cause(work: Work, name: str) -> None:
    """Add a reason why things go wrong to the list."""
    records.cause(work, name)


@command("case.cause_rename", says="Cause renamed")
def rename_cause(work: Work, name: str, new: str) -> None:
    """Call a cause something else, in every case of it."""
    records.rename_cause(work, name, new)


@command("case.cause_merge", says="Causes merged")
def merge_cause(work: Work, name: str, into: str) -> int:
    """Make two causes one, in every case; return how many cases changed."""
    changed = records.merge_cause(work, name, into)
    work.says = f"{count_words(changed, 'case', 'cases')} of “{name}” now stand under “{into}”"
    return changed


@command("case.cause_remove", says="Cause removed from the list")
def remove_cause(work: Work, name: str) -> None:
    """Offer a cause no more; its cases keep it."""
    records.remove_cause(work, name)
