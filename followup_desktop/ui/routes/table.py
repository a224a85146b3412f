"""The table of a day's stops: rows as tall as what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from followup_desktop.core.routes.model import StopId
from followup_desktop.ui.routes.lines import NOTHING, StopLine, cut
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.rows import Index
from followup_desktop.ui.widgets.table import CellRole, Column, RecordTable
from followup_desktop.ui.widgets.tag import paint_tag, tag_font, tag_size
from followup_desktop.ui.widgets.text import plain

LEAST_PX = 53
PADDING_PX = 8
GAP_PX = 4
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def _number(line: StopLine) -> str:
    return str(line.number)


def _name(line: StopLine) -> str:
    return line.name


def _second(line: StopLine) -> str:
    return line.second


def _who_tip(line: StopLine) -> str:
    return plain(", ".join(filter(None, (line.name, line.second, line.phone))))


def _known(line: StopLine) -> str:
    return line.known() or NOTHING


def _known_tip(line: StopLine) -> str:
    return plain(line.known())


def _question(line: StopLine) -> str:
    return f"“{line.question}”" if line.question else NOTHING


def _why(line: StopLine) -> str:
    return line.why


def _state(line: StopLine) -> str:
    return line.state_words


def _identity(line: StopLine) -> StopId:
    return line.stop


COLUMNS = (
    Column[StopLine]("number", "", _number, width=34),
    Column[StopLine]("customer", "Customer", _name, second=_second, tip=_who_tip, width=180),
    Column[StopLine]("know", "Know before you knock", _known, tip=_known_tip, stretch=True, width=180),
    Column[StopLine]("ask", "Ask in person", _question, second=_why, width=240),
    Column[StopLine]("after", "After the visit", _state, width=120),
)


class StopsTable(RecordTable[StopLine]):
    """The stops of a day in their order."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Stops", COLUMNS, _identity, lines=2)
        self._cell = StopDelegate(theme, self)
        self.setItemDelegate(self._cell)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setAccessibleName("Columns")
        self.horizontalHeader().sectionResized.connect(self._on_resized)
        theme.changed.connect(self.fit)

    def show_rows(self, rows: Sequence[StopLine], more: Callable[[], None] | None = None) -> None:
        """Show these stops."""
        super().show_rows(rows, more)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the question gives way in a narrow window; rows grow as their words wrap."""
        theme, narrow = self._theme, event.size().width() < self._theme.px(900)
        self.setColumnWidth(1, theme.px(150 if narrow else 180))
        self.setColumnWidth(3, theme.px(210 if narrow else 250))
        self.setColumnWidth(4, theme.px(104 if narrow else 130))
        super().resizeEvent(event)
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Make every row as tall as it needs to be."""
        rows = self.verticalHeader()
        for number, line in enumerate(self.rows()):
            rows.resizeSection(number, self._cell.height(line, self.widths()))

    @Slot(int, int, int)
    def _on_resized(self, _section: int, _old: int, _new: int) -> None:
        self.fit()


