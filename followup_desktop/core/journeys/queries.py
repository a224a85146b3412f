"""Reading follow-ups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import func, select, tuple_, union
from sqlalchemy.orm import Session

from followup_desktop.base.errors import Problem
from followup_desktop.base.zones import is_zone, local_day
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.cases.model import Case, CaseState
from followup_desktop.core.consent import queries as consent
from followup_desktop.core.consent.model import Clock, Law
from followup_desktop.core.consent.rules.clocks import Facts, clock_of, law_for
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.equipment import queries as equipment
from followup_desktop.core.equipment.model import Belongings
from followup_desktop.core.history import queries as history
from followup_desktop.core.history.model import FROM_THEM, FROM_US, Event, Happening
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.journeys.model import (
    HEARD,
    FollowUp,
    FollowUpId,
    Invited,
    Journey,
    JourneyChoice,
    JourneyVersion,
    Outcome,
)
from followup_desktop.core.journeys.rules.known import NOTHING, Done, Known, Span
from followup_desktop.core.journeys.rules.plan import HORIZON, Plan
from followup_desktop.core.journeys.rules.planner import occurrence_of
from followup_desktop.core.journeys.rules.preview import (
    DAYS,
    Change,
    Met,
    Outlook,
    Rehearsed,
    Setting,
    busiest,
    changes,
    held_after,
    per_day,
    rehearsed,
)
from followup_desktop.core.journeys.rules.proposals import COUNTED_FOR, KEPT_FOR, Signs
from followup_desktop.core.journeys.tables import FollowUpRow, InvitedRow, JourneyChoiceRow, JourneyVersionRow
from followup_desktop.core.operators.model import Business
from followup_desktop.core.promises import queries as promises
from followup_desktop.core.promises.model import Promise
from followup_desktop.core.routes.tables import RouteRow, StopRow


def follow_up(session: Session, key: int) -> FollowUp:
    """Return one follow-up; raises Problem when there is none with that number."""
    row = session.get(FollowUpRow, key)
    if row is None:
        raise Problem(f"There is no follow-up {key}.", "Nothing was changed.", "Look the number up in the queue.")
    return value_of(row)


def with_open(session: Session) -> list[int]:
    """Return every customer with an open follow-up."""
    return list(session.scalars(select(FollowUpRow.customer_id).where(FollowUpRow.state == "open").distinct()))


def of_customer(session: Session, customer: int, *, open_only: bool = False) -> list[FollowUp]:
    """Return a customer's follow-ups, the soonest due first."""
    query = select(FollowUpRow).where(FollowUpRow.customer_id == customer).order_by(FollowUpRow.due, FollowUpRow.id)
    query = query.where(FollowUpRow.state == "open") if open_only else query
    return [value_of(row) for row in session.scalars(query)]


def outcomes(session: Session, since: datetime, until: datetime) -> list[tuple[int, int, str, datetime, str]]:
    """Return key, customer, purpose, due time and outcome of what came up until a moment and ended since another."""
    row = FollowUpRow
    query = select(row.id, row.customer_id, row.purpose, row.due, row.outcome).where(
        row.opens <= until, (row.state == "open") | (row.ended_at >= since)
    )
    return [
        (key, customer, purpose, due, outcome)
        for key, customer, purpose, due, outcome in session.execute(query.order_by(row.id))
    ]


def open_for_promise(session: Session, promise: int, now: datetime) -> FollowUpId | None:
    """Return the follow-up on today's list that keeps a promise, or None."""
    query = select(FollowUpRow.id).where(
        FollowUpRow.promise_id == promise, FollowUpRow.state == "open", FollowUpRow.opens <= now
    )
    found = session.scalars(query.order_by(FollowUpRow.due)).first()
    return FollowUpId(found) if found is not None else None


def open_for_case(session: Session, case: int) -> list[FollowUp]:
    """Return the open follow-ups of a case, the soonest due first."""
    query = select(FollowUpRow).where(FollowUpRow.case_id == case, FollowUpRow.state == "open")
    return [value_of(row) for row in session.scalars(query.order_by(FollowUpRow.due, FollowUpRow.id))]


def open_counts(session: Session) -> dict[str, int]:
    """Return how many open follow-ups each journey has, by its key."""
    query = select(FollowUpRow.journey, func.count()).where(FollowUpRow.state == "open").group_by(FollowUpRow.journey)
    return {journey: count for journey, count in session.execute(query) if journey}


