"""The cards of a month: figures, which messages get an answer, what customers said, the trend, who may leave."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from followup_desktop.base.wording import count_words
from followup_desktop.core.cases.model import Goodwill
from followup_desktop.core.cases.rules import costs
from followup_desktop.core.insights.model import SMALL, AtRisk, Diagnosis, FigureKey, MonthFigures, Ratio, TrendPoint
from followup_desktop.core.insights.rules import figure_words, month_after, month_before, satisfaction
from followup_desktop.core.insights.rules.months import asks
from followup_desktop.core.insights.rules.words import (
    mean_words,
    money_words,
    month_name,
    number_words,
    ratio_words,
    score_words,
    short_month,
)
from followup_desktop.ui.insights.grid import EvenGrid
from followup_desktop.ui.insights.reading import Seen, Words
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card, FactsCard, Figure
from followup_desktop.ui.widgets.charts import Bar, BarChart, LineChart, Point, SharesBar
from followup_desktop.ui.widgets.text import Text, Tone

FIGURE_PX = 150
"""A figure narrower than this would break its number."""

MOST_BARS = 10


class FigureCards(EvenGrid):
    """The six figures of a month; pressing one leads to the records behind it."""

    wanted = Signal(str)  # the key of a figure

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, FIGURE_PX)
        self.cards: dict[str, Figure] = {}

    def show_month(self, month: MonthFigures, locale: str) -> None:
        """Show the figures of a month beside those of the month before."""
        for figure in month.figures:
            words = figure_words(figure, month.month, locale)
            card = self.cards.get(figure.key) or self._new(figure.key, words.label)
            card.show_figure(words.headline, words.under, _TONES[figure.is_better])

    def _new(self, key: FigureKey, label: str) -> Figure:
        card = Figure(self.theme_of(), label)
        card.setCursor(Qt.CursorShape.PointingHandCursor)
        card.setToolTip("See the records behind it")
        card.opened.connect(partial(self.wanted.emit, str(key)))
        self.cards[key] = card
        self.add(card)
        return card

    def theme_of(self) -> Theme:
        """Return the theme the cards are drawn in."""
        return self._theme


_TONES: dict[bool | None, Tone] = {True: "good", False: "danger", None: ""}


class AnswersCard(Card):
    """Bars of the kinds of message, and what to do about those that do not work (K7)."""

    records_wanted = Signal()
    planned = Signal(str)  # a change for next month

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Which messages get an answer")
        self._diagnoses: tuple[Diagnosis, ...] = ()
        self._banners: list[Banner] = []
        self._see = _records_link(self, theme, "See the messages", self.records_wanted)
        self.head.addWidget(self._see)
        self.chart = BarChart(theme, "Messages answered, by kind")
        self._none = Text("", "muted", wrap=True)
        self._legend = Text("Grey: tells or thanks, and asks for no answer.", "small", wrap=True)
        for widget in (self.chart, self._legend, self._none):
            self.column.addWidget(widget)
        self._below = QVBoxLayout()
        self._below.setSpacing(theme.px(6))
        self.column.addSpacing(theme.px(4))
        self.column.addLayout(self._below)
        self.column.addStretch(1)

    def show_month(self, month: MonthFigures, locale: str) -> None:
        """Show how many of each kind of message were answered."""
        bars = [_bar(one.purpose, one.label, Ratio(one.answered, one.sent), locale) for one in month.bars]
        self.chart.show_bars(bars[:MOST_BARS])
        for widget in (self.chart, self._see):
            widget.setVisible(bool(bars))
        self._legend.setVisible(any(bar.tone == _QUIET for bar in bars[:MOST_BARS]))
        self._none.setText(_more(len(bars), month))
        self._none.setVisible(bool(self._none.text()))
        self._show_diagnoses(month)

    def _show_diagnoses(self, month: MonthFigures) -> None:
        for banner in self._banners:
            self._below.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self._diagnoses, self._banners = month.diagnoses, []
        for number, one in enumerate(month.diagnoses):
            banner = Banner(self.theme, one.seen, one.advice, icon="lightbulb")
            change = change_of(one)
            if change not in month.changes_next:
                banner.offer(f"Change it in {month_name(month_after(month.month))}")
            banner.pressed.connect(partial(self._on_planned, number))
            self._below.addWidget(banner)
            self._banners.append(banner)

    def _on_planned(self, number: int) -> None:
        self.planned.emit(change_of(self._diagnoses[number]))


def change_of(diagnosis: Diagnosis) -> str:
    """Return what to change for a kind of message that does not work, as a line of the plan."""
    advice = diagnosis.advice
    return f"{diagnosis.label}: {advice[:1].lower()}{advice[1:]}"


_QUIET = "muted"


def _bar(purpose: str, label: str, ratio: Ratio, locale: str) -> Bar:
    tone = "accent" if asks(purpose) else _QUIET
    return Bar(label, ratio.share or 0.0, ratio_words(ratio, locale), tone)


def _more(bars: int, month: MonthFigures) -> str:
    if not bars:
        return f"No message was sent in {month_name(month.month)}. What you send from Today is counted here."
    hidden = bars - MOST_BARS
    return f"{count_words(hidden, 'more kind', 'more kinds')} in the report." if hidden > 0 else ""


class SaidCard(Card):
    """Ratings as shares of a whole, and the latest words that came with them."""

    records_wanted = Signal()
    customer_wanted = Signal(int)
    listening_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "What customers said")
        self.listening = Button(theme, "Listening", "link")
        self.listening.clicked.connect(self.listening_wanted)
        self.head.addWidget(self.listening)
        self._see = _records_link(self, theme, "See the ratings", self.records_wanted)
        self.head.addWidget(self._see)
        self.summary = Text("", "muted", wrap=True)
        self.bar = SharesBar(theme, "Ratings")
        self._themes = Text("What comes up more than once will be listed here as a theme.", "small", wrap=True)
        self.column.addWidget(self.summary)
        self.column.addWidget(self.bar)
        self.column.addSpacing(theme.px(4))
        self._place = self.column.count()
        self.column.addStretch(1)
        self.column.addWidget(self._themes)

    def show_month(self, seen: Seen) -> None:
        """Show the ratings of a month."""
        month, score = seen.figures, satisfaction(seen.figures.ratings)
        for widget in (self.bar, self._see):
            widget.setVisible(score is not None)
        self._themes.setVisible(score is not None or bool(month.themes))
        named = [f"{one.name} {one.times} (answered {one.answered})" for one in month.themes]
        self._themes.setText(" · ".join(named) or "What comes up more than once will be listed here as a theme.")
        if score is None:
            self.summary.setText("Nobody was asked or answered. Log a rating from 1 to 5, and it is counted here.")
        else:
            low, middle, high = sum(month.ratings[:2]), month.ratings[2], sum(month.ratings[3:])
            shares = (("rated 4 or 5", high, "good"), ("rated 3", middle, "line"), ("rated 1 or 2", low, "danger"))
            self.bar.show_shares(shares)
            parts = [f"{number_words(number, seen.locale)} {label}" for label, number, _ in shares if number]
            self.summary.setText(" · ".join([*parts, f"mean {mean_words(score.mean, seen.locale)}", *_nps(month)]))
        self.show_rows([self._row(one) for one in seen.said], at=self._place)

    def _row(self, one: Words) -> PersonRow:
        row = PersonRow(self.theme, one.name, (one.text,), f"{one.rating} of 5")
        if one.customer is not None:
            row.opened.connect(partial(self.customer_wanted.emit, one.customer))
        return row


def _nps(month: MonthFigures) -> list[str]:
    return [f"NPS {score_words(month.nps.score)}"] if month.nps.answers else []


class TrendCard(Card):
    """The answer rate of the last twelve months."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Answer rate, last 12 months")
        self.chart = LineChart(theme, "Answer rate, last 12 months")
        self._none = Text("", "muted", wrap=True)
        self.column.addWidget(self.chart, 1)
        self.column.addWidget(self._none)

    def show_trend(self, trend: Sequence[TrendPoint], locale: str) -> None:
        """Show the line; a month of fewer than ten messages says nothing and leaves a gap."""
        points = [_point(one, locale) for one in trend]
        known = sum(point.value is not None for point in points)
        self.chart.show_points(points)
        self.chart.setVisible(known > 0)
        self._none.setText("" if known else f"From {SMALL} messages a month on, there is a line here.")
        self._none.setVisible(not known)


