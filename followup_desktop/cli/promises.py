"""Verbs about promises."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import promises as commands
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.promises import queries
from followup_desktop.core.promises.model import NewPromise, Promise
from followup_desktop.core.promises.rules import questions, understand


def _text(parser: ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", nargs="+")


def add(program: Program, given: Namespace) -> Answer:
    """Write down a promise said in one line."""
    line = " ".join(given.text)
    with program.desk.store.read() as session:
        business, names = operators.business(session), queries.names(session)
    now = program.clock.now()
    said = understand(line, now, business.zone, names, business.language, business.region)
    if not said.complete or said.due_date is None:
        raise Problem(" ".join(questions(said, now, business.zone, business.language)), "Nothing was noted.")
    new = NewPromise(
        what=said.what,
        due_date=said.due_date,
        due_time=said.due_time,
        zone=business.zone,
        customer=said.customer.customer_id if said.customer else None,
        line=line,
    )
    made = commands.make_promise(program.desk, new).result
    return _answer(program, made)


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


def _later(parser: ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("--until", metavar="ISO", required=True)


def later(program: Program, given: Namespace) -> Answer:
    """Move a promise; a bare date leaves it without a time."""
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
    timed = len(given.until) > len("2026-11-23")
    until = shapes.moment(given.until if timed else f"{given.until}T23:59:59", zone)
    commands.move_promise(program.desk, given.id, until, timed=timed)
    return _answer(program, given.id)


def _answer(program: Program, key: int) -> Answer:
    with program.desk.store.read() as session:
        found = queries.promise(session, key)
    assert found is not None
    return Answer(shapes.promise(found), [_words(found)])


def _words(promise: Promise) -> str:
    data = shapes.promise(promise)
    return f"{promise.id:>5}  {data['due']}  {promise.customer or 'yourself'}: {promise.what}  ({data['state']})"


VERBS: tuple[Verb, ...] = (
    Verb("promise add", "write down a promise said in one line", add, _text),
    Verb("promise list", "the open promises", listing),
    Verb("promise keep", "say that a promise was kept", keep, _id),
    Verb("promise later", "move a promise", later, _later),
)
