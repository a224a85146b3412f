"""What a row asks that is no card: what can be answered, and with which key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.flow import FlowLayout


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: what it does (`action`), how it reads, and the key it is given with."""

    action: str
    text: str
    key: str


AFTER_CASE = (
    Choice("resume", "Resume", "1"),
    Choice("start_over", "Start over", "2"),
    Choice("drop_waited", "Drop", "3"),
)
BACK = (Choice("back_today", "Do it today", "E"), Choice("later", "Later", "S"), Choice("back_drop", "Drop", "X"))
STALE = (Choice("back_today", "Do it today all the same", "E"), Choice("back_drop", "Let it go", "X"))
UNANSWERED = (Choice("write_again", "Write again", "1"), Choice("let_rest", "Let it rest", "2"))
STOPS = (
    Choice("stop_mail", "Stop mail", "1"),
    Choice("stop_everything", "Stop everything", "2"),
    Choice("not_so", "It was not meant so", "3"),
)
WISHES = (
    Choice("grant", "Do as they ask", "1"),
    Choice("stop_mail", "Stop mail", "2"),
    Choice("not_so", "It was not meant so", "3"),
)
GONE = (
    Choice("correct", "Correct the address", "1"),
    Choice("ring", "Ring them", "2"),
    Choice("let_rest", "Leave it", "3"),
)
NOT_NOW = (Choice("write_again", "Write again", "1"), *GONE[1:])
WRITE_TO_NEW = (Choice("write_again", "Write to the new address", "1"), Choice("let_rest", "Leave it", "2"))
UNKNOWN = (Choice("adopt", "Make a customer", "1"), Choice("no_customer", "Not a customer", "2"))


def whose(could_be: Sequence[tuple[int, str]]) -> tuple[Choice, ...]:
    """Return what can be said of mail from an address customers have: whose it is."""
    named = tuple(Choice(f"adopt_{key}", f"From {name}", str(at)) for at, (key, name) in enumerate(could_be[:2], 1))
    return (*named, UNKNOWN[1]) if len(named) < 2 else named


LAPSED = (Choice("take_up", "Do it today all the same", "1"),)


class ChoiceRow(QWidget):
    """The answers to one row, side by side and then in further lines; the first is the one meant most often."""

    chosen = Signal(str)  # action

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: list[Button] = []
        self._choices: tuple[Choice, ...] = ()
        self._row = FlowLayout(gap=theme.px(8))
        self.setLayout(self._row)
        self.hide()

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these answers."""
        if tuple(choices) == self._choices:
            return
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._choices = tuple(choices)
        self._buttons = [self._button(place, choice) for place, choice in enumerate(self._choices)]
        self.setVisible(bool(choices))

    def offered(self) -> tuple[str, ...]:
        """Return what can be answered, in order."""
        return tuple(choice.action for choice in self._choices)

    def button(self, action: str) -> Button:
        """Return the button of an answer."""
        return self._buttons[self.offered().index(action)]

    def by_key(self, key: str) -> str:
        """Return what a key answers here, or nothing."""
        return next((choice.action for choice in self._choices if choice.key == key), "")

    def _button(self, place: int, choice: Choice) -> Button:
        button = Button(self._theme, choice.text, "secondary" if place else "primary", key=choice.key)
        button.setProperty("action", choice.action)
        button.clicked.connect(self._on_pressed)
        self._row.addWidget(button)
        return button

    @Slot()
    def _on_pressed(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.chosen.emit(str(button.property("action")))
