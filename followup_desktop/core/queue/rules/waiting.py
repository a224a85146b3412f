"""How long an answer is waited for before we are reminded. Pure."""

from __future__ import annotations

from datetime import datetime

from followup_desktop.base.zones import local_day

REMIND_AFTER = 3
"""Days without an answer after which we are reminded."""


def waited(since: datetime, now: datetime, zone: str) -> tuple[int, bool]:
    """Return how many days an answer is waited for, and whether it is time to ask again or let it rest."""
    days = (local_day(now, zone) - local_day(since, zone)).days
    return days, days >= REMIND_AFTER