def concerned(session: Session, journey: Journey, since: datetime) -> set[int]:
    """Return the customers a journey may ask something of, or asks already.

    These are the ones to whom happened since a moment what starts it, and the ones with an open follow-up of it. What
    comes round with time alone may concern everyone.
    """
    trigger = journey.trigger
    if trigger.moment is not None:
        return anyone(session)
    happening = "message_in" if trigger.happening == "reply" else trigger.happening
    started = select(EventRow.customer_id).where(EventRow.what == happening, EventRow.at >= since)
    if trigger.where.visit:
        started = started.where(EventRow.visit.in_(trigger.where.visit))
    waiting = select(FollowUpRow.customer_id).where(FollowUpRow.journey == journey.key, FollowUpRow.state == "open")
    return set(session.scalars(union(started, waiting)))


def invited(session: Session, key: int) -> Invited | None:
    """Return a customer's place in a campaign, or None when it is gone."""
    row = session.get(InvitedRow, key)
    return None if row is None else invited_of(row)


def invitations(session: Session, customers: Collection[int], since: datetime) -> list[Invited]:
    """Return the places in campaigns of some customers that were open at `since` or later (UTC)."""
    query = select(InvitedRow).where(InvitedRow.customer_id.in_(customers), InvitedRow.closes >= since)
    return [invited_of(row) for row in session.scalars(query.order_by(InvitedRow.id))]


def invited_of(row: InvitedRow) -> Invited:
    """Return a place in a campaign as a value."""
    return Invited(
        id=row.id,
        customer=row.customer_id,
        campaign=row.campaign_id,
        at=row.at,
        opens=row.opens,
        due=row.due,
        closes=row.closes,
        purpose=row.purpose,
        template=row.template,
        channels=tuple(row.channels),
        about=dict(row.about),
        why_here=row.why_here,
        stopped=row.stopped,
    )


def anyone(session: Session) -> set[int]:
    """Return every customer: of each of them some journey may ask something, if only as time goes by."""
    return set(session.scalars(select(CustomerRow.id)))


def gather(
    session: Session, ids: Collection[int], plan: Plan, now: datetime, *, old: Collection[int] = ()
) -> list[Known]:
    """Return what planning looks at of each of some customers; `old` are events to look at though long gone."""
    found = _Gathered(session, list(ids), plan, now)
    events = found.events(old)
    cases_of = found.cases()
    talks, visits, owned, routes, done = found.talks(), found.visits(), found.owned(), found.routes(), found.done()
    promised, places, clocks = found.promises(), found.places(), found.clocks()
    return [
        Known(
            customer=row.id,
            zone=row.zone if row.zone and is_zone(row.zone) else plan.business.zone,
            events=tuple(events[row.id]),
            promises=tuple(promised[row.id]),
            cases=tuple((event, int(c.id)) for c in cases_of[row.id] for event in found.of_case(c)),
            closed=frozenset(
                event for c in cases_of[row.id] if c.state == CaseState.CLOSED for event in found.of_case(c)
            ),
            invited=tuple(places[row.id]),
            stage=row.stage,
            routes=frozenset(routes[row.id]),
            visits=frozenset(visits[row.id]),
            first_visit=min(visits[row.id].values(), default=None),
            since=row.since or local_day(row.created_at, plan.business.zone),
            talks=tuple(talks[row.id]),
            belongings=owned.get(row.id, NOTHING),
            done=tuple(done[row.id]),
            offers_end=clocks[row.id].ends if row.id in clocks else None,
            open_case=any(c.state != CaseState.CLOSED for c in cases_of[row.id]),
        )
        for row in found.customers()
    ]


