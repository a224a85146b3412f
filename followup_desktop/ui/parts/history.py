"""The history of a customer as a list: the day, and what happened, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFont,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from followup_desktop.base.wording import exact_words, short_day_words
from followup_desktop.base.zones import local_day
from followup_desktop.core.history.model import Event
from followup_desktop.ui.parts.events import event_words
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.rows import Rows
from followup_desktop.ui.widgets.text import plain

Index = QModelIndex | QPersistentModelIndex

LineRole = Qt.ItemDataRole.UserRole

LINE_BREAK = "\u2028"
"""What ends a line within a text layout."""

FEW_LINES = 3
"""A long entry is cut after so many lines until it is opened."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry as it is shown: `tip` has the exact moment and every word, `more` what an opened entry adds."""

    id: int
    day: str
    what: str
    tip: str
    more: str = ""


def history_line(event: Event, today: date, zone: str) -> HistoryLine:
    """Return an event as a line of the history; days are those of `zone`."""
    what = event_words(event)
    more = _more(event, what)
    tip = "\n".join(part for part in (exact_words(event.at, zone), what, more) if part)
    return HistoryLine(int(event.id), short_day_words(local_day(event.at, zone), today), what, tip, more)


def _more(event: Event, what: str) -> str:
    return "" if " ".join(event.note.split()).casefold() in what.casefold() else event.note


class HistoryModel(QAbstractListModel):
    """Lines of a history, updated by id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Rows[HistoryLine] = Rows(self, _identity)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Qt: number of lines."""
        return 0 if parent.isValid() else len(self.rows.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: one line."""
        if not index.isValid():
            return None
        line = self.rows.items[index.row()]
        if role == LineRole:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.day}: {line.what}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(line.tip).replace("\n", "<br>")
        return None


def _identity(line: HistoryLine) -> int:
    return line.id


class HistoryDelegate(QStyledItemDelegate):
    """Paints an entry: the day bold, the words after it, wrapped."""

    def __init__(self, theme: Theme, *, airy: bool, parent: QListView) -> None:
        super().__init__(parent)
        self._theme, self._view = theme, parent
        self._below = theme.px(14 if airy else 4)
        self.opened: set[int] = set()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: as tall as the words need at the width there is."""
        line: HistoryLine = index.data(LineRole)
        width = self._view.viewport().width()
        lines = len(self._laid(line, width)[1])
        return QSize(width, lines * self._leading() + self._below)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paint an entry."""
        line: HistoryLine = index.data(LineRole)
        rect = QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            painter.fillRect(rect.adjusted(0, 0, 0, -self._below), self._theme.colour("selection"))
        painter.setPen(self._theme.colour("muted"))
        layout, rows = self._laid(line, int(rect.width()))
        for number, cut in enumerate(rows):
            self._paint_row(painter, layout, rect, number, cut=cut)
        painter.restore()

    def _paint_row(self, painter: QPainter, layout: QTextLayout, rect: QRectF, number: int, *, cut: bool) -> None:
        place = QPointF(rect.left(), rect.top() + number * self._leading())
        row = layout.lineAt(number)
        if not cut:
            row.draw(painter, place)
            return
        painter.setFont(self._font())
        where = QRectF(place, QSize(int(rect.width()), self._leading()).toSizeF())
        words = painter.fontMetrics().elidedText(
            layout.text()[row.textStart() :], Qt.TextElideMode.ElideRight, int(rect.width())
        )
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, words)

    def _laid(self, line: HistoryLine, width: int) -> tuple[QTextLayout, list[bool]]:
        """Lay an entry out; say of each row to be shown whether the rest is cut off there."""
        opened = line.id in self.opened
        more = f"\n{line.more}" if opened and line.more else "\u00a0…" if line.more else ""
        text = f"{line.day}  {line.what}{more}".replace("\n", LINE_BREAK)
        layout = QTextLayout(text, self._font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([self._bold(len(line.day))])
        layout.beginLayout()
        while (row := layout.createLine()).isValid():
            row.setLineWidth(max(width, 40))
        layout.endLayout()
        if not opened and layout.lineCount() > FEW_LINES:
            return layout, [False] * (FEW_LINES - 1) + [True]
        return layout, [False] * layout.lineCount()

    def _bold(self, length: int) -> QTextLayout.FormatRange:
        shape = QTextCharFormat()
        shape.setFontWeight(QFont.Weight(self._theme.weight("strong")))
        shape.setForeground(self._theme.colour("text"))
        bold = QTextLayout.FormatRange()
        bold.start, bold.length, bold.format = 0, length, shape
        return bold

    def _font(self) -> QFont:
        return self._theme.font("label")

    def _leading(self) -> int:
        return self._theme.px(18)


class HistoryList(QListView):
    """What happened to a customer, newest first. Enter or a double click shows a long entry whole.

    The menu of an entry offers to open a case about it, and to promise something.
    """

    put_right_wanted = Signal(object)  # Event
    promise_wanted = Signal(object)  # Event

    def __init__(
        self, theme: Theme, name: str = "History", *, airy: bool = False, parent: QWidget | None = None
    ) -> None:
        """With `airy`, entries stand a line apart, as beside a draft."""
        super().__init__(parent)
        self._theme = theme
        self._model = HistoryModel(self)
        self._painter = HistoryDelegate(theme, airy=airy, parent=self)
        self.setObjectName("history")
        self.setAccessibleName(name)
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView#history { background: transparent; }")
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._events: dict[int, Event] = {}
        self.menu = QMenu(self)
        self.menu.setAccessibleName("What to do about it")
        self.menu.addAction("Something went wrong: open a case").setData("put_right")
        self.menu.addAction("Promise something").setData("promise")
        self.menu.triggered.connect(self._on_menu)
        self.activated.connect(self._on_activated)
        theme.changed.connect(self._on_theme)

    def show_events(self, events: Sequence[Event], today: date, zone: str) -> None:
        """Show these events, newest first; `today` and the days shown are those of `zone`."""
        self._events = {int(event.id): event for event in events}
        self._model.rows.replace([history_line(event, today, zone) for event in events])

    def open_entry(self, key: int) -> None:
        """Show an entry whole, as Enter would."""
        self._painter.opened.add(key)
        self.scheduleDelayedItemsLayout()

    def clear(self) -> None:
        """Show nothing."""
        self._painter.opened.clear()
        self._events = {}
        self._model.rows.replace([])

    def select(self, event: int) -> None:
        """Choose the line of an event, where it is shown."""
        row = next((row for row, line in enumerate(self.lines()) if line.id == event), None)
        if row is not None:
            self.setCurrentIndex(self._model.index(row))

    def lines(self) -> list[HistoryLine]:
        """Return what is shown."""
        return list(self._model.rows.items)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: the menu of the entry under the pointer, or of the one chosen where a key asked for it."""
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard or not index.isValid():
            index = self.currentIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu.popup(event.globalPos())

    def keyboardSearch(self, search: str) -> None:
        """Qt: letters are keys of the program, not a search."""

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        line = index.data(LineRole)
        if isinstance(line, HistoryLine):
            self._painter.opened ^= {line.id}
            self._painter.sizeHintChanged.emit(index)
            self.scheduleDelayedItemsLayout()

    @Slot(QAction)
    def _on_menu(self, action: QAction) -> None:
        line = self.currentIndex().data(LineRole)
        event = self._events.get(line.id) if isinstance(line, HistoryLine) else None
        if event is not None:
            (self.put_right_wanted if action.data() == "put_right" else self.promise_wanted).emit(event)

    @Slot()
    def _on_theme(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
