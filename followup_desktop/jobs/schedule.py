"""When what is done again and again comes due. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

OUTBOX_EVERY = timedelta(seconds=30)
"""How often the outbox is looked at when nothing is known to be due."""

BACKUP_EVERY = timedelta(hours=1)


def outbox_in(next_due: datetime | None, now: datetime) -> timedelta | None:
    """Return how long to wait before the outbox has something to do, at least a second; None when it is empty."""
    if next_due is None:
        return None
    return max(next_due - now, timedelta(seconds=1))


def backup_is_due(last: datetime | None, changed: datetime | None, now: datetime, *, at_quit: bool = False) -> bool:
    """Whether to copy the store: it was changed since the last copy, which is an hour old, or the program ends."""
    if changed is None:
        return False
    return last is None or (changed > last and (at_quit or now - last >= BACKUP_EVERY))
