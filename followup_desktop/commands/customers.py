"""Commands about customers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from followup_desktop.base.errors import Problem
from followup_desktop.base.phones import normalise
from followup_desktop.base.zones import zone_named
from followup_desktop.commands.door import business_of, command
from followup_desktop.core.customers import records
from followup_desktop.core.customers.model import CustomerId, Person, Stage
from followup_desktop.core.customers.rules import checked
from followup_desktop.core.history import records as history
from followup_desktop.core.history.model import Happening, NewEvent
from followup_desktop.mail.compose import check_address
from followup_desktop.store.store import Work


@command("customer.add", says="Customer added")
def add_customer(work: Work, person: Person) -> CustomerId:
    """Add a customer."""
    return records.add(work, tidied(person, business_of(work).region))


@command("customer.edit", says="Customer changed")
def edit_customer(work: Work, customer: CustomerId, person: Person) -> None:
    """Change what is known about a customer."""
    before = records.get(work, customer).stage
    records.edit(work, customer, tidied(person, business_of(work).region))
    _note_leaving(work, customer, before)


@command("customer.stage", says="Stage changed")
def set_stage(work: Work, customer: CustomerId, stage: Stage) -> None:
    """Say where a customer stands."""
    before = records.get(work, customer).stage
    records.set_stage(work, customer, stage)
    _note_leaving(work, customer, before)


def _note_leaving(work: Work, customer: CustomerId, before: str) -> None:
    """Keep the day on which a customer became a former one: the month's figures count who left."""
    if before != Stage.FORMER and records.get(work, customer).stage == Stage.FORMER:
        history.note(work, customer, NewEvent(Happening.LEFT))


@command("customer.household", says="Household set")
def set_household(work: Work, customers: list[CustomerId], name: str) -> int:
    """Put customers under one roof."""
    return records.set_household(work, customers, name)


@command("customer.join", says="Household joined")
def join_household(work: Work, customer: CustomerId, other: CustomerId) -> int:
    """Put a customer under the roof of another one."""
    if customer == other:
        raise Problem("That is the same customer.", "Nothing was changed.", "Choose who else lives there.")
    return records.join_household(work, customer, other)


@command("customer.leave", says="Household left")
def leave_household(work: Work, customer: CustomerId) -> None:
    """Let a customer live alone."""
    records.leave_household(work, customer)


_ONE_LINE = ("given_name", "family_name", "company", "street", "city", "region", "postal_code", "country")


def tidied(person: Person, region: str) -> Person:
    """Return the person as it is kept: address checked, number in E.164 where it can be understood.

    Raises Problem, in words, for what is not an address, a number or a time zone.
    """
    checked(person)
    if person.zone:
        zone_named(person.zone)
    lines: dict[str, Any] = {name: " ".join(getattr(person, name).split()) for name in _ONE_LINE}
    return replace(
        person,
        **lines,
        email=check_address(person.email) if person.email.strip() else "",
        phone=tidied_phone(person.phone, region),
        more_emails=tuple(check_address(a) for a in person.more_emails if a.strip()),
        more_phones=tuple(tidied_phone(n, region) for n in person.more_phones if n.strip()),
    )


def tidied_phone(text: str, region: str) -> str:
    """Return a number in E.164 where it can be understood, else as typed; raises Problem for what is no number."""
    if not text.strip():
        return ""
    if sum(c.isdigit() for c in text) < 3:
        raise Problem(f"“{text.strip()}” is not a phone number.", "What you typed is still there.", "Use digits.")
    return normalise(text, region) or " ".join(text.split())