def _point(one: TrendPoint, locale: str) -> Point:
    value = one.ratio.share if one.ratio.whole >= SMALL else None
    return Point(short_month(one.month), value, ratio_words(one.ratio, locale))


class GivenCard(FactsCard):
    """What putting things right cost in the month, by cause and route, beside the month before (X12)."""

    records_wanted = Signal()
    ledger_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "What putting right cost", shares=(2, 1))
        self._ledger = _records_link(self, theme, "The whole ledger", self.ledger_wanted)
        self._see = _records_link(self, theme, "See what was given", self.records_wanted)
        self.head.addWidget(self._ledger)
        self.head.addWidget(self._see)
        self.summary = Text("", "muted", wrap=True)
        self.column.addWidget(self.summary)

    def show_month(self, month: MonthFigures, locale: str) -> None:
        """Show what was given, and what it cost."""
        self.show_facts([_given_row(one, locale) for one in month.given])
        self.summary.setText(given_words(month, locale))
        self._see.setVisible(bool(month.given))


def given_words(month: MonthFigures, locale: str) -> str:
    """Say in a line what was given in a month and what it cost: "November: 3 things, $140. October: 2 things, $60."."""
    name, before = month_name(month.month), month_name(month_before(month.month))
    if not month.given:
        last = f" {_sum_words(month.given_before, before, locale)}" if month.given_before else ""
        return f"Nothing was given in {name}. What you offer in a case is counted here once it is given.{last}"
    last = _sum_words(month.given_before, before, locale) if month.given_before else f"Nothing in {before}."
    return f"{_sum_words(month.given, name, locale)} {last}"


