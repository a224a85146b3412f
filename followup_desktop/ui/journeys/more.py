"""The rest of a journey's form and of a touchpoint's: what is seldom changed, made only when it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from followup_desktop.core.journeys.model import Journey, Touchpoint
from followup_desktop.core.journeys.rules.wording import STAGE_ORDER, channel_choices, stop_choices, visit_choices
from followup_desktop.ui.journeys.fields import Choice, Number, Optional, Stretch, between, line_of
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.checkmenu import CheckMenu

MOST_CHANNELS = 5
FIRST_CHANNELS = 3
LIMIT = (("", "as the kind of message says"), ("outside", "not counted"), ("inside", "counted"))
AGREEMENT = (("", "with or without"), ("with", "only with"), ("without", "only without"))


class MoreOfJourney(QWidget):
    """Which stages a journey serves, and the conditions that few journeys have."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stages = CheckMenu(theme, "Serves the stages", [(s, s) for s in STAGE_ORDER], _stage_words)
        self.had = CheckMenu(theme, "Only after", visit_choices(), _visit_words)
        self.never = CheckMenu(theme, "Only before", visit_choices(), _visit_words)
        self.route, self.owns = QLineEdit(), QLineEdit()
        for field, words, hint in (
            (self.route, "Only on the routes", "any; with commas: Route 1, Route 2"),
            (self.owns, "Only for who owns", "anything: heater, salt cell"),
        ):
            field.setAccessibleName(words)
            field.setPlaceholderText(hint)
            field.setMinimumWidth(theme.px(240))
            field.textEdited.connect(self._on_changed)
        self.agreement = Choice("An agreement", AGREEMENT)
        for menu in (self.stages, self.had, self.never):
            menu.chosen.connect(self._on_changed)
        self.agreement.picked.connect(self._on_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        for label, widgets in (
            ("On the map", (self.stages,)),
            ("Route", (self.route,)),
            ("Had", (self.had, between(theme, "but never"), self.never)),
            ("Owns", (self.owns,)),
            ("Agreement", (self.agreement,)),
        ):
            column.addWidget(line_of(theme, label, widgets))

    def show_journey(self, journey: Journey) -> None:
        """Show a journey's."""
        only = journey.only_if
        self.stages.choose(journey.stages)
        self.had.choose(only.had_visit)
        self.never.choose(only.never_had_visit)
        for field, names in ((self.route, only.route), (self.owns, only.owns)):
            field.setText(", ".join(sorted(names)))
        self.agreement.choose("" if only.agreement is None else "with" if only.agreement else "without")

    def applied(self, journey: Journey) -> Journey:
        """Return the journey with what this says."""
        return replace(
            journey,
            stages=_in_order(journey.stages, self.stages.values()),
            only_if=replace(
                journey.only_if,
                route=_names(self.route.text(), journey.only_if.route),
                owns=_names(self.owns.text(), journey.only_if.owns),
                had_visit=self.had.values(),
                never_had_visit=self.never.values(),
                agreement={"": None, "with": True, "without": False}[self.agreement.value()],
            ),
        )

    @Slot()
    def _on_changed(self, *_: object) -> None:
        self.changed.emit()


class MoreOfTouchpoint(QWidget):
    """From what a touchpoint counts, how early it may be done, and what it gives way to."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.follows = Choice("Counts from", (("", "what starts the journey"),))
        self.anew = CheckMenu(theme, "Counted anew if", stop_choices(), _anew_words)
        self.is_early = QCheckBox("up to")
        self.is_early.setAccessibleName("It may be done early")
        self.early = Stretch(theme, "Early", least=1)
        self.channels = [
            Choice(f"How, choice {place}", (("", "–"), *channel_choices()))
            for place in range(FIRST_CHANNELS + 1, MOST_CHANNELS + 1)
        ]
        self.limit = Choice("Weekly limit", LIMIT)
        self.rank = Number(minimum=0, maximum=100)
        self.rank.setAccessibleName("Rank among others")
        self.rank.setFixedWidth(theme.px(72))
        self.rank.lineEdit().setTextMargins(theme.px(7), 0, 0, 0)
        self._connect()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        for label, widgets in (
            ("Counts from", (self.follows, between(theme, "and anew if"), self.anew)),
            ("Early by", (Optional(theme, self.is_early, self.early),)),
            ("Or else by", self.channels),
            ("Weekly limit", (self.limit,)),
            ("Rank", (self.rank, between(theme, "the highest leads a card"))),
        ):
            column.addWidget(line_of(theme, label, widgets))

    def show_touchpoint(self, each: Touchpoint) -> None:
        """Show a touchpoint's."""
        self.follows.choose(each.follows)
        self.anew.choose(each.restarts_on)
        self.is_early.setChecked(bool(each.opens_before))
        self.early.show_value(each.opens_before or timedelta(days=1))
        self.early.setEnabled(self.is_early.isChecked())
        for place, field in enumerate(self.channels, FIRST_CHANNELS):
            field.choose(each.channels[place] if place < len(each.channels) else "")
        self.limit.choose("" if each.transactional is None else "outside" if each.transactional else "inside")
        self.rank.setValue(each.priority)

    def offer(self, others: Sequence[tuple[str, str]]) -> None:
        """Offer the other touchpoints, as pairs of key and name, to count from."""
        chosen = self.follows.value()
        self.follows.clear()
        for key, words in (("", "what starts the journey"), *((key, f"“{name}”") for key, name in others)):
            self.follows.addItem(words, key)
        self.follows.choose(chosen)

    def applied(self, touchpoint: Touchpoint) -> Touchpoint:
        """Return the touchpoint with what this says."""
        more = [each.value() for each in self.channels if each.value()]
        return replace(
            touchpoint,
            follows=self.follows.value(),
            restarts_on=self.anew.values(),
            opens_before=self.early.value() if self.is_early.isChecked() else timedelta(),
            channels=tuple(dict.fromkeys((*touchpoint.channels, *more))),
            transactional={"": None, "outside": True, "inside": False}[self.limit.value()],
            priority=self.rank.value(),
        )

    def _connect(self) -> None:
        for choice in (self.follows, *self.channels, self.limit):
            choice.picked.connect(self._on_changed)
        self.anew.chosen.connect(self._on_changed)
        self.is_early.toggled.connect(self._on_changed)
        self.early.changed.connect(self._on_changed)
        self.rank.valueChanged.connect(self._on_changed)

    @Slot()
    def _on_changed(self, *_: object) -> None:
        self.early.setEnabled(self.is_early.isChecked())
        self.changed.emit()


def _names(text: str, before: Collection[str]) -> frozenset[str]:
    """Return names parted by commas; those as before where the text is theirs (a name may hold a comma)."""
    if text == ", ".join(sorted(before)):
        return frozenset(before)
    return frozenset(name.strip() for name in text.split(",") if name.strip())


def _in_order(before: Sequence[str], chosen: Collection[str]) -> tuple[str, ...]:
    """Return the stages chosen, as they stood where they are the same."""
    if set(before) == set(chosen):
        return tuple(before)
    return (*(s for s in STAGE_ORDER if s in chosen), *sorted(set(chosen) - set(STAGE_ORDER)))


def _stage_words(keys: frozenset[str]) -> str:
    return ", ".join([s for s in STAGE_ORDER if s in keys]) or "no stage"


def _visit_words(keys: frozenset[str]) -> str:
    return " or ".join(words for key, words in visit_choices() if key in keys) or "anything"


def _anew_words(keys: frozenset[str]) -> str:
    return " or ".join(words for key, words in stop_choices() if key in keys) or "nothing"
