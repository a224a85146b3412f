"""Wall time and instants: what a clock on the owner's wall shows, and the moment that is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

BEFORE_A_TIMED_PROMISE = timedelta(minutes=15)
REMINDER_OF_A_DATED_PROMISE = time(8, 0)


def instant(day: date, at: time, zone: tzinfo) -> datetime:
    """Return the moment, in UTC, when clocks in `zone` show `at` on `day`.

    A time that the clocks skip in spring becomes the one as long after the change; a time that comes twice in autumn
    is the first of the two (RFC 5545, 3.3.5).
    """
    # fold=0 reads a skipped time with the offset before the change, which is what the RFC asks for.
    return datetime.combine(day, at.replace(tzinfo=None, fold=0), tzinfo=zone).astimezone(UTC)


def remind_at(due_date: date, due_time: time | None, zone: tzinfo) -> datetime:
    """Return when to remind of a promise: 15 minutes before its time, or at 8:00 on its day when it has none."""
    if due_time is None:
        return instant(due_date, REMINDER_OF_A_DATED_PROMISE, zone)
    return instant(due_date, due_time, zone) - BEFORE_A_TIMED_PROMISE
