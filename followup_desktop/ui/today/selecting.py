"""Which row of Today is selected as the list changes: what was asked for, what came back, what took its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_desktop.core.consent.model import HeldFor
from followup_desktop.ui.today import lines
from followup_desktop.ui.today.sight import Sight
from followup_desktop.ui.today.working import Through
from followup_desktop.ui.widgets.grouped import GroupedList

if TYPE_CHECKING:  # its queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.ui.today.reading import TodayView

REMEMBERED = 10
"""So many settled cards are gone back to when Undo brings them back."""


class Selecting:
    """Keeps the selection where the owner works."""

    def __init__(self, list_: GroupedList, through: Through, sight: Sight) -> None:
        self._list, self._through, self._sight = list_, through, sight
        self._wanted: tuple[str, int] | None = None
        self._gone: list[int] = []

    def want(self, kind: str, key: int) -> None:
        """Select a follow-up or a customer (`kind` says which), now or once the day is there."""
        self._wanted = kind, key
        self.select_wanted()

    def settle(self, follow_up: int) -> None:
        """Remember a card that left the list."""
        self._through.count(1)
        self._gone = [*self._gone[1 - REMEMBERED :], follow_up]

    def follow(self, view: TodayView) -> None:
        """Go back to a card that Undo brought back, or with a follow-up to the card it stands on now."""
        chosen = self._sight.chosen
        back = next((key for key in reversed(self._gone) if _leads(view, key)), None)
        if back is not None:
            self._gone.remove(back)
            self._through.count(-1)
            self._list.select(lines.card_id(back))
        elif chosen is not None and chosen[0] == "card":
            card = lines.card_of(view.queue, chosen[1])
            if card is not None and card.leading.id != chosen[1]:
                self._list.select(lines.card_id(card.leading.id))

    def end(self) -> None:
        """Select what was asked for now or never: the day is there."""
        self.select_wanted()
        self._wanted = None

    def select_wanted(self) -> None:
        """Select what another place asked for, on the list or held back."""
        if self._wanted is None or self._sight.day is None:
            return
        row = _row_of(self._sight.day, *self._wanted)
        if row is None:
            return
        self._wanted = None
        if row[0] == lines.HELD:
            self._list.unfold(lines.HELD)
        self._list.select(row)


def _row_of(view: TodayView, kind: str, key: int) -> lines.ItemId | None:
    """Return the row a follow-up or a customer stands on."""
    for card in (*view.queue.cards, *view.behind):
        if key == (card.customer if kind == "customer" else card.leading.id):
            wish = next((one for one in view.wishes if card in view.behind and one.customer == card.customer), None)
            return lines.card_id(card.leading.id) if wish is None else (lines.ASKED, wish.id)
    held = next(
        (held for held in view.queue.held if key == (held.customer if kind == "customer" else held.follow_up)), None
    )
    if held is None:
        return None
    behind = held.reason == HeldFor.OUTRANKED and kind == "follow_up"
    return _row_of(view, "customer", held.customer) if behind else (lines.HELD, held.follow_up)


def _leads(view: TodayView, follow_up: int) -> bool:
    return any(card.leading.id == follow_up for card in view.queue.cards)
