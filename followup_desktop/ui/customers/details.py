"""Everything known about a customer, field by field."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from followup_desktop.base.phones import shown
from followup_desktop.base.wording import long_date_words
from followup_desktop.core.messages.model import Sender
from followup_desktop.core.queue.model import About
from followup_desktop.ui.customers.owned import OwnedPart
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button, MenuButton
from followup_desktop.ui.widgets.text import Text

LANGUAGES = {"en": "English", "es": "Spanish"}
BEST_WORDS = {
    "morning": "In the morning, 8 to 12",
    "afternoon": "In the afternoon, 12 to 5",
    "evening": "In the evening, 5 to 8",
}
CHANNELS = {
    "email": "Email",
    "text": "Text message",
    "call": "Call",
    "card": "Card or letter",
    "in_person": "In person",
}


def fields_of(about: About) -> list[tuple[str, str]]:
    """Return what is known, as label and value; what is not known is left out."""
    person, region = about.customer.person, about.business.region
    town = " ".join(part for part in (person.city, person.region, person.postal_code) if part)
    known = [
        ("Company", person.company),
        ("Email", "\n".join(a for a in (person.email, *person.more_emails) if a)),
        ("Phone", "\n".join(shown(n, region) for n in (person.phone, *person.more_phones) if n)),
        ("Address", "\n".join(line for line in (person.street, town, person.country) if line)),
        ("Stage", person.stage.capitalize()),
        ("Customer since", long_date_words(person.since) if person.since else ""),
        ("Likes to be reached by", CHANNELS.get(person.channel, person.channel)),
        ("Best reached", BEST_WORDS.get(person.best_time, "")),
        ("Language", LANGUAGES.get(person.language, person.language)),
        ("Time zone", person.zone),
        ("How to get in", person.access_note),
        ("Notes", person.notes),
    ]
    known += [(label, value) for label, value in sorted(person.extra.items()) if not label.startswith("_")]
    return [(label, str(value)) for label, value in known if str(value).strip()]


class DetailsTab(QScrollArea):
    """Labels and values, to read and copy; Edit opens the form."""

    edit_wanted = Signal()
    opened = Signal(int)  # another customer of the household
    owned_wanted = Signal(str, object)  # what kind of thing, and the thing, or None for a new one
    given = Signal(object)  # the operator who looks after them, or None
    sender_chosen = Signal(int, object)  # the account, and one of its other names or None

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._fields: list[tuple[str, str]] = []
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Details")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_person(self, about: About) -> None:
        """Show what is known."""
        place = self.verticalScrollBar().value()
        self._fields = fields_of(about)
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, self._theme.px(2), self._theme.px(8), self._theme.px(8))
        column.setSpacing(self._theme.px(10))
        edit = Button(self._theme, "Edit", icon="pencil-simple", size="small", name="Edit this customer")
        edit.clicked.connect(self.edit_wanted)
        column.addLayout(self._grid(about))
        if len(about.operators) > 1:
            column.addWidget(self._looked_after_by(about), 0, Qt.AlignmentFlag.AlignLeft)
        if len(about.senders) > 1:
            column.addWidget(self._written_to_as(about), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(edit, 0, Qt.AlignmentFlag.AlignLeft)
        self.owned = OwnedPart(self._theme, (*about.equipment, *about.agreements))
        self.owned.wanted.connect(self.owned_wanted)
        column.addWidget(self.owned)
        column.addStretch(1)
        self.setWidget(page)
        self.verticalScrollBar().setValue(place)

    def fields(self) -> list[tuple[str, str]]:
        """Return what is shown."""
        return self._fields

    def _grid(self, about: About) -> QGridLayout:
        px = self._theme.px
        grid = QGridLayout()
        grid.setVerticalSpacing(px(6))
        grid.setHorizontalSpacing(px(12))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, px(112))
        for row, (label, value) in enumerate(self._fields):
            said = Text(label, "label", wrap=True)
            text = Text(value, wrap=True)
            text.make_copyable()
            text.setAccessibleName(f"{label}: {value}")
            grid.addWidget(said, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
        for number, other in enumerate(about.household):
            row = len(self._fields) + number
            if number == 0:
                grid.addWidget(Text("Same household", "label"), row, 0, Qt.AlignmentFlag.AlignTop)
            button = Button(self._theme, other.name.replace("&", "&&"), "link", name=f"Open {other.name}")
            button.setProperty("customer", int(other.id))
            button.clicked.connect(self._on_other)
            grid.addWidget(button, row, 1, Qt.AlignmentFlag.AlignLeft)
        return grid

    def _looked_after_by(self, about: About) -> MenuButton:
        people = [("0", "nobody in particular"), *((str(person.id), person.name) for person in about.operators)]
        button = MenuButton(self._theme, "Looked after by", people)
        button.choose(str(about.operator or 0))
        button.chosen.connect(self._on_given)
        return button

    def _written_to_as(self, about: About) -> MenuButton:
        """Offer the accounts and their names; choosing the usual account is choosing nothing in particular."""
        senders = [(_sender_key(each), _sender_words(each)) for each in about.senders]
        button = MenuButton(self._theme, "Written to as", senders)
        if about.sender is not None:
            button.choose(_sender_key(about.sender))
        button.chosen.connect(self._on_sender)
        return button

    @Slot(str)
    def _on_sender(self, key: str) -> None:
        account, _, identity = key.partition(" ")
        self.sender_chosen.emit(int(account), int(identity) if identity else None)

    @Slot(str)
    def _on_given(self, operator: str) -> None:
        self.given.emit(int(operator) or None)

    @Slot()
    def _on_other(self) -> None:
        button = self.sender()
        if button is not None:
            self.opened.emit(int(button.property("customer")))


def _sender_key(sender: Sender) -> str:
    return f"{sender.account.id} {sender.identity or ''}".strip()


def _sender_words(sender: Sender) -> str:
    return f"{sender.name} <{sender.address}>" if sender.name else sender.address
