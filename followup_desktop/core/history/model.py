"""Events: what happened to a customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from followup_desktop.core.customers.model import CustomerId

EventId = NewType("EventId", int)


class Happening(StrEnum):
    """What can happen to a customer."""

    VISIT_DONE = "visit_done"
    VISIT_MISSED = "visit_missed"
    VISIT_LATE = "visit_late"
    BOOKING = "booking"
    QUOTE_SENT = "quote_sent"
    QUOTE_WON = "quote_won"
    QUOTE_LOST = "quote_lost"
    PURCHASE = "purchase"
    INQUIRY = "inquiry"
    COMPLAINT = "complaint"
    RATING = "rating"
    CALL = "call"
    REFERRAL = "referral"
    NOTE = "note"
    MESSAGE_OUT = "message_out"
    MESSAGE_IN = "message_in"
    IN_PERSON = "in_person"
    CASE_RESOLVED = "case_resolved"
    OPTED_OUT = "opted_out"
    BOUNCED = "bounced"
    LEFT = "left"
    CONTRACT_CHANGED = "contract_changed"
    FEEDBACK = "feedback"
    TOLD_TO_STOP = "told_to_stop"
    NPS = "nps"
    DEALT_WITH = "dealt_with"


LOGGED_BY_HAND: tuple[Happening, ...] = (
    Happening.VISIT_DONE,
    Happening.VISIT_MISSED,
    Happening.VISIT_LATE,
    Happening.BOOKING,
    Happening.QUOTE_SENT,
    Happening.QUOTE_WON,
    Happening.QUOTE_LOST,
    Happening.PURCHASE,
    Happening.INQUIRY,
    Happening.COMPLAINT,
    Happening.RATING,
    Happening.CALL,
    Happening.REFERRAL,
    Happening.NOTE,
    Happening.CONTRACT_CHANGED,
    Happening.FEEDBACK,
)

LABELS: dict[Happening, str] = {
    Happening.VISIT_DONE: "Visit done",
    Happening.VISIT_MISSED: "Visit missed",
    Happening.VISIT_LATE: "Came late",
    Happening.BOOKING: "Booked",
    Happening.QUOTE_SENT: "Quote sent",
    Happening.QUOTE_WON: "Quote accepted",
    Happening.QUOTE_LOST: "Quote declined",
    Happening.PURCHASE: "Bought",
    Happening.INQUIRY: "Asked",
    Happening.COMPLAINT: "Complained",
    Happening.RATING: "Rated",
    Happening.CALL: "Call",
    Happening.REFERRAL: "Referred someone",
    Happening.NOTE: "Note",
    Happening.MESSAGE_OUT: "You wrote",
    Happening.MESSAGE_IN: "They wrote",
    Happening.IN_PERSON: "In person",
    Happening.CASE_RESOLVED: "Put right",
    Happening.OPTED_OUT: "Asked not to be written to",
    Happening.BOUNCED: "Mail came back",
    Happening.LEFT: "Left",
    Happening.CONTRACT_CHANGED: "Contract changed",
    Happening.FEEDBACK: "Told us what they think",
    Happening.TOLD_TO_STOP: "You said to leave it",
    Happening.NPS: "Would recommend us",
    Happening.DEALT_WITH: "Dealt with",
}

FROM_THEM: frozenset[Happening] = frozenset(
    {
        Happening.MESSAGE_IN,
        Happening.INQUIRY,
        Happening.COMPLAINT,
        Happening.RATING,
        Happening.REFERRAL,
        Happening.FEEDBACK,
        Happening.NPS,
    }
)
"""Happenings that are a word from the customer."""

FROM_US: frozenset[Happening] = frozenset({Happening.MESSAGE_OUT, Happening.CALL, Happening.IN_PERSON})
"""Happenings that are a word from us."""


class VisitKind(StrEnum):
    """What a visit was for."""

    ROUTINE = "routine"
    FIRST = "first"
    REPAIR = "repair"
    INSTALLATION = "installation"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a customer. `at` is UTC; `amount` is in minor units of `currency`.

    `rating` is 1 to 5 where they rated us, 0 to 10 where they said whether they would recommend us.
    """

    id: EventId
    customer: CustomerId
    what: Happening
    at: datetime
    visit: str = ""
    note: str = ""
    about: str = ""
    by: str = ""
    amount: int | None = None
    currency: str = ""
    rating: int | None = None
    counts: bool = False
    message: int | None = None
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event about to be written; `at` None means now."""

    what: Happening
    at: datetime | None = None
    visit: str = ""
    note: str = ""
    about: str = ""
    by: str = ""
    amount: int | None = None
    currency: str = ""
    rating: int | None = None
    counts: bool = False
    message: int | None = None
    stop: int | None = None
    purpose: str = ""
