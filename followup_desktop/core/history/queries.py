"""Reading what happened."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.history.model import Event, EventId, Happening
from followup_desktop.core.history.tables import EventRow

_COLUMNS = select(
    EventRow.id,
    EventRow.customer_id,
    EventRow.what,
    EventRow.at,
    EventRow.visit,
    EventRow.note,
    EventRow.about,
    EventRow.by,
    EventRow.amount,
    EventRow.currency,
    EventRow.rating,
    EventRow.counts,
    EventRow.message_id,
    EventRow.purpose,
)


def history(session: Session, customer: CustomerId, limit: int | None = None) -> list[Event]:
    """Return everything that happened to a customer, newest first."""
    query = _COLUMNS.where(EventRow.customer_id == customer).order_by(EventRow.at.desc(), EventRow.id.desc())
    return [_event(row) for row in session.execute(query.limit(limit) if limit else query)]


def event(session: Session, event_id: int) -> Event | None:
    """Return one event, or None when it is gone."""
    row = session.execute(_COLUMNS.where(EventRow.id == event_id)).first()
    return _event(row) if row else None


def of_message(session: Session, message: int) -> Event | None:
    """Return the event of a message, the one that was first written; None where it has none."""
    row = session.execute(_COLUMNS.where(EventRow.message_id == message).order_by(EventRow.id)).first()
    return _event(row) if row else None


def events_since(session: Session, customers: Collection[int], since: datetime, kinds: Iterable[str]) -> list[Event]:
    """Return what happened to `customers` since a moment, of the given kinds, oldest first."""
    query = _COLUMNS.where(
        EventRow.customer_id.in_(customers), EventRow.at >= since, EventRow.what.in_(list(kinds))
    ).order_by(EventRow.at, EventRow.id)
    return [_event(row) for row in session.execute(query)]


def events_by_id(session: Session, ids: Collection[int]) -> list[Event]:
    """Return events by their keys, oldest first."""
    query = _COLUMNS.where(EventRow.id.in_(ids)).order_by(EventRow.at, EventRow.id)
    return [_event(row) for row in session.execute(query)]


def _event(row: object) -> Event:
    key, customer, what, *rest = tuple(row)  # type: ignore[arg-type, var-annotated]
    return Event(EventId(key), CustomerId(customer), Happening(what), *rest)
