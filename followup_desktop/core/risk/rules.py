"""How a customer stands, from their own rhythm, ratings, open cases, late promises and silence. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from followup_desktop.base.wording import count_words, date_words
from followup_desktop.base.zones import local_day
from followup_desktop.core.customers.model import Standing
from followup_desktop.core.history.rules import own_rhythm
from followup_desktop.core.risk.model import Risk

USUAL = timedelta(days=60)
"""A customer's rhythm where theirs is not known yet (product: usage check-in)."""

AT_RISK, WATCH = 60, 25


@dataclass(frozen=True, slots=True)
class Signs:
    """What standing is judged by; moments are UTC, oldest first."""

    contacts: tuple[datetime, ...]
    ratings: tuple[tuple[datetime, int], ...]
    open_cases: int
    late_promises: int
    unanswered: datetime | None
    events: int
    since: datetime


def judge(signs: Signs, now: datetime, zone: str) -> Risk:
    """Say how a customer stands, with reasons in words."""
    found = [
        r
        for r in (
            _silence(signs, now),
            _rating(signs, zone),
            _cases(signs),
            _late(signs),
            _unanswered(signs, now, zone),
        )
        if r
    ]
    found.sort(reverse=True)
    points = sum(weight for weight, _ in found)
    reasons = tuple(text for _, text in found)
    if not signs.events:
        return Risk(Standing.NO_HISTORY, 0, ())
    standing = Standing.AT_RISK if points >= AT_RISK else Standing.WATCH if points >= WATCH else Standing.GOOD
    return Risk(standing, points, reasons)


def rhythm(contacts: tuple[datetime, ...]) -> timedelta:
    """Return the usual time between conversations: the median gap, between two weeks and sixty days."""
    return min(max(own_rhythm(contacts) or USUAL, timedelta(days=14)), USUAL)


def _silence(signs: Signs, now: datetime) -> tuple[int, str] | None:
    last = signs.contacts[-1] if signs.contacts else signs.since
    silent, usual = now - last, rhythm(signs.contacts)
    if silent < usual * 1.5:
        return None
    weight = 40 if silent >= usual * 3 else 20
    days = count_words(silent.days, "day", "days")
    return weight, f"No contact for {days}, the usual is {usual.days}."


def _rating(signs: Signs, zone: str) -> tuple[int, str] | None:
    if not signs.ratings:
        return None
    at, last = signs.ratings[-1]
    day = date_words(local_day(at, zone))
    if last <= 2:
        return 45, f"Rated {last} of 5 on {day}."
    before = signs.ratings[-2][1] if len(signs.ratings) > 1 else last
    if last < before:
        return 25, f"The rating fell from {before} to {last} on {day}."
    return (15, f"Rated {last} of 5 on {day}.") if last == 3 else None


def _cases(signs: Signs) -> tuple[int, str] | None:
    return (40, "A case is open.") if signs.open_cases else None


def _late(signs: Signs) -> tuple[int, str] | None:
    if not signs.late_promises:
        return None
    return 30, f"{count_words(signs.late_promises, 'promise is', 'promises are')} late."


def _unanswered(signs: Signs, now: datetime, zone: str) -> tuple[int, str] | None:
    if signs.unanswered is None or now - signs.unanswered < timedelta(days=14):
        return None
    return 15, f"Your message of {date_words(local_day(signs.unanswered, zone))} has no answer."
