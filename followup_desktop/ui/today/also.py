"""What else the message of a card covers: other follow-ups of the same customer, to be ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.text import plain


class Also(QWidget):
    """A check box for each."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        self.boxes: list[QCheckBox] = []
        self._items: list[tuple[int, str]] = []
        self.hide()

    def show_items(self, items: Sequence[tuple[int, str]]) -> None:
        """Offer follow-ups: pairs of follow-up and why it is here. What was ticked stays ticked."""
        if list(items) == self._items:
            return
        self._items = list(items)
        ticked = set(self.ticked())
        for box in self.boxes:
            self._column.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = [self._box(key, why, ticked=key in ticked) for key, why in items]
        self.setVisible(bool(items))

    def ticked(self) -> tuple[int, ...]:
        """Return the follow-ups ticked as covered by the same message."""
        return tuple(int(box.property("follow_up")) for box in self.boxes if box.isChecked())

    def forget(self) -> None:
        """Untick everything: another card is shown."""
        for box in self.boxes:
            box.setChecked(False)

    def _box(self, key: int, why: str, *, ticked: bool) -> QCheckBox:
        box = ShortBox(f"Also covers: {why}")
        box.setProperty("follow_up", key)
        box.setChecked(ticked)
        self._column.addWidget(box)
        return box


class ShortBox(QCheckBox):
    """A check box in one line that ends in an ellipsis where room is short; the tooltip has the whole text."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = text
        self.setAccessibleName(text)
        self.setToolTip(plain(text))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: shorten again."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(self.width() - 2 * self.iconSize().width(), 0)
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room).replace("&", "&&"))
