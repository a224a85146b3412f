"""What may not go out now, and why, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from followup_desktop.base import phones
from followup_desktop.base.wording import day_words
from followup_desktop.base.zones import Quiet, local_day
from followup_desktop.core.consent.model import HeldFor, NewWish, WishKind

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """A follow-up, as far as the rules of contact look at it."""

    source: str
    transactional: bool
    channels: tuple[str, ...]
    commercial: bool = False
    """Whether the law calls it an offer: for that, the time it may be written in counts."""


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
    seldom: int = 0
    """In how many days one message is enough for them, where they said so."""
    phone_suppressed: bool = False
    prefers: str = ""
    """The channel they like best."""
    offers_over: str = ""
    """Why the law lets us write them no offers any more, or nothing."""
    asked_to_stop: str = ""
    """The sentence that seems to ask for no more mail, until the owner says what was meant."""


class Hold(NamedTuple):
    """Why a follow-up is held back, and the customer's day on which it comes back by itself, where that is known."""

    reason: HeldFor
    text: str
    until: date | None = None


def usable_channel(asked: Asked, customer: Standing) -> str:
    """Return the channel to reach this customer by, or "": the one they like best, else the first of the order."""
    order = sorted(asked.channels, key=customer.prefers.__ne__) if customer.prefers else asked.channels
    return next((channel for channel in order if _reachable(channel, asked, customer)), "")


def _reachable(channel: str, asked: Asked, customer: Standing) -> bool:
    if channel in customer.refused and not asked.transactional:
        return False
    if asked.commercial and customer.offers_over and channel in ("email", "text"):
        return False
    match channel:
        case "email":
            return bool(customer.email) and not (customer.suppressed or customer.bounced)
        case "text" | "call":
            return bool(customer.phone) and not customer.phone_suppressed
        case "card":
            return bool(customer.street)
    return True


def held_because(asked: Asked, customer: Standing, now: datetime, quiet: Quiet, weekly_limit: int = 1) -> Hold | None:
    """Say why a follow-up is held back now, or None. Promises stay in sight whatever the hour."""
    if customer.open_case_of and asked.source not in ("case", "promise", "answer"):
        whose = "" if customer.open_case_of == customer.name else f" of {customer.open_case_of}, same household,"
        return Hold(HeldFor.OPEN_CASE, f"A case{whose} is open: put that right first.")
    if customer.asked_to_stop and not asked.transactional and asked.source not in ("case", "promise", "answer"):
        said = f"{customer.name} wrote “{customer.asked_to_stop.rstrip('.')}”."
        return Hold(HeldFor.NO_CONSENT, f"{said} Say first what was meant.")
    if not usable_channel(asked, customer) and asked.source != "promise":
        return _no_way(asked, customer)
    if not asked.transactional and (too_soon := _too_soon(customer, now, weekly_limit)):
        return too_soon
    return _quiet(asked, customer, now, quiet)


def _too_soon(customer: Standing, now: datetime, weekly_limit: int) -> Hold | None:
    """Say since when and until when a customer has heard enough, or None."""
    limit = timedelta(days=customer.seldom) if customer.seldom else WEEK
    if customer.last_counted_at is None or not (customer.seldom or (weekly_limit and not customer.often)):
        return None
    again = customer.last_counted_at + limit
    if now >= again:
        return None
    heard = day_words(local_day(customer.last_counted_at, customer.zone))
    free = local_day(again, customer.zone)
    asked = f" and asked for no more than one message in {customer.seldom} days" if customer.seldom else ""
    when = "later today" if free == local_day(now, customer.zone) else f"on {day_words(free)}"
    text = f"{customer.name} heard from you on {heard}{asked}; the next message may go {when}."
    return Hold(HeldFor.WEEKLY_LIMIT, text, free)


_WAYS = {"email": "email", "text": "texts", "call": "calls", "card": "letters", "in_person": "talking in person"}


def _no_way(asked: Asked, customer: Standing) -> Hold:
    name, ways = customer.name, set(asked.channels)
    if asked.commercial and customer.offers_over and not customer.suppressed and ways & {"email", "text"}:
        return Hold(HeldFor.NO_CONSENT, customer.offers_over)
    if customer.suppressed and "email" in ways:
        return Hold(HeldFor.NO_CONSENT, f"{name} asked not to be written to.")
    refused = [_WAYS.get(channel, channel) for channel in asked.channels if channel in customer.refused]
    if customer.phone_suppressed and ways & {"text", "call"} and not (customer.email and "email" in ways):
        return Hold(HeldFor.NO_CONSENT, f"{name} asked not to be rung or texted.")
    if refused and ways <= customer.refused:
        return Hold(HeldFor.NO_CONSENT, f"{name} said no to {_either(refused)}.")
    if customer.bounced and "email" in ways:
        return Hold(HeldFor.BOUNCED, f"Mail to {customer.email} came back. Ask {name} for another address.")
    if refused:
        return Hold(
            HeldFor.CHANNEL_NOT_ALLOWED,
            f"{name} said no to {_either(refused)}, and no other way they could be reached is known.",
        )
    return Hold(HeldFor.NO_CHANNEL, f"There is no address or number to reach {name} by.")


def _either(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if words[1:] else words[0]


def _quiet(asked: Asked, customer: Standing, now: datetime, quiet: Quiet) -> Hold | None:
    if asked.source == "promise" or not quiet.is_quiet(now, customer.zone):
        return None
    allowed = quiet.next_allowed(now, customer.zone)
    if local_day(allowed, customer.zone) == local_day(now, customer.zone):
        return None  # early in the morning: it can be read now and goes when the quiet ends
    day = local_day(allowed, customer.zone)
    return Hold(HeldFor.QUIET_HOURS, f"Quiet hours until {day_words(day)}.", day)


def asks_words(wish: NewWish) -> str:
    """Say the same in a sentence after a name: "seems to ask for no more mail", "seems to agree to mail from you"."""
    match wish.kind:
        case WishKind.CHANNEL | WishKind.TIME:
            return f"seems to want to be reached {wish_words(wish)}"
        case WishKind.AGREES:
            return "seems to agree to mail from you"
    return f"seems to ask for {wish_words(wish)}"


_BY = {"email": "by email", "text": "by text", "call": "by phone", "card": "by letter"}


def wish_words(wish: NewWish) -> str:
    """Say what a customer seems to ask for: "no more mail", "by text, not by email", "one message in 30 days"."""
    match wish.kind:
        case WishKind.STOP:
            return "no more mail"
        case WishKind.SELDOM:
            return f"one message in {wish.days or 30} days at most"
        case WishKind.OFTEN:
            return "more than one message a week"
        case WishKind.AGREES:
            return "yes to mail from you"
        case WishKind.TIME:
            return f"in the {wish.best_time}"
    refused = [_BY[channel] for channel in wish.refused if channel in _BY]
    return f"{_BY.get(wish.channel, wish.channel)}{f', not {_either(refused)}' if refused else ''}"


def key_of(kind: str, value: str) -> str:
    """Return how an address or, of `kind` "phone", a number stands on the list of those nothing may go to."""
    return phones.key_of(value) if kind == "phone" else value.casefold()
