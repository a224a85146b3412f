"""A promise found in what the owner wrote: the sentence, how it is understood, and whether to keep it in mind."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from followup_desktop.base.wording import clock_words, long_date_words, sentence
from followup_desktop.base.zones import local, local_day
from followup_desktop.core.promises.model import Offer
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
from followup_desktop.ui.widgets.text import ShortText, Text


class OfferPane(QWidget):
    """Shows one promise that was found, and asks by when where its sentence names no day."""

    accepted = Signal(object, object)  # day and time; none where the sentence names them
    refused = Signal()
    customer_wanted = Signal(int)
    source_wanted = Signal(object)  # Offer

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._offer: Offer | None = None
        self._build()

    def show_offer(self, offer: Offer, view: PromisesView) -> None:
        """Show a promise that was found."""
        if self._offer != offer:  # a day being chosen stays when something else changed
            self.pick.start_from(local_day(view.now, offer.zone), None, offer.zone)
            self.pick.setVisible(offer.due_date is None)
        self._offer = offer
        self._whom.setText(offer.customer)
        self._what.setText(sentence(offer.what))
        source = lines.source_words(offer, view)
        self._tag.show_text("found in your mail" if offer.event is None else "found in your notes", "neutral")
        self.source_button.setText(lines.source_button(offer))
        self.source_button.setVisible(bool(source))
        written = local(offer.said_at, offer.zone)
        day = long_date_words(written.date(), local_day(view.now, offer.zone))
        self.facts.show_facts(
            [
                ("You wrote", f"“{offer.sentence}”"),
                ("Written", f"{day}, {clock_words(written.time())}"),
                ("Due", lines.offer_words(offer, view)),
                *([("From", source)] if source else []),
            ]
        )

    @Slot()
    def accept(self) -> None:
        """Keep it in mind, or ask by when."""
        if self._offer is None:
            return
        if self._offer.due_date is None:
            self.pick.show()
            self.pick.take_focus()
        else:
            self.accepted.emit(None, None)

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        self._whom = ShortText("", "strong")
        self._tag = Tag(theme)
        self._what = Text("", "heading", wrap=True)
        self._what.make_copyable()
        self.facts = FactsCard(theme, shares=(1, 3))
        self.source_button = Button(theme, "Open the letter", "link")
        self.source_button.clicked.connect(self._on_source)
        self.pick = PickTime(theme)
        self.pick.move_button.setText("Keep it")
        self.pick.picked.connect(self._on_picked)
        self.pick.hide()
        self.actions_row = ActionRow(theme, "Keep it or not")
        self.accept_button = self.actions_row.add(
            Button(theme, "Keep it", "primary", icon="check", key=key_of("done"), name="Keep it as a promise")
        )
        self.refuse_button = self.actions_row.add(Button(theme, "Not a promise", key=key_of("skip")))
        customer = self.actions_row.add_to_menu(Button(theme, "Open the customer", key=key_of("open")))
        self.accept_button.clicked.connect(self.accept)
        self.refuse_button.clicked.connect(self.refused)
        customer.clicked.connect(self._on_customer)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self._whom)
        head.addWidget(self._tag)
        head.addStretch(1)
        parts = (head, self._what, self.facts, at_left(self.source_button), self.pick)
        fill(self, theme, "Promise found in what you wrote", parts, foot_of(theme, QWidget(), self.actions_row), top=16)

    @Slot(object, bool)
    def _on_picked(self, until: datetime, timed: bool) -> None:
        if self._offer is not None:
            there = local(until, self._offer.zone)
            clock = there.time().replace(second=0, microsecond=0, tzinfo=None) if timed else None
            self.accepted.emit(there.date(), clock)

    @Slot()
    def _on_source(self) -> None:
        self.source_wanted.emit(self._offer)

    @Slot()
    def _on_customer(self) -> None:
        if self._offer is not None:
            self.customer_wanted.emit(self._offer.customer_id)