@dataclass(frozen=True)
class _Gathered:
    """What is read for a set of customers, one statement each, and only where a journey looks at it."""

    session: Session
    ids: list[int]
    plan: Plan
    now: datetime

    def customers(self) -> list[Any]:
        columns = (CustomerRow.id, CustomerRow.zone, CustomerRow.stage, CustomerRow.since, CustomerRow.created_at)
        return list(self.session.execute(select(*columns).where(CustomerRow.id.in_(self.ids)).order_by(CustomerRow.id)))

    def events(self, old: Collection[int]) -> dict[int, list[Event]]:
        starts = history.events_by_id(self.session, old) if old else []
        usual = self.now - HORIZON
        since: dict[int, datetime] = {}
        for event in starts:
            since[event.customer] = min(event.at, since.get(event.customer, usual))
        recent = history.events_since(self.session, self.ids, min(since.values(), default=usual), self.plan.kinds)
        grouped: dict[int, list[Event]] = defaultdict(list)
        for event in {e.id: e for e in (*starts, *recent)}.values():
            if event.at >= since.get(event.customer, usual):
                grouped[event.customer].append(event)
        return grouped

    def cases(self) -> dict[int, list[Case]]:
        grouped: dict[int, list[Case]] = defaultdict(list)
        for case in cases.of_customers(self.session, self.ids):
            grouped[int(case.customer)].append(case)
        return grouped

    def of_case(self, case: Case) -> list[int]:
        """Return the event that opened a case, and those joined to it."""
        return [*([case.event] if case.event is not None else []), *self.joined.get(int(case.id), ())]

    @cached_property
    def joined(self) -> dict[int, list[int]]:
        return cases.joined(self.session, self.ids)

    def promises(self) -> dict[int, list[Promise]]:
        grouped: dict[int, list[Promise]] = defaultdict(list)
        for promise in promises.of_customers(self.session, self.ids):
            grouped[promise.customer_id or 0].append(promise)
        return grouped

    def places(self) -> dict[int, list[Invited]]:
        grouped: dict[int, list[Invited]] = defaultdict(list)
        for place in invitations(self.session, self.ids, self.now - HORIZON):
            grouped[place.customer].append(place)
        return grouped

    def talks(self) -> dict[int, list[datetime]]:
        grouped: dict[int, list[datetime]] = defaultdict(list)
        if self.plan.needs_talks:
            query = select(EventRow.customer_id, EventRow.at).where(
                EventRow.customer_id.in_(self.ids),
                EventRow.at >= self.now - TALKS_COUNT,
                EventRow.what.in_([*FROM_US, *FROM_THEM]),
            )
            for key, at in self.session.execute(query.order_by(EventRow.at, EventRow.id)):
                grouped[key].append(at)
        return grouped

    def visits(self) -> dict[int, dict[str, date]]:
        """Return on which day each customer had each kind of visit first."""
        grouped: dict[int, dict[str, date]] = defaultdict(dict)
        if self.plan.needs_visits:
            query = (
                select(EventRow.customer_id, EventRow.visit, func.min(EventRow.at))
                .where(EventRow.customer_id.in_(self.ids), EventRow.what == Happening.VISIT_DONE)
                .group_by(EventRow.customer_id, EventRow.visit)
            )
            for key, visit, at in self.session.execute(query):
                grouped[key][visit] = local_day(at, self.plan.business.zone)
        return grouped

    def owned(self) -> Mapping[int, Belongings]:
        return equipment.of_customers(self.session, self.ids) if self.plan.needs_belongings else {}

    def clocks(self) -> Mapping[int, Clock]:
        return consent_clocks(self.session, self.ids, self.plan.business) if self.plan.needs_clocks else {}

    def routes(self) -> dict[int, set[str]]:
        grouped: dict[int, set[str]] = defaultdict(set)
        if self.plan.needs_routes:
            query = select(StopRow.customer_id, RouteRow.name).join(RouteRow, RouteRow.id == StopRow.route_id)
            for key, name in self.session.execute(query.where(StopRow.customer_id.in_(self.ids))):
                grouped[key].add(" ".join(name.split()).casefold())
        return grouped

    def done(self) -> dict[int, list[Done]]:
        grouped: dict[int, list[Done]] = defaultdict(list)
        remembers = self.plan.remembers
        if remembers:
            f = FollowUpRow
            query = select(f.customer_id, f.journey, f.touchpoint, f.key, f.ended_at).where(
                f.customer_id.in_(self.ids), f.journey.in_(remembers), f.outcome.in_(HEARD),
                f.ended_at >= self.now - max(remembers.values()),
            )  # fmt: skip
            for key, journey, touchpoint, name, at in self.session.execute(query.order_by(f.ended_at, f.id)):
                question = self.plan.questions.get((journey, touchpoint), "")
                grouped[key].append(Done(journey, touchpoint, occurrence_of(name), at or self.now, question))
        return grouped


TALKS_COUNT = timedelta(days=730)
"""How far back it is looked at how often we talk."""


