"""Whose a card is, where several people share a store: its own owner, else who looks after the customer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.queue.model import Queue

CHUNK = 500


def mine(session: Session, queue: Queue, operator: int) -> Queue:
    """Return what of a queue is one operator's, or nobody's in particular: that is everyone's business.

    A card is whose its leading follow-up is, so that a customer stands on one list only.
    """
    keys = {card.leading.id for card in queue.cards} | {held.follow_up for held in queue.held}
    keys |= {item.follow_up for item in queue.lapsed}
    others = _of_others(session, keys, operator)
    elsewhere = _customers_of_others(
        session, {w.customer for w in queue.waiting} | {c.customer for c in queue.open_cases}, operator
    )
    return replace(
        queue,
        cards=tuple(card for card in queue.cards if card.leading.id not in others),
        held=tuple(held for held in queue.held if held.follow_up not in others),
        waiting=tuple(item for item in queue.waiting if item.customer not in elsewhere),
        lapsed=tuple(item for item in queue.lapsed if item.follow_up not in others),
        open_cases=tuple(item for item in queue.open_cases if item.customer not in elsewhere),
    )


def owners(session: Session, queue: Queue) -> dict[int, int]:
    """Return for whom each card of a queue is, by its leading follow-up; nobody's in particular are left out."""
    query = select(FollowUpRow.id, OWNER).join(CustomerRow, CustomerRow.id == FollowUpRow.customer_id)
    ordered = sorted(card.leading.id for card in queue.cards)
    found: dict[int, int] = {}
    for start in range(0, len(ordered), CHUNK):
        some = FollowUpRow.id.in_(ordered[start : start + CHUNK]), OWNER.is_not(None)
        found.update((key, owner) for key, owner in session.execute(query.where(*some)))
    return found


OWNER = func.coalesce(FollowUpRow.operator_id, CustomerRow.operator_id)


def _of_others(session: Session, keys: Collection[int], operator: int) -> set[int]:
    query = select(FollowUpRow.id).join(CustomerRow, CustomerRow.id == FollowUpRow.customer_id)
    found: set[int] = set()
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK):
        some = query.where(
            FollowUpRow.id.in_(ordered[start : start + CHUNK]), OWNER.is_distinct_from(operator), OWNER.is_not(None)
        )
        found.update(session.scalars(some))
    return found


def _customers_of_others(session: Session, keys: Collection[int], operator: int) -> set[int]:
    found: set[int] = set()
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK):
        some = CustomerRow.id.in_(ordered[start : start + CHUNK]), CustomerRow.operator_id != operator
        found.update(session.scalars(select(CustomerRow.id).where(*some)))
    return found
