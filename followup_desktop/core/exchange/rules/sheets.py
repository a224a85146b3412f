"""From text to rows and columns: the delimiter, the header wherever it is, rows of the wrong width, footers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, NamedTuple

from followup_desktop.base.errors import Problem
from followup_desktop.core.exchange.model import RowProblem
from followup_desktop.core.exchange.rules.decoding import CHOOSE_EXPORT, NOT_CHANGED

ROW_LIMIT: Final = 100_000
COLUMN_LIMIT: Final = 1_000
HEADER_WITHIN: Final = 40
FOOTER_WITHIN: Final = 12
REPAIRS: Final = 50
DELIMITERS: Final = ",;\t|"
COLUMNS_NEEDED: Final = (
    "It needs a first row with the names of its columns, and among them one for the name, such as “First Name”,"
    " “Customer” or “Company”, or one for “Email” or “Phone”."
)

TOTAL: Final = re.compile(
    r"(?:grand |sub ?)?totals?\s*:?\s*(?:number )?(?:of )?(?:customers|clients|contacts|records|rows)?\s*:?"
    r"\s*[\d.,$€£ ]*"
    r"|(?:count|records|rows|customers|clients|contacts)\s*:\s*\d+|\d+ (?:records|rows|customers|clients|contacts)\.?"
    r"|page \d+(?: of \d+)?|(?:report )?(?:generated|run|created|exported|printed)(?: (?:on|at|by))\b.{0,80}"
    r"|end of (?:report|file)\.?|(?:accrual|cash) basis\b.{0,80}",
    re.I,
)
DATE_LINE: Final = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:as of\s+|date:?\s*)?"
    r"(?:[a-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\.?\s+[a-z]{3,9}\.?,?\s+\d{4}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4})"
    r"(?:[\s,T]+\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?)?(?:\s*(?:GMT|UTC|Z)?\s*(?:[+\-−]\d{1,2}:?\d{0,2})?)?",
    re.I,
)
FIGURE: Final = re.compile(r"[@\d]")
AMOUNT: Final = re.compile(r"[($€£\s-]*[\d.,]+[)%€£\s]*")
PIECE: Final = 4_000
SAMPLE: Final = 200
GUARD: Final = ("=", "+", "-", "@")
UNNAMED: Final = "Column"
UNCLOSED: Final = "A quotation mark is never closed"
GUARDED: Final = re.compile(r"""(?:^|[,;\t|"\n\r])'[=+\-@]""")


Known = Callable[[str, bool], bool]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file below its header, all of one width, and what was noticed on the way.

    `numbers` are the numbers of `rows` as a spreadsheet shows them. `over` holds what stood to the right of
    the last column, by row number. `marks` says what has to be taken off the cells of this file.
    """

    header: tuple[str, ...] = ()
    rows: list[list[str]] = field(default_factory=list)
    numbers: Sequence[int] = ()
    over: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    problems: Sequence[RowProblem] = ()
    notes: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()

    def pieces(self) -> Iterator[Piece]:
        """Yield the table in pieces that the processor's cache holds, as cleaned columns."""
        for start in range(0, len(self.rows), PIECE):
            rows = self.rows[start : start + PIECE]
            yield Piece(self._cleaned(zip(*rows, strict=True)), self.numbers[start : start + PIECE])

    def sample(self) -> list[tuple[str, ...]]:
        """Return the columns of the first rows."""
        return self._cleaned(zip(*self.rows[:SAMPLE], strict=True)) if self.rows else [()] * len(self.header)

    def column(self, at: int) -> tuple[str, ...]:
        """Return one column from top to bottom."""
        return self._cleaned([tuple([row[at] for row in self.rows])])[0]

    def _cleaned(self, columns: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
        result = [tuple(map(str.strip, column)) for column in columns]
        if "formula" in self.marks:
            result = [tuple([_bare(cell) if cell[:2] == '="' else cell for cell in column]) for column in result]
        if "guard" in self.marks:
            result = [tuple([_unguarded(cell) for cell in column]) for column in result]
        return result


class Piece(NamedTuple):
    """Some rows of a sheet, turned into columns, and their numbers."""

    columns: list[tuple[str, ...]]
    numbers: Sequence[int]


def sheet_of(text: str, file_name: str, known: Known) -> Sheet:
    """Read `text` as a table; `known` says whether a cell is the name of a column one knows, or nearly."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    start = _find_header(text, file_name, known)
    rows, problems = _all_rows(text, start, file_name)
    names = _named([_bare(cell) for cell in rows[start.at]])
    if len(names) > COLUMN_LIMIT:
        raise Problem(f"“{file_name}” has more than 1,000 columns.", NOT_CHANGED, CHOOSE_EXPORT)
    below, numbers = _without_blank(rows[start.at + 1 :], start.at + 2 + start.skip)
    below, numbers, notes = _without_footer(below, numbers, rows[start.at])
    if len(below) > ROW_LIMIT:
        raise _too_many(file_name)
    over, width_notes = _squared(below, numbers, len(names), problems)
    header, below = _without_empty(names, below)
    return Sheet(header, below, numbers, over, problems, notes + width_notes, _marks(text))


def _too_many(file_name: str) -> Problem:
    return Problem(
        f"“{file_name}” has more than 100,000 rows.", NOT_CHANGED, "Export it in parts and import them one by one."
    )


# --- the header -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Start:
    """Where the table begins: lines to pass over, then the record with the names of its columns."""

    delimiter: str
    skip: int
    at: int
    width: int


def _find_header(text: str, file_name: str, known: Known) -> _Start:
    declared = re.match(r"sep=(.)\n", text)
    skip, delimiters = (1, declared[1]) if declared and declared[1] in DELIMITERS else (0, DELIMITERS)
    for score_of in (_header_score, _first_row_score):
        best, found = (0, 0), None
        for delimiter in delimiters:
            rows = list(islice(_until_unreadable(text, delimiter, skip), HEADER_WITHIN))
            for at, row in enumerate(rows):
                score = score_of(rows, at, known)
                if score and (score, len(row)) > best:
                    best, found = (score, len(row)), _Start(delimiter, skip, at, len(row))
        if found:
            return found
    raise Problem(f"No row of column names was found in “{file_name}”.", NOT_CHANGED, COLUMNS_NEEDED)


def _header_score(rows: list[list[str]], at: int, known: Known) -> int:
    """Count the cells that name a column; a row with an address in it is no header, nor is one lucky word."""
    cells = _filled(rows[at])
    if any("@" in cell for cell in cells):
        return 0
    score = sum(len(cell) <= 80 and known(cell, False) for cell in cells)
    return score if score >= 2 or len(cells) <= 2 else 0


def _first_row_score(rows: list[list[str]], at: int, known: Known) -> int:
    """Where no row is plainly a header, believe the first: words above a row with figures or an address."""
    if any(map(any, rows[:at])) or at + 1 >= len(rows) or len(rows[at + 1]) != len(rows[at]):
        return 0
    cells = _filled(rows[at])
    if FIGURE.search(" ".join(cells)) or not FIGURE.search(" ".join(rows[at + 1])):
        return 0
    return sum(len(cell) <= 80 and known(cell, True) for cell in cells)


def _filled(row: list[str]) -> list[str]:
    return [cell for cell in map(_bare, row[:COLUMN_LIMIT]) if cell]


def _until_unreadable(text: str, delimiter: str, skip: int) -> Iterator[list[str]]:
    try:
        yield from csv.reader(_lines(text[:500_000], skip), delimiter=delimiter)
    except csv.Error:
        return


def _lines(text: str, skip: int) -> Iterator[str]:
    return islice(io.StringIO(text, newline="\n"), skip, None)


def _bare(cell: str) -> str:
    cell = cell.strip()
    return cell[2:-1].strip() if cell[:2] == '="' and cell[-1:] == '"' else cell


def _named(cells: list[str]) -> tuple[str, ...]:
    """Give every column a name of its own; a leading "_" is the program's own mark among extra fields."""
    seen: set[str] = set()
    names = []
    for number, cell in enumerate(cells, 1):
        name = base = " ".join(cell.split()).lstrip("_ ")[:200] or f"{UNNAMED} {number}"
        twin = 2
        while name in seen:
            name, twin = f"{base} ({twin})", twin + 1
        seen.add(name)
        names.append(name)
    return tuple(names)


# --- the records ------------------------------------------------------------------------------------------


def _all_rows(text: str, start: _Start, file_name: str) -> tuple[list[list[str]], list[RowProblem]]:
    """Read every record; where quotation marks do not match up, read line by line and say where."""
    # No cell may be longer than 131,072 characters, which is what csv allows by itself.
    reader = csv.reader(_lines(text, start.skip), delimiter=start.delimiter, strict=True)
    try:
        # A few more than the limit: titles above the header and footers are not customers.
        rows = list(islice(reader, ROW_LIMIT + HEADER_WITHIN + FOOTER_WITHIN))
        rest = sum(1 for row in reader if any(row))
    except csv.Error:
        return _mended(text, start, file_name)
    if rest:
        raise _too_many(file_name)
    if text.count("\n") > len(rows) and _suspicious(rows, start):
        return _mended(text, start, file_name)
    return rows, []


def _suspicious(rows: list[list[str]], start: _Start) -> bool:
    """Whether a quotation mark left open may have swallowed rows into one cell."""
    for row in rows:
        if "\n" in "".join(row):
            if len(row) != start.width:
                return True
            if any("\n" in cell and _holds_rows(cell.splitlines(), start.delimiter, start.width) for cell in row):
                return True
    return False


def _holds_rows(lines: list[str], delimiter: str, width: int) -> bool:
    """Whether lines inside one cell look like rows of the table."""
    return width >= 3 and any(line.count(delimiter) == width - 1 for line in lines[1:-1])


class _Feed:
    """Lines for a csv reader, from a place that can be set back."""

    def __init__(self, lines: list[str]) -> None:
        self.lines, self.at = lines, 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self.at == len(self.lines):
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def _mended(text: str, start: _Start, file_name: str) -> tuple[list[list[str]], list[RowProblem]]:
    """Read record by record; the line of a mark that is never closed is a row, and its mark plain text."""
    feed = _Feed(list(_lines(text, start.skip)))
    reader = csv.reader(feed, delimiter=start.delimiter)
    rows: list[list[str]] = []
    problems: list[RowProblem] = []
    while feed.at < len(feed.lines):
        began = feed.at
        try:
            row = next(reader)
        except (csv.Error, StopIteration):
            row = None
        if row is None or _swallowed(row, feed, began, start):
            line = feed.lines[began]
            row = _plain(line, start.delimiter)
            outcome = "Read with the mark as part of the text"
            problems.append(RowProblem(len(rows) + 1 + start.skip, UNCLOSED, short(line), outcome))
            feed.at, reader = began + 1, csv.reader(feed, delimiter=start.delimiter)
            if len(problems) > REPAIRS:
                raise Problem(
                    f"The quotation marks in “{file_name}” do not match up, from row {problems[0].row} on.",
                    NOT_CHANGED,
                    "Open it in a spreadsheet program, save it as CSV again, and import that.",
                )
        rows.append(row)
    return rows, problems


def _swallowed(row: list[str], feed: _Feed, began: int, start: _Start) -> bool:
    """Whether a record of several lines is one because of a mark that does not belong there."""
    lines = feed.lines[began : feed.at]
    if len(lines) == 1:
        return False
    if len(row) != start.width and len(_plain(lines[0], start.delimiter)) == start.width:
        return True
    try:
        list(csv.reader(lines, delimiter=start.delimiter, strict=True))
    except csv.Error:
        return True
    return any(_holds_rows(cell.splitlines(), start.delimiter, start.width) for cell in row)


def _plain(line: str, delimiter: str) -> list[str]:
    """Split a line with a mark that does not close: whole quoted cells are read, the open one is plain text."""
    cells: list[str] = []
    for cell in line.rstrip("\n").split(delimiter):
        whole = len(cell) > 1 and cell[0] == cell[-1] == '"'
        cells.append(cell[1:-1].replace('""', '"') if whole else cell)
    return cells


def _without_blank(rows: list[list[str]], first: int) -> tuple[list[list[str]], Sequence[int]]:
    filled = [row for row in rows if any(row)]
    if len(filled) == len(rows):
        return filled, range(first, first + len(rows))
    return filled, [number for number, row in enumerate(rows, first) if any(row)]


def _without_footer(
    rows: list[list[str]], numbers: Sequence[int], header: list[str]
) -> tuple[list[list[str]], Sequence[int], tuple[str, ...]]:
    """Leave out totals and dates below the table, and the header where it is repeated; say which rows."""
    end = len(rows)
    while end and len(rows) - end < FOOTER_WITHIN and _is_footer(rows[end - 1]):
        end -= 1
    notes = []
    if end < len(rows):
        left_out = _listed(numbers[end:])
        notes.append(f"{left_out} below the table left out: totals or the date of a report, no customers.")
    rows, numbers = rows[:end], numbers[:end]
    if header in rows:
        again = [number for number, row in zip(numbers, rows, strict=True) if row == header]
        notes.append(f"{_listed(again)} left out: the names of the columns again.")
        numbers = [number for number, row in zip(numbers, rows, strict=True) if row != header]
        rows = [row for row in rows if row != header]
    return rows, numbers, tuple(notes)


def _is_footer(row: list[str]) -> bool:
    cells = [cell for cell in map(_bare, row) if cell]
    if not cells or DATE_LINE.fullmatch(", ".join(cells)[:200]):
        return True
    return bool(TOTAL.fullmatch(cells[0][:200])) and all(AMOUNT.fullmatch(cell[:200]) for cell in cells[1:])


def _listed(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"Row {numbers[0]}"
    listed = ", ".join(map(str, numbers[:-1][:20]))
    return f"Rows {listed} and {numbers[-1]}"


def _squared(
    rows: list[list[str]], numbers: Sequence[int], width: int, problems: list[RowProblem]
) -> tuple[dict[int, dict[str, str]], tuple[str, ...]]:
    """Make every row `width` cells wide, in place; return what stood further right, and remarks."""
    over: dict[int, dict[str, str]] = {}
    if set(map(len, rows)) <= {width}:
        return over, ()
    narrow: list[RowProblem] = []
    for index, row in enumerate(rows):
        if len(row) < width:
            value = f"{len(row)} of {width}"
            narrow.append(RowProblem(numbers[index], "Fewer cells than columns", value, "The missing cells stay empty"))
            rows[index] = row + [""] * (width - len(row))
        elif len(row) > width:
            further = {
                f"{UNNAMED} {at}": cell.strip() for at, cell in enumerate(row[width:], width + 1) if cell.strip()
            }
            rows[index] = row[:width]
            if further:
                over[numbers[index]] = further
                value = short(", ".join(further.values()))
                problems.append(RowProblem(numbers[index], "More cells than columns", value, "Kept as extra fields"))
    if len(narrow) * 5 > len(rows):
        # Many programs leave out empty cells at the end of a row.
        return over, (f"{len(narrow)} rows have fewer cells than columns; the missing ones stay empty.",)
    problems += narrow
    return over, ()


def _marks(text: str) -> frozenset[str]:
    """Say what the cells of this file are wrapped in; looked for once, because few files have any of it."""
    guarded = "'" in text and any("'" + mark in text for mark in GUARD) and GUARDED.search(text)
    formula = "=" in text and '="' in text
    return frozenset(mark for mark, found in (("formula", formula), ("guard", guarded)) if found)


def _unguarded(cell: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet program from computing "+1 555…"; our own exports have it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in GUARD else cell


def _without_empty(names: tuple[str, ...], rows: list[list[str]]) -> tuple[tuple[str, ...], list[list[str]]]:
    """Leave out columns that have neither a name nor a value, as a comma at the end of every row makes them."""
    empty = {
        at for at, name in enumerate(names) if name.startswith(UNNAMED) and not any(row[at].strip() for row in rows)
    }
    if not empty:
        return names, rows
    kept = [at for at in range(len(names)) if at not in empty]
    return tuple(names[at] for at in kept), [[row[at] for at in kept] for row in rows]


def short(text: str) -> str:
    """Return a value as it is shown in a list of problems."""
    text = " ".join(text[:400].split())
    return text if len(text) <= 120 else text[:119] + "…"
