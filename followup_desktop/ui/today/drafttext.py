"""The fields of a draft: a text that knows where its facts come from, and the subject above it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QPoint, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from followup_desktop.core.drafts.model import Advice, Fact, Span
from followup_desktop.core.feedback.rules.tokens import Folded, fold_links
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.facts import FactHighlighter, places
from followup_desktop.ui.widgets.fields import DraftEdit, LabelledLine
from followup_desktop.ui.widgets.text import plain

UNMARKED = ("customer.given_name", "customer.name", "owner.first_name", "owner.name", "business.name")
"""Names and signature: known to whoever reads the draft, so they are not marked."""


LEAST_PX, MOST_PX = 120, 300
"""How tall a text is at least: as its words ask for, between these."""


class DraftText(DraftEdit):
    """The text of a draft: says on hover where a fact comes from, goes from fact to fact, and lets go on Escape."""

    left = Signal()
    moved = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self._of = theme
        self._facts: tuple[Fact, ...] = ()
        self._unmarked: tuple[Fact, ...] = ()
        self._marks = FactHighlighter(theme, self.document())
        self._links = Folded()
        self.document().documentLayout().documentSizeChanged.connect(self._on_size)
        self.cursorPositionChanged.connect(self.moved)

    def set_text(self, text: str) -> None:
        """Show a text; links that answer a question stand in it as one short line."""
        self._links = fold_links(text)
        super().set_text(self._links.shown(text))

    def text(self) -> str:
        """Return the text that is meant: with the links whole, wherever their line stands now."""
        return self._links.meant(super().text())

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Mark these facts wherever they stand; who it is from and to is not marked, but told when asked."""
        self._unmarked = tuple(fact for fact in facts if fact.key in UNMARKED)
        self._facts = tuple(fact for fact in facts if fact.key not in UNMARKED)
        self._marks.show_facts([fact.text for fact in self._facts])

    def fact_at(self, cursor: QTextCursor) -> Fact | None:
        """Return the fact at a place in the text."""
        text, units = cursor.block().text(), cursor.positionInBlock()
        here = len(_before(text, units))
        if words := self._marks.fact_at(text, here):
            return next((fact for fact in self._facts if fact.text == words), None)
        standing = ((place, fact) for fact in self._unmarked for place in places(text, fact.text))
        return next((fact for place, fact in standing if place <= here < place + len(fact.text)), None)

    def go_to_next_fact(self) -> Fact | None:
        """Select the next fact after the cursor, from the top again after the last one."""
        text = super().text()
        here = len(_before(text, self.textCursor().selectionEnd()))
        found = sorted({(place, fact.text) for fact in self._facts for place in places(text, fact.text)})
        after = [place for place in found if place[0] >= here] or found
        if not after:
            return None
        start, words = after[0]
        self._show(self._between(start, start + len(words)))
        return next(fact for fact in self._facts if fact.text == words)

    def underline(self, advice: Sequence[Advice]) -> None:
        """Underline the words that advice is about."""
        marked = []
        for one in advice:
            if one.where is not None and one.where.part == "text":
                selection = QTextEdit.ExtraSelection()
                selection.cursor = self._at(one.where)
                selection.format = self._underlined("danger" if one.must else "warning")
                marked.append(selection)
        self.setExtraSelections(marked)

    def _underlined(self, tone: str) -> QTextCharFormat:
        line = QTextCharFormat()
        line.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        line.setUnderlineColor(self._of.colour(tone))
        return line

    def select(self, where: Span) -> None:
        """Select the words at a place and show them."""
        self._show(self._at(where))

    def _show(self, words: QTextCursor) -> None:
        self.setTextCursor(words)
        self.ensureCursorVisible()

    def _at(self, where: Span) -> QTextCursor:
        meant = self.text()
        return self._between(self._links.place(meant, where.start), self._links.place(meant, where.end))

    def _between(self, start: int, end: int) -> QTextCursor:
        text = super().text()
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(text[:start]))
        cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    @Slot(QSizeF)
    def _on_size(self, size: QSizeF) -> None:
        """Be as tall as the words where the window has room for them: a message is read whole before it goes."""
        least, most = self._of.px(LEAST_PX), self._of.px(MOST_PX)
        frame = self.height() - self.viewport().height()
        wanted = max(least, min(most, ceil(size.height()) + frame))
        if wanted != self.minimumHeight():
            self.setMinimumHeight(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape lets go of the text."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Qt: say on hover where a fact comes from."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            fact = self.fact_at(self.cursorForPosition(event.pos()))
            _show_tip(event.globalPos(), fact, self)
            return True
        return super().viewportEvent(event)


class SubjectLine(LabelledLine):
    """The subject of a draft."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape lets go of the line."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _show_tip(place: QPoint, fact: Fact | None, owner: QWidget) -> None:
    if fact is None:
        QToolTip.hideText()
    else:
        QToolTip.showText(place, plain(f"From: {fact.source}"), owner)


def _before(text: str, units: int) -> str:
    """Return the part of a text before so many of Qt's places: letters beyond the basic plane count two."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
