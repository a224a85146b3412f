"""Reading a file or a pasted text of reviews; nothing is changed by it."""

from __future__ import annotations

from datetime import date, datetime

from followup_desktop.base.errors import Problem
from followup_desktop.core.exchange.rules.decoding import text_of
from followup_desktop.core.exchange.rules.sheets import sheet_of
from followup_desktop.core.exchange.rules.values import date_in, date_order
from followup_desktop.core.feedback.model import ReviewReading
from followup_desktop.core.feedback.rules.reviews import (
    NEEDED,
    DateReader,
    column_of,
    columns_of,
    pasted,
    reviews_of,
)


def read_reviews(data: bytes, file_name: str, today: date, region: str = "US") -> ReviewReading:
    """Read the reviews of a file, a table in any encoding or a copied page; raises Problem where it holds none."""
    try:
        text, _notes = text_of(data, file_name)
    except Problem as problem:
        raise Problem(_of_reviews(problem.happened), "Nothing was brought in.", NEEDED) from problem
    reading = _of_table(text, file_name, region)
    if reading is None:
        reading = pasted(text, today, _dates([], region))
    if not reading.reviews:
        raise Problem(f"“{file_name}” holds no reviews.", "Nothing was brought in.", NEEDED)
    return reading


def _of_reviews(happened: str) -> str:
    return happened.replace("not text, not a list of customers", "not a text")


def _of_table(text: str, file_name: str, region: str) -> ReviewReading | None:
    try:
        sheet = sheet_of(text, file_name, _knows)
    except Problem:
        return None
    columns = columns_of(sheet.header)
    if len(columns) < 2 or not {"text", "rating"} & columns.keys():
        return None
    rows = [row for piece in sheet.pieces() for row in zip(*piece.columns, strict=True)]
    days = [row[columns["date"]] for row in rows] if "date" in columns else []
    return reviews_of(sheet.header, rows, sheet.numbers, _dates(days, region))


def _knows(cell: str, _nearly: bool) -> bool:
    return bool(column_of(cell))


def _dates(cells: list[str], region: str) -> DateReader:
    order = date_order([_day_part(cell) for cell in cells], region)

    def read(cell: str) -> date | None:
        day = date_in(cell, order) or date_in(_day_part(cell), order)
        if day is None:
            try:
                day = datetime.fromisoformat(cell.strip()).date()
            except ValueError:
                return None
        return day

    return read


def _day_part(cell: str) -> str:
    """Return the day of a moment such as “11/20/2026 3:04 PM”."""
    return cell.strip().split("T")[0].split(" ")[0].rstrip(",") if cell.strip()[:1].isdigit() else cell.strip()
