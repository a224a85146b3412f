"""How values are written on the command line: ISO times in the store's zone, bare dates, stable keys."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from followup_desktop.base.errors import Problem
from followup_desktop.base.zones import resolve, zone_named
from followup_desktop.core.consent.model import OWNER_DECIDES
from followup_desktop.core.customers.model import Customer, CustomerLine
from followup_desktop.core.history.model import Event
from followup_desktop.core.journeys.model import FollowUp
from followup_desktop.core.promises.model import Promise
from followup_desktop.core.queue.model import Card, Queue

Day = TypeVar("Day", bound=date)

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years a time given by hand may lie in; beyond them clocks and zones can no longer be reckoned with."""

_MOST = 2**31 - 1


def number(text: str) -> int:
    """Read a whole number that a record may have (an argument type: raises what argparse reports)."""
    return _whole(text, 0)


def score(text: str) -> int:
    """Read a score as it was given, on its scale or not: what is said of that is for the scale to say."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number") from None


def count(text: str) -> int:
    """Read how many, at least one (an argument type)."""
    return _whole(text, 1)


def _whole(text: str, least: int) -> int:
    try:
        read = int(text)
    except ValueError:
        read = -1
    if not least <= read <= _MOST:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from {least} to {_MOST}")
    return read


def iso(moment: datetime | None, zone: str) -> str | None:
    """Write a moment with the offset of `zone`, to the second."""
    return None if moment is None else moment.astimezone(zone_named(zone)).isoformat(timespec="seconds")


def amount(text: str | None, currency: str) -> int | None:
    """Read an amount such as “165.50” in minor units; nothing stays nothing."""
    if text is None:
        return None
    from followup_desktop.base.money import Money, parse_amount

    read = parse_amount(text, currency)
    if isinstance(read, Money):
        return read.minor
    raise Problem(read.happened, "Nothing was changed.", read.to_do)


def moment(text: str, zone: str) -> datetime:
    """Read an ISO time; without an offset it is in `zone`. A bare date is its first moment. Returns UTC."""
    try:
        if len(text) == 10:
            return resolve(within(date.fromisoformat(text)), time(0), zone)
        read = within(datetime.fromisoformat(text))
    except ValueError:
        raise Problem(f"“{text}” is not a time.", "Nothing was changed.", "Write it like 2026-11-23T09:00.") from None
    if read.tzinfo is not None:
        return read.astimezone(UTC)
    return resolve(read.date(), read.time(), zone)


def within(read: Day) -> Day:
    """Return a day or time that lies in the years one can reckon with; raises ValueError for another."""
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise ValueError(read)
    return read


def day(text: str) -> date:
    """Read a bare ISO date (an argument type: raises what argparse reports)."""
    try:
        return within(date.fromisoformat(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date such as 2026-11-23") from None


def line(value: CustomerLine) -> dict[str, Any]:
    """Return a customer of the list."""
    return {
        "id": value.id,
        "uuid": value.uuid,
        "name": value.name,
        "company": value.company,
        "household": value.household,
        "email": value.email,
        "phone": value.phone,
        "route": value.route,
        "stage": value.stage,
        "standing": value.standing,
        "last_contact": value.last_contact,
        "next": None if value.next_due is None else {"what": value.next, "due": value.next_due},
    }


def queue(value: Queue, zone: str) -> dict[str, Any]:
    """Return a day's queue."""
    return {
        "day": value.day.isoformat(),
        "cards": [card(c, zone) for c in value.cards],
        "held": [
            {
                "customer_id": h.customer,
                "customer": h.name,
                "follow_up_id": h.follow_up,
                "reason": str(h.reason),
                "reason_text": h.reason_text,
                "until": h.until.isoformat() if h.until else None,
                "show_anyway": h.reason in OWNER_DECIDES,
            }
            for h in value.held
        ],
        "waiting": [
            {
                "customer_id": w.customer,
                "customer": w.name,
                "message_id": w.message,
                "since": iso(w.since, zone),
                "days": w.days,
                "overdue": w.overdue,
            }
            for w in value.waiting
        ],
        "lapsed": [
            {
                "customer_id": x.customer,
                "customer": x.name,
                "follow_up_id": x.follow_up,
                "purpose": x.purpose,
                "closed": iso(x.closed, zone),
                "why_here": x.why_here,
            }
            for x in value.lapsed
        ],
        "after_cases": [
            {
                "case_id": x.case,
                "customer": x.name,
                "household": x.household,
                "what": x.what,
                "put_right": iso(x.put_right_at, zone),
                "follow_up_ids": list(x.follow_ups),
            }
            for x in value.after_cases
        ],
        "seconds_a_card": value.seconds_a_card,
        "open_cases": [
            {
                "case_id": c.case,
                "customer_id": c.customer,
                "customer": c.name,
                "what": c.what,
                "opened": iso(c.opened_at, zone),
                "days": c.days,
            }
            for c in value.open_cases
        ],
    }


