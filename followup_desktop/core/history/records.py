"""Writing events, and keeping what lists need of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import case, delete, func, insert, select, update

from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.history.model import FROM_THEM, FROM_US, EventId, Happening, NewEvent
from followup_desktop.core.history.tables import ContactRow, EventRow
from followup_desktop.store.store import Work

CHUNK = 500


def note(work: Work, customer: CustomerId, new: NewEvent) -> EventId:
    """Write an event into the customer's history."""
    row = EventRow(
        customer_id=customer,
        what=new.what,
        at=new.at or work.now,
        visit=new.visit,
        note=new.note,
        about=new.about,
        by=new.by,
        amount=new.amount,
        currency=new.currency,
        rating=new.rating,
        counts=new.counts,
        message_id=new.message,
        stop_id=new.stop,
        purpose=new.purpose,
        recorded_at=work.now,
    )
    return EventId(work.add(row).id)


def complete(work: Work, event: int, field: str, text: str) -> bool:
    """Fill in what was left empty when something was noted ("by", "about" or "note"); say whether it was empty."""
    row = work.session.get(EventRow, event)
    if row is None or getattr(row, field).strip():
        return False
    setattr(row, field, text)
    return True


def remove(work: Work, message: int) -> None:
    """Take back the event of a message that never left."""
    for row in work.session.scalars(select(EventRow).where(EventRow.message_id == message)):
        work.session.delete(row)


def not_arrived(work: Work, message: int) -> None:
    """Let a message that came back not count as heard from us."""
    for row in work.session.scalars(select(EventRow).where(EventRow.message_id == message)):
        row.counts = False


def refresh_contacts(work: Work, customers: Collection[int]) -> None:
    """Work out anew when each of `customers` was last written to and heard from. Safe to repeat."""
    for ids in chunks(customers):
        kept = _by_customer(work, _KEPT.where(ContactRow.customer_id.in_(ids)))
        found = _by_customer(work, _LAST.where(EventRow.customer_id.in_(ids)))
        _write(work, kept, found)


def _by_customer(work: Work, query: Any) -> dict[int, dict[str, Any]]:
    return {row["customer_id"]: dict(row) for row in work.session.execute(query).mappings()}


def _write(work: Work, kept: dict[int, dict[str, Any]], found: dict[int, dict[str, Any]]) -> None:
    new = [row for key, row in found.items() if key not in kept]
    changed = [row for key, row in found.items() if key in kept and kept[key] != row]
    gone = [key for key in kept if key not in found]
    connection = work.session.connection()
    if new:
        connection.execute(
            insert(ContactRow), [row | {"standing": "no_history", "risk": 0, "reasons": ""} for row in new]
        )
    for row in changed:
        connection.execute(update(ContactRow).where(ContactRow.customer_id == row["customer_id"]).values(**row))
    if gone:
        connection.execute(delete(ContactRow).where(ContactRow.customer_id.in_(gone)))
    if new or changed or gone:
        work.recorder.touch("contacts")


def chunks(customers: Collection[int]) -> list[list[int]]:
    """Split a set of customers into lists a statement can carry, in order."""
    ordered = sorted(customers)
    return [ordered[i : i + CHUNK] for i in range(0, len(ordered), CHUNK)]


def _latest(*happenings: Happening) -> Any:
    return func.max(case((EventRow.what.in_(happenings), EventRow.at)))


_KEPT = select(
    ContactRow.customer_id,
    ContactRow.last_out_at,
    ContactRow.last_in_at,
    ContactRow.last_counted_at,
    ContactRow.last_visit_at,
)
_LAST = select(
    EventRow.customer_id,
    _latest(*FROM_US).label("last_out_at"),
    _latest(*FROM_THEM).label("last_in_at"),
    func.max(case((EventRow.counts, EventRow.at))).label("last_counted_at"),
    _latest(Happening.VISIT_DONE).label("last_visit_at"),
).group_by(EventRow.customer_id)
