"""The columns of one file on their way to customers, and what is found wrong on the way.

A hundred thousand rows of a dozen columns are a million cells. Nothing here looks at a cell by itself where a
whole column can be asked at once; what is out of the ordinary is picked out of the column and looked at alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from followup_desktop.core.exchange.model import NOTHING, ColumnGuess, DateOrder, RowProblem
from followup_desktop.core.exchange.rules.columns import Target
from followup_desktop.core.exchange.rules.sheets import Piece, short
from followup_desktop.core.exchange.rules.source import Source
from followup_desktop.core.exchange.rules.values import ORDER_WORDS

T = TypeVar("T")

KEPT: Final = "kept as an extra field"
NOT_ONE: Final[Mapping[str, tuple[str, str]]] = {
    "email": ("an address", "addresses"),
    "phone": ("a phone number", "phone numbers"),
    "text_phone": ("a phone number", "phone numbers"),
    "since": ("a date", "dates"),
    "stop_order": ("a number", "numbers"),
}
"""What the cells of a field should be, one and many."""


class Findings:
    """What was found in a file, over all its pieces; by place of the column where it is about one."""

    def __init__(self, source: Source, order: DateOrder | None) -> None:
        self.problems: list[RowProblem] = list(source.sheet.problems)
        self.order = order
        self.filled: Counter[int] = Counter()
        self.first: dict[int, str] = {}
        self.bad: Counter[int] = Counter()
        self.routes: set[str] = set()


class Table:
    """A piece of a sheet with a target for each column; `kept` are extra fields by place of the row."""

    def __init__(self, source: Source, targets: Sequence[Target], piece: Piece, findings: Findings) -> None:
        self.header, self.columns, self.numbers = source.sheet.header, piece.columns, piece.numbers
        self.total, self.region, self.targets, self.findings = len(piece.numbers), source.region, targets, findings
        self.kept: dict[int, dict[str, str]] = defaultdict(dict)
        self._places: dict[str, list[int]] = defaultdict(list)
        for at, target in enumerate(targets):
            if target.field:
                self._places[target.field].append(at)
        self._labels = {target.label_column for target in targets if target.label_column is not None}
        for at, number in enumerate(piece.numbers) if source.sheet.over else ():
            self.kept[at].update(source.sheet.over.get(number, {}))
        for at, column in enumerate(piece.columns):
            findings.filled[at] += self.total - column.count("")
            if at not in findings.first and (first := next(filter(None, column), "")):
                findings.first[at] = first

    def places(self, field: str) -> Sequence[int]:
        """Return which columns go to a field."""
        return self._places.get(field, ())

    def text(self, field: str) -> Sequence[str]:
        """Return the column of a field as it is."""
        places = self.places(field)
        return self.columns[places[0]] if places else [""] * self.total

    def each(self, field: str, read: Callable[[str], T | None], empty: T, what: str = "", without: str = "") -> list[T]:
        """Read the column of a field, every different cell once; what cannot be read is kept as an extra field."""
        places = self.places(field)
        if not places:
            return [empty] * self.total
        column = self.columns[places[0]]
        known: dict[str, T | None] = {cell: read(cell) for cell in set(column) if cell}
        unread = {cell for cell, value in known.items() if value is None}
        if unread:
            self._keep(places[0], unread, what, without)
        result: dict[str, T] = {cell: empty if value is None else value for cell, value in known.items()}
        result[""] = empty
        return [result[cell] for cell in column]

    def _keep(self, place: int, cells: set[str], what: str, without: str) -> None:
        name = self.header[place]
        for at, cell in enumerate(self.columns[place]):
            if cell in cells:
                self.kept[at][name] = cell
                if what:
                    self.findings.bad[place] += 1
                    self.say(at, what, cell, f"Imported without {without}, {KEPT}")

    def say(self, at: int, what: str, value: str, outcome: str) -> None:
        """Note a problem of the row at place `at`."""
        self.findings.problems.append(RowProblem(self.numbers[at], what, short(value), outcome))

    def called(self, place: int) -> str:
        """Return what to call the text of a column."""
        target = self.targets[place]
        return (target.label if target.field not in ("phone", "text_phone") else "") or self.header[place]

    def extra(self) -> Iterable[Mapping[str, str]]:
        """Return the extra fields of each row: columns without a field, and cells that could not be read."""
        places = [at for at, target in enumerate(self.targets) if target.field is None and at not in self._labels]
        names = [self.called(at) for at in places]
        columns = [self.columns[at] for at in places]
        result: list[Mapping[str, str]] = [NOTHING] * self.total
        if columns:
            result = [{name: cell for name, cell in zip(names, cells) if cell} for cells in zip(*columns)]  # noqa: B905
        for place in places:
            beside = self.targets[place].label_column
            if beside is not None:
                self._rename(result, place, self.columns[beside])
        for at, more in self.kept.items():
            if more:
                result[at] = {**result[at], **more}
        return result

    def _rename(self, rows: list[Mapping[str, str]], place: int, labels: Sequence[str]) -> None:
        """Call a cell what the column beside it says."""
        name = self.called(place)
        for at, label in enumerate(one.lstrip("_ ") for one in labels):
            if label and name in rows[at] and label not in rows[at]:
                rows[at] = {label if key == name else key: cell for key, cell in rows[at].items()}


def guesses(source: Source, targets: Sequence[Target], findings: Findings) -> tuple[ColumnGuess, ...]:
    """Say of every column where it goes and what was found in it."""
    fields = [target.field for target in targets]
    for target in targets:
        if target.label_column is not None:
            fields[target.label_column] = target.field
    header, total = source.sheet.header, len(source.sheet.rows)
    return tuple(
        ColumnGuess(
            header[at],
            findings.first.get(at, ""),
            field,
            findings.filled[at],
            total,
            _check(field, findings, at, total),
            findings.bad[at] > 0,
        )
        for at, field in enumerate(fields)
    )


def _check(field: str | None, findings: Findings, at: int, total: int) -> str:
    filled, bad = findings.filled[at], findings.bad[at]
    if bad and field is not None and field in NOT_ONE:
        return f"1 is not {NOT_ONE[field][0]}" if bad == 1 else f"{bad} are not {NOT_ONE[field][1]}"
    if not filled:
        return "Empty"
    if field is None:
        return f"{filled} kept as an extra field"
    if field == "since" and findings.order:
        return ORDER_WORDS[findings.order]
    if field == "route":
        many = len(findings.routes)
        return "1 route" if many == 1 else f"{many} routes"
    return f"{total} of {total}" if filled == total else f"{filled} filled"
