"""A table of records: declared columns, tags in cells, pages fetched as one scrolls, sorting left to the store."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.rows import Index, Rows
from followup_desktop.ui.widgets.tag import paint_tag, tag_size

R = TypeVar("R")

Look = Literal["text", "strong", "muted", "tag", "number"]

CellRole = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)  # no slots: Column[Row](…) could not be called then
class Column(Generic[R]):
    """One column: what it says of a row, how it looks.

    `tone` colours a tag (good, warning, danger, neutral, accent) or the text; `second` is a muted second line
    (give the table `lines=2`); `stretch` takes the room that is left; `sort` is the name the store sorts by, empty
    when the column cannot be sorted; an `optional` column gives way where the table is narrow, the last one first.
    """

    key: str
    title: str
    text: Callable[[R], str]
    look: Look = "text"
    width: int = 100
    stretch: bool = False
    sort: str = ""
    optional: bool = False
    tone: Callable[[R], str] | None = None
    second: Callable[[R], str] | None = None
    tip: Callable[[R], str] | None = None


class RecordsModel(QAbstractTableModel, Generic[R]):
    """Rows of frozen values under declared columns, updated by id; asks for more as one scrolls."""

    def __init__(
        self, columns: Sequence[Column[R]], identity: Callable[[R], Hashable], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: Rows[R] = Rows(self, identity, len(self.columns))
        self._more: Callable[[], None] | None = None
        self._asked = False

    def show(self, rows: Sequence[R], more: Callable[[], None] | None = None) -> None:
        """Show these rows; `more` is called once when the end comes into view."""
        self._more, self._asked = more, False
        self.rows.replace(rows)

    def append(self, rows: Sequence[R], more: Callable[[], None] | None = None) -> None:
        """Add the next page."""
        self._more, self._asked = more, False
        self.rows.append(rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Qt: number of rows fetched."""
        return 0 if parent.isValid() else len(self.rows.items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Qt: number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        """Qt: whether the store has more."""
        return not parent.isValid() and self._more is not None and not self._asked

    def fetchMore(self, parent: Index) -> None:
        """Qt: ask for the next page; it arrives later."""
        if self._more is not None and not self._asked:
            self._asked = True
            self._more()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: one cell."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[index.column()].text(self.rows.items[index.row()]) if index.isValid() else None
        if role == CellRole and index.isValid():
            return self.columns[index.column()], self.rows.items[index.row()]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole) and index.isValid():
            column, row = self.columns[index.column()], self.rows.items[index.row()]
            said = column.tip or column.second
            return (said(row) or None) if said else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: the titles."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section])
        return None


# Put together once: joining flags costs a tenth of a cell.
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Fonts = tuple[QFont, QFontMetrics]


