"""Verbs of the day around the cards: days off, what waited for a case, what lapsed, what is no longer waited for."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from followup_desktop.app import Program
from followup_desktop.base.wording import count_words, exact_words
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import queue as commands
from followup_desktop.commands.queue import AfterCase
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.queue.model import Back, BackItem, BackKind
from followup_desktop.core.queue.queries.back import back as read_back

_KINDS = {
    BackKind.PROMISED: "Promises that fell due",
    BackKind.WOULD_HAVE_GONE: "Would have gone out",
    BackKind.STALE: "Gone stale",
}


def back(program: Program, _given: Namespace) -> Answer:
    """Show what fell due while nobody was here; nothing of it was sent."""
    commands.seen(program.desk)
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
        found = read_back(session, program.clock.now())
    if found is None:
        return Answer({"since": None, "days": 0, "items": []}, ["You were not away."])
    data = {
        "since": shapes.iso(found.since, zone),
        "days": found.days,
        "items": [_item(item, zone) for item in found.items],
    }
    return Answer(data, _lines(found, zone))


def _item(item: BackItem, zone: str) -> dict[str, Any]:
    return {
        "follow_up_id": item.id,
        "customer_id": item.customer,
        "customer": item.name,
        "kind": str(item.kind),
        "purpose": item.purpose,
        "due": shapes.iso(item.due, zone),
        "closes": shapes.iso(item.closes, zone),
        "why_here": item.why_here,
    }


def _lines(found: Back, zone: str) -> list[str]:
    lines = [f"Back after {count_words(found.days, 'day', 'days')}, away since {exact_words(found.since, zone)}."]
    for kind, title in _KINDS.items():
        of_kind = [item for item in found.items if item.kind is kind]
        if of_kind:
            lines += ["", title, *(f"  {item.id:>5}  {item.name}  {item.why_here}" for item in of_kind)]
    return [*lines, "", "Nothing was sent. Decide each with do-today, later or drop; then: day begin"]


def begin(program: Program, _given: Namespace) -> Answer:
    """Say that one is back; what is undecided stays on the list."""
    result = commands.begin_day(program.desk)
    return Answer({"state": "begun"}, [result.says])


def _off(parser: ArgumentParser) -> None:
    parser.add_argument("first", metavar="FIRST", type=shapes.day)
    parser.add_argument("last", metavar="LAST", type=shapes.day)


def off(program: Program, given: Namespace) -> Answer:
    """Mark days off, both ends included."""
    result = commands.mark_days_off(program.desk, given.first, given.last)
    return Answer({"first": given.first.isoformat(), "last": given.last.isoformat()}, [result.says])


def _follow_up(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="FOLLOW_UP_ID", type=shapes.number)


def do_today(program: Program, given: Namespace) -> Answer:
    """Put on today's list what lapsed, or what was put off."""
    result = commands.do_today(program.desk, given.id)
    return Answer({"state": "open"}, [result.says])


def drop(program: Program, given: Namespace) -> Answer:
    """Let go of what fell due while nobody was here."""
    result = commands.drop(program.desk, given.id)
    return Answer({"state": "dropped"}, [result.says])


def stop_journey(program: Program, given: Namespace) -> Answer:
    """Stop the journey of a follow-up for its customer."""
    result = commands.stop_journey(program.desk, given.id)
    return Answer({"stopped": result.result}, [result.says])


def _case(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="CASE_ID", type=shapes.number)
    parser.add_argument("decision", choices=[str(each) for each in AfterCase])


def after_case(program: Program, given: Namespace) -> Answer:
    """Say what becomes of what waited while a case was open."""
    result = commands.after_case(program.desk, given.id, AfterCase(given.decision))
    return Answer({"follow_ups": result.result, "decision": given.decision}, [result.says])


def _message(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="MESSAGE_ID", type=shapes.number)


def rest(program: Program, given: Namespace) -> Answer:
    """Wait no longer for an answer to a message."""
    result = commands.let_rest(program.desk, given.id)
    return Answer({"state": "rests"}, [result.says])


VERBS: tuple[Verb, ...] = (
    Verb("day back", "what fell due while nobody was here", back),
    Verb("day begin", "say that you are back", begin),
    Verb("day off", "mark days off", off, _off),
    Verb("do-today", "put on today's list what lapsed or was put off", do_today, _follow_up),
    Verb("drop", "let go of what fell due while nobody was here", drop, _follow_up),
    Verb("stop-journey", "stop a journey for one customer", stop_journey, _follow_up),
    Verb("after-case", "say what becomes of what waited for a case", after_case, _case),
    Verb("rest", "wait no longer for an answer", rest, _message),
)
