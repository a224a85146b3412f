"""One campaign as it stands: how far it has come, who gets it when, who does not and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.base.wording import count_words, day_words
from followup_desktop.core.campaigns.model import Campaign, Progress, State
from followup_desktop.ui.campaigns.reading import CampaignDetail
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card, Panel
from followup_desktop.ui.widgets.table import Column, RecordTable
from followup_desktop.ui.widgets.tag import Tag
from followup_desktop.ui.widgets.text import ShortText, Text

STATES = {State.RUNNING: ("Running", "accent"), State.STOPPED: ("Stopped", "warning"), State.DONE: ("Done", "good")}
_TONES = {
    "sent": "good",
    "today": "accent",
    "held": "warning",
    "lapsed": "danger",
    "skipped": "neutral",
    "stopped": "neutral",
    "coming": "neutral",
    "left_out": "neutral",
}


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One line of the table: somebody of the segment, and how it stands with them."""

    customer: int
    name: str
    day: str
    state: str
    outcome: str
    why: str
    follow_up: int | None


class PlacesTable(RecordTable[PlaceLine]):
    """Everyone of the segment."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        columns = (
            Column[PlaceLine]("name", "Customer", lambda p: p.name, "strong", width=170, tip=lambda p: p.name),
            Column[PlaceLine]("day", "Day", lambda p: p.day, width=90, optional=True),
            Column[PlaceLine](
                "outcome", "How it stands", lambda p: p.outcome, "tag", width=150, tone=lambda p: _TONES[p.state]
            ),
            Column[PlaceLine]("why", "Why", lambda p: p.why, "muted", width=160, stretch=True, tip=lambda p: p.why),
        )
        super().__init__(theme, "Who gets it", columns, _identity, parent=parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(self.Shape.NoFrame)


def _identity(line: PlaceLine) -> int:
    return line.customer


class CampaignPane(QWidget):
    """Shows one campaign; stops it, or has it go on."""

    stop_wanted = Signal()
    resume_wanted = Signal()
    opened = Signal(object)  # PlaceLine

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        px = theme.px
        self._campaign: Campaign | None = None
        self._topic = ShortText("", "heading")
        self._state = Tag(theme)
        self.switch = Button(theme, "Stop", size="small")
        self.switch.clicked.connect(self._on_switch)
        self._words, self._whom = Text("", wrap=True), Text("", "muted", wrap=True)
        self._progress, self._when = Text("", "strong", wrap=True), Text("", "muted", wrap=True)
        self.table = PlacesTable(theme)
        self.table.opened.connect(self._on_opened)
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self._topic)
        head.addWidget(self._state)
        head.addStretch(1)
        head.addWidget(self.switch)
        card = Card(theme)
        card.column.setSpacing(px(6))
        card.column.addLayout(head)
        for widget in (self._words, self._whom, self._progress, self._when):
            card.column.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(card)
        column.addWidget(_framed(self.table), 1)

    def show_campaign(self, detail: CampaignDetail) -> None:
        """Show a campaign."""
        campaign = self._campaign = detail.campaign
        words, tone = STATES[campaign.state]
        self._topic.setText(campaign.topic)
        self._state.show_text(words, tone)  # type: ignore[arg-type]
        self._words.setText(" ".join(part for part in (campaign.words, campaign.ask) if part))
        self._words.setVisible(bool(self._words.text()))
        self._whom.setText(f"{campaign.segment}: {detail.whom}" if campaign.segment else f"To: {detail.whom}")
        self._progress.setText(progress_words(campaign.progress))
        self._when.setText(_when(campaign, detail.today))
        stopped = campaign.state is State.STOPPED
        self.switch.setText("Go on" if stopped else "Stop")
        self.switch.setAccessibleName(f"{self.switch.text()}: {campaign.topic}")
        self.switch.set_kind("primary" if stopped else "secondary")
        self.switch.setVisible(campaign.state is not State.DONE)
        self.table.show_rows(lines_of(detail))

    @Slot()
    def _on_switch(self) -> None:
        if self._campaign is not None and self._campaign.state is State.STOPPED:
            self.resume_wanted.emit()
        else:
            self.stop_wanted.emit()

    @Slot(object)
    def _on_opened(self, _customer: object) -> None:
        line = self.table.selected_row()
        if line is not None:
            self.opened.emit(line)


def lines_of(detail: CampaignDetail) -> list[PlaceLine]:
    """Return everyone of the segment as lines: who gets it, then who does not."""
    found = [
        PlaceLine(
            r.customer,
            r.name,
            day_words(r.day, detail.today),
            r.state,
            f"{r.outcome}, answered" if r.answered else r.outcome,
            r.why,
            r.follow_up if r.state == "today" else None,
        )
        for r in detail.recipients
    ]
    return found + [
        PlaceLine(one.customer, one.name, "", "left_out", "Left out", one.why, None) for one in detail.left_out
    ]


def progress_words(progress: Progress) -> str:
    """Say how far a campaign has come: “12 of 38 done · 4 answered · 2 held back · 20 to come”."""
    parts = [
        f"{progress.sent} of {count_words(progress.places, 'customer', 'customers')} heard from you",
        f"{progress.answered} answered" if progress.sent else "",
        f"{progress.today} on Today" if progress.today else "",
        f"{progress.held} held back" if progress.held else "",
        f"{progress.coming} to come" if progress.coming else "",
        f"{progress.skipped} skipped" if progress.skipped else "",
        f"{progress.stopped} stopped" if progress.stopped else "",
        f"{progress.lapsed} lapsed" if progress.lapsed else "",
    ]
    return " · ".join(part for part in parts if part)


def _when(campaign: Campaign, today: date) -> str:
    if campaign.done_by is None:
        return ""
    last = day_words(campaign.done_by, today)
    if campaign.state is State.RUNNING:
        return f"The last one is due {last}; each may wait {count_words(campaign.open_days, 'day', 'days')}."
    return f"The last one was due {last}." if campaign.done_by < today else ""


def _framed(table: QWidget) -> QFrame:
    panel = Panel()
    panel.setObjectName("card")
    panel.column.setContentsMargins(1, 1, 1, 2)
    panel.column.addWidget(table)
    return panel
