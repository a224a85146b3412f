"""Reading promises."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.history import queries as history
from followup_desktop.core.history.model import EventId, Happening
from followup_desktop.core.messages.model import MessageState
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.core.promises.model import Name, Offer, OfferState, Promise, PromiseId, PromiseState, Source
from followup_desktop.core.promises.rules.folding import fold
from followup_desktop.core.promises.tables import OfferRow, PromiseRow, ReminderRow

SAME_WORDS = timedelta(days=7)
"""Within so many days the same sentence to the same customer is the same promise."""

_COLUMNS = (
    select(PromiseRow, CustomerRow.name, ReminderRow.shown_at, ReminderRow.remind_at)
    .outerjoin(CustomerRow, CustomerRow.id == PromiseRow.customer_id)
    .outerjoin(ReminderRow, ReminderRow.promise_id == PromiseRow.id)
)
_OFFERS = select(OfferRow, CustomerRow.name).join(CustomerRow, CustomerRow.id == OfferRow.customer_id)


def open_promises(session: Session) -> list[Promise]:
    """Return every open promise, the soonest first."""
    query = _COLUMNS.where(PromiseRow.state == PromiseState.OPEN).order_by(PromiseRow.due, PromiseRow.id)
    return [_promise(row) for row in session.execute(query)]


def promises(session: Session, *, settled_since: datetime | None = None) -> list[Promise]:
    """Return open promises, and those settled since a moment, the soonest due first."""
    where = PromiseRow.state == PromiseState.OPEN
    if settled_since is not None:
        where = where | (PromiseRow.settled_at >= settled_since)
    query = _COLUMNS.where(where).order_by(PromiseRow.due, PromiseRow.id)
    return [_promise(row) for row in session.execute(query)]


def promise(session: Session, key: int) -> Promise | None:
    """Return one promise, or None."""
    row = session.execute(_COLUMNS.where(PromiseRow.id == key)).first()
    return _promise(row) if row else None


def of_customers(session: Session, customers: Collection[int]) -> list[Promise]:
    """Return every promise to `customers`, open or not."""
    query = _COLUMNS.where(PromiseRow.customer_id.in_(customers)).order_by(PromiseRow.due, PromiseRow.id)
    return [_promise(row) for row in session.execute(query)]


def offers(session: Session) -> list[Offer]:
    """Return what was found in the owner's words and not decided yet, the soonest due first, without a day last."""
    query = _OFFERS.where(OfferRow.state == OfferState.OPEN)
    found = [_offer(row, name) for row, name in session.execute(query)]
    return sorted(found, key=lambda one: (one.due_date is None, one.due_date or one.said_at.date(), one.id))


def offer(session: Session, key: int) -> Offer | None:
    """Return one promise found, or None."""
    row = session.execute(_OFFERS.where(OfferRow.id == key)).first()
    return _offer(*row) if row else None


def offer_count(session: Session) -> int:
    """Return how many promises found wait for a word."""
    return int(session.execute(select(func.count()).where(OfferRow.state == OfferState.OPEN)).scalar_one())


def said_lately(session: Session, customer: int, at: datetime) -> frozenset[str]:
    """Return the sentences (folded) a customer was written about a week before or after, decided or not."""
    query = select(OfferRow.sentence).where(
        OfferRow.customer_id == customer, OfferRow.said_at.between(at - SAME_WORDS, at + SAME_WORDS)
    )
    return frozenset(map(fold, session.scalars(query)))


def decided_lately(session: Session, customer: int, at: datetime) -> frozenset[str]:
    """Return the sentences (folded) to a customer that the owner decided about lately."""
    query = select(OfferRow.sentence).where(
        OfferRow.customer_id == customer, OfferRow.said_at >= at - SAME_WORDS, OfferRow.state != OfferState.OPEN
    )
    return frozenset(map(fold, session.scalars(query)))


def kept_on_time(session: Session, start: datetime, end: datetime) -> tuple[int, int]:
    """Return how many promises due from `start` to before `end` (UTC) were kept on time, and how many were due.

    A promise that was taken back counts nowhere; one that is still open counts as due.
    """
    on_time = func.count().filter(PromiseRow.state == PromiseState.KEPT)
    query = select(on_time, func.count()).where(
        PromiseRow.due >= start, PromiseRow.due < end, PromiseRow.state != PromiseState.WITHDRAWN
    )
    kept, due = session.execute(query).one()
    return int(kept), int(due)


def sources(session: Session, found: Iterable[Promise | Offer]) -> dict[tuple[int | None, int | None], Source]:
    """Return where promises come from, by the letter and the event each names."""
    pairs = {(one.message, one.event) for one in found if one.message is not None or one.event is not None}
    letters = {message for message, _event in pairs if message is not None}
    written = dict[int, Source]()
    for key, at, subject, state in session.execute(
        select(MessageRow.id, func.coalesce(MessageRow.sent_at, MessageRow.at), MessageRow.subject, MessageRow.state)
        .where(MessageRow.id.in_(letters))
    ):  # fmt: skip
        theirs = state == MessageState.RECEIVED
        written[key] = Source(Happening.MESSAGE_IN if theirs else Happening.MESSAGE_OUT, at, subject)
    happened = {
        event.id: Source(event.what, event.at, event.about)
        for event in history.events_by_id(session, [event for _message, event in pairs if event is not None])
    }
    either = {
        pair: written.get(pair[0]) if pair[0] is not None else happened.get(EventId(pair[1] or 0)) for pair in pairs
    }
    return {pair: source for pair, source in either.items() if source is not None}


def names(session: Session) -> list[Name]:
    """Return what every customer may be called in a line."""
    query = (
        select(CustomerRow.id, CustomerRow.given_name, CustomerRow.family_name, CustomerRow.company, CustomerRow.name)
        .add_columns(CustomerRow.street, CustomerRow.city, CustomerRow.email, CustomerRow.phone)
    )  # fmt: skip
    return [
        Name(
            key, given, family, company, name, street or city or (company if company != name else "") or email or phone
        )
        for key, given, family, company, name, street, city, email, phone in session.execute(query)
    ]


def _offer(row: OfferRow, customer: str) -> Offer:
    return Offer(
        id=row.id,
        customer_id=row.customer_id,
        customer=customer,
        sentence=row.sentence,
        what=row.what,
        due_date=row.due_date,
        due_time=row.due_time,
        zone=row.zone,
        said_at=row.said_at,
        state=OfferState(row.state),
        message=row.message_id,
        event=row.event_id,
    )


def _promise(row: Any) -> Promise:
    p, customer, shown_at, shown_for = row
    # A promise that was moved since its reminder was shown is reminded of anew.
    shown = shown_at if shown_for is not None and shown_for >= p.remind_at else None
    return Promise(
        id=PromiseId(p.id),
        uuid=p.uuid,
        customer_id=p.customer_id,
        customer=customer or "",
        what=p.what,
        due_date=p.due_date,
        due_time=p.due_time,
        zone=p.zone,
        due=p.due,
        remind_at=p.remind_at,
        state=PromiseState(p.state),
        shown_at=shown,
        made_at=p.made_at,
        settled_at=p.settled_at,
        line=p.line,
        moved_from=p.moved_from,
        message=p.message_id,
        event=p.event_id,
    )
