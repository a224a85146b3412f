"""A line for a few words, shown when it is asked for: what they said at the door, how something was put right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.tag import RETURN


class EntryRow(QWidget):
    """A field and its button; Enter keeps what was typed, Escape leaves."""

    given = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, name: str, keep: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_be_empty = False
        self.field = QLineEdit()
        self.field.setAccessibleName(name)
        self.field.returnPressed.connect(self._on_given)
        self.keep_button = Button(theme, keep, "primary", key=RETURN)
        self.keep_button.clicked.connect(self._on_given)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.field, 1)
        row.addWidget(self.keep_button)
        self.hide()

    def ask(self, hint: str, *, may_be_empty: bool = False) -> None:
        """Show the line, empty, with a hint of what belongs there; `may_be_empty` lets Enter alone be an answer."""
        self._may_be_empty = may_be_empty
        self.field.clear()
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleDescription(hint)
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
        if words or self._may_be_empty:
            self.hide()
            self.given.emit(words)
