"""Verbs about promises."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date, time
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.base.zones import resolve
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import promises as commands
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.history import queries as history
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.promises import queries
from followup_desktop.core.promises.model import Match, NewPromise, Offer, Promise
from followup_desktop.core.promises.rules import FoundPromise, Reader, dated, find_promises, questions, understand
from followup_desktop.core.promises.rules.promising_notes import find_in_notes
from followup_desktop.mail.parse.reading import capped, read_mail
from followup_desktop.mail.parse.reply_text import own_words, reply_text

MOST_CHOICES = 8
LARGEST = 50_000_000
"""Bytes of a file that is read as a text."""


def _line(parser: ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", nargs="+")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--message", metavar="MESSAGE_ID", type=shapes.number, help="the letter it is made from")
    source.add_argument("--event", metavar="EVENT_ID", type=shapes.number, help="the call or visit it is made from")


def _add(parser: ArgumentParser) -> None:
    _line(parser)
    parser.add_argument("--customer", metavar="ID", type=shapes.number, help="to whom, whatever name the line says")


def add(program: Program, given: Namespace) -> Answer:
    """Write down a promise said in one line."""
    line = " ".join(given.text)
    with program.desk.store.read() as session:
        business, names = operators.business(session), queries.names(session)
        whose = _whose(session, given.message, given.event, given.customer)
    now = program.clock.now()
    said = understand(line, now, business.zone, names, business.language, business.region, customer=whose)
    if not said.complete or said.due_date is None:
        asked = " ".join(questions(said, now, business.zone, business.language))
        choices = "; ".join(f"{match.customer_id} {match.label}" for match in said.candidates[:MOST_CHOICES])
        raise Problem(asked, "Nothing was noted.", f"Say whose with --customer: {choices}." if choices else "")
    new = NewPromise(
        what=said.what,
        due_date=said.due_date,
        due_time=said.due_time,
        zone=business.zone,
        customer=said.customer.customer_id if said.customer else None,
        line=line,
        message=given.message,
        event=given.event,
    )
    made = commands.make_promise(program.desk, new).result
    return _answer(program, made)


def _whose(session: Session, message: int | None, event: int | None, customer: int | None) -> Match | None:
    """Return to whom it is promised where that is said, or it comes from a letter or an event; None where it is not."""
    if message is None and event is None:
        return None if customer is None else Match(customer, customers.customer(session, CustomerId(customer)).name)
    found = history.of_message(session, message) if message is not None else history.event(session, event or 0)
    if found is None:
        what = f"mail {message}" if message is not None else f"event {event}"
        raise Problem(f"There is no {what}.", "Nothing was noted.", "Look the number up with the customer.")
    if customer is not None and found.customer != customer:
        raise Problem("That is another customer's.", "Nothing was noted.", "Leave --customer out, or look it up.")
    return Match(int(found.customer), customers.customer(session, found.customer).name)


def listing(program: Program, given: Namespace) -> Answer:
    """List the open promises, the soonest first."""
    with program.desk.store.read() as session:
        found = queries.open_promises(session)
    return Answer([shapes.promise(p) for p in found], [_words(p) for p in found] or ["No open promises."])


def _id(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", type=shapes.number)


def keep(program: Program, given: Namespace) -> Answer:
    """Say that a promise was kept."""
    commands.keep_promise(program.desk, given.id)
    return _answer(program, given.id)


def give_up(program: Program, given: Namespace) -> Answer:
    """Say that a promise was not kept."""
    commands.break_promise(program.desk, given.id)
    return _answer(program, given.id)


def withdraw(program: Program, given: Namespace) -> Answer:
    """Say that a promise no longer holds, with the customer's agreement."""
    commands.withdraw_promise(program.desk, given.id)
    return _answer(program, given.id)


