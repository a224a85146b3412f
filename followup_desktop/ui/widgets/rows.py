"""Turns one list of rows into the next by removing, moving, inserting and changing, so that views keep their place."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex

R = TypeVar("R")

MANY = 3000
"""Above so many rows a list is replaced whole: finding out what moved would take longer than painting it."""


class Identity(Protocol):
    """Tells rows apart over time."""

    def __call__(self, row: Any, /) -> Hashable:
        """Return the id of a row."""


class Rows(Generic[R]):
    """The rows of a flat model, updated by id."""

    def __init__(self, model: QAbstractItemModel, identity: Identity, columns: int = 1) -> None:
        self._model, self._identity, self._columns = model, identity, columns
        self.items: list[R] = []

    def position(self, identity: Hashable) -> int:
        """Return where the row with this id stands, or -1."""
        for number, item in enumerate(self.items):
            if self._identity(item) == identity:
                return number
        return -1

    def append(self, fresh: Sequence[R]) -> None:
        """Add rows at the end, leaving out those already there."""
        known = {self._identity(item) for item in self.items}
        fresh = [item for item in fresh if self._identity(item) not in known]
        if fresh:
            self._model.beginInsertRows(QModelIndex(), len(self.items), len(self.items) + len(fresh) - 1)
            self.items.extend(fresh)
            self._model.endInsertRows()

    def replace(self, fresh: Sequence[R]) -> None:
        """Become `fresh`, keeping the rows that stay where views can find them."""
        ids = [self._identity(item) for item in fresh]
        if len(set(ids)) < len(ids) or max(len(fresh), len(self.items)) > MANY or not self.items:
            self._reset(fresh)
            return
        self._remove_missing(set(ids))
        self._reorder(ids)
        self._insert_missing(fresh, ids)
        self._change(fresh)

    def _reset(self, fresh: Sequence[R]) -> None:
        self._model.beginResetModel()
        self.items = list(fresh)
        self._model.endResetModel()

    def _remove_missing(self, wanted: set[Hashable]) -> None:
        gone = [number for number, item in enumerate(self.items) if self._identity(item) not in wanted]
        for first, last in reversed(list(_runs(gone))):
            self._model.beginRemoveRows(QModelIndex(), first, last)
            del self.items[first : last + 1]
            self._model.endRemoveRows()

    def _reorder(self, ids: list[Hashable]) -> None:
        rank = {identity: number for number, identity in enumerate(ids)}
        ordered = sorted(self.items, key=lambda item: rank[self._identity(item)])
        if all(one is other for one, other in zip(self.items, ordered, strict=True)):
            return
        self._model.layoutAboutToBeChanged.emit()
        place = {self._identity(item): number for number, item in enumerate(ordered)}
        before = self._model.persistentIndexList()
        after = [self._model.index(place[self._identity(self.items[index.row()])], index.column()) for index in before]
        self.items = ordered
        self._model.changePersistentIndexList(before, after)
        self._model.layoutChanged.emit()

    def _insert_missing(self, fresh: Sequence[R], ids: list[Hashable]) -> None:
        known = {self._identity(item) for item in self.items}
        new = [number for number, identity in enumerate(ids) if identity not in known]
        for first, last in _runs(new):
            self._model.beginInsertRows(QModelIndex(), first, last)
            self.items[first:first] = fresh[first : last + 1]
            self._model.endInsertRows()

    def _change(self, fresh: Sequence[R]) -> None:
        changed = [number for number, item in enumerate(fresh) if item != self.items[number]]
        self.items = list(fresh)
        for first, last in _runs(changed):
            self._model.dataChanged.emit(self._model.index(first, 0), self._model.index(last, self._columns - 1))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield neighbouring numbers as (first, last)."""
    first = last = -2
    for number in numbers:
        if number != last + 1:
            if first >= 0:
                yield first, last
            first = number
        last = number
    if first >= 0:
        yield first, last
