"""Which follow-ups should exist. Pure: the same facts and journeys give the same answer, in any order of events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from followup_desktop.base.wording import day_words
from followup_desktop.base.zones import Quiet, local_day, resolve
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.history.model import LABELS, Event, Happening
from followup_desktop.core.journeys.model import (
    ALWAYS_STOPS,
    ANSWERS_TO,
    QUESTION_GAPS,
    STOP_GROUPS,
    FollowUpSource,
    Invited,
    Journey,
    OnlyIf,
    Touchpoint,
    Trigger,
    Wanted,
)
from followup_desktop.core.journeys.rules.known import Done, Known, Occurrence, Span
from followup_desktop.core.journeys.rules.moments import moments
from followup_desktop.core.promises.model import Promise


def wanted(known: Known, journeys: Sequence[Journey], quiet: Quiet, span: Span | None = None) -> list[Wanted]:
    """Return every follow-up that should exist for one customer, by due time, then key.

    Moments that come round with time are those within `span`; without one there are none.
    """
    events = sorted(known.events, key=_in_order)
    by = _By(known, events, quiet, span)
    found = [w for journey in journeys for w in _of_journey(journey, by)]
    found += [_of_promise(promise) for promise in known.promises if promise.customer_id is not None]
    found += [_of_invited(place, events, known.zone) for place in known.invited]
    return _checked_once(_asked_once(sorted(found, key=_by_due), by))


@dataclass(frozen=True, slots=True)
class _By:
    """What one customer's follow-ups are worked out by; the events in order."""

    known: Known
    events: Sequence[Event]
    quiet: Quiet
    span: Span | None

    def is_live(self, item: Wanted) -> bool:
        """Whether a follow-up may still be done."""
        over = self.span is not None and item.closes is not None and item.closes <= self.span.now
        return not item.stopped and not over


def _in_order(event: Event) -> tuple[datetime, int]:
    return event.at, event.id


def _by_due(item: Wanted) -> tuple[datetime, str]:
    return item.due, item.key


def _of_journey(journey: Journey, by: _By) -> list[Wanted]:
    occurrences = _occurrences(journey.trigger, by)
    if not occurrences:
        return []
    not_for = not_for_them(journey.only_if, by.known)
    found: list[Wanted] = []
    for each in occurrences:
        found_here = (_of_touchpoint(each, journey, touchpoint, by) for touchpoint in journey.touchpoints)
        items = [item for item in found_here if item is not None]
        why = not_for or _too_soon(journey, each, items, found, by)
        found += [replace(item, stopped=item.stopped or why) for item in items] if why else items
    return found


def _occurrences(trigger: Trigger, by: _By) -> list[Occurrence]:
    if trigger.moment is not None:
        return moments(trigger, by.known, by.span) if by.span else []
    happening = Happening.MESSAGE_IN if trigger.happening == "reply" else trigger.happening
    return [
        Occurrence(str(event.id), event.at, _happened(event, by.known.zone), event)
        for event in by.events
        if event.what == happening and trigger.where.fits(visit=event.visit, rating=event.rating)
    ]


def _too_soon(
    journey: Journey, occurrence: Occurrence, items: Sequence[Wanted], before: Sequence[Wanted], by: _By
) -> str:
    """Say why a journey that keeps its distance does not start again yet, or nothing."""
    gap = journey.not_within
    if gap is None or not items:
        return ""
    due = min(item.due for item in items)
    for done in by.known.done:
        if done.journey == journey.key and done.occurrence != occurrence.key and done.at > due - gap:
            return _not_again("They heard from you about it", done.at, gap, by.known.zone)
    waits = next((w for w in before if by.is_live(w) and due - w.due < gap), None)
    return _not_again("They hear from you about it", waits.due, gap, by.known.zone) if waits else ""


def _asked_once(items: Sequence[Wanted], by: _By) -> list[Wanted]:
    """Ask nobody the same question twice within its time, whichever journey asks it: the first one does.

    Whoever answered it at the door or on the phone is not asked by mail either.
    """
    asked: dict[str, list[Wanted]] = {}
    kept: list[Wanted] = []
    for item in items:
        why = _asked_lately(item, asked.get(item.question, ()), by) if item.question and not item.stopped else ""
        kept.append(replace(item, stopped=why) if why else item)
        if item.question and by.is_live(kept[-1]):
            asked.setdefault(item.question, []).append(item)
    return kept


