"""A list in groups: a heading with a count, then rows of two lines. Today, Promises, Recovery."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.rows import Index, Rows

Tone = Literal["muted", "danger", "warning", "good", "text"]

ItemRole = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Item:
    """One row: bold `title`, `note` at the right (a time), `second` line muted. One line only without `second`."""

    id: Hashable
    title: str
    second: str = ""
    note: str = ""
    tone: Tone = "muted"
    tip: str = ""
    icon: str = ""
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and its rows. `count` is a text so that it can say "5 · see why"; a foldable one opens on Enter."""

    key: str
    title: str
    items: Sequence[Item] = ()
    count: str = ""
    foldable: bool = False
    folded: bool = False


@dataclass(frozen=True, slots=True)
class _Heading:
    key: str
    title: str
    count: str
    foldable: bool
    folded: bool


def _identity(row: Any) -> Hashable:
    return ("heading", row.key) if isinstance(row, _Heading) else ("item", row.id)


class GroupedModel(QAbstractListModel):
    """Headings and rows, one below the other, updated by id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Rows[_Heading | Item] = Rows(self, _identity)

    def show(self, groups: Sequence[Group]) -> None:
        """Show these groups."""
        flat: list[_Heading | Item] = []
        for group in groups:
            count = group.count or str(len(group.items))
            flat.append(_Heading(group.key, group.title, count, group.foldable, group.folded))
            if not (group.foldable and group.folded):
                flat.extend(group.items)
        self.rows.replace(flat)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Qt: number of headings and rows."""
        return 0 if parent.isValid() else len(self.rows.items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: headings cannot be chosen unless they fold."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = self.rows.items[index.row()]
        if isinstance(row, _Heading) and not row.foldable:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: one heading or row."""
        if not index.isValid():
            return None
        row = self.rows.items[index.row()]
        if role == ItemRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (row.title, row.count) if isinstance(row, _Heading) else (row.title, row.second, row.note)
            return ", ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Item):
            return row.tip or None
        return None


class GroupedDelegate(QStyledItemDelegate):
    """Paints headings and rows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: the fixed heights of the drawings."""
        row = index.data(ItemRole)
        if isinstance(row, _Heading):
            return QSize(100, self._theme.px(31))
        return QSize(100, self._theme.px(self._theme.tokens.row_px["list"] if row.second else 36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paint a heading or a row."""
        row = index.data(ItemRole)
        rect, state = QRectF(option.rect), option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            bar = QRectF(rect.left(), rect.top(), self._theme.px(3), rect.height())
            painter.fillRect(rect, self._theme.colour("selection"))
            painter.fillRect(bar, self._theme.colour("accent" if _worked_with(self.parent()) else "muted"))
        elif state & QStyle.StateFlag.State_MouseOver and not (isinstance(row, _Heading) and not row.foldable):
            painter.fillRect(rect, self._theme.colour("hover"))
        if isinstance(row, _Heading):
            self._paint_heading(painter, rect, row)
        else:
            self._paint_item(painter, rect, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRectF, row: _Heading) -> None:
        theme, px = self._theme, self._theme.px
        inner = rect.adjusted(px(16), px(7), -px(16), 0)
        inner.setHeight(px(24))
        font = theme.font("label", "strong")
        painter.setPen(theme.colour("muted"))
        painter.setFont(font)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, row.title)
        if row.foldable:
            left = inner.left() + QFontMetrics(font).horizontalAdvance(row.title) + px(6)
            mark = theme.pixmap("caret-right" if row.folded else "caret-down", "muted", 12, _ratio(painter))
            painter.drawPixmap(int(left), int(inner.center().y() - px(6)), mark)
        painter.setFont(theme.font("label"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.count)

    def _paint_item(self, painter: QPainter, rect: QRectF, row: Item) -> None:
        theme, px = self._theme, self._theme.px
        first = QRectF(rect.left() + px(19), rect.top() + px(8), rect.width() - px(35), px(20))
        note_font = theme.font("small", "strong" if row.tone in ("danger", "warning") else "body")
        painter.setFont(note_font)
        painter.setPen(theme.colour(row.tone))
        note_width = QFontMetrics(note_font).horizontalAdvance(row.note) + px(8) if row.note else 0
        painter.drawText(first, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.note)
        if row.icon:
            mark = theme.pixmap(row.icon, "muted", 16, _ratio(painter))
            painter.drawPixmap(int(first.left()), int(first.center().y() - px(8)), mark)
            first.adjust(px(22), 0, 0, 0)
        ink = "muted" if row.plain else "text"
        font = theme.font("body", "body" if row.plain else "strong")
        _line(painter, first.adjusted(0, 0, -note_width, 0), row.title, font, theme.colour(ink))
        if row.second:
            second = QRectF(rect.left() + px(19), rect.top() + px(27), rect.width() - px(35), px(20))
            _line(painter, second, row.second, theme.font(), theme.colour("muted"))


def _worked_with(view: object) -> bool:
    """Whether keys go to the list, or to nothing it could be mistaken for: its field in the palette."""
    return isinstance(view, QWidget) and (view.hasFocus() or view.focusPolicy() == Qt.FocusPolicy.NoFocus)


def _line(painter: QPainter, rect: QRectF, text: str, font: Any, colour: Any) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetrics(font).elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, int(rect.width()))
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _ratio(painter: QPainter) -> float:
    return float(painter.device().devicePixelRatio())


