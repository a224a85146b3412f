"""Days off: when the owner was away, and what becomes of what waited. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from followup_desktop.base.zones import day_bounds, local_day

AWAY_AFTER = timedelta(days=3)
"""Who did not use the program for so long comes back to the return screen."""
SEEN, RETURNED = "desk.seen_at", "desk.away_since"
"""Settings (ISO, UTC): when Today was last looked at; since when they were away who are back, until they begin."""
OFF_FROM, OFF_UNTIL = "desk.off_from", "desk.off_until"
"""Settings: the days off that were marked, both ends included."""


def days_off(kept: Mapping[str, Any]) -> tuple[date, date] | None:
    """Return the days off that were marked, or None."""
    first, last = kept.get(OFF_FROM), kept.get(OFF_UNTIL)
    return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


@dataclass(frozen=True, slots=True)
class Uses:
    """When the program was used last, and since when the owner was away as they came back to it (UTC)."""

    last: datetime | None = None
    returned: datetime | None = None
    """Kept from coming back until the day is begun: with the first decision the program is in use again."""


def away_since(uses: Uses, off: tuple[date, date] | None, now: datetime, zone: str) -> datetime | None:
    """Return since when the owner was away (UTC); None where they were not, or have begun the day.

    Away is who did not use the program for three days, or whose marked days off have begun.
    """
    if uses.returned is not None:
        return uses.returned
    if off is not None and day_bounds(off[0], zone)[0] <= now:
        start = day_bounds(off[0], zone)[0]
        return min(start, uses.last) if uses.last is not None else start
    return uses.last if uses.last is not None and now - uses.last >= AWAY_AFTER else None


def days_away(since: datetime, now: datetime, zone: str) -> int:
    """Return how many days the owner was away, the day of their return not counted."""
    return max(1, (local_day(now, zone) - local_day(since, zone)).days)
