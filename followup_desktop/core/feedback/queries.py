"""Reading what customers tell us."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.feedback.model import HAPPENINGS, Answer, Scale
from followup_desktop.core.feedback.tables import AnswerRow
from followup_desktop.core.history.model import FROM_US, EventId, Happening
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.operators.tables import SettingRow

SECRET = "feedback.secret"
_SCALES = {happening: scale for scale, happening in HAPPENINGS.items()}


def secret(session: Session) -> str:
    """Return what the links of this store are sealed with; nothing where it has none."""
    return str(session.scalar(select(SettingRow.value).where(SettingRow.key == SECRET)) or "")


def answer_to(session: Session, follow_up: int) -> tuple[int | None, datetime] | None:
    """Return the score and the time (UTC) of the answer to a question, or None."""
    query = (
        select(EventRow.rating, EventRow.at)
        .join(AnswerRow, AnswerRow.event_id == EventRow.id)
        .where(AnswerRow.follow_up_id == follow_up)
        .order_by(EventRow.id)
    )
    row = session.execute(query).first()
    return (row[0], row[1]) if row else None


def answers(
    session: Session,
    *,
    since: datetime | None = None,
    customer: int | None = None,
    key: int | None = None,
    limit: int | None = None,
) -> list[Answer]:
    """Return what customers told us, what has no answer from us first; each part the newest first."""
    conditions: list[Any] = [EventRow.what.in_(sorted(_SCALES))]
    conditions += [EventRow.at >= since] if since is not None else []
    conditions += [EventRow.customer_id == customer] if customer is not None else []
    conditions += [EventRow.id == key] if key is not None else []
    found = [_answer(row) for row in session.execute(_query(conditions))]
    found.sort(key=lambda one: (not one.waits, -one.at.timestamp(), -one.id))
    return found[:limit] if limit else found


def _query(conditions: Collection[Any]) -> Any:
    word = EventRow.__table__.alias("word")
    ours = (
        select(func.min(word.c.at))
        .where(
            word.c.customer_id == EventRow.customer_id,
            func.coalesce(word.c.what, "").in_(sorted(FROM_US)),
            or_(word.c.at > EventRow.at, and_(word.c.at == EventRow.at, word.c.id > EventRow.id)),
        )
        .correlate(EventRow)
        .scalar_subquery()
    )
    return (
        select(EventRow, CustomerRow.name, AnswerRow, ours)
        .join(CustomerRow, CustomerRow.id == EventRow.customer_id)
        .outerjoin(AnswerRow, AnswerRow.event_id == EventRow.id)
        .where(*conditions)
    )


def _answer(row: Any) -> Answer:
    event, name, more, ours = row
    scale = _SCALES[Happening(event.what)]
    return Answer(
        id=EventId(event.id),
        customer=CustomerId(event.customer_id),
        name=name,
        scale=scale,
        score=event.rating if scale is not Scale.WORDS else None,
        text=event.note,
        how=more.how if more else "other",
        at=event.at,
        answered_at=ours,
        rested_at=more.rested_at if more else None,
        dealt_with_at=more.dealt_with_at if more else None,
        from_address=more.from_address if more else "",
    )
