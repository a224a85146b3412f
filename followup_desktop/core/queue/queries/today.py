"""Gathering today's queue: a fixed number of statements, whatever the number of customers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from followup_desktop.base.zones import Quiet, day_bounds, is_zone, local_day, resolve
from followup_desktop.core.cases.model import CaseState
from followup_desktop.core.cases.rules import days_between
from followup_desktop.core.cases.tables import CasePromiseRow, CaseRow
from followup_desktop.core.consent import queries as consent
from followup_desktop.core.consent.model import HeldFor
from followup_desktop.core.consent.rules import usable_channel
from followup_desktop.core.consent.rules.clocks import is_over, over_words
from followup_desktop.core.contactpoints.model import COMMERCIAL
from followup_desktop.core.customers.tables import CustomerRow, HouseholdRow
from followup_desktop.core.history.model import Happening
from followup_desktop.core.history.tables import ContactRow, EventRow
from followup_desktop.core.journeys import queries as journeys
from followup_desktop.core.journeys.model import NEVER_LAPSE, Outcome
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.messages.model import LEFT_US, MessageState
from followup_desktop.core.messages.rules import asks_something
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.operators.model import Business
from followup_desktop.core.queue.model import Due, Lapsed, OpenCase, Queue, Waiting
from followup_desktop.core.queue.queries.waited import undecided, waited_for
from followup_desktop.core.queue.rules.absence import days_off
from followup_desktop.core.queue.rules.cards import Rules, asked_of, cards_of, standing_of
from followup_desktop.core.queue.rules.pace import pace_of
from followup_desktop.core.queue.rules.spreading import Capacity
from followup_desktop.core.queue.rules.waiting import waited
from followup_desktop.core.routes import queries as routes
from followup_desktop.core.routes.model import Coming

WAITING_DAYS = 14
LAPSED_DAYS = 7
PACE_OVER = timedelta(days=30)
SETTLED = tuple(outcome for outcome in Outcome if outcome not in (Outcome.STOPPED, Outcome.LAPSED, Outcome.COVERED))
"""Outcomes the owner gave, card by card."""

_DUE: Any = (
    select(
        FollowUpRow.id,
        CustomerRow.id,
        CustomerRow.name,
        HouseholdRow.name,
        CustomerRow.household_id,
        FollowUpRow.source,
        FollowUpRow.journey,
        FollowUpRow.touchpoint,
        FollowUpRow.purpose,
        FollowUpRow.channels,
        FollowUpRow.transactional,
        FollowUpRow.priority,
        FollowUpRow.opens,
        FollowUpRow.due,
        FollowUpRow.closes,
        FollowUpRow.why_here,
        FollowUpRow.removed_by,
        FollowUpRow.message_id,
        CustomerRow.email,
        CustomerRow.phone,
        CustomerRow.street,
        CustomerRow.zone,
        ContactRow.last_counted_at,
        ContactRow.risk,
        CustomerRow.channel,
        func.coalesce(
            FollowUpRow.case_id,
            select(func.min(CasePromiseRow.case_id))
            .where(CasePromiseRow.promise_id == FollowUpRow.promise_id)
            .scalar_subquery(),
        ),
    )
    .join(CustomerRow, CustomerRow.id == FollowUpRow.customer_id)
    .outerjoin(HouseholdRow, HouseholdRow.id == CustomerRow.household_id)
    .outerjoin(ContactRow, ContactRow.customer_id == CustomerRow.id)
)


def queue(session: Session, now: datetime, day: date | None = None) -> Queue:
    """Return the queue of a day: today, as things stand now, or a coming day, as it would open.

    `now` is any moment (aware); `day` is a date in the business's zone. Where the owner chose a number of cards a day,
    a coming day holds what is left for it when the days before are worked through.
    """
    business = operators.business(session)
    today = local_day(now, business.zone)
    day = day or today
    moment = now if day == today else resolve(day, time(9), business.zone)
    until = day_bounds(day, business.zone)[1]
    found = due(session, moment, until)
    if business.daily_capacity and day > today:
        found = _left_for(session, business, found, now, day)
    rules = _rules(session, business, moment, done_today=day == today)
    cards, held = cards_of(found, rules)
    return Queue(
        day,
        tuple(cards),
        tuple(held),
        tuple(waiting(session, moment, business.zone)),
        tuple(lapsed(session, moment)),
        tuple(waited_for(session, moment, dict(rules.undecided))),
        pace(session, now),
        tuple(unsolved(session, moment, business.zone)),
    )


def unsolved(session: Session, now: datetime, zone: str) -> list[OpenCase]:
    """Return every case that is not put right yet, the oldest first."""
    query = (
        select(CaseRow.id, CaseRow.customer_id, CustomerRow.name, CaseRow.what, CaseRow.opened_at)
        .join(CustomerRow, CustomerRow.id == CaseRow.customer_id)
        .where(CaseRow.state == CaseState.OPEN)
        .order_by(CaseRow.opened_at, CaseRow.id)
    )
    return [OpenCase(*row, days=days_between(row.opened_at, now, zone)) for row in session.execute(query)]


def _left_for(session: Session, business: Business, found: list[Due], now: datetime, day: date) -> list[Due]:
    """Leave out what an earlier day takes, as today's number spreads what is due now."""
    today = queue(session, now)
    taken = {item.id for card in today.cards for item in card.items}
    taken |= {h.follow_up for h in today.held if h.reason == HeldFor.CAPACITY and h.until is not None and h.until < day}
    return [item for item in found if item.id not in taken]


