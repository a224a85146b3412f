"""The words of a template as they are written: tags in colour, lines with a mistake marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip, QWidget

from followup_desktop.core.drafts.model import TemplateProblem
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.text import plain

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")


class Tags(QSyntaxHighlighter):
    """Shows fields and conditions in colour."""

    def __init__(self, theme: Theme, editor: QPlainTextEdit) -> None:
        super().__init__(editor.document())
        self._theme = theme
        theme.changed.connect(self._on_theme)

    def highlightBlock(self, text: str) -> None:
        """Qt: colour one line."""
        field, condition = QTextCharFormat(), QTextCharFormat()
        field.setForeground(self._theme.colour("accent"))
        condition.setForeground(self._theme.colour("muted"))
        for tag in _TAG.finditer(text):
            self.setFormat(tag.start(), tag.end() - tag.start(), field if tag[0].startswith("{{") else condition)

    @Slot()
    def _on_theme(self) -> None:
        self.rehighlight()


class TemplateEdit(QPlainTextEdit):
    """Plain text with marked lines; Escape lets go."""

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._problems: tuple[TemplateProblem, ...] = ()
        self._tags = Tags(theme, self)
        self.setAccessibleName("Words of the template")
        self.setTabChangesFocus(True)
        self.setMinimumHeight(theme.px(110))
        theme.changed.connect(self._mark)

    def show_text(self, text: str) -> None:
        """Show other words, which cannot be undone with the editor's own undo."""
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)
        self.show_problems(())

    def text(self) -> str:
        """Return the words as they stand."""
        return self.toPlainText()

    def show_problems(self, problems: Sequence[TemplateProblem]) -> None:
        """Mark the lines with a mistake."""
        self._problems = tuple(problems)
        self._mark()

    def go_to(self, line: int) -> None:
        """Put the cursor at the beginning of a line (the first is 1)."""
        block = self.document().findBlockByNumber(max(line - 1, 0))
        cursor = QTextCursor(block)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def insert(self, words: str) -> None:
        """Write at the cursor, in place of what is selected."""
        self.textCursor().insertText(words)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def wrap(self, before: str, after: str) -> None:
        """Put words around what is selected."""
        cursor = self.textCursor()
        words = cursor.selectedText().replace("\u2029", "\n")
        cursor.insertText(f"{before}{words}{after}")
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape lets go of the text."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Qt: say on hover what is wrong with a line."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            line = self.cursorForPosition(event.pos()).blockNumber() + 1
            said = [problem.text for problem in self._problems if problem.line == line]
            QToolTip.showText(event.globalPos(), plain("\n".join(said)), self)
            return True
        return super().viewportEvent(event)

    @Slot()
    def _mark(self) -> None:
        self.setExtraSelections([self._marked(line) for line in sorted({p.line for p in self._problems})])

    def _marked(self, line: int) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.format.setBackground(self._theme.colour("danger-soft"))
        selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        selection.cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
        return selection


class DifferenceView(QPlainTextEdit):
    """The lines of two texts: what went in red, what came in green, each with its sign."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: tuple[tuple[str, str], ...] = ()
        self.setReadOnly(True)
        self.setAccessibleName(name)
        theme.changed.connect(self._mark)

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show lines, each with its sign: " ", "-" or "+"."""
        self._lines = tuple(lines)
        self.setPlainText("\n".join(f"{_SIGNS.get(sign, sign)} {text}" for sign, text in lines))
        self._mark()

    @Slot()
    def _mark(self) -> None:
        marks = []
        for number, (sign, _) in enumerate(self._lines):
            tone = {"-": "danger-soft", "+": "good-soft"}.get(sign)
            if tone:
                selection = QTextEdit.ExtraSelection()
                selection.format.setBackground(self._theme.colour(tone))
                selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
                selection.cursor = QTextCursor(self.document().findBlockByNumber(number))
                marks.append(selection)
        self.setExtraSelections(marks)


_SIGNS = {"-": "−"}
