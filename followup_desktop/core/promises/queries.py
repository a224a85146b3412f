"""Reading promises."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.promises.model import Name, Promise, PromiseId, PromiseState
from followup_desktop.core.promises.tables import PromiseRow, ReminderRow

_COLUMNS = (
    select(PromiseRow, CustomerRow.name, ReminderRow.shown_at, ReminderRow.remind_at)
    .outerjoin(CustomerRow, CustomerRow.id == PromiseRow.customer_id)
    .outerjoin(ReminderRow, ReminderRow.promise_id == PromiseRow.id)
)


def open_promises(session: Session) -> list[Promise]:
    """Return every open promise, the soonest first."""
    query = _COLUMNS.where(PromiseRow.state == PromiseState.OPEN).order_by(PromiseRow.due, PromiseRow.id)
    return [_promise(row) for row in session.execute(query)]


def promises(session: Session, *, settled_since: datetime | None = None) -> list[Promise]:
    """Return open promises, and those settled since a moment, the soonest due first."""
    where = PromiseRow.state == PromiseState.OPEN
    if settled_since is not None:
        where = where | (PromiseRow.settled_at >= settled_since)
    query = _COLUMNS.where(where).order_by(PromiseRow.due, PromiseRow.id)
    return [_promise(row) for row in session.execute(query)]


def promise(session: Session, key: int) -> Promise | None:
    """Return one promise, or None."""
    row = session.execute(_COLUMNS.where(PromiseRow.id == key)).first()
    return _promise(row) if row else None


def of_customers(session: Session, customers: Collection[int]) -> list[Promise]:
    """Return every promise to `customers`, open or not."""
    query = _COLUMNS.where(PromiseRow.customer_id.in_(customers)).order_by(PromiseRow.due, PromiseRow.id)
    return [_promise(row) for row in session.execute(query)]


def due_count(session: Session, until: datetime) -> int:
    """Return how many open promises are due before a moment (UTC)."""
    query = select(func.count()).where(PromiseRow.state == PromiseState.OPEN, PromiseRow.due <= until)
    return int(session.execute(query).scalar_one())


def kept_on_time(session: Session, start: datetime, end: datetime) -> tuple[int, int]:
    """Return how many promises due from `start` to before `end` (UTC) were kept on time, and how many were due.

    A promise that was taken back counts nowhere; one that is still open counts as due.
    """
    on_time = func.count().filter(PromiseRow.state == PromiseState.KEPT)
    query = select(on_time, func.count()).where(
        PromiseRow.due >= start, PromiseRow.due < end, PromiseRow.state != PromiseState.WITHDRAWN
    )
    kept, due = session.execute(query).one()
    return int(kept), int(due)


def names(session: Session) -> list[Name]:
    """Return what every customer may be called in a line."""
    query = select(
        CustomerRow.id, CustomerRow.given_name, CustomerRow.family_name, CustomerRow.company, CustomerRow.name
    )
    return [Name(*row) for row in session.execute(query)]


def _promise(row: Any) -> Promise:
    p, customer, shown_at, shown_for = row
    # A promise that was moved since its reminder was shown is reminded of anew.
    shown = shown_at if shown_for is not None and shown_for >= p.remind_at else None
    return Promise(
        id=PromiseId(p.id),
        uuid=p.uuid,
        customer_id=p.customer_id,
        customer=customer or "",
        what=p.what,
        due_date=p.due_date,
        due_time=p.due_time,
        zone=p.zone,
        due=p.due,
        remind_at=p.remind_at,
        state=PromiseState(p.state),
        shown_at=shown,
        made_at=p.made_at,
        settled_at=p.settled_at,
        line=p.line,
    )
