"""A line for what somebody said at the door."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from followup_desktop.ui.keys import cap
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button


class AnswerRow(QWidget):
    """The question, and room for the answer; Enter keeps it, Escape leaves."""

    given = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setAccessibleName("What they said")
        self.field.returnPressed.connect(self._on_given)
        self._keep = Button(theme, "Note it", "primary", key=cap("Return"))
        self._keep.clicked.connect(self._on_given)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.field, 1)
        row.addWidget(self._keep)
        self.hide()

    def ask(self, name: str, question: str) -> None:
        """Show the line for an answer of `name`."""
        self.field.clear()
        self.field.setPlaceholderText(f"{name}: “{question}”" if question else f"What {name} said")
        self.field.setAccessibleDescription(question)
        self.show()
        self.field.setFocus()

    def leave(self) -> None:
        """Put the line away."""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_given(self) -> None:
        words = self.field.text().strip()
        if words:
            self.hide()
            self.given.emit(words)
