"""Days off: when the owner was away, and what becomes of what waited. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from followup_desktop.base.zones import day_bounds, local_day

AWAY_AFTER = timedelta(days=3)
"""Who did not use the program for so long comes back to the return screen."""
SEEN, RETURNED, CAME = "desk.seen_at", "desk.away_since", "desk.back_at"
"""Settings (ISO, UTC): when Today was last looked at; since when they were away who are back, and when they came."""
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
    came: datetime | None = None
    """When they came back. Whoever does not begin that day has begun the next: an absence ends with its first day."""
    first: datetime | None = None
    """When something was first done today: whoever logs a call before looking at Today is back since then."""
    before: datetime | None = None
    """When the program was used last before that."""


def away_since(uses: Uses, off: tuple[date, date] | None, now: datetime, zone: str) -> datetime | None:
    """Return since when the owner was away (UTC); None where they were not, or have begun the day.

    Away is who did not use the program for three days, or whose marked days off have begun.
    """
    came = None if uses.came is None else local_day(uses.came, zone)
    over = came is not None and came < local_day(now, zone)
    if uses.returned is not None and not over:
        return uses.returned
    if off is not None and day_bounds(off[0], zone)[0] <= now and not (over and came is not None and came > off[1]):
        start = day_bounds(off[0], zone)[0]
        return min(start, uses.last) if uses.last is not None else start
    last, back = (uses.last, now) if uses.first is None else (uses.before, uses.first)
    return last if last is not None and back - last >= AWAY_AFTER else None


def came_at(uses: Uses, since: datetime, now: datetime, zone: str) -> datetime | None:
    """Return when they came back from an absence (UTC), today; None where they did nothing yet, nor looked."""
    if uses.came is None or uses.returned != since or local_day(uses.came, zone) != local_day(now, zone):
        return uses.first
    return uses.came


def days_away(since: datetime, now: datetime, zone: str) -> int:
    """Return how many days the owner was away, the day of their return not counted."""
    return max(1, (local_day(now, zone) - local_day(since, zone)).days)
