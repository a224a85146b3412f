"""Log something: whom, what, when, in a few keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from functools import partial

from PySide6.QtCore import QDate, Qt, QTime, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from followup_desktop.base.changes import Done
from followup_desktop.base.errors import Problem
from followup_desktop.base.money import Money, parse_amount
from followup_desktop.base.phones import shown
from followup_desktop.base.wording import day_words, list_words, running
from followup_desktop.base.zones import local, local_day, resolve
from followup_desktop.commands.history import log
from followup_desktop.core.customers.model import Customer, CustomerId
from followup_desktop.core.customers.queries import customer as customer_of
from followup_desktop.core.history.model import EventId, NewEvent, VisitKind
from followup_desktop.core.journeys.model import FollowUp
from followup_desktop.core.journeys.queries import of_customer
from followup_desktop.core.queue.rules.next_step import purpose_label
from followup_desktop.system.open import checked_link, open_link
from followup_desktop.ui.capture.kinds import KINDS, LogKind, kind_of
from followup_desktop.ui.keys import editing_text
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.dialog import EntryDialog
from followup_desktop.ui.parts.finder import CustomerFinder
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button, Segments
from followup_desktop.ui.widgets.flow import FlowLayout
from followup_desktop.ui.widgets.formline import FormLine
from followup_desktop.ui.widgets.text import Text

VISITS = tuple((str(kind), kind.capitalize()) for kind in VisitKind)
RATINGS = tuple((str(number), str(number)) for number in range(1, 6))
WHEN = (("now", "Now"), ("earlier", "Earlier"))
MOST_NAMED = 3
"""How many follow-ups the bar names after something was logged."""


class KindChoice(QWidget):
    """One button for each kind; the keys 1 to 9 choose the first nine."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("What happened")
        flow = FlowLayout(self, gap=theme.px(6))
        self.group = QButtonGroup(self)
        self.group.setExclusive(True)
        for number, kind in enumerate(KINDS):
            button = Button(theme, kind.label, "segment", key=kind.key, size="small")
            button.setCheckable(True)
            self.group.addButton(button, number)
            flow.addWidget(button)

    def kind(self) -> LogKind:
        """Return the kind chosen."""
        return KINDS[max(0, self.group.checkedId())]

    def choose(self, kind: LogKind) -> None:
        """Choose a kind."""
        self.group.button(KINDS.index(kind)).click()

    def take_focus(self) -> None:
        """Give the focus to the kind chosen."""
        self.group.buttons()[max(0, self.group.checkedId())].setFocus()


class WhenLine(QWidget):
    """Now, or a day and a time."""

    def __init__(self, theme: Theme, wall: datetime) -> None:
        super().__init__()
        self.choice = Segments(theme, WHEN, name="When")
        self.choice.chosen.connect(self._on_chosen)
        self.day = QDateEdit(QDate(wall.year, wall.month, wall.day))
        self.day.setCalendarPopup(True)
        self.day.setMaximumDate(self.day.date())
        self.day.setAccessibleName("Day")
        self.clock = QTimeEdit(QTime(wall.hour, wall.minute))
        self.clock.setAccessibleName("Time")
        for field in (self.day, self.clock):
            field.lineEdit().setTextMargins(theme.px(9), 0, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for widget in (self.choice, self.day, self.clock):
            row.addWidget(widget)
        row.addStretch(1)
        self._on_chosen("now")

    def moment(self, zone: str) -> datetime | None:
        """Return the moment chosen, None for now."""
        if self.choice.value() == "now":
            return None
        day, clock = self.day.date(), self.clock.time()
        return resolve(date(day.year(), day.month(), day.day()), time(clock.hour(), clock.minute()), zone)

    @Slot(str)
    def _on_chosen(self, value: str) -> None:
        self.day.setVisible(value != "now")
        self.clock.setVisible(value != "now")


class NumberRow(QWidget):
    """The number to ring, before a call is noted."""

    def __init__(self, theme: Theme, context: Context) -> None:
        super().__init__()
        self._context, self._number = context, ""
        self.number = Text("", "heading")
        self.number.make_copyable()
        self.ring = Button(theme, "Ring from this computer", "link")
        self.ring.clicked.connect(self._on_ring)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self.number)
        row.addWidget(self.ring)
        row.addStretch(1)
        self.hide()

    def show_number(self, number: str, region: str) -> None:
        """Show a number."""
        self._number = number
        self.number.setText(shown(number, region) if number else "No phone number is known")
        self.ring.setVisible(bool(number))

    @Slot()
    def _on_ring(self) -> None:
        try:
            open_link(checked_link(f"tel:{self._number}"))
        except Problem as problem:
            self._context.problem(problem)


