"""What the owner's keys and buttons do with the card shown: send, save, call, text, done, later, skip."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from followup_desktop.core.queue.model import Group
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.today.byhand import ByHand
from followup_desktop.ui.today.mailing import Mailing
from followup_desktop.ui.today.pane import CardPane
from followup_desktop.ui.today.popover import LaterPopover, Popover, SkipPopover
from followup_desktop.ui.today.settling import Settling
from followup_desktop.ui.today.sight import Sight

OTHER_WAYS = ("call", "text", "card", "in_person")


class Doing(QObject):
    """Knows what each action means for the card shown, and who carries it out."""

    def __init__(self, context: Context, page: QWidget, pane: CardPane, sight: Sight) -> None:
        super().__init__(page)
        self._theme, self._page, self._pane, self._sight = context.theme, page, pane, sight
        self.settling = Settling(context, page, pane, sight)
        self.mailing = Mailing(context, page, pane, sight, self.settling)
        self.by_hand = ByHand(context, page, pane, sight, self.settling)
        self.popover: Popover | None = None

    def acts(self) -> dict[str, Callable[[], None]]:
        """Return what each key and button does."""
        return {
            "send": self.send,
            "send_later": self.mailing.send_later,
            "save_draft": self.mailing.save_draft,
            "call": partial(self.by_hand.turn, "call"),
            "text": partial(self.by_hand.turn, "text"),
            "card": partial(self.by_hand.turn, "card"),
            "done": self.done,
            "later": self.later,
            "skip": self.skip,
            "in_person": partial(self.settling.done_by, "in_person"),
            "reached": self.by_hand.reached,
            "not_reached": self.by_hand.not_reached,
            "went_wrong": self.by_hand.went_wrong,
        }

    @Slot()
    def send(self) -> None:
        """Send the message; on a sheet it says that it worked."""
        if self.by_hand.shows_sheet():
            self.by_hand.reached()
        else:
            self.mailing.send()

    @Slot()
    def done(self) -> None:
        """Note that it was done: the way the follow-up asks for, else in person."""
        if self.by_hand.shows_sheet():
            self.by_hand.reached()
        elif self._sight.current is not None:
            channel = self._sight.current.card.channel
            self.settling.done_by(channel if channel in OTHER_WAYS else "in_person")

    @Slot()
    def later(self) -> None:
        """Ask until when it is put off."""
        if self._sight.current is not None:
            self._open(LaterPopover(self._theme, self._sight.today(), self._page), "later", self.settling.put_off)

    @Slot()
    def skip(self) -> None:
        """Ask why it is skipped."""
        if self._sight.current is not None:
            promised = self._sight.current.card.group is Group.PROMISED
            note = "The promise is taken back with it." if promised else ""
            self._open(SkipPopover(self._theme, note, self._page), "skip", self.settling.skip_for)

    def _open(self, popover: Popover, action: str, answered: Callable[[str], None]) -> None:
        self.popover = popover
        popover.answered.connect(answered)
        button = self._pane.button(action)
        popover.open_above(button if button.isVisible() else self._pane.action_row)
