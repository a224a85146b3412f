"""Which column of the file goes where, and what was found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from followup_desktop.core.exchange.model import FIELDS, ColumnGuess
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.table import Column, RecordTable

EXTRA = "extra"
KEEP = "Kept as it is"
GOES_TO = 3
"""The place of the choice among the columns of the table."""


@dataclass(frozen=True, slots=True)
class Row:
    """One column of the file, by its place: two may have the same name."""

    place: int
    guess: ColumnGuess


class FieldChoice(QComboBox):
    """Where one column goes."""

    def __init__(self, guess: ColumnGuess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("flat", True)
        self.setAccessibleName(f"{guess.column} goes to")
        self.view().setAccessibleName("Fields")
        self.setMaxVisibleItems(14)
        self.addItem(KEEP, EXTRA)
        for field in FIELDS:
            self.addItem(field.label, field.key)

    def show_field(self, field: str | None) -> None:
        """Show a field without telling."""
        self.blockSignals(True)
        self.setCurrentIndex(max(0, self.findData(field or EXTRA)))
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: a wheel that scrolls the table does not change what it passes over."""
        event.ignore()


class ColumnsTable(RecordTable[Row]):
    """The columns of a file with a choice in each row."""

    changed = Signal(str, str)  # name of the column, key of the field

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        columns = (
            Column[Row]("column", "Column in your file", lambda row: row.guess.column, width=200),
            Column[Row]("first", "First value", lambda row: row.guess.first_value, "muted", 180, stretch=True),
            Column[Row]("arrow", "", lambda _row: "→", width=34),
            Column[Row]("field", "Goes to", lambda _row: "", width=200),
            Column[Row]("check", "Check", lambda row: row.guess.check, "tag", 190, tone=_tone, tip=_tip),
        )
        super().__init__(theme, "Columns of the file", columns, lambda row: row.place, parent=parent)
        self._choices: dict[int, FieldChoice] = {}
        self._names: dict[FieldChoice, str] = {}
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(self.Shape.NoFrame)

    def show_columns(self, guesses: Sequence[ColumnGuess]) -> None:
        """Show these columns."""
        rows = [Row(place, guess) for place, guess in enumerate(guesses)]
        if [row.guess.column for row in rows] != [row.guess.column for row in self.rows()]:
            self._forget()
        self.show_rows(rows)
        for row in rows:
            self._choice(row).show_field(row.guess.field)

    def choices(self) -> Mapping[int, FieldChoice]:
        """Return the choice of each column, by its place."""
        return self._choices

    def _forget(self) -> None:
        self.show_rows([])
        self._choices.clear()
        self._names.clear()

    def _choice(self, row: Row) -> FieldChoice:
        if row.place not in self._choices:
            choice = FieldChoice(row.guess)
            choice.activated.connect(self._on_activated_choice)
            self._choices[row.place], self._names[choice] = choice, row.guess.column
            self.setIndexWidget(self.model().index(row.place, GOES_TO), choice)
        return self._choices[row.place]

    @Slot(int)
    def _on_activated_choice(self, _index: int) -> None:
        choice = self.sender()
        if isinstance(choice, FieldChoice):
            self.changed.emit(self._names[choice], str(choice.currentData()))


def _tone(row: Row) -> str:
    if row.guess.doubtful:
        return "warning"
    return "good" if row.guess.field else "neutral"


def _tip(row: Row) -> str:
    return f"{row.guess.filled} of {row.guess.total} rows have something here"
