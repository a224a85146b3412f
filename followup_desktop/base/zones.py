"""Wall time and instants: what a local day, a local hour and the quiet hours are in UTC.

Instants are UTC. A zone is an IANA name ("Europe/Paris"); what the clocks skip is taken after the gap, what they
show twice is taken the first time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from followup_desktop.base.errors import Problem
from followup_desktop.base.walltime import instant

LAST_MOMENT = timedelta(seconds=1)


def zone_named(name: str) -> ZoneInfo:
    """Return the zone of that IANA name; raise Problem where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Problem(f"There is no time zone “{name}”.", to_do="Choose one such as America/New_York.") from None


def is_zone(name: str) -> bool:
    """Whether there is a time zone of that IANA name."""
    try:
        zone_named(name)
    except Problem:
        return False
    return True


def resolve(day: date, clock: time, zone: str) -> datetime:
    """Return, in UTC, when the clocks of `zone` show that time: after a gap, and the first of two."""
    return instant(day, clock, zone_named(zone))


def local(moment: datetime, zone: str) -> datetime:
    """Return `moment` as the clocks of `zone` show it."""
    return moment.astimezone(zone_named(zone))


def local_day(moment: datetime, zone: str) -> date:
    """Return the day it is in `zone` at `moment`."""
    return local(moment, zone).date()


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """Return when `day` begins in `zone` and when the next one does, in UTC; equal for a day the zone skipped."""
    return resolve(day, time.min, zone), resolve(day + timedelta(days=1), time.min, zone)


def end_of_day(day: date, zone: str) -> datetime:
    """Return the last second of `day` in `zone`, in UTC."""
    return day_bounds(day, zone)[1] - LAST_MOMENT


_QUARTERS = tuple(time(minute // 60, minute % 60) for minute in range(0, 24 * 60, 15))


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours in which nobody is contacted: from `start` over midnight to `end`, and all of Sunday."""

    start: time = time(20)
    end: time = time(8)
    sundays: bool = True

    def is_quiet(self, moment: datetime, zone: str) -> bool:
        """Whether nobody in `zone` is contacted at `moment`."""
        there = local(moment, zone)
        return (self.sundays and there.weekday() == 6) or self._covers(there.time())

    def next_allowed(self, moment: datetime, zone: str) -> datetime:
        """Return `moment` where it is allowed, else the first moment after it that is, in UTC."""
        if not self.is_quiet(moment, zone):
            return moment.astimezone(UTC)
        return next(at for at in self._openings(moment, zone) if at >= moment and not self.is_quiet(at, zone))

    def narrowed(self, start: time, end: time) -> Quiet:
        """Return the same with nothing left but the hours from `start` to `end`; itself where nothing would be."""
        hours = Quiet(end, start, self.sundays)
        left = [clock for clock in _QUARTERS if not self._covers(clock) and not hours._covers(clock)]
        if not left:
            return self
        last = _QUARTERS.index(left[-1]) + 1
        return Quiet(_QUARTERS[last % len(_QUARTERS)], left[0], self.sundays)

    def _covers(self, clock: time) -> bool:
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def _openings(self, moment: datetime, zone: str) -> Iterator[datetime]:
        """Every moment from today on at which quiet may end: midnight and the end, and where it comes twice, both."""
        there = zone_named(zone)
        today = moment.astimezone(there).date()
        for ahead in range(9):
            day = today + timedelta(days=ahead)
            for clock in sorted({time.min, self.end}):
                for fold in (0, 1):
                    yield datetime.combine(day, clock.replace(fold=fold), there).astimezone(UTC)