def value_of(row: Any) -> FollowUp:
    """Return a row as a value."""
    return FollowUp(
        id=FollowUpId(row.id),
        uuid=row.uuid,
        customer=row.customer_id,
        key=row.key,
        source=row.source,
        journey=row.journey,
        touchpoint=row.touchpoint,
        purpose=row.purpose,
        template=row.template,
        channels=tuple(row.channels),
        transactional=row.transactional,
        opens=row.opens,
        due=row.due,
        closes=row.closes,
        later_until=row.later_until,
        state=row.state,
        outcome=row.outcome,
        why_here=row.why_here,
        removed_by=row.removed_by,
        question=row.question,
        event=row.event_id,
        promise=row.promise_id,
        case=row.case_id,
        message=row.message_id,
        invited=row.invited_id,
        operator=row.operator_id,
    )


def versions(session: Session, *, newest: bool = False) -> list[JourneyVersion]:
    """Return the owner's versions of journeys, the newest first; of each journey the newest only, where asked."""
    query = select(JourneyVersionRow).order_by(JourneyVersionRow.number.desc(), JourneyVersionRow.journey)
    if newest:
        last = select(JourneyVersionRow.journey, func.max(JourneyVersionRow.number)).group_by(JourneyVersionRow.journey)
        query = query.where(tuple_(JourneyVersionRow.journey, JourneyVersionRow.number).in_(last))
    return [
        JourneyVersion(row.journey, row.number, row.at, row.by, row.text, row.note, row.basis)
        for row in session.scalars(query)
    ]


def choices(session: Session) -> list[JourneyChoice]:
    """Return what the owner decided of journeys: on, off, not to be proposed."""
    query = select(JourneyChoiceRow).order_by(JourneyChoiceRow.journey)
    return [JourneyChoice(row.journey, row.is_on, row.since, row.put_aside) for row in session.scalars(query)]


@dataclass(frozen=True, slots=True)
class Changing:
    """A journey before and after a change (None: not there, or off), and what else planning goes by now."""

    before: Journey | None
    after: Journey | None
    plan: Plan

    @property
    def plans(self) -> tuple[Plan, Plan]:
        """The plans before and after, with the journeys only that the change may reach: they ask the same question."""
        changed = [j for j in (self.before, self.after) if j is not None]
        keys = {j.key for j in changed}
        others = [j for j in self.plan.journeys if j.key not in keys]
        asked = {question for j in changed for question in _asked(j)}
        beside = [j for j in others if asked & _asked(j)]
        while more := {question for j in beside for question in _asked(j)} - asked:
            asked |= more
            beside = [j for j in others if asked & _asked(j)]
        before, after = ([*beside, *([j] if j else [])] for j in (self.before, self.after))
        return Plan(before, self.plan.business), Plan(after, self.plan.business)


def _asked(journey: Journey) -> set[str]:
    return {each.question for each in journey.touchpoints if each.question}


Step = Callable[[int, int], None]
"""Told how many of how many are done; may raise, to stop."""


def outlook(session: Session, changing: Changing, now: datetime, step: Step | None = None) -> Outlook:
    """Return what a change of a journey does in the coming 30 days, and for whom."""
    before, after = changing.plans
    everything = Plan([*before.journeys, *after.journeys], before.business)
    setting = Setting(before.journeys, after.journeys, before.quiet, before.span(now))
    journeys = [j for j in (changing.before, changing.after) if j is not None]
    ids = sorted(set().union(*(concerned(session, journey, now - HORIZON) for journey in journeys)))
    found: list[Change] = []
    due: list[tuple[datetime, str]] = []
    met: set[int] = set()
    keys = {journey.key for journey in everything.journeys}
    bars, limit = _bars(session), before.business.weekly_limit
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        settled = _settled(session, some, keys)
        at_hand = _met(session, some, now, bars, before.business)
        for known in gather(session, some, everything, now):
            changed, after_it = changes(known, setting, settled.get(known.customer, ()))
            found += held_after(changed, after_it, known, at_hand.get(known.customer, Met()), limit)
            due += [(item.due, known.zone) for item in after_it]
            met |= {known.customer} if after_it else set()
        if step is not None:
            step(min(start + CHUNK, len(ids)), len(ids))
    days = per_day([*due, *_due_besides(session, keys, before.business.zone, now)], now)
    touched = {change.customer for change in found}
    order = sorted(found, key=_by_first)
    return Outlook(tuple(order), len(met - touched), busiest(days))


CHUNK = 500


def _by_first(change: Change) -> tuple[datetime, int, str]:
    return change.first, change.customer, change.key


