"""Reading single customers; the list with routes and follow-ups lives in `queue`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from followup_desktop.base.errors import Problem
from followup_desktop.base.zones import is_zone
from followup_desktop.core.customers.model import Customer, CustomerId, Erasure, Person
from followup_desktop.core.customers.rules import fold
from followup_desktop.core.customers.tables import AddressRow, CustomerRow, ErasureRow, HouseholdRow


def customer(session: Session, key: int) -> Customer:
    """Return one customer; raises Problem when there is none with that number."""
    row = session.get(CustomerRow, key)
    if row is None:
        raise Problem(f"There is no customer {key}.", "Nothing was changed.", "Look the number up in the list.")
    household = session.get(HouseholdRow, row.household_id) if row.household_id else None
    more = session.execute(
        select(AddressRow.kind, AddressRow.value).where(AddressRow.customer_id == key).order_by(AddressRow.id)
    ).all()
    return Customer(CustomerId(row.id), row.uuid, row.name, household.name if household else "", _person(row, more))


def count(session: Session) -> int:
    """Return how many customers there are, former ones not counted."""
    query = select(func.count()).select_from(CustomerRow).where(CustomerRow.stage != "former")
    return int(session.execute(query).scalar_one())


def who_is_here(session: Session) -> list[int]:
    """Return the key of everyone who did not leave, in order."""
    return list(session.scalars(select(CustomerRow.id).where(CustomerRow.stage != "former").order_by(CustomerRow.id)))


def stages(session: Session) -> dict[str, int]:
    """Return how many customers stand in each stage."""
    query = select(CustomerRow.stage, func.count()).group_by(CustomerRow.stage)
    return {stage: count for stage, count in session.execute(query)}


def under_one_roof(session: Session, key: int) -> list[Customer]:
    """Return the other customers of someone's household, by name."""
    household = select(CustomerRow.household_id).where(CustomerRow.id == key).scalar_subquery()
    query = select(CustomerRow.id).where(CustomerRow.household_id == household, CustomerRow.id != key)
    return [customer(session, other) for other in session.scalars(query.order_by(CustomerRow.sort_name))]


def household_names(session: Session, key: int) -> dict[int, str]:
    """Return everyone of a customer's household by key, the customer too, with what they are called first."""
    household = select(CustomerRow.household_id).where(CustomerRow.id == key).scalar_subquery()
    query = select(CustomerRow.id, CustomerRow.given_name, CustomerRow.name)
    query = query.where((CustomerRow.id == key) | (CustomerRow.household_id == household))
    return {found: given or name for found, given, name in session.execute(query)}


def others_named(session: Session, names: Collection[str], besides: Collection[int]) -> frozenset[str]:
    """Return which of these folded names are other customers' names or companies."""
    begins = {
        " ".join((*words[at:], *words[:at])) for name in names if (words := name.split()) for at in range(len(words))
    }
    if not begins:
        return frozenset()
    ranges = (
        and_(CustomerRow.sort_name >= start, CustomerRow.sort_name < start + "\uffff") for start in sorted(begins)
    )
    query = select(CustomerRow.name, CustomerRow.company).where(or_(*ranges), CustomerRow.id.not_in(besides))
    found = {fold(each) for row in session.execute(query) for each in row if each}
    return frozenset(names) & found


def reached_by(session: Session, kind: str, value: str) -> list[Customer]:
    """Return who has this email address or phone number ("email", "phone"), first or further, by name."""
    own = CustomerRow.email if kind == "email" else CustomerRow.phone
    further = select(AddressRow.customer_id).where(AddressRow.kind == kind, AddressRow.value == value)
    query = select(CustomerRow.id).where((own == value) | CustomerRow.id.in_(further))
    return [customer(session, key) for key in session.scalars(query.order_by(CustomerRow.sort_name))]


def looked_after_by(session: Session, key: int) -> int | None:
    """Return the operator who looks after a customer, or None."""
    return session.execute(select(CustomerRow.operator_id).where(CustomerRow.id == key)).scalar_one_or_none()


def any_customer(session: Session) -> bool:
    """Whether there is a customer at all."""
    return session.execute(select(CustomerRow.id).limit(1)).first() is not None


def _person(row: CustomerRow, more: Iterable[Any]) -> Person:
    addresses = [(kind, value) for kind, value in more]
    return Person(
        given_name=row.given_name,
        family_name=row.family_name,
        company=row.company,
        email=row.email,
        phone=row.phone,
        street=row.street,
        city=row.city,
        region=row.region,
        postal_code=row.postal_code,
        country=row.country,
        language=row.language,
        zone=row.zone if row.zone and is_zone(row.zone) else "",
        stage=row.stage,
        channel=row.channel,
        best_time=row.best_time,
        notes=row.notes,
        access_note=row.access_note,
        since=row.since,
        more_emails=tuple(value for kind, value in addresses if kind == "email"),
        more_phones=tuple(value for kind, value in addresses if kind == "phone"),
        extra=dict(row.extra),
    )


def erasures(session: Session) -> list[Erasure]:
    """Return the proofs of those who were erased, the newest first."""
    query = select(ErasureRow).order_by(ErasureRow.id.desc())
    return [Erasure(row.id, row.at, row.customer_number, row.records, row.stopped) for row in session.scalars(query)]
