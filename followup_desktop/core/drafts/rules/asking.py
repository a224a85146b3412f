"""Which facts a template would use and nothing knows: the owner is asked for them where the draft stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from followup_desktop.core.drafts.model import FIELDS, Asked, Fact, Facts
from followup_desktop.core.drafts.rules.phrases import shaped, usable

ASKED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "answer.words": ("your answer", "It is safe for the dog as soon as it is dry."),
        "customer.given_name": ("their first name", "Sam"),
        "event.what": ("what it was", "pump repair"),
        "quote.about": ("what the quote is for", "heater"),
        "inquiry.about": ("what they asked about", "weekly service"),
        "purchase.what": ("what they bought", "robot cleaner"),
        "booking.what": ("what is booked", "filter clean"),
        "booking.date": ("the day that is booked", "Tuesday 17 November"),
        "booking.window": ("the arrival window that is booked", "between 9 and 11"),
        "equipment.what": ("what was fitted", "variable-speed pump"),
        "equipment.warranty_until": ("when its warranty ends", "November 2029"),
        "complaint.what": ("what they complained about", "gate left open on Friday"),
        "message.question": ("what they asked", "Is the water safe for the dog?"),
        "promise.what": ("what you promised", "ring the supplier"),
        "case.put_right": ("how it was put right", "Luis came back on Monday and cleaned the filter."),
        "case.offer": ("what you gave to make up for it", "$40 credit"),
        "event.note": ("what you noted about it", "It ran twenty minutes without a drop."),
        "visit.note": ("what you noted about the last visit", "Chlorine was low, we brought it to 2.1."),
        "visit.technician": ("who was there", "Luis"),
        "visit.next_day": ("the next visit", "Tuesday 24 November"),
        "visit.window": ("the arrival window", "between 9 and 11"),
        "quote.amount": ("the price in the quote", "$2,340"),
        "quote.until": ("until when the quote holds", "12 December"),
        "agreement.what": ("what runs out", "service year"),
        "agreement.until": ("when it runs out", "3 January"),
        "agreement.price": ("what it will cost from then on", "$165 a month"),
        "season.what": ("the seasonal work you offer", "second visit while the leaves fall"),
        "season.price": ("what it costs", "$35"),
        "review.link": ("where a review is written", "https://example.com/review"),
        "business.phone": ("the number to ring you on", "555-0142"),
    }
)
"""The fields worth asking for, each with what it is and an example; the most telling first."""

LONGEST_TOLD = 260
_FIELD = re.compile(r"\b[a-z]+\.[a-z_]+\b")


def fields_of(source: str) -> set[str]:
    """Return the fields a template reads."""
    return set(_FIELD.findall(source)) & set(FIELDS)


def asked(source: str, known: Facts) -> tuple[Asked, ...]:
    """Return what to ask for: a field the template reads, of which nothing that can be used is known."""
    used = fields_of(source)
    have = usable(known).by_key
    return tuple(Asked(key, *words) for key, words in ASKED.items() if key in used and key not in have)


def fits(key: str, text: str) -> str:
    """Return what the owner told, as its field promises it; nothing where it cannot stand there."""
    fact = shaped(Fact(key, text[:LONGEST_TOLD], "you"))
    return fact.text if fact else ""
