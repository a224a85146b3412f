"""What the owner has in front of them on Today: the day, the row chosen, and the card with its draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from followup_desktop.base.clock import Clock
from followup_desktop.base.zones import local_day
from followup_desktop.core.queue.model import Card

if TYPE_CHECKING:  # their queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.ui.today.lines import ItemId
    from followup_desktop.ui.today.reading import CardView, TodayView


@dataclass(frozen=True, slots=True)
class Current:
    """The card the owner looks at; without `view` its draft is not there yet."""

    card: Card
    view: CardView | None = None

    @property
    def follow_up(self) -> int:
        """The follow-up that leads."""
        return self.card.leading.id


class Sight:
    """What is shown now. There is one, and whatever acts on the page looks at it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.day: TodayView | None = None
        self.chosen: ItemId | None = None
        self.overruled = 0
        """The follow-up that is held back and to be written all the same."""
        self.under_way = 0
        """The follow-up whose card a command is about to take away."""
        self.current: Current | None = None

    def look_at(self, current: Current | None) -> None:
        """Have a card in front from now on."""
        self.current = current
        if current is None or current.follow_up != self.under_way:
            self.under_way = 0

    @property
    def card(self) -> CardView | None:
        """The card whole, once its draft is there."""
        return self.current.view if self.current is not None else None

    @property
    def zone(self) -> str:
        """The business's time zone."""
        return self.day.zone if self.day is not None else "UTC"

    def today(self) -> date:
        """Return the business's day now."""
        return local_day(self._clock.now(), self.zone)