class GroupedList(QListView):
    """The list of a place. It keeps its selection by id when its rows change."""

    chosen = Signal(object)  # id of the row now selected, or None
    opened = Signal(object)  # id of the row opened with Enter or double click
    folded = Signal(str, bool)  # key of the group, whether it is folded now

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._groups: list[Group] = []
        self._folds: dict[str, bool] = {}
        self._wanted: Hashable | None = None
        self._told: Hashable | None = None
        self._updating = False
        self.setAccessibleName(name)
        self._list_model = GroupedModel(self)
        self.setModel(self._list_model)
        self.setItemDelegate(GroupedDelegate(theme, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setMinimumWidth(theme.px(220))
        self.selectionModel().currentChanged.connect(self._on_current)
        self.activated.connect(self._on_activated)
        theme.changed.connect(self._on_theme)

    def show_groups(self, groups: Sequence[Group], *, select_first: bool = True) -> None:
        """Show these groups. The selection stays with its row; when that row left, its successor is selected."""
        self._groups = list(groups)
        before, near = self.currentIndex().row(), self._around()
        wanted = self._wanted if self._wanted is not None else self.selected()
        self._updating = True
        self._list_model.show([self._with_fold(group) for group in groups])
        self._updating = False
        if wanted is not None and self._list_model.rows.position(("item", wanted)) >= 0:
            self.select(wanted)
        elif wanted is not None or not self.currentIndex().isValid():  # else a heading keeps the selection
            successor = self._first_of(near) if wanted is not None else -1
            if successor >= 0:
                self._go_to(successor)
            else:
                self._select_near(before if wanted is not None or not select_first else 0, first=select_first)
        self._tell()

    def content_height(self) -> int:
        """Return how tall all rows are together."""
        count = self._list_model.rowCount()
        return sum(self.sizeHintForIndex(self._list_model.index(row)).height() for row in range(count))

    def selected(self) -> Any:
        """Return the id of the selected row, or None."""
        row = self.currentIndex().data(ItemRole)
        return row.id if isinstance(row, Item) else None

    def select(self, identity: Hashable) -> bool:
        """Select a row by its id, now or, when it is not there yet, once it is shown."""
        position = self._list_model.rows.position(("item", identity))
        self._wanted = identity if position < 0 else None
        if position >= 0:
            self._go_to(position)
        return position >= 0

    def unfold(self, key: str) -> None:
        """Open a folding group, now or once it is shown."""
        self._folds[key] = False
        self._list_model.show([self._with_fold(group) for group in self._groups])

    @Slot()
    def next(self) -> None:
        """Go to the next row."""
        self._step(1)

    @Slot()
    def previous(self) -> None:
        """Go to the row before."""
        self._step(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: J, K and arrows move over the headings; Enter opens."""
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in (Qt.Key.Key_J, Qt.Key.Key_Down):
            self._step(1)
        elif plain and key in (Qt.Key.Key_K, Qt.Key.Key_Up):
            self._step(-1)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Qt: letters are keys of the program, not a search."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: a press on a folding heading folds it."""
        super().mouseReleaseEvent(event)
        row = self.indexAt(event.position().toPoint()).data(ItemRole)
        if isinstance(row, _Heading) and row.foldable:
            self._fold(row)

    def _with_fold(self, group: Group) -> Group:
        return replace(group, folded=self._folds.get(group.key, group.folded)) if group.foldable else group

    def _fold(self, row: _Heading) -> None:
        self._folds[row.key] = not row.folded
        self._list_model.show([self._with_fold(group) for group in self._groups])
        self.folded.emit(row.key, not row.folded)

    def _step(self, direction: int) -> None:
        position = self.currentIndex().row() + direction
        while 0 <= position < self._list_model.rowCount():
            index = self._list_model.index(position)
            if self._list_model.flags(index) & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentIndex(index)
                return
            position += direction
        if direction < 0:
            self.scrollToTop()

    def _around(self) -> list[Hashable]:
        """Return the ids of the selected row, of those after it, and of those before it, the nearest first."""
        here, rows = max(self.currentIndex().row(), 0), self._list_model.rows.items
        return [row.id for row in [*rows[here:], *reversed(rows[:here])] if isinstance(row, Item)]

    def _first_of(self, ids: Sequence[Hashable]) -> int:
        places = (self._list_model.rows.position(("item", identity)) for identity in ids)
        return next((place for place in places if place >= 0), -1)

    def _go_to(self, position: int) -> None:
        index = self._list_model.index(position)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _select_near(self, position: int, *, first: bool) -> None:
        if not first and position < 0:
            self.clearSelection()
            return
        items = [number for number, row in enumerate(self._list_model.rows.items) if isinstance(row, Item)]
        after = [number for number in items if number >= position] or items[-1:]
        if after:
            self.setCurrentIndex(self._list_model.index(after[0]))

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
        row = index.data(ItemRole)
        if isinstance(row, Item):
            self.opened.emit(row.id)
        elif isinstance(row, _Heading) and row.foldable:
            self._fold(row)

    @Slot()
    def _on_theme(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
