"""Verbs about customers and what happened to them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from followup_desktop.app import Program
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import customers as commands
from followup_desktop.commands.history import log as log_command
from followup_desktop.commands.undo import undo_last
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.customers import queries
from followup_desktop.core.customers.model import BEST_TIMES, CustomerId, Person
from followup_desktop.core.history import queries as history
from followup_desktop.core.history.model import LABELS, LOGGED_BY_HAND, Happening, NewEvent, VisitKind
from followup_desktop.core.journeys import queries as journeys
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.promises import queries as promises
from followup_desktop.core.queue.queries import customers as lists
from followup_desktop.core.queue.queries.about import about


def _find(parser: ArgumentParser) -> None:
    parser.add_argument("--find", metavar="TEXT", default="", help="only those that fit")
    parser.add_argument("--limit", metavar="N", type=shapes.count, help="at most so many")


def customers(program: Program, given: Namespace) -> Answer:
    """List customers."""
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
        found = lists.find(session, program.clock.now(), zone, given.find, given.limit)
    lines = [f"{c.id:>5}  {c.name}  {c.route or '–'}  {c.stage}  {c.standing}" for c in found]
    return Answer(
        [shapes.line(c) for c in found], lines or ["Nobody fits." if given.find.strip() else "No customers yet."]
    )


def _id(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", type=shapes.number)


def customer(program: Program, given: Namespace) -> Answer:
    """Show everything known of one customer."""
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
        value = queries.customer(session, given.id)
        listed = lists.line(session, given.id, program.clock.now(), zone)
        events = history.history(session, CustomerId(given.id))
        follow_ups = journeys.of_customer(session, given.id)
        promised = promises.of_customers(session, [given.id])
        step = about(session, given.id, program.clock.now()).next_step
        open_cases = [c for c in cases.of_customers(session, [given.id]) if c.state != "closed"]
        operator = queries.looked_after_by(session, given.id)
    assert listed is not None
    data = shapes.customer(value, listed, events, follow_ups, promised, zone)
    data["operator_id"] = operator
    data["cases"] = [
        {"id": c.id, "what": c.what, "state": str(c.state), "opened": shapes.iso(c.opened_at, zone)} for c in open_cases
    ]
    data["next_step"] = {"text": step.text, "move": str(step.move), "key": step.key, "why": step.why}
    lines = [value.name, *(f"{shapes.iso(e.at, zone)}  {LABELS[e.what]}  {e.about or e.note}" for e in events)]
    return Answer(data, lines)


def _log(parser: ArgumentParser) -> None:
    parser.add_argument("--customer", metavar="ID", type=shapes.number, required=True)
    parser.add_argument("--what", metavar="KIND", required=True, choices=[str(h) for h in LOGGED_BY_HAND])
    parser.add_argument("--visit", choices=[str(k) for k in VisitKind], default="")
    parser.add_argument("--at", metavar="ISO", help="when it happened")
    parser.add_argument("--note", metavar="TEXT", default="")
    parser.add_argument("--about", metavar="TEXT", default="", help="what it was about, such as “heater”")
    parser.add_argument("--by", metavar="NAME", default="", help="who did it")
    parser.add_argument("--amount", metavar="N", help="in the store's currency")
    parser.add_argument("--rating", metavar="N", type=int)


def log(program: Program, given: Namespace) -> Answer:
    """Write down that something happened to a customer."""
    with program.desk.store.read() as session:
        business = operators.business(session)
    new = NewEvent(
        Happening(given.what),
        at=shapes.moment(given.at, business.zone) if given.at else None,
        visit=given.visit,
        note=given.note,
        about=given.about,
        by=given.by,
        amount=shapes.amount(given.amount, business.currency),
        rating=given.rating,
    )
    done = log_command(program.desk, CustomerId(given.customer), new)
    return Answer({"event_id": done.result}, [done.says])


def _person(parser: ArgumentParser) -> None:
    for name in ("given-name", "family-name", "company", "email", "phone", "street", "city", "region", "postal-code"):
        parser.add_argument(f"--{name}", metavar="TEXT", default="")
    parser.add_argument("--best-time", choices=list(BEST_TIMES), default="", help="when they like to be reached")


def add(program: Program, given: Namespace) -> Answer:
    """Add a customer."""
    names = ("given_name", "family_name", "company", "email", "phone", "street", "city", "region", "postal_code")
    person = Person(best_time=given.best_time, **{name: getattr(given, name) for name in names})
    done = commands.add_customer(program.desk, person)
    return Answer({"id": done.result}, [done.says])


def undo(program: Program, given: Namespace) -> Answer:
    """Take the last undoable command back."""
    done = undo_last(program.desk)
    return Answer({"undone": done.result}, [done.says])


VERBS: tuple[Verb, ...] = (
    Verb("customers", "list customers", customers, _find),
    Verb("customer", "everything known of one customer", customer, _id),
    Verb("add", "add a customer", add, _person),
    Verb("log", "write down that something happened", log, _log),
    Verb("undo", "take the last command back", undo),
)
