"""Reading cases."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup_desktop.core.cases.model import Case, CaseId, CaseState
from followup_desktop.core.cases.tables import CaseRow
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.customers.tables import CustomerRow

_COLUMNS = select(CaseRow, CustomerRow.name).join(CustomerRow, CustomerRow.id == CaseRow.customer_id)


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


def _case(row: Any) -> Case:
    c, name = row
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
    )
