"""The report as a workbook: real numbers, shares, amounts and dates, one sheet per table, ready to print."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime, time
from typing import Any, TypeAlias

import xlsxwriter

from followup_desktop.base.money import Money
from followup_desktop.base.money import digits as decimals_of
from followup_desktop.core.insights.model import Cell, MonthFigures, Ratio, Table
from followup_desktop.core.insights.rules.words import month_words
from followup_desktop.core.report.model import Style
from followup_desktop.core.report.rules.plain import plain
from followup_desktop.core.report.rules.sheets import FIGURES, sheets
from followup_desktop.core.report.rules.writing import paper_of

Book: TypeAlias = Any
Sheet: TypeAlias = Any

MOST_LETTERS = 32_000
"""A cell of a workbook holds 32,767 characters at most."""

HEAD = 3
"""Rows above a table's column names: its name, the month, and an empty one."""

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


class _Workbook:
    """A workbook being written, with its formats made once."""

    def __init__(self, book: Book, month: MonthFigures, style: Style) -> None:
        self.book, self.month, self.style = book, month, style
        self.formats: dict[tuple[Any, ...], Any] = {}
        self.names: set[str] = set()
        self.places: dict[str, str] = {}

    def format(self, number: str = "", **look: Any) -> Any:
        """Return the format for cells of one kind."""
        key = (number, *sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"num_format": number or "General", "valign": "top", **look})
        return self.formats[key]


def workbook(month: MonthFigures, style: Style) -> bytes:
    """Return the report as an XLSX file: figures, what they are made of, and the records behind them."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _SAFE) as book:
        book.set_properties(_properties(month, style))
        writing = _Workbook(book, month, style)
        tables = sheets(month)
        for table in tables:
            writing.places[table.key] = _sheet_name(table.name, writing.names)
        for table in tables:
            _add_sheet(writing, table)
    return file.getvalue()


def _properties(month: MonthFigures, style: Style) -> dict[str, Any]:
    # The day of counting instead of the machine's clock: the same figures give the same file.
    made = datetime.combine(month.made, time(), tzinfo=UTC).replace(tzinfo=None)
    title = f"{month_words(month.month)}, {plain(month.business)}"
    return {"title": title, "author": plain(month.owner), "company": plain(month.business), "created": made}


def _add_sheet(writing: _Workbook, table: Table) -> None:
    sheet = writing.book.add_worksheet(writing.places[table.key])
    caption = f"{plain(writing.month.business)}, {month_words(writing.month.month)}"
    mark = ". Demo business: nobody here is real" if writing.month.is_demo else ""
    sheet.write_string(0, 0, plain(table.name), writing.format(bold=True, font_size=14, text_wrap=False))
    sheet.write_string(1, 0, caption + mark, writing.format(font_color="#5B6B7C"))
    for column, name in enumerate(table.columns):
        sheet.write_string(HEAD, column, plain(name), writing.format(bold=True, bottom=1, text_wrap=True))
    for row, cells in enumerate(table.rows, start=HEAD + 1):
        for column, cell in enumerate(cells):
            _write(writing, sheet, row, column, cell)
    _lead_to_records(writing, sheet, table)
    _set_up(sheet, table, paper_of(writing.style.locale))
    _add_chart(writing, sheet, table)


def _write(writing: _Workbook, sheet: Sheet, row: int, column: int, cell: Cell) -> None:
    match cell:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, cell, writing.format())
        case int() | float():
            sheet.write_number(row, column, cell, writing.format("#,##0.##" if isinstance(cell, float) else "#,##0"))
        case date() if cell.year < 1900:  # before a workbook's first day
            sheet.write_string(row, column, cell.isoformat(), writing.format())
        case datetime():
            sheet.write_datetime(row, column, cell.replace(tzinfo=None), writing.format("yyyy-mm-dd hh:mm"))
        case date():
            sheet.write_datetime(row, column, cell, writing.format("yyyy-mm-dd"))
        case Ratio():
            if cell.share is not None:
                sheet.write_number(row, column, cell.share, writing.format("0%"))
        case Money():
            sheet.write_number(row, column, float(cell.amount), writing.format(_money_format(cell)))
        case str():
            text = cell.encode("utf-8", "replace").decode("utf-8")[:MOST_LETTERS]
            sheet.write_string(row, column, text, writing.format(text_wrap=True))


def _lead_to_records(writing: _Workbook, sheet: Sheet, table: Table) -> None:
    """Make the names of figures lead to the sheet of their records (X14)."""
    if table.key != FIGURES:
        return
    look = writing.format(font_color="#0B6E99", underline=1)
    for row, figure in enumerate(writing.month.figures, start=HEAD + 1):
        if figure.key in writing.places:
            place = writing.places[figure.key].replace("'", "''")
            sheet.write_url(row, 0, f"internal:'{place}'!A1", look, plain(figure.label))


def _set_up(sheet: Sheet, table: Table, paper: str) -> None:
    """Freeze the head, allow sorting, and prepare for paper: landscape, one page wide, names on every page."""
    last_row, last_column = HEAD + max(1, len(table.rows)), max(0, len(table.columns) - 1)
    sheet.freeze_panes(HEAD + 1, 0)
    if table.rows:
        sheet.autofilter(HEAD, 0, last_row, last_column)
    for column in range(len(table.columns)):
        sheet.set_column(column, column, _column_width(table, column))
    sheet.set_paper(1 if paper == "us-letter" else 9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.set_footer("&L&A&R&P of &N")


def _add_chart(writing: _Workbook, sheet: Sheet, table: Table) -> None:
    """Put a chart of the spreadsheet's own beside the answers, so that it follows when numbers are changed."""
    if table.key not in ("answers", "trend"):
        return
    kind = "bar" if table.key == "answers" else "line"
    first, last = HEAD + 1, HEAD + len(table.rows)
    place = writing.places[table.key]
    chart = writing.book.add_chart({"type": kind})
    chart.add_series(
        {
            "name": "Share answered",
            "categories": [place, first, 0, last, 0],
            "values": [place, first, 3, last, 3],
            "fill": {"color": "#0B6E99"},
            "line": {"color": "#0B6E99"},
            "data_labels": {"value": kind == "bar"},
        }
    )
    chart.set_title({"name": plain(table.name), "overlay": False})
    chart.set_legend({"none": True})
    if kind == "bar":
        chart.set_y_axis({"reverse": True})
    sheet.insert_chart(HEAD, len(table.columns) + 1, chart)


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name a workbook accepts: 31 characters, no brackets or separators, unlike all others."""
    clean = " ".join(_NOT_IN_NAMES.sub(" ", plain(name)).split()).strip("' ") or "Table"
    candidate, number = clean[:31].strip("' "), 2
    while candidate.casefold() in taken or candidate.casefold() == "history":
        end = f" {number}"
        candidate, number = clean[: 31 - len(end)].strip("' ") + end, number + 1
    taken.add(candidate.casefold())
    return candidate


def _column_width(table: Table, column: int) -> float:
    longest = max((_letters(row[column]) for row in table.rows), default=0)
    return float(max(9, min(52, max(longest, len(table.columns[column]) + 2) + 1)))


def _letters(cell: Cell) -> int:
    match cell:
        case str():
            return len(cell)
        case datetime():
            return 16
        case _:
            return 11


def _money_format(money: Money) -> str:
    digits = decimals_of(money.currency)
    code = re.sub(r"[^A-Z]", "", money.currency)
    return f'#,##0{"." + "0" * digits if digits else ""} "{code}"'
