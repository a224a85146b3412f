"""The form of one touchpoint: its name, when, how, which message, what it asks, what stops it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import time, timedelta

from PySide6.QtCore import QTime, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QTimeEdit, QWidget

from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.journeys.model import Touchpoint
from followup_desktop.core.journeys.rules.loading import brings_by_itself
from followup_desktop.core.journeys.rules.wording import channel_choices, stop_choices, stop_words
from followup_desktop.ui.journeys.fields import Choice, Optional, Stretch, line_of
from followup_desktop.ui.journeys.more import FIRST_CHANNELS, MoreOfTouchpoint
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.checkmenu import CheckMenu
from followup_desktop.ui.widgets.text import Text

ASKS = (
    ("", "nothing"),
    ("csat", "how satisfied they are, 1 to 5"),
    ("nps", "whether they would recommend us, 0 to 10"),
)


class TouchpointForm(Card):
    """One touchpoint to be changed; what the form does not show is kept."""

    changed = Signal()
    moved = Signal(int)  # -1 up, 1 down
    removed = Signal()

    def __init__(
        self, theme: Theme, touchpoint: Touchpoint, templates: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent=parent)
        self._touchpoint = touchpoint
        self._more: MoreOfTouchpoint | None = None
        self._others: Sequence[tuple[str, str]] = ()
        self.setAccessibleName(touchpoint.name)
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the touchpoint")
        self.up = Button(theme, "Up", "flat", size="small")
        self.down = Button(theme, "Down", "flat", size="small")
        self.remove = Button(theme, "Remove", "flat", size="small")
        self.due = Stretch(theme, "When")
        self.at_a_time = QCheckBox("at")
        self.at_a_time.setAccessibleName("At a time of day")
        self.at = QTimeEdit()
        self.at.setAccessibleName("Time of day")
        self.at.lineEdit().setTextMargins(theme.px(7), 0, 0, 0)
        self.ends = QCheckBox("until")
        self.ends.setAccessibleName("It closes")
        self.closes = Stretch(theme, "Until")
        self.channels = [
            Choice(f"How, choice {place}", (*((("", "–"),) if place > 1 else ()), *channel_choices()))
            for place in range(1, FIRST_CHANNELS + 1)
        ]
        self.template = Choice("Message", [(key, template_words(key)) for key in templates])
        self.asks = Choice("Asks", ASKS)
        self.stops = CheckMenu(theme, "Stops if", stop_choices(), self._stop_words)
        self.further = Button(theme, "More", "flat", icon="caret-down", size="small", name="More of this touchpoint")
        self.trouble = Text("", "small", tone="danger", wrap=True)
        self.trouble.hide()
        for channel in self.channels:
            channel.setFixedWidth(theme.px(101))
        self._lay_out()
        self.show_touchpoint(touchpoint)
        self._connect()

    def touchpoint(self) -> Touchpoint:
        """Return the touchpoint as the form says."""
        chosen = [each.value() for each in self.channels if each.value()]
        rest = self._touchpoint.channels[FIRST_CHANNELS:] if self._more is None else ()
        channels = tuple(dict.fromkeys((*chosen, *rest))) or ("email",)
        question = self.asks.value() or None
        template = self.template.value()
        purpose = template.partition("/")[0]
        at = self.at.time()
        old = self._touchpoint
        brought = old.leads_to - brings_by_itself(old.channels, old.question)
        made = replace(
            old,
            name=self.name.text().strip(),
            purpose=Purpose(purpose) if purpose in set(Purpose) else old.purpose,
            template=template,
            offset=self.due.value(),
            at=time(at.hour(), at.minute()) if self.at_a_time.isChecked() else None,
            closes_after=self.closes.value() if self.ends.isChecked() else None,
            channels=channels,
            question=question,
            stops_on=self.stops.values(),
        )
        made = made if self._more is None else self._more.applied(made)
        return replace(made, leads_to=brought | brings_by_itself(made.channels, question))

    def show_touchpoint(self, each: Touchpoint) -> None:
        """Show a touchpoint."""
        self._touchpoint = each
        self.setAccessibleName(each.name)
        self.name.setText(each.name)
        self.due.show_value(each.offset)
        self.at_a_time.setChecked(each.at is not None)
        if each.at is not None:
            self.at.setTime(QTime(each.at.hour, each.at.minute))
        else:
            self.at.setTime(QTime(9, 0))
        self.ends.setChecked(each.closes_after is not None)
        self.closes.show_value(each.closes_after or each.offset + timedelta(days=3))
        for place, field in enumerate(self.channels):
            field.choose(each.channels[place] if place < len(each.channels) else "")
        self.template.choose(each.template)
        self.asks.choose(each.question or "")
        self.stops.choose(each.stops_on)
        if self._more is not None:
            self._more.show_touchpoint(each)
        self._show_possible()

    def offer(self, others: Sequence[tuple[str, str]]) -> None:
        """Offer the touchpoints before it, as pairs of key and name, to count from."""
        self._others = others
        if self._more is not None:
            self._more.offer(others)

    def key(self) -> str:
        """Return the touchpoint's key."""
        return self._touchpoint.key

    def focus_order(self) -> list[QWidget]:
        """Return its fields in the order of its lines."""
        when = (
            self.due.number,
            self.due.unit,
            self.at_a_time,
            self.at,
            self.ends,
            self.closes.number,
            self.closes.unit,
        )
        return [
            *(self.name, self.up, self.down, self.remove),
            *when,
            *self.channels,
            *(self.template, self.asks, self.stops, self.further),
        ]

    def show_problems(self, texts: Collection[str]) -> None:
        """Say what is wrong with it; nothing where nothing is."""
        self.trouble.setText("\n".join(f"{text[:1].upper()}{text[1:]}." for text in texts))
        self.trouble.setVisible(bool(texts))

    def place(self, *, first: bool, last: bool, alone: bool) -> None:
        """Let it be moved and removed only where that can be."""
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)
        self.remove.setEnabled(not alone)

    def _stop_words(self, keys: frozenset[str]) -> str:
        return stop_words(replace(self._touchpoint, stops_on=keys)) or "nothing"

    def _show_possible(self) -> None:
        self.at.setEnabled(self.at_a_time.isChecked())
        self.closes.setEnabled(self.ends.isChecked())

    def _connect(self) -> None:
        self.name.textEdited.connect(self._on_changed)
        for stretch in (self.due, self.closes):
            stretch.changed.connect(self._on_changed)
        for box in (self.at_a_time, self.ends):
            box.toggled.connect(self._on_changed)
        self.at.timeChanged.connect(self._on_changed)
        for choice in (*self.channels, self.template, self.asks):
            choice.picked.connect(self._on_changed)
        self.stops.chosen.connect(self._on_changed)
        self.further.clicked.connect(self.show_more)
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.remove.clicked.connect(self.removed)

    def _lay_out(self) -> None:
        px = self.theme.px
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(self.name, 1)
        for button in (self.up, self.down, self.remove):
            head.addWidget(button)
        self.column.addLayout(head)
        for label, widgets in (
            (
                "When",
                (self.due, Optional(self.theme, self.at_a_time, self.at), Optional(self.theme, self.ends, self.closes)),
            ),
            ("How", self.channels),
            ("Message", (self.template,)),
            ("Asks", (self.asks,)),
            ("Stops if", (self.stops, self.further)),
        ):
            self.column.addWidget(line_of(self.theme, label, widgets))
        self.column.addWidget(self.trouble)

    @Slot()
    def _on_changed(self, *_: object) -> None:
        self._show_possible()
        self.setAccessibleName(self.name.text())
        self.changed.emit()

    @Slot()
    def show_more(self) -> None:
        """Show what is seldom changed, or put it away again; what was changed there counts all the same."""
        if self._more is None:
            self._more = MoreOfTouchpoint(self.theme)
            self._more.offer(self._others)
            self._more.show_touchpoint(self._touchpoint)
            self._more.changed.connect(self._on_changed)
            self.column.insertWidget(self.column.indexOf(self.trouble), self._more)
            self._more.show()
            QWidget.setTabOrder(self.further, self._more)
        else:
            self._more.setVisible(self._more.isHidden())
        self.further.setText("Less" if not self._more.isHidden() else "More")

    @Slot()
    def _on_up(self) -> None:
        self.moved.emit(-1)

    @Slot()
    def _on_down(self) -> None:
        self.moved.emit(1)


def template_words(key: str) -> str:
    """Return what a template is called: “Ask how it went: first visit”."""
    purpose, _, name = key.partition("/")
    label = PURPOSES[Purpose(purpose)].label if purpose in set(Purpose) else purpose
    return f"{label}: {name.replace('_', ' ')}" if name != "ad_hoc" else label
