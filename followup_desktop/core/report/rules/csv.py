"""Tables as CSV that a spreadsheet can open without running anything in it."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

from followup_desktop.base.money import Money
from followup_desktop.core.insights.model import Cell, Ratio, Table

_NUMBER = re.compile(r"-?\d+([.,]\d+)*")
_STARTS_A_FORMULA = ("=", "+", "-", "@")
_STEERS = ("\t", "\r", "\n")


def csv_file(table: Table, *, with_mark: bool = False) -> bytes:
    """Return a table as CSV (RFC 4180): UTF-8, every field quoted, formulas disarmed."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([safe(column) for column in table.columns])
    writer.writerows([[_field(cell) for cell in row] for row in table.rows])
    return (("\ufeff" if with_mark else "") + lines.getvalue()).encode("utf-8", "replace")


def safe(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula; pure numbers stay as they are.

    The rule is OWASP's "CSV Injection": fields that start with = + - @, tab or a line break.
    """
    if text[:1].isalnum():  # most are, and a store has millions
        return text
    first = text.lstrip()[:1]
    if text.startswith(_STEERS) or (first in _STARTS_A_FORMULA and first and not _NUMBER.fullmatch(text)):
        return f"'{text}"
    return text


def _field(cell: Cell) -> str:
    """Return a cell for a machine: plain numbers, ISO dates, shares from 0 to 1, amounts with their currency."""
    match cell:
        case str():
            return safe(cell)
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case int() | float():
            return str(cell)
        case date():  # a datetime is one too
            return cell.isoformat()
        case Ratio():
            return "" if cell.share is None else f"{cell.share:.4f}"
        case Money():
            return f"{cell.amount} {cell.currency}"