def due(session: Session, now: datetime, until: datetime, customers: Collection[int] | None = None) -> list[Due]:
    """Return every follow-up that is open between now and `until` (UTC), of everyone or of `customers`."""
    query = _open_between(now, until)
    query = query if customers is None else query.where(FollowUpRow.customer_id.in_(customers))
    return [_due(*row) for row in session.execute(query)]


def ways(session: Session, now: datetime, until: datetime) -> dict[int, str]:
    """Return by which channel each follow-up that is open until a moment may be said, by its key; "" where by none."""
    rules = _rules(session, operators.business(session), now, done_today=False)
    return {item.id: usable_channel(asked_of(item), standing_of(item, rules)) for item in due(session, now, until)}


def to_say(
    session: Session, now: datetime, day: date, business: Business, visits: Mapping[int, Coming]
) -> dict[int, list[Due]]:
    """Return what is said in person at the visits of a day, today's or tomorrow's, by customer."""
    if not (visits and business.pair_with_route):
        return {}
    found = [item for item in due(session, now, day_bounds(day, business.zone)[1], visits) if not item.transactional]
    if not found:
        return {}
    rules = _rules(session, business, now, done_today=False)
    _cards, held = cards_of(found, replace(rules, visits=visits))
    waits = {item.follow_up for item in held if item.reason == HeldFor.ON_ROUTE}
    said: dict[int, list[Due]] = {}
    for item in found:
        if item.id in waits:
            said.setdefault(item.customer, []).append(item)
    return said


def _due(*columns: Any) -> Due:
    values: list[Any] = list(columns)
    values[3], values[9], values[23] = values[3] or "", tuple(values[9]), values[23] or 0
    values[21] = values[21] if values[21] and is_zone(values[21]) else ""
    return Due(*values)


def _open_between(now: datetime, until: datetime) -> Any:
    stays = or_(
        FollowUpRow.closes.is_(None),
        FollowUpRow.closes > now,
        FollowUpRow.source.in_(NEVER_LAPSE),
        FollowUpRow.later_until > now - timedelta(days=1),
    )
    not_put_off = or_(FollowUpRow.later_until.is_(None), FollowUpRow.later_until < until)
    return _DUE.where(FollowUpRow.state == "open", FollowUpRow.opens < until, not_put_off, stays)


