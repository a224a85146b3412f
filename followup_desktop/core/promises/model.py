"""The words of promises: what was promised, when it is due, and what a line says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import NewType

from followup_desktop.core.history.model import Happening

PromiseId = NewType("PromiseId", int)


class PromiseState(StrEnum):
    """Where a promise stands."""

    OPEN = "open"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


STATE_WORDS: dict[PromiseState, str] = {
    PromiseState.OPEN: "open",
    PromiseState.KEPT: "kept",
    PromiseState.KEPT_LATE: "kept late",
    PromiseState.BROKEN: "not kept",
    PromiseState.WITHDRAWN: "taken back",
}


class PromiseGroup(StrEnum):
    """Where an open promise stands on the Promises page, in the order of the page."""

    LATE = "late"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Promise:
    """Something the owner said they would do.

    `due_date`, `due_time` and `zone` are what was meant: wall time in the zone it was made in. `due` and
    `remind_at` are the same as instants in UTC; the `due` of a promise without a time is the last second of its day.
    """

    id: PromiseId
    uuid: str
    customer_id: int | None
    """None is a promise to oneself."""
    customer: str
    what: str
    due_date: date
    due_time: time | None
    zone: str
    due: datetime
    remind_at: datetime
    state: PromiseState
    shown_at: datetime | None
    made_at: datetime
    settled_at: datetime | None
    line: str = ""
    """The line it was made from, as it was typed."""
    moved_from: date | None = None
    """The day it was promised for, where it was moved."""
    message: int | None = None
    """The letter it was made from, theirs or ours."""
    event: int | None = None
    """What else it was made from: a call, a visit, a line of their history."""


class OfferState(StrEnum):
    """What became of a promise found in the owner's words."""

    OPEN = "open"
    KEPT = "kept"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Offer:
    """A sentence of the owner's that promises something, offered to be kept; wall time in `zone`."""

    id: int
    customer_id: int
    customer: str
    sentence: str
    what: str
    due_date: date | None
    """None where the sentence names no single day: it is asked for."""
    due_time: time | None
    zone: str
    said_at: datetime
    """When the mail was written (UTC)."""
    state: OfferState
    message: int | None = None
    """The mail of ours it stands in."""
    event: int | None = None
    """The call, or whatever else, in whose notes it stands."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a promise comes from: a letter or something that happened, and when (UTC)."""

    what: Happening
    at: datetime
    about: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """What one customer may be called in a line."""

    customer_id: int
    given: str
    family: str
    company: str
    display: str
    beside: str = ""
    """What tells them from a namesake: the street, else the town, the company or the address."""


@dataclass(frozen=True, slots=True)
class Match:
    """A customer a line names, or may name."""

    customer_id: int
    name: str
    beside: str = ""
    """What tells them apart, where somebody else has the same name."""

    @property
    def label(self) -> str:
        """The name, and what tells them from a namesake: "Ana Lopez, 18 Orchard Way"."""
        return f"{self.name}, {self.beside}" if self.beside else self.name


class MissingKind(StrEnum):
    """Why a line cannot become a promise yet."""

    WHAT = "what"
    """Nothing to do is left once day and name are taken out."""
    DAY = "day"
    """No day at all."""
    WHICH_DAY = "which_day"
    """A stretch of days ("next week"), or two different days."""
    WHICH_TIME = "which_time"
    """Two different times."""
    NO_SUCH_DAY = "no_such_day"
    """31 February."""
    NO_SUCH_TIME = "no_such_time"
    """25:00."""
    WRONG_WEEKDAY = "wrong_weekday"
    """Friday 28 November, which is a Saturday."""
    PAST = "past"
    WHICH_CUSTOMER = "which_customer"
    UNKNOWN_CUSTOMER = "unknown_customer"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to ask before the line can be kept: the kind, and the words of the line it is about."""

    kind: MissingKind
    words: str = ""
    days: tuple[date, ...] = ()
    """The days in question, where there are any."""


class SpanKind(StrEnum):
    """What a stretch of the line was understood as."""

    CUSTOMER = "customer"
    DAY = "day"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of the line (in Unicode form NFC), and what they were understood as."""

    start: int
    end: int
    kind: SpanKind


@dataclass(frozen=True, slots=True)
class Understood:
    """What one line says. It can be kept when `problems` is empty."""

    what: str
    customer: Match | None
    candidates: tuple[Match, ...]
    """Customers it may mean, where it may mean several."""
    due_date: date | None
    due_time: time | None
    problems: tuple[Missing, ...]
    spans: tuple[Span, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether it can be kept as it is."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class NewPromise:
    """A promise about to be made: wall time in `zone`; without a time it is due by the end of the day."""

    what: str
    due_date: date
    due_time: time | None
    zone: str
    customer: int | None = None
    line: str = ""
    message: int | None = None
    """The letter it is made from."""
    event: int | None = None
    """What else it is made from, in their history."""