def _sum_words(given: Sequence[Goodwill], month: str, locale: str) -> str:
    things = count_words(sum(one.given for one in given), "thing", "things")
    cost = ", ".join(money_words(one, locale) for one in costs(given).values())
    return f"{month}: {things}, {cost or 'no cost noted'}."


def _given_row(one: Goodwill, locale: str) -> tuple[str, str]:
    things = count_words(one.given, "thing", "things")
    cost = money_words(one.cost, locale) if one.cost else "no cost noted"
    return f"{one.cause or 'No cause yet'} · {one.route or 'on no route'}", f"{things}, {cost}"


class RiskCard(Card):
    """Who may leave, why, and what they are worth; each leads to the customer."""

    customer_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Who to ring first")
        self._none = Text("", "muted", wrap=True)
        self.column.addWidget(self._none)
        self._place = self.column.count()
        self.column.addStretch(1)
        self.rows: list[PersonRow] = []

    def show_people(self, people: Sequence[AtRisk], total: int, *, empty_month: bool) -> None:
        """Show who may leave, the likeliest first."""
        self._none.setText(_of_how_many(len(people), total, empty_month=empty_month))
        self._none.setVisible(bool(self._none.text()))
        self.rows = [self._row(one) for one in people]
        self.show_rows(self.rows, at=self._place)

    def _row(self, one: AtRisk) -> PersonRow:
        row = PersonRow(self.theme, one.name, one.reasons, one.worth)
        row.opened.connect(partial(self.customer_wanted.emit, one.customer_id))
        return row


def _of_how_many(shown: int, total: int, *, empty_month: bool) -> str:
    if not total:
        return "Not enough has happened yet to tell." if empty_month else "Nobody shows signs of leaving."
    return f"The {shown} most likely to leave, of {total}." if total > shown else ""


class PersonRow(QFrame):
    """Someone, what there is to say of them, and a word at the right; press it to see them."""

    opened = Signal()

    def __init__(self, theme: Theme, name: str, reasons: Sequence[str], beside: str = "") -> None:
        super().__init__()
        self.setObjectName("row")
        self.setAccessibleName(name)
        self.setAccessibleDescription(" ".join(filter(None, (*reasons, beside))))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(Text(name, "strong", wrap=True), 1)
        if beside:
            head.addWidget(Text(beside, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(2), theme.px(6), theme.px(2), theme.px(6))
        column.setSpacing(0)
        column.addLayout(head)
        if reasons:
            column.addWidget(Text(" ".join(reasons), "muted", wrap=True))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: open."""
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: open with Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


def _records_link(card: Card, theme: Theme, text: str, pressed: SignalInstance) -> Button:
    link = Button(theme, text, "link", parent=card)
    link.clicked.connect(pressed)
    return link
