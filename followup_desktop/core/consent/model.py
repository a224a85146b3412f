"""Permission, suppression, and why something is held back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

OFTEN = "often"
"""Kept like a channel: whether they asked to hear from us more than once a week, over all channels."""


SELDOM = "seldom"
"""Kept like a channel: whether they asked for at most one message in so many days, over all channels."""


class HeldFor(StrEnum):
    """Why a follow-up is held back."""

    WEEKLY_LIMIT = "weekly_limit"
    QUIET_HOURS = "quiet_hours"
    NO_CONSENT = "no_consent"
    OPEN_CASE = "open_case"
    AFTER_CASE = "after_case"
    NO_CHANNEL = "no_channel"
    CHANNEL_NOT_ALLOWED = "channel_not_allowed"
    BOUNCED = "bounced"
    OUTRANKED = "outranked"
    ON_ROUTE = "on_route"
    CAPACITY = "capacity"


OWNER_DECIDES = frozenset(
    {
        *(HeldFor.WEEKLY_LIMIT, HeldFor.QUIET_HOURS, HeldFor.OUTRANKED, HeldFor.ON_ROUTE, HeldFor.CAPACITY),
        HeldFor.OPEN_CASE,
    }
)
"""Reasons the owner may set aside for once; what a customer forbade, or what cannot arrive, is not among them."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What a customer said about one channel; `at` is an ISO moment."""

    channel: str
    allowed: bool
    source: str
    at: str
    days: int | None = None
    """Of `SELDOM`: in how many days one message is enough."""

    def moment(self) -> datetime:
        """Return when they said so (UTC)."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class Suppression:
    """An address nothing may go to, and why; `at` is UTC."""

    kind: str
    value: str
    reason: str
    at: datetime


class WishKind(StrEnum):
    """What a customer seems to ask for in a mail."""

    STOP = "stop"
    CHANNEL = "channel"
    SELDOM = "seldom"
    OFTEN = "often"
    AGREES = "agrees"
    TIME = "time"


class WishState(StrEnum):
    """What became of it."""

    OPEN = "open"
    GRANTED = "granted"
    NOT_SO = "not_so"


@dataclass(frozen=True, slots=True)
class NewWish:
    """A wish about to be kept: the sentence it was read from, and what it comes to."""

    kind: WishKind
    sentence: str
    channel: str = ""
    refused: tuple[str, ...] = ()
    days: int | None = None
    best_time: str = ""
    """Of a wish about the time: the part of the day (`core.customers.model.BEST_TIMES`)."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a customer seems to ask for, until the owner says what it was; `at` is UTC."""

    id: int
    customer: int
    name: str
    message: int | None
    what: NewWish
    at: datetime


class Law(StrEnum):
    """Which rules say how long offers may be written to somebody who did not ask for them."""

    CASL = "casl"
    PECR = "pecr"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Clock:
    """Until when offers may be written to a customer, and by what.

    `basis` is "express" (they said yes), "service", "agreement", "inquiry", "nothing", or "free" where no law counts.
    Without `ends` there is no end, or with "nothing" no beginning. `source` says it in words.
    """

    law: Law
    basis: str
    source: str
    since: date | None
    ends: date | None