def _settled(session: Session, ids: Collection[int], journeys: Collection[str]) -> dict[int, set[str]]:
    """Return the keys of what was settled already and stays so, by customer."""
    query = select(FollowUpRow.customer_id, FollowUpRow.key).where(
        FollowUpRow.customer_id.in_(ids),
        FollowUpRow.journey.in_(journeys),
        FollowUpRow.state != "open",
        FollowUpRow.outcome.not_in([Outcome.STOPPED]),
    )
    grouped: dict[int, set[str]] = defaultdict(set)
    for customer, key in session.execute(query):
        grouped[customer].add(key)
    return grouped


def _due_besides(session: Session, journeys: Collection[str], zone: str, now: datetime) -> list[tuple[datetime, str]]:
    query = select(FollowUpRow.due).where(
        FollowUpRow.state == "open", FollowUpRow.journey.not_in(journeys), FollowUpRow.due <= now + DAYS
    )
    return [(due, zone) for due in session.scalars(query)]


def rehearse(
    session: Session, journey: Journey, plan: Plan, month: tuple[datetime, datetime], step: Step | None = None
) -> list[Rehearsed]:
    """Return who would have got what of a journey for what happened in a month (its first moment and its end, UTC)."""
    start, end = month
    only = Plan([journey], plan.business)
    setting = Setting((), (journey,), plan.quiet, Span(start, end, end))
    ids = sorted(_started(session, journey, start, end))
    bars = _bars(session)
    found: list[Rehearsed] = []
    for first in range(0, len(ids), CHUNK):
        some = ids[first : first + CHUNK]
        met = _met(session, some, start, bars, plan.business)
        for known in gather(session, some, only, start + HORIZON):
            at_hand = met.get(known.customer, Met())
            found += rehearsed(known, at_hand, journey, setting, plan.business.weekly_limit)
        if step is not None:
            step(min(first + CHUNK, len(ids)), len(ids))
    return sorted(found, key=_as_told)


def _as_told(one: Rehearsed) -> tuple[datetime, int, str]:
    return one.at, one.customer, one.touchpoint


def _started(session: Session, journey: Journey, start: datetime, end: datetime) -> set[int]:
    if journey.trigger.moment is not None:
        return anyone(session)
    happening = "message_in" if journey.trigger.happening == "reply" else journey.trigger.happening
    query = select(EventRow.customer_id).where(EventRow.what == happening, EventRow.at > start, EventRow.at <= end)
    if journey.trigger.where.visit:
        query = query.where(EventRow.visit.in_(journey.trigger.where.visit))
    return set(session.scalars(query))


@dataclass(frozen=True, slots=True)
class _Bars:
    """What the whole store says of reaching people: what nothing may go to, and how often is enough for whom."""

    emails: frozenset[str]
    phones: frozenset[str]
    often: frozenset[int]
    seldom: Mapping[int, int]
    stopping: Mapping[int, str]

    @property
    def looks_back(self) -> timedelta:
        """How long ago something may count for somebody."""
        return timedelta(days=max((7, *self.seldom.values())))


def _bars(session: Session) -> _Bars:
    return _Bars(
        consent.suppressed(session),
        consent.suppressed(session, "phone"),
        consent.often(session),
        consent.seldom(session),
        consent.asked_to_stop(session),
    )


def _met(session: Session, ids: Collection[int], at: datetime, bars: _Bars, business: Business) -> dict[int, Met]:
    """Return when each customer heard from us before `at` (UTC) and since, how and how often they may be reached."""
    counted: dict[int, list[datetime]] = defaultdict(list)
    heard = select(EventRow.customer_id, EventRow.at).where(
        EventRow.customer_id.in_(ids), EventRow.counts, EventRow.at >= at - bars.looks_back
    )
    for key, moment in session.execute(heard.order_by(EventRow.at)):
        counted[key].append(moment)
    refused, clocks = consent.refused(session, ids), consent_clocks(session, ids, business)
    columns = (CustomerRow.id, CustomerRow.email, CustomerRow.phone, CustomerRow.street)
    found: dict[int, Met] = {}
    for key, email, phone, street in session.execute(select(*columns).where(CustomerRow.id.in_(ids))):
        there = {"in_person"} | ({"text", "call"} if phone else set()) | ({"card"} if street else set())
        there |= {"email"} if email else set()
        barred = {"email"} if email.casefold() in bars.emails else set()
        barred |= {"text", "call"} if phone.casefold() in bars.phones else set()
        found[key] = Met(
            tuple(counted[key]),
            frozenset(there - barred),
            refused.get(key, frozenset()),
            frozenset(barred & there),
            bars.seldom.get(key, 0),
            key in bars.often,
            clocks.get(key),
            bars.stopping.get(key, ""),
        )
    return found


