"""The five steps of putting something right: words to use, room for notes, offers, and promises."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from followup_desktop.core.cases.model import KINDS, STEP_TITLES, CaseState, Noted, Offer, Step
from followup_desktop.core.drafts.model import Advice
from followup_desktop.core.promises.model import Promise, PromiseState
from followup_desktop.ui.parts.advice import AdviceChips
from followup_desktop.ui.recovery import lines
from followup_desktop.ui.recovery.reading import CaseView, RecoveryView
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.chips import Chip, Chips
from followup_desktop.ui.widgets.text import Line, Text

HINTS = {
    Step.INTENT: "What they may have seen, from their side",
    Step.ALIGN: "How they feel, in their words",
    Step.APOLOGISE: "Your apology: it stands in the letter",
    Step.ASK: "What they would like",
    Step.ASSURE: "What you told them",
}


class StepRow(QWidget):
    """One step: its number or a check mark, its title, words to use, and a line for notes."""

    noted = Signal(str, str)  # step, note
    done = Signal(str, bool)

    def __init__(self, theme: Theme, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step, self._kept, self._is_done = step, "", False
        self._number = str(list(Step).index(step) + 1)
        self.mark = Button(theme, self._number, size="small")
        self.mark.setFixedWidth(theme.px(36))
        self.mark.clicked.connect(self._on_mark)
        self._mind = Text("", "muted", wrap=True)
        self._say = Text("", "muted", wrap=True)
        self._say.make_copyable()
        self.note = QLineEdit()
        self.note.setAccessibleName(f"{STEP_TITLES[step]}: note")
        self.note.setPlaceholderText(HINTS[step])
        self.note.editingFinished.connect(self._on_note)
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.px(4))
        self.column.addWidget(Text(STEP_TITLES[step], "strong"))
        self.column.addWidget(self._mind)
        self.column.addWidget(self._say)
        self.column.addWidget(self.note)
        left = QVBoxLayout()
        left.addWidget(self.mark)
        left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addLayout(left)
        row.addLayout(self.column, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(10))
        whole.addLayout(row)
        whole.addWidget(Line())

    def show_step(self, noted: Noted, mind: str, say: str, *, again: bool) -> None:
        """Show a step; what is being typed stays where the same case is shown `again`."""
        self._is_done = noted.done_at is not None
        self.mark.setText("✓" if self._is_done else self._number)
        state = "done" if self._is_done else "open"
        self.mark.setAccessibleName(f"{self._number}. {STEP_TITLES[self._step]}, {state}")
        self.mark.setToolTip("Not done yet" if self._is_done else "Mark as done")
        self._mind.setText(mind)
        self._say.setText(f"“{say}”")
        typed = again and self.note.text().strip() != self._kept
        self._kept = noted.note
        if not typed:
            self.note.setText(noted.note)
            self.note.setCursorPosition(0)

    @Slot()
    def _on_mark(self) -> None:
        self.done.emit(str(self._step), not self._is_done)

    @Slot()
    def _on_note(self) -> None:
        words = self.note.text().strip()
        if words != self._kept:
            self._kept = words
            self.noted.emit(str(self._step), words)


class OfferLine(QWidget):
    """One offer: what, what it costs, whether it was given."""

    given = Signal(int, bool)
    withdrawn = Signal(int)

    def __init__(self, theme: Theme, offer: Offer, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer = offer
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(Text(words, wrap=True), 1)
        text = "Given" if offer.given_at is None else "Not given after all"
        self.give_button = Button(theme, text, size="small", name=f"{text}: {offer.kind}")
        self.give_button.clicked.connect(self._on_given)
        row.addWidget(self.give_button)
        self.withdraw_button = Button(theme, "Take back", size="small", name=f"Take back: {offer.kind}")
        self.withdraw_button.clicked.connect(self._on_withdrawn)
        self.withdraw_button.setVisible(offer.given_at is None)
        row.addWidget(self.withdraw_button)

    @Slot()
    def _on_given(self) -> None:
        self.given.emit(self._offer.id, self._offer.given_at is None)

    @Slot()
    def _on_withdrawn(self) -> None:
        self.withdrawn.emit(self._offer.id)


class AssuranceLine(QWidget):
    """One assurance: what, until when, and whether it was kept."""

    kept = Signal(int)

    def __init__(self, theme: Theme, promise: Promise, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._promise = int(promise.id)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(Text(words, wrap=True), 1)
        self.kept_button = Button(theme, "Kept", size="small", name=f"Kept: {promise.what}")
        self.kept_button.clicked.connect(self._on_kept)
        self.kept_button.setVisible(promise.state is PromiseState.OPEN)
        row.addWidget(self.kept_button)

    @Slot()
    def _on_kept(self) -> None:
        self.kept.emit(self._promise)


class Steps(QWidget):
    """All five steps of a case."""

    noted = Signal(str, str)  # step, note
    done = Signal(str, bool)  # step, whether it is done
    apology_typed = Signal(str)
    offered = Signal(str, str)  # what, and its cost as typed
    given = Signal(int, bool)  # offer, whether it was given
    withdrawn = Signal(int)  # offer
    assured = Signal(str)  # the promise as typed
    kept = Signal(int)  # promise
    promise_typed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._case = 0
        self._lines: list[OfferLine] = []
        self._assurances: list[AssuranceLine] = []
        self.rows = {step: StepRow(theme, step) for step in Step}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for row in self.rows.values():
            row.noted.connect(self.noted)
            row.done.connect(self.done)
            column.addWidget(row)
        self._add_coach()
        self._add_offers()
        self._add_promise()

    def show_case(self, case: CaseView, view: RecoveryView) -> None:
        """Show the steps of a case."""
        again, self._case = self._case == int(case.case.id), int(case.case.id)
        for noted in case.whole.steps:
            words = case.words[noted.step]
            self.rows[noted.step].show_step(noted, words.mind, words.say, again=again)
        if not again:
            for field in (self.kind, self.cost, self.promise):
                field.clear()
            self.offer_problem.setText("")
            self.say_promise("")
        at_offer, at_assurance = self._with_keys(self._lines), self._with_keys(self._assurances)
        for layout, shown in ((self._offers, self._lines), (self._promised, self._assurances)):
            for line in shown:
                layout.removeWidget(line)
                line.hide()
                line.deleteLater()
        self._assurances = [AssuranceLine(self._theme, each, lines.assured_words(each, view)) for each in case.assured]
        for assurance in self._assurances:
            assurance.kept.connect(self.kept)
            self._promised.addWidget(assurance)
        self._lines = [OfferLine(self._theme, each, lines.offer_words(each, view)) for each in case.whole.offers]
        for line in self._lines:
            line.given.connect(self.given)
            line.withdrawn.connect(self.withdrawn)
            self._offers.addWidget(line)
        if at_offer >= 0:  # the keys stay where they were, not with the first thing of the window
            found = self._lines[at_offer : at_offer + 1] or self._lines[-1:]
            for line in found:
                line.show()
            (found[0].give_button if found else self.rows[Step.ASK].mark).setFocus()
        if at_assurance >= 0:
            self.rows[Step.ASSURE].mark.setFocus()
        self.promise_button.setEnabled(case.case.state is not CaseState.CLOSED)
        self.apology_typed.emit(self.rows[Step.APOLOGISE].note.text())

    def _with_keys(self, lines: Sequence[QWidget]) -> int:
        """Return which of these lines has the keys, or -1."""
        focus = self.window().focusWidget()
        return next((place for place, line in enumerate(lines) if focus is not None and line.isAncestorOf(focus)), -1)

    def show_advice(self, advice: list[Advice]) -> None:
        """Say what the coach thinks of the apology."""
        self.coach.show_advice(advice)

    def say_problem(self, words: str) -> None:
        """Say beside the offer why it cannot be noted."""
        self.offer_problem.setText(words)
        self.offer_problem.setVisible(bool(words))

    def say_promise(self, words: str, *, good: bool = True) -> None:
        """Say how the promise was understood, or what is missing."""
        self._understood.setText(words)
        self._understood.set_tone("" if good else "danger")
        self._understood.setVisible(bool(words))

    def forget_offer(self) -> None:
        """Empty the fields of an offer that was noted."""
        self.kind.clear()
        self.cost.clear()
        self.say_problem("")

    def forget_promise(self) -> None:
        """Empty the line of a promise that was noted."""
        self.promise.clear()

    def _add_coach(self) -> None:
        row = self.rows[Step.APOLOGISE]
        self.coach = AdviceChips(self._theme)
        row.column.addWidget(self.coach)
        row.note.textChanged.connect(self.apology_typed)

    def _add_offers(self) -> None:
        theme, row = self._theme, self.rows[Step.ASK]
        chips = Chips(theme, "Offers made often")
        chips.show_chips("", [Chip(kind, kind[0].upper() + kind[1:], f"Offer: {kind}") for kind in KINDS])
        chips.pressed.connect(self._on_kind)
        self.chips = chips
        self.kind, self.cost = QLineEdit(), QLineEdit()
        self.kind.setAccessibleName("What is offered")
        self.kind.setPlaceholderText("What you offer")
        self.cost.setAccessibleName("What it costs you")
        self.cost.setPlaceholderText("What it costs you")
        self.cost.setMaximumWidth(theme.px(150))
        self.offer_button = Button(theme, "Offer")
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.kind, 1)
        line.addWidget(self.cost)
        line.addWidget(self.offer_button)
        self.offer_problem = Text("", "muted", tone="danger", wrap=True)
        self.offer_problem.hide()
        for field in (self.kind, self.cost):
            field.returnPressed.connect(self._on_offer)
        self.offer_button.clicked.connect(self._on_offer)
        self._offers = QVBoxLayout()
        self._offers.setSpacing(theme.px(4))
        row.column.addWidget(chips)
        row.column.addLayout(line)
        row.column.addWidget(self.offer_problem)
        row.column.addLayout(self._offers)

    def _add_promise(self) -> None:
        theme, row = self._theme, self.rows[Step.ASSURE]
        self.promise = QLineEdit()
        self.promise.setAccessibleName("What you promise, and by when")
        self.promise.setPlaceholderText("What you promise, and by when: drain and shock by Tuesday 5 pm")
        self.promise_button = Button(theme, "Add promise")
        self.promise.returnPressed.connect(self._on_promise)
        self.promise_button.clicked.connect(self._on_promise)
        self.promise.textChanged.connect(self.promise_typed)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.promise, 1)
        line.addWidget(self.promise_button)
        self._understood = Text("", "muted", wrap=True)
        self._understood.hide()
        self._promised = QVBoxLayout()
        self._promised.setSpacing(theme.px(4))
        row.column.addLayout(line)
        row.column.addWidget(self._understood)
        row.column.addLayout(self._promised)

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        self.kind.setText(kind)
        self.cost.setFocus()

    @Slot()
    def _on_offer(self) -> None:
        self.offered.emit(self.kind.text().strip(), self.cost.text().strip())

    @Slot()
    def _on_promise(self) -> None:
        if self.promise.text().strip():
            self.assured.emit(self.promise.text().strip())
