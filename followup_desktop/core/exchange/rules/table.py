"""The columns of one file on their way to customers, and what is found wrong on the way.

A hundred thousand rows of a dozen columns are a million cells. Nothing here looks at a cell by itself where a
whole column can be asked at once; what is out of the ordinary is picked out of the column and looked at alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from followup_desktop.core.exchange.model import NOTHING, ColumnGuess, DateOrder, RowProblem
from followup_desktop.core.exchange.rules.columns import Target
from followup_desktop.core.exchange.rules.sheets import short
from followup_desktop.core.exchange.rules.source import Source

T = TypeVar("T")

KEPT: Final = "kept as an extra field"


class Table:
    """A sheet with a target for each column; `kept` are extra fields by place of the row, found cell by cell."""

    def __init__(self, source: Source, targets: Sequence[Target]) -> None:
        sheet = source.sheet
        self.header, self.columns, self.numbers, self.total = sheet.header, sheet.columns, sheet.numbers, sheet.total
        self.region, self.targets = source.region, list(targets)
        self.problems: list[RowProblem] = list(sheet.problems)
        self.order: DateOrder | None = None
        self.checks: dict[int, tuple[str, bool]] = {}
        self.kept: dict[int, dict[str, str]] = defaultdict(dict)
        self._places: dict[str, list[int]] = defaultdict(list)
        for at, target in enumerate(targets):
            if target.field:
                self._places[target.field].append(at)
        self._labels = {target.label_column for target in targets if target.label_column is not None}
        if sheet.over:
            for at, number in enumerate(sheet.numbers):
                self.kept[at].update(sheet.over.get(number, {}))

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
                    self.say(at, what, cell, f"Imported without {without}, {KEPT}")

    def say(self, at: int, what: str, value: str, outcome: str) -> None:
        """Note a problem of the row at place `at`."""
        self.problems.append(RowProblem(self.numbers[at], what, short(value), outcome))

    def count_bad(self, place: int, bad: int, singular: str, plural: str) -> None:
        """Let the check of a column say how many of its cells are not what they should be."""
        if bad:
            self.checks[place] = (f"1 is not {singular}" if bad == 1 else f"{bad} are not {plural}", True)

    def extra(self) -> Iterable[Mapping[str, str]]:
        """Return the extra fields of each row: columns without a field, and cells that could not be read."""
        places = [at for at, target in enumerate(self.targets) if target.field is None and at not in self._labels]
        names = [self.header[at] for at in places]
        columns = [self.columns[at] for at in places]
        result: list[Mapping[str, str]] = [NOTHING] * self.total
        if columns:
            result = [{name: cell for name, cell in zip(names, cells) if cell} for cells in zip(*columns)]  # noqa: B905
        for at, more in self.kept.items():
            if more:
                result[at] = {**result[at], **more}
        return result

    def guesses(self) -> tuple[ColumnGuess, ...]:
        """Say of every column where it goes and what was found in it."""
        fields = [target.field for target in self.targets]
        for target in self.targets:
            if target.label_column is not None:
                fields[target.label_column] = target.field
        return tuple(self._guess(at, field) for at, field in enumerate(fields))

    def _guess(self, at: int, field: str | None) -> ColumnGuess:
        column = self.columns[at]
        filled = self.total - column.count("")
        check, doubtful = self.checks.get(at, (f"{self.total} of {self.total}", False))
        if at not in self.checks and filled < self.total:
            check = f"{filled} filled" if filled else "Empty"
        if field is None and filled:
            check = f"{filled} kept as an extra field"
        return ColumnGuess(self.header[at], next(filter(None, column), ""), field, filled, self.total, check, doubtful)
