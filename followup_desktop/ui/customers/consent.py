"""What a customer allows, channel by channel, and who said so when."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from followup_desktop.base.changes import Done
from followup_desktop.base.wording import date_words
from followup_desktop.base.zones import local_day
from followup_desktop.commands.consent import allow_mail, set_consent, set_law, stop_everything, stop_mail
from followup_desktop.commands.messages import write_privacy_note
from followup_desktop.core.consent.model import OFTEN, SELDOM, Consent, Law
from followup_desktop.core.consent.rules.clocks import clock_words, is_over
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.journeys.model import FollowUpId
from followup_desktop.core.queue.model import About
from followup_desktop.ui.customers.their_data import TheirData
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button, MenuButton
from followup_desktop.ui.widgets.text import Text

CHANNELS = (
    ("email", "May be emailed"),
    ("text", "May be texted"),
    ("call", "May be rung"),
    ("card", "May be sent cards and letters"),
    (OFTEN, "May hear more than once a week"),
    (SELDOM, "One message a month is enough"),
)
LAW_CHOICES = (
    ("usual", "as for the business"),
    (Law.CASL, "Canada (CASL)"),
    (Law.PECR, "UK and EU (PECR, GDPR)"),
    (Law.NONE, "no period"),
)
NOT_SAID = "Not asked yet"


def said(consent: Consent | None, zone: str, today: date) -> str:
    """Return "Yes, told you, Mon 3 Nov" or "Not asked yet"."""
    if consent is None:
        return NOT_SAID
    day = date_words(local_day(datetime.fromisoformat(consent.at), zone), today)
    answer = "Yes" if consent.allowed else "No"
    often = f"one in {consent.days} days" if consent.days else ""
    return ", ".join(part for part in (answer, often, consent.source, day) if part)


class ConsentTab(QScrollArea):
    """A box for each channel; below, no mail at all."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._customer: CustomerId | None = None
        theme, px = context.theme, context.theme.px
        self.setWidgetResizable(True)
        self.setAccessibleName("Consent")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, px(2), px(8), px(8))
        column.setSpacing(px(2))
        self.boxes: dict[str, QCheckBox] = {}
        self.notes: dict[str, Text] = {}
        for channel, label in CHANNELS:
            box, note = QCheckBox(label), Text(NOT_SAID, "label")
            box.setProperty("channel", channel)
            box.clicked.connect(self._on_clicked)
            note.setContentsMargins(px(22), 0, 0, px(8))
            column.addWidget(box)
            column.addWidget(note)
            self.boxes[channel], self.notes[channel] = box, note
        self.stopped = Banner(theme, tone="warning")
        self.stop = Button(theme, "No mail at all", icon="prohibit", size="small")
        self.stop.clicked.connect(self._on_stop)
        self._explained = Text("", "label", wrap=True)
        self.clock = Text("", "body", wrap=True)
        self.law = MenuButton(theme, "Rules", LAW_CHOICES, name="Whose rules of contact go for them")
        self.law.chosen.connect(self._on_law)
        self.everything = Button(theme, "Nothing at all, on any channel", icon="prohibit", size="small")
        self.everything.clicked.connect(self._on_everything)
        self.note = Button(theme, "Send the note on what you keep", icon="envelope-simple", size="small")
        self.note.clicked.connect(self._on_note)
        self.data = TheirData(context)
        column.addSpacing(px(4))
        column.addWidget(self.clock)
        column.addWidget(self.law)
        column.addSpacing(px(6))
        column.addWidget(self.stopped)
        column.addWidget(self.stop)
        column.addWidget(self.everything)
        column.addWidget(self._explained)
        column.addSpacing(px(6))
        column.addWidget(self.note)
        column.addSpacing(px(12))
        column.addWidget(self.data)
        column.addStretch(1)
        self.setWidget(page)

    def show_person(self, about: About, now: datetime) -> None:
        """Show what a customer said."""
        self._customer = about.customer.id
        self.data.show_person(about.customer)
        zone = about.business.zone
        today = local_day(now, zone)
        known = {consent.channel: consent for consent in about.consents}
        for channel, box in self.boxes.items():
            consent = known.get(channel)
            box.setChecked(channel not in (OFTEN, SELDOM) if consent is None else consent.allowed)
            box.setEnabled(channel != "email" or not about.suppressed)
            self.notes[channel].setText(said(consent, zone, today))
        clock = about.clock
        self.clock.setText(clock_words(clock, today) if clock is not None else "Offers by mail: no period counts here")
        self.clock.set_tone("warning" if clock is not None and is_over(clock, today) else "")
        self.law.choose(about.law or "usual")
        self._show_stop(about)

    def _show_stop(self, about: About) -> None:
        self.stopped.setVisible(about.suppressed)
        self.stopped.say("No mail at all.", f"Nothing goes to {about.customer.person.email}.", tone="warning")
        self.stop.setVisible(bool(about.customer.person.email))
        self.stop.setText("They asked for mail again" if about.suppressed else "No mail at all")
        self.stop.setAccessibleName(self.stop.text())
        self.stop.setProperty("stopped", about.suppressed)
        self.stop.updateGeometry()
        self._explained.setText(
            "" if about.suppressed else "Puts the address on the list of those nothing may go to, for good."
        )
        self._explained.setVisible(bool(about.customer.person.email) and not about.suppressed)

    @Slot()
    def _on_clicked(self) -> None:
        box = self.sender()
        if isinstance(box, QCheckBox) and self._customer is not None:
            channel = str(box.property("channel"))
            self._context.runner.do(self, set_consent, None, self._customer, channel, allowed=box.isChecked())

    @Slot(str)
    def _on_law(self, law: str) -> None:
        if self._customer is not None:
            self._context.runner.do(self, set_law, None, self._customer, "" if law == "usual" else law)

    @Slot()
    def _on_everything(self) -> None:
        if self._customer is not None:
            self._context.runner.do(self, stop_everything, None, self._customer)

    @Slot()
    def _on_note(self) -> None:
        if self._customer is not None:
            self._context.runner.do(self, write_privacy_note, self._on_noted, self._customer)

    def _on_noted(self, done: Done[FollowUpId]) -> None:
        self._context.go("today", follow_up_id=done.result)

    @Slot()
    def _on_stop(self) -> None:
        if self._customer is not None:
            command = allow_mail if self.stop.property("stopped") else stop_mail
            self._context.runner.do(self, command, None, self._customer)
