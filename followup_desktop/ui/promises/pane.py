"""One promise: what, to whom, when, on which line it was made, and what became of it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from followup_desktop.base.wording import clock_words, long_date_words, sentence
from followup_desktop.base.zones import local, local_day
from followup_desktop.core.promises.model import STATE_WORDS, Promise, PromiseState
from followup_desktop.core.promises.rules import Later, later_choices, when_words
from followup_desktop.ui.keys import key_of
from followup_desktop.ui.promises import lines
from followup_desktop.ui.promises.pick import PickTime
from followup_desktop.ui.promises.reading import PromisesView
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.actions import ActionRow
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import FactsCard
from followup_desktop.ui.widgets.pane import at_left, fill, foot_of
from followup_desktop.ui.widgets.tag import Tag
from followup_desktop.ui.widgets.text import ShortText, Text, plain

PICK = "pick"


class PromisePane(QWidget):
    """Shows one promise and offers what can be done with it."""

    kept = Signal()
    broken = Signal()
    withdrawn = Signal()
    write_wanted = Signal()
    moved = Signal(object, bool)  # until (UTC), whether the clock time matters
    late_told = Signal(object, bool)  # the same, and the customer is to be told
    customer_wanted = Signal(int)
    source_wanted = Signal(object)  # Promise

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._promise: Promise | None = None
        self._choices: tuple[Later, ...] = ()
        self._telling = False
        self._build()

    def show_promise(self, promise: Promise, view: PromisesView) -> None:
        """Show a promise."""
        if self._promise != promise:  # a day being chosen stays when something else changed
            self.pick.hide()
            self.pick.start_from(
                max(promise.due_date, local_day(view.now, promise.zone)), promise.due_time, promise.zone
            )
        self._promise = promise
        is_open = promise.state is PromiseState.OPEN
        self._whom.setText(lines.whom(promise))
        self.customer_button.setEnabled(promise.customer_id is not None)
        self.source_button.setText(lines.source_button(promise))
        self.source_button.setVisible(bool(lines.source_words(promise, view)))
        self._what.setText(sentence(promise.what))
        self._show_state(promise, view)
        self.facts.show_facts(_facts(promise, view))
        for button in (self.keep_button, self.later_button):
            button.setEnabled(is_open)
        for button in (self.write_button, self.tell_button):
            button.setEnabled(is_open and promise.customer_id is not None)
        for button in (self.broken_button, self.withdrawn_button):
            button.setEnabled(is_open)
        self.actions_row.setVisible(is_open)
        self._choices = later_choices(promise, view.now) if is_open else ()
        if not self.menu.isVisible():
            self._fill_menu()

    @Slot()
    def offer_later(self) -> None:
        """Open the list of later times."""
        self._telling = False
        self._offer_times()

    @Slot()
    def offer_to_tell(self) -> None:
        """Open the list of later times, of which the customer will be told."""
        if self._promise is not None and self._promise.customer_id is not None:
            self._telling = True
            self._offer_times()

    def _offer_times(self) -> None:
        if self._choices:
            anchor = self.later_button if self.later_button.isVisible() else self.actions_row
            self.menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + self._theme.px(2))))

    def _show_state(self, promise: Promise, view: PromisesView) -> None:
        if promise.state is PromiseState.OPEN:
            urgent = lines.tone(promise, view) == "danger"
            self._state.show_text(when_words(promise, view.now), "danger" if urgent else "neutral")
        else:
            good = promise.state is PromiseState.KEPT
            self._state.show_text(STATE_WORDS[promise.state], "good" if good else "neutral")

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        self._whom = ShortText("", "strong")
        self._state = Tag(theme)
        self._what = Text("", "heading", wrap=True)
        self._what.make_copyable()
        self.facts = FactsCard(theme, shares=(1, 3))
        self.source_button = Button(theme, "Open the letter", "link")
        self.source_button.clicked.connect(self._on_source)
        self.pick = PickTime(theme)
        self.pick.picked.connect(self._on_picked)
        self.pick.hide()
        self._build_actions()
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self._whom)
        head.addWidget(self._state)
        head.addStretch(1)
        parts = (head, self._what, self.facts, at_left(self.source_button), self.pick)
        fill(self, theme, "Promise", parts, foot_of(theme, QWidget(), self.actions_row), top=16)

    def _build_actions(self) -> None:
        theme = self._theme
        self.actions_row = ActionRow(theme, "What became of it")
        self.write_button = self.actions_row.add(Button(theme, "Write it", "primary", key=key_of("write")))
        self.keep_button = self.actions_row.add(Button(theme, "Kept", icon="check", key=key_of("done")))
        self.later_button = self.actions_row.add(Button(theme, "Later", icon="clock", key=key_of("later")))
        self.tell_button = self.actions_row.add(Button(theme, "It will be late", key=key_of("tell_late")))
        self.tell_button.setToolTip(plain("Choose the new time; the message to the customer is drafted"))
        self.broken_button = self.actions_row.add_to_menu(Button(theme, "Not kept"))
        self.customer_button = self.actions_row.add_to_menu(Button(theme, "Open the customer", key=key_of("open")))
        self.withdrawn_button = self.actions_row.add_to_menu(Button(theme, "Taken back, they agreed"))
        self.customer_button.clicked.connect(self.open_customer)
        self.write_button.clicked.connect(self.write_wanted)
        self.keep_button.clicked.connect(self.kept)
        self.later_button.clicked.connect(self.offer_later)
        self.tell_button.clicked.connect(self.offer_to_tell)
        self.broken_button.clicked.connect(self.broken)
        self.withdrawn_button.clicked.connect(self.withdrawn)
        self.menu = QMenu(self)
        self.menu.setAccessibleName("Later")
        self.menu.triggered.connect(self._on_later)

    def _fill_menu(self) -> None:
        self.menu.clear()
        for choice in self._choices:
            self.menu.addAction(choice.words).setData(choice.key)
        self.menu.addSeparator()
        self.menu.addAction("Choose a day…").setData(PICK)

    @Slot(QAction)
    def _on_later(self, action: QAction) -> None:
        if action.data() == PICK:
            self.pick.show()
            self.pick.take_focus()
            return
        for choice in self._choices:
            if choice.key == action.data():
                self._on_picked(choice.until, choice.timed)

    @Slot(object, bool)
    def _on_picked(self, until: datetime, timed: bool) -> None:
        (self.late_told if self._telling else self.moved).emit(until, timed)

    @Slot()
    def _on_source(self) -> None:
        self.source_wanted.emit(self._promise)

    @Slot()
    def open_customer(self) -> None:
        """Ask for the customer's page."""
        if self._promise is not None and self._promise.customer_id is not None:
            self.customer_wanted.emit(self._promise.customer_id)


def _facts(promise: Promise, view: PromisesView) -> list[tuple[str, str]]:
    facts = [("Due", _with_zone(lines.due_words(promise, view), promise, view))]
    if promise.state is PromiseState.OPEN:
        shown = promise.shown_at
        facts.append(("Reminded" if shown else "Reminder", _moment(shown or promise.remind_at, promise, view)))
    elif promise.settled_at is not None:
        facts.append((sentence(STATE_WORDS[promise.state]), _moment(promise.settled_at, promise, view)))
    facts.append(("Promised", _moment(promise.made_at, promise, view)))
    if source := lines.source_words(promise, view):
        facts.append(("From", source))
    if promise.line:
        facts.append(("You typed", f"“{promise.line}”"))
    return facts


def _with_zone(words: str, promise: Promise, view: PromisesView) -> str:
    return words if promise.zone == view.zone else f"{words} ({promise.zone.replace('_', ' ')})"


def _moment(moment: datetime, promise: Promise, view: PromisesView) -> str:
    there = local(moment, promise.zone)
    return f"{long_date_words(there.date(), local_day(view.now, promise.zone))}, {clock_words(there.time())}"
