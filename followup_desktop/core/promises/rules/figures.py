"""Days and times in figures, and the readers that every grammar shares."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from followup_desktop.core.promises.model import MissingKind
from followup_desktop.core.promises.rules import counting
from followup_desktop.core.promises.rules.reading import (
    AtClock,
    AtMoment,
    Match,
    OnDay,
    Pattern,
    Reading,
    Setting,
    Unclear,
    pattern,
)

NO_SUCH_DAY, NO_SUCH_TIME = Unclear(MissingKind.NO_SUCH_DAY), Unclear(MissingKind.NO_SUCH_TIME)
WHICH_DAY, WHICH_TIME = Unclear(MissingKind.WHICH_DAY), Unclear(MissingKind.WHICH_TIME)


def numbered(number: int, at: Setting) -> Reading:
    """Read "the 5th"."""
    day = counting.day_numbered(number, at.today)
    return OnDay(day) if day else NO_SUCH_DAY


def dated(number: int, month: int, year: int | None, at: Setting) -> Reading:
    """Read "5 December", with or without a year."""
    day = counting.dated(number, month, year, at.today)
    return OnDay(day) if day else NO_SUCH_DAY


def weekday_of_month(first: date, weekday: int, count: int, at: Setting) -> Reading:
    """Read "the first Monday of December", -1 being the last."""
    day = counting.weekday_of_month(first, weekday, count)
    return OnDay(day) if day else NO_SUCH_DAY


def weekday_of_this_month(weekday: int, count: int, at: Setting) -> Reading:
    """Read "the first Monday of the month": of the next one, where this month's is over."""
    first = at.today.replace(day=1)
    reading = weekday_of_month(first, weekday, count, at)
    over = isinstance(reading, OnDay) and reading.day < at.today
    return weekday_of_month(counting.months_later(first, 1), weekday, count, at) if over else reading


def numbered_next_month(number: int, at: Setting) -> Reading:
    """Read "the 5th of next month"."""
    first = counting.months_later(at.today.replace(day=1), 1)
    return dated(number, first.month, first.year, at)


def clock(hour: int, minute: int = 0, half: str = "", *, exact: bool = False) -> Reading:
    """Read a time: with "a" or "p" on twelve hours, else as it stands."""
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return NO_SUCH_TIME
    if half:
        return AtClock(hour % 12 + (12 if half == "p" else 0), minute, sure=True)
    return AtClock(hour, minute, sure=exact or hour == 0 or hour > 12)


@cache
def slips(names: tuple[tuple[str, int], ...]) -> dict[str, int]:
    """Return the names of weekdays with one slip of the finger: a letter left out, doubled, or two that changed places.

    A letter too few at the end is no slip: "Frida" is somebody.
    """
    found: dict[str, int] = {name: day for name, day in names}
    for name, day in names:
        for n in range(1, len(name) - 1):
            found.setdefault(name[:n] + name[n + 1 :], day)
            found.setdefault(name[:n] + name[n] + name[n:], day)
        for n in range(len(name) - 1):
            found.setdefault(name[:n] + name[n + 1] + name[n] + name[n + 2 :], day)
    return found


def later(number: int, unit: str, at: Setting) -> Reading:
    """Read "in 3 days"; `unit` is minute, hour, day, workday, week, fortnight, month or year."""
    try:
        if unit in ("minute", "hour"):
            moment = at.wall + timedelta(minutes=number * (60 if unit == "hour" else 1))
            return AtMoment(moment) if moment.year <= counting.LAST_YEAR else NO_SUCH_DAY
        day = _day_later(number, unit, at)
        return OnDay(day) if day.year <= counting.LAST_YEAR else NO_SUCH_DAY
    except (OverflowError, ValueError):  # later than the last day there is
        return NO_SUCH_DAY


def _day_later(number: int, unit: str, at: Setting) -> date:
    if unit == "workday":
        return counting.working_days_later(at.today, number)
    if unit in ("month", "year"):
        return counting.months_later(at.today, number * (12 if unit == "year" else 1))
    return at.today + timedelta(days=number * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _written_from_the_year(match: Match, at: Setting) -> Reading:
    return dated(int(match["day"]), int(match["month"]), int(match["year"]), at)


def _with_its_year(match: Match, at: Setting) -> Reading:
    number, month = _in_order(match, at)
    year = int(match["year"])
    return dated(number, month, year + 2000 if year < 100 else year, at)


def _without_its_year(match: Match, at: Setting) -> Reading:
    reading = dated(*_in_order(match, at), None, at)
    return OnDay(reading.day, weak=True) if isinstance(reading, OnDay) else Unclear(MissingKind.NO_SUCH_DAY, weak=True)


def _in_order(match: Match, at: Setting) -> tuple[int, int]:
    first, second = int(match["first"]), int(match["second"])
    month_first = at.month_first and match["mark"] != "."  # points are only written where the day comes first
    return (second, first) if month_first else (first, second)


def _to_the_minute(match: Match, at: Setting) -> Reading:
    return clock(int(match["hour"]), int(match["minute"]), exact=match["hour"].startswith("0"))


def _with_its_half(match: Match, at: Setting) -> Reading:
    return clock(int(match["hour"]), int(match["minute"] or 0), match["half"])


def _two_times(match: Match, at: Setting) -> Reading:
    return WHICH_TIME


def _two_bare_times(match: Match, at: Setting) -> Reading | None:
    return WHICH_TIME if at.after_day and at.ends_phrase(match.end()) else None


_DATE = r"(?P<year>\d{4})(?P<mark>[/.-])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)"
_SHARP = r"(?:\s+(?:sharp|on the dot|en punto)\b)?"
_SURE = r"\d{1,2}(?::\d\d|(?:[:.]\d\d)?\s*[ap]\.?\s?m\b\.?)"
_TIME = rf"(?:{_SURE}|\d{{1,2}})"
_TO = r"\s*(?:-|to|till|until|or|a|o)\s*"

FIGURES: tuple[Pattern, ...] = (
    (re.compile(rf"{_DATE}t(?=\d\d:\d\d)"), _written_from_the_year),
    pattern(_DATE, _written_from_the_year),
    pattern(r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})", _with_its_year),
    pattern(r"(?P<first>\d{1,2})(?P<mark>/)(?P<second>\d{1,2})(?!/)", _without_its_year),
    pattern(f"{_SURE}{_TO}{_TIME}|{_TIME}{_TO}{_SURE}", _two_times),
    pattern(rf"\d{{1,2}}{_TO}\d{{1,2}}(?![/:.-]\d)", _two_bare_times),
    pattern(rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?\s*(?P<half>[ap])\.?\s?m\b\.?{_SHARP}", _with_its_half),
    pattern(rf"(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::\d\d)?(?!:){_SHARP}", _to_the_minute),
)
