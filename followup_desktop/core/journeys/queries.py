"""Reading follow-ups."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup_desktop.base.errors import Problem
from followup_desktop.core.journeys.model import FollowUp, FollowUpId
from followup_desktop.core.journeys.tables import FollowUpRow


def follow_up(session: Session, key: int) -> FollowUp:
    """Return one follow-up; raises Problem when there is none with that number."""
    row = session.get(FollowUpRow, key)
    if row is None:
        raise Problem(f"There is no follow-up {key}.", "Nothing was changed.", "Look the number up in the queue.")
    return value_of(row)


def of_customer(session: Session, customer: int, *, open_only: bool = False) -> list[FollowUp]:
    """Return a customer's follow-ups, the soonest due first."""
    query = select(FollowUpRow).where(FollowUpRow.customer_id == customer).order_by(FollowUpRow.due, FollowUpRow.id)
    query = query.where(FollowUpRow.state == "open") if open_only else query
    return [value_of(row) for row in session.scalars(query)]


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
    )
