"""A QR code on the screen: dark on white in either theme, for that is what a phone's camera reads."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from followup_desktop.base.qr import Matrix, qr_code
from followup_desktop.ui.theme import Theme

QUIET = 4
"""Squares of white around the code (ISO/IEC 18004, 6.3.8)."""
LEAST_PX, SQUARE_PX = 148, 3


class QrCode(QWidget):
    """Shows a text as a code; hidden where the text is empty or longer than a code holds."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, ""
        self._matrix: Matrix = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def words(self) -> str:
        """Return what the code says."""
        return self._words

    def show_words(self, words: str) -> bool:
        """Show a text as a code; say whether it fits one."""
        if words != self._words:
            try:
                self._matrix = qr_code(words) if words else ()
            except ValueError:
                self._matrix = ()
            self._words = words
            self.updateGeometry()
            self.update()
        self.setVisible(bool(self._matrix))
        return bool(self._matrix) or not words

    def sizeHint(self) -> QSize:
        """Qt: whole squares, none so small that a camera would miss it."""
        side = self._square() * (len(self._matrix) + 2 * QUIET)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint the squares."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        side = self._square()
        for down, row in enumerate(self._matrix, QUIET):
            for right, dark in enumerate(row, QUIET):
                if dark:
                    painter.fillRect(QRect(right * side, down * side, side, side), Qt.GlobalColor.black)
        painter.end()

    def _square(self) -> int:
        squares = len(self._matrix) + 2 * QUIET
        return max(self._theme.px(SQUARE_PX), self._theme.px(LEAST_PX) // squares)
