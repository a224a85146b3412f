"""What a draft promises, below it as one types: kept in mind with one key, or said to be none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from followup_desktop.base.wording import sentence
from followup_desktop.base.zones import local_day
from followup_desktop.ui.keys import key_of
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.flow import FlowLayout
from followup_desktop.ui.widgets.text import Text, plain

if TYPE_CHECKING:  # a hundred patterns: not before a draft is shown
    from followup_desktop.core.promises.rules.finding import FoundPromise, Reader


class FoundPromises(QFrame):
    """One promise of the draft at a time: what was understood, and whether to keep it in mind."""

    kept = Signal(object)  # FoundPromise
    refused = Signal(object)  # FoundPromise
    gone = Signal(str)  # a sentence whose promise is to be taken back, for it is no longer in the draft

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._reader: Reader | None = None
        self._decided: frozenset[str] = frozenset()
        self._promised: dict[str, int] = {}
        self._text = ""
        self._found: FoundPromise | None = None
        self._gone = ""
        self.setObjectName("banner")
        self.setProperty("tone", "accent")
        self.setAccessibleName("Promised in this draft")
        self._mark = QLabel()
        self._words = Text("", wrap=True)
        self.keep_button = Button(theme, "Keep it", "secondary", size="small", key=key_of("keep_found"))
        self.keep_button.setAccessibleName("Keep it as a promise")
        self.refuse_button = Button(theme, "Not a promise", "link")
        self.keep_button.clicked.connect(self.keep)
        self.refuse_button.clicked.connect(self._on_refused)
        answers = QWidget()
        flow = FlowLayout(answers, gap=theme.px(8))
        flow.addWidget(self.keep_button)
        flow.addWidget(self.refuse_button)
        column = QVBoxLayout()
        column.setSpacing(theme.px(6))
        column.addWidget(self._words)
        column.addWidget(answers)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(9), theme.px(12), theme.px(9))
        row.setSpacing(theme.px(10))
        row.addWidget(self._mark)
        row.addLayout(column, 1)
        theme.changed.connect(self._on_theme)
        self._on_theme()
        self.hide()

    def begin(self, text: str, reader: Reader, decided: frozenset[str], *, again: bool) -> None:
        """Look at a draft; `decided` are sentences (folded) the owner decided about already."""
        self._reader, self._decided = reader, decided
        if not again:
            self._promised = {}
        self.look(text)

    def look(self, text: str) -> None:
        """Offer what a text promises now."""
        self._text = text
        if self._reader is None:
            return
        from followup_desktop.core.promises.rules.finding import find_promises

        offered = still_offered(find_promises(text, self._reader), self._decided)
        self._show(offered, no_longer_said(text, self._promised), local_day(self._reader.now, self._reader.zone))

    def note_kept(self, sentence: str, promise: int) -> None:
        """Remember that a sentence of this draft is kept as a promise."""
        self._promised[sentence] = promise
        self.note_decided(sentence)

    def note_decided(self, sentence: str) -> None:
        """Offer a sentence no more."""
        from followup_desktop.core.promises.rules.folding import fold

        self._decided |= {fold(sentence)}
        self.look(self._text)

    def forget_kept(self, sentence: str) -> int:
        """Return the promise a sentence was kept as, and forget it."""
        promise = self._promised.pop(sentence, 0)
        self.look(self._text)
        return promise

    def _show(self, found: Sequence[FoundPromise], gone: Sequence[str], today: date) -> None:
        """Offer the first of what the draft promises; before that, to take back what it no longer says."""
        self._gone = next(iter(gone), "")
        self._found = None if self._gone else next(iter(found), None)
        if self._gone:
            self._words.setText(f"“{self._gone}” is no longer in this draft, but kept as a promise.")
            self.keep_button.setText("Take it back")
        elif self._found is not None:
            self._words.setText(_words(self._found, len(found), today))
            self._words.setToolTip(plain(self._found.sentence))
            self.keep_button.setText("Keep it" if self._found.due_date else "Say by when")
        self.refuse_button.setVisible(self._found is not None)
        self.setVisible(bool(self._gone) or self._found is not None)

    def words(self) -> str:
        """Return what is said, nothing while nothing is offered."""
        return "" if self.isHidden() else self._words.text()

    @Slot()
    def keep(self) -> None:
        """Keep what is offered, or take back what is gone."""
        if self._gone:
            self.gone.emit(self._gone)
        elif self._found is not None:
            self.kept.emit(self._found)

    @Slot()
    def _on_refused(self) -> None:
        if self._found is not None:
            self.refused.emit(self._found)

    @Slot()
    def _on_theme(self) -> None:
        self._mark.setPixmap(self._theme.pixmap("handshake", "accent", 17))


def _words(found: FoundPromise, many: int, today: date) -> str:
    from followup_desktop.core.promises.rules.finding import due_words

    when = due_words(found, today) or "by when?"
    more = f" · {many - 1} more" if many > 1 else ""
    return f"Keep as a promise: {sentence(found.what)} · {when}{more}"


def still_offered(found: Sequence[FoundPromise], decided: frozenset[str]) -> list[FoundPromise]:
    """Leave out what the owner has decided about."""
    from followup_desktop.core.promises.rules.folding import fold

    return [one for one in found if fold(one.sentence) not in decided]


def no_longer_said(text: str, kept: Mapping[str, int]) -> list[str]:
    """Return the sentences kept as promises that the draft no longer holds."""
    whole = " ".join(text.split())
    return [sentence for sentence in kept if sentence not in whole]
