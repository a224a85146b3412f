"""Which follow-ups should exist. Pure: the same facts and journeys give the same answer, in any order of events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from followup_desktop.base.wording import day_words
from followup_desktop.base.zones import Quiet, local_day, resolve
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.history.model import LABELS, Event, Happening
from followup_desktop.core.journeys.model import (
    ALWAYS_STOPS,
    STOP_GROUPS,
    FollowUpSource,
    Invited,
    Journey,
    Touchpoint,
    Wanted,
)
from followup_desktop.core.promises.model import Promise


@dataclass(frozen=True, slots=True)
class Known:
    """Everything about one customer that planning looks at."""

    customer: int
    zone: str
    events: tuple[Event, ...] = ()
    promises: tuple[Promise, ...] = ()
    cases: tuple[tuple[int, int], ...] = ()
    """Pairs of (event, case): which event opened which case."""
    closed: frozenset[int] = frozenset()
    """Events whose case is closed."""
    invited: tuple[Invited, ...] = ()
    """Their places in campaigns."""


def wanted(known: Known, journeys: Sequence[Journey], quiet: Quiet) -> list[Wanted]:
    """Return every follow-up that should exist for one customer, by due time, then key."""
    events = sorted(known.events, key=_in_order)
    found = [w for event in events for w in _of_event(event, events, known, journeys, quiet)]
    found += [_of_promise(promise) for promise in known.promises if promise.customer_id is not None]
    found += [_of_invited(place, events, known.zone) for place in known.invited]
    return sorted(found, key=_by_due)


def _in_order(event: Event) -> tuple[datetime, int]:
    return event.at, event.id


def _by_due(item: Wanted) -> tuple[datetime, str]:
    return item.due, item.key


def _of_event(
    event: Event, events: Sequence[Event], known: Known, journeys: Sequence[Journey], quiet: Quiet
) -> Iterable[Wanted]:
    for journey in journeys:
        if journey.trigger.fits(event.what, visit=event.visit, rating=event.rating):
            for touchpoint in journey.touchpoints:
                yield _of_touchpoint(event, events, known, journey, touchpoint, quiet)


def _of_touchpoint(
    event: Event, events: Sequence[Event], known: Known, journey: Journey, touchpoint: Touchpoint, quiet: Quiet
) -> Wanted:
    later = [e for e in events if _in_order(e) > _in_order(event)]
    start = _starts_at(event, later, touchpoint)
    due = _due_at(start, touchpoint, known.zone)
    closes = (
        None if touchpoint.closes_after is None else _open_until(start + touchpoint.closes_after, known.zone, quiet)
    )
    return Wanted(
        customer=known.customer,
        key=f"{journey.key}/{touchpoint.key}/{event.id}",
        source=journey.source,
        journey=journey.key,
        touchpoint=touchpoint.key,
        purpose=touchpoint.purpose,
        template=touchpoint.template,
        channels=touchpoint.channels,
        transactional=touchpoint.is_transactional,
        priority=touchpoint.priority,
        opens=max(due - touchpoint.opens_before, event.at),
        due=due,
        closes=closes,
        why_here=why_here(event, touchpoint, known.zone),
        removed_by=removed_by(touchpoint),
        event=event.id,
        case=dict(known.cases).get(event.id),
        stopped="The case is closed." if event.id in known.closed else _stopped_by(later, touchpoint, known.zone),
    )


def _starts_at(event: Event, later: Sequence[Event], touchpoint: Touchpoint) -> datetime:
    anew = [e.at for e in later if e.what in touchpoint.restarts_on]
    return max(anew, default=event.at)


def _due_at(start: datetime, touchpoint: Touchpoint, zone: str) -> datetime:
    due = start + touchpoint.offset
    return due if touchpoint.at is None else max(resolve(local_day(due, zone), touchpoint.at, zone), start)


def _open_until(closes: datetime, zone: str, quiet: Quiet) -> datetime:
    # What would close in quiet hours stays open until two hours of the next day it may be said in.
    allowed = quiet.next_allowed(closes, zone)
    return closes if allowed == closes else allowed + timedelta(hours=2)


STOP_WORDS = {
    "reply": "they answer",
    "message_in": "they answer",
    "booking": "they book",
    "quote_won": "they accept",
    "quote_lost": "they decline",
    "complaint": "they complain",
    "rating": "they rate it",
    "call": "you talk on the phone",
    "purchase": "they buy",
    "case_resolved": "it is put right",
    "opted_out": "they ask not to be written to",
    "bounced": "the mail comes back",
    "left": "they leave",
    "visit_done": "the visit is done",
    "message_out": "you write to them",
    "inquiry": "they ask again",
    "referral": "they refer someone",
    "answer": "they answer",
    "inbound": "you hear from them",
    "contract_changed": "their contract changes",
    "feedback": "they tell you what they think",
}
"""What takes a follow-up off the list, in words that follow “when”."""


def _stops(touchpoint: Touchpoint) -> frozenset[str]:
    groups = (STOP_GROUPS.get(word, frozenset()) for word in touchpoint.stops_on)
    return (touchpoint.stops_on | ALWAYS_STOPS).union(*groups)


def _stopped_by(later: Sequence[Event], touchpoint: Touchpoint, zone: str) -> str:
    return _ended_by(later, _stops(touchpoint), zone)


def _ended_by(later: Sequence[Event], stops: frozenset[str], zone: str) -> str:
    first = next((e for e in later if e.what in stops), None)
    return "" if first is None else f"{LABELS[first.what]} on {day_words(local_day(first.at, zone))}."


def why_here(event: Event, touchpoint: Touchpoint, zone: str) -> str:
    """Say what happened, when, and what this follow-up is for."""
    label, about = _label(event), _about(event)
    happened = f"{label} on {day_words(local_day(event.at, zone))}{f': {about}' if about else ''}"
    return f"{happened}. {touchpoint.name}."


def what_happened(event: Event) -> str:
    """Say in a few words what an event was."""
    label, about = _label(event), _about(event)
    return f"{label}: {about}" if about else label


_THEIR_WORDS = (Happening.RATING, Happening.COMPLAINT, Happening.MESSAGE_IN)


def _about(event: Event) -> str:
    """Say what it was about; what they said themselves stands in quotation marks."""
    said = event.what in _THEIR_WORDS
    text = _short((event.about or (event.note if said else "")).strip().removesuffix("."))
    return f"“{text}”" if text and said else text


def _label(event: Event) -> str:
    label = LABELS[event.what]
    if event.what is Happening.VISIT_DONE and event.visit not in ("", "routine"):
        label = f"{event.visit.capitalize()} {'visit ' if event.visit in ('first', 'extra') else ''}done"
    elif event.what is Happening.RATING and event.rating is not None:
        label = f"{label} {event.rating} of 5"
    return label


def _short(text: str, most: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def removed_by(touchpoint: Touchpoint) -> str:
    """Say what would take it off the list."""
    words = list(dict.fromkeys(STOP_WORDS[key] for key in sorted(touchpoint.stops_on) if key in STOP_WORDS))
    reasons = [*words[:2], "you settle it"]
    return f"It leaves when {', '.join(reasons[:-1])} or {reasons[-1]}." if words else "It leaves when you settle it."


def _of_promise(promise: Promise) -> Wanted:
    start, _end = day_start(promise)
    return Wanted(
        customer=int(promise.customer_id or 0),
        key=f"promise/{promise.id}",
        source=FollowUpSource.PROMISE,
        journey="",
        touchpoint="promise",
        purpose=Purpose.PROMISE,
        template="promise/promised",
        channels=("email", "call"),
        transactional=True,
        priority=100,
        opens=start,
        due=promise.due,
        closes=None,
        why_here=f"You promised on {day_words(local_day(promise.made_at, promise.zone))}: {promise.what}.",
        removed_by="It leaves when you keep it, move it or take it back.",
        promise=promise.id,
        stopped="" if promise.state == "open" else _SETTLED.get(promise.state, "Promise settled."),
    )


INVITED_STOPS = frozenset(
    map(str, (Happening.BOOKING, Happening.COMPLAINT, Happening.OPTED_OUT, Happening.BOUNCED, Happening.LEFT))
)
"""What ends a customer's place in a campaign."""


def _of_invited(place: Invited, events: Sequence[Event], zone: str) -> Wanted:
    later = [event for event in events if event.at > place.at]
    return Wanted(
        customer=place.customer,
        key=f"campaign/{place.id}",
        source=FollowUpSource.CAMPAIGN,
        journey="",
        touchpoint="campaign",
        purpose=place.purpose,
        template=place.template,
        channels=place.channels,
        transactional=False,
        priority=20,
        opens=place.opens,
        due=place.due,
        closes=place.closes,
        why_here=place.why_here,
        removed_by="It leaves when they book or complain, you stop the campaign or you settle it.",
        invited=place.id,
        stopped=place.stopped or _ended_by(later, INVITED_STOPS, zone),
    )


_SETTLED = {
    "kept": "Promise kept.",
    "kept_late": "Promise kept, late.",
    "broken": "Promise broken.",
    "withdrawn": "Promise taken back.",
}


def day_start(promise: Promise) -> tuple[datetime, datetime]:
    """Return the first moment of the day a promise is due, and the moment it is due (UTC)."""
    return resolve(promise.due_date, time(0), promise.zone), promise.due
