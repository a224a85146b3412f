"""Open promises and follow-ups as a calendar file that other calendars take in (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from followup_desktop.core.promises.model import Promise
from followup_desktop.core.report.model import Planned

if TYPE_CHECKING:
    from icalendar import Alarm, Event

LENGTH = timedelta(minutes=15)
"""How much room a promise with a time takes in a calendar."""


def calendar(promises: Iterable[Promise], planned: Iterable[Planned], now: datetime) -> bytes:
    """Return promises at their time, or on their day, and follow-ups on the day they are due (RFC 5545, UTF-8).

    Times are UTC, which needs no rules of any zone. The same promise has the same UID in every file, so that a calendar
    that takes the file in again changes what it has. A promise rings there when it rings here; a follow-up does not,
    and leaves the day free.
    """
    from icalendar import Calendar  # slow to load, and seldom used

    found = Calendar()
    found.add("version", "2.0")
    found.add("prodid", "-//Followup Desktop//EN")
    for promise in promises:
        found.add_component(_promise(promise, now))
    for each in planned:
        found.add_component(_planned(each, now))
    return bytes(found.to_ical())


def _promise(promise: Promise, now: datetime) -> Event:
    event = _event(promise.uuid, f"{promise.what} ({promise.customer})" if promise.customer else promise.what, now)
    if promise.due_time is None:
        event.add("dtstart", promise.due_date)
        event.add("dtend", promise.due_date + timedelta(days=1))
    else:
        event.add("dtstart", promise.due.astimezone(UTC))
        event.add("dtend", promise.due.astimezone(UTC) + LENGTH)
    if promise.line:
        event.add("description", _plain(promise.line))
    event.add_component(_alarm(promise))
    return event


def _alarm(promise: Promise) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _plain(promise.what))
    alarm.add("trigger", promise.remind_at.astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
    return alarm


def _planned(each: Planned, now: datetime) -> Event:
    event = _event(each.uuid, f"{each.what}: {each.customer}", now)
    event.add("dtstart", each.day)
    event.add("dtend", each.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if each.why:
        event.add("description", _plain(each.why))
    return event


def _event(uuid: str, about: str, now: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uuid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", _plain(about))
    return event


def _plain(text: str) -> str:
    """Return text without the control characters a calendar file must not hold; line breaks stay."""
    return "".join(one for one in text if one == "\n" or (one >= " " and one != "\x7f" and not _is_half(one)))


def _is_half(one: str) -> bool:
    return "\ud800" <= one <= "\udfff"
