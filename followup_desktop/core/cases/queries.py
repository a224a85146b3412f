"""Reading cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from followup_desktop.base.money import Money
from followup_desktop.core.cases.model import (
    FIRST_CAUSES,
    Case,
    CaseId,
    CaseState,
    Given,
    Noted,
    Offer,
    Step,
    Whole,
)
from followup_desktop.core.cases.tables import (
    CaseEventRow,
    CaseOfferRow,
    CasePromiseRow,
    CaseRow,
    CaseStepRow,
    CauseRow,
)
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.history.model import FROM_US, Event, Happening
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.routes.tables import RouteRow, StopRow

_Right = aliased(EventRow)
_COLUMNS = (
    select(CaseRow, CustomerRow.name, CauseRow.name, func.max(_Right.note))
    .join(CustomerRow, CustomerRow.id == CaseRow.customer_id)
    .outerjoin(CauseRow, CauseRow.id == CaseRow.cause_id)
    .outerjoin(
        _Right,
        and_(
            _Right.customer_id == CaseRow.customer_id,
            _Right.what == Happening.CASE_RESOLVED,
            _Right.at == CaseRow.put_right_at,
        ),
    )
    .group_by(CaseRow.id, CustomerRow.name, CauseRow.name)
)


def cases(session: Session, *, closed: bool = False) -> list[Case]:
    """Return the cases not yet closed, the oldest first; with `closed` those too, after them."""
    query = _COLUMNS.order_by(CaseRow.closed_at.is_not(None), CaseRow.opened_at, CaseRow.id)
    query = query if closed else query.where(CaseRow.state != CaseState.CLOSED)
    return [_case(row) for row in session.execute(query)]


def case(session: Session, key: int) -> Case | None:
    """Return one case, or None."""
    row = session.execute(_COLUMNS.where(CaseRow.id == key)).first()
    return _case(row) if row else None


def of_customers(session: Session, customers: Collection[int]) -> list[Case]:
    """Return every case of `customers`, open or not."""
    query = _COLUMNS.where(CaseRow.customer_id.in_(customers)).order_by(CaseRow.opened_at)
    return [_case(row) for row in session.execute(query)]


def whole(session: Session, key: int) -> Whole | None:
    """Return a case with its steps, offers, promises and events; None where there is no such case."""
    found = case(session, key)
    if found is None:
        return None
    noted = {row.step: row for row in session.scalars(select(CaseStepRow).where(CaseStepRow.case_id == key))}
    promises = select(CasePromiseRow.promise_id).where(CasePromiseRow.case_id == key)
    joined = select(CaseEventRow.event_id).where(CaseEventRow.case_id == key).order_by(CaseEventRow.event_id)
    return Whole(
        case=found,
        steps=tuple(_noted(step, noted.get(step)) for step in Step),
        offers=tuple(offers(session, key)),
        promises=tuple(session.scalars(promises.order_by(CasePromiseRow.promise_id))),
        events=((found.event,) if found.event is not None else ()) + tuple(session.scalars(joined)),
        answered_at=answered(session, [key]).get(key),
    )


def joined(session: Session, customers: Collection[int]) -> dict[int, list[int]]:
    """Return, by case, the events that were joined to it later."""
    query = select(CaseEventRow.case_id, CaseEventRow.event_id).where(CaseEventRow.customer_id.in_(customers))
    found: dict[int, list[int]] = defaultdict(list)
    for key, event in session.execute(query.order_by(CaseEventRow.event_id)):
        found[key].append(event)
    return found


def offers(session: Session, case: int) -> list[Offer]:
    """Return what was offered to make a case right, in the order it was."""
    query = select(CaseOfferRow).where(CaseOfferRow.case_id == case).order_by(CaseOfferRow.id)
    return [
        Offer(row.id, row.kind, _money(row.cost, row.currency), row.offered_at, row.given_at)
        for row in session.scalars(query)
    ]


def answered(session: Session, cases: Collection[int] | None = None) -> dict[int, datetime]:
    """Return, by case, when the customer first heard from us after it was known; all cases where none are named."""
    heard = (
        select(CaseRow.id, func.min(EventRow.at))
        .join(EventRow, and_(EventRow.customer_id == CaseRow.customer_id, EventRow.at >= CaseRow.opened_at))
        .where(EventRow.what.in_(FROM_US))
        .group_by(CaseRow.id)
    )
    heard = heard if cases is None else heard.where(CaseRow.id.in_(cases))
    return {key: at for key, at in session.execute(heard)}


def causes(session: Session) -> list[str]:
    """Return the causes one may choose from, in the order of their names: the owner's, and the first ones."""
    rows = list(session.execute(select(CauseRow.name, CauseRow.hidden)))
    hidden = {name.casefold() for name, away in rows if away}
    names = {name.casefold(): name for name in FIRST_CAUSES} | {name.casefold(): name for name, _ in rows}
    return sorted((name for key, name in names.items() if key not in hidden), key=str.casefold)


