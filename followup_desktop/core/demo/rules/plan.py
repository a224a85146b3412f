"""The follow-ups of an invented life: what the planner asks for, each as the owner left it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from followup_desktop.base.walltime import remind_at
from followup_desktop.base.zones import Quiet, zone_named
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.demo.model import Entry, Letter, Life, Place, Plan, Planned, Settled, Vow, Wrong
from followup_desktop.core.history.model import Event, EventId, Happening
from followup_desktop.core.journeys.model import NEVER_LAPSE, Journey, Outcome, Touchpoint, Wanted
from followup_desktop.core.journeys.rules.known import Known
from followup_desktop.core.journeys.rules.planner import is_ended_by, wanted
from followup_desktop.core.promises.model import Promise, PromiseId, PromiseState

T = TypeVar("T", Entry, Letter, Vow, Wrong, Place)


@dataclass
class Numbers:
    """The next free key of each table."""

    customers: int = 1
    events: int = 1
    messages: int = 1
    promises: int = 1
    cases: int = 1
    stops: int = 1
    follow_ups: int = 1
    households: int = 1


def number(life: Life, numbers: Numbers) -> None:
    """Give everything in a life its key, in the order it happened."""
    life.key, numbers.customers = numbers.customers, numbers.customers + 1
    life.entries.sort(key=_entry_at)
    life.letters.sort(key=_letter_at)
    numbers.events = _count(life.entries, numbers.events)
    numbers.messages = _count(life.letters, numbers.messages)
    numbers.promises = _count(life.vows, numbers.promises)
    numbers.cases = _count(life.wrongs, numbers.cases)
    if life.place:
        life.place.key, numbers.stops = numbers.stops, numbers.stops + 1


def _count(items: Iterable[T], first: int) -> int:
    for item in items:
        item.key, first = first, first + 1
    return first


def _entry_at(entry: Entry) -> datetime:
    return entry.at


def _letter_at(letter: Letter) -> datetime:
    return letter.at


@dataclass(frozen=True)
class Planning:
    """What planning goes by."""

    journeys: Sequence[Journey]
    quiet: Quiet
    zone: str
    now: datetime


def planned(life: Life, by: Planning) -> Iterator[Planned]:
    """Return every follow-up the planner asks for over the year, settled as it was settled."""
    events = {entry.key: _event(life, entry) for entry in life.entries if entry.visit != "routine" or _told(entry)}
    vows = {vow.key: vow for vow in life.vows}
    closed = {w.entry.key: w.closed_at for w in life.wrongs if w.closed_at is not None}
    known = Known(
        life.key,
        by.zone,
        tuple(events.values()),
        tuple(_promise(life, vow, by.zone) for vow in life.vows),
        tuple((w.entry.key, w.key) for w in life.wrongs),
        frozenset(closed),
    )
    settled = {_key(plan): done for plan, done in life.settled.items()}
    points = {(j.key, t.key): t for j in by.journeys for t in j.touchpoints}
    for item in wanted(known, by.journeys, by.quiet):
        done = settled.get(item.key)
        if done:
            yield _done(item, done)
        elif item.stopped:
            yield _stopped(item, _stop_moment(item, events, points, closed, vows))
        elif item.closes is not None and item.closes <= by.now and item.source not in NEVER_LAPSE:
            yield Planned(item, "ended", Outcome.LAPSED, "Not done before it closed.", item.closes)
        else:
            yield Planned(item)


def _told(entry: Entry) -> bool:
    return entry.what != Happening.VISIT_DONE


def _key(plan: Plan) -> str:
    journey, touchpoint, of = plan
    return f"{journey}/{touchpoint}/{of.key}" if isinstance(of, Entry) else f"promise/{of.key}"


def _done(item: Wanted, done: Settled) -> Planned:
    message = done.letter.key if done.letter else None
    covered_by = _key(done.covered_by) if done.covered_by else ""
    return Planned(item, "ended", done.outcome, done.why, done.at, message, covered_by)


def _stopped(item: Wanted, at: datetime) -> Planned:
    return Planned(item, "ended", Outcome.STOPPED, item.stopped, at)


def _stop_moment(
    item: Wanted,
    events: Mapping[int, Event],
    points: Mapping[tuple[str, str], Touchpoint],
    closed: Mapping[int, datetime],
    vows: Mapping[int, Vow],
) -> datetime:
    """Return when a follow-up was stopped: the planner says why, the history when."""
    if item.promise is not None:
        return vows[item.promise].settled_at or item.due
    if (item.event or 0) in closed:
        return closed[item.event or 0]
    start, point = events[item.event or 0], points[item.journey, item.touchpoint]
    following = (e for e in events.values() if (e.at, e.id) > (start.at, start.id))
    later = (e.at for e in following if is_ended_by(point, e.what, e.purpose))
    return min(later, default=item.due)


def _event(life: Life, entry: Entry) -> Event:
    return Event(
        EventId(entry.key),
        CustomerId(life.key),
        Happening(entry.what),
        entry.at,
        visit=entry.visit,
        note=entry.note,
        about=entry.about,
        by=entry.by,
        amount=entry.amount,
        rating=entry.rating,
        purpose=entry.purpose,
    )


def _promise(life: Life, vow: Vow, zone: str) -> Promise:
    return Promise(
        id=PromiseId(vow.key),
        uuid="",
        customer_id=life.key,
        customer=life.person.name,
        what=vow.what,
        due_date=vow.due_date,
        due_time=vow.due_time,
        zone=zone,
        due=vow.due,
        remind_at=reminder(vow, zone),
        state=PromiseState(vow.state),
        shown_at=None,
        made_at=vow.made_at,
        settled_at=vow.settled_at,
    )


def reminder(vow: Vow, zone: str) -> datetime:
    """Return when a promise is reminded of."""
    return remind_at(vow.due_date, vow.due_time, zone_named(zone))