class StopDelegate(QStyledItemDelegate):
    """Paints tags, wrapped words and their second lines."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def height(self, line: StopLine, widths: Sequence[int]) -> int:
        """Return how tall a row has to be at these widths of the columns."""
        inner = [width - 2 * self._theme.px(10) for width in widths]
        asked = self._wrapped(_question(line), self._bold(), inner[3]) + self._wrapped(
            line.why, self._theme.font(), inner[3]
        )
        tallest = max(asked, self._know_height(line, inner[2]))
        return max(self._theme.px(LEAST_PX), tallest + 2 * self._theme.px(PADDING_PX) + 1)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: as wide as the text; the height is set by the table."""
        return QSize(QFontMetrics(self._bold()).horizontalAdvance(str(index.data() or "")) + self._theme.px(24), 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paint one cell."""
        rect, state = QRectF(option.rect), option.state
        column, line = index.data(CellRole)
        theme = self._theme
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("selection"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
        inner = rect.adjusted(theme.px(10), 0, -theme.px(10), -1).toRect()
        self._paint_cell(painter, column.key, line, inner)
        painter.restore()

    def _paint_cell(self, painter: QPainter, key: str, line: StopLine, inner: QRect) -> None:
        match key:
            case "number":
                self._paint_words(painter, inner, [(_number(line), self._bold(), "text")])
            case "customer":
                words = [(line.name, self._bold(), "text"), (line.second, self._theme.font(), "muted")]
                self._paint_words(
                    painter, inner, [(self._cut(text, font, inner), font, ink) for text, font, ink in words]
                )
            case "know":
                self._paint_known(painter, inner, line)
            case "ask":
                strong = self._bold() if line.question else self._theme.font()
                words = [(_question(line), strong, "text"), (line.why, self._theme.font(), "muted")]
                self._paint_words(painter, inner, words)
            case _:
                size = tag_size(self._theme, line.state_words)
                top = inner.center().y() - size.height() / 2 + 1
                box = QRectF(inner.left(), round(top), min(size.width(), inner.width()), size.height())
                paint_tag(painter, box, self._theme, line.state_words, line.state_tone)

    def _paint_words(self, painter: QPainter, inner: QRect, words: list[tuple[str, QFont, str]]) -> None:
        heights = [self._wrapped(text, font, inner.width()) for text, font, _ink in words]
        top = inner.top() + max(0, (inner.height() - sum(heights)) // 2)
        for (text, font, ink), height in zip(words, heights, strict=True):
            painter.setFont(font)
            painter.setPen(self._theme.colour(ink))
            painter.drawText(QRect(inner.left(), top, inner.width(), height), int(_WRAP), text)
            top += height

    def _paint_known(self, painter: QPainter, inner: QRect, line: StopLine) -> None:
        top = inner.top() + max(0, (inner.height() - self._know_height(line, inner.width())) // 2)
        for left, below, tag in self._placed(line, inner.width()):
            size = tag_size(self._theme, tag.text)
            width = min(size.width(), inner.width())
            where = QRectF(inner.left() + left, top + below, width, size.height())
            paint_tag(painter, where, self._theme, self._elided(tag.text, width), tag.tone or "neutral")
        top += self._tags_height(line, inner.width())
        rest = QRect(inner.left(), top, inner.width(), max(0, inner.bottom() - top + 1))
        painter.setFont(self._theme.font())
        painter.setPen(self._theme.colour("text"))
        painter.drawText(rest, int(_WRAP), self._notes(line))

    def _notes(self, line: StopLine) -> str:
        if not line.tags and not line.notes:
            return NOTHING
        return "\n".join(cut(note) for note in line.notes)

    def _know_height(self, line: StopLine, width: int) -> int:
        return self._tags_height(line, width) + self._wrapped(self._notes(line), self._theme.font(), width)

    def _tags_height(self, line: StopLine, width: int) -> int:
        placed = self._placed(line, width)
        if not placed:
            return 0
        return placed[-1][1] + tag_size(self._theme, "x").height() + (self._theme.px(GAP_PX) if line.notes else 0)

    def _placed(self, line: StopLine, width: int) -> list[tuple[int, int, Any]]:
        """Return each tag with its place: from left to right, then the next line."""
        placed: list[tuple[int, int, Any]] = []
        left = top = 0
        for tag in line.tags:
            size = tag_size(self._theme, tag.text)
            if left and left + size.width() > width:
                left, top = 0, top + size.height() + self._theme.px(GAP_PX)
            placed.append((left, top, tag))
            left += size.width() + self._theme.px(6)
        return placed

    def _cut(self, text: str, font: QFont, inner: QRect) -> str:
        return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())

    def _wrapped(self, text: str, font: QFont, width: int) -> int:
        if not text:
            return 0
        return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 20), 10_000), int(_WRAP), text).height()

    def _bold(self) -> QFont:
        return self._theme.font("body", "strong")

    def _elided(self, text: str, width: int) -> str:
        room = max(width - self._theme.px(11), 20)
        return QFontMetrics(tag_font(self._theme)).elidedText(text, Qt.TextElideMode.ElideRight, room)
