"""Verbs of routes: a day's route sheet."""

from __future__ import annotations

import html
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import count_words, long_date_words
from followup_desktop.cli import shapes
from followup_desktop.cli.printing import printed
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.core.queue.queries.route_day import route_day
from followup_desktop.core.routes.model import RouteDay, Visit
from followup_desktop.jobs.files import write_file


def _sheet(parser: ArgumentParser) -> None:
    parser.add_argument("day", metavar="DATE", type=shapes.day)
    parser.add_argument("--to", metavar="FILE", type=Path, required=True, help="a .pdf, .html or .txt file")


def sheet(program: Program, given: Namespace) -> Answer:
    """Write what to know and what to ask at each stop of a day."""
    file: Path = given.to.expanduser().absolute()
    kind = file.suffix.casefold()
    if kind not in (".pdf", ".html", ".txt"):
        raise Problem(
            f"“{file.name}” is no route sheet.", "Nothing was written.", "End its name in .pdf, .html or .txt."
        )
    with program.desk.store.read() as session:
        found = route_day(session, program.clock.now(), given.day)
    if kind == ".pdf":
        _print(program, given.day.isoformat(), file)
    else:
        write_file(file, (_page(found) if kind == ".html" else "\n".join(_lines(found)) + "\n").encode())
    data = {"file": str(file), "day": given.day.isoformat(), "stops": [_shape(each) for each in found.visits]}
    return Answer(data, [f"{count_words(len(found.visits), 'stop', 'stops')}: {file}"])


def _print(program: Program, day: str, file: Path) -> None:
    """Print it in a process of its own: this one does without Qt."""
    arguments = [str(program.path), program.clock.now().isoformat(), day, str(file)]
    to_do = "Write it as .html or .txt, or print it in the window."
    printed("followup_desktop.ui.routes.printing", arguments, "The route sheet", to_do)


def _shape(visit: Visit) -> dict[str, Any]:
    stop = visit.stop
    return {
        "stop_id": int(stop.stop),
        "customer_id": int(stop.customer),
        "customer": stop.name,
        "street": stop.street,
        "phone": stop.phone,
        "route": stop.route,
        "technician": stop.technician,
        "know": [piece.text for piece in visit.know],
        "ask": visit.ask.text if visit.ask else None,
        "why": visit.ask.why if visit.ask else None,
        "state": stop.state,
    }


def _lines(found: RouteDay) -> list[str]:
    lines = [long_date_words(found.day, found.today), ""]
    for number, visit in enumerate(found.visits, 1):
        stop = visit.stop
        lines.append(f"{number}. {' · '.join(filter(None, (stop.name, stop.street, stop.phone)))}")
        lines += [f"   {piece.text}" for piece in visit.know]
        if visit.ask:
            lines.append(f"   Ask: “{visit.ask.text}” ({visit.ask.why})")
        lines += ["   Done / missed / late   1 2 3 4 5   They said: ____________________", ""]
    return lines if found.visits else [*lines, "No stops."]


def _page(found: RouteDay) -> str:
    title = html.escape(long_date_words(found.day, found.today))
    rows = "".join(_row(number, visit) for number, visit in enumerate(found.visits, 1))
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title><style>'
        "body{font-family:sans-serif;margin:1em}td,th{text-align:left;vertical-align:top;padding:.5em;"
        "border-bottom:1px solid #c9cfd6}tr{break-inside:avoid}</style></head><body>"
        f"<h1>{title}</h1><table><tr><th></th><th>Customer</th><th>Know before you knock</th><th>Ask in person</th>"
        f"<th>After the visit</th></tr>{rows}</table></body></html>\n"
    )


def _row(number: int, visit: Visit) -> str:
    stop = visit.stop
    who = _stacked([stop.name, stop.street, stop.phone])
    asked = _stacked([f"“{visit.ask.text}”", visit.ask.why] if visit.ask else [])
    know = _stacked([piece.text for piece in visit.know])
    return f"<tr><td>{number}</td><td>{who}</td><td>{know}</td><td>{asked}</td><td>☐ done ☐ missed ☐ late</td></tr>"


def _stacked(lines: Sequence[str]) -> str:
    return "<br>".join(html.escape(line) for line in lines if line) or "–"


VERBS: tuple[Verb, ...] = (
    Verb("route sheet", "write a day's route sheet, with what to ask at each stop", sheet, _sheet),
)
