"""The draft of a card: subject and text, where each fact comes from, and what the coach says as one types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHelpEvent, QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QTextEdit,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.base.zones import local_day
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import NOTHING_KNOWN, Advice, Fact, Facts, Knowledge, Span
from followup_desktop.ui.parts.advice import AdviceChips
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.today.around import Around
from followup_desktop.ui.today.found import FoundPromises, no_longer_said, still_offered
from followup_desktop.ui.widgets.banner import Banner, Tone
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.facts import FactHighlighter, places
from followup_desktop.ui.widgets.fields import DraftEdit, LabelledLine
from followup_desktop.ui.widgets.text import Text, plain

if TYPE_CHECKING:  # its queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.core.drafts.queries import Proposal
    from followup_desktop.core.promises.rules.finding import Reader

ADVISE_MS = 150
KEEP_MS = 800
SETTLE_MS = 50

UNMARKED = ("customer.given_name", "customer.name", "owner.first_name", "owner.name", "business.name")
"""Names and signature: known to whoever reads the draft, so they are not marked."""


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
        self.cursorPositionChanged.connect(self.moved)

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
        text = self.text()
        here = len(_before(text, self.textCursor().selectionEnd()))
        found = sorted({(place, fact.text) for fact in self._facts for place in places(text, fact.text)})
        after = [place for place in found if place[0] >= here] or found
        if not after:
            return None
        start, words = after[0]
        self.select(Span("text", start, start + len(words)))
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
        self.setTextCursor(self._at(where))
        self.ensureCursorVisible()

    def _at(self, where: Span) -> QTextCursor:
        text = self.text()
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(text[: where.start]))
        cursor.setPosition(_units(text[: where.end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

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


class ShortBox(QCheckBox):
    """A check box in one line that ends in an ellipsis where room is short; the tooltip has the whole text."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = text
        self.setAccessibleName(text)
        self.setToolTip(plain(text))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: shorten again."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(self.width() - 2 * self.iconSize().width(), 0)
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room).replace("&", "&&"))


