"""One case: what happened, what was done, what comes next."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from followup_desktop.base.wording import running
from followup_desktop.core.cases.model import CaseState
from followup_desktop.ui.keys import key_of
from followup_desktop.ui.recovery import lines
from followup_desktop.ui.recovery.loop import LoopCard
from followup_desktop.ui.recovery.reading import CaseView, RecoveryView
from followup_desktop.ui.recovery.steps import Steps
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.actions import ActionRow
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import FactsCard
from followup_desktop.ui.widgets.entryrow import EntryRow
from followup_desktop.ui.widgets.pane import fill, foot_of
from followup_desktop.ui.widgets.tag import Tag
from followup_desktop.ui.widgets.text import ShortText, Text

HOW_HINT = "How it was put right, such as: Luis came on Monday, $40 credit"


class CasePane(QWidget):
    """Shows one case and offers what can be done with it."""

    write_wanted = Signal()
    put_right = Signal(str)  # how
    held = Signal()
    did_not_hold = Signal()
    promise_wanted = Signal()
    customer_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[int, CaseState] | None = None
        self._build()

    def show_case(self, case: CaseView, view: RecoveryView) -> None:
        """Show a case."""
        state = case.case.state
        self._title.setText(f"{case.case.name}: {running(case.case.what).rstrip('.')}")
        self._state.show_text(*lines.state_words(case.case, view))
        self._reported.setText(lines.reported_words(case, view))
        self._words.setText(lines.whole_words(case.case))
        self._words.setVisible(bool(lines.whole_words(case.case)))
        self._next.say("Next.", lines.next_words(case, view), tone="good" if state is CaseState.CLOSED else "accent")
        self.facts.show_facts(lines.facts(case, view))
        self.steps.show_case(case, view)
        self.loop.show_case(case, lines.told_words(case, view))
        self.since.show_facts(lines.since_then(case, view))
        self.since.setVisible(bool(lines.since_then(case, view)))
        if self._shown != (case.case.id, state):  # what is being typed stays when something else changed
            self._shown = (case.case.id, state)
            self._offer(state)

    def ask_how(self) -> None:
        """Ask how it was put right."""
        self.how.ask(HOW_HINT)

    def _offer(self, state: CaseState) -> None:
        self.write_button.setText("Apologise" if state is CaseState.OPEN else "Ask whether it held")
        self.write_button.setAccessibleName(self.write_button.text())
        self.write_button.setVisible(state is not CaseState.CLOSED)
        self.write_button.setProperty("folded", False)
        for button, wanted in (
            (self.right_button, state is CaseState.OPEN),
            (self.held_button, state is CaseState.PUT_RIGHT),
            (self.not_held_button, state is not CaseState.OPEN),
        ):
            button.setProperty("folded", False)
            button.setVisible(wanted)
        self.how.leave()
        self.actions_row.updateGeometry()

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        self._title = ShortText("", "heading")
        self._state = Tag(theme)
        self._reported = Text("", "muted")
        self._words = Text("", "body", wrap=True)
        self._words.make_copyable()
        self._next = Banner(theme)
        self.steps = Steps(theme)
        self.loop = LoopCard(theme)
        self.facts = FactsCard(theme, shares=(1, 4))
        self.since = FactsCard(theme, "Since then", shares=(1, 4))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self._title)
        head.addWidget(self._state)
        head.addStretch(1)
        parts = (head, self._reported, self._words, self._next, self.steps, self.loop, self.facts, self.since)
        fill(self, theme, "Case", parts, self._made_foot())

    def _made_foot(self) -> QWidget:
        theme = self._theme
        self.how = EntryRow(theme, "How it was put right", "Put right")
        self.how.given.connect(self.put_right)
        self.actions_row = ActionRow(theme, "What can be done")
        add = self.actions_row.add
        self.write_button = add(Button(theme, "Apologise", "primary", key=key_of("write")))
        self.right_button = add(Button(theme, "Put right…", icon="check", key=key_of("done")))
        self.held_button = add(Button(theme, "It held: close", icon="check", key=key_of("done")))
        self.not_held_button = add(Button(theme, "It did not hold: open again", icon="arrow-counter-clockwise"))
        self.promise_button = self.actions_row.add_right(
            Button(theme, "Promise", icon="handshake", key=key_of("promise"))
        )
        self.customer_button = self.actions_row.add_to_menu(Button(theme, "Open the customer", key=key_of("open")))
        self.write_button.clicked.connect(self.write_wanted)
        self.right_button.clicked.connect(self._on_right)
        self.held_button.clicked.connect(self.held)
        self.not_held_button.clicked.connect(self.did_not_hold)
        self.promise_button.clicked.connect(self.promise_wanted)
        self.customer_button.clicked.connect(self.customer_wanted)
        return foot_of(theme, QFrame(), self.how, self.actions_row)

    @Slot()
    def _on_right(self) -> None:
        self.ask_how()
