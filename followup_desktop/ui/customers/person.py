"""One customer: who they are, why they are at risk, what is best done next, and everything that happened."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from followup_desktop.base.zones import local_day
from followup_desktop.core.queue.model import About
from followup_desktop.core.routes.model import Place
from followup_desktop.ui.customers.consent import ConsentTab
from followup_desktop.ui.customers.details import DetailsTab
from followup_desktop.ui.customers.mail import MailTab
from followup_desktop.ui.customers.open import OpenTab
from followup_desktop.ui.customers.standing import StandingCard
from followup_desktop.ui.keys import key_of
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.parts.history import HistoryList
from followup_desktop.ui.widgets.actions import ActionRow
from followup_desktop.ui.widgets.buttons import Button, Tabs
from followup_desktop.ui.widgets.emptyplace import EmptyPlace
from followup_desktop.ui.widgets.text import Line, Text

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TABS = (("history", "History"), ("mail", "Mail"), ("details", "Details"), ("open", "Open"), ("consent", "Consent"))


def address_words(about: About) -> str:
    """Return "18 Orchard Way · Thursday route, stop 3 · weekly"."""
    person = about.customer.person
    company = person.company if person.company != about.customer.name else ""
    where = person.street or person.city
    return " · ".join(part for part in (company, where, *(_place_words(place) for place in about.places)) if part)


def _place_words(place: Place) -> str:
    name = DAYS[place.weekday] if 0 <= place.weekday < 7 else place.route
    rhythm = "weekly" if place.every_weeks <= 1 else f"every {place.every_weeks} weeks"
    return f"{name} route, stop {place.position} · {rhythm}"


class PersonPane(QFrame):
    """The person beside the list. It shows what it is given and tells what was pressed."""

    write_wanted = Signal()
    call_wanted = Signal()
    promise_wanted = Signal()
    log_wanted = Signal()
    put_right_wanted = Signal()
    edit_wanted = Signal()
    step_wanted = Signal(object)  # NextStep
    opened = Signal(str, int)  # "follow_up", "promise", "case" or "customer", and its id
    owned_wanted = Signal(str, object)  # equipment or an agreement, to enter or to change
    given = Signal(object)  # the operator who looks after them, or None
    sender_chosen = Signal(int, object)  # the account to write with, and one of its other names or None
    left = Signal()  # Escape: back to the list

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._theme = context.theme
        self._shown: int | None = None
        px = context.theme.px
        self.setObjectName("window")
        self.setAccessibleName("Customer")
        self.setMinimumWidth(px(340))
        self.name = Text("", "heading", wrap=True)
        self.name.make_copyable()
        self.address = Text("", "muted", wrap=True)
        self.address.make_copyable()
        self.standing = StandingCard(context.theme)
        self.standing.step_wanted.connect(self.step_wanted)
        self.tabs = Tabs(context.theme, TABS, name="What to show")
        self.tabs.chosen.connect(self._on_tab)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.history = HistoryList(context.theme)
        self.details = DetailsTab(context.theme)
        self.details.edit_wanted.connect(self.edit_wanted)
        self.details.opened.connect(self._on_housemate)
        self.details.owned_wanted.connect(self.owned_wanted)
        self.details.given.connect(self.given)
        self.details.sender_chosen.connect(self.sender_chosen)
        self.open = OpenTab(context.theme)
        self.open.opened.connect(self.opened)
        self.consent = ConsentTab(context)
        self.mail = MailTab(context)
        self._nothing = Text("Nothing has happened yet. Log the first visit, call or note.", "muted", wrap=True)
        self._pages = QStackedWidget()
        for page in (self.history, self.details, self.open, self.consent, _at_top(self._nothing), self.mail):
            self._pages.addWidget(page)
        self._places = QStackedWidget()
        self._places.addWidget(
            EmptyPlace(context.theme, "user", "Nobody chosen", "Choose a customer in the list to see everything here.")
        )
        self._places.addWidget(self._person(context))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._places)

    def show_nobody(self) -> None:
        """Show that nobody is chosen."""
        self._shown = None
        self._places.setCurrentIndex(0)

    def show_person(self, about: About, now: datetime) -> None:
        """Show a customer."""
        key = int(about.customer.id)
        if key != self._shown:
            self.history.clear()
            self._shown = key
        today = local_day(now, about.business.zone)
        self.name.setText(about.customer.name)
        self.setAccessibleName(about.customer.name)
        self.address.setText(address_words(about) or "No postal address yet")
        self.standing.show_standing(about.risk, about.next_step)
        self.history.show_events(about.history, today, about.business.zone)
        self.details.show_person(about)
        self.open.show_open(about, now)
        self.consent.show_person(about, now)
        self.mail.show_person(about, now)
        count = len(about.follow_ups) + len([c for c in about.cases if c.state == "open"])
        self._show_tab_counts(count)
        self._show_page()
        self._places.setCurrentIndex(1)

    def shown(self) -> int | None:
        """Return who is shown."""
        return self._shown

    def choose_tab(self, tab: str) -> None:
        """Turn to a tab."""
        self.tabs.choose(tab)
        self._show_page()

    def show_letter(self, message: int) -> None:
        """Turn to a letter of theirs or ours."""
        self.choose_tab("mail")
        self.mail.show_letter(message)

    def show_event(self, event: int) -> None:
        """Turn to a line of the history."""
        self.choose_tab("history")
        self.history.select(event)

    def take_focus(self) -> None:
        """Give the focus to what the tab shows."""
        target: QWidget = {"history": self.history, "open": self.open.list, "mail": self.mail.list}.get(
            self.tabs.value(), self.tabs
        )
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _person(self, context: Context) -> QWidget:
        theme, px = context.theme, context.theme.px
        actions = ActionRow(theme, "What to do with this customer")
        for text, icon, key, signal in (
            ("Write", "pencil-simple", key_of("write"), self.write_wanted),
            ("Call", "phone", key_of("call"), self.call_wanted),
            ("Promise", "handshake", key_of("promise"), self.promise_wanted),
            ("Log", "plus", "", self.log_wanted),
        ):
            button = Button(theme, text, "primary" if text == "Write" else "secondary", icon=icon)
            button.setToolTip(key)
            button.setAccessibleDescription(f"Key {key}" if key else "")
            button.clicked.connect(signal)
            actions.add(button)
        wrong = Button(theme, "Something went wrong", key=key_of("put_right"))
        wrong.clicked.connect(self.put_right_wanted)
        self.put_right_button = actions.add_to_menu(wrong)
        person = QWidget()
        column = QVBoxLayout(person)
        column.setContentsMargins(px(20), px(16), px(20), px(8))
        column.setSpacing(px(10))
        head = QVBoxLayout()
        head.setSpacing(px(2))
        head.addWidget(self.name)
        head.addWidget(self.address)
        column.addLayout(head)
        column.addWidget(actions)
        column.addWidget(self.standing)
        column.addWidget(self.tabs)
        column.addWidget(Line())
        column.addWidget(self._pages, 1)
        return person

    def _show_tab_counts(self, count: int) -> None:
        for button in self.tabs.findChildren(Button):
            if button.property("value") == "open":
                button.setText(f"Open ({count})" if count else "Open")
                button.updateGeometry()

    def _show_page(self) -> None:
        places = {"details": 1, "open": 2, "consent": 3, "mail": 5}
        history = 0 if self.history.lines() else 4
        self._pages.setCurrentIndex(places.get(self.tabs.value(), history))

    @Slot(str)
    def _on_tab(self, _tab: str) -> None:
        self._show_page()

    @Slot(int)
    def _on_housemate(self, customer: int) -> None:
        self.opened.emit("customer", customer)


def _at_top(widget: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 4, 0, 0)
    column.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
    return page
