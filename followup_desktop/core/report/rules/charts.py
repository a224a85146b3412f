"""Charts as SVG text: bars and a line that can be read in print, in grey, and without a legend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from followup_desktop.core.insights.model import SMALL, AnswerBar, Nps, Ratio, TrendPoint
from followup_desktop.core.insights.rules.words import (
    number_words,
    percent_words,
    ratio_words,
    score_words,
    short_month,
)
from followup_desktop.core.report.model import Chart
from followup_desktop.core.report.rules.plain import plain

INK, MUTED, ACCENT, LINE, PALE = "#1A2430", "#5B6B7C", "#0B6E99", "#DFE4EA", "#C9D2DB"
SIZE, SMALL_SIZE = 9.0, 7.8
ROW = 13.5
GAP = 8.0

MOST_BARS = 8
"""More purposes than this are left to the table."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, how full it is from 0 to 1, and the count written at its end."""

    label: str
    fill: float
    count: str


def answer_chart(bars: Sequence[AnswerBar], locale: str, width: float = 245) -> Chart:
    """Draw which messages get an answer: one bar each, as long as its share, with the counts beside it."""
    drawn = [Bar(bar.label, _share(bar), ratio_words(Ratio(bar.answered, bar.sent), locale)) for bar in shown(bars)]
    said = "; ".join(f"{plain(bar.label)} {bar.count}" for bar in drawn)
    return Chart(_bars(drawn, width), f"Answers by kind of message: {said}.")


def shown(bars: Sequence[AnswerBar]) -> tuple[AnswerBar, ...]:
    """Return the bars there is room for, the most sent ones, in the order given."""
    most = sorted(bars, key=_by_sent)[:MOST_BARS]
    return tuple(bar for bar in bars if bar in most)


def ratings_chart(ratings: Sequence[int], locale: str, width: float = 245) -> Chart:
    """Draw how many rated 5, 4, 3, 2 and 1."""
    most = max(*ratings, 1)
    drawn = [
        Bar(f"Rated {stars}", times / most, number_words(times, locale))
        for stars, times in reversed(list(enumerate(ratings, start=1)))
    ]
    said = "; ".join(f"{bar.label.lower()}: {bar.count}" for bar in drawn)
    return Chart(_bars(drawn, width), f"Ratings: {said}.")


def nps_chart(nps: Nps, locale: str, width: float = 245) -> Chart:
    """Draw promoters, passives and detractors as one strip, each named with its count above it."""
    parts = (("Promoters", nps.promoters, ACCENT), ("Passive", nps.passives, PALE), ("Detractors", nps.detractors, INK))
    words = " · ".join(f"{name} {number_words(times, locale)}" for name, times, _ in parts)
    title = f"{words} · NPS {score_words(nps.score)}"
    drawing = [_text(0, 10, title, fill=MUTED, size=SIZE)]
    left = 0.0
    for _, times, colour in parts:
        length = width * times / nps.answers
        drawing.append(_rect(left, 17, max(0.0, length - (1 if times else 0)), 10, colour, radius=0))
        left += length
    return Chart(_svg(width, 30, drawing), title.replace(" · ", ", ") + ".")


def trend_chart(points: Sequence[TrendPoint], locale: str, width: float = 225) -> Chart | None:
    """Draw the answer rate by month; None with fewer than two months to join.

    A month without messages interrupts the line; one with fewer than ten is a hollow dot, as its share means little.
    """
    known = [point for point in points if point.ratio.whole]
    if len(known) < 2:
        return None
    frame = _Frame(width, points, _scale([_percent(point.ratio) for point in known]))
    drawing = [*frame.grid(locale), *frame.line(), *frame.ends(known, locale)]
    said = "; ".join(f"{short_month(p.month)} {ratio_words(p.ratio, locale)}" for p in known)
    return Chart(_svg(width, frame.height, drawing), f"Answer rate by month: {said}.")


def text_width(text: str, size: float) -> float:
    """Estimate how wide a text is set in Inter, a little on the safe side."""
    return size * sum(_letter_width(letter) for letter in text)


