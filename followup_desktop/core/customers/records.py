"""Writing customers."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete, select

from followup_desktop.base.errors import Problem
from followup_desktop.core.customers.model import CustomerId, Erasure, Person
from followup_desktop.core.customers.rules import checked, sort_name
from followup_desktop.core.customers.tables import AddressRow, CustomerRow, ErasureRow, HouseholdRow
from followup_desktop.store.store import Work

_APART = ("more_emails", "more_phones")


def add(work: Work, person: Person) -> CustomerId:
    """Add a customer."""
    row = work.add(CustomerRow(**_columns(checked(person)), created_at=work.now))
    _write_addresses(work, CustomerId(row.id), person)
    return CustomerId(row.id)


def edit(work: Work, customer: CustomerId, person: Person) -> None:
    """Change what is known about a customer."""
    row = get(work, customer)
    for key, value in _columns(checked(person)).items():
        if getattr(row, key) != value:
            setattr(row, key, value)
    _write_addresses(work, customer, person)


def get(work: Work, customer: CustomerId) -> CustomerRow:
    """Return a customer's row, or raise Problem when there is none with that number."""
    row = work.session.get(CustomerRow, customer)
    if row is None:
        raise Problem(f"There is no customer {customer}.", "Nothing was changed.", "Look the number up in the list.")
    return row


def set_household(work: Work, customers: list[CustomerId], name: str) -> int:
    """Put customers under one roof; return the household's key."""
    household = work.add(HouseholdRow(name=name)).id
    for customer in customers:
        get(work, customer).household_id = household
    return household


def join_household(work: Work, customer: CustomerId, other: CustomerId) -> int:
    """Put a customer under the roof of another one, who may have been alone so far; return the household's key."""
    host = get(work, other)
    if host.household_id is None:
        host.household_id = work.add(HouseholdRow(name=host.family_name or host.name)).id
    get(work, customer).household_id = host.household_id
    return host.household_id


def leave_household(work: Work, customer: CustomerId) -> None:
    """Let a customer live alone."""
    get(work, customer).household_id = None


def note_erasure(work: Work, customer: int, counted: dict[str, int], stopped: int) -> Erasure:
    """Keep the proof that somebody was erased."""
    row = work.add(ErasureRow(at=work.now, customer_number=customer, records=counted, stopped=stopped))
    return Erasure(row.id, row.at, row.customer_number, row.records, row.stopped)


def close_empty_household(work: Work, household: int | None) -> None:
    """Let go of a household in which nobody is left: its name was theirs."""
    if household is None:
        return
    left = select(CustomerRow.id).where(CustomerRow.household_id == household).limit(1)
    if work.session.scalar(left) is None:
        work.session.connection().execute(delete(HouseholdRow).where(HouseholdRow.id == household))


def set_stage(work: Work, customer: CustomerId, stage: str) -> None:
    """Say where a customer stands on the way from first contact to advocacy."""
    row = get(work, customer)
    if row.stage != stage:
        row.stage = stage


def look_after(work: Work, customer: CustomerId, operator: int | None) -> None:
    """Say who looks after a customer, or, with None, that nobody in particular does."""
    row = get(work, customer)
    if row.operator_id != operator:
        row.operator_id = operator


def hand_back(work: Work, operator: int) -> None:
    """Let nobody in particular look after the customers of an operator who goes."""
    for row in work.session.scalars(select(CustomerRow).where(CustomerRow.operator_id == operator)):
        row.operator_id = None


def _columns(person: Person) -> dict[str, object]:
    values = {key: value for key, value in asdict(person).items() if key not in _APART}
    return values | {"name": person.name, "sort_name": sort_name(person)}


def _write_addresses(work: Work, customer: CustomerId, person: Person) -> None:
    wanted = {("email", v) for v in person.more_emails} | {("phone", v) for v in person.more_phones}
    there = {
        (r.kind, r.value): r for r in work.session.scalars(select(AddressRow).where(AddressRow.customer_id == customer))
    }
    for kind, value in sorted(wanted - there.keys()):
        work.add(AddressRow(customer_id=customer, kind=kind, value=value, label=""))
    for key in there.keys() - wanted:
        work.session.delete(there[key])
