"""Charts painted by hand: bars, a line over time, shares of a whole. Each can be read out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from followup_desktop.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `share` from 0 to 1, `note` says the numbers: "5 of 7"."""

    label: str
    share: float
    note: str
    tone: str = "accent"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a line; `value` is None where nothing was counted; `note` says the numbers."""

    label: str
    value: float | None
    note: str = ""


class _Chart(QWidget):
    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self._name = theme, name
        self.setAccessibleName(name)
        theme.changed.connect(self.update)

    def read_out(self, words: str) -> None:
        """Give the chart the words a screen reader says."""
        self.setAccessibleDescription(words)


class BarChart(_Chart):
    """Rows of label, bar and numbers."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent)
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars; the longest share fills the room."""
        self._bars = tuple(bars)
        self.read_out("; ".join(f"{bar.label}: {bar.note}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: 24 pixels a bar."""
        return QSize(self.theme.px(360), max(1, len(self._bars)) * self.theme.px(24))

    def minimumSizeHint(self) -> QSize:
        """Qt: narrower, as tall."""
        return QSize(self.theme.px(220), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint."""
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, metrics = self.theme.px, QFontMetrics(self.theme.font())
        label = min(max(metrics.horizontalAdvance(bar.label) for bar in self._bars) + px(16), int(self.width() * 0.45))
        label = max(label, min(px(160), int(self.width() * 0.45)))
        note = max(metrics.horizontalAdvance(bar.note) for bar in self._bars) + px(12)
        room = max(px(20), self.width() - label - note)
        longest = max(bar.share for bar in self._bars) or 1
        painter.setFont(self.theme.font())
        for number, bar in enumerate(self._bars):
            row = QRectF(0, number * px(24), self.width(), px(24))
            self._paint_bar(painter, row, bar, label, room * bar.share / longest)
        painter.end()

    def _paint_bar(self, painter: QPainter, row: QRectF, bar: Bar, label: float, length: float) -> None:
        px, where = self.theme.px, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        words = QRectF(row.left(), row.top(), label - px(8), row.height())
        painter.setPen(self.theme.colour("text"))
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, where, shown)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour(bar.tone))
        painter.drawRoundedRect(QRectF(label, row.center().y() - px(6), max(length, 2), px(12)), 2, 2)
        painter.setPen(self.theme.colour("muted"))
        painter.drawText(QRectF(label + length + px(10), row.top(), row.width(), row.height()), where, bar.note)


class LineChart(_Chart):
    """A line over time with three lines across; the last point is marked."""

    def __init__(self, theme: Theme, name: str, *, percent: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent)
        self._points: tuple[Point, ...] = ()
        self._percent = percent
        self.setMinimumHeight(theme.px(130))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_points(self, points: Sequence[Point]) -> None:
        """Show these points, oldest first."""
        self._points = tuple(points)
        self.read_out("; ".join(f"{point.label}: {self._said(point)}" for point in points))
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: wide and low."""
        return QSize(self.theme.px(480), self.theme.px(150))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint."""
        values = [point.value for point in self._points if point.value is not None]
        if not values:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, high = _round_range(min(values), max(values), step=0.05 if self._percent else 1)
        px = self.theme.px
        field = QRectF(px(40), px(10), self.width() - px(60), min(self.height() - px(40), px(200)))
        self._paint_scale(painter, field, low, high)
        self._paint_line(painter, field, low, high)
        painter.end()

    def _paint_scale(self, painter: QPainter, field: QRectF, low: float, high: float) -> None:
        px = self.theme.px
        painter.setFont(self.theme.font("small"))
        for share in (0.0, 0.5, 1.0):
            y = round(field.bottom() - share * field.height()) + 0.5
            painter.setPen(QPen(self.theme.colour("line"), 1))
            painter.drawLine(QPointF(field.left() - px(8), y), QPointF(field.right() + px(10), y))
            painter.setPen(self.theme.colour("muted"))
            words = QRectF(0, y - px(8), px(30), px(16))
            where = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(words, where, self._written(low + share * (high - low)))
        below = QRectF(field.left() - px(8), field.bottom() + px(12), field.width() + px(18), px(18))
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, self._points[0].label)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, self._points[-1].label)

    def _paint_line(self, painter: QPainter, field: QRectF, low: float, high: float) -> None:
        painter.setPen(QPen(self.theme.colour("accent"), 2))
        run: list[QPointF] = []
        last: QPointF | None = None
        for number, point in enumerate(self._points):
            if point.value is None:
                _paint_run(painter, run)
                run = []
                continue
            x = field.left() + field.width() * number / max(1, len(self._points) - 1)
            last = QPointF(x, field.bottom() - (point.value - low) / ((high - low) or 1) * field.height())
            run.append(last)
        _paint_run(painter, run)
        if last is not None:
            painter.setBrush(self.theme.colour("accent"))
            painter.drawEllipse(last, 3, 3)

    def _written(self, value: float) -> str:
        return f"{round(value * 100)}%" if self._percent else f"{value:g}"

    def _said(self, point: Point) -> str:
        if point.value is None:
            return "nothing counted"
        return point.note or self._written(point.value)


class SharesBar(_Chart):
    """One bar divided into shares of a whole: promoters, passive, detractors."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent)
        self._shares: tuple[tuple[str, int, str], ...] = ()
        self.setFixedHeight(theme.px(14))

    def show_shares(self, shares: Sequence[tuple[str, int, str]]) -> None:
        """Show triples of label, number and tone (good, line, danger, accent)."""
        self._shares = tuple(shares)
        self.read_out("; ".join(f"{label}: {number}" for label, number, _ in shares))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint."""
        total = sum(number for _, number, _ in self._shares)
        if not total:
            return
        painter = QPainter(self)
        left = 0.0
        for _, number, tone in self._shares:
            width = self.width() * number / total
            painter.fillRect(QRectF(left, 0, width, self.height()), self.theme.colour(tone))
            left += width
        painter.end()


def _paint_run(painter: QPainter, run: list[QPointF]) -> None:
    if len(run) > 1:
        painter.drawPolyline(QPolygonF(run))


def _round_range(low: float, high: float, step: float) -> tuple[float, float]:
    """Return round ends for a scale, so that its middle is round as well."""
    first = max(0.0, (low // step) * step)
    wide = step * 2
    while first + wide < high:
        wide += step * 2
    return first, first + wide
