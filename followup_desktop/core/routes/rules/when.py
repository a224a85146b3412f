"""On which days a stop is visited. Pure."""

from __future__ import annotations

from datetime import date, timedelta


def is_due(every_weeks: int, from_day: date | None, day: date) -> bool:
    """Whether a stop of that weekday is visited on `day`: every so many weeks, counted from `from_day`'s week."""
    if every_weeks <= 1 or from_day is None:
        return True
    weeks = (_monday(day) - _monday(from_day)).days // 7
    return weeks % every_weeks == 0


def next_day(weekday: int, every_weeks: int, from_day: date | None, after: date) -> date:
    """Return the first day after `after` on which the stop is visited."""
    day = after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)
    while not is_due(every_weeks, from_day, day):
        day += timedelta(days=7)
    return day


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
