"""Reading consent and the suppression list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup_desktop.core.consent.model import OFTEN, Consent, Suppression
from followup_desktop.core.consent.tables import ConsentRow, SuppressionRow


def consents(session: Session, customer: int) -> list[Consent]:
    """Return what a customer said about each channel."""
    query = select(ConsentRow).where(ConsentRow.customer_id == customer).order_by(ConsentRow.channel)
    return [Consent(r.channel, r.allowed, r.source, r.at.isoformat()) for r in session.scalars(query)]


def refused(session: Session, customers: Collection[int] | None = None) -> dict[int, frozenset[str]]:
    """Return which channels customers said no to."""
    query = select(ConsentRow.customer_id, ConsentRow.channel).where(~ConsentRow.allowed)
    if customers is not None:
        query = query.where(ConsentRow.customer_id.in_(customers))
    found: dict[int, set[str]] = defaultdict(set)
    for customer, channel in session.execute(query):
        found[customer].add(channel)
    return {key: frozenset(value) for key, value in found.items()}


def often(session: Session) -> frozenset[int]:
    """Return the customers who asked to hear from us more than once a week."""
    query = select(ConsentRow.customer_id).where(ConsentRow.channel == OFTEN, ConsentRow.allowed)
    return frozenset(session.scalars(query))


def suppressed(session: Session) -> frozenset[str]:
    """Return every email address nothing may go to, in lower case."""
    query = select(SuppressionRow.value).where(SuppressionRow.kind == "email")
    return frozenset(session.scalars(query))


def suppressions(session: Session) -> list[Suppression]:
    """Return everything on the list of those nothing may go to, by kind and value."""
    query = select(SuppressionRow).order_by(SuppressionRow.kind, SuppressionRow.value)
    return [Suppression(row.kind, row.value, row.reason, row.at) for row in session.scalars(query)]


def is_suppressed(session: Session, address: str) -> bool:
    """Whether nothing may go to this email address."""
    query = select(SuppressionRow.id).where(SuppressionRow.kind == "email", SuppressionRow.value == address.casefold())
    return session.execute(query).first() is not None


def suppressed_since(session: Session, address: str) -> tuple[datetime, str] | None:
    """Return since when nothing may go to an email address, and why; None where it may."""
    query = select(SuppressionRow.at, SuppressionRow.reason)
    row = session.execute(
        query.where(SuppressionRow.kind == "email", SuppressionRow.value == address.casefold())
    ).first()
    return (row[0], row[1]) if row else None
