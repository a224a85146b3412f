"""One journey in the words of the trade: what starts it, what follows when, what stops it, and what is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from followup_desktop.base.wording import count_words, month_words, sentence, short_day_words
from followup_desktop.base.zones import local_day
from followup_desktop.core.contactpoints.model import PURPOSES
from followup_desktop.core.drafts.model import Draft, Template
from followup_desktop.core.drafts.rules.example import example
from followup_desktop.core.drafts.rules.reading import choose
from followup_desktop.core.journeys.model import Journey, Standing, Touchpoint
from followup_desktop.core.journeys.rules.difference import differences
from followup_desktop.core.journeys.rules.wording import (
    anew_words,
    channel_words,
    only_if_words,
    stop_words,
    trigger_words,
    when_words,
)
from followup_desktop.ui.journeys.editor import JourneyEditor
from followup_desktop.ui.journeys.reading import JourneysView
from followup_desktop.ui.journeys.side import SidePanel, lines_of
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.flow import FlowLayout
from followup_desktop.ui.widgets.tag import Tag
from followup_desktop.ui.widgets.text import ShortText, Text

STAGE_WORDS = {
    "lead": "Asked",
    "quoted": "Quoted",
    "new": "New",
    "regular": "Regular",
    "advocate": "Advocate",
    "paused": "Paused",
    "former": "Former",
}
QUESTIONS = {"csat": "Asks how satisfied they are, 1 to 5", "nps": "Asks whether they would recommend us, 0 to 10"}


BESIDE_PX, SIDE_PX, MOST_PX = 720, 270, 16_777_215
"""From this width on the panel stands beside; how wide it is there; and no limit, as Qt writes it."""


class TimeMark(QWidget):
    """The point of a touchpoint on the line of time."""

    def __init__(self, theme: Theme, *, first: bool, last: bool) -> None:
        super().__init__()
        self._theme, self._first, self._last = theme, first, last
        self.setFixedWidth(theme.px(20))
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: a point, and the line to the one before and after."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, top = self._theme.px(7), self._theme.px(10)
        painter.setPen(QPen(self._theme.colour("line"), 2))
        painter.drawLine(
            QPointF(middle, top if self._first else 0), QPointF(middle, top if self._last else self.height())
        )
        painter.setPen(QPen(self._theme.colour("accent"), 2))
        painter.setBrush(self._theme.colour("panel"))
        painter.drawEllipse(QPointF(middle, top), self._theme.px(4), self._theme.px(4))
        painter.end()


class TouchpointRow(QWidget):
    """One touchpoint: its name and time, what it is for, what stops it, and its words."""

    def __init__(self, theme: Theme, touchpoint: Touchpoint, words: Draft | None, *, first: bool, last: bool) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(touchpoint.name)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, theme.px(14))
        column.setSpacing(theme.px(2))
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(Text(touchpoint.name, "strong"))
        head.addStretch(1)
        column.addLayout(head)
        for text in _lines(touchpoint):
            column.addWidget(Text(text, "muted", wrap=True))
        self.toggle = Button(theme, "Read the words", "link", name=f"Read the words of {touchpoint.name}")
        self.toggle.clicked.connect(self._on_toggle)
        self.change = Button(theme, "Change the words", "link", name=f"Change the words of {touchpoint.name}")
        self.change.setProperty("template", touchpoint.template)
        links = QHBoxLayout()
        links.setSpacing(theme.px(14))
        links.addWidget(self.toggle)
        links.addWidget(self.change)
        links.addStretch(1)
        column.addSpacing(theme.px(2))
        column.addLayout(links)
        if words is None:
            self.toggle.hide()
            self.change.hide()
        self.words = _words_card(theme, words)
        self.words.hide()
        column.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(TimeMark(theme, first=first, last=last))
        row.addLayout(column, 1)

    @Slot()
    def _on_toggle(self) -> None:
        shown = self.words.isHidden()
        self.words.setVisible(shown)
        self.toggle.setText("Hide the words" if shown else "Read the words")


class JourneyPane(QWidget):
    """Shows one journey, switches it on and off, and lets it be changed, tried, and gone back with."""

    switched = Signal(bool)
    words_wanted = Signal(str)  # the key of a template
    edit_wanted = Signal()
    versions_wanted = Signal()
    try_wanted = Signal()
    copy_wanted = Signal()
    aside_wanted = Signal()
    compare_wanted = Signal()
    keep_wanted = Signal()
    keep_mine_wanted = Signal()
    discarded = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Journey, str, Sequence[Template]] | None = None
        self.rows: list[TouchpointRow] = []
        self._on = False
        self._build()

    def show_journey(self, journey: Journey, view: JourneysView, templates: Sequence[Template]) -> None:
        """Show a journey with the words of each touchpoint."""
        standing = view.standing(journey.key)
        self._on = journey.key not in view.off
        self._show_notices(standing, view)
        self.try_button.setText(f"Try on {month_words(month_before(view.now, view.zone), year=False)}")
        self.try_button.setAccessibleName(f"{self.try_button.text()}: {journey.name}")
        self.switch.setEnabled(standing is None or not standing.is_always_on)
        self.switch.setToolTip("Somebody wrote, and waits: it is always on." if not self.switch.isEnabled() else "")
        self._name.setText(journey.name)
        self._state.show_text(_state_words(standing, view) if standing else "Off", "good" if self._on else "neutral")
        self.switch.setText("Switch off" if self._on else "Switch on")
        self.switch.setAccessibleName(f"{self.switch.text()}: {journey.name}")
        self.switch.set_kind("secondary" if self._on else "primary")
        self._objective.setText(journey.objective)
        self._starts.setText(
            view.said(
                " ".join([f"Starts when {trigger_words(journey)}.", *(f"{line}." for line in only_if_words(journey))])
            )
        )
        waiting = view.waiting.get(journey.key, 0)
        self._waiting.setText(f"{count_words(waiting, 'follow-up', 'follow-ups')} of it open now." if waiting else "")
        self._waiting.setVisible(bool(waiting))
        if self._shown != (journey, view.language, templates):
            self._shown = (journey, view.language, templates)
            self._show_stages(journey)
            self._show_touchpoints(journey, view.language, templates)

    def edit(self, journey: Journey, templates: Sequence[str]) -> None:
        """Show the form of a journey in the place of the journey."""
        self.editor.show_journey(journey, templates)
        self._card.hide()
        self.editor.show()
        self.editor.name.setFocus()
        self.show_side(True)

    def end_editing(self) -> None:
        """Show the journey again, as it is kept."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self.editor.isAncestorOf(focused)
        self._card.show()
        if inside:
            self.edit_button.setFocus()
        self.editor.hide()
        self.show_side(False)

    def is_editing(self) -> bool:
        """Whether the form is shown."""
        return not self.editor.isHidden()

    def show_side(self, shown: bool) -> None:
        """Show or hide what stands beside the journey."""
        self.side.setVisible(shown)
        self._arrange()
        if shown:
            self._area.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: beside where there is room, else above, or, while editing, below."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= self._theme.px(BESIDE_PX)
        tall = QBoxLayout.Direction.TopToBottom if self.is_editing() else QBoxLayout.Direction.BottomToTop
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if wide else tall)
        self.side.setMaximumWidth(self._theme.px(SIDE_PX) if wide else MOST_PX)
        self.side.setMinimumWidth(self._theme.px(SIDE_PX) if wide else 0)

    def _show_notices(self, standing: Standing | None, view: JourneysView) -> None:
        reason = view.proposals.reasons.get(standing.key, "") if standing else ""
        self.proposal.setVisible(bool(reason))
        self.proposal.say("Proposed.", f"{reason} {view.proposals.says}" if reason else "", tone="accent")
        newer = standing is not None and standing.is_newer_shipped
        self.newer.setVisible(newer)
        self.keep_mine.setVisible(newer)
        if standing is not None and standing.shipped is not None and newer:
            lines = differences(standing.journey, standing.shipped)
            self.newer.say("The program brought a newer version of this journey.", lines_of(lines), tone="warning")

    def _show_stages(self, journey: Journey) -> None:
        self._stages.clear()
        for stage in journey.stages:
            self._stages.addWidget(Tag(self._theme, STAGE_WORDS.get(stage, sentence(stage))))

    def _show_touchpoints(self, journey: Journey, language: str, templates: Sequence[Template]) -> None:
        for row in self.rows:
            self._line.removeWidget(row)
            row.hide()
            row.deleteLater()
        last = len(journey.touchpoints) - 1
        self.rows = [
            TouchpointRow(
                self._theme,
                touchpoint,
                _words(journey, touchpoint, language, templates),
                first=number == 0,
                last=number == last,
            )
            for number, touchpoint in enumerate(journey.touchpoints)
        ]
        for row in self.rows:
            row.change.clicked.connect(self._on_words)
            self._line.addWidget(row)
            row.show()

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        self._name = ShortText("", "heading")
        self._state = Tag(theme)
        self.switch = Button(theme, "Switch on", size="small")
        self.switch.clicked.connect(self._on_switch)
        self._objective = Text("", "muted", wrap=True)
        self._starts = Text("", wrap=True)
        self._waiting = Text("", "muted", wrap=True)
        stages = QWidget()
        self._stages = FlowLayout(stages, gap=px(6))
        self.edit_button = Button(theme, "Edit", size="small", icon="pencil-simple")
        self.versions_button = Button(theme, "Versions", size="small", icon="clock-counter-clockwise")
        self.try_button = Button(theme, "Try on last month", size="small", icon="play")
        self.copy_button = Button(theme, "Copy", "flat", size="small", name="Make a journey of your own from this one")
        self.copy_button.setToolTip("Make a journey of your own from this one")
        self.proposal = Banner(theme)
        self.proposal.offer("Not now")
        self.proposal.pressed.connect(self.aside_wanted)
        self.newer = Banner(theme, tone="warning")
        self.newer.offer("Take the new one")
        self.newer.pressed.connect(self.compare_wanted)
        self.keep_mine = Button(theme, "Keep mine", "link")
        self.keep_mine.clicked.connect(self.keep_mine_wanted)
        for button, signal in (
            (self.edit_button, self.edit_wanted),
            (self.versions_button, self.versions_wanted),
            (self.try_button, self.try_wanted),
            (self.copy_button, self.copy_wanted),
        ):
            button.clicked.connect(signal)
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self._name)
        head.addWidget(self._state)
        head.addStretch(1)
        tools = QWidget()
        row = FlowLayout(tools, gap=px(6))
        for button in (self.edit_button, self.versions_button, self.try_button, self.copy_button, self.switch):
            row.addWidget(button)
        card = Card(theme)
        card.column.setSpacing(px(8))
        card.column.addLayout(head)
        card.column.addWidget(tools)
        for notice in (self.proposal, self.newer, self.keep_mine):
            notice.hide()
            card.column.addWidget(notice)
        for widget in (self._objective, stages, self._starts, self._waiting):
            card.column.addWidget(widget)
        self._line = QVBoxLayout()
        self._line.setSpacing(0)
        card.column.addSpacing(px(4))
        card.column.addLayout(self._line)
        inner = QWidget()
        inner.setObjectName("page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(12), px(12), px(20), px(16))
        self.editor = JourneyEditor(theme)
        self.editor.keep_wanted.connect(self.keep_wanted)
        self.editor.discarded.connect(self.discarded)
        self.side = SidePanel(theme)
        self.side.closed.connect(self._on_closed)
        self.side.hide()
        self._card = card
        self.editor.hide()
        left = QVBoxLayout()
        left.addWidget(card)
        left.addWidget(self.editor)
        left.addStretch(1)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(px(12))
        self._both.addLayout(left, 1)
        self._both.addWidget(self.side, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._both)
        column.addStretch(1)
        self._area = area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setAccessibleName("Journey")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    @Slot()
    def _on_words(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.words_wanted.emit(str(button.property("template")))

    @Slot()
    def _on_closed(self) -> None:
        self.show_side(False)

    @Slot()
    def _on_switch(self) -> None:
        self.switched.emit(not self._on)


def _state_words(standing: Standing, view: JourneysView) -> str:
    if standing.is_always_on:
        return "Always on"
    word = "On" if standing.on else "Off"
    if standing.since is None:
        return word
    return f"{word} since {short_day_words(local_day(standing.since, view.zone), local_day(view.now, view.zone))}"


def month_before(now: datetime, zone: str) -> date:
    """Return the first day of the month before this one."""
    return (local_day(now, zone).replace(day=1) - timedelta(days=1)).replace(day=1)


def _lines(touchpoint: Touchpoint) -> list[str]:
    anew = anew_words(touchpoint)
    stops = stop_words(touchpoint)
    lines = [
        f"{sentence(when_words(touchpoint))}{f', {anew}' if anew else ''}",
        f"{PURPOSES[touchpoint.purpose].label}, by {channel_words(touchpoint)}",
    ]
    if touchpoint.question:
        lines.append(QUESTIONS.get(touchpoint.question, ""))
    lines.append(f"Stops if {stops}" if stops else "Nothing stops it")
    return [line for line in lines if line]


def _words(journey: Journey, touchpoint: Touchpoint, language: str, templates: Sequence[Template]) -> Draft | None:
    channel = touchpoint.channels[0] if touchpoint.channels else "email"
    template = choose(templates, touchpoint.template, channel, language)
    where = journey.trigger.where
    return example(template, where.rating_at_most or where.rating_at_least or 5) if template else None


def _words_card(theme: Theme, words: Draft | None) -> QFrame:
    card = Card(theme)
    if words is not None:
        if words.subject:
            subject = Text(words.subject, "strong", wrap=True)
            subject.make_copyable()
            card.column.addWidget(subject)
        text = Text(words.text, wrap=True)
        text.make_copyable()
        card.column.addWidget(text)
        card.column.addWidget(Text("What stands in brackets is filled in for each customer.", "label", wrap=True))
    return card