class LogDialog(EntryDialog):
    """Whom, what, when. The keys 1 to 9 choose the kind while no field has the focus; Ctrl+Enter logs it."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        customer_id: int | None = None,
        what: str | None = None,
    ) -> None:
        super().__init__(context, "Log something", "Log it", parent)
        self._zone = str(context.settings.value("business.zone"))
        self._phone = ""
        theme = self.theme
        self.finder = CustomerFinder(context)
        self.kinds = KindChoice(theme)
        self.number = NumberRow(theme, context)
        self.visit = Segments(theme, VISITS, name="Kind of visit")
        self.rating = Segments(theme, RATINGS, name="Rating")
        self.about, self.amount, self.by = QLineEdit(), QLineEdit(), QLineEdit()
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.px(64))
        self.when = WhenLine(theme, local(context.clock.now(), self._zone))
        self._whom = FormLine(theme, "Whom", self.finder)
        self._visit = FormLine(theme, "Kind of visit", self.visit)
        self._rating = FormLine(theme, "How they rated it, of 5", self.rating)
        self._about = FormLine(theme, "About", self.about)
        self._amount = FormLine(theme, f"Amount in {context.settings.value('business.currency')}", self.amount)
        self._by = FormLine(theme, "Who did it", self.by)
        self._note = FormLine(theme, "Note", self.note)
        self._when = FormLine(theme, "When", self.when)
        self._build()
        self.finder.chosen.connect(self._on_customer)
        self.kinds.group.idClicked.connect(self._on_kind)
        self.rating.choose("5")
        self.kinds.choose(kind_of(what or ""))
        self.resize(theme.px(560), theme.px(620))
        self._start(customer_id, chosen=what is not None)

    def save(self) -> None:
        """Log it when everything can be meant."""
        self.clear_problem()
        customer = self.finder.customer()
        self._whom.show_problem("" if customer is not None else "Choose whom this is about.")
        amount = self._read_amount()
        if customer is None:
            self.reveal(self.finder.field)
        elif isinstance(amount, Problem):
            self._amount.show_problem(f"{amount.happened} {amount.to_do}")
            self.reveal(self.amount)
        else:
            self.busy(True)
            self._log(customer, amount)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the keys of the kinds, while no field takes them."""
        kind = next((kind for kind in KINDS if kind.key and kind.key == event.text()), None)
        if kind is not None and not editing_text() and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.kinds.choose(kind)
            self.kinds.take_focus()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        two = QHBoxLayout()
        two.setSpacing(self.theme.px(12))
        for half in (self._amount, self._by):
            two.addWidget(half, 1, Qt.AlignmentFlag.AlignTop)
        what = QVBoxLayout()
        what.setSpacing(self.theme.px(4))
        what.addWidget(Text("What happened", "label"))
        what.addWidget(self.kinds)
        self.column.addWidget(self._whom)
        self.column.addLayout(what)
        shown_for_some: tuple[QWidget, ...] = (self.number, self._visit, self._rating, self._about, self._note)
        for line in shown_for_some:
            self.column.addWidget(line)
        self.column.addLayout(two)
        self.column.addWidget(self._when)
        self.column.addStretch(1)

    def _start(self, customer_id: int | None, *, chosen: bool) -> None:
        if customer_id is None:
            self.finder.setFocus()
            return
        if chosen:
            self.note.setFocus()
        else:
            self.kinds.take_focus()
        self._ask_customer(customer_id)

    def _ask_customer(self, customer: int) -> None:
        question = partial(customer_of, key=customer)
        self.context.runner.ask(self, question, self._show_customer, failed=self.show_problem, newest="customer")

    def _show_customer(self, customer: Customer) -> None:
        self._phone = customer.person.phone
        street = customer.person.street
        self.finder.show_customer(int(customer.id), customer.name, street)
        self.number.show_number(self._phone, str(self.context.settings.value("business.region")))
        self.number.setVisible(self.kinds.kind().what == "call")
        self._whom.show_problem("")

    def _read_amount(self) -> int | Problem | None:
        self._amount.show_problem("")
        text = self.amount.text().strip()
        if not text or not self.kinds.kind().amount:
            return None
        read = parse_amount(text, str(self.context.settings.value("business.currency")))
        return read.minor if isinstance(read, Money) else read

    def _log(self, customer: int, amount: int | None) -> None:
        kind = self.kinds.kind()
        new = NewEvent(
            kind.what,
            at=self.when.moment(self._zone),
            visit=self.visit.value() if kind.visit else "",
            note=self.note.toPlainText().strip(),
            about=self.about.text().strip() if kind.about else "",
            by=self.by.text().strip() if kind.by else "",
            amount=amount,
            rating=int(self.rating.value()) if kind.rating else None,
        )
        self.context.runner.attempt(self, log, self._on_logged, self.show_problem, CustomerId(customer), new)

    def _on_logged(self, done: Done[EventId]) -> None:
        customer = self.finder.customer()
        question = partial(_open_follow_ups, customer=customer or 0)
        then = partial(self._say_what_follows, done)
        self.context.runner.ask(self, question, then, failed=self._on_unknown)

    def _say_what_follows(self, done: Done[EventId], follow_ups: list[FollowUp]) -> None:
        words = what_follows(follow_ups, done.result, self.context.clock.now(), self._zone)
        if words:
            self.context.say(replace(done, says=f"{done.says}. {words}"))
        self.accept()

    def _on_unknown(self, _problem: Problem) -> None:
        self.accept()  # it is logged; only what follows could not be said

    @Slot(int)
    def _on_kind(self, _number: int) -> None:
        kind = self.kinds.kind()
        self._visit.setVisible(kind.visit)
        self._rating.setVisible(kind.rating)
        self._about.setVisible(bool(kind.about))
        self._amount.setVisible(kind.amount)
        self._by.setVisible(kind.by)
        self.number.setVisible(kind.what == "call" and self.finder.customer() is not None)
        self._about.set_label(kind.about or "About")
        self._note.set_label(kind.note)

    @Slot(object)
    def _on_customer(self, customer: int | None) -> None:
        self._phone = ""
        self.number.hide()
        if customer is not None:
            self._ask_customer(customer)
            self.kinds.take_focus()


def what_follows(follow_ups: list[FollowUp], event: int, now: datetime, zone: str) -> str:
    """Return "Next: thank you today and ask how it went Thursday", for the follow-ups an event brought about.

    What comes more than once is named once: "Next: ask about a quote today and Friday".
    """
    today = local_day(now, zone)
    days: dict[str, list[str]] = {}
    for follow_up in [one for one in follow_ups if one.event == event][:MOST_NAMED]:
        day = day_words(max(local_day(follow_up.due, zone), today), today)
        days.setdefault(running(purpose_label(follow_up.purpose)), []).append(day)
    said = [f"{label} {list_words(on)}" for label, on in days.items()]
    return f"Next: {list_words(said)}" if said else ""


def _open_follow_ups(session: Session, customer: int) -> list[FollowUp]:
    return of_customer(session, customer, open_only=True)
