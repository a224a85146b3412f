"""Commands about what customers tell us."""

from __future__ import annotations

from followup_desktop.base.errors import Problem
from followup_desktop.commands.door import command
from followup_desktop.core.customers import records as customers
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.feedback import records
from followup_desktop.core.feedback.model import NewAnswer
from followup_desktop.core.feedback.rules.scores import score_words
from followup_desktop.core.history.model import EventId
from followup_desktop.store.store import Work


@command("feedback.add", says="Answer written down")
def add_answer(work: Work, customer: CustomerId, new: NewAnswer) -> EventId:
    """Write down what a customer answered; where they are unhappy, a case opens."""
    name = customers.get(work, customer).name
    if new.at is not None and new.at > work.now:
        raise Problem("That lies in the future.", "Nothing was written down.", "Give the time they said it.")
    event = records.take(work, customer, new)
    said = score_words(new.scale, new.score)
    work.says = f"{name}: {said}" if said else f"What {name} said is written down"
    return event


@command("feedback.rest", says="It needs no answer")
def rest_answer(work: Work, event: int) -> None:
    """Say that an answer needs no answer from us."""
    records.rest(work, event)


@command("feedback.dealt_with", says="Marked as dealt with")
def deal_with(work: Work, event: int, how: str) -> None:
    """Say that what they told us is dealt with; a message that tells them so is drafted."""
    row = records.deal_with(work, event, how)
    work.says = f"Dealt with: {customers.get(work, CustomerId(row.customer_id)).name} hears of it"