def _rules(session: Session, business: Business, now: datetime, *, done_today: bool) -> Rules:
    kept, cases = operators.settings(session), open_cases(session)
    return Rules(
        now=now,
        zone=business.zone,
        quiet=Quiet(business.quiet_from, business.quiet_until, business.quiet_sundays),
        weekly_limit=business.weekly_limit,
        refused=consent.refused(session),
        suppressed=consent.suppressed(session),
        open_cases=cases,
        bounced=bounced(session),
        often=consent.often(session),
        seldom=consent.seldom(session),
        offers_over=_offers_over(session, business, now),
        suppressed_phones=consent.suppressed(session, "phone"),
        asked_to_stop=consent.asked_to_stop(session),
        undecided=undecided(session, now, cases),
        visits=_visits(session, business, now) if business.pair_with_route else {},
        capacity=Capacity(
            business.daily_capacity,
            _done_today(session, business, now) if business.daily_capacity and done_today else 0,
            days_off(kept),
        ),
    )


def _offers_over(session: Session, business: Business, now: datetime) -> dict[int, str]:
    """Return to whom of those with an offer waiting none may be written any more, and why."""
    query = select(FollowUpRow.customer_id, CustomerRow.name).join(
        CustomerRow, CustomerRow.id == FollowUpRow.customer_id
    )
    waits = (FollowUpRow.state == "open") & (FollowUpRow.purpose.in_(COMMERCIAL) | (FollowUpRow.source == "campaign"))
    names = {key: name for key, name in session.execute(query.where(waits).distinct())}
    today = local_day(now, business.zone)
    clocks = journeys.consent_clocks(session, names, business) if names else {}
    return {key: over_words(clock, names[key]) for key, clock in clocks.items() if is_over(clock, today)}


def _under_one_roof(whose: Any) -> Any:
    return or_(
        whose.id == CustomerRow.id,
        and_(whose.household_id.is_not(None), whose.household_id == CustomerRow.household_id),
    )


def open_cases(session: Session) -> dict[int, str]:
    """Return under whose roof a case is open, and whose it is."""
    whose = aliased(CustomerRow)
    query = (
        select(CustomerRow.id, whose.name)
        .select_from(CaseRow)
        .join(whose, whose.id == CaseRow.customer_id)
        .join(CustomerRow, _under_one_roof(whose))
        .where(CaseRow.state == CaseState.OPEN)
        .order_by(CaseRow.opened_at.desc(), CaseRow.id.desc())
    )
    return {key: name for key, name in session.execute(query)}


def bounced(session: Session) -> frozenset[str]:
    """Return the addresses mail came back from, unless they wrote to us since."""
    query = (
        select(EventRow.about, CustomerRow.email)
        .join(CustomerRow, CustomerRow.id == EventRow.customer_id)
        .outerjoin(ContactRow, ContactRow.customer_id == EventRow.customer_id)
        .where(EventRow.what == Happening.BOUNCED)
        .where(or_(ContactRow.last_in_at.is_(None), ContactRow.last_in_at < EventRow.at))
    )
    return frozenset((about if "@" in about else email).casefold() for about, email in session.execute(query))


def _visits(session: Session, business: Business, now: datetime) -> dict[int, Coming]:
    """Return who of those with something due is visited today, and was not yet, or tomorrow."""
    today = local_day(now, business.zone)
    until = day_bounds(today, business.zone)[1]
    whose = select(FollowUpRow.customer_id).where(
        FollowUpRow.state == "open", FollowUpRow.opens < until, ~FollowUpRow.transactional
    )
    return routes.coming(session, (today, today + timedelta(days=1)), business.zone, whose)


def _done_today(session: Session, business: Business, now: datetime) -> int:
    """Return how many customers' cards the owner settled today."""
    begin, _end = day_bounds(local_day(now, business.zone), business.zone)
    query = select(func.count(FollowUpRow.customer_id.distinct())).where(
        FollowUpRow.ended_at >= begin, FollowUpRow.outcome.in_(SETTLED)
    )
    return int(session.execute(query).scalar_one())


