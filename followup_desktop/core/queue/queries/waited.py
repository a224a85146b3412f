"""What waited while a case was open under the same roof, once the case was put right."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from followup_desktop.core.cases.model import CaseState
from followup_desktop.core.cases.tables import CaseRow
from followup_desktop.core.customers.tables import CustomerRow, HouseholdRow
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.queue.model import Waited
from followup_desktop.core.queue.rules.cards import HELD_BY_NO_CASE, Undecided

ASK_FOR = timedelta(days=45)
"""How long after a case was put right it is asked what becomes of what waited."""


def undecided(
    session: Session, now: datetime, blocked: Collection[int] = (), case: int | None = None
) -> dict[int, Undecided]:
    """Return, by customer, the case put right under their roof of which the owner has not decided what waited.

    Left out is who is `blocked`: another case is open under the same roof, and everything goes on waiting for that.
    """
    query = (
        select(CaseRow.id, CaseRow.put_right_at, CustomerRow.id, CustomerRow.name, CustomerRow.household_id)
        .join(CustomerRow, CustomerRow.id == CaseRow.customer_id)
        .where(CaseRow.state != CaseState.OPEN, CaseRow.after == "", CaseRow.put_right_at >= now - ASK_FOR)
        .order_by(CaseRow.put_right_at, CaseRow.id)
    )
    query = query if case is None else query.where(CaseRow.id == case)
    found: dict[int, Undecided] = {}
    roofs: dict[int, Undecided] = {}
    for key, put_right_at, customer, name, roof in session.execute(query):
        if customer not in blocked:
            found[customer] = Undecided(key, name, put_right_at or now)
            if roof is not None:
                roofs[roof] = found[customer]
    others = select(CustomerRow.id, CustomerRow.household_id).where(CustomerRow.household_id.in_(roofs))
    for customer, roof in session.execute(others) if roofs else ():
        found.setdefault(customer, roofs[roof or 0])
    return found


def waited_for(session: Session, now: datetime, of: dict[int, Undecided]) -> list[Waited]:
    """Return what waited for each of these cases; a case for which nothing did is left out."""
    if not of:
        return []
    query = (
        select(FollowUpRow.id, FollowUpRow.customer_id, FollowUpRow.opens, FollowUpRow.why_here, CustomerRow.name)
        .join(CustomerRow, CustomerRow.id == FollowUpRow.customer_id)
        .where(FollowUpRow.customer_id.in_(of), FollowUpRow.state == "open", FollowUpRow.opens < now)
        .where(FollowUpRow.source.not_in(HELD_BY_NO_CASE))
        .where(or_(FollowUpRow.closes.is_(None), FollowUpRow.closes > now))
        .where(or_(FollowUpRow.later_until.is_(None), FollowUpRow.later_until <= now))
        .order_by(FollowUpRow.due, FollowUpRow.id)
    )
    waits: dict[int, list[tuple[int, str]]] = {}
    for key, customer, opens, why, name in session.execute(query):
        if opens < of[customer].until:
            waits.setdefault(of[customer].case, []).append((key, f"{name}: {why}"))
    cases = (
        select(CaseRow.id, CustomerRow.id, CustomerRow.name, HouseholdRow.name, CaseRow.what, CaseRow.put_right_at)
        .join(CustomerRow, CustomerRow.id == CaseRow.customer_id)
        .outerjoin(HouseholdRow, HouseholdRow.id == CustomerRow.household_id)
        .where(CaseRow.id.in_(waits))
        .order_by(CaseRow.put_right_at, CaseRow.id)
    )
    return [
        Waited(
            case,
            customer,
            name,
            roof or "",
            what,
            at or now,
            tuple(key for key, _ in waits[case]),
            tuple(why for _, why in waits[case]),
        )
        for case, customer, name, roof, what, at in session.execute(cases)
    ]
