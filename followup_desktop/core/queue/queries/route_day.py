"""A day's stops with what to know and what to ask: a fixed number of statements, however many stops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from followup_desktop.base.wording import clock_words, running, short_day_words
from followup_desktop.base.zones import day_bounds, local_day
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.cases.model import Case, CaseState
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.history import queries as history
from followup_desktop.core.history.model import FROM_US, Event, Happening
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.operators.model import Business
from followup_desktop.core.promises import queries as promises
from followup_desktop.core.promises.model import Promise, PromiseState
from followup_desktop.core.promises.rules import is_late, when_words
from followup_desktop.core.queue.model import Due
from followup_desktop.core.queue.queries.today import to_say
from followup_desktop.core.queue.rules.next_step import purpose_label
from followup_desktop.core.routes import queries as routes
from followup_desktop.core.routes.model import Coming, Doorstep, Owed, Piece, RouteDay, StopOfDay, Told, Trouble, Visit
from followup_desktop.core.routes.rules import ask, know

LOOK_BACK = timedelta(days=75)
"""How far back a word or a visit still matters at the door."""
QUOTE_DAYS, WORK_DAYS = timedelta(days=30), timedelta(days=21)

_WORDS = (*FROM_US, Happening.MESSAGE_IN)
_KINDS = (
    *_WORDS, Happening.RATING, Happening.QUOTE_SENT, Happening.QUOTE_WON, Happening.QUOTE_LOST, Happening.VISIT_DONE,
    Happening.PURCHASE,
)  # fmt: skip
COMPLAINT = str(Happening.COMPLAINT)
_ASKS = (Happening.IN_PERSON, Happening.RATING, Happening.NPS, Happening.FEEDBACK)
_VISITS = (Happening.VISIT_DONE, Happening.VISIT_LATE)
_WORK = ("repair", "installation")


def route_day(session: Session, now: datetime, day: date) -> RouteDay:
    """Return the stops of a day, each with what to know before one knocks and the one question worth asking."""
    business = operators.business(session)
    found = routes.routes(session)
    stops = routes.stops_of(session, day, business.zone)
    gathered = _gathered(session, now, day, business.zone, stops)
    said = _said(session, now, day, business, stops)
    return RouteDay(
        day=day,
        today=local_day(now, business.zone),
        visits=tuple(_visit(stop, gathered, day, business, said.get(stop.customer, ())) for stop in stops),
        routes=tuple(route for route in found if route.weekday == day.weekday()),
        weekdays=frozenset(route.weekday for route in found if route.stops),
    )


@dataclass
class _Gathered:
    """What the statements brought, by customer."""

    now: datetime
    zone: str
    events: dict[int, list[Event]]
    owed: dict[int, list[Promise]]
    troubles: dict[int, list[Case]]
    kinds: dict[int, str]
    visits: dict[int, int]
    asked: dict[int, datetime]
    referred: dict[str, str] = field(default_factory=dict)

    def day(self, moment: datetime) -> date:
        return local_day(moment, self.zone)


def _gathered(session: Session, now: datetime, day: date, zone: str, stops: Collection[StopOfDay]) -> _Gathered:
    ids = {int(stop.customer) for stop in stops}
    before = min(day_bounds(day, zone)[0], now)
    troubles = [case for case in cases.of_customers(session, ids) if case.state is not CaseState.CLOSED]
    return _Gathered(
        now=now,
        zone=zone,
        events=_by_customer(history.events_since(session, ids, now - LOOK_BACK, _KINDS)),
        owed=_promises(session, ids),
        troubles=_cases(troubles),
        kinds=_kinds(session, {case.event for case in troubles if case.event is not None}),
        visits=_visits(session, ids, before),
        asked=_asked(session, ids),
        referred=_referred(session, {stop.name for stop in stops}),
    )


def _by_customer(events: Iterable[Event]) -> dict[int, list[Event]]:
    grouped: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        grouped[event.customer].append(event)
    return grouped


def _promises(session: Session, ids: Collection[int]) -> dict[int, list[Promise]]:
    grouped: dict[int, list[Promise]] = defaultdict(list)
    for promise in promises.of_customers(session, ids):
        if promise.state in (PromiseState.OPEN, PromiseState.KEPT, PromiseState.KEPT_LATE):
            grouped[promise.customer_id or 0].append(promise)
    return grouped


def _cases(found: Iterable[Case]) -> dict[int, list[Case]]:
    grouped: dict[int, list[Case]] = defaultdict(list)
    for case in found:
        grouped[int(case.customer)].append(case)
    return grouped


def _kinds(session: Session, ids: Collection[int]) -> dict[int, str]:
    return {event.id: event.what for event in history.events_by_id(session, ids)}


def _visits(session: Session, ids: Collection[int], before: datetime) -> dict[int, int]:
    query = (
        select(EventRow.customer_id, func.count())
        .where(EventRow.customer_id.in_(ids), EventRow.what.in_(_VISITS), EventRow.at < before)
        .group_by(EventRow.customer_id)
    )
    return {customer: count for customer, count in session.execute(query)}


def _asked(session: Session, ids: Collection[int]) -> dict[int, datetime]:
    query = (
        select(EventRow.customer_id, func.max(EventRow.at))
        .where(EventRow.customer_id.in_(ids), EventRow.what.in_(_ASKS))
        .group_by(EventRow.customer_id)
    )
    return {customer: at for customer, at in session.execute(query)}


def _referred(session: Session, names: Collection[str]) -> dict[str, str]:
    """Return who sent whom: the name of the one who came, and of the one who sent them."""
    query = (
        select(EventRow.about, CustomerRow.name)
        .join(CustomerRow, CustomerRow.id == EventRow.customer_id)
        .where(EventRow.what == Happening.REFERRAL, EventRow.about.in_(names))
    )
    return {came: sent for came, sent in session.execute(query)}


def _said(
    session: Session, now: datetime, day: date, business: Business, stops: Collection[StopOfDay]
) -> dict[int, list[Due]]:
    """Return what is due to those visited today or tomorrow, to be said in person instead of written."""
    today = local_day(now, business.zone)
    if day not in (today, today + timedelta(days=1)):
        return {}
    visits = {int(stop.customer): Coming(day, stop.technician) for stop in stops if stop.state == "planned"}
    return to_say(session, now, day, business, visits)


def _visit(stop: StopOfDay, found: _Gathered, day: date, business: Business, said: Collection[Due]) -> Visit:
    at = _doorstep(stop, found, day)
    pieces = (*know(at, day), *(Piece(_to_say(item), "accent") for item in said))
    nobody_there = stop.state == Happening.VISIT_MISSED
    return Visit(stop, pieces, None if nobody_there else ask(at, day, business.region, business.trade))


def _to_say(item: Due) -> str:
    return f"Say in person: {running(purpose_label(item.purpose))}"


def _doorstep(stop: StopOfDay, found: _Gathered, day: date) -> Doorstep:
    events = found.events.get(stop.customer, [])
    asked = found.asked.get(stop.customer)
    return Doorstep(
        stage=stop.stage,
        access_note=stop.access_note,
        notes=stop.notes,
        owed=tuple(_owed(promise, found) for promise in found.owed.get(stop.customer, ())),
        troubles=tuple(trouble for trouble in _troubles(stop, found) if trouble.day < day or trouble.kind == COMPLAINT),
        wrote=_wrote(events, found),
        rated=_rated(events, found),
        quote=_quote(events, found),
        work=_work(events, found),
        visits=found.visits.get(stop.customer, 0),
        asked=found.day(asked) if asked is not None else None,
        referred_by=found.referred.get(stop.name, ""),
    )


def _owed(promise: Promise, found: _Gathered) -> Owed:
    late = is_late(promise, found.now)
    when = when_words(promise, found.now) if late else _due_words(promise, found)
    kept = found.day(promise.settled_at) if promise.settled_at is not None else None
    return Owed(promise.what, promise.due_date, when, late, kept)


def _due_words(promise: Promise, found: _Gathered) -> str:
    day = short_day_words(promise.due_date, found.day(found.now))
    return day if promise.due_time is None else f"{day} {clock_words(promise.due_time)}"


def _troubles(stop: StopOfDay, found: _Gathered) -> Iterable[Trouble]:
    """Every case of theirs. A late or missed visit of the day itself is what happened, nothing to know before it."""
    return (_trouble(case, found) for case in found.troubles.get(stop.customer, ()))


def _trouble(case: Case, found: _Gathered) -> Trouble:
    kind = found.kinds.get(case.event or 0, COMPLAINT)
    right = found.day(case.put_right_at) if case.state is CaseState.PUT_RIGHT and case.put_right_at else None
    return Trouble(kind, case.what, found.day(case.opened_at), right)


def _wrote(events: list[Event], found: _Gathered) -> Told | None:
    last = next((event for event in reversed(events) if event.what in _WORDS), None)
    if last is None or last.what is not Happening.MESSAGE_IN:
        return None
    return Told(found.day(last.at), last.note or last.about)


def _rated(events: list[Event], found: _Gathered) -> Told | None:
    last = next((event for event in reversed(events) if event.what is Happening.RATING), None)
    return Told(found.day(last.at), last.note, last.rating) if last else None


def _quote(events: list[Event], found: _Gathered) -> Told | None:
    kinds = (Happening.QUOTE_SENT, Happening.QUOTE_WON, Happening.QUOTE_LOST)
    last = next((event for event in reversed(events) if event.what in kinds), None)
    if last is None or last.what is not Happening.QUOTE_SENT or found.now - last.at > QUOTE_DAYS:
        return None
    return Told(found.day(last.at), last.about or last.note)


def _work(events: list[Event], found: _Gathered) -> Told | None:
    for event in reversed(events):
        kind = "purchase" if event.what is Happening.PURCHASE else event.visit
        if (event.what is Happening.PURCHASE or kind in _WORK) and found.now - event.at <= WORK_DAYS:
            return Told(found.day(event.at), event.about, kind=kind)
    return None
