"""Days off: when the owner was away, and what becomes of what waited. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from followup_desktop.base.zones import day_bounds, local_day

AWAY_AFTER = timedelta(days=3)
"""Who did not use the program for so long comes back to the return screen."""
SEEN, OFF_FROM, OFF_UNTIL = "desk.seen_at", "desk.off_from", "desk.off_until"
"""Settings: when Today was last worked with (ISO, UTC), and the days off that were marked, both ends included."""


def days_off(kept: Mapping[str, Any]) -> tuple[date, date] | None:
    """Return the days off that were marked, or None."""
    first, last = kept.get(OFF_FROM), kept.get(OFF_UNTIL)
    return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


def away_since(last_used: datetime | None, off: tuple[date, date] | None, now: datetime, zone: str) -> datetime | None:
    """Return since when the owner was away (UTC), now that they are back; None where they were not.

    Away is who did not use the program for three days, or whose marked days off have begun.
    """
    if off is not None and day_bounds(off[0], zone)[0] <= now:
        begin = day_bounds(off[0], zone)[0]
        return min(begin, last_used) if last_used is not None else begin
    if last_used is not None and now - last_used >= AWAY_AFTER:
        return last_used
    return None


def days_away(since: datetime, now: datetime, zone: str) -> int:
    """Return how many days the owner was away, the day of their return not counted."""
    return max(1, (local_day(now, zone) - local_day(since, zone)).days)
