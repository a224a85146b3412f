"""Fields to write in: a line with its label inside, and the text of a draft."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRectF, Qt, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget

from followup_desktop.ui.theme import Theme

LINE_HEIGHT = 118.0
"""Per cent: the drawings set a message with a little more air than a form."""


class LabelledLine(QLineEdit):
    """A line that shows its label inside, at the left: "Subject  Has the pool been right?"."""

    def __init__(self, theme: Theme, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._label = theme, label
        self.setAccessibleName(label)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def setText(self, text: str | None) -> None:
        """Qt: show a text from its beginning."""
        super().setText(text)
        self.setCursorPosition(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the field and its label."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(self._theme.font())
        painter.setPen(self._theme.colour("muted"))
        rect = QRectF(self._theme.px(12), 0, self.width(), self.height())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._label)
        painter.end()

    @Slot()
    def _on_theme(self) -> None:
        width = QFontMetrics(self._theme.font()).horizontalAdvance(self._label)
        self.setTextMargins(width + self._theme.px(8), 0, 0, 0)


class DraftEdit(QTextEdit):
    """The text of a message: plain, whatever is pasted, with the line height of the drawings."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.set_text("")

    def set_text(self, text: str) -> None:
        """Show another text; what was typed before cannot be brought back with Undo."""
        self.setUndoRedoEnabled(False)
        self.setPlainText(text)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        shape = QTextBlockFormat()
        shape.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(shape)
        self.setUndoRedoEnabled(True)

    def text(self) -> str:
        """Return the text as it stands."""
        return self.toPlainText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Qt: paste plain text."""
        if source.hasText():
            self.textCursor().insertText(source.text())