def _asked_lately(item: Wanted, before: Sequence[Wanted], by: _By) -> str:
    gap = QUESTION_GAPS.get(item.question, timedelta())
    for done in by.known.done:
        if done.question == item.question and not _is(done, item) and item.due - gap < done.at:
            return _not_again("They were asked how satisfied they are", done.at, gap, by.known.zone)
    answer = ANSWERS_TO.get(item.question)
    told = max((e.at for e in by.known.events if e.what == answer and item.due - gap < e.at), default=None)
    if told is not None:
        return _not_again("They told you how satisfied they are", told, gap, by.known.zone)
    first = next((each for each in before if item.due - each.due < gap), None)
    return _not_again("They are asked how satisfied they are", first.due, gap, by.known.zone) if first else ""


def _checked_once(items: Sequence[Wanted]) -> list[Wanted]:
    """Ask once whether a case held, however much was joined to it: after what happened last."""
    last: dict[int, Wanted] = {}
    for item in items:
        if item.case is not None and item.purpose == Purpose.RECOVERY_CHECK and not item.stopped:
            other = last.get(item.case)
            if other is None or _began(other) <= _began(item):
                last[item.case] = item
    return [
        replace(item, stopped="They are asked once whether it held, after what they said last.")
        if item.case in last and item.purpose == Purpose.RECOVERY_CHECK and not item.stopped
        and last[item.case] is not item
        else item
        for item in items
    ]  # fmt: skip


def _began(item: Wanted) -> datetime:
    return item.started or item.opens


def _is(done: Done, item: Wanted) -> bool:
    return done.journey == item.journey and done.occurrence == occurrence_of(item.key)


def _not_again(words: str, at: datetime, gap: timedelta, zone: str) -> str:
    return f"{words} on {day_words(local_day(at, zone))}; not again within {gap.days} days."


def occurrence_of(key: str) -> str:
    """Return the key of what started it, from a follow-up's key: "17", or "agreement-3-2027-03-01"."""
    return key.rpartition("/")[2]


def not_for_them(only: OnlyIf, known: Known) -> str:
    """Say why a journey does not concern a customer, or nothing."""
    if only == OnlyIf():
        return ""
    owned = " ".join(each.entry.what for each in known.belongings.equipment).casefold()
    reasons = (
        (
            only.stage and known.stage and known.stage not in only.stage,
            f"It is not for customers who are {known.stage}.",
        ),
        (only.route and not only.route & known.routes, "It is for other routes."),
        (only.had_visit and not only.had_visit & known.visits, "They had no such visit yet."),
        (only.never_had_visit & known.visits, "They had such a visit already."),
        (only.owns and not any(word in owned for word in only.owns), "They do not own what it is about."),
        (only.agreement is True and not known.belongings.agreements, "They have no agreement."),
        (only.agreement is False and known.belongings.agreements, "They have an agreement."),
        (only.no_open_case and known.open_case, "A case is open."),
    )
    return next((words for applies, words in reasons if applies), "")


def _of_touchpoint(occurrence: Occurrence, journey: Journey, touchpoint: Touchpoint, by: _By) -> Wanted | None:
    known, event = by.known, occurrence.event
    later = [e for e in by.events if _is_later(e, occurrence)]
    start = _starts_at(occurrence, later, touchpoint)
    if touchpoint.follows:
        heard = [d.at for d in known.done if _is_of(d, journey.key, touchpoint.follows, occurrence.key)]
        if not heard:
            return None
        start = max(heard)
        later = [e for e in later if e.at > start]
    due = _due_at(start, touchpoint, known.zone)
    closes = (
        None
        if touchpoint.closes_after is None
        else _open_until(due, start + touchpoint.closes_after, known.zone, by.quiet)
    )
    settled = event is not None and event.id in known.closed
    return Wanted(
        customer=known.customer,
        key=f"{journey.key}/{touchpoint.key}/{occurrence.key}",
        source=journey.source,
        journey=journey.key,
        touchpoint=touchpoint.key,
        purpose=touchpoint.purpose,
        template=touchpoint.template,
        channels=touchpoint.channels,
        transactional=touchpoint.is_transactional,
        priority=touchpoint.priority,
        opens=max(due - touchpoint.opens_before, start if touchpoint.follows else occurrence.at),
        due=due,
        closes=closes,
        why_here=f"{occurrence.words}. {touchpoint.name}.",
        removed_by=removed_by(touchpoint),
        event=event.id if event else None,
        case=dict(known.cases).get(event.id) if event else None,
        stopped="The case is closed." if settled else _stopped_by(later, journey, touchpoint, known.zone),
        question=touchpoint.question or "",
        started=occurrence.at,
    )


