"""A field to search in, with a glass on the left and the cap of its key on the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.tag import key_size, paint_key


class SearchField(QLineEdit):
    """A line to type into; Escape empties it."""

    def __init__(self, theme: Theme, hint: str, *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._key = theme, key
        self.setObjectName("search")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName("Search")
        self.setMinimumWidth(theme.px(120))
        self.setMaximumWidth(theme.px(280))
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def sizeHint(self) -> QSize:
        """Qt: the width of the drawings."""
        return QSize(self._theme.px(280), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape empties the field."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the field, and the cap of its key while it is empty."""
        super().paintEvent(event)
        if self._key and not self.text():
            size = key_size(self._theme, self._key)
            left = self.width() - size.width() - self._theme.px(10)
            painter = QPainter(self)
            rect = QRectF(left, (self.height() - size.height()) / 2, size.width(), size.height())
            paint_key(painter, rect, self._theme, self._key)
            painter.end()

    @Slot()
    def _on_theme(self) -> None:
        self._glass.setIcon(self._theme.icon("magnifying-glass"))
        if self._key:
            self.setTextMargins(0, 0, key_size(self._theme, self._key).width() + self._theme.px(8), 0)
