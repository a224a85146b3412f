"""Verbs about reminders, and promises and follow-ups as a calendar file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from followup_desktop.app import Program
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands.promises import note_shown
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.promises import queries
from followup_desktop.core.promises.model import PromiseId
from followup_desktop.core.report import queries as report
from followup_desktop.jobs.export import export_calendar
from followup_desktop.jobs.reminders import due_words, look, notices, reminder_of


def _run(parser: ArgumentParser) -> None:
    parser.add_argument("--run", dest="as_shown", action="store_true", help="remember that they were shown")


def due(program: Program, given: Namespace) -> Answer:
    """Say which reminders are to be shown now, in the words of the notification; each of them once."""
    now = program.clock.now()
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
        promises = {promise.id: promise for promise in queries.open_promises(session)}
    found = look(now, 0.0, None, None, map(reminder_of, promises.values()))
    told = notices(found, now, lambda one: due_words(promises[PromiseId(one.id)], now))
    if given.as_shown and found.shown:
        note_shown(program.desk, [one.id for one in found.shown])
    again = {one.id for one in found.again}
    data = [
        {
            "promise_id": one.id,
            "customer_id": promises[PromiseId(one.id)].customer_id,
            "customer": one.customer,
            "what": one.what,
            "due": shapes.iso(one.due, zone),
            "remind_at": shapes.iso(one.remind_at, zone),
            "late": one.due <= now,
            "again": one.id in again,
        }
        for one in found.shown
    ]
    lines = [line for notice in told for line in (notice.title, *(f"  {each}" for each in notice.body.split("\n")))]
    return Answer(data, lines or ["No reminder is due."])


def _file(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.ics")


def calendar(program: Program, given: Namespace) -> Answer:
    """Write open promises and follow-ups as a file that other calendars take in."""
    with program.desk.store.read() as session:
        path = export_calendar(session, Path(given.file), program.clock.now())
        counts = len(queries.open_promises(session)), len(report.planned(session))
    data = {"file": str(path), "promises": counts[0], "follow_ups": counts[1]}
    return Answer(data, [f"{path}: {counts[0]} promises, {counts[1]} follow-ups"])


VERBS: tuple[Verb, ...] = (
    Verb("reminders due", "which reminders are to be shown now", due, _run),
    Verb("calendar", "promises and follow-ups as a calendar file", calendar, _file),
)
