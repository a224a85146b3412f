"""Writing consent and the suppression list."""

from __future__ import annotations

from sqlalchemy import select

from followup_desktop.core.consent.tables import ConsentRow, SuppressionRow
from followup_desktop.store.store import Work


def allow(work: Work, customer: int, channel: str, *, allowed: bool, source: str) -> None:
    """Keep what a customer said about a channel, with where and when they said it."""
    query = select(ConsentRow).where(ConsentRow.customer_id == customer, ConsentRow.channel == channel)
    row = work.session.scalars(query).first()
    if row is None:
        work.add(ConsentRow(customer_id=customer, channel=channel, allowed=allowed, source=source, at=work.now))
    else:
        row.allowed, row.source, row.at = allowed, source, work.now


def suppress(work: Work, kind: str, value: str, reason: str) -> None:
    """Put an address on the list of those nothing may go to."""
    query = select(SuppressionRow).where(SuppressionRow.kind == kind, SuppressionRow.value == value.casefold())
    if work.session.scalars(query).first() is None:
        work.add(SuppressionRow(kind=kind, value=value.casefold(), reason=reason, at=work.now))


def lift(work: Work, kind: str, value: str) -> bool:
    """Take an address off that list: they asked to hear from us again. Whether it was on it."""
    query = select(SuppressionRow).where(SuppressionRow.kind == kind, SuppressionRow.value == value.casefold())
    rows = list(work.session.scalars(query))
    for row in rows:
        work.session.delete(row)
    return bool(rows)
