"""Putting together what was found in a line: the one day and the one time that it names, or what to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from followup_desktop.core.promises.model import Missing, MissingKind
from followup_desktop.core.promises.rules.reading import (
    AtClock,
    AtMoment,
    Found,
    InPart,
    OnDay,
    Role,
    Setting,
    Unclear,
)

AFTERNOON_HOURS = range(1, 8)
"""A bare hour from 1 to 7 is in the afternoon."""


@dataclass(frozen=True, slots=True)
class When:
    """The day and time of a line, what is to be asked, and the stretches that said so."""

    day: date | None
    clock: time | None
    problems: tuple[Missing, ...]
    days: tuple[Found, ...] = ()
    times: tuple[Found, ...] = ()


def has_day(found: Sequence[Found]) -> bool:
    """Whether anything there speaks of the day it is due: a day, a part of one, a stretch of days, or none there is."""
    return any(_speaks_of_a_day(item) for item in found)


def _speaks_of_a_day(item: Found) -> bool:
    match item.reading:
        case OnDay() | AtMoment():
            return item.role is not Role.ASIDE
        case InPart(afternoon=afternoon):
            return afternoon is not None
        case Unclear(kind=kind):
            return kind is not MissingKind.WHICH_TIME and kind is not MissingKind.NO_SUCH_TIME
        case _:
            return False


def put_together(line: str, found: Sequence[Found], at: Setting) -> When:
    """Return the day and the time that everything found comes to."""
    days = _agree(line, [item for item in found if isinstance(item.reading, OnDay | AtMoment)])
    if isinstance(days, When):
        return days
    due, times = _due(days), tuple(item for item in found if _is_time(item))
    unclear = _unclear_day(line, found, due)
    if unclear:
        return replace(unclear, times=times)
    distinct = {_day_of(item) for item in due}
    if len(distinct) > 1:
        words = tuple(_day_of(item) for item in due)
        return When(None, None, (Missing(MissingKind.WHICH_DAY, _words(line, due[0]), words),), due, times)
    return _at_a_time(line, due, times, at)


def _words(line: str, item: Found) -> str:
    return line[item.start : item.end]


def _is_time(item: Found) -> bool:
    time_problem = isinstance(item.reading, Unclear) and item.reading.kind in (
        MissingKind.WHICH_TIME,
        MissingKind.NO_SUCH_TIME,
    )
    return item.role is not Role.ASIDE and (time_problem or isinstance(item.reading, AtClock | InPart | AtMoment))


def _day_of(item: Found) -> date:
    if isinstance(item.reading, AtMoment):
        return item.reading.moment.date()
    assert isinstance(item.reading, OnDay)
    return item.reading.day


def _agree(line: str, days: list[Found]) -> list[Found] | When:
    """Make one of a weekday and the date beside it; they must agree."""
    joined: list[Found] = []
    for item in days:
        before = joined[-1] if joined else None
        if before is None or line[before.end : item.opens].strip(" ,()") or not _names_weekday(before, item):
            joined.append(item)
            continue
        weekday, dated = (before, item) if _is_weekday(before) else (item, before)
        whole = Found(before.opens, before.start, item.end, dated.reading, before.role)
        if _day_of(weekday).weekday() != _day_of(dated).weekday():
            missing = Missing(MissingKind.WRONG_WEEKDAY, _words(line, whole), (_day_of(dated), _day_of(weekday)))
            return When(None, None, (missing,), (whole,))
        joined[-1] = whole
    return joined


def _is_weekday(item: Found) -> bool:
    return isinstance(item.reading, OnDay) and item.reading.weekday


def _names_weekday(one: Found, other: Found) -> bool:
    days = all(isinstance(item.reading, OnDay) and item.role is not Role.ASIDE for item in (one, other))
    return days and _is_weekday(one) != _is_weekday(other)


def _due(days: Sequence[Found]) -> tuple[Found, ...]:
    """Of all days, those that say when it is due: "by" before any other, "for 5 December" only where nothing else."""
    days = [item for item in days if item.role not in (Role.ASIDE, Role.AFTER)]
    strong = [item for item in days if not (isinstance(item.reading, OnDay) and item.reading.weak)]
    days = strong or days
    for roles in ((Role.BY, Role.BEFORE), (Role.ON,), (Role.FOR,)):
        if chosen := tuple(item for item in days if item.role in roles):
            return chosen
    return ()


def _unclear_day(line: str, found: Sequence[Found], due: Sequence[Found]) -> When | None:
    """Ask about a stretch of days, or a day there is none of, unless another day was named or it may be no day."""
    for item in found:
        if item.role is Role.AFTER and isinstance(item.reading, OnDay) and not due:
            return When(None, None, (Missing(MissingKind.WHICH_DAY, line[item.opens : item.end]),), (item,))
        if item.role is Role.ASIDE or not isinstance(item.reading, Unclear) or _is_time(item):
            continue
        impossible = item.reading.kind is MissingKind.NO_SUCH_DAY and not item.reading.weak
        if not due or impossible or any(_belongs(line, item, day) for day in due):
            return When(None, None, (Missing(item.reading.kind, _words(line, item)),), (item, *due))
    return None


def _belongs(line: str, stretch: Found, day: Found) -> bool:
    """Whether a weekday stands beside a stretch of days: "Tuesday, the week after next"."""
    first, second = sorted((stretch, day), key=lambda item: item.start)
    between = line[first.end : second.start].strip(" ,").lower()
    return _is_weekday(day) and between in ("", "on", "of", "the", "in", "el", "de", "en")


def _at_a_time(line: str, due: tuple[Found, ...], times: tuple[Found, ...], at: Setting) -> When:
    clock, problem = _clock(line, times)
    day, parts = _day(due, times, clock), [item.reading for item in times if isinstance(item.reading, InPart)]
    if day is None:
        day = _day_by_part(parts, at) if any(part.afternoon is not None for part in parts) else None
        if clock is not None and not any(part.this_day for part in parts):
            day = at.today if clock > at.wall.time() else at.today + timedelta(days=1)
    if day is None:
        return When(None, None, (*problem, Missing(MissingKind.DAY)), due, times)
    if _is_over(day, clock, parts, at):
        first = (due or times)[0]
        return When(None, None, (Missing(MissingKind.PAST, _words(line, first), (day,)),), due, times)
    return When(day, clock, problem, due, times)


def _day(due: Sequence[Found], times: Sequence[Found], clock: time | None) -> date | None:
    if not due:
        return None
    item = due[0]
    earlier = item.role is Role.BEFORE and isinstance(item.reading, OnDay) and not item.reading.limit and clock is None
    return _day_of(item) - timedelta(days=earlier)


def _clock(line: str, times: Sequence[Found]) -> tuple[time | None, tuple[Missing, ...]]:
    for item in times:
        if isinstance(item.reading, Unclear):
            return None, (Missing(item.reading.kind, _words(line, item)),)
    halves = [item.reading.afternoon for item in times if isinstance(item.reading, InPart)]
    half = next((afternoon for afternoon in halves if afternoon is not None), None)
    clocks = [_time_of(item, half) for item in times if isinstance(item.reading, AtClock | AtMoment)]
    if len(set(clocks)) > 1:
        words = " / ".join(_words(line, item) for item in times if isinstance(item.reading, AtClock | AtMoment))
        return None, (Missing(MissingKind.WHICH_TIME, words),)
    return (clocks[0] if clocks else None), ()


def _time_of(item: Found, afternoon: bool | None) -> time:
    if isinstance(item.reading, AtMoment):
        return item.reading.moment.time().replace(second=0, microsecond=0)
    assert isinstance(item.reading, AtClock)
    hour = item.reading.hour
    if not item.reading.sure:
        pm = hour in AFTERNOON_HOURS if afternoon is None else afternoon
        hour = hour + 12 if pm and hour < 12 else 0 if afternoon is False and hour == 12 else hour
    return time(hour, item.reading.minute)


def _day_by_part(parts: Sequence[InPart], at: Setting) -> date:
    """Return the day of "tonight" or "in the morning": the next morning there is."""
    over = any(not part.this_day and at.wall.hour >= part.over_at for part in parts)
    return at.today + timedelta(days=over)


def _is_over(day: date, clock: time | None, parts: Sequence[InPart], at: Setting) -> bool:
    if day != at.today:
        return day < at.today
    if clock is not None:
        return clock <= at.wall.time()
    return any(part.this_day and at.wall.hour >= part.over_at for part in parts)
