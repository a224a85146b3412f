"""The rail: the places of the program, with how much waits in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.tag import paint_count
from followup_desktop.ui.widgets.text import Line, ShortText

NARROW_PX = 56


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One place: `at_bottom` for Settings."""

    key: str
    label: str
    icon: str
    shortcut: str = ""
    at_bottom: bool = False


class RailItem(QAbstractButton):
    """One place in the rail: icon, label, count."""

    def __init__(self, theme: Theme, entry: RailEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry, self._theme = entry, theme
        self._count, self._urgent, self._narrow = 0, False, False
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(theme.px(33))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._name()
        theme.changed.connect(self.update)

    def count(self) -> int:
        """Return the number shown."""
        return self._count

    def set_count(self, count: int, *, urgent: bool) -> None:
        """Show how much waits here; red when something is late. Zero shows nothing."""
        self._count, self._urgent = count, urgent
        self._name()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone."""
        self._narrow = narrow
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: the width comes from the rail."""
        return QSize(self._theme.px(40), self._theme.px(33))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        self._paint_ground(painter, rect)
        ink = "accent" if self.isChecked() else "muted"
        size = px(18)
        left = (rect.width() - size) / 2 if self._narrow else px(10)
        mark = theme.pixmap(self.entry.icon, ink, 18, self.devicePixelRatioF())
        painter.drawPixmap(QRectF(left, (rect.height() - size) / 2, size, size).toRect(), mark)
        if self._narrow:
            self._paint_dot(painter, rect)
        else:
            self._paint_words(painter, rect)
        painter.end()

    def _paint_ground(self, painter: QPainter, rect: QRectF) -> None:
        radius = self._theme.tokens.radius_px["control"]
        ground = "accent-soft" if self.isChecked() else "line" if self.underMouse() else ""
        painter.setPen(Qt.PenStyle.NoPen)
        if ground:
            painter.setBrush(self._theme.colour(ground))
            painter.drawRoundedRect(rect, radius, radius)
        if self.hasFocus():
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(self._theme.colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)

    def _paint_words(self, painter: QPainter, rect: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        right = rect.right() - px(10)
        if self._count:
            right = paint_count(painter, right, rect.center().y(), theme, str(self._count), urgent=self._urgent) - px(6)
        font = theme.font("body", "strong" if self.isChecked() else "body")
        painter.setFont(font)
        painter.setPen(theme.colour("accent" if self.isChecked() else "text"))
        words = QRectF(px(37), 0, right - px(37), rect.height())
        label = QFontMetrics(font).elidedText(self.entry.label, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label)

    def _paint_dot(self, painter: QPainter, rect: QRectF) -> None:
        if self._count and self._urgent:
            shown = str(self._count) if self._count < 100 else "99"
            paint_count(painter, rect.right(), rect.top() + self._theme.px(8), self._theme, shown, urgent=True)

    def _name(self) -> None:
        late = ", some late" if self._urgent else ""
        self.setAccessibleName(f"{self.entry.label}, {self._count}{late}" if self._count else self.entry.label)
        tip = f"{self.entry.label} ({self._count})" if self._narrow and self._count else self.entry.label
        self.setToolTip(f"{tip} · {self.entry.shortcut}" if self.entry.shortcut else tip)


class Rail(QFrame):
    """Business and owner, the places, Settings, and two lines on how things stand."""

    chosen = Signal(str)
    status_pressed = Signal()

    def __init__(self, theme: Theme, entries: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._narrow = theme, False
        self.setObjectName("rail")
        self.setAccessibleName("Places")
        self._items = {entry.key: RailItem(theme, entry) for entry in entries}
        self._business = ShortText("", "strong")
        self._owner = ShortText("", "small")
        self._status = StatusLines(theme)
        self._head = self._built_head()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.px(2))
        self._column.addWidget(self._head)
        for entry in entries:
            if not entry.at_bottom:
                self._column.addWidget(self._items[entry.key])
        self._column.addStretch(1)
        for entry in entries:
            if entry.at_bottom:
                self._column.addWidget(self._items[entry.key])
        self._column.addWidget(Line())
        self._column.addWidget(self._status)
        for item in self._items.values():
            item.clicked.connect(self._on_clicked)
        theme.changed.connect(self.update)
        self.set_narrow(False)

    def set_business(self, business: str, owner: str) -> None:
        """Show whose business this is."""
        self._business.setText(business)
        self._owner.setText(owner)

    def set_status(self, first: str, second: str = "", *, good: bool = True) -> None:
        """Show how things stand: when mail was checked, when the store was backed up."""
        self._status.show_lines(first, second, good=good)

    def set_count(self, key: str, count: int, *, urgent: bool = False) -> None:
        """Show how much waits in a place."""
        if key in self._items:
            self._items[key].set_count(count, urgent=urgent)

    def choose(self, key: str) -> None:
        """Mark a place as the one shown."""
        for name, item in self._items.items():
            item.setChecked(name == key)

    def item(self, key: str) -> RailItem:
        """Return the item of a place."""
        return self._items[key]

    def is_narrow(self) -> bool:
        """Whether only icons are shown."""
        return self._narrow

    def set_narrow(self, narrow: bool) -> None:
        """Shrink to icons, or show everything."""
        px = self._theme.px
        self._narrow = narrow
        self.setFixedWidth(px(NARROW_PX if narrow else self._theme.tokens.rail_px))
        self._column.setContentsMargins(px(8), px(18), px(9), px(18))
        self._head.setVisible(not narrow)
        self._status.set_narrow(narrow)
        for item in self._items.values():
            item.set_narrow(narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: up and down move between the places."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        items = list(self._items.values())
        focused = next((number for number, item in enumerate(items) if item.hasFocus()), -1)
        if step and focused >= 0:
            items[max(0, min(len(items) - 1, focused + step))].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the ground and the line at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("rail"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self._theme.colour("line"))
        painter.end()

    def _built_head(self) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        px = self._theme.px
        column.setContentsMargins(px(10), 0, px(6), px(13))
        column.setSpacing(px(1))
        column.addWidget(self._business)
        column.addWidget(self._owner)
        return head

    @Slot()
    def _on_clicked(self) -> None:
        item = self.sender()
        if isinstance(item, RailItem):
            item.setChecked(True)
            self.chosen.emit(item.entry.key)


class StatusLines(QWidget):
    """Two small lines at the foot of the rail, the first with a mark."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._good, self._narrow = theme, True, False
        px = theme.px
        self._mark = QLabel()
        self._first = ShortText("", "small")
        self._second = ShortText("", "small")
        row = QHBoxLayout()
        row.setSpacing(px(4))
        row.addWidget(self._mark)
        row.addWidget(self._first, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(10), px(6), px(4), 0)
        self._column.setSpacing(px(2))
        self._column.addLayout(row)
        self._column.addWidget(self._second)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def show_lines(self, first: str, second: str, *, good: bool) -> None:
        """Show two lines; a warning mark when not good."""
        self._good = good
        self._first.setText(first)
        self._second.setText(second)
        self._second.setVisible(bool(second) and not self._narrow)
        self.setAccessibleName(f"{first}. {second}".strip(". "))
        self.setToolTip(self.accessibleName())
        self._mark.setVisible(bool(first))
        self._on_theme()

    def set_narrow(self, narrow: bool) -> None:
        """Show the mark alone."""
        self._narrow = narrow
        self._first.setVisible(not narrow)
        self._second.setVisible(not narrow and bool(self._second.whole()))
        left = (NARROW_PX - 17 - 12) // 2 if narrow else 10
        self._column.setContentsMargins(self._theme.px(left), self._theme.px(6), 0, 0)

    @Slot()
    def _on_theme(self) -> None:
        name, ink = ("check-circle", "muted") if self._good else ("warning", "warning")
        self._mark.setPixmap(self._theme.pixmap(name, ink, 12))
