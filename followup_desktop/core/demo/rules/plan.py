"""The follow-ups of an invented life: what the planner asks for, each as the owner left it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from followup_desktop.base.walltime import remind_at
from followup_desktop.base.zones import Quiet, local_day, zone_named
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.demo.model import Entry, Letter, Life, Place, Plan, Planned, Settled, Vow, Wrong
from followup_desktop.core.demo.rules.rounds import belongings
from followup_desktop.core.history.model import FROM_THEM, FROM_US, Event, EventId, Happening
from followup_desktop.core.journeys.model import HEARD, NEVER_LAPSE, Journey, Outcome, Touchpoint, Wanted
from followup_desktop.core.journeys.rules.known import Done, Known, Span
from followup_desktop.core.journeys.rules.plan import AHEAD, HORIZON
from followup_desktop.core.journeys.rules.plan import Plan as WhatPlanningGoesBy
from followup_desktop.core.journeys.rules.planner import is_ended_by, occurrence_of, wanted
from followup_desktop.core.operators.model import Business
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
    equipment: int = 1
    agreements: int = 1


def number(life: Life, numbers: Numbers) -> None:
    """Give everything in a life its key, in the order it happened."""
    life.key, numbers.customers = numbers.customers, numbers.customers + 1
    life.entries.sort(key=_entry_at)
    life.letters.sort(key=_letter_at)
    numbers.events = _count(life.entries, numbers.events)
    numbers.messages = _count(life.letters, numbers.messages)
    numbers.promises = _count(life.vows, numbers.promises)
    numbers.cases = _count(life.wrongs, numbers.cases)
    life.first_equipment, numbers.equipment = numbers.equipment, numbers.equipment + len(life.owns)
    life.first_agreement, numbers.agreements = numbers.agreements, numbers.agreements + len(life.agreements)
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
    business: Business


def planned(life: Life, by: Planning) -> Iterator[Planned]:
    """Return every follow-up the planner asks for over the year, settled as it was settled."""
    events = {entry.key: _event(life, entry) for entry in life.entries if entry.visit != "routine" or _told(entry)}
    vows = {vow.key: vow for vow in life.vows}
    closed = {w.entry.key: w.closed_at for w in life.wrongs if w.closed_at is not None}
    settled = {_key(plan, life): done for plan, done in life.settled.items()}
    known = _known(life, by, tuple(events.values()), frozenset(closed), _done_by(settled, by))
    points = {(j.key, t.key): t for j in by.journeys for t in j.touchpoints}
    span = Span(by.now - timedelta(days=400), by.now, by.now + AHEAD)
    for item in wanted(known, by.journeys, by.quiet, span):
        done = settled.get(item.key)
        if done:
            yield _done(item, done, life)
        elif item.event is None and item.journey and _never_seen(item, by.now):
            continue
        elif item.stopped:
            yield _stopped(item, min(_stop_moment(item, events, points, closed, vows), by.now))
        elif item.closes is not None and item.closes <= by.now and item.source not in NEVER_LAPSE:
            yield Planned(item, "ended", Outcome.LAPSED, "Not done before it closed.", item.closes)
        else:
            yield Planned(item)


def _never_seen(item: Wanted, now: datetime) -> bool:
    """Whether what a moment asked for was over before it could be seen, or is so old that nobody kept it."""
    over = item.closes is not None and item.closes <= now
    return bool(item.stopped) or over or (item.started is not None and item.started <= now - HORIZON)


def _known(
    life: Life, by: Planning, events: tuple[Event, ...], closed: frozenset[int], done: tuple[Done, ...]
) -> Known:
    """Return what planning knows of them, as the store tells it."""
    visits: dict[str, date] = {}
    for entry in life.entries:
        if entry.what == Happening.VISIT_DONE:
            day = local_day(entry.at, by.zone)
            visits[entry.visit] = min(day, visits.get(entry.visit, day))
    return Known(
        life.key,
        by.zone,
        events,
        tuple(_promise(life, vow, by.zone) for vow in life.vows),
        tuple((w.entry.key, w.key) for w in life.wrongs),
        closed,
        stage=life.person.stage,
        visits=frozenset(visits),
        first_visit=min(visits.values(), default=None),
        since=life.person.since or local_day(life.known_since, by.zone),
        talks=tuple(entry.at for entry in life.entries if entry.what in FROM_US | FROM_THEM),
        belongings=belongings(life, life.first_equipment, life.first_agreement),
        done=done,
        open_case=any(wrong.state == "open" for wrong in life.wrongs),
    )


def _done_by(settled: Mapping[str, Settled], by: Planning) -> tuple[Done, ...]:
    plan = WhatPlanningGoesBy(by.journeys, by.business)
    found = []
    for key, done in settled.items():
        journey, _, rest = key.partition("/")
        if done.outcome in HEARD and journey in plan.remembers:
            touchpoint = rest.partition("/")[0]
            question = plan.questions.get((journey, touchpoint), "")
            found.append(Done(journey, touchpoint, occurrence_of(key), done.at, question))
    return tuple(sorted(found, key=_done_at))


def _done_at(done: Done) -> datetime:
    return done.at


def _told(entry: Entry) -> bool:
    return entry.what != Happening.VISIT_DONE


def _key(plan: Plan, life: Life) -> str:
    journey, touchpoint, of = plan
    if not isinstance(of, Entry):
        return f"promise/{of.key}"
    return f"{journey}/{touchpoint}/{_moment(of.moment, life) if of.moment else of.key}"


def _moment(key: str, life: Life) -> str:
    """Return the key of a moment with the number that what it is about has in the store."""
    kind, _, rest = key.partition("-")
    first = {"agreement": life.first_agreement, "warranty": life.first_equipment, "service": life.first_equipment}
    if kind not in first:
        return key
    place, _, day = rest.partition("-")
    return f"{kind}-{first[kind] + int(place)}-{day}"


def _done(item: Wanted, done: Settled, life: Life) -> Planned:
    message = done.letter.key if done.letter else None
    covered_by = _key(done.covered_by, life) if done.covered_by else ""
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
