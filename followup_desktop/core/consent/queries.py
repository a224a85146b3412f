"""Reading consent and the suppression list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup_desktop.core.consent.model import OFTEN, SELDOM, Consent, NewWish, Suppression, Wish, WishKind, WishState
from followup_desktop.core.consent.rules import key_of
from followup_desktop.core.consent.tables import ConsentRow, ContactLawRow, SuppressionRow, WishRow
from followup_desktop.core.customers.tables import CustomerRow


def consents(session: Session, customer: int) -> list[Consent]:
    """Return what a customer said about each channel."""
    query = select(ConsentRow).where(ConsentRow.customer_id == customer).order_by(ConsentRow.channel)
    return [Consent(r.channel, r.allowed, r.source, r.at.isoformat(), r.days) for r in session.scalars(query)]


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


def seldom(session: Session) -> dict[int, int]:
    """Return in how many days one message is enough for those who said so."""
    query = select(ConsentRow.customer_id, ConsentRow.days).where(ConsentRow.channel == SELDOM, ConsentRow.allowed)
    return {key: days or 30 for key, days in session.execute(query)}


def suppressed(session: Session, kind: str = "email") -> frozenset[str]:
    """Return every address nothing may go to, in lower case; of `kind` "phone" the numbers, as `phones.key_of`."""
    query = select(SuppressionRow.value).where(SuppressionRow.kind == kind)
    return frozenset(session.scalars(query))


def suppressions(session: Session) -> list[Suppression]:
    """Return everything on the list of those nothing may go to, by kind and value."""
    query = select(SuppressionRow).order_by(SuppressionRow.kind, SuppressionRow.value)
    return [Suppression(row.kind, row.value, row.reason, row.at) for row in session.scalars(query)]


def is_suppressed(session: Session, address: str, kind: str = "email") -> bool:
    """Whether nothing may go to this email address, or, of `kind` "phone", to this number."""
    query = select(SuppressionRow.id).where(SuppressionRow.kind == kind, SuppressionRow.value == key_of(kind, address))
    return session.execute(query).first() is not None


def suppressed_since(session: Session, address: str) -> tuple[datetime, str] | None:
    """Return since when nothing may go to an email address, and why; None where it may."""
    query = select(SuppressionRow.at, SuppressionRow.reason)
    row = session.execute(
        query.where(SuppressionRow.kind == "email", SuppressionRow.value == address.casefold())
    ).first()
    return (row[0], row[1]) if row else None


def wishes(session: Session, customer: int | None = None) -> list[Wish]:
    """Return what customers (or one) seem to ask for and nobody has decided, the oldest first."""
    query = (
        select(WishRow, CustomerRow.name)
        .join(CustomerRow, CustomerRow.id == WishRow.customer_id)
        .where(WishRow.state == WishState.OPEN)
        .order_by(WishRow.at, WishRow.id)
    )
    query = query if customer is None else query.where(WishRow.customer_id == customer)
    return [Wish(r.id, r.customer_id, name, r.message_id, _what(r), r.at) for r, name in session.execute(query)]


def _what(row: WishRow) -> NewWish:
    return NewWish(WishKind(row.kind), row.sentence, row.channel, tuple(row.refused), row.days, row.best_time)


def asked_to_stop(session: Session) -> dict[int, str]:
    """Return who seems to have asked for no more mail and waits for the owner's word, with their sentence."""
    query = select(WishRow.customer_id, WishRow.sentence).where(
        WishRow.state == WishState.OPEN, WishRow.kind == WishKind.STOP
    )
    return {key: sentence for key, sentence in session.execute(query)}


def laws(session: Session, customers: Collection[int]) -> dict[int, str]:
    """Return the rules of contact of those customers that have their own."""
    query = select(ContactLawRow.customer_id, ContactLawRow.law).where(ContactLawRow.customer_id.in_(customers))
    return {key: law for key, law in session.execute(query)}


def agreed(session: Session, customers: Collection[int]) -> dict[int, tuple[datetime, str]]:
    """Return when and where customers said yes to mail."""
    query = select(ConsentRow.customer_id, ConsentRow.at, ConsentRow.source).where(
        ConsentRow.customer_id.in_(customers), ConsentRow.channel == "email", ConsentRow.allowed
    )
    return {key: (at, source) for key, at, source in session.execute(query)}
