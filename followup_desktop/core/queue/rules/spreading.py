"""Spreading more work than the owner's number over the days that its windows allow. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from followup_desktop.base.zones import Quiet, local_day, resolve
from followup_desktop.core.queue.model import Due, Group
from followup_desktop.core.queue.rules.reasons import group_of

ROOM = timedelta(hours=4)
"""What must be left of a day before something closes, for the day to count as one it can be moved to."""
_FIXED = ("promise", "case", "answer", "ad_hoc")


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many cards a day, and how many of today's are done already; `most` 0 is no limit.

    `off` are days the owner is away, both ends included.
    """

    most: int = 0
    done: int = 0
    off: tuple[date, date] | None = None


def may_move(items: Iterable[Due], now: datetime) -> bool:
    """Whether a card may be moved to another day: nothing on it was promised, is wrong, waits for us, or closes."""
    return all(item.source not in _FIXED and group_of(item, now) is Group.REST for item in items)


def days_of(stacks: Sequence[Sequence[Due]], capacity: Capacity, now: datetime, zone: str, quiet: Quiet) -> list[date]:
    """Return the day of each card, given what stands on each, the leading first, in the order of the list.

    What may not be moved is today's, whatever the number. The rest takes, in its order, the first day that has room;
    what would come too late on that day stays today.
    """
    today = local_day(now, zone)
    if not capacity.most:
        return [today] * len(stacks)
    taken: dict[date, int] = defaultdict(int)
    taken[today] = capacity.done + sum(not may_move(items, now) for items in stacks)
    works = _works_on(today, capacity, zone, quiet)
    found: list[date] = []
    for items in stacks:
        day = today
        if may_move(items, now):
            day = _first_free(today, taken, capacity.most, works)
            if day != today and not all(_fits(item, day, zone, quiet) for item in items):
                day = today
            taken[day] += 1
        found.append(day)
    return found


def _first_free(today: date, taken: dict[date, int], most: int, works: Callable[[date], bool]) -> date:
    day = today
    while taken[day] >= most or not works(day):
        day += timedelta(days=1)
    return day


def _works_on(today: date, capacity: Capacity, zone: str, quiet: Quiet) -> Callable[[date], bool]:
    off = capacity.off

    def works(day: date) -> bool:
        away = off is not None and off[0] <= day <= off[1]
        return day == today or not (away or opens_at(day, zone, quiet) is None)

    return works


def opens_at(day: date, zone: str, quiet: Quiet) -> datetime | None:
    """Return the first moment of a day (UTC) at which someone may be contacted; None where there is none."""
    opens = quiet.next_allowed(resolve(day, time(0), zone), zone)
    return opens if local_day(opens, zone) == day else None


def _fits(item: Due, day: date, zone: str, quiet: Quiet) -> bool:
    opens = opens_at(day, zone, quiet)
    return opens is not None and (item.closes is None or item.closes >= opens + ROOM)
