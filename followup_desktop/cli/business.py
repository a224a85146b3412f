"""Verbs about the business: the month's report, settings, self-test."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from pathlib import Path

from followup_desktop.app import Program
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands.business import change_settings
from followup_desktop.core.operators import queries as operators

FORMATS = ("pdf", "html", "xlsx", "csv")


def month_of(text: str) -> date:
    """Read a month such as 2026-10 as its first day."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise ArgumentTypeError(f"“{text}” is not a month such as 2026-10")
    return shapes.day(f"{text}-01")


def _formats(text: str) -> tuple[str, ...]:
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    if not found or set(found) - set(FORMATS):
        raise ArgumentTypeError(f"choose of {', '.join(FORMATS)}")
    return found


def _report(parser: ArgumentParser) -> None:
    parser.add_argument("month", metavar="MONTH", type=month_of, help="such as 2026-10")
    parser.add_argument("--to", metavar="DIR", required=True)
    parser.add_argument("--format", metavar="LIST", type=_formats, default=FORMATS, help="pdf,html,xlsx,csv")


def report(program: Program, given: Namespace) -> Answer:
    """Write the month's report."""
    from followup_desktop.jobs.report import write_report

    files = write_report(program.desk, given.month, Path(given.to).absolute(), given.format)
    return Answer({"files": [str(f) for f in files]}, [str(f) for f in files])


def _setting(parser: ArgumentParser) -> None:
    parser.add_argument("key", metavar="KEY", nargs="?")
    parser.add_argument("value", metavar="VALUE", nargs="?")


def setting(program: Program, given: Namespace) -> Answer:
    """Show the settings, or change one."""
    from followup_desktop.base.settings import SETTINGS, find, parse
    from followup_desktop.cli.verbs import WrongUsage

    try:
        chosen = None if given.key is None else find(given.key)
    except KeyError:
        raise WrongUsage(f"There is no setting {given.key}.") from None
    if chosen is not None and given.value is not None:
        value = parse(chosen, given.value)
        kept = value.isoformat("minutes") if hasattr(value, "isoformat") else value
        change_settings(program.desk, {given.key: kept})
    with program.desk.store.read() as session:
        kept_all = operators.settings(session)
    shown = {s.key: kept_all.get(s.key, str(s.default)) for s in SETTINGS if given.key in (None, s.key)}
    return Answer(shown, [f"{key} = {value}" for key, value in shown.items()])


def self_test(program: Program, given: Namespace) -> Answer:
    """Check that this installation can do what it must."""
    from followup_desktop.selftest import run

    line, code = run()
    return Answer(line, [json.dumps(line, ensure_ascii=False)], code, one_line=True)


VERBS: tuple[Verb, ...] = (
    Verb("report", "write the month's report", report, _report),
    Verb("setting", "show the settings, or change one", setting, _setting),
    Verb("self-test", "check that this installation works", self_test),
)
