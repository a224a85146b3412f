"""What words of days and times come to whose own words do not matter: the same in every language."""

from __future__ import annotations

from datetime import timedelta

from followup_desktop.core.promises.rules import counting
from followup_desktop.core.promises.rules.figures import WHICH_DAY, WHICH_TIME, later, numbered_next_month
from followup_desktop.core.promises.rules.reading import Aside, AtClock, InPart, Match, OnDay, Reading, Setting


def aside(match: Match, at: Setting) -> Reading:
    """Mean no day of the promise: what is said by the way."""
    return Aside()


def half_an_hour(match: Match, at: Setting) -> Reading:
    """Mean half an hour from now."""
    return later(30, "minute", at)


def hour_and_a_half(match: Match, at: Setting) -> Reading:
    """Mean an hour and a half from now."""
    return later(90, "minute", at)


def today(match: Match, at: Setting) -> Reading:
    """Mean today."""
    return OnDay(at.today)


def tomorrow(match: Match, at: Setting) -> Reading:
    """Mean tomorrow."""
    return OnDay(at.today + timedelta(days=1))


def day_after_tomorrow(match: Match, at: Setting) -> Reading:
    """Mean the day after tomorrow."""
    return OnDay(at.today + timedelta(days=2))


def yesterday(match: Match, at: Setting) -> Reading:
    """Mean yesterday, which is over."""
    return OnDay(at.today - timedelta(days=1))


def end_of_day(match: Match, at: Setting) -> Reading:
    """Mean the afternoon of this day."""
    return InPart(afternoon=True)


def end_of_week(match: Match, at: Setting) -> Reading:
    """Mean the last working day of this week, at the latest."""
    return OnDay(counting.end_of_week(at.today), limit=True)


def end_of_next_week(match: Match, at: Setting) -> Reading:
    """Mean the Friday of next week, at the latest."""
    return OnDay(counting.weekday_of_next_week(at.today, 4), limit=True)


def end_of_month(match: Match, at: Setting) -> Reading:
    """Mean the end of this month, at the latest."""
    return OnDay(counting.end_of_month(at.today), limit=True)


def end_of_next_month(match: Match, at: Setting) -> Reading:
    """Mean the end of next month, at the latest."""
    return OnDay(counting.end_of_month(counting.months_later(at.today, 1)), limit=True)


def end_of_year(match: Match, at: Setting) -> Reading:
    """Mean the last day of this year, at the latest."""
    return OnDay(at.today.replace(month=12, day=31), limit=True)


def start_of_next_month(match: Match, at: Setting) -> Reading:
    """Mean the first of next month."""
    return OnDay(counting.months_later(at.today, 1).replace(day=1))


def weekend(match: Match, at: Setting) -> Reading:
    """Mean the weekend that comes."""
    return OnDay(counting.weekend(at.today))


def next_weekend(match: Match, at: Setting) -> Reading:
    """Mean the weekend of next week."""
    return OnDay(counting.weekday_of_next_week(at.today, 5))


def on_next_months(match: Match, at: Setting) -> Reading:
    """Mean this day of next month."""
    return numbered_next_month(int(match["number"]), at)


def noon(match: Match, at: Setting) -> Reading:
    """Mean noon."""
    return AtClock(12, sure=True)


def two_times(match: Match, at: Setting) -> Reading | None:
    """Ask which of two times is meant, where nothing follows."""
    return WHICH_TIME if at.ends_phrase(match.end()) else None


def which_day(match: Match, at: Setting) -> Reading:
    """Ask which day is meant."""
    return WHICH_DAY


def any_part(match: Match, at: Setting) -> Reading:
    """Mean some part of the day."""
    return InPart(afternoon=None)
