"""Reading follow-ups."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from followup_desktop.base.errors import Problem
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.journeys.model import FollowUp, FollowUpId, Invited, Journey
from followup_desktop.core.journeys.tables import FollowUpRow, InvitedRow


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

    These are the ones to whom happened since a moment what starts it, and the ones with an open follow-up of it.
    """
    trigger = journey.trigger
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


def anyone(session: Session, since: datetime) -> set[int]:
    """Return every customer to whom something happened since a moment, or with an open follow-up."""
    happened = select(EventRow.customer_id).where(EventRow.at >= since)
    waiting = select(FollowUpRow.customer_id).where(FollowUpRow.state == "open")
    return set(session.scalars(union(happened, waiting)))


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
        event=row.event_id,
        promise=row.promise_id,
        case=row.case_id,
        message=row.message_id,
        invited=row.invited_id,
        operator=row.operator_id,
    )
