"""Reading what customers tell us."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from followup_desktop.base.zones import day_bounds, local_day
from followup_desktop.core.cases.model import CaseState
from followup_desktop.core.cases.tables import CaseRow
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.feedback.model import (
    HAPPENINGS,
    Answer,
    Candidate,
    Review,
    ReviewId,
    Said,
    Scale,
    Talk,
    TalkKind,
    TalkState,
    Theme,
    Themes,
)
from followup_desktop.core.feedback.rules.reviews import may_be
from followup_desktop.core.feedback.rules.scores import mood_of, score_words
from followup_desktop.core.feedback.rules.talks import QUESTIONS
from followup_desktop.core.feedback.rules.themes import SHIPPED, counted
from followup_desktop.core.feedback.tables import AnswerRow, ReviewRow, TalkRow, ThemeRow
from followup_desktop.core.history.model import FROM_US, EventId, Happening
from followup_desktop.core.history.tables import ContactRow, EventRow
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.operators.tables import SettingRow

SECRET = "feedback.secret"
REFUSED = "feedback.refused"
"""The setting that keeps which proposed themes the owner does not want."""
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


def themes(session: Session) -> list[Theme]:
    """Return the themes that count: those that ship, as the owner left them, and the owner's own."""
    kept = {row.key: row for row in session.scalars(select(ThemeRow).order_by(ThemeRow.id))}
    shipped = [each for each in SHIPPED if each.key not in kept]
    own = [Theme(row.key, row.name, tuple(row.words), own=True) for row in kept.values() if not row.removed]
    return sorted((*shipped, *own), key=lambda one: one.name.casefold())


def themes_over(session: Session, now: datetime, months: int = 12) -> Themes:
    """Return each theme with how often it came up in each of the last months, and what might become one."""
    zone = operators.business(session).zone
    first = local_day(now, zone).replace(day=1)
    counted_in = [first]
    while len(counted_in) < months:
        counted_in.insert(0, (counted_in[0] - timedelta(days=1)).replace(day=1))
    said = said_since(session, counted_in[0], now, zone)
    refused = session.scalar(select(SettingRow.value).where(SettingRow.key == REFUSED))
    found = counted(said, themes(session), counted_in)
    no = {str(words) for words in refused} if isinstance(refused, list) else set()
    return replace(found, proposals=tuple(one for one in found.proposals if one.words not in no))


_HEARD = (*sorted(_SCALES), Happening.COMPLAINT)


def said_since(session: Session, first: date, now: datetime, zone: str) -> list[Said]:
    """Return everything customers said since a day: answers, complaints, words at the door, cases, reviews."""
    since = day_bounds(first, zone)[0]
    at_the_door = and_(EventRow.what == Happening.IN_PERSON, EventRow.about != "")
    conditions = [EventRow.at >= since, EventRow.at <= now, or_(EventRow.what.in_(_HEARD), at_the_door)]
    found = []
    for event, name, more, ours in session.execute(_query(conditions)):
        text = event.note or ("" if event.what == Happening.IN_PERSON else event.about)
        if text.strip():
            answered = ours is not None or event.what == Happening.IN_PERSON or bool(more and more.rested_at)
            day = local_day(event.at, zone)
            found.append(Said(f"event-{event.id}", day, text, event.customer_id, name, event.what, answered))
    return [*found, *_cases(session, since, now, zone), *_reviewed(session, first, local_day(now, zone))]


def _cases(session: Session, since: datetime, now: datetime, zone: str) -> list[Said]:
    """Return the cases whose words are in no event that is counted already."""
    query = (
        select(CaseRow, CustomerRow.name)
        .join(CustomerRow, CustomerRow.id == CaseRow.customer_id)
        .outerjoin(EventRow, EventRow.id == CaseRow.event_id)
        .where(CaseRow.opened_at.between(since, now), or_(EventRow.id.is_(None), EventRow.what.not_in(_HEARD)))
    )
    return [
        Said(
            f"case-{case.id}", local_day(case.opened_at, zone), case.what, case.customer_id, name, "case",
            case.put_right_at is not None,
        )
        for case, name in session.execute(query)
    ]  # fmt: skip