def given(session: Session, since: datetime | None = None, until: datetime | None = None) -> list[Given]:
    """Return what was given to make things right from `since` to before `until` (UTC), the latest first.

    The route is the one the customer stands on now; of several, the first.
    """
    first = select(func.min(StopRow.id)).where(StopRow.customer_id == CaseRow.customer_id)
    stop = first.correlate(CaseRow).scalar_subquery()
    query = (
        select(CaseOfferRow, CaseRow.id, CaseRow.customer_id, CustomerRow.name, CauseRow.name, RouteRow.name)
        .join(CaseRow, CaseRow.id == CaseOfferRow.case_id)
        .join(CustomerRow, CustomerRow.id == CaseRow.customer_id)
        .outerjoin(CauseRow, CauseRow.id == CaseRow.cause_id)
        .outerjoin(StopRow, StopRow.id == stop)
        .outerjoin(RouteRow, RouteRow.id == StopRow.route_id)
        .where(CaseOfferRow.given_at.is_not(None))
        .order_by(CaseOfferRow.given_at.desc(), CaseOfferRow.id.desc())
    )
    query = query if since is None else query.where(CaseOfferRow.given_at >= since)
    query = query if until is None else query.where(CaseOfferRow.given_at < until)
    return [
        Given(
            offer.id,
            CaseId(key),
            CustomerId(customer),
            name,
            offer.kind,
            _money(offer.cost, offer.currency),
            at,
            cause or "",
            route or "",
        )
        for offer, key, customer, name, cause, route in session.execute(query)
        if (at := offer.given_at) is not None
    ]


def open_case_of(session: Session, customer: int) -> int | None:
    """Return the case of a customer another complaint belongs to: the one not put right yet, of several the latest."""
    query = select(CaseRow.id).where(CaseRow.customer_id == customer, CaseRow.state == CaseState.OPEN)
    return session.scalars(query.order_by(CaseRow.opened_at.desc(), CaseRow.id.desc())).first()


def case_about(session: Session, event: Event) -> int | None:
    """Return the case an event, or the mail it is about, opened or was joined to; None where it did not."""
    opened = select(CaseRow.id, CaseRow.event_id.label("event_id"))
    joined = select(CaseEventRow.case_id, CaseEventRow.event_id)
    either = union_all(opened, joined).subquery()
    same = EventRow.id == event.id
    if event.message is not None:
        same = or_(same, EventRow.message_id == event.message)
    query = select(either.c.id).join(EventRow, EventRow.id == either.c.event_id).where(same)
    return session.scalars(query.order_by(either.c.id)).first()


def _money(cost: int | None, currency: str) -> Money | None:
    return None if cost is None else Money(cost, currency)


def _noted(step: Step, row: CaseStepRow | None) -> Noted:
    return Noted(step, row.note, row.done_at) if row is not None else Noted(step)


def _case(row: Any) -> Case:
    c, name, cause, right = row
    return Case(
        CaseId(c.id),
        CustomerId(c.customer_id),
        name,
        c.what,
        CaseState(c.state),
        c.opened_at,
        c.put_right_at,
        c.closed_at,
        c.event_id,
        c.how,
        cause or "",
        c.standard,
        c.why,
        c.prevention,
        c.prevented_at,
        c.told_at,
        c.reopened,
        right or "",
    )