def shortened(text: str, size: float, room: float) -> str:
    """Return the text, or as much of it as there is room for, with an ellipsis."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


class _Frame:
    """Where months and percentages lie in the drawing of the trend."""

    def __init__(self, width: float, points: Sequence[TrendPoint], scale: tuple[int, int]) -> None:
        self.points, (self.low, self.high) = tuple(points), scale
        self.left, self.right, self.top, self.bottom, self.height = 30.0, width - 4, 16.0, 66.0, 82.0

    def x(self, index: int) -> float:
        """Return where a month lies."""
        return self.left + 3 + (self.right - self.left - 6) * index / max(1, len(self.points) - 1)

    def y(self, percent: float) -> float:
        """Return where a percentage lies."""
        return self.bottom - (self.bottom - self.top) * (percent - self.low) / (self.high - self.low)

    def grid(self, locale: str) -> list[str]:
        """Draw three lines with their percentages, and the first and last month below."""
        drawing = []
        for percent in (self.low, (self.low + self.high) // 2, self.high):
            y = self.y(percent)
            drawing.append(_rule(self.left, self.right, y))
            drawing.append(_text(0, y + 2.8, percent_words(Ratio(percent, 100), locale), fill=MUTED))
        first, last = self.points[0].month, self.points[-1].month
        drawing.append(_text(self.left, self.height - 3, short_month(first), fill=MUTED))
        drawing.append(_text(self.right, self.height - 3, short_month(last), fill=MUTED, anchor="end"))
        return drawing

    def line(self) -> list[str]:
        """Draw the line, interrupted where a month had no messages."""
        runs: list[list[str]] = [[]]
        for index, point in enumerate(self.points):
            if point.ratio.whole:
                runs[-1].append(f"{self.x(index):.1f},{self.y(_percent(point.ratio)):.1f}")
            elif runs[-1]:
                runs.append([])
        style = f'fill="none" stroke="{ACCENT}" stroke-width="1.4" stroke-linejoin="round"'
        return [f'<polyline {style} points="{" ".join(run)}"/>' for run in runs if len(run) > 1]

    def ends(self, known: Sequence[TrendPoint], locale: str) -> list[str]:
        """Draw a dot where it cannot be missed: at the last month, at lonely months, and hollow at small ones."""
        drawing = []
        for index, point in enumerate(self.points):
            is_small = 0 < point.ratio.whole < SMALL
            if point.ratio.whole and (is_small or self._is_lonely(index) or point is known[-1]):
                drawing.append(self._dot(index, point, is_hollow=is_small))
        last = self.points.index(known[-1])
        place = min(self.x(last), self.right - 8)
        label = percent_words(known[-1].ratio, locale)
        drawing.append(_text(place, self._label_height(last), label, anchor="middle", strong=True))
        return drawing

    def _label_height(self, last: int) -> float:
        """Return where the last percentage is written: above its point, below it where the line comes from above."""
        y, before = self.y(_percent(self.points[last].ratio)), self.points[max(0, last - 1)].ratio
        falls = before.whole > 0 and self.y(_percent(before)) < y
        return y + 11 if falls and y + 11 < self.bottom - 2 else y - 5.5

    def _is_lonely(self, index: int) -> bool:
        beside = self.points[max(0, index - 1) : index] + self.points[index + 1 : index + 2]
        return not any(point.ratio.whole for point in beside)

    def _dot(self, index: int, point: TrendPoint, *, is_hollow: bool) -> str:
        fill = "#FFFFFF" if is_hollow else ACCENT
        place = f'cx="{self.x(index):.1f}" cy="{self.y(_percent(point.ratio)):.1f}"'
        return f'<circle {place} r="2.2" fill="{fill}" stroke="{ACCENT}" stroke-width="1"/>'


def _bars(bars: Sequence[Bar], width: float) -> str:
    counts = max((text_width(bar.count, SIZE) for bar in bars), default=0)
    labels = min(width * 0.52, max((text_width(plain(bar.label), SIZE) for bar in bars), default=0))
    room = width - labels - counts - 2 * GAP
    drawing = []
    for index, bar in enumerate(bars):
        y = index * ROW
        drawing.append(_text(0, y + 9.5, shortened(plain(bar.label), SIZE, labels), size=SIZE))
        drawing.append(_rect(labels + GAP, y + 2.5, max(bar.fill * room, 1.5 if bar.fill else 0.6), 7.5, ACCENT))
        drawing.append(_text(width, y + 9.5, bar.count, fill=MUTED, anchor="end", size=SIZE))
    return _svg(width, ROW * len(bars), drawing)


def _scale(percents: Sequence[float]) -> tuple[int, int]:
    """Return a lowest and a highest percentage, whole tens, at least twenty apart, that hold all of them."""
    low = max(0, int(min(percents) // 10) * 10)
    high = min(100, int(-(-max(percents) // 10)) * 10)
    if high - low < 20:
        low, high = (low, low + 20) if low <= 80 else (80, 100)
    return low, high


def _svg(width: float, height: float, drawing: Iterable[str]) -> str:
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(drawing)}</svg>'


def _text(
    x: float,
    y: float,
    words: str,
    *,
    fill: str = INK,
    anchor: str = "start",
    size: float = SMALL_SIZE,
    strong: bool = False,
) -> str:
    weight = ' font-weight="600"' if strong else ""
    look = f'font-family="Inter, system-ui, sans-serif" font-size="{size}"{weight} fill="{fill}" text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(words)}</text>'


def _rect(x: float, y: float, width: float, height: float, fill: str, radius: float = 1.5) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect {place} rx="{radius}" fill="{fill}"/>'


def _rule(left: float, right: float, y: float) -> str:
    return f'<line x1="{left:.1f}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{LINE}" stroke-width="0.7"/>'


def _percent(ratio: Ratio) -> float:
    return 100 * (ratio.share or 0.0)


def _share(bar: AnswerBar) -> float:
    return bar.answered / bar.sent


def _by_sent(bar: AnswerBar) -> tuple[int, str]:
    return (-bar.sent, bar.label)


def _letter_width(letter: str) -> float:
    if letter in "iljtfrI.,:;'|! ()[]":
        return 0.34
    if letter in "mwMW@%":
        return 0.92
    if ord(letter) >= 0x2E80:
        return 1.0
    return 0.7 if letter.isupper() else 0.61
