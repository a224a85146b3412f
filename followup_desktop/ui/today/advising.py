"""The coach beside a draft: what it says as one types, each with its reason, and going from one advice to the next."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QWidget

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import NOTHING_KNOWN, Advice, Facts, Knowledge, Span
from followup_desktop.ui.parts.advice import AdviceChips
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.today.drafttext import DraftText, SubjectLine
from followup_desktop.ui.widgets.banner import Banner, Tone

ADVISE_MS = 150
SETTLE_MS = 50


class Advising(QObject):
    """Asks the coach about the words of a draft, and shows what it says; its chips and its note stand in the pane."""

    looked = Signal()  # the words were looked at again
    names_typed = Signal(str)  # a text with names not looked up yet: are they other customers?
    instead = Signal(str, str)  # subject and text to put in place of what stands there

    def __init__(self, theme: Theme, pane: QWidget, subject: SubjectLine, text: DraftText) -> None:
        super().__init__(pane)
        self._theme, self._subject, self._text = theme, subject, text
        self._facts, self._knows = Facts.of(()), NOTHING_KNOWN
        self._purpose, self._language = Purpose.AD_HOC, "en"
        self._looked_up: frozenset[str] = frozenset()
        self._why: Advice | None = None
        self.chips = AdviceChips(theme)
        self.note = Banner(theme, tone="warning")
        self.note.hide()
        self.soon = QTimer(self, singleShot=True, interval=ADVISE_MS)
        self._scrolling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self.soon.timeout.connect(self.look)
        self._scrolling.timeout.connect(self._show_note)
        self.chips.pointed.connect(self._on_pointed)
        self.chips.asked_why.connect(self.say_why)
        self.note.pressed.connect(self._on_instead)

    def begin(self, facts: Facts, knows: Knowledge, purpose: str, language: str) -> None:
        """Look at another draft from now on."""
        self._facts, self._knows, self._language = facts, knows, language
        self._purpose = Purpose(purpose) if purpose in set(Purpose) else Purpose.AD_HOC
        self._looked_up = frozenset()
        self.say_why(None)

    def know_others(self, names: frozenset[str]) -> None:
        """Note which names are other customers', and look at the draft again."""
        if not names <= self._knows.others:
            self._knows = replace(self._knows, others=self._knows.others | names)
            self.look()

    @Slot()
    def look(self) -> None:
        """Look at the words as they stand."""
        from followup_desktop.core.drafts.rules.coach import advise  # a hundred patterns: not before a draft is shown
        from followup_desktop.core.drafts.rules.coach.another_name import names_in

        subject, text = self._subject.text(), self._text.text()
        found = advise(text, subject, self._facts, self._purpose, self._language, self._knows)
        self.chips.show_advice(found)
        better = [one for one in found if not one.ok]
        self._text.underline(better)
        self.looked.emit()
        if self._why is not None and not self._why.ok:
            self.say_why(next((one for one in better if one.kind == self._why.kind), None))
        names = frozenset(names_in(text))
        if not names <= self._looked_up:
            self._looked_up = names
            self.names_typed.emit(text)

    @Slot()
    def show_next(self) -> None:
        """Go to the next thing the coach would have otherwise: its words, the reason and an example."""
        better = [one for one in self.chips.advice() if not one.ok]
        if not better:
            self.say_why(None)
            return
        kinds = [one.kind for one in better]
        at = kinds.index(self._why.kind) + 1 if self._why is not None and self._why.kind in kinds else 0
        advice = better[at % len(better)]
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        cursor = self._text.textCursor()
        cursor.clearSelection()
        self._text.setTextCursor(cursor)
        if advice.where is not None:
            self._on_pointed(advice.where)
        self.say_why(advice)

    @Slot(object)
    def say_why(self, advice: Advice | None) -> None:
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

    @Slot(object)
    def _on_pointed(self, where: Span) -> None:
        if where.part == "subject":
            self._subject.setFocus()
            self._subject.setSelection(where.start, where.end - where.start)
        else:
            self._text.setFocus()
            self._text.select(where)

    @Slot()
    def _show_note(self) -> None:
        """Scroll to what is said, where the card is taller than the window."""
        above = self.note.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and self.note.isVisible():
            above.ensureWidgetVisible(self.note, 0, self._theme.px(12))

    @Slot()
    def _on_instead(self) -> None:
        """Take the other words that an advice offers."""
        if self._why is not None and self._why.instead is not None:
            self.instead.emit(self._why.instead.subject, self._why.instead.text)
            self.look()
