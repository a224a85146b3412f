"""Writing consent and the suppression list."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from followup_desktop.base.errors import Problem
from followup_desktop.core.consent.model import NewWish, WishState
from followup_desktop.core.consent.rules import key_of
from followup_desktop.core.consent.tables import ConsentRow, ContactLawRow, SuppressionRow, WishRow
from followup_desktop.store.store import Work


def allow(work: Work, customer: int, channel: str, *, allowed: bool, source: str, days: int | None = None) -> None:
    """Keep what a customer said about a channel, with where and when they said it."""
    query = select(ConsentRow).where(ConsentRow.customer_id == customer, ConsentRow.channel == channel)
    row = work.session.scalars(query).first()
    if row is None:
        work.add(
            ConsentRow(customer_id=customer, channel=channel, allowed=allowed, source=source, at=work.now, days=days)
        )
    else:
        row.allowed, row.source, row.at, row.days = allowed, source, work.now, days


def suppress(work: Work, kind: str, value: str, reason: str) -> None:
    """Put an address on the list of those nothing may go to."""
    key = key_of(kind, value)
    query = select(SuppressionRow).where(SuppressionRow.kind == kind, SuppressionRow.value == key)
    if key and work.session.scalars(query).first() is None:
        work.add(SuppressionRow(kind=kind, value=key, reason=reason, at=work.now))


def lift(work: Work, kind: str, value: str) -> bool:
    """Take an address off that list: they asked to hear from us again. Whether it was on it."""
    query = select(SuppressionRow).where(SuppressionRow.kind == kind, SuppressionRow.value == key_of(kind, value))
    rows = list(work.session.scalars(query))
    for row in rows:
        work.session.delete(row)
    return bool(rows)


def wish(work: Work, customer: int, new: NewWish, message: int | None, at: datetime) -> int:
    """Keep what a customer seems to ask for; the same asked twice is kept once."""
    query = select(WishRow).where(
        WishRow.customer_id == customer,
        WishRow.kind == new.kind,
        WishRow.channel == new.channel,
        WishRow.state == WishState.OPEN,
    )
    if (there := work.session.scalars(query).first()) is not None:
        there.sentence, there.message_id, there.days, there.at = new.sentence, message, new.days, at
        there.best_time = new.best_time
        return there.id
    row = WishRow(
        customer_id=customer,
        message_id=message,
        kind=new.kind,
        sentence=new.sentence,
        channel=new.channel,
        refused=list(new.refused),
        days=new.days,
        best_time=new.best_time,
        at=at,
    )
    return int(work.add(row).id)


def open_wish(work: Work, key: int) -> WishRow:
    """Return a wish nobody has decided; raises Problem where it was, or is gone."""
    row = work.session.get(WishRow, key)
    if row is None or row.state != WishState.OPEN:
        raise Problem("This is decided already.", "Nothing was changed.", "")
    return row


def settle_wishes(work: Work, customer: int, state: WishState) -> None:
    """Say what became of everything a customer seemed to ask for."""
    for row in work.session.scalars(select(WishRow).where(WishRow.customer_id == customer, WishRow.state == "open")):
        row.state = state


def set_law(work: Work, customer: int, law: str) -> None:
    """Say which rules of contact go for a customer; "" means those of the business."""
    row = work.session.scalars(select(ContactLawRow).where(ContactLawRow.customer_id == customer)).first()
    if row is not None and not law:
        work.session.delete(row)
    elif row is not None:
        row.law = law
    elif law:
        work.add(ContactLawRow(customer_id=customer, law=law))