def card(value: Card, zone: str) -> dict[str, Any]:
    """Return one card."""
    return {
        "customer_id": value.customer,
        "customer": value.name,
        "household": value.household,
        "group": str(value.group),
        "due": iso(value.due, zone),
        "closes": iso(value.closes, zone),
        "channel": value.channel,
        "why_here": value.why_here,
        "why_now": value.why_now,
        "removed_by": value.removed_by,
        "holds": value.holds,
        "follow_ups": [
            {
                "id": item.id,
                "source": str(item.source),
                "purpose": str(item.purpose),
                "touchpoint": item.touchpoint,
                "due": iso(item.due, zone),
                "leads": item.leads,
                "customer_id": item.customer or value.customer,
            }
            for item in value.items
        ],
    }


def promise(value: Promise) -> dict[str, Any]:
    """Return a promise; due is a bare date where no time was given, else a time in the promise's zone."""
    due = iso(value.due, value.zone) if value.due_time else value.due_date.isoformat()
    return {
        "id": value.id,
        "customer_id": value.customer_id,
        "customer": value.customer,
        "what": value.what,
        "due": due,
        "state": str(value.state),
        "message_id": value.message,
        "event_id": value.event,
    }


def event(value: Event, zone: str) -> dict[str, Any]:
    """Return an entry of the history."""
    return {
        "id": value.id,
        "what": str(value.what),
        "at": iso(value.at, zone),
        "visit": value.visit or None,
        "note": value.note,
        "about": value.about,
        "by": value.by,
        "amount": value.amount,
        "currency": value.currency or None,
        "rating": value.rating,
        "message_id": value.message,
    }


def follow_up(value: FollowUp, zone: str) -> dict[str, Any]:
    """Return a follow-up."""
    return {
        "id": value.id,
        "source": str(value.source),
        "journey": value.journey or None,
        "touchpoint": value.touchpoint,
        "purpose": str(value.purpose),
        "opens": iso(value.opens, zone),
        "due": iso(value.due, zone),
        "closes": iso(value.closes, zone),
        "state": value.state,
        "outcome": value.outcome or None,
        "why_here": value.why_here,
    }


def customer(
    value: Customer, listed: CustomerLine, events: Sequence[Event], follow_ups: Sequence[FollowUp],
    promises: Sequence[Promise], zone: str,
) -> dict[str, Any]:  # fmt: skip
    """Return everything known of a customer, the history newest first."""
    p = value.person
    return line(listed) | {
        "given_name": p.given_name,
        "family_name": p.family_name,
        "address": {
            "street": p.street,
            "city": p.city,
            "region": p.region,
            "postal_code": p.postal_code,
            "country": p.country,
        },
        "prefers": p.channel or None,
        "best_time": p.best_time or None,
        "more_emails": list(p.more_emails),
        "more_phones": list(p.more_phones),
        "language": p.language,
        "zone": p.zone,
        "since": p.since.isoformat() if p.since else None,
        "notes": p.notes,
        "access_note": p.access_note,
        "extra": {k: v for k, v in p.extra.items() if not k.startswith("_")},
        "promises": [promise(x) for x in promises],
        "follow_ups": [follow_up(x, zone) for x in follow_ups],
        "history": [event(e, zone) for e in events],
    }
