"""One customer, whole: for the pane beside the list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from followup_desktop.core.cases import queries as cases
from followup_desktop.core.cases.model import CaseState
from followup_desktop.core.consent import queries as consent
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.customers.model import Customer, CustomerId, Stage, Standing
from followup_desktop.core.equipment import queries as equipment
from followup_desktop.core.history import queries as history
from followup_desktop.core.history.model import FROM_THEM, Event, Happening
from followup_desktop.core.journeys import queries as journeys
from followup_desktop.core.messages import queries as messages
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.promises import queries as promises
from followup_desktop.core.promises.model import PromiseState
from followup_desktop.core.queue.model import About
from followup_desktop.core.queue.rules.next_step import Chances, next_step
from followup_desktop.core.risk import queries as risk
from followup_desktop.core.risk.model import Risk
from followup_desktop.core.routes import queries as routes


def about(session: Session, key: int, now: datetime) -> About:
    """Return everything the window shows of one customer; raises Problem when there is none with that number."""
    customer = customers.customer(session, key)
    business = operators.business(session)
    left = customer.person.stage == Stage.FORMER
    known = Risk(Standing.NO_HISTORY, 0, ()) if left else risk.risk_of(session, key)
    happened = history.history(session, CustomerId(key))
    follow_ups = journeys.of_customer(session, key, open_only=True)
    promised = [p for p in promises.of_customers(session, [key]) if p.state is PromiseState.OPEN]
    wrong = [c for c in cases.of_customers(session, [key]) if c.state is not CaseState.CLOSED]
    suppressed = bool(customer.person.email) and consent.is_suppressed(session, customer.person.email)
    refused = consent.refused(session, [key]).get(key, frozenset())
    chances = Chances(
        name=called(customer),
        risk=known,
        promises=promised,
        cases=[c for c in wrong if c.state is CaseState.OPEN],
        follow_ups=follow_ups,
        unanswered=unanswered(happened),
        may_call=bool(customer.person.phone) and "call" not in refused,
        may_write=_may_write(customer, refused, suppressed=suppressed),
    )
    owned = equipment.belongings(session, key)
    return About(
        customer=customer,
        business=business,
        places=tuple(routes.places_of(session, key)),
        household=tuple(customers.under_one_roof(session, key)),
        risk=known,
        next_step=next_step(chances, now, business.zone),
        history=tuple(happened),
        consents=tuple(consent.consents(session, key)),
        suppressed=suppressed,
        letters=tuple(messages.letters(session, key)),
        clock=journeys.consent_clocks(session, [key], business).get(key),
        law=consent.laws(session, [key]).get(key, ""),
        follow_ups=tuple(follow_ups),
        promises=tuple(promised),
        cases=tuple(wrong),
        operators=tuple(operators.operators(session)),
        operator=customers.looked_after_by(session, key),
        senders=tuple(messages.senders(session)),
        sender=messages.sender_for(session, key),
        equipment=owned.equipment,
        agreements=owned.agreements,
    )


def called(customer: Customer) -> str:
    """Return what a customer is called in a sentence: the given name, else the whole name."""
    return customer.person.given_name or customer.name


def unanswered(newest_first: Sequence[Event]) -> bool:
    """Whether our last message has no answer of theirs after it."""
    for event in newest_first:
        if event.what in FROM_THEM:
            return False
        if event.what is Happening.MESSAGE_OUT:
            return True
    return False


def _may_write(customer: Customer, refused: Collection[str], *, suppressed: bool) -> bool:
    return bool(customer.person.email) and "email" not in refused and not suppressed
