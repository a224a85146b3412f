"""Small panels that ask one thing: until when, or why. A digit, Enter or a press answers; Escape lets go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QDate, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from followup_desktop.base.wording import long_date_words
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.text import Text

REASONS = ("Already in touch another way", "No longer needed", "Not the right moment", "I would rather not write this")
"""What a follow-up is skipped for most often."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: what it stands for and how it reads."""

    value: str
    text: str


class Popover(QFrame):
    """A heading and a few answers below one another, each with its digit."""

    answered = Signal(str)

    def __init__(self, theme: Theme, heading: str, choices: Sequence[Choice], note: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.theme = theme
        self.setObjectName("card")
        self.setAccessibleName(heading)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(12))
        self.column.setSpacing(theme.px(6))
        self.column.addWidget(Text(heading, "strong"))
        if note:
            words = Text(note, "label", wrap=True)
            words.setFixedWidth(theme.px(260))
            self.column.addWidget(words)
        self.buttons = [self._button(number, choice) for number, choice in enumerate(choices, start=1)]

    def open_above(self, anchor: QWidget) -> None:
        """Show it above a button, inside the screen."""
        self.adjustSize()
        place = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), -self.height() - self.theme.px(6)))
        room = anchor.screen().availableGeometry()
        left = max(room.left(), min(place.x(), room.right() - self.width()))
        self.move(left, max(room.top(), place.y()))
        self.show()
        self.buttons[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def answer(self, value: str) -> None:
        """Give an answer and close."""
        self.answered.emit(value)
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: a digit answers, arrows move, Escape closes."""
        digit = event.text()
        if digit.isdecimal() and 1 <= int(digit) <= len(self.buttons):
            self.buttons[int(digit) - 1].click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _button(self, number: int, choice: Choice) -> Button:
        button = Button(self.theme, choice.text, key=str(number))
        button.setProperty("value", choice.value)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self._on_pressed)
        self.column.addWidget(button)
        return button

    @Slot()
    def _on_pressed(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.answer(str(button.property("value")))


class LaterPopover(Popover):
    """Asks until when; the answer is a date as YYYY-MM-DD."""

    def __init__(self, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(theme, "Show it again", later_choices(today), "", parent)
        self.day = QDateEdit()
        self.day.setAccessibleName("Another day")
        self.day.setDisplayFormat("ddd d MMM yyyy")
        self.day.setCalendarPopup(True)
        first = today + timedelta(days=1)
        self.day.setMinimumDate(QDate(first.year, first.month, first.day))
        self.day.setDate(QDate(first.year, first.month, first.day).addDays(1))
        self.go = Button(theme, "On that day")
        self.go.clicked.connect(self._on_go)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.day, 1)
        row.addWidget(self.go)
        self.column.addLayout(row)

    @Slot()
    def _on_go(self) -> None:
        self.answer(str(self.day.date().toString(Qt.DateFormat.ISODate)))


class SkipPopover(Popover):
    """Asks why it is skipped; the answer is the reason in words."""

    def __init__(self, theme: Theme, note: str, parent: QWidget) -> None:
        super().__init__(theme, "Why is it skipped?", [Choice(text, text) for text in REASONS], note, parent)
        self.why = QLineEdit()
        self.why.setPlaceholderText("Another reason")
        self.why.setAccessibleName("Another reason")
        self.why.returnPressed.connect(self._on_written)
        self.column.addWidget(self.why)

    @Slot()
    def _on_written(self) -> None:
        if self.why.text().strip():
            self.answer(self.why.text().strip())


def later_choices(today: date) -> list[Choice]:
    """Return tomorrow, next Monday and in two weeks, each with its date."""
    monday = today + timedelta(days=7 - today.weekday())
    days = (
        ("Tomorrow", today + timedelta(days=1)),
        ("Next week", monday),
        ("In two weeks", today + timedelta(days=14)),
    )
    taken: dict[date, str] = {}
    for label, day in days:
        taken.setdefault(day, label)
    return [Choice(day.isoformat(), f"{label}: {long_date_words(day, today)}") for day, label in taken.items()]
