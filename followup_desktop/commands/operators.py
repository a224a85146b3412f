"""Commands about the people who share a store, and who looks after whom."""

from __future__ import annotations

from followup_desktop.commands.door import command
from followup_desktop.core.customers import records as customers
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.journeys import records as follow_ups
from followup_desktop.core.operators import records
from followup_desktop.store.store import Work


@command("operator.add", says="Person added")
def add_operator(work: Work, name: str) -> int:
    """Add a person who uses the program."""
    key = records.add_operator(work, name)
    work.says = f"{records.operator_row(work, key).name} added"
    return key


@command("operator.rename", says="Name changed")
def rename_operator(work: Work, operator: int, name: str) -> None:
    """Call an operator something else."""
    records.rename_operator(work, operator, name)


@command("operator.remove", says="Person removed")
def remove_operator(work: Work, operator: int) -> None:
    """Let go of an operator; what they looked after is nobody's in particular from then on."""
    customers.hand_back(work, operator)
    follow_ups.hand_back(work, operator)
    work.says = f"{records.remove_operator(work, operator)} removed"


@command("customer.operator", says="Handed over")
def look_after(work: Work, customer: CustomerId, operator: int | None) -> None:
    """Say who looks after a customer, or, with None, that nobody in particular does."""
    name = _name(work, operator)
    customers.look_after(work, customer, operator)
    whom = customers.get(work, customer).name
    work.says = f"{name} looks after {whom}" if name else f"Nobody in particular looks after {whom}"


@command("follow_up.operator", says="Handed over")
def hand_to(work: Work, follow_up: int, operator: int | None) -> None:
    """Give one item to somebody, or, with None, back to whoever looks after the customer."""
    name = _name(work, operator)
    row = follow_ups.open_row(work, follow_up)
    if row.operator_id != operator:
        row.operator_id = operator
    whom = customers.get(work, CustomerId(row.customer_id)).name
    work.says = f"{whom}: for {name}" if name else f"{whom}: for whoever looks after them"


def _name(work: Work, operator: int | None) -> str:
    return records.operator_row(work, operator).name if operator is not None else ""
