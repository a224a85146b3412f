"""The list of sections at the left of the settings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from followup_desktop.ui.theme import Theme

WIDTH_PX = 212


class SectionList(QListWidget):
    """The sections, one below the other; arrows move, a search leaves those with something found."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("panel")
        self.setAccessibleName("Sections of the settings")
        self.setFixedWidth(theme.px(WIDTH_PX))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Words(theme, self))
        self.setViewportMargins(0, theme.px(8), 0, theme.px(8))
        for title in titles:
            QListWidgetItem(title, self)
        self.currentItemChanged.connect(self._on_current)
        theme.changed.connect(self._on_theme)

    def choose(self, title: str) -> None:
        """Choose a section."""
        for row in range(self.count()):
            if self.item(row).text() == title:
                self.setCurrentRow(row)

    def current(self) -> str:
        """Return the section chosen."""
        item = self.currentItem()
        return item.text() if item is not None else ""

    def show_only(self, titles: Sequence[str]) -> None:
        """Hide all other sections; go to the first shown one where the chosen one is hidden."""
        for row in range(self.count()):
            self.item(row).setHidden(self.item(row).text() not in titles)
        if titles and self.current() not in titles:
            self.choose(titles[0])

    def shown(self) -> list[str]:
        """Return the sections that are not hidden."""
        items = [self.item(row) for row in range(self.count())]
        return [item.text() for item in items if not item.isHidden()]

    def keyboardSearch(self, search: str) -> None:
        """Qt: letters are keys of the program, not a search."""

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_current(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.text())

    @Slot()
    def _on_theme(self) -> None:
        self.doItemsLayout()


class _Words(QStyledItemDelegate):
    """Paints a section's name, in two lines where one is too short."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Qt: as tall as its words."""
        px = self._theme.px
        room = QRect(0, 0, px(WIDTH_PX - 34), 1000)
        metrics = QFontMetrics(self._theme.font("body", "strong"))
        height = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, str(index.data())).height()
        return QSize(px(WIDTH_PX - 12), max(px(33), height + px(14)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Qt: paint one section."""
        theme, px = self._theme, self._theme.px
        rect = QRectF(option.rect).adjusted(px(8), 0, -px(8), 0)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.tokens.radius_px["control"]
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or hovered:
            painter.setBrush(theme.colour("accent-soft" if chosen else "hover"))
            painter.drawRoundedRect(rect, radius, radius)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setFont(theme.font("body", "strong" if chosen else "body"))
        painter.setPen(theme.colour("accent" if chosen else "text"))
        where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(rect.adjusted(px(10), 0, -px(4), 0), int(where), str(index.data()))
        painter.restore()
