"""Open promises as a calendar file that other calendars take in (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from followup_desktop.core.promises.model import Promise
from followup_desktop.core.report.rules.lines import document, escaped

LENGTH = timedelta(minutes=15)
"""How much room a promise with a time takes in a calendar."""


def calendar(promises: Iterable[Promise], now: datetime) -> bytes:
    """Return promises as events: at their time, or on their day. Times are UTC, which needs no rules of any zone."""
    return document(_lines(promises, now))


def _lines(promises: Iterable[Promise], now: datetime) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Followup Desktop//Promises//EN"
    for promise in promises:
        yield from _event(promise, now)
    yield "END:VCALENDAR"


def _event(promise: Promise, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{promise.uuid}"
    yield f"DTSTAMP:{_moment(now)}"
    if promise.due_time is None:
        yield f"DTSTART;VALUE=DATE:{promise.due_date:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{promise.due_date + timedelta(days=1):%Y%m%d}"
    else:
        yield f"DTSTART:{_moment(promise.due)}"
        yield f"DTEND:{_moment(promise.due + LENGTH)}"
    about = f"{promise.what} ({promise.customer})" if promise.customer else promise.what
    yield f"SUMMARY:{escaped(about)}"
    if promise.line:
        yield f"DESCRIPTION:{escaped(promise.line)}"
    yield "END:VEVENT"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
