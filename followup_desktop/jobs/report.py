"""Writing a month's report into a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from followup_desktop.commands.desk import Desk
from followup_desktop.core.insights.queries.month import locale_of, month_report
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.report.model import ALL_FORMATS, Format, Style
from followup_desktop.jobs.files import write_file

Step = Callable[[int, int, str], None]
"""Tells how far the work is: done, of how many, what comes now. May raise to stop it."""


def write_report(
    desk: Desk, month: date, folder: Path, formats: Sequence[str] = ALL_FORMATS, step: Step | None = None
) -> list[Path]:
    """Write the report of `month` (any day of it) in every format asked for; return the files, readable by us alone.

    A month without data, and one that has not come, give a report that says so. Raises Problem when a file cannot be
    written; those written before it stay.
    """
    tell = step or _nothing
    wanted = list(dict.fromkeys(Format(one) for one in formats))
    tell(0, len(wanted) + 1, "Counting the month…")
    with desk.store.read() as session:
        figures = month_report(session, month, desk.store.clock.now())
        style = Style(locale_of(operators.business(session)))
    from followup_desktop.core.report.rules import render  # brings what writes spreadsheets and sets type

    files: list[Path] = []
    for number, one in enumerate(wanted, start=1):
        tell(number, len(wanted) + 1, f"Writing the {_NAMES[one]}…")
        files += [write_file(folder / name, content) for name, content in render(figures, [one], style).items()]
    tell(len(wanted) + 1, len(wanted) + 1, "")
    return files


_NAMES = {Format.PDF: "PDF", Format.HTML: "web page", Format.XLSX: "spreadsheet", Format.CSV: "CSV files"}


def _nothing(done: int, total: int, says: str) -> None:
    """Nobody wants to know."""
