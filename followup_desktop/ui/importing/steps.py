"""The four steps of an import, in one line."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button

STEPS = ("1 Choose file", "2 Match columns", "3 Check rows", "4 Done")


class StepLine(QWidget):
    """Says which step this is; those that can be gone to can be pressed."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Steps")
        self._buttons = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(20))
        for number, words in enumerate(STEPS, start=1):
            button = Button(theme, words, "tab", size="small")
            button.setCheckable(True)
            self._buttons.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self._buttons.idClicked.connect(self._on_clicked)
        self.show_step(1, ())

    def show_step(self, step: int, open_steps: Collection[int]) -> None:
        """Show the step one is at, and which others can be gone to."""
        self._step = step
        for button in self._buttons.buttons():
            number = self._buttons.id(button)
            button.setChecked(number == step)
            button.setEnabled(number == step or number in open_steps)

    def step(self) -> int:
        """Return the step shown."""
        return self._step

    @Slot(int)
    def _on_clicked(self, step: int) -> None:
        if step != self._step:
            self.chosen.emit(step)
