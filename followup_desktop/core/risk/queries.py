"""Reading how customers stand."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup_desktop.core.customers.model import Standing
from followup_desktop.core.history.tables import ContactRow
from followup_desktop.core.risk.model import Risk


def risk_of(session: Session, customer: int) -> Risk:
    """Return how a customer stands and why, as it was judged last."""
    query = select(ContactRow.standing, ContactRow.risk, ContactRow.reasons).where(ContactRow.customer_id == customer)
    found = session.execute(query).first()
    if found is None:
        return Risk(Standing.NO_HISTORY, 0, ())
    standing, points, reasons = found
    return Risk(Standing(standing), points, tuple(reasons.splitlines()))