def _later(parser: ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("--until", metavar="ISO", required=True)
    parser.add_argument("--tell", action="store_true", help="draft the message that tells the customer")


def later(program: Program, given: Namespace) -> Answer:
    """Move a promise; a bare date leaves it without a time."""
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
    timed = len(given.until) > len("2026-11-23")
    until = shapes.moment(given.until if timed else f"{given.until}T23:59:59", zone)
    move = commands.tell_late if given.tell else commands.move_promise
    move(program.desk, given.id, until, timed=timed)
    return _answer(program, given.id)


def _files(parser: ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parser.add_argument("--notes", action="store_true", help="they are notes of calls, which report what was said")


def find(program: Program, given: Namespace) -> Answer:
    """Say what texts promise: files of plain text, or messages (.eml). Reads only."""
    with program.desk.store.read() as session:
        business = operators.business(session)
    reader = Reader(program.clock.now(), business.zone, business.region)
    read = find_in_notes if given.notes else find_promises
    found = [(str(file), one) for file in given.files for one in read(_own_words(file), reader)]
    lines = [f"{_due(one, business.zone) or 'no day':<25}  {one.what}\n    {one.sentence}" for _, one in found]
    return Answer([_found(file, one, business.zone) for file, one in found], lines or ["No promises found."])


def _own_words(file: Path) -> str:
    """Return what the writer of a file wrote there, without what it quotes and without the signature."""
    if not file.is_file():
        raise Problem(f"There is no file {file.name}.", "", "Look at the name once more.")
    if file.stat().st_size > LARGEST:
        raise Problem(f"{file.name} is larger than 50 MB.", "It was not read.")
    data = file.read_bytes()
    if file.suffix.lower() == ".eml":
        return reply_text(read_mail(data))
    return own_words(capped(_text(data, file.name)))


def offered(program: Program, given: Namespace) -> Answer:
    """List what was found in mail the owner sent and not decided yet."""
    with program.desk.store.read() as session:
        found = queries.offers(session)
    lines = [f"{one.id:>5}  {_due(one, one.zone) or 'no day'}  {one.customer}: {one.sentence}" for one in found]
    return Answer([_offer(one) for one in found], lines or ["Nothing found."])


def _accept(parser: ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("--when", metavar="TEXT", default="", help="by when, as one says it: “Friday 9am”")


def accept(program: Program, given: Namespace) -> Answer:
    """Keep a promise that was found; by when has to be said where its sentence names no day."""
    day, at = _said_day(program, given.when) if given.when else (None, None)
    return _answer(program, commands.accept_offer(program.desk, given.id, day, at).result)


def _said_day(program: Program, words: str) -> tuple[date, time | None]:
    with program.desk.store.read() as session:
        business = operators.business(session)
    now = program.clock.now()
    said = dated(words, now, business.zone, business.language, business.region)
    if said.day is None:
        raise Problem(f"“{words}” names no day to come.", "The promise is still offered.", "Say it like “Friday 9am”.")
    return said.day, said.clock


def refuse(program: Program, given: Namespace) -> Answer:
    """Say that a sentence that was found promises nothing."""
    commands.refuse_offer(program.desk, given.id)
    with program.desk.store.read() as session:
        found = queries.offer(session, given.id)
    assert found is not None
    return Answer(_offer(found), [f"Not a promise: {found.sentence}"])


def _offer(one: Offer) -> dict[str, Any]:
    return {
        "id": one.id,
        "customer_id": one.customer_id,
        "customer": one.customer,
        "sentence": one.sentence,
        "what": one.what,
        "due": _due(one, one.zone),
        "state": str(one.state),
        "message_id": one.message,
        "event_id": one.event,
    }


def _text(data: bytes, name: str) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Problem(f"{name} is not a text.", "It was not read.")


def _found(file: str, found: FoundPromise, zone: str) -> dict[str, Any]:
    return {"file": file, "sentence": found.sentence, "what": found.what, "due": _due(found, zone)}


def _due(found: FoundPromise | Offer, zone: str) -> str | None:
    if found.due_date is None:
        return None
    if found.due_time is None:
        return found.due_date.isoformat()
    return shapes.iso(resolve(found.due_date, found.due_time, zone), zone)


def _answer(program: Program, key: int) -> Answer:
    with program.desk.store.read() as session:
        found = queries.promise(session, key)
    assert found is not None
    return Answer(shapes.promise(found), [_words(found)])


def _words(promise: Promise) -> str:
    data = shapes.promise(promise)
    return f"{promise.id:>5}  {data['due']}  {promise.customer or 'yourself'}: {promise.what}  ({data['state']})"


VERBS: tuple[Verb, ...] = (
    Verb("promise add", "write down a promise said in one line", add, _add),
    Verb("promise list", "the open promises", listing),
    Verb("promise keep", "say that a promise was kept", keep, _id),
    Verb("promise later", "move a promise", later, _later),
    Verb("promise break", "say that a promise was not kept", give_up, _id),
    Verb("promise withdraw", "say that a promise no longer holds", withdraw, _id),
    Verb("promises find", "what texts promise, such as mail you wrote (reads only)", find, _files),
    Verb("promises offered", "what was found in mail you sent and in your notes, and is not decided yet", offered),
    Verb("promises accept", "keep a promise that was found", accept, _accept),
    Verb("promises refuse", "say that it was no promise", refuse, _id),
)
