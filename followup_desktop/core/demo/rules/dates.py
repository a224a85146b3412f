"""The demo's calendar, counted back from now in the business's zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from followup_desktop.base.zones import Quiet, local, resolve

OPENS, SHUTS = 8 * 60, 18 * 60 + 45
"""Office hours, in minutes of the day; nobody is written to on a Sunday."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SUNDAY = 6
HOLIDAYS = frozenset({(1, 1), (7, 4), (12, 24), (12, 25)})


@dataclass
class Dates:
    """Now, and the days before it."""

    now: datetime
    zone: str
    quiet: Quiet
    _noons: dict[date, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Know what day it is, to the whole minute."""
        self.now = self.now.astimezone(UTC).replace(second=0, microsecond=0)
        self.today = local(self.now, self.zone).date()
        begins = self.today.replace(year=self.today.year - 1, day=1)
        self.year = (self.today - begins).days
        """The days since the year of the demo began, with the first of a month, so that each month is whole."""

    def at(self, day: date, minute: int) -> datetime:
        """Return the moment of a day, in UTC; `minute` counts from midnight and lies in daytime."""
        noon = self._noons.get(day)
        if noon is None:
            noon = self._noons[day] = resolve(day, time(12), self.zone)
        return noon + timedelta(minutes=minute - 720)

    def ago(self, days: int) -> date:
        """Return the day so many days before today."""
        return self.today - timedelta(days=days)

    def day_of(self, moment: datetime) -> date:
        """Return the day it was."""
        return self._local(moment)[0]

    def minute_of(self, moment: datetime) -> int:
        """Return the minute of its day it was."""
        return self._local(moment)[1]

    def office(self, moment: datetime) -> datetime:
        """Return `moment`, or the next one in office hours."""
        day, minute = self._local(moment)
        if minute > SHUTS:
            day, minute = day + timedelta(days=1), OPENS + minute % 75
        while is_off(day):
            day, minute = day + timedelta(days=1), OPENS + minute % 75
        return self.at(day, max(minute, OPENS + minute % 60))

    def awake(self, moment: datetime) -> datetime:
        """Return `moment`, or the next one at which customers write."""
        day, minute = self._local(moment)
        if minute < 420:
            return self.at(day, 420 + minute % 170)
        return self.at(day + timedelta(days=1), 420 + minute % 170) if minute > 1320 else moment

    def slots(self) -> list[datetime]:
        """Return the last working moments whose thank-you, open for a day, is still in time; the oldest first."""
        return sorted(moment for moment in self._working() if self.open_until(moment + timedelta(days=1)) > self.now)

    def open_until(self, closes: datetime) -> datetime:
        """Return until when what closes then stays open: out of quiet hours, as the planner has it."""
        allowed = self.quiet.next_allowed(closes, self.zone)
        return closes if allowed == closes else allowed + timedelta(hours=2)

    def said(self, then: datetime, at: datetime) -> str:
        """Say a day as one says it: “this morning”, “yesterday”, “on Tuesday”, “on 6 November”."""
        (day, minute), seen = self._local(then), self.day_of(at)
        if day == seen:
            return "this morning" if minute < 720 else "this afternoon" if minute < 1020 else "today"
        return self.said_day(day, seen)

    def said_day(self, day: date, seen: date) -> str:
        """Say another day as one says it."""
        near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((day - seen).days)
        return near or f"on {self.bare(day, seen)}"

    def bare(self, day: date, seen: date) -> str:
        """Name a day: its weekday within a week, else its date."""
        return _DAYS[day.weekday()] if abs((day - seen).days) < 7 else f"{day.day} {_MONTHS[day.month - 1]}"

    def month(self, day: date) -> str:
        """Name a month."""
        return _MONTHS[day.month - 1]

    def _working(self) -> Iterator[datetime]:
        for back in range(4):
            day = self.ago(back)
            if day.weekday() != SUNDAY:
                for minute in range(OPENS + 10, SHUTS - 105, 20):
                    moment = self.at(day, minute)
                    if moment <= self.now - timedelta(minutes=25):
                        yield moment

    def _local(self, moment: datetime) -> tuple[date, int]:
        there = local(moment, self.zone)
        return there.date(), there.hour * 60 + there.minute


def is_off(day: date) -> bool:
    """Whether nobody works."""
    return day.weekday() == SUNDAY or (day.month, day.day) in HOLIDAYS
