"""The numbers of a month and of the one before it: a fixed number of statements, whatever the number of customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from followup_desktop.base.money import Money, totals
from followup_desktop.core.cases.tables import CaseRow
from followup_desktop.core.customers.model import Stage
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.history.model import FROM_US, Happening, VisitKind
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.insights.model import Counts, PurposeCount, Ratio, TrendPoint
from followup_desktop.core.insights.queries.moments import Later, month_number, within
from followup_desktop.core.insights.rules.months import (
    ANSWER,
    REACH,
    Span,
    asks,
    purpose_words,
    reason_words,
    spans_up_to,
)
from followup_desktop.core.messages.model import LEFT_US
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.core.operators.model import Business
from followup_desktop.core.promises import queries as promises

BOUGHT = (Happening.PURCHASE, Happening.QUOTE_WON)

NOT_YET = (Stage.LEAD, Stage.QUOTED)
"""Stages of people who are not customers yet."""

_ALWAYS = (
    Happening.PURCHASE,
    Happening.COMPLAINT,
    Happening.VISIT_MISSED,
    Happening.VISIT_LATE,
    Happening.QUOTE_SENT,
)
_VISITS = (VisitKind.FIRST, VisitKind.REPAIR, VisitKind.INSTALLATION)
_SECONDS_A_DAY = 86_400


def count(session: Session, month: date, now: datetime, business: Business) -> tuple[Counts, Counts]:
    """Count `month` (any day of it, in the business's calendar) as far as it is over at `now`, and the one before."""
    spans = spans_up_to(month, business.zone, 2)
    messages, counts = _messages(session, spans), _counts(session, spans, now, business)
    last, this = (replace(one, **_sent(messages[number])) for number, one in enumerate(counts))
    return replace(this, by_purpose=_with_unhappy(session, spans[-1], this.by_purpose)), last


def trend(session: Session, month: date, zone: str) -> tuple[TrendPoint, ...]:
    """Return the answer rate of each of the twelve months up to this one."""
    spans = spans_up_to(month, zone)
    number = month_number(MessageRow.sent_at, spans).label("number")
    query = select(number, func.count(), _ANSWERED).where(sent_in(spans)).group_by(number)
    found = {which: Ratio(int(back), sent) for which, sent, back in session.execute(query)}
    return tuple(TrendPoint(span.month, found.get(which, Ratio(0, 0))) for which, span in enumerate(spans))


def _sent(messages: Sequence[PurposeCount]) -> dict[str, Any]:
    return {
        "messages_sent": sum(one.sent for one in messages),
        "messages_answered": sum(one.answered for one in messages),
        "by_purpose": tuple(messages),
    }


def _counts(session: Session, spans: Sequence[Span], now: datetime, business: Business) -> list[Counts]:
    reached, rated = _reached(session, spans, now), _rated(session, spans)
    right, bought = _put_right(session, spans), _bought(session, spans, business.currency)
    customers = _customers(session, spans)
    recommending = _recommending(session, spans)
    found = [
        _one(session, span, now, reached[number], rated[number], right[number], bought[number], customers[number])
        for number, span in enumerate(spans)
    ]
    return [replace(one, nps=recommending[number]) for number, one in enumerate(found)]


def _one(
    session: Session,
    span: Span,
    now: datetime,
    reached: tuple[int, int],
    ratings: tuple[int, int, int, int, int],
    case_days: tuple[float, ...],
    money: tuple[Money, ...],
    kept: _Kept,
) -> Counts:
    # Of a month that runs, what is still to fall due says nothing yet.
    on_time, due = promises.kept_on_time(session, span.start, max(span.start, min(span.end, now)))
    return Counts(
        span.month,
        promises_due=due,
        promises_on_time=on_time,
        events_to_reach=reached[0],
        events_reached=reached[1],
        ratings=ratings,
        case_days=case_days,
        customers_start=kept.start,
        customers_left=kept.left,
        left_because=kept.because,
        money=money,
    )


def is_one_of(column: Any, *kinds: str) -> Any:
    """Return the condition that an event of one customer is of these kinds.

    Written so that the index on kind and time is not taken: without statistics SQLite believes it to be better than
    the one on customer and time, and then reads every event of that kind once for each message.
    """
    return func.coalesce(column, "").in_(kinds)


def answers(message: Any) -> Any:
    """Return the condition that an event is the customer's answer to a message of `message`'s row."""
    return and_(
        EventRow.customer_id == message.customer_id,
        EventRow.at > message.sent_at,
        EventRow.at <= Later(message.sent_at, ANSWER),
        # A number by a link of the message answers it as well as words do.
        or_(
            is_one_of(EventRow.what, Happening.MESSAGE_IN),
            and_(EventRow.message_id.is_not(None), is_one_of(EventRow.what, Happening.RATING, Happening.NPS)),
        ),
    )


_ANSWERED = func.sum(case((exists().where(answers(MessageRow)).correlate(MessageRow), 1), else_=0))
"""How many of the messages counted were answered."""


def sent_in(spans: Sequence[Span]) -> Any:
    """Return the condition that a message was taken by a server in these months."""
    return and_(MessageRow.state.in_(sorted(LEFT_US)), within(MessageRow.sent_at, spans))


def _messages(session: Session, spans: Sequence[Span]) -> list[list[PurposeCount]]:
    number = month_number(MessageRow.sent_at, spans).label("number")
    query = (
        select(number, MessageRow.purpose, func.count(), _ANSWERED)
        .where(sent_in(spans))
        .group_by(number, MessageRow.purpose)
        .order_by(number, MessageRow.purpose)
    )
    read = _shown(session, spans)
    found: list[list[PurposeCount]] = [[] for _ in spans]
    for which, purpose, sent, back in session.execute(query):
        shown = read.get((which, purpose), 0)
        found[which].append(PurposeCount(purpose, purpose_words(purpose), sent, int(back), shown, asks=asks(purpose)))
    return found


def _shown(session: Session, spans: Sequence[Span]) -> dict[tuple[int, str], int]:
    """Return how many messages a receipt came back for, by month and purpose: few, so they are looked for first."""
    number = month_number(MessageRow.sent_at, spans).label("number")
    left = is_one_of(MessageRow.state, *sorted(LEFT_US))
    some = MessageRow.read_at >= datetime(1990, 1, 1, tzinfo=UTC)
    query = select(number, MessageRow.purpose, func.count()).where(some, left, within(MessageRow.sent_at, spans))
    return {(which, purpose): count for which, purpose, count in session.execute(query.group_by(number, "purpose"))}


def _with_unhappy(session: Session, span: Span, counted: tuple[PurposeCount, ...]) -> tuple[PurposeCount, ...]:
    """Say of each purpose how many of those who answered complained, or rated 1 or 2, in the same time."""
    sour = aliased(EventRow)
    bad = and_(
        sour.customer_id == MessageRow.customer_id,
        sour.at > MessageRow.sent_at,
        sour.at <= Later(MessageRow.sent_at, ANSWER),
        or_(
            is_one_of(sour.what, Happening.COMPLAINT),
            and_(is_one_of(sour.what, Happening.RATING), sour.rating <= 2),
        ),
    )
    query = (
        select(MessageRow.purpose, func.count())
        .where(
            sent_in([span]),
            exists().where(bad).correlate(MessageRow),
            exists().where(answers(MessageRow)).correlate(MessageRow),
        )
        .group_by(MessageRow.purpose)
    )
    found = {purpose: times for purpose, times in session.execute(query)}
    return tuple(replace(one, unhappy=found.get(one.purpose, 0)) for one in counted)


def wants_a_word() -> Any:
    """Return the condition that something happened to a customer that asks for a contact."""
    # The kinds first, all of them, so that the index on kind and time is of use.
    return and_(
        EventRow.what.in_((*_ALWAYS, Happening.VISIT_DONE)),
        or_(EventRow.what != Happening.VISIT_DONE, EventRow.visit.in_(_VISITS)),
    )


def word_from_us() -> tuple[Any, Any]:
    """Return a second row of events, and the condition that it is our contact within a day of the first."""
    word = aliased(EventRow)
    # From the very moment on: who logs a visit and writes about it in one go has been quick.
    return word, and_(
        word.customer_id == EventRow.customer_id,
        word.at >= EventRow.at,
        word.at <= Later(EventRow.at, REACH),
        is_one_of(word.what, *sorted(FROM_US)),
    )


def _reached(session: Session, spans: Sequence[Span], now: datetime) -> list[tuple[int, int]]:
    number = month_number(EventRow.at, spans).label("number")
    _, contacted = word_from_us()
    reached = exists().where(contacted).correlate(EventRow)
    # What happened less than a day ago may still be answered in time: it counts once it was, or once the day is over.
    known = or_(EventRow.at <= now - REACH, reached)
    query = (
        select(number, func.count(), func.sum(case((reached, 1), else_=0)))
        .where(within(EventRow.at, spans), EventRow.at <= now, wants_a_word(), known)
        .group_by(number)
    )
    found = {which: (events, times) for which, events, times in session.execute(query)}
    return [found.get(which, (0, 0)) for which in range(len(spans))]


def _rated(session: Session, spans: Sequence[Span]) -> list[tuple[int, int, int, int, int]]:
    number = month_number(EventRow.at, spans).label("number")
    query = (
        select(number, EventRow.rating, func.count())
        .where(EventRow.what == Happening.RATING, within(EventRow.at, spans), EventRow.rating.between(1, 5))
        .group_by(number, EventRow.rating)
    )
    found = {(which, rating): times for which, rating, times in session.execute(query)}
    one, two, three, four, five = range(1, 6)
    return [
        (
            found.get((which, one), 0),
            found.get((which, two), 0),
            found.get((which, three), 0),
            found.get((which, four), 0),
            found.get((which, five), 0),
        )
        for which in range(len(spans))
    ]


def _recommending(session: Session, spans: Sequence[Span]) -> list[tuple[int, ...]]:
    """Return how many said 0 to 10 when asked whether they would recommend us."""
    number = month_number(EventRow.at, spans).label("number")
    query = (
        select(number, EventRow.rating, func.count())
        .where(EventRow.what == Happening.NPS, within(EventRow.at, spans), EventRow.rating.between(0, 10))
        .group_by(number, EventRow.rating)
    )
    found = {(which, score): times for which, score, times in session.execute(query)}
    return [tuple(found.get((which, score), 0) for score in range(11)) for which in range(len(spans))]


def _put_right(session: Session, spans: Sequence[Span]) -> list[tuple[float, ...]]:
    began = func.coalesce(EventRow.at, CaseRow.opened_at)
    query = (
        select(CaseRow.put_right_at, began)
        .outerjoin(EventRow, EventRow.id == CaseRow.event_id)
        .where(within(CaseRow.put_right_at, spans))
        .order_by(CaseRow.put_right_at, CaseRow.id)
    )
    days: list[list[float]] = [[] for _ in spans]
    for ended, start in session.execute(query):
        if ended is None:
            continue
        which = next(n for n, span in enumerate(spans) if ended < span.end)
        days[which].append(max(0.0, (ended - start).total_seconds() / _SECONDS_A_DAY))
    return [tuple(one) for one in days]


def _bought(session: Session, spans: Sequence[Span], currency: str) -> list[tuple[Money, ...]]:
    number = month_number(EventRow.at, spans).label("number")
    query = (
        select(number, EventRow.currency, func.sum(EventRow.amount))
        .where(EventRow.what.in_(BOUGHT), within(EventRow.at, spans), EventRow.amount.is_not(None))
        .group_by(number, EventRow.currency)
    )
    sums: list[list[Money]] = [[] for _ in spans]
    for which, code, minor in session.execute(query):
        sums[which].append(Money(int(minor), code or currency))
    return [totals(one) for one in sums]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Customers when a month began, those of them who left in it, and their reasons."""

    start: int
    left: int
    because: tuple[str, ...]


def _customers(session: Session, spans: Sequence[Span]) -> list[_Kept]:
    gone = _departures(session, spans)
    still = [func.count(case((known_before(span), 1))) for span in spans]
    query = select(*still).where(CustomerRow.stage.not_in((*NOT_YET, Stage.FORMER)))
    return [_kept(span, int(there), gone) for span, there in zip(spans, session.execute(query).one(), strict=True)]


def known_before(span: Span) -> Any:
    """Return the condition that someone was a customer before a month began."""
    return or_(CustomerRow.since < span.month, and_(CustomerRow.since.is_(None), CustomerRow.created_at < span.start))


@dataclass(frozen=True, slots=True)
class _Departure:
    customer: int
    at: datetime
    note: str
    is_former: bool
    since: date | None
    made: datetime

    def was_known(self, span: Span) -> bool:
        return self.since < span.month if self.since is not None else self.made < span.start


def _departures(session: Session, spans: Sequence[Span]) -> list[_Departure]:
    """Return who left since the first of the months, each once."""
    query = (
        select(EventRow.customer_id, EventRow.at, EventRow.note, EventRow.about, CustomerRow.stage)
        .add_columns(CustomerRow.since, CustomerRow.created_at)
        .join(CustomerRow, CustomerRow.id == EventRow.customer_id)
        .where(EventRow.what == Happening.LEFT, EventRow.at >= spans[0].start)
        .order_by(EventRow.at, EventRow.id)
    )
    found = {
        key: _Departure(key, at, note or about, stage == Stage.FORMER, since, made)
        for key, at, note, about, stage, since, made in session.execute(query)
    }
    return list(found.values())


def _kept(span: Span, there: int, departures: Sequence[_Departure]) -> _Kept:
    known = [one for one in departures if one.was_known(span) and one.at >= span.start]
    left = [one for one in known if one.at < span.end]
    # Who left since the month began, this month or later, was still a customer when it began.
    start = there + sum(one.is_former for one in known)
    return _Kept(start, len(left), tuple(reason_words(one.note) for one in left if one.note.strip()))
