"""Where a promise stands: when it is due, whether it is late, how it was kept."""

from __future__ import annotations

from datetime import date, datetime, time

from followup_desktop.base import walltime, wording
from followup_desktop.base.zones import end_of_day, local_day, resolve, zone_named
from followup_desktop.core.promises.model import Promise, PromiseGroup, PromiseState
from followup_desktop.core.promises.rules import counting


def due_at(due_date: date, due_time: time | None, zone: str) -> datetime:
    """Return when a promise is due, in UTC: its time, or the last second of its day."""
    return end_of_day(due_date, zone) if due_time is None else resolve(due_date, due_time, zone)


def remind_at(due_date: date, due_time: time | None, zone: str) -> datetime:
    """Return when to remind of it, in UTC: 15 minutes before its time, or at 8:00 on its day."""
    return walltime.remind_at(due_date, due_time, zone_named(zone))


def settled_as(promise: Promise, now: datetime) -> PromiseState:
    """Return whether a promise kept at `now` was kept on time."""
    return PromiseState.KEPT if now <= promise.due else PromiseState.KEPT_LATE


def is_late(promise: Promise, now: datetime) -> bool:
    """Whether it is still open and its time is over."""
    return promise.state is PromiseState.OPEN and now > promise.due


def group_of(promise: Promise, now: datetime) -> PromiseGroup:
    """Return its place on the Promises page. A week ends on Sunday."""
    today = local_day(now, promise.zone)
    if now > promise.due:
        return PromiseGroup.LATE
    if promise.due_date <= today:
        return PromiseGroup.TODAY
    this_week = counting.monday_of(promise.due_date) == counting.monday_of(today)
    return PromiseGroup.THIS_WEEK if this_week else PromiseGroup.LATER


def when_words(promise: Promise, now: datetime, locale: str = wording.DEFAULT) -> str:
    """Return "1 day late", "3:00 pm, in 2 h", "Tue 5:00 pm", "Wed" or "1 Dec": what a list has room for."""
    today, group = local_day(now, promise.zone), group_of(promise, now)
    if group is PromiseGroup.LATE:
        days = today - promise.due_date
        return wording.late_words(days if promise.due_time is None else now - promise.due, locale)
    day = wording.short_day_words(promise.due_date, today, locale)
    if promise.due_time is None:
        return day
    clock = wording.clock_words(promise.due_time, locale)
    return (
        f"{clock}, {wording.in_words(promise.due - now, locale)}" if group is PromiseGroup.TODAY else f"{day} {clock}"
    )