def _reviewed(session: Session, first: date, last: date) -> list[Said]:
    query = select(ReviewRow).where(ReviewRow.text != "", ReviewRow.written_on.between(first, last))
    return [
        Said(
            f"review-{row.id}", row.written_on, row.text, row.customer_id, row.author, "review",
            row.answered_at is not None,
        )
        for row in session.scalars(query)
        if row.written_on is not None
    ]  # fmt: skip


def reviews(session: Session, key: int | None = None) -> list[Review]:
    """Return the reviews, what has no answer first, then the newest; with who may have written them."""
    query = select(ReviewRow, CustomerRow.name).outerjoin(CustomerRow, CustomerRow.id == ReviewRow.customer_id)
    rows = session.execute(query if key is None else query.where(ReviewRow.id == key)).all()
    open_ones = any(row.customer_id is None and row.author for row, _name in rows)
    names: list[tuple[int, str, str]] = []
    if open_ones:
        columns = select(CustomerRow.id, CustomerRow.name, CustomerRow.company)
        names = [(one, name, company) for one, name, company in session.execute(columns)]
    found = [_review(row, name or "", names) for row, name in rows]
    return sorted(found, key=lambda one: (one.answered_at is not None, -(one.on or date.min).toordinal(), one.id))


def _review(row: ReviewRow, name: str, names: Collection[tuple[int, str, str]]) -> Review:
    proposed = may_be(row.author, names) if row.customer_id is None else []
    return Review(
        ReviewId(row.id), row.site, row.author, row.written_on, row.rating, row.text, row.customer_id, name,
        row.answer, row.answered_at, tuple(proposed),
    )  # fmt: skip


def candidates(session: Session, now: datetime, zone: str) -> list[Candidate]:
    """Return who might be asked for a longer talk: customers without an open case, with their last answer."""
    troubled = select(CaseRow.customer_id).where(CaseRow.state == CaseState.OPEN)
    newest = (
        select(func.max(EventRow.id))
        .where(EventRow.what.in_((Happening.RATING, Happening.NPS)), EventRow.at <= now)
        .group_by(EventRow.customer_id)
    )
    told = {row.customer_id: row for row in session.scalars(select(EventRow).where(EventRow.id.in_(newest)))}
    talked_query = (
        select(TalkRow.customer_id, func.max(TalkRow.settled_at)).where(TalkRow.state == TalkState.DONE)
    ).group_by(TalkRow.customer_id)
    talked = {customer: local_day(at, zone) for customer, at in session.execute(talked_query) if at}
    query = (
        select(CustomerRow.id, ContactRow.last_in_at)
        .outerjoin(ContactRow, ContactRow.customer_id == CustomerRow.id)
        .where(CustomerRow.stage.in_(("new", "regular", "advocate")), CustomerRow.id.not_in(troubled))
        .order_by(CustomerRow.id)
    )
    found = []
    for customer, last in session.execute(query):
        event = told.get(customer)
        scale = _SCALES[Happening(event.what)] if event is not None else None
        mood = mood_of(scale, event.rating) if event is not None and scale is not None else None
        at = event.at if event is not None and mood is not None else last
        words = f"Answered {score_words(scale, event.rating)}" if event is not None and scale is not None else ""
        found.append(
            Candidate(customer, mood, words, local_day(at, zone) if at is not None else None, talked.get(customer))
        )
    return found


def talks(session: Session, month: date) -> list[Talk]:
    """Return the talks proposed for a month, in the order happy, lukewarm, quiet."""
    query = (
        select(TalkRow, CustomerRow.name)
        .join(CustomerRow, CustomerRow.id == TalkRow.customer_id)
        .where(TalkRow.month == month.replace(day=1))
        .order_by(TalkRow.id)
    )
    return [
        Talk(
            row.id, row.month, row.customer_id, name, TalkKind(row.kind), row.why, TalkState(row.state), row.notes,
            QUESTIONS[TalkKind(row.kind)],
        )
        for row, name in session.execute(query)
    ]  # fmt: skip
