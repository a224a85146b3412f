"""What may not go out now, and why, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from followup_desktop.base.wording import day_words
from followup_desktop.base.zones import Quiet, local_day
from followup_desktop.core.consent.model import HeldFor

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """A follow-up, as far as the rules of contact look at it."""

    source: str
    transactional: bool
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer, as far as the rules of contact look at them; moments are UTC."""

    name: str
    zone: str
    email: str
    phone: str
    street: str
    last_counted_at: datetime | None
    open_case_of: str
    """Whose case is open in the household, or nobody's."""
    refused: frozenset[str]
    suppressed: bool
    bounced: bool = False
    """Whether mail to their address came back."""
    often: bool = False
    """Whether they asked to hear from us more than once a week."""


def usable_channel(asked: Asked, customer: Standing) -> str:
    """Return the first channel of the order that this customer can be reached by, or ""."""
    return next((channel for channel in asked.channels if _reachable(channel, asked, customer)), "")


def _reachable(channel: str, asked: Asked, customer: Standing) -> bool:
    if channel in customer.refused and not asked.transactional:
        return False
    match channel:
        case "email":
            return bool(customer.email) and not (customer.suppressed or customer.bounced)
        case "text" | "call":
            return bool(customer.phone)
        case "card":
            return bool(customer.street)
    return True


def held_because(
    asked: Asked, customer: Standing, now: datetime, quiet: Quiet, weekly_limit: int = 1
) -> tuple[HeldFor, str] | None:
    """Say why a follow-up is held back now, or None. Promises stay in sight whatever the hour."""
    if customer.open_case_of and asked.source not in ("case", "promise", "answer"):
        whose = "" if customer.open_case_of == customer.name else f" of {customer.open_case_of}, same household,"
        return HeldFor.OPEN_CASE, f"A case{whose} is open: put that right first."
    if not usable_channel(asked, customer) and asked.source != "promise":
        return _no_way(asked, customer)
    if not (asked.transactional or customer.often) and weekly_limit and customer.last_counted_at is not None:
        again = customer.last_counted_at + WEEK
        if now < again:
            heard = day_words(local_day(customer.last_counted_at, customer.zone))
            free = day_words(local_day(again, customer.zone))
            return (
                HeldFor.WEEKLY_LIMIT,
                f"{customer.name} heard from you on {heard}; the next message may go on {free}.",
            )
    return _quiet(asked, customer, now, quiet)


_WAYS = {"email": "email", "text": "texts", "call": "calls", "card": "letters", "in_person": "talking in person"}


def _no_way(asked: Asked, customer: Standing) -> tuple[HeldFor, str]:
    name, ways = customer.name, set(asked.channels)
    if customer.suppressed and "email" in ways:
        return HeldFor.NO_CONSENT, f"{name} asked not to be written to."
    refused = [_WAYS.get(channel, channel) for channel in asked.channels if channel in customer.refused]
    if refused and ways <= customer.refused:
        return HeldFor.NO_CONSENT, f"{name} said no to {_either(refused)}."
    if customer.bounced and "email" in ways:
        return HeldFor.BOUNCED, f"Mail to {customer.email} came back. Ask {name} for another address."
    if refused:
        return (
            HeldFor.CHANNEL_NOT_ALLOWED,
            f"{name} said no to {_either(refused)}, and no other way they could be reached is known.",
        )
    return HeldFor.NO_CHANNEL, f"There is no address or number to reach {name} by."


def _either(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if words[1:] else words[0]


def _quiet(asked: Asked, customer: Standing, now: datetime, quiet: Quiet) -> tuple[HeldFor, str] | None:
    if asked.source == "promise" or not quiet.is_quiet(now, customer.zone):
        return None
    allowed = quiet.next_allowed(now, customer.zone)
    if local_day(allowed, customer.zone) == local_day(now, customer.zone):
        return None  # early in the morning: it can be read now and goes when the quiet ends
    return HeldFor.QUIET_HOURS, f"Quiet hours until {day_words(local_day(allowed, customer.zone))}."
