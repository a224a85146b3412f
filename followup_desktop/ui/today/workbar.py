"""Working through: from card to card by keys, with what is left and about how long that takes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from followup_desktop.base.wording import number_words
from followup_desktop.core.queue.model import Queue
from followup_desktop.core.queue.rules.pace import takes_words
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.text import ShortText


class WorkBar(QWidget):
    """Above the card while working through: how far one is, and the way back to the list."""

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._words = ShortText("", "strong")
        self._far = QProgressBar()
        self._far.setTextVisible(False)
        self._far.setFixedSize(theme.px(120), theme.px(6))
        self._far.setAccessibleName("How far the day is worked through")
        self._keys = ShortText("J next, K back, Ctrl+Z undo", "muted")
        self._keys.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.back = Button(theme, "Back to the list", "flat", icon="arrow-left", size="small", key="Esc")
        self.back.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(10), theme.px(20), 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self.back)
        row.addWidget(self._far)
        row.addWidget(self._words, 1)
        row.addWidget(self._keys)
        self.hide()

    def show_left(self, queue: Queue, done: int) -> None:
        """Say what is left after so many were worked through."""
        left = len(queue.cards)
        self._far.setRange(0, max(1, left + done))
        self._far.setValue(done)
        self._words.setText(left_words(left, queue.seconds_a_card))

    def words(self) -> str:
        """Return what it says."""
        return self._words.whole()


def left_words(cards: int, seconds: int) -> str:
    """Say how many are left and about how long they take: "10 left, about 7 minutes"."""
    return f"{number_words(cards)} left, {takes_words(cards, seconds)}" if cards else "Nothing is left"
