"""Choosing another day, and a time if one matters."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import QDate, QTime, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDateEdit, QHBoxLayout, QTimeEdit, QWidget

from followup_desktop.base.zones import end_of_day, resolve
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button

NINE = time(9)


class PickTime(QWidget):
    """A day, perhaps a time, and the button that takes it."""

    picked = Signal(object, bool)  # until (UTC), whether the clock time matters

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = "UTC"
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("ddd d MMM yyyy")
        self.day.setAccessibleName("New day")
        self.timed = QCheckBox("at")
        self.timed.setAccessibleName("At a time")
        self.clock = QTimeEdit()
        self.clock.setAccessibleName("New time")
        for field in (self.day, self.clock):
            field.lineEdit().setTextMargins(theme.px(6), 0, 0, 0)
        self.timed.toggled.connect(self.clock.setEnabled)
        self.move_button = Button(theme, "Move")
        self.move_button.clicked.connect(self._on_move)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for widget in (self.day, self.timed, self.clock, self.move_button):
            row.addWidget(widget)
        row.addStretch(1)

    def start_from(self, day: date, clock: time | None, zone: str) -> None:
        """Offer the day after `day`, at a clock time or without one, in `zone`."""
        self._zone = zone
        first = QDate(day.year, day.month, day.day)
        self.day.setMinimumDate(first)
        self.day.setDate(first.addDays(1))
        shown = clock or NINE
        self.clock.setTime(QTime(shown.hour, shown.minute))
        self.timed.setChecked(clock is not None)
        self.clock.setEnabled(clock is not None)

    def take_focus(self) -> None:
        """Give the focus to the day."""
        self.day.setFocus()

    @Slot()
    def _on_move(self) -> None:
        day, clock = self.day.date(), self.clock.time()
        on = date(day.year(), day.month(), day.day())
        if self.timed.isChecked():
            self.picked.emit(resolve(on, time(clock.hour(), clock.minute()), self._zone), True)
        else:
            self.picked.emit(end_of_day(on, self._zone), False)