def _is_of(done: Done, journey: str, touchpoint: str, occurrence: str) -> bool:
    return (done.journey, done.touchpoint, done.occurrence) == (journey, touchpoint, occurrence)


def _is_later(event: Event, occurrence: Occurrence) -> bool:
    start = occurrence.event
    return _in_order(event) > _in_order(start) if start is not None else event.at > occurrence.at


def _starts_at(occurrence: Occurrence, later: Sequence[Event], touchpoint: Touchpoint) -> datetime:
    anew = [e.at for e in later if e.what in touchpoint.restarts_on]
    return max(anew, default=occurrence.at)


def _due_at(start: datetime, touchpoint: Touchpoint, zone: str) -> datetime:
    due = start + touchpoint.offset
    return due if touchpoint.at is None else max(resolve(local_day(due, zone), touchpoint.at, zone), start)


ROOM = timedelta(hours=4)
"""So long at least something may be said before it closes, where quiet hours or a Sunday took the time it had."""


def _open_until(due: datetime, closes: datetime, zone: str, quiet: Quiet) -> datetime:
    """Return when something closes; what quiet hours left no room for stays open for a morning of the next day."""
    if (allowed := quiet.next_allowed(closes, zone)) != closes:
        return allowed + ROOM
    if closes - due > _LONG_OPEN or (first := quiet.next_allowed(due, zone)) == due:
        return closes
    return max(closes, first + ROOM)


_LONG_OPEN = timedelta(days=3)
"""What is open for longer has a day in it that is no quiet one."""


STOP_WORDS = {
    "reply": "they answer",
    "message_in": "they answer",
    "booking": "they book",
    "quote_won": "they accept",
    "quote_lost": "they decline",
    "complaint": "they complain",
    "rating": "they rate it",
    "nps": "they say whether they would recommend you",
    "dealt_with": "it is dealt with",
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


_TALKS = frozenset({Happening.CALL, Happening.IN_PERSON})


def is_ended_by(touchpoint: Touchpoint, what: str, purpose: str = "") -> bool:
    """Whether a happening ends a touchpoint's follow-ups; `purpose` is what a word of ours was for.

    A talk we began for a purpose is an answer to what came before it, but nothing that came in.
    """
    stops = touchpoint.stops_on
    if what in stops:
        return True
    ours = bool(purpose) and what in _TALKS
    return any(what in STOP_GROUPS[word] and not (ours and word == "inbound") for word in stops & STOP_GROUPS.keys())


def _stopped_by(later: Sequence[Event], journey: Journey, touchpoint: Touchpoint, zone: str) -> str:
    first = next((e for e in later if _ends(e, journey, touchpoint)), None)
    return "" if first is None else _in_words(first, zone)


def _ends(event: Event, journey: Journey, touchpoint: Touchpoint) -> bool:
    if event.what in ALWAYS_STOPS:
        return event.about in ("", journey.key)
    return is_ended_by(touchpoint, event.what, event.purpose)


def _ended_by(later: Sequence[Event], stops: frozenset[str], zone: str) -> str:
    first = next((e for e in later if e.what in stops), None)
    return "" if first is None else _in_words(first, zone)


def _in_words(event: Event, zone: str) -> str:
    why = f": {_short(event.note)}" if event.what in ALWAYS_STOPS and event.note else ""
    return f"{LABELS[event.what]} on {day_words(local_day(event.at, zone))}{why}."


def _happened(event: Event, zone: str) -> str:
    """Say what happened, and when."""
    label, about = _label(event), _about(event)
    return f"{label} on {day_words(local_day(event.at, zone))}{f': {about}' if about else ''}"


def what_happened(event: Event) -> str:
    """Say in a few words what an event was."""
    label, about = _label(event), _about(event)
    return f"{label}: {about}" if about else label


_THEIR_WORDS = (Happening.RATING, Happening.NPS, Happening.COMPLAINT, Happening.MESSAGE_IN)


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
    elif event.what is Happening.NPS and event.rating is not None:
        label = f"{label}: {event.rating} of 10"
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
        stopped="" if promise.state == "open" else SETTLED_WORDS.get(promise.state, "Promise settled."),
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


SETTLED_WORDS = {
    "kept": "Promise kept.",
    "kept_late": "Promise kept, late.",
    "broken": "Promise broken.",
    "withdrawn": "Promise taken back.",
}


def day_start(promise: Promise) -> tuple[datetime, datetime]:
    """Return the first moment of the day a promise is due, and the moment it is due (UTC)."""
    return resolve(promise.due_date, time(0), promise.zone), promise.due
