"""Days counted from today, as people count them. Weeks begin on Monday."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

OVER_FOR_DAYS = 60
"""A date without its year that was over at most so long ago is asked about; an earlier one means next year."""

LAST_YEAR = 2199
"""Nobody promises anything for later, and close to the end of all dates they can no longer be reckoned with."""


def next_weekday(today: date, weekday: int) -> date:
    """Return the next such day after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def weekday_of_next_week(today: date, weekday: int) -> date:
    """Return that day of the next calendar week."""
    return monday_of(today) + timedelta(days=7 + weekday)


def weekday_of_this_week(today: date, weekday: int) -> date:
    """Return that day of this calendar week, or the next such day where it is over."""
    day = monday_of(today) + timedelta(days=weekday)
    return day if day >= today else next_weekday(today, weekday)


def monday_of(day: date) -> date:
    """Return the Monday of that calendar week."""
    return day - timedelta(days=day.weekday())


def end_of_week(today: date) -> date:
    """Return this week's Friday; at the weekend, next week's."""
    return monday_of(today) + timedelta(days=4 if today.weekday() < 5 else 11)


def weekend(today: date) -> date:
    """Return this week's Saturday, or today on a Sunday."""
    return today if today.weekday() == 6 else monday_of(today) + timedelta(days=5)


def end_of_month(day: date) -> date:
    """Return the last day of that month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or that month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def working_days_later(day: date, days: int) -> date:
    """Return the day so many days later, not counting Saturdays and Sundays."""
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def month_from(today: date, month: int) -> date:
    """Return the first day of the next such month, this one included."""
    return date(today.year + (month < today.month), month, 1)


def weekday_of_month(first: date, weekday: int, count: int) -> date | None:
    """Return the second Tuesday of the month that begins on `first`; the last one for a count of -1."""
    if count < 0:
        last = end_of_month(first)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))
    return day if day.month == first.month else None


def day_numbered(number: int, today: date) -> date | None:
    """Return the next day of that number, today included; None where no month has one."""
    if not 1 <= number <= 31:
        return None
    first = today.replace(day=1)
    days = (_in_month(months_later(first, n), number) for n in range(13))
    return next(day for day in days if day is not None and day >= today)


def dated(number: int, month: int, year: int | None, today: date) -> date | None:
    """Return that date, None where there is none; without its year the next one, unless it was over lately."""
    if not 1 <= month <= 12:
        return None
    if year is None:
        year = today.year + (_days_since(number, month, today) > OVER_FOR_DAYS)
    return _in_month(date(year, month, 1), number) if 1900 <= year <= LAST_YEAR else None


def _days_since(number: int, month: int, today: date) -> int:
    """Return how long ago that date was this year; negative when it is still to come."""
    there = date(today.year, month, min(max(number, 1), monthrange(today.year, month)[1]))
    return (today - there).days


def _in_month(first: date, number: int) -> date | None:
    return first.replace(day=number) if 1 <= number <= monthrange(first.year, first.month)[1] else None
