"""The pane beside the queue: who, why now, the draft with its history, and what can be done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import date_words
from followup_desktop.core.drafts.model import Draft
from followup_desktop.core.drafts.rules.callsheet import call_sheet
from followup_desktop.core.drafts.rules.footing import letter_lines
from followup_desktop.core.feedback.rules.tokens import fold_links
from followup_desktop.core.queue.model import Card as QueueCard
from followup_desktop.core.queue.model import CardItem
from followup_desktop.ui.keys import key_of
from followup_desktop.ui.parts.history import HistoryList
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.today.answered import Answered
from followup_desktop.ui.today.asking import Choice, ChoiceRow
from followup_desktop.ui.today.draft import DraftPane
from followup_desktop.ui.today.sheets import CardSheet, Letter, PhoneSheet, WaysOut
from followup_desktop.ui.today.whom import Whom
from followup_desktop.ui.today.workbar import WorkBar
from followup_desktop.ui.widgets.actions import ActionRow
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.busy import BusyLine
from followup_desktop.ui.widgets.buttons import Button, Tabs
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.text import Text

if TYPE_CHECKING:  # their queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.core.drafts.queries import Proposal
    from followup_desktop.ui.today.reading import Beside, CardView

NARROW_PX = 560
"""Below this width the draft and the history take turns."""
HISTORY_PX = 232

ACTIONS = (
    ("send", "Send", "paper-plane-tilt"),
    ("save_draft", "Save to Drafts", ""),
    ("call", "Call", "phone"),
    ("text", "Text", "chat-text"),
)
ACTIONS_RIGHT = (("done", "Done"), ("later", "Later"), ("skip", "Skip"))
ACTIONS_SELDOM = (
    ("send_later", "Send later…"),
    ("in_person", "Said in person"),
    ("card", "Card or letter"),
    ("facts", "Show the next fact"),
    ("advice", "Show the next advice"),
    ("keep_found", "Keep what it promises"),
    ("put_right", "Something went wrong"),
    ("stop_journey", "Stop this journey"),
)
ICON_ONLY_KEYS = ("save_draft", "call", "text")
"""Actions whose key stands in the tooltip, for want of room."""


ANSWERED_NOW = ("answer", "apology")
"""Purposes whose question does not wait for the next visit."""


class CardPane(QWidget):
    """One card of the queue, or what is known of someone who is not on it."""

    acted = Signal(str)  # an action of ui/keys.py, "customer", an answer, or what a banner offers: "offer", "why"
    entered = Signal()  # Enter, while the list is away
    escaped = Signal()  # Escape, while the list is away

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.whom = Whom(theme)
        self.why = Banner(theme)
        self.problem = Banner(theme, tone="danger")
        self.busy = BusyLine(theme, cancel=False)
        self.draft = DraftPane(theme)
        self.call = PhoneSheet(theme, call=True)
        self.text = PhoneSheet(theme, call=False)
        self.card = CardSheet(theme)
        self.ways = WaysOut(theme)
        self.left = Turns()
        self.history = HistoryList(theme, airy=True)
        self._heading = Text("History", "strong")
        self.next_visit = Card(theme)
        self._when = Text("", "strong", wrap=True)
        self._ask = Text("", "label", wrap=True)
        self._side = QWidget()
        self._turns = Tabs(theme, (("draft", "Message"), ("history", "History")), name="Message or history")
        self.action_row = ActionRow(theme)
        self._buttons: dict[str, Button] = {}
        self._shown_customer = 0
        self._unknown = False
        self._reason = QWidget()
        self._reason_text = Text("", "muted", wrap=True)
        self.choices = ChoiceRow(theme)
        self.answered = Answered(theme)
        self.work = WorkBar(theme)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName("Card")
        self._build()
        self._connect()

    def show_card(self, card: QueueCard, view: CardView, *, again: bool, lead: str = "Why now.") -> None:
        """Show a card; `again`, what is being typed and what was said of it stay as they are."""
        self.show_beside(view.beside)
        self.draft.show_signature(view.signature)
        self.why.offer("")
        self.why.say(lead, " ".join(filter(None, (card.why_here, card.why_now, card.holds))), card.removed_by)
        if not (again and self.draft.touched):
            self.draft.show_proposal(view.proposal, view.knows)
            self.draft.around.show_proposal(view.proposal, view.kept, view.voice)
        self.draft.also.show_items([(item.id, _also_words(item)) for item in card.items[1:]])
        answers = view.proposal.follow_up.purpose in ANSWERED_NOW
        self._show_question("" if answers else question_of(view.proposal.text))
        self.answered.show_card(view)
        if not again:
            self._show_returned(view)
            self._open_answered(view)
        self._show_actions(shown=True)
        if self.shows(self._reason):
            self.turn_to(self.draft)
        self._shown_customer = view.beside.customer

    def show_reason(
        self, lead: str, reason: str, beside: Beside, text: str = "", *,
        offer: str = "", actions: bool = False, choices: Sequence[Choice] = (),
    ) -> None:  # fmt: skip
        """Show someone without a draft: why there is none, what happened, and what can be answered."""
        self.show_beside(beside)
        self.why.say(lead, reason)
        self.why.offer(offer)
        self.problem.hide()
        self.answered.hide()
        self._show_question("")
        self._reason_text.setText(text)
        self.choices.show_choices(choices)
        self._show_actions(shown=actions)
        self.turn_to(self._reason)
        self._shown_customer = beside.customer

    def show_beside(self, beside: Beside) -> None:
        """Show whom it is about and what happened."""
        self.whom.show_person(beside)
        self.history.show_events(beside.events, beside.today, beside.business.zone)
        self._unknown = beside.customer == 0
        self._take_turns()
        self.next_visit.setVisible(beside.next_visit is not None)
        if beside.next_visit is not None:
            day, who = beside.next_visit
            self._when.setText(f"Next visit {date_words(day, beside.today)}{f', {who}' if who else ''}")

    def show_problem(self, problem: Problem, offer: str = "") -> None:
        """Say beside the draft what went wrong."""
        self.problem.say(problem.happened, f"{problem.kept} {problem.to_do}".strip(), tone="danger")
        self.problem.offer(offer)
        self.problem.show()

    def forget_problem(self) -> None:
        """Take the problem away: something else was tried."""
        self.problem.hide()

    def show_call(self, beside: Beside, sheet: Proposal, *, focus: bool) -> None:
        """Show what to say on the phone."""
        said = call_sheet(Draft(sheet.subject, sheet.text), sheet.language)
        self.call.show_person(beside.name, beside.phone, beside.business.region, sheet=said)
        self.turn_to(self.call)
        if focus:
            self.call.yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_text(self, beside: Beside, words: str, *, focus: bool) -> None:
        """Show a text to send from the owner's phone."""
        self.text.show_person(beside.name, beside.phone, beside.business.region, words)
        self.turn_to(self.text)
        if focus:
            self.text.copy_words.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_written(self, beside: Beside, card: Proposal) -> None:
        """Show the words of a card or letter and where it goes."""
        business = beside.business
        sender = letter_lines(business.name, business.postal_address)
        self.card.show_card(beside.name, Letter(card.address, card.text, sender, business.region))
        self.turn_to(self.card)
        self.card.yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_ways(self) -> None:
        """Offer ways without a mail account."""
        self.ways.start()
        self.turn_to(self.ways)
        self.ways.button("mailto").setFocus(Qt.FocusReason.OtherFocusReason)

    def turn_to(self, part: QWidget) -> None:
        """Show the draft, a sheet, or the ways out."""
        self.left.setCurrentWidget(part)
        for action in ("send", "send_later", "save_draft"):
            self._buttons[action].setEnabled(part is self.draft)
        self._turns.choose("draft")
        self._take_turns()

    def shows(self, part: QWidget) -> bool:
        """Whether this part stands at the left now."""
        return self.left.currentWidget() is part

    def button(self, action: str) -> Button:
        """Return the button of an action."""
        return self._buttons[action]

    def customer(self) -> int:
        """Return whom the pane is about."""
        return self._shown_customer

    def leave(self) -> None:
        """Let go of the card: another one is about to be shown."""
        self.busy.finish()
        self.problem.hide()
        self.draft.also.forget()
        self.turn_to(self.draft)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: with the list away, Enter opens the draft and Escape brings the list back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Qt: whatever is too tall scrolls."""
        return QSize(self._theme.px(300), self._theme.px(240))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: stand side by side or take turns."""
        super().resizeEvent(event)
        self._take_turns()

    def _build(self) -> None:
        px = self._theme.px
        self._reason_text.make_copyable()
        column = QVBoxLayout(self._reason)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self.choices)
        column.addWidget(self._reason_text)
        column.addStretch(1)
        for part in (self.draft, self.call, self.text, self.card, self.ways, self._reason):
            self.left.addWidget(part)
        middle = QHBoxLayout()
        middle.setSpacing(px(14))
        middle.addWidget(self.left, 1)
        middle.addWidget(self._build_side())
        inner = QWidget()
        inner.setObjectName("page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(20), px(16), px(20), px(12))
        column.setSpacing(px(12))
        for widget in (self.whom, self.why, self.answered, self.problem, self.busy, self._turns):
            column.addWidget(widget)
        column.addLayout(middle, 1)
        self.problem.hide()
        foot = QVBoxLayout()
        foot.setContentsMargins(px(20), 0, px(20), px(16))
        foot.addWidget(self._build_actions())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.work)
        whole.addWidget(Scroll(inner), 1)
        whole.addLayout(foot)

    def _build_side(self) -> QWidget:
        px = self._theme.px
        self.next_visit.column.setSpacing(px(2))
        self.next_visit.column.addWidget(self._when)
        self.next_visit.column.addWidget(self._ask)
        self.next_visit.hide()
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self._heading)
        column.addWidget(self.history, 1)
        column.addWidget(self.next_visit)
        return self._side

    def _build_actions(self) -> QWidget:
        for action, text, icon in ACTIONS:
            key = "" if action in ICON_ONLY_KEYS else key_of(action)
            button = Button(self._theme, text, "primary" if action == "send" else "secondary", icon=icon, key=key)
            button.setToolTip(key_of(action))
            self.action_row.add(self._named(action, button))
        for action, text in ACTIONS_RIGHT:
            self.action_row.add_right(self._named(action, Button(self._theme, text, key=key_of(action))))
        for action, text in ACTIONS_SELDOM:
            self.action_row.add_to_menu(self._named(action, Button(self._theme, text, key=key_of(action))))
        return self.action_row

    def _named(self, action: str, button: Button) -> Button:
        button.setProperty("action", action)
        button.clicked.connect(self._on_button)
        self._buttons[action] = button
        return button

    def _connect(self) -> None:
        self._turns.chosen.connect(self._on_turn)
        self.whom.opened.connect(self._on_customer)
        self.choices.chosen.connect(self.acted)
        self.problem.pressed.connect(self._on_offer)
        self.why.pressed.connect(self._on_why)

    def _show_actions(self, *, shown: bool) -> None:
        self.action_row.setVisible(shown)

    def _show_no_mail(self, view: CardView) -> None:
        """Warn of a mail to somebody who wants none; what they wait for may go to them all the same."""
        ring = "Ring or text them" if view.beside.phone else "Ask for their number"
        rest = f"{ring}; write only what they wait for."
        self.problem.say(f"{view.beside.name} wants no mail.", view.no_mail, rest, tone="warning")
        self.problem.offer("")
        self.problem.setVisible(bool(view.no_mail))

    def _open_answered(self, view: CardView) -> None:
        """Show the letter that is being answered whole: nobody answers what they have not read."""
        follow_up = view.proposal.follow_up
        if follow_up.source == "answer" and follow_up.event is not None:
            self.history.open_entry(follow_up.event)

    def _show_question(self, question: str) -> None:
        """Offer what the draft asks as a question for the next visit."""
        self._ask.setText(f"Ask in person: “{question}”")
        self._ask.setVisible(bool(question))

    def _show_returned(self, view: CardView) -> None:
        if view.returned is None:
            self._show_no_mail(view)
            return
        why = view.returned_why or "the server did not say why"
        self.problem.say(
            "The last message did not arrive:", f"{why.rstrip('.')}.", "Its words are kept.", tone="danger"
        )
        self.problem.offer("Take up the words you sent")
        self.problem.show()

    def _take_turns(self) -> None:
        narrow = self.width() < self._theme.px(NARROW_PX)
        self._turns.setVisible(narrow and not self._unknown)
        self._heading.setVisible(not narrow)
        history = narrow and self._turns.value() == "history" and not self._unknown
        self.left.setVisible(not history)
        self._side.setVisible((not narrow or history) and not self._unknown)  # nothing happened with them yet
        room = self._theme.px(HISTORY_PX)
        self._side.setMinimumWidth(0 if narrow else room)
        self._side.setMaximumWidth(16_777_215 if narrow else room)

    @Slot(str)
    def _on_turn(self, _value: str) -> None:
        self._take_turns()

    @Slot()
    def _on_button(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.acted.emit(str(button.property("action")))

    @Slot()
    def _on_customer(self) -> None:
        self.acted.emit("customer")

    @Slot()
    def _on_why(self) -> None:
        self.acted.emit("why")

    @Slot()
    def _on_offer(self) -> None:
        self.acted.emit("offer")


class Turns(QStackedWidget):
    """Parts that take turns, as large as the one shown: a wide one does not widen the others."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self._on_turned)

    def sizeHint(self) -> QSize:
        """Qt: what the part shown would like."""
        part = self.currentWidget()
        return part.sizeHint() if part is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Qt: what the part shown needs."""
        part = self.currentWidget()
        return part.minimumSizeHint() if part is not None else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """Qt: as the part shown."""
        part = self.currentWidget()
        return part is not None and part.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """Qt: what the part shown needs at a width; what it gets beyond that is the stretch's."""
        layout = part.layout() if (part := self.currentWidget()) is not None else None
        return layout.totalMinimumHeightForWidth(width) if layout is not None else -1

    @Slot(int)
    def _on_turned(self, _place: int) -> None:
        self.updateGeometry()


class Scroll(QScrollArea):
    """Scrolls down what is too tall, and keeps it as wide as there is room."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self._inner = inner
        inner.installEventFilter(self)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Card")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width, another height."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: what is inside changed."""
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        # Wrapped words need more height where it is narrow, which a scroll area does not ask about by itself.
        layout = self._inner.layout()
        if layout is not None:
            height = layout.totalMinimumHeightForWidth(self.viewport().width())
            if height != self._inner.minimumHeight():
                self._inner.setMinimumHeight(height)


def _also_words(item: CardItem) -> str:
    return f"{item.name}: {item.why_here}" if item.name else item.why_here


def question_of(text: str) -> str:
    """Return the last question of a draft; what stands in its links asks nothing."""
    found = re.findall(r"[^.!?\n]*\?", fold_links(text).shown(text))
    return str(found[-1]).strip() if found else ""
