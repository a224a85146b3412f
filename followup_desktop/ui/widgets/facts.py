"""Marks the facts in a draft, so that one sees what came from the customer's record."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import Slot
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from followup_desktop.ui.theme import Theme


class FactHighlighter(QSyntaxHighlighter):
    """Gives every occurrence of the given texts a soft ground."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme
        self._facts: tuple[str, ...] = ()
        theme.changed.connect(self._on_theme)

    def show_facts(self, facts: Iterable[str]) -> None:
        """Mark these texts from now on."""
        self._facts = tuple(sorted({fact for fact in facts if fact.strip()}, key=len, reverse=True))
        self.rehighlight()

    def fact_at(self, block_text: str, position: int) -> str:
        """Return the fact that stands at a place in a line, or nothing."""
        for fact, start in self._found(block_text):
            if start <= position < start + len(fact):
                return fact
        return ""

    def highlightBlock(self, text: str) -> None:
        """Qt: mark one line."""
        marked = QTextCharFormat()
        marked.setBackground(self._theme.colour("warning-soft"))
        for fact, start in self._found(text):
            self.setFormat(_utf16(text[:start]), _utf16(fact), marked)

    def _found(self, text: str) -> list[tuple[str, int]]:
        return [(fact, start) for fact in self._facts for start in places(text, fact)]

    @Slot()
    def _on_theme(self) -> None:
        self.rehighlight()


def places(text: str, fact: str) -> list[int]:
    """Return where a fact stands in a text, as whole words: the 3 of "rated 3" is not in "30 November"."""
    return [found.start() for found in re.finditer(rf"(?<!\w){re.escape(fact)}(?!\w)", text)]


def _utf16(text: str) -> int:
    """Return how many places Qt counts for a text: two for what lies beyond the basic plane."""
    return len(text.encode("utf-16-le")) // 2
