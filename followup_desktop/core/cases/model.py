"""Cases: something went wrong and is being put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from followup_desktop.base.money import Money
from followup_desktop.core.customers.model import CustomerId

CaseId = NewType("CaseId", int)


CHANGED = "answer/what_changed"
"""The letter that closes the loop: it tells them what was changed."""


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    PUT_RIGHT = "put_right"
    CLOSED = "closed"


class Step(StrEnum):
    """The five steps of putting something right, in their order."""

    INTENT = "intent"
    ALIGN = "align"
    APOLOGISE = "apologise"
    ASK = "ask"
    ASSURE = "assure"


STEP_TITLES: dict[Step, str] = {
    Step.INTENT: "Assume good intent",
    Step.ALIGN: "Align",
    Step.APOLOGISE: "Apologise",
    Step.ASK: "Ask how to make it right",
    Step.ASSURE: "Assure, then do it",
}


class How(StrEnum):
    """How the business learned of it."""

    PHONE = "phone"
    EMAIL = "email"
    TEXT = "text"
    IN_PERSON = "in_person"
    REVIEW = "review"
    RATING = "rating"
    VISIT = "visit"
    OURSELVES = "ourselves"


HOW_LABELS: dict[How, str] = {
    How.PHONE: "by phone",
    How.EMAIL: "by mail",
    How.TEXT: "by text",
    How.IN_PERSON: "in person",
    How.REVIEW: "in a review",
    How.RATING: "with a rating",
    How.VISIT: "at the close of the day",
    How.OURSELVES: "noticed by ourselves",
}

KINDS: tuple[str, ...] = ("free visit", "credit", "refund", "done by the owner", "gift")
"""What is offered most often to make up for something; any other words do as well."""

FIRST_CAUSES: tuple[str, ...] = (
    "Gate or access",
    "No cover when a truck is down",
    "Not told of a change",
    "Work not done well",
    "Material or part failed",
    "Bill or price",
    "Promise not kept",
)
"""Why things go wrong, until the list is the owner's own."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something offered to make it right: what it cost, and when it was given. Times are UTC."""

    id: int
    kind: str
    cost: Money | None
    offered_at: datetime
    given_at: datetime | None


@dataclass(frozen=True, slots=True)
class Noted:
    """What was noted at one of the five steps, and when it was done (UTC)."""

    step: Step
    note: str = ""
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A case; times are UTC."""

    id: CaseId
    customer: CustomerId
    name: str
    what: str
    state: CaseState
    opened_at: datetime
    put_right_at: datetime | None
    closed_at: datetime | None
    event: int | None
    how: str = ""
    """How the business learned of it, one of `How`; empty where nobody said."""
    cause: str = ""
    standard: str = ""
    """The standard that was missed."""
    why: str = ""
    prevention: str = ""
    prevented_at: datetime | None = None
    told_at: datetime | None = None
    """When the customer was told what was changed."""
    reopened: int = 0
    """How often it did not hold."""
    right: str = ""
    """How it was put right, in a sentence."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A case with everything that belongs to it."""

    case: Case
    steps: tuple[Noted, ...]
    offers: tuple[Offer, ...]
    promises: tuple[int, ...]
    events: tuple[int, ...]
    """The event that opened it, and those that were joined to it, the oldest first."""
    answered_at: datetime | None
    """When they heard from us first after it was known (UTC)."""


@dataclass(frozen=True, slots=True)
class CauseCount:
    """One cause: in how many cases, how many of them opened after its fix, and which they were."""

    name: str
    cases: int
    came_back: int
    """Cases opened, or opened again, after something had been done to stop it."""
    fixed_at: datetime | None
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """One thing given to make something right: a line of the goodwill ledger. `at` is UTC."""

    offer: int
    case: CaseId
    customer: CustomerId
    name: str
    kind: str
    cost: Money | None
    at: datetime
    cause: str
    route: str


@dataclass(frozen=True, slots=True)
class Goodwill:
    """What was given in one month, for one cause, on one route, in one currency."""

    month: str
    """Such as "2026-11"."""
    cause: str
    route: str
    given: int
    cost: Money | None
    """None where no cost was said."""
    offers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Closing:
    """What closes the loop; None leaves a line as it is."""

    cause: str | None = None
    standard: str | None = None
    why: str | None = None
    prevention: str | None = None