class CellDelegate(QStyledItemDelegate):
    """Paints the cells, from the rows themselves: a question to the model for each would cost more than painting."""

    def __init__(self, theme: Theme, records: RecordsModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._records = theme, records
        self._fonts: dict[str, _Fonts] = {}

    def forget(self) -> None:
        """Take new fonts after the theme changed."""
        self._fonts.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: as wide as the text, for a double click on the edge of a column."""
        text = str(index.data() or "")
        return QSize(self._font("strong")[1].horizontalAdvance(text) + self._theme.px(24), 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paint one cell."""
        rect, state = QRectF(option.rect), option.state
        column, row = self._records.columns[index.column()], self._records.rows.items[index.row()]
        theme, px = self._theme, self._theme.px
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("selection"))
            view = self.parent()
            if isinstance(view, QTableView) and view.hasFocus() and view.columnViewportPosition(index.column()) <= 0:
                painter.fillRect(QRectF(0, rect.top(), px(3), rect.height()), theme.colour("accent"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
        inner = rect.adjusted(px(10), 0, -px(10), -1)
        text, second = column.text(row), column.second(row) if column.second else ""
        tone = column.tone(row) if column.tone else ""
        if second:
            middle = inner.center().y()
            self._text(painter, QRectF(inner.left(), middle - px(19), inner.width(), px(19)), column, text, tone)
            below = QRectF(inner.left(), middle, inner.width(), px(19))
            self._line(painter, below, second, self._font("body"), "muted", _LEFT)
        elif column.look == "tag" and text and (tone or column.tone is None):
            self._tag(painter, inner, text, tone or "neutral")
        else:
            self._text(painter, inner, column, text, tone)

    def _tag(self, painter: QPainter, inner: QRectF, text: str, tone: str) -> None:
        painter.save()
        size = tag_size(self._theme, text)
        width = min(size.width(), inner.width())
        box = QRectF(inner.left(), round(inner.center().y() - size.height() / 2), width, size.height())
        paint_tag(painter, box, self._theme, text, tone)
        painter.restore()

    def _text(self, painter: QPainter, inner: QRectF, column: Column[Any], text: str, tone: str) -> None:
        font = self._font("strong" if column.look == "strong" else "body")
        ink = tone or ("muted" if column.look == "muted" else "text")
        self._line(painter, inner, text, font, ink, _alignment(column))

    def _line(
        self, painter: QPainter, rect: QRectF, text: str, fonts: _Fonts, ink: str, where: Qt.AlignmentFlag
    ) -> None:
        font, metrics = fonts
        painter.setFont(font)
        painter.setPen(self._theme.colour(ink))
        shown = metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, int(rect.width()))
        painter.drawText(rect, where, shown)

    def _font(self, weight: str) -> _Fonts:
        if weight not in self._fonts:
            self._fonts[weight] = self._theme.font("body", weight), self._theme.metrics("body", weight)
        return self._fonts[weight]


class RecordTable(QTableView, Generic[R]):
    """A table that keeps its selection by id, sorts in the store and fetches as one scrolls."""

    chosen = Signal(object)  # id of the row now selected, or None
    opened = Signal(object)  # id of the row opened with Enter or double click
    sort_wanted = Signal(str, bool)  # the column's `sort`, whether descending

    def __init__(
        self,
        theme: Theme,
        name: str,
        columns: Sequence[Column[R]],
        identity: Callable[[R], Hashable],
        *,
        lines: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._identity, self._lines = theme, identity, lines
        self._told: Hashable | None = None
        self._wanted: Hashable | None = None
        self._updating = False
        self._records = RecordsModel(columns, identity, self)
        self._cells = CellDelegate(theme, self._records, self)
        self.setAccessibleName(name)
        self.setModel(self._records)
        self.setItemDelegate(self._cells)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        for corner in self.findChildren(QAbstractButton):
            corner.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._set_up_headers()
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.activated.connect(self._on_activated)
        theme.changed.connect(self._on_theme)

    def show_rows(self, rows: Sequence[R], more: Callable[[], None] | None = None) -> None:
        """Show these rows instead; `more` is called once when the end comes into view."""
        wanted = self._wanted if self._wanted is not None else self.selected()
        self._updating = True
        self._records.show(rows, more)
        self._updating = False
        if wanted is not None:
            self._restore(wanted)
        self._tell()

    def append_rows(self, rows: Sequence[R], more: Callable[[], None] | None = None) -> None:
        """Add the next page at the end."""
        self._records.append(rows, more)
        if self._wanted is not None:
            self.select(self._wanted)

    def rows(self) -> list[R]:
        """Return the rows fetched so far."""
        return list(self._records.rows.items)

    def selected(self) -> Any:
        """Return the id of the selected row, or None."""
        row = self.selected_row()
        return None if row is None else self._identity(row)

    def selected_row(self) -> R | None:
        """Return the selected row, or None."""
        position = self.currentIndex().row()
        return self._records.rows.items[position] if 0 <= position < self._records.rowCount() else None

    def select(self, identity: Hashable) -> bool:
        """Select a row by its id, now or, when it is not there yet, once it is shown."""
        position = self._records.rows.position(identity)
        self._wanted = identity if position < 0 else None
        if position >= 0:
            self.selectRow(position)
            self.scrollTo(self._records.index(position, 0))
        return position >= 0

    def show_sorted(self, sort: str, *, descending: bool = False) -> None:
        """Mark the column the rows are sorted by."""
        header = self.horizontalHeader()
        section = next((number for number, column in enumerate(self._records.columns) if column.sort == sort), -1)
        header.blockSignals(True)
        header.setSortIndicatorShown(section >= 0 and bool(sort))
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(section, order)
        header.blockSignals(False)

    def widths(self) -> list[int]:
        """Return the widths of the columns, to remember."""
        return [self.columnWidth(number) for number in range(len(self._records.columns))]

    def set_widths(self, widths: Sequence[int]) -> None:
        """Take up remembered widths."""
        if len(widths) == len(self._records.columns):
            for number, width in enumerate(widths):
                self.setColumnWidth(number, max(24, int(width)))

    @Slot()
    def next(self) -> None:
        """Go to the next row."""
        self._step(1)

    @Slot()
    def previous(self) -> None:
        """Go to the row before."""
        self._step(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: J and K move, Enter opens."""
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in (Qt.Key.Key_J, Qt.Key.Key_K):
            self._step(1 if key == Qt.Key.Key_J else -1)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Qt: letters are keys of the program, not a search."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: optional columns give way."""
        self._give_way(event.size().width())
        super().resizeEvent(event)

    def _give_way(self, width: int) -> None:
        columns = self._records.columns
        needed = sum(self._theme.px(column.width) for column in columns)
        for number in reversed(range(len(columns))):
            if columns[number].optional:
                self.setColumnHidden(number, needed > width)
                needed -= self._theme.px(columns[number].width) if needed > width else 0

    def _set_up_headers(self) -> None:
        theme = self._theme
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.px(theme.tokens.row_px["table"] if self._lines == 1 else 53))
        header.setFixedHeight(theme.px(31))
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.px(24))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._on_section)
        for number, column in enumerate(self._records.columns):
            self.setColumnWidth(number, theme.px(column.width))
            if column.stretch:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

    def _restore(self, wanted: Hashable) -> None:
        position = self._records.rows.position(wanted)
        if position >= 0 and position != self.currentIndex().row():
            self.selectRow(position)
        elif position < 0 and self._wanted is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        if position >= 0:
            self._wanted = None

    def _step(self, direction: int) -> None:
        position = self.currentIndex().row() + direction
        if 0 <= position < self._records.rowCount():
            self.selectRow(position)

    def _tell(self) -> None:
        chosen = self.selected()
        if chosen != self._told:
            self._told = chosen
            self.chosen.emit(chosen)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._updating:
            self._wanted = None
            self._tell()

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._identity(self._records.rows.items[index.row()]))

    @Slot(int)
    def _on_section(self, section: int) -> None:
        column, header = self._records.columns[section], self.horizontalHeader()
        if column.sort:
            same = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
            descending = same and header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            self.show_sorted(column.sort, descending=descending)
            self.sort_wanted.emit(column.sort, descending)

    @Slot()
    def _on_theme(self) -> None:
        self._cells.forget()
        self.viewport().update()


def _alignment(column: Column[Any]) -> Qt.AlignmentFlag:
    return _RIGHT if column.look == "number" else _LEFT
