"""The outbox: what is on its way, what was refused, and what only the owner can decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from followup_desktop.base.wording import count_words, moment_words
from followup_desktop.core.messages.model import Going, MailAccount, MessageState, OutboxLine
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.text import ShortText, Text, Tone

SHOWN = 30


class OutboxRow(QWidget):
    """One message: to whom, about what, how it stands, and what can be done."""

    it_did = Signal(int)
    send_again = Signal(int)
    take_back = Signal(int)
    another_time = Signal(object)

    def __init__(self, theme: Theme, line: OutboxLine, says: str, tone: Tone) -> None:
        super().__init__()
        self.message, self._line = int(line.id), line
        px = theme.px
        grid = QGridLayout(self)
        grid.setContentsMargins(0, px(6), 0, px(6))
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(2))
        grid.setColumnStretch(0, 1)
        grid.addWidget(ShortText(line.to_name or line.to_address, "strong"), 0, 0)
        grid.addWidget(ShortText(line.subject, "muted"), 1, 0)
        said = Text(says, tone=tone, wrap=True)
        grid.addWidget(said, 2, 0, 1, 2)
        self.setAccessibleName(f"{line.to_name or line.to_address}: {says}")
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        who, asks = line.to_name or line.to_address, line.state == MessageState.ASK
        again = "Send now" if line.late else "Send again"
        self.did = Button(theme, "It did", size="small", name=f"It did: {who}")
        self.again = Button(theme, again, size="small", name=f"{again} to {who}")
        self.back = Button(theme, "Back to Today", size="small", name=f"Back to Today: {who}")
        self.other = Button(theme, "Another time…", size="small", name=f"Another time: {who}")
        waits = line.late or line.state == MessageState.QUEUED
        shown = (asks and not line.late, asks, waits, waits)
        for button, seen in zip((self.did, self.again, self.other, self.back), shown, strict=True):
            buttons.addWidget(button)
            button.setVisible(seen)
        grid.addLayout(buttons, 0, 1, 2, 1)
        self.did.clicked.connect(self._on_did)
        self.again.clicked.connect(self._on_again)
        self.back.clicked.connect(self._on_back)
        self.other.clicked.connect(self._on_other)

    @Slot()
    def _on_did(self) -> None:
        self.it_did.emit(self.message)

    @Slot()
    def _on_again(self) -> None:
        self.send_again.emit(self.message)

    @Slot()
    def _on_back(self) -> None:
        self.take_back.emit(self.message)

    @Slot()
    def _on_other(self) -> None:
        self.another_time.emit(self._line)


class OutboxCard(Card):
    """The messages of the outbox; not there while it is empty."""

    it_did = Signal(int)
    send_again = Signal(int)
    take_back = Signal(int)
    another_time = Signal(object)  # the OutboxLine
    resume = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Outbox", parent)
        self._held = 0
        self.rows: list[OutboxRow] = []
        self.held = Banner(theme, tone="warning", action="Try now")
        self.near = Banner(theme, tone="warning")
        self.today = Text("", "muted", wrap=True)
        for part in (self.held, self.near, self.today):
            self.column.addWidget(part)
            part.hide()
        self.held.pressed.connect(self._on_resume)
        self.hide()

    def show_standing(self, found: Sequence[Going], now: datetime, zone: str) -> None:
        """Show why nothing leaves just now, how near the provider's number is, and what left today."""
        held = next((one for one in found if is_held(one.account, now)), None)
        near = next((one for one in found if one.warning), None)
        self.held.setVisible(held is not None)
        if held is not None and held.account.held_until is not None:
            self._held = int(held.account.id)
            until = moment_words(held.account.held_until, now, zone)
            self.held.say(f"Sending waits until {until}.", held.account.held_why, "Your messages wait.", tone="warning")
        self.near.setVisible(near is not None)
        if near is not None:
            self.near.say(near.warning, "", "Leave some for tomorrow.", tone="warning")
        self.today.setText(" ".join(_today_words(one, many=len(found) > 1) for one in found if one.today))
        self.today.setVisible(bool(self.today.text()))
        self.setVisible(bool(self.rows) or held is not None or near is not None)

    @Slot()
    def _on_resume(self) -> None:
        self.resume.emit(self._held)

    def show_lines(self, lines: Sequence[OutboxLine], now: datetime, zone: str, *, paused: bool) -> None:
        """Show these messages instead; `paused` says that nothing leaves just now."""
        self.rows = [
            OutboxRow(self.theme, line, *state_words(line, now, zone, paused=paused)) for line in lines[:SHOWN]
        ]
        for row in self.rows:
            row.it_did.connect(self.it_did)
            row.send_again.connect(self.send_again)
            row.take_back.connect(self.take_back)
            row.another_time.connect(self.another_time)
        more = len(lines) - SHOWN
        rest = (Text(f"and {count_words(more, 'message', 'messages')} more", "muted"),) if more > 0 else ()
        self.show_rows(self.rows, *rest)
        self.setVisible(bool(lines) or self.held.isVisibleTo(self) or self.near.isVisibleTo(self))


def is_held(account: MailAccount, now: datetime) -> bool:
    """Whether nothing leaves with an account for a while, for a reason the owner is told."""
    return bool(account.held_why) and not account.paused and account.held_until is not None and account.held_until > now


def _today_words(one: Going, *, many: bool) -> str:
    count = f"{count_words(one.today, 'message has', 'messages have')} left today"
    of = f", of {one.a_day} you set" if one.a_day else ""
    return f"{one.account.address}: {count}{of}." if many else f"{count}{of}."


def state_words(line: OutboxLine, now: datetime, zone: str, *, paused: bool) -> tuple[str, Tone]:
    """Return how a message stands, as a sentence, and how urgent that is."""
    match line.state:
        case MessageState.QUEUED if paused:
            return "Waits, because sending is paused.", "warning"
        case MessageState.QUEUED if line.not_before is not None and line.not_before > now:
            again = f" The last try: {line.said}" if line.said else ""
            return f"Waits until {moment_words(line.not_before, now, zone)}.{again}", "muted"
        case MessageState.QUEUED:
            return "Leaves in its turn.", "muted"
        case MessageState.SENDING:
            return "Is leaving now.", "muted"
        case MessageState.UNKNOWN:
            return "May have left; your Sent folder is being looked through.", "warning"
        case MessageState.ASK if line.late and line.said:
            return f"{line.said} It has not left. Send it still?", "danger"
        case MessageState.ASK if line.late:
            when = f"{moment_words(line.not_before, now, zone)} " if line.not_before is not None else ""
            return f"Was to leave {when}while the computer was off. It has not left. Send it still?", "danger"
        case MessageState.ASK:
            known = f" {line.said}" if line.said else ""
            return f"We cannot tell whether this left.{known or ' It is not in your Sent folder.'}", "danger"
        case MessageState.ACCEPTED if line.not_filed:
            return f"Sent. Its copy is not in Sent yet: {line.not_filed} It is tried again by itself.", "warning"
        case MessageState.ACCEPTED:
            return "Sent; its copy is being filed.", "good"
        case MessageState.FAILED:
            return f"Was refused. {line.said} It is back on Today.".replace("  ", " "), "danger"
    return str(line.state), "muted"
