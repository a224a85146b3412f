"""Months of the business's own calendar, as moments, and what of a month can be counted by now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from followup_desktop.base.zones import day_bounds
from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.insights.rules.figures import month_after, month_before

REACH = timedelta(hours=24)
"""Who something happened to is contacted within this time (product K5)."""

ANSWER = timedelta(days=14)
"""The reply window for the response rate (product, Defaults)."""

TREND = 12
"""Months in the line of answer rates."""

NO_ANSWER_ASKED = frozenset(
    {
        Purpose.CONFIRMATION,
        Purpose.THANK_YOU,
        Purpose.VISIT_CHANGE,
        Purpose.REFERRAL_THANKS,
        Purpose.ANSWER,
        Purpose.PROMISE,
    }
)
"""Messages that tell or thank: silence after them says nothing."""

LONGEST_REASON = 40


@dataclass(frozen=True, slots=True)
class Span:
    """One month from its first moment to before the next one's, in UTC."""

    month: date
    start: datetime
    end: datetime


def span_of(month: date, zone: str) -> Span:
    """Return a month as the clocks of `zone` bound it."""
    first = month.replace(day=1)
    return Span(first, day_bounds(first, zone)[0], day_bounds(month_after(first), zone)[0])


def spans_up_to(month: date, zone: str, count: int = TREND) -> tuple[Span, ...]:
    """Return so many months up to this one, oldest first."""
    spans = [span_of(month, zone)]
    while len(spans) < count:
        spans.insert(0, span_of(month_before(spans[0].month), zone))
    return tuple(spans)


def purpose_words(purpose: str) -> str:
    """Return what a kind of message is called in a figure."""
    return PURPOSES[Purpose(purpose)].label if purpose in set(Purpose) else "Other messages"


def asks(purpose: str) -> bool:
    """Whether a kind of message wants an answer."""
    return purpose not in NO_ANSWER_ASKED


def reason_words(note: str) -> str:
    """Return why someone left as it stands behind a figure: one short line, small at the start."""
    line = " ".join(note.split()).rstrip(".")
    if len(line) > LONGEST_REASON:
        line = f"{line[: LONGEST_REASON - 1].rstrip()}…"
    # "Moved house" becomes "moved house", but "NPS too low" stays.
    return line[:1].lower() + line[1:] if line[1:2].islower() or line[1:2] == " " else line
