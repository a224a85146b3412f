"""The records behind a figure (X14): a table one can sort, each row leading to its customer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from followup_desktop.base.wording import count_words
from followup_desktop.core.insights.model import Cell, Table
from followup_desktop.core.insights.queries.behind import records_behind
from followup_desktop.core.insights.rules.words import days_words
from followup_desktop.core.report.rules.writing import cell_words
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.widgets.emptyplace import EmptyPlace
from followup_desktop.ui.widgets.table import Column, RecordTable
from followup_desktop.ui.widgets.text import Text

_WIDE = frozenset({"Promise", "Subject", "What happened", "What they said", "What went wrong", "Why", "What"})
"""Columns of words: they take the room that is left."""

_DAYS = {"Days": "Took", "Days to answer": "Answered after"}
"""Columns of days, which are read as words here and stay numbers in the spreadsheet."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its place in the table, whose it is, and its cells."""

    number: int
    customer: int | None
    cells: tuple[Cell, ...]


class RecordsDialog(QDialog):
    """What a figure counts, row by row. Enter or a double click opens the customer; Escape leaves."""

    def __init__(self, context: Context, key: str, month: date, empty: str, locale: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._month, self._locale = context, month, locale
        self._rows: list[Row] = []
        theme = context.theme
        self.setWindowTitle("Records")
        self.setAccessibleName("Records behind the figure")
        self.resize(theme.px(820), theme.px(520))
        self._name, self._count = Text("", "heading"), Text("", "muted")
        self.places = QStackedWidget()
        self.table: RecordTable[Row] | None = None
        self._empty = EmptyPlace(theme, "chart-line-up", "Nothing was counted", empty)
        self.places.addWidget(self._empty)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(10))
        head.setSpacing(theme.px(10))
        head.addWidget(self._name)
        head.addWidget(self._count)
        head.addStretch(1)
        self._hint = Text("Enter opens the customer", "label")
        head.addWidget(self._hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.places, 1)
        question = partial(records_behind, key=key, month=month, now=context.clock.now())
        context.runner.ask(self, question, self._show_table)

    def _show_table(self, found: Table) -> None:
        self.setWindowTitle(found.name)
        self._name.setText(found.name)
        self._count.setText(count_words(len(found.rows), "record", "records") if found.rows else "")
        self._hint.setVisible(bool(found.rows))
        if not found.rows:
            return
        whose = found.customers or (None,) * len(found.rows)
        self._rows = [Row(number, whose[number], cells) for number, cells in enumerate(found.rows)]
        self.table = RecordTable(self._context.theme, found.name, self._columns(found), _number)
        self.table.opened.connect(self._on_opened)
        self.table.sort_wanted.connect(self._on_sort)
        self.table.show_rows(self._rows)
        self.table.selectRow(0)
        self.places.addWidget(self.table)
        self.places.setCurrentWidget(self.table)
        self.table.setFocus()

    def _columns(self, found: Table) -> list[Column[Row]]:
        stretch = next((n for n, title in reversed([*enumerate(found.columns)]) if title in _WIDE), 0)
        return [self._column(found, number, stretch) for number in range(len(found.columns))]

    def _column(self, found: Table, number: int, stretch: int) -> Column[Row]:
        cells = [row[number] for row in found.rows]
        counts = all(cell is None or isinstance(cell, int | float) for cell in cells)
        title = found.columns[number]
        if title in _DAYS:
            text: Callable[[Row], str] = partial(_days, number=number, locale=self._locale)
        else:
            text = partial(_text, number=number, locale=self._locale, near=self._month, nothing="–" if counts else "")
        when = any(isinstance(cell, date) for cell in cells)
        width = 150 if when else 110 if counts else 160
        return Column(
            str(number),
            _DAYS.get(title, title),
            text,
            "strong" if number == 0 else "number" if counts else "text",
            width=width,
            stretch=number == stretch,
            sort=str(number),
            tip=text if title in _WIDE else None,
        )

    @Slot(object)
    def _on_opened(self, number: int) -> None:
        customer = self._rows[number].customer
        if customer is not None:
            self.close()
            self._context.go("customers", customer_id=customer)

    @Slot(str, bool)
    def _on_sort(self, sort: str, descending: bool) -> None:
        if self.table is not None:
            order: Callable[[Row], Any] = partial(_order, number=int(sort))
            self.table.show_rows(sorted(self._rows, key=order, reverse=descending))
            self.table.show_sorted(sort, descending=descending)


def _number(row: Row) -> int:
    return row.number


def _text(row: Row, number: int, locale: str, near: date, nothing: str) -> str:
    cell = row.cells[number]
    return nothing if cell is None else cell_words(cell, locale, near)


def _days(row: Row, number: int, locale: str) -> str:
    cell = row.cells[number]
    return days_words(cell, locale) if isinstance(cell, int | float) else "–"


def _order(row: Row, number: int) -> tuple[bool, Any]:
    """Order by value, those without one last; days and moments of one column by their day and time."""
    cell: Any = row.cells[number]
    match cell:
        case None:
            return True, 0
        case datetime():
            return False, cell.replace(tzinfo=None).isoformat()
        case date():
            return False, cell.isoformat()
        case str():
            return False, cell.casefold()
        case _:
            return False, getattr(cell, "minor", cell)