def names(session: Session, customers: Collection[int]) -> dict[int, str]:
    """Return the names of some customers."""
    found: dict[int, str] = {}
    ids = sorted(customers)
    for start in range(0, len(ids), CHUNK):
        query = select(CustomerRow.id, CustomerRow.name).where(CustomerRow.id.in_(ids[start : start + CHUNK]))
        found |= {key: name for key, name in session.execute(query)}
    return found


def signs(session: Session, journeys: Iterable[Journey], now: datetime) -> Signs:
    """Return how well the list has been kept of late, and how often each journey would have started."""
    since = now - KEPT_FOR
    query = (
        select(FollowUpRow.outcome, func.count())
        .where(FollowUpRow.ended_at >= since, FollowUpRow.ended_at <= now, FollowUpRow.outcome != Outcome.STOPPED)
        .group_by(FollowUpRow.outcome)
    )
    ended = {outcome: count for outcome, count in session.execute(query)}
    first = session.scalar(select(func.min(FollowUpRow.ended_at)).where(FollowUpRow.outcome.in_(HEARD)))
    lapsed = ended.pop(Outcome.LAPSED, 0)
    return Signs(sum(ended.values()), lapsed, first, _starts(session, journeys, now - COUNTED_FOR))


def _starts(session: Session, journeys: Iterable[Journey], since: datetime) -> dict[str, int]:
    query = (
        select(EventRow.what, EventRow.visit, EventRow.rating, func.count())
        .where(EventRow.at >= since)
        .group_by(EventRow.what, EventRow.visit, EventRow.rating)
    )
    happened = list(session.execute(query))
    return {
        journey.key: sum(
            count
            for what, visit, rating, count in happened
            if journey.trigger.fits(what, visit=visit, rating=rating)
        )
        for journey in journeys
    }  # fmt: skip


SERVED = (Happening.VISIT_DONE, Happening.PURCHASE, Happening.BOOKING, Happening.QUOTE_WON, Happening.CONTRACT_CHANGED)
INQUIRED = (Happening.INQUIRY, Happening.QUOTE_SENT)


def consent_clocks(session: Session, ids: Collection[int], business: Business) -> dict[int, Clock]:
    """Return until when offers may be written to some customers; where no period counts, nothing is returned."""
    laws = _laws(session, ids, business)
    if not laws:
        return {}
    said, owned = consent.agreed(session, laws), equipment.of_customers(session, laws)
    last = (
        select(
            EventRow.customer_id,
            func.max(EventRow.at).filter(EventRow.what.in_(SERVED)),
            func.max(EventRow.at).filter(EventRow.what.in_(INQUIRED)),
        )
        .where(EventRow.customer_id.in_(laws), EventRow.what.in_((*SERVED, *INQUIRED)))
        .group_by(EventRow.customer_id)
    )
    happened = {key: (served, inquired) for key, served, inquired in session.execute(last)}
    columns = (CustomerRow.id, CustomerRow.stage, CustomerRow.since, CustomerRow.created_at)
    found: dict[int, Clock] = {}
    for row in session.execute(select(*columns).where(CustomerRow.id.in_(laws))):
        served, inquired = happened.get(row.id, (None, None))
        agreements = owned[row.id].agreements if row.id in owned else ()
        agreed = said.get(row.id)
        facts = Facts(
            agreed=(local_day(agreed[0], business.zone), agreed[1]) if agreed else None,
            served=_day(served, business.zone),
            inquired=_day(inquired, business.zone),
            until=max((each.entry.renews_on for each in agreements if each.entry.renews_on), default=None),
            known=row.since or local_day(row.created_at, business.zone),
            is_lead=row.stage in ("lead", "quoted"),
        )
        found[row.id] = clock_of(facts, laws[row.id])
    return found


def _day(at: datetime | None, zone: str) -> date | None:
    return local_day(at, zone) if at is not None else None


def _laws(session: Session, ids: Collection[int], business: Business) -> dict[int, Law]:
    """Return which law counts for which of some customers, where any does."""
    own = consent.laws(session, ids)
    usual = law_for("", business.contact_law, "", business.region)
    query = select(CustomerRow.id, CustomerRow.country).where(CustomerRow.id.in_(ids))
    if usual is Law.NONE:
        query = query.where((CustomerRow.country != "") | CustomerRow.id.in_(own))
    found = {
        key: law_for(own.get(key, ""), business.contact_law, country, business.region)
        for key, country in session.execute(query)
    }
    return {key: law for key, law in found.items() if law is not Law.NONE}
