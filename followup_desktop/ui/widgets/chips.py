"""A few words and small buttons after them, in as many lines as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.flow import FlowLayout
from followup_desktop.ui.widgets.text import Text, plain


@dataclass(frozen=True, slots=True)
class Chip:
    """One button: its value, its words, what a screen reader says, and its tooltip."""

    value: str
    text: str
    name: str
    tip: str = ""


class Chips(QWidget):
    """Small buttons behind a few words."""

    pressed = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self._flow = FlowLayout(self, gap=theme.px(6))
        self._buttons: dict[str, Button] = {}

    def show_chips(self, lead: str, chips: Sequence[Chip]) -> None:
        """Show `lead` and the buttons."""
        self._flow.clear()
        self._buttons = {}
        if lead:
            self._flow.addWidget(Text(lead, "label"))
        for chip in chips:
            button = Button(self._theme, chip.text, size="small", name=chip.name, parent=self)
            button.setProperty("value", chip.value)
            button.setToolTip(plain(chip.tip))
            button.clicked.connect(self._on_pressed)
            self._buttons[chip.value] = button
            self._flow.addWidget(button)
        self.updateGeometry()

    def button(self, value: str) -> Button:
        """Return the button of a value."""
        return self._buttons[value]

    def values(self) -> list[str]:
        """Return the values shown."""
        return list(self._buttons)

    @Slot()
    def _on_pressed(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.pressed.emit(str(button.property("value")))
