"""What the coming days ask for: everything planned, what is held, and what was stopped, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.history.records import chunks
from followup_desktop.core.journeys.model import Wanted
from followup_desktop.core.journeys.queries import gather
from followup_desktop.core.journeys.rules.plan import AHEAD, Plan
from followup_desktop.core.journeys.rules.planner import wanted
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.queue.model import Ahead
from followup_desktop.core.queue.queries.today import queue, ways

PLANNED, OPEN, HELD, STOPPED = "planned", "open", "held", "stopped"


def outlook(session: Session, plan: Plan, now: datetime, days: int, customer: int | None = None) -> list[Ahead]:
    """Return what is asked for until so many days from now, by due time, then customer; `now` is UTC.

    What is not to be done is there as well and says why: held back today, or stopped before it came.
    """
    until = now + timedelta(days=days)
    found = _kept(session, now, until, customer)
    if timedelta(days=days) > AHEAD:
        found |= _beyond(session, plan, now, until, customer, found)
    return sorted(found.values(), key=_in_order)


def _in_order(each: Ahead) -> tuple[datetime, int, str, str]:
    return each.due, each.customer, each.journey, each.touchpoint


def _kept(session: Session, now: datetime, until: datetime, customer: int | None) -> dict[tuple[int, str], Ahead]:
    """Return what the store keeps, open or ended but not due yet."""
    held = {each.follow_up: each.reason_text for each in queue(session, now).held}
    by = ways(session, now, until)
    row = FollowUpRow
    query = select(row.__table__).where(row.opens <= until, (row.state == "open") | (row.due >= now))
    query = query.where(row.customer_id == customer) if customer is not None else query
    return {
        (each.customer_id, each.key): _ahead(each, *_state(each, now, held), by.get(each.id, ""))
        for each in session.execute(query)
    }


def _state(row: Any, now: datetime, held: Mapping[int, str]) -> tuple[str, str]:
    if row.state != "open":
        return row.outcome, row.outcome_why or row.why_here
    if row.id in held:
        return HELD, held[row.id]
    opens = max(row.opens, row.later_until or row.opens)
    return (OPEN if opens <= now else PLANNED), row.why_here


def _beyond(
    session: Session,
    plan: Plan,
    now: datetime,
    until: datetime,
    customer: int | None,
    known: Mapping[tuple[int, str], Ahead],
) -> dict[tuple[int, str], Ahead]:
    """Return what time alone will ask for later than is kept in the store yet."""
    span = plan.span(now, until - now)
    everyone = [customer] if customer is not None else list(session.scalars(select(CustomerRow.id)))
    found: dict[tuple[int, str], Ahead] = {}
    for ids in chunks(everyone):
        for facts in gather(session, ids, plan, now):
            for item in _still_to_come(wanted(facts, plan.journeys, plan.quiet, span), now + AHEAD, until):
                if (item.customer, item.key) not in known:
                    state = STOPPED if item.stopped else PLANNED
                    found[item.customer, item.key] = _ahead(item, state, item.stopped or item.why_here)
    return found


def _still_to_come(items: Iterable[Wanted], after: datetime, until: datetime) -> Iterable[Wanted]:
    return (item for item in items if item.started is not None and item.started > after and item.opens <= until)


def _ahead(item: Any, state: str, why: str, channel: str = "") -> Ahead:
    return Ahead(
        customer=item.customer if isinstance(item, Wanted) else item.customer_id,
        source=str(item.source),
        journey=item.journey,
        touchpoint=item.touchpoint,
        purpose=str(item.purpose),
        channel=channel or next(iter(item.channels), ""),
        opens=item.opens,
        due=item.due,
        closes=item.closes,
        state=state,
        reason_text=why,
    )
