"""What stands above the queue: messages of which nobody knows whether they left, and why sending stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.base.wording import count_words, long_date_words, moment_words
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button

if TYPE_CHECKING:  # its queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.ui.today.reading import TodayView

ONE_FOUND = ("Keep it in mind, or say that it is none.", "Look at it")
SOME_FOUND = ("Keep them in mind, or say that they are none.", "Look at them")


class Notices(QWidget):
    """Banners that need the owner before the queue does; hidden when there is nothing."""

    it_did = Signal(int)  # message
    send_again = Signal(int)
    take_back = Signal(int)
    look_at = Signal(int)  # customer whose message was refused
    settings = Signal()
    begin = Signal()  # days off are over
    promises = Signal()  # look at what was found in mail

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._message, self._customer, self._late = 0, 0, False
        self.unsure = Banner(theme, tone="warning")
        self.did = Button(theme, "It did", size="small", name="It did leave")
        self.again = Button(theme, "Send again", size="small")
        self.refused = Banner(theme, tone="danger")
        self.paused = Banner(theme, tone="danger")
        self.back = Banner(theme)
        self.promised = Banner(theme, icon="handshake")
        self._answers = QWidget()
        self._build()

    def show_day(self, view: TodayView) -> None:
        """Show what needs the owner."""
        self._show_unsure(view)
        self._show_refused(view)
        self.paused.say("Sending stands still.", view.paused, "Messages wait until it goes again.", tone="danger")
        self.paused.offer("Open Settings")
        self.paused.setVisible(bool(view.paused))
        away = self._show_back(view)
        found = count_words(view.promised, "promise was", "promises were")
        keep, look = ONE_FOUND if view.promised == 1 else SOME_FOUND
        self.promised.say(f"{found} found", "in what you wrote.", keep, icon="handshake")
        self.promised.offer(look)
        self.promised.setVisible(bool(view.promised))
        self.setVisible(bool(view.unsure or view.refused or view.paused or away or view.promised))

    def _build(self) -> None:
        px = self._theme.px
        row = QHBoxLayout(self._answers)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self.did)
        row.addWidget(self.again)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(12), px(4))
        column.setSpacing(px(8))
        for widget in (self.back, self.paused, self.unsure, self._answers, self.refused, self.promised):
            column.addWidget(widget)
        self.did.clicked.connect(self._on_did)
        self.again.clicked.connect(self._on_again)
        self.refused.pressed.connect(self._on_refused)
        self.paused.pressed.connect(self.settings)
        self.back.pressed.connect(self.begin)
        self.promised.pressed.connect(self.promises)
        self.hide()

    def _show_unsure(self, view: TodayView) -> None:
        for part in (self.unsure, self._answers):
            part.setVisible(bool(view.unsure))
        if view.unsure:
            first, count = view.unsure[0], len(view.unsure)
            self._message, self._late = int(first.id), first.late
            self.did.setText("Back to Today" if first.late else "It did")
            self.again.setText("Send now" if first.late else "Send again")
            needs = f"{count_words(count, 'message needs', 'messages need')} you."
            which = f"“{first.subject}” to {first.to_name or first.to_address}"
            about, rest = f"We cannot tell whether {which} left.", "Look into your Sent folder, or ask them."
            if first.late:
                when = moment_words(first.not_before, view.now, view.zone) if first.not_before else "earlier"
                why = f"It has not left. {first.said}" if first.said else "The computer was off."
                about, rest = f"{which} was to leave {when}. {why}", "Send it still?"
            self.unsure.say(needs, about, rest, tone="warning")

    def _show_back(self, view: TodayView) -> bool:
        """Say what one comes back to, or that one is off; return whether there is anything to say."""
        returned = view.back is not None and bool(view.back.items)
        if view.off is not None:
            self.back.say("Days off", f"until {long_date_words(view.off[1], view.queue.day)}.", "Nothing sends itself.")
            self.back.offer("I am back")
        elif view.back is not None:
            lead = f"Back after {count_words(view.back.days, 'day', 'days')}."
            self.back.say(lead, "Nothing was sent meanwhile.", "Decide what fell due: today, later, or not at all.")
            self.back.offer("Begin the day")
        self.back.setVisible(returned or view.off is not None)
        return returned or view.off is not None

    def _show_refused(self, view: TodayView) -> None:
        self.refused.setVisible(bool(view.refused))
        if view.refused:
            first, count = view.refused[0], len(view.refused)
            self._customer = int(first.customer)
            was = f"{count_words(count, 'message was', 'messages were')} refused."
            name = first.to_name or first.to_address
            self.refused.say(was, f"{name} is on the list again.", first.said, tone="danger")
            self.refused.offer(f"Show {name}")

    @Slot()
    def _on_did(self) -> None:
        (self.take_back if self._late else self.it_did).emit(self._message)

    @Slot()
    def _on_again(self) -> None:
        self.send_again.emit(self._message)

    @Slot()
    def _on_refused(self) -> None:
        self.look_at.emit(self._customer)
