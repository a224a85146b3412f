"""The draft of a card: subject and text, where each fact comes from, and what stands below as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import NOTHING_KNOWN, Fact, Knowledge
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.today.advising import Advising
from followup_desktop.ui.today.also import Also
from followup_desktop.ui.today.around import Around
from followup_desktop.ui.today.drafttext import DraftText, SubjectLine
from followup_desktop.ui.today.found import FoundPromises
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.facts import places
from followup_desktop.ui.widgets.text import Text, plain

if TYPE_CHECKING:  # its queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.core.drafts.queries import Proposal

KEEP_MS = 800


class DraftPane(QWidget):
    """Subject, text, advice, and what else the same message covers."""

    edited = Signal()  # after a moment without typing: keep it
    left = Signal()  # Escape
    fresh_wanted = Signal()  # "Start over"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kept = ("", "")
        self.touched = False
        self.subject_line = SubjectLine(theme, "Subject")
        self.text_edit = DraftText(theme, "Message")
        self.advising = Advising(theme, self, self.subject_line, self.text_edit)
        self.found = FoundPromises(theme)
        self.around = Around(theme)
        self.also = Also(theme)
        self._source = Text("", "label", wrap=True)
        self._signature = Text("", "label", wrap=True)
        self._signature.setIndent(theme.px(14))
        self._signature.setToolTip("Your signature stands below each mail. Change it in Settings, Mail accounts.")
        self._over = Button(theme, "Start over", "link", name="Start over with a fresh draft")
        self._keeping = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._build()
        self._connect()

    def show_proposal(self, proposal: Proposal, knows: Knowledge = NOTHING_KNOWN) -> None:
        """Show a draft, as it was made or as the owner left it; `knows` is for the coach."""
        self.advising.begin(proposal.known, knows, _measured_as(proposal), proposal.language)
        facts = _as_written(proposal)
        self.text_edit.show_facts(facts)
        told = [f"“{fact.text}” comes from: {fact.source}" for fact in facts if places(proposal.subject, fact.text)]
        self.subject_line.setToolTip(plain("\n".join(told)))
        if self.words() == (proposal.subject, proposal.text):
            self._kept, self.touched = self.words(), False  # cursor and selection stay where they are
        else:
            self.put(proposal.subject, proposal.text)
        self._over.setVisible(proposal.changed)
        self.advising.look()

    def show_signature(self, signature: str) -> None:
        """Show what stands below the text once it leaves, by which the owner sees how the mail ends."""
        self._signature.setText(f"--\n{signature.strip()}")
        self._signature.setVisible(bool(signature.strip()))

    def signature(self) -> str:
        """Return what is shown below the text, or nothing."""
        return self._signature.text() if self._signature.isVisibleTo(self) else ""

    def put(self, subject: str, text: str) -> None:
        """Show these words as they are kept in the store."""
        self._keeping.stop()
        for widget in (self.subject_line, self.text_edit):
            widget.blockSignals(True)
        self.subject_line.setText(subject)
        self.text_edit.set_text(text)
        for widget in (self.subject_line, self.text_edit):
            widget.blockSignals(False)
        self._kept, self.touched = self.words(), False
        self._show_source()

    @Slot(str, str)
    def take_over(self, subject: str, text: str) -> None:
        """Put other words in as if they had been typed."""
        self.subject_line.setText(subject)
        self.text_edit.set_text(text)
        self._on_typed()

    def words(self) -> tuple[str, str]:
        """Return subject and text as they stand."""
        return self.subject_line.text(), self.text_edit.text()

    def take_unkept(self) -> tuple[str, str] | None:
        """Return what was typed since it was last kept, once; None when nothing was."""
        self._keeping.stop()
        if self.words() == self._kept:
            return None
        self._kept = self.words()
        return self._kept

    def is_unkept(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self.words() != self._kept

    def source(self) -> str:
        """Return what is said about the fact at the cursor."""
        return self._source.text() if self._source.isVisibleTo(self) else ""

    @Slot()
    def show_next_fact(self) -> None:
        """Go to the next fact and say where it comes from."""
        self.text_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        fact = self.text_edit.go_to_next_fact()
        self._show_source(fact)

    def _build(self) -> None:
        px = self._theme.px
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(px(8))
        below.addWidget(self._source, 1)
        below.addWidget(self._over, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.subject_line)
        column.addWidget(self.text_edit, 1)
        column.addWidget(self._signature)
        column.addLayout(below)
        for part in (self.advising.note, self.advising.chips, self.found, self.around, self.also):
            column.addWidget(part)
        for quiet in (self._source, self._over, self._signature):
            quiet.hide()

    def _connect(self) -> None:
        self.subject_line.textChanged.connect(self._on_typed)
        self.text_edit.textChanged.connect(self._on_typed)
        self.text_edit.moved.connect(self._on_moved)
        self.subject_line.left.connect(self.left)
        self.text_edit.left.connect(self.left)
        self._over.clicked.connect(self.fresh_wanted)
        self._keeping.timeout.connect(self.edited)
        self.advising.instead.connect(self.take_over)
        self.advising.looked.connect(self._on_looked)

    @Slot()
    def _on_typed(self) -> None:
        if self.is_unkept():
            self.touched = True
            self._over.show()
            self._keeping.start()
            self.advising.soon.start()

    @Slot()
    def _on_looked(self) -> None:
        self.found.look(self.text_edit.text())

    @Slot()
    def _on_moved(self) -> None:
        self._show_source(self.text_edit.fact_at(self.text_edit.textCursor()) if self.text_edit.hasFocus() else None)

    def _show_source(self, fact: Fact | None = None) -> None:
        self._source.setText(f"“{fact.text}” comes from: {fact.source}" if fact else "")
        self._source.setVisible(fact is not None)


def _measured_as(proposal: Proposal) -> str:
    """Return by which purpose the coach measures a draft: an answer within a case is, or holds, an apology."""
    follow_up = proposal.follow_up
    sorry = follow_up.case is not None and follow_up.purpose == Purpose.ANSWER
    return Purpose.APOLOGY if sorry else follow_up.purpose


def _as_written(proposal: Proposal) -> tuple[Fact, ...]:
    """Return the facts of a draft in each of the ways they are written in it: “Heater”, “heater”."""
    written = {(used.fact.key, used.fact.text): used.fact for used in proposal.facts_used}
    return tuple(written.values()) or proposal.facts
