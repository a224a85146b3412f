"""Working through: from card to card by keys."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from followup_desktop.core.queue.model import Queue
from followup_desktop.ui.today.lines import card_id
from followup_desktop.ui.today.pane import CardPane
from followup_desktop.ui.widgets.grouped import GroupedList
from followup_desktop.ui.widgets.split import SplitPane


class Through(QObject):
    """Working through: while it is on, the list is away and one card follows the other."""

    def __init__(self, page: QWidget, split: SplitPane, list_: GroupedList, pane: CardPane) -> None:
        super().__init__(page)
        self._split, self._list, self._pane = split, list_, pane
        self._queue: Queue | None = None
        self._done = 0
        self.on = False

    def begin(self, queue: Queue) -> None:
        """Put the list away and go to the card selected, or the first."""
        if not queue.cards:
            return
        self.on, self._done = True, 0
        self._split.show_pane_alone(True)
        self._pane.work.show()
        self.follow(queue)
        self.take_focus()

    def end(self) -> None:
        """Bring the list back."""
        if self.on:
            self.on = False
            self._split.show_pane_alone(False)
            self._pane.work.hide()
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, queue: Queue) -> None:
        """Go on with the queue as it stands now; where no card is left, it is over."""
        self._queue = queue
        if not self.on:
            return
        if not queue.cards:
            self.end()
            return
        self._pane.work.show_left(queue, self._done)
        if self._place() < 0:
            self._select(0)

    def count(self, cards: int) -> None:
        """Count a card as worked through, or, with -1, as back."""
        self._done = max(0, self._done + cards)

    def step(self, by: int) -> None:
        """Go to another card without deciding on this one; beyond either end it stays."""
        if self._queue is not None and 0 <= self._place() + by < len(self._queue.cards):
            self._select(self._place() + by)
            self.take_focus()

    def take_focus(self) -> None:
        """Let single keys act."""
        self._pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> int:
        chosen, cards = self._list.selected(), self._queue.cards if self._queue else ()
        return next((place for place, card in enumerate(cards) if card_id(card.leading.id) == chosen), -1)

    def _select(self, place: int) -> None:
        if self._queue is not None:
            self._list.select(card_id(self._queue.cards[place].leading.id))
