"""A customer, as the rest of the program sees one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

CustomerId = NewType("CustomerId", int)


class Stage(StrEnum):
    """Where a customer stands on the way from first contact to advocacy."""

    LEAD = "lead"
    QUOTED = "quoted"
    NEW = "new"
    REGULAR = "regular"
    ADVOCATE = "advocate"
    PAUSED = "paused"
    FORMER = "former"


class Standing(StrEnum):
    """How likely a customer is to stay."""

    GOOD = "good"
    WATCH = "watch"
    AT_RISK = "at_risk"
    NO_HISTORY = "no_history"


BEST_TIMES: Mapping[str, tuple[time, time]] = MappingProxyType(
    {"morning": (time(8), time(12)), "afternoon": (time(12), time(17)), "evening": (time(17), time(20))}
)
"""When a customer likes to be reached, by their own clock."""


@dataclass(frozen=True, slots=True)
class Person:
    """What the owner can enter about a customer; every field may be empty but the name or the company."""

    given_name: str = ""
    family_name: str = ""
    company: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    language: str = ""
    zone: str = ""
    stage: str = Stage.NEW
    channel: str = ""
    best_time: str = ""
    """One of `BEST_TIMES`, or any time."""
    notes: str = ""
    access_note: str = ""
    since: date | None = None
    more_emails: tuple[str, ...] = ()
    more_phones: tuple[str, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The person's name, or the company's where nobody is named."""
        return f"{self.given_name} {self.family_name}".strip() or self.company


@dataclass(frozen=True, slots=True)
class Customer:
    """One person or company one writes to."""

    id: CustomerId
    uuid: str
    name: str
    household: str
    person: Person


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """One row of the customer list; times are UTC."""

    id: CustomerId
    uuid: str
    name: str
    company: str
    household: str
    email: str
    phone: str
    route: str
    stage: str
    standing: str
    last_contact_days: int | None
    last_contact: str | None
    next: str
    next_due: str | None
    next_source: str = ""


@dataclass(frozen=True, slots=True)
class Erasure:
    """The proof that somebody was erased; `at` is UTC, `number` what the customer was known by here.

    `records` says how many rows of each table went, `stopped` how many addresses nothing may go to any more.
    """

    id: int
    at: datetime
    number: int
    records: Mapping[str, int]
    stopped: int
