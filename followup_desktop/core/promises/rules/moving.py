"""To when a promise can be moved with one press. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from followup_desktop.base.wording import clock_words, day_words
from followup_desktop.base.zones import local, local_day
from followup_desktop.core.promises.model import Promise
from followup_desktop.core.promises.rules.settling import due_at

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Later:
    """One later time: its key, its words, the instant (UTC), and whether the clock time matters."""

    key: str
    words: str
    until: datetime
    timed: bool


def later_choices(promise: Promise, now: datetime) -> tuple[Later, ...]:
    """Return the times offered for an open promise: an hour on, the next day, a week on.

    They count from when it is due, or from now where that is over. An hour is offered where the hour is in sight.
    """
    today = local_day(now, promise.zone)
    day = max(promise.due_date, today)
    choices = [_on(promise, key, day + timedelta(days=days), today) for key, days in (("day", 1), ("week", 7))]
    if promise.due_time is not None or promise.due_date <= today:
        choices.insert(0, _an_hour_on(promise, now, today))
    return tuple(choices)


def _an_hour_on(promise: Promise, now: datetime, today: date) -> Later:
    start = now if promise.due_time is None else max(promise.due, now)
    until = (start + HOUR).replace(second=0, microsecond=0)
    there = local(until, promise.zone)
    day = "" if there.date() == today else f"{day_words(there.date(), today)}, "
    words = "In 1 hour" if start == now else "1 hour later"
    return Later("hour", f"{words}: {day}{clock_words(there.time())}", until, timed=True)


def _on(promise: Promise, key: str, day: date, today: date) -> Later:
    words = day_words(day, today)
    if promise.due_time is not None:
        words += f", {clock_words(promise.due_time)}"
    until = due_at(day, promise.due_time, promise.zone)
    return Later(key, words[:1].upper() + words[1:], until, timed=promise.due_time is not None)
