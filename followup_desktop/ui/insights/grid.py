"""Lays cards out in as many equal columns as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QSizePolicy, QWidget

from followup_desktop.ui.theme import Theme


class EvenGrid(QWidget):
    """Cards side by side, the rows full: six become six, three, two or one in a row."""

    def __init__(self, theme: Theme, narrowest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._narrowest = theme, narrowest
        self._cards: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(12))
        # The layout must not ask for the room of its present columns, or it could never have fewer.
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)

    def add(self, card: QWidget) -> None:
        """Put one more card at the end."""
        self._cards.append(card)
        card.setParent(self)
        # Equal columns, whatever the cards would like.
        card.setSizePolicy(QSizePolicy.Policy.Ignored, card.sizePolicy().verticalPolicy())
        self._arrange(max(1, self._columns))

    def columns(self) -> int:
        """Return how many stand side by side now."""
        return self._columns

    def minimumSizeHint(self) -> QSize:
        """Qt: one column."""
        return QSize(self._theme.px(self._narrowest), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: as many columns as fit."""
        columns = self._fitting(event.size().width())
        if columns != self._columns:
            self._arrange(columns)
        super().resizeEvent(event)

    def _fitting(self, width: int) -> int:
        gap = self._grid.spacing()
        room = max(1, (width + gap) // (self._theme.px(self._narrowest) + gap))
        count = max(1, len(self._cards))
        return next(columns for columns in range(min(room, count), 0, -1) if count % columns == 0)

    def _arrange(self, columns: int) -> None:
        for card in self._cards:
            self._grid.removeWidget(card)
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, int(column < columns))
            self._grid.setColumnMinimumWidth(column, 0)
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // columns, number % columns)
        self._columns = columns
        self.updateGeometry()