class DraftPane(QWidget):
    """Subject, text, advice, and what else the same message covers."""

    edited = Signal()  # after a moment without typing: keep it
    left = Signal()  # Escape
    fresh_wanted = Signal()  # "Start over"
    names_typed = Signal(str)  # a text with names not looked up yet: are they other customers?

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts = Facts.of(())
        self._knows = NOTHING_KNOWN
        self._looked_up: frozenset[str] = frozenset()
        self._reader: Reader | None = None
        self._decided: frozenset[str] = frozenset()
        self._promised: dict[str, int] = {}
        self._why: Advice | None = None
        self._purpose, self._language = Purpose.AD_HOC, "en"
        self._kept = ("", "")
        self._boxes: list[QCheckBox] = []
        self.touched = False
        self.subject_line = SubjectLine(theme, "Subject")
        self.text_edit = DraftText(theme, "Message")
        self.advice = AdviceChips(theme)
        self.note = Banner(theme, tone="warning")
        self.found = FoundPromises(theme)
        self._source = Text("", "label", wrap=True)
        self.around = Around(theme)
        self._over = Button(theme, "Start over", "link", name="Start over with a fresh draft")
        self._also = QVBoxLayout()
        self._advising = QTimer(self, singleShot=True, interval=ADVISE_MS)
        self._scrolling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._keeping = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._build()
        self._connect()

    def show_proposal(self, proposal: Proposal, knows: Knowledge = NOTHING_KNOWN) -> None:
        """Show a draft, as it was made or as the owner left it; `knows` is for the coach."""
        self._facts, self._knows = proposal.known, knows
        self._looked_up = frozenset()
        self._say_why(None)
        self._purpose = _purpose(proposal.follow_up.purpose)
        self._language = proposal.language
        facts = _as_written(proposal)
        self.text_edit.show_facts(facts)
        told = [f"“{fact.text}” comes from: {fact.source}" for fact in facts if places(proposal.subject, fact.text)]
        self.subject_line.setToolTip(plain("\n".join(told)))
        if self.words() == (proposal.subject, proposal.text):
            self._kept, self.touched = self.words(), False  # cursor and selection stay where they are
        else:
            self.put(proposal.subject, proposal.text)
        self._over.setVisible(proposal.changed)
        self._advise()

    def show_promises(self, reader: Reader, decided: frozenset[str], *, again: bool) -> None:
        """Offer what the draft promises; `decided` are sentences (folded) the owner decided about already."""
        self._reader, self._decided = reader, decided
        if not again:
            self._promised = {}
        self._find()

    def note_kept(self, sentence: str, promise: int) -> None:
        """Remember that a sentence of this draft is kept as a promise."""
        self._promised[sentence] = promise
        self.note_decided(sentence)

    def note_decided(self, sentence: str) -> None:
        """Offer a sentence no more."""
        from followup_desktop.core.promises.rules.folding import fold

        self._decided |= {fold(sentence)}
        self._find()

    def forget_kept(self, sentence: str) -> int:
        """Return the promise a sentence was kept as, and forget it."""
        promise = self._promised.pop(sentence, 0)
        self._find()
        return promise

    def _find(self) -> None:
        if self._reader is None:
            return
        from followup_desktop.core.promises.rules.finding import find_promises

        text = self.text_edit.text()
        offered = still_offered(find_promises(text, self._reader), self._decided)
        self.found.show_found(
            offered, no_longer_said(text, self._promised), local_day(self._reader.now, self._reader.zone)
        )

    def show_also(self, items: Sequence[tuple[int, str]]) -> None:
        """Offer other follow-ups of the same customer: pairs of follow-up and why it is here."""
        ticked = set(self.also())
        for box in self._boxes:
            self._also.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = [self._box(key, why, ticked=key in ticked) for key, why in items]

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

    def take_over(self, subject: str, text: str) -> None:
        """Put other words in as if they had been typed."""
        self.subject_line.setText(subject)
        self.text_edit.set_text(text)
        self._on_typed()

    def words(self) -> tuple[str, str]:
        """Return subject and text as they stand."""
        return self.subject_line.text(), self.text_edit.text()

    def forget_ticks(self) -> None:
        """Untick everything: another card is shown."""
        for box in self._boxes:
            box.setChecked(False)

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

    def also(self) -> tuple[int, ...]:
        """Return the follow-ups ticked as covered by the same message."""
        return tuple(int(box.property("follow_up")) for box in self._boxes if box.isChecked())

    def boxes(self) -> list[QCheckBox]:
        """Return the check boxes of what else may be covered."""
        return list(self._boxes)

    def source(self) -> str:
        """Return what is said about the fact at the cursor."""
        return self._source.text() if self._source.isVisibleTo(self) else ""

    @Slot()
    def show_next_fact(self) -> None:
        """Go to the next fact and say where it comes from."""
        self.text_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        fact = self.text_edit.go_to_next_fact()
        self._show_source(fact)

    @Slot()
    def show_next_advice(self) -> None:
        """Go to the next thing the coach would have otherwise: its words, the reason and an example."""
        better = [one for one in self.advice.advice() if not one.ok]
        if not better:
            self._say_why(None)
            return
        kinds = [one.kind for one in better]
        at = kinds.index(self._why.kind) + 1 if self._why is not None and self._why.kind in kinds else 0
        advice = better[at % len(better)]
        self.text_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        cursor = self.text_edit.textCursor()
        cursor.clearSelection()
        self.text_edit.setTextCursor(cursor)
        if advice.where is not None:
            self._on_pointed(advice.where)
        self._say_why(advice)

    def know_others(self, names: frozenset[str]) -> None:
        """Note which names are other customers', and look at the draft again."""
        if not names <= self._knows.others:
            self._knows = replace(self._knows, others=self._knows.others | names)
            self._advise()

    def _build(self) -> None:
        px = self._theme.px
        self.text_edit.setMinimumHeight(px(120))
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(px(8))
        below.addWidget(self._source, 1)
        below.addWidget(self._over, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._also.setSpacing(px(2))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.subject_line)
        column.addWidget(self.text_edit, 1)
        column.addLayout(below)
        column.addWidget(self.note)
        column.addWidget(self.advice)
        column.addWidget(self.found)
        column.addWidget(self.around)
        column.addLayout(self._also)
        for quiet in (self._source, self._over, self.note):
            quiet.hide()

    def _connect(self) -> None:
        self.subject_line.textChanged.connect(self._on_typed)
        self.text_edit.textChanged.connect(self._on_typed)
        self.text_edit.moved.connect(self._on_moved)
        self.subject_line.left.connect(self.left)
        self.text_edit.left.connect(self.left)
        self._over.clicked.connect(self.fresh_wanted)
        self._advising.timeout.connect(self._advise)
        self._keeping.timeout.connect(self.edited)
        self._scrolling.timeout.connect(self._show_note)
        self.advice.pointed.connect(self._on_pointed)
        self.advice.asked_why.connect(self._say_why)
        self.note.pressed.connect(self._on_instead)

    def _box(self, key: int, why: str, *, ticked: bool) -> QCheckBox:
        box = ShortBox(f"Also covers: {why}")
        box.setProperty("follow_up", key)
        box.setChecked(ticked)
        self._also.addWidget(box)
        return box

    @Slot()
    def _on_typed(self) -> None:
        if self.is_unkept():
            self.touched = True
            self._over.show()
            self._keeping.start()
            self._advising.start()

    @Slot()
    def _on_moved(self) -> None:
        self._show_source(self.text_edit.fact_at(self.text_edit.textCursor()) if self.text_edit.hasFocus() else None)

    @Slot(object)
    def _on_pointed(self, where: Span) -> None:
        if where.part == "subject":
            self.subject_line.setFocus()
            self.subject_line.setSelection(where.start, where.end - where.start)
        else:
            self.text_edit.setFocus()
            self.text_edit.select(where)

    @Slot()
    def _advise(self) -> None:
        from followup_desktop.core.drafts.rules.coach import advise  # a hundred patterns: not before a draft is shown
        from followup_desktop.core.drafts.rules.coach.another_name import names_in

        subject, text = self.words()
        found = advise(text, subject, self._facts, self._purpose, self._language, self._knows)
        self.advice.show_advice(found)
        better = [one for one in found if not one.ok]
        self.text_edit.underline(better)
        self._find()
        if self._why is not None and not self._why.ok:
            self._say_why(next((one for one in better if one.kind == self._why.kind), None))
        names = frozenset(names_in(text))
        if not names <= self._looked_up:
            self._looked_up = names
            self.names_typed.emit(text)

    @Slot(object)
    def _say_why(self, advice: Advice | None) -> None:
        """Say the reason of an advice, with the same thing said badly and well; nothing takes it away."""
        from followup_desktop.core.drafts.rules.coach import RULES

        rule = RULES.get(advice.kind) if advice is not None else None
        self._why = advice
        if advice is not None and rule is not None:
            tone: Tone = "good" if advice.ok else "danger" if advice.must else "warning"
            example = "" if rule.BAD == rule.GOOD else f"\nNot: “{rule.BAD}”\nRather: “{rule.GOOD}”"
            self.note.say(f"{advice.text}.", rule.REASON, example, tone=tone)
            self.note.offer(advice.instead.label if advice.instead else "")
        self.note.setVisible(advice is not None)
        if advice is not None:
            self._scrolling.start()

    @Slot()
    def _show_note(self) -> None:
        """Scroll to what is said, where the card is taller than the window."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and self.note.isVisible():
            above.ensureWidgetVisible(self.note, 0, self._theme.px(12))

    @Slot()
    def _on_instead(self) -> None:
        """Take the other words that an advice offers."""
        if self._why is not None and self._why.instead is not None:
            self.take_over(self._why.instead.subject, self._why.instead.text)
            self._advise()

    def _show_source(self, fact: Fact | None = None) -> None:
        self._source.setText(f"“{fact.text}” comes from: {fact.source}" if fact else "")
        self._source.setVisible(fact is not None)


def _as_written(proposal: Proposal) -> tuple[Fact, ...]:
    """Return the facts of a draft in each of the ways they are written in it: “Heater”, “heater”."""
    written = {(used.fact.key, used.fact.text): used.fact for used in proposal.facts_used}
    return tuple(written.values()) or proposal.facts


def _purpose(name: str) -> Purpose:
    return Purpose(name) if name in set(Purpose) else Purpose.AD_HOC


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