def waiting(session: Session, now: datetime, zone: str) -> list[Waiting]:
    """Return who was asked something in the last two weeks and has not answered, the longest wait first.

    What asked nothing, such as a thank-you, is not waited for, nor what came back. Any real conversation since is an
    answer.
    """
    since, back = now - timedelta(days=WAITING_DAYS), aliased(MessageRow)
    query = (
        select(MessageRow.customer_id, CustomerRow.name, MessageRow.id, MessageRow.sent_at, MessageRow.text)
        .join(CustomerRow, CustomerRow.id == MessageRow.customer_id)
        .outerjoin(ContactRow, ContactRow.customer_id == MessageRow.customer_id)
        .where(MessageRow.state.in_((*LEFT_US, MessageState.HANDED_OVER)), MessageRow.sent_at >= since)
        .where(MessageRow.text.contains("?"), MessageRow.rested_at.is_(None))
        .where(or_(ContactRow.last_in_at.is_(None), ContactRow.last_in_at < MessageRow.sent_at))
        .where(~select(back.id).where(back.answers_id == MessageRow.id, back.kind == "bounce").exists())
        .order_by(MessageRow.sent_at, MessageRow.id)
    )
    latest = {
        customer: Waiting(customer, name, message, sent, *waited(sent, now, zone))
        for customer, name, message, sent, text in session.execute(query)
        if sent is not None and asks_something(text)
    }
    talked = _talked_since(session, latest)
    return sorted((item for key, item in latest.items() if item.since >= talked.get(key, since)), key=_longest)


def _talked_since(session: Session, asked: Mapping[int, Waiting]) -> dict[int, datetime]:
    """Return when we last spoke with those who were asked something, by phone or in person."""
    query = (
        select(EventRow.customer_id, func.max(EventRow.at))
        .where(EventRow.customer_id.in_(asked), EventRow.what.in_((Happening.CALL, Happening.IN_PERSON)))
        .group_by(EventRow.customer_id)
    )
    return {customer: at for customer, at in session.execute(query)}


def _longest(item: Waiting) -> tuple[datetime, str, int]:
    return item.since, item.name, item.message


def lapsed(session: Session, now: datetime) -> list[Lapsed]:
    """Return what closed in the last week without having been done, the latest first."""
    since = now - timedelta(days=LAPSED_DAYS)
    ended = and_(FollowUpRow.ended_at.between(since, now), FollowUpRow.outcome == Outcome.LAPSED)
    # What closed since the last command is not marked yet, and off the list all the same.
    about_to = and_(
        FollowUpRow.state == "open",
        FollowUpRow.opens < now,
        FollowUpRow.closes <= now,
        FollowUpRow.closes >= since,
        FollowUpRow.source.not_in(NEVER_LAPSE),
        or_(FollowUpRow.later_until.is_(None), FollowUpRow.later_until <= now - timedelta(days=1)),
    )
    columns = select(
        FollowUpRow.customer_id, CustomerRow.name, FollowUpRow.id, FollowUpRow.purpose, FollowUpRow.closes,
        FollowUpRow.ended_at, FollowUpRow.why_here,
    ).join(CustomerRow, CustomerRow.id == FollowUpRow.customer_id)  # fmt: skip
    found = [
        Lapsed(customer, name, key, purpose, closes or ended_at or now, why)
        for half in (ended, about_to)
        for customer, name, key, purpose, closes, ended_at, why in session.execute(columns.where(half))
    ]
    return sorted(found, key=_latest_closed)


def _latest_closed(item: Lapsed) -> tuple[float, int]:
    return -item.closed.timestamp(), item.follow_up


def pace(session: Session, now: datetime) -> int:
    """Return the seconds a card takes, by the cards settled in the last month."""
    query = (
        select(FollowUpRow.ended_at)
        .where(FollowUpRow.ended_at >= now - PACE_OVER, FollowUpRow.outcome.in_(SETTLED))
        .order_by(FollowUpRow.ended_at.desc())
        .limit(400)
    )
    return pace_of([at for at in reversed(list(session.scalars(query))) if at is not None])
