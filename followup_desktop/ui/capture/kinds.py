"""What can be logged, in the order of the keys 1 to 9, and which fields each kind asks for."""

from __future__ import annotations

from dataclasses import dataclass

from followup_desktop.core.history.model import LOGGED_BY_HAND, Happening


@dataclass(frozen=True, slots=True)
class LogKind:
    """One kind: its word on the button, its key, and the labels of the fields it asks for (none when empty)."""

    what: Happening
    label: str
    key: str = ""
    about: str = ""
    note: str = "Note"
    amount: bool = False
    rating: bool = False
    visit: bool = False
    by: bool = False


_H = Happening
KINDS: tuple[LogKind, ...] = (
    LogKind(
        _H.VISIT_DONE, "Visit done", "1", "What was done or fitted", "What was found", amount=True, visit=True, by=True
    ),
    LogKind(_H.CALL, "Call", "2", note="What was said"),
    LogKind(_H.NOTE, "Note", "3"),
    LogKind(_H.QUOTE_SENT, "Quote sent", "4", "What for", amount=True),
    LogKind(_H.PURCHASE, "Purchase", "5", "What they bought", amount=True),
    LogKind(_H.INQUIRY, "Inquiry", "6", "About what", "What they asked"),
    LogKind(_H.COMPLAINT, "Complaint", "7", note="What went wrong, in their words"),
    LogKind(_H.RATING, "Rating", "8", note="What they said", rating=True),
    LogKind(_H.BOOKING, "Booking", "9", "What for", "When, and what to know", amount=True),
    LogKind(_H.VISIT_MISSED, "Visit missed", note="Why", by=True),
    LogKind(_H.VISIT_LATE, "Came late", note="Why", by=True),
    LogKind(_H.QUOTE_WON, "Quote accepted", about="What for", amount=True),
    LogKind(_H.QUOTE_LOST, "Quote declined", about="What for", note="Why"),
    LogKind(_H.REFERRAL, "Referred someone", about="Whom"),
    LogKind(_H.CONTRACT_CHANGED, "Contract changed", about="What changed", amount=True),
    LogKind(_H.FEEDBACK, "Feedback", about="About what", note="What they said"),
)
"""Every kind there is to log; the first nine have a key."""

assert {kind.what for kind in KINDS} == set(LOGGED_BY_HAND), "a kind to log by hand is missing"


def kind_of(what: str) -> LogKind:
    """Return the kind of a happening's name; a visit when it is none of them."""
    return next((kind for kind in KINDS if kind.what == what), KINDS[0])
