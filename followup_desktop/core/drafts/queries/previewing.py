"""Real customers a template can be tried on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup_desktop.core.customers import queries as customers
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.drafts.model import Facts, Place
from followup_desktop.core.drafts.queries import facts_of
from followup_desktop.core.drafts.rules.asking import fields_of
from followup_desktop.core.drafts.rules.phrases import usable
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.journeys.model import FollowUp, FollowUpId, Journey
from followup_desktop.core.journeys.queries import value_of
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.operators import queries as operators

MOST = 12
"""So many customers are looked at; three of them are shown first."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A customer a template is tried on, and how much of what it reads is known of them."""

    customer: int
    name: str
    facts: Facts
    known: int
    fields: int


def samples(session: Session, place: Place, source: str, journeys: Sequence[Journey], now: datetime) -> list[Sample]:
    """Return customers to try a template on: one of whom most is known, one between, one of least, then the others."""
    business = operators.business(session)
    fields = fields_of(source)
    found: dict[int, Sample] = {}
    for follow_up in _follow_ups(session, place, journeys, now):
        if follow_up.customer in found:
            continue
        customer = customers.customer(session, follow_up.customer)
        facts = facts_of(session, follow_up, customer, business, now, place.language)
        known = len(fields & set(usable(facts).by_key))
        found[follow_up.customer] = Sample(follow_up.customer, customer.name, facts, known, len(fields))
        if len(found) == MOST:
            break
    ranked = sorted(found.values(), key=lambda one: -one.known)
    if len(ranked) <= 3:
        return ranked
    first = (ranked[0], ranked[len(ranked) // 2], ranked[-1])
    return [*first, *(one for one in ranked if one not in first)]


def _follow_ups(session: Session, place: Place, journeys: Sequence[Journey], now: datetime) -> Iterator[FollowUp]:
    """Give follow-ups of this template, then what could have started one, then anybody."""
    of_key = select(FollowUpRow).where(FollowUpRow.template == place.key).order_by(FollowUpRow.due.desc())
    yield from (value_of(row) for row in session.scalars(of_key.limit(MOST)))
    made = _made(place, now)
    for journey in journeys:
        if any(touchpoint.template == place.key for touchpoint in journey.touchpoints):
            where = journey.trigger.where
            query = select(EventRow.customer_id, EventRow.id).where(EventRow.what == journey.trigger.happening)
            query = query.where(EventRow.visit.in_(where.visit)) if where.visit else query
            for customer, event in session.execute(query.order_by(EventRow.at.desc()).limit(MOST)):
                yield replace(made, customer=customer, event=event)
    for customer in session.scalars(select(CustomerRow.id).order_by(CustomerRow.id.desc()).limit(MOST)):
        yield replace(made, customer=customer)


def _made(place: Place, now: datetime) -> FollowUp:
    """Return a follow-up that only stands for a customer and what happened."""
    purpose = place.key.partition("/")[0]
    return FollowUp(
        id=FollowUpId(0), uuid="", customer=0, key="", source="ad_hoc", journey="", touchpoint="", purpose=purpose,
        template=place.key, channels=(place.channel,), transactional=True, opens=now, due=now, closes=None,
        later_until=None, state="open", outcome="", why_here="", removed_by="", event=None, promise=None, case=None,
        message=None,
    )  # fmt: skip
