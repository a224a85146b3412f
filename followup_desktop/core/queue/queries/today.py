"""Gathering today's queue: a fixed number of statements, whatever the number of customers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from followup_desktop.base.zones import Quiet, day_bounds, local_day, resolve
from followup_desktop.core.cases.tables import CaseRow
from followup_desktop.core.consent import queries as consent
from followup_desktop.core.customers.tables import CustomerRow, HouseholdRow
from followup_desktop.core.history.tables import ContactRow
from followup_desktop.core.journeys.model import NEVER_LAPSE
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.messages.model import LEFT_US
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.operators.model import Business
from followup_desktop.core.queue.model import Due, Queue, Waiting
from followup_desktop.core.queue.rules import Rules, cards_of

WAITING_DAYS = 14

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
    )
    .join(CustomerRow, CustomerRow.id == FollowUpRow.customer_id)
    .outerjoin(HouseholdRow, HouseholdRow.id == CustomerRow.household_id)
    .outerjoin(ContactRow, ContactRow.customer_id == CustomerRow.id)
)


def queue(session: Session, now: datetime, day: date | None = None) -> Queue:
    """Return the queue of a day: today, as things stand now, or a coming day, as it would open.

    `now` is any moment (aware); `day` is a date in the business's zone.
    """
    business = operators.business(session)
    today = local_day(now, business.zone)
    day = day or today
    moment = now if day == today else resolve(day, time(9), business.zone)
    rules = _rules(session, business, moment)
    until = day_bounds(day, business.zone)[1]
    cards, held = cards_of(due(session, moment, until), rules)
    return Queue(day, tuple(cards), tuple(held), tuple(waiting(session, moment)))


def due(session: Session, now: datetime, until: datetime) -> list[Due]:
    """Return every follow-up that is open between now and `until` (UTC)."""
    found = session.execute(_open_between(now, until))
    return [_due(*row) for row in found]


def _due(*columns: Any) -> Due:
    values: list[Any] = list(columns)
    values[3], values[9], values[23] = values[3] or "", tuple(values[9]), values[23] or 0
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


def _rules(session: Session, business: Business, now: datetime) -> Rules:
    return Rules(
        now=now,
        zone=business.zone,
        quiet=Quiet(business.quiet_from, business.quiet_until, business.quiet_sundays),
        weekly_limit=business.weekly_limit,
        refused=consent.refused(session),
        suppressed=consent.suppressed(session),
        open_cases=_open_cases(session),
    )


def _open_cases(session: Session) -> dict[int, str]:
    whose = aliased(CustomerRow)
    same_roof = or_(
        whose.id == CustomerRow.id,
        and_(whose.household_id.is_not(None), whose.household_id == CustomerRow.household_id),
    )
    query = (
        select(CustomerRow.id, whose.name)
        .select_from(CaseRow)
        .join(whose, whose.id == CaseRow.customer_id)
        .join(CustomerRow, same_roof)
        .where(CaseRow.state == "open")
    )
    return {key: name for key, name in session.execute(query)}


def waiting(session: Session, now: datetime) -> list[Waiting]:
    """Return who was written to in the last two weeks and has not answered yet, the longest wait first."""
    since = now - timedelta(days=WAITING_DAYS)
    query = (
        select(MessageRow.customer_id, CustomerRow.name, MessageRow.id, MessageRow.sent_at, ContactRow.last_in_at)
        .join(CustomerRow, CustomerRow.id == MessageRow.customer_id)
        .outerjoin(ContactRow, ContactRow.customer_id == MessageRow.customer_id)
        .where(MessageRow.state.in_(LEFT_US), MessageRow.sent_at >= since)
        .order_by(MessageRow.sent_at, MessageRow.id)
    )
    latest = {
        customer: Waiting(customer, name, message, sent)
        for customer, name, message, sent, heard in session.execute(query)
        if sent is not None and (heard is None or heard < sent)
    }
    return sorted(latest.values(), key=_longest)


def _longest(item: Waiting) -> tuple[datetime, str, int]:
    return item.since, item.name, item.message
