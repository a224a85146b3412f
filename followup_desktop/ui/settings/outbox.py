"""The outbox: what is on its way, what was refused, and what only the owner can decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.base.wording import count_words, moment_words
from followup_desktop.core.messages.model import MessageState, OutboxLine
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.text import Line, ShortText, Text, Tone

SHOWN = 30


class OutboxRow(QWidget):
    """One message: to whom, about what, how it stands, and what can be done."""

    it_did = Signal(int)
    send_again = Signal(int)

    def __init__(self, theme: Theme, line: OutboxLine, says: str, tone: Tone) -> None:
        super().__init__()
        self.message = int(line.id)
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
        self.did = Button(theme, "It did", size="small", name=f"It did: {line.to_name}")
        self.again = Button(theme, "Send again", size="small", name=f"Send again to {line.to_name}")
        self.did.setVisible(False)
        buttons.addWidget(self.did)
        buttons.addWidget(self.again)
        grid.addLayout(buttons, 0, 1, 2, 1)
        asks = line.state == MessageState.ASK
        self.did.setVisible(asks)
        self.again.setVisible(asks)
        self.did.clicked.connect(self._on_did)
        self.again.clicked.connect(self._on_again)

    @Slot()
    def _on_did(self) -> None:
        self.it_did.emit(self.message)

    @Slot()
    def _on_again(self) -> None:
        self.send_again.emit(self.message)


class OutboxCard(Card):
    """The messages of the outbox; not there while it is empty."""

    it_did = Signal(int)
    send_again = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Outbox", parent)
        self._host: QWidget | None = None
        self.rows: list[OutboxRow] = []
        self.hide()

    def show_lines(self, lines: Sequence[OutboxLine], now: datetime, zone: str, *, paused: bool) -> None:
        """Show these messages instead; `paused` says that nothing leaves just now."""
        if self._host is not None:
            self.column.removeWidget(self._host)
            self._host.hide()
            self._host.deleteLater()
        self._host = QWidget()
        column = QVBoxLayout(self._host)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.rows = [
            OutboxRow(self.theme, line, *state_words(line, now, zone, paused=paused)) for line in lines[:SHOWN]
        ]
        for number, row in enumerate(self.rows):
            if number:
                column.addWidget(Line())
            row.it_did.connect(self.it_did)
            row.send_again.connect(self.send_again)
            column.addWidget(row)
        more = len(lines) - SHOWN
        if more > 0:
            column.addWidget(Text(f"and {count_words(more, 'message', 'messages')} more", "muted"))
        self.column.addWidget(self._host)
        self.setVisible(bool(lines))


def state_words(line: OutboxLine, now: datetime, zone: str, *, paused: bool) -> tuple[str, Tone]:
    """Return how a message stands, as a sentence, and how urgent that is."""
    match line.state:
        case MessageState.QUEUED if paused:
            return "Waits, because sending is paused.", "warning"
        case MessageState.QUEUED if line.not_before is not None and line.not_before > now:
            again = f" The last try: {line.said}" if line.said else ""
            return f"Waits until {moment_words(line.not_before, now, zone)}.{again}", "muted"
        case MessageState.QUEUED:
            return "Leaves now.", "muted"
        case MessageState.SENDING:
            return "Is leaving now.", "muted"
        case MessageState.UNKNOWN:
            return "May have left; your Sent folder is being looked through.", "warning"
        case MessageState.ASK:
            known = f" {line.said}" if line.said else ""
            return f"We cannot tell whether this left. It is not in your Sent folder.{known}", "danger"
        case MessageState.ACCEPTED:
            return "Sent; its copy is being filed.", "good"
        case MessageState.FAILED:
            return f"Was refused. {line.said} It is back on Today.".replace("  ", " "), "danger"
    return str(line.state), "muted"
