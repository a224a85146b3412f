"""The records behind each figure of a month (X14): names and dates, each row leading to its customer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from followup_desktop.base.money import Money
from followup_desktop.base.zones import local
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.cases.tables import CaseRow
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.history.model import LABELS, Happening
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.insights.model import Cell, FigureKey, Table
from followup_desktop.core.insights.queries.counting import (
    BOUGHT,
    NOT_YET,
    answers,
    known_before,
    sent_in,
    wants_a_word,
    word_from_us,
)
from followup_desktop.core.insights.queries.moments import within
from followup_desktop.core.insights.rules.months import REACH, Span, purpose_words, span_of
from followup_desktop.core.insights.rules.words import month_name
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.operators.model import Business
from followup_desktop.core.promises.model import PromiseState
from followup_desktop.core.promises.tables import PromiseRow

MONEY = "bought"
"""The key of the table behind the money."""
GIVEN = "given"
"""The key of the table behind what putting right cost."""

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a table is made for."""

    session: Session
    span: Span
    now: datetime
    business: Business

    def local(self, moment: datetime | None) -> datetime | None:
        return None if moment is None else local(moment, self.business.zone)

    def title(self, words: str) -> str:
        return f"{words} in {month_name(self.span.month)}"


def records_behind(session: Session, key: str, month: date, now: datetime) -> Table:
    """Return the records behind one figure, by the figure's key (or `MONEY`)."""
    return _MADE[key](_asked(session, month, now))


def all_records(session: Session, month: date, now: datetime) -> tuple[Table, ...]:
    """Return the records behind every figure, in the order of the figures; empty ones left out."""
    asked = _asked(session, month, now)
    tables = (make(asked) for make in _MADE.values())
    return tuple(table for table in tables if table.rows)


def _asked(session: Session, month: date, now: datetime) -> _Asked:
    business = operators.business(session)
    return _Asked(session, span_of(month, business.zone), now, business)


def _table(key: str, name: str, columns: tuple[str, ...], rows: Iterable[tuple[int | None, tuple[Cell, ...]]]) -> Table:
    found = list(rows)
    return Table(key, name, columns, tuple(row for _, row in found), tuple(customer for customer, _ in found))


def _promises(asked: _Asked) -> Table:
    query = (
        select(PromiseRow, CustomerRow.name)
        .outerjoin(CustomerRow, CustomerRow.id == PromiseRow.customer_id)
        .where(
            PromiseRow.due >= asked.span.start,
            PromiseRow.due < min(asked.span.end, asked.now),
            PromiseRow.state != PromiseState.WITHDRAWN,
        )
        .order_by(PromiseRow.due, PromiseRow.id)
    )
    rows = (
        (row.customer_id, (name or "Yourself", row.what, _due(row, asked), _KEPT[PromiseState(row.state)]))
        for row, name in asked.session.execute(query)
    )
    return _table("promises", asked.title("Promises due"), ("Customer", "Promise", "Due", "Kept"), rows)


_KEPT = {
    PromiseState.OPEN: "not yet",
    PromiseState.KEPT: "on time",
    PromiseState.KEPT_LATE: "late",
    PromiseState.BROKEN: "broken",
    PromiseState.WITHDRAWN: "taken back",
}


def _due(row: PromiseRow, asked: _Asked) -> Cell:
    return row.due_date if row.due_time is None else asked.local(row.due)


def _answered(asked: _Asked) -> Table:
    first = select(func.min(EventRow.at)).where(answers(MessageRow)).correlate(MessageRow).scalar_subquery()
    query = (
        select(MessageRow.customer_id, CustomerRow.name, MessageRow.purpose, MessageRow.subject, MessageRow.sent_at)
        .add_columns(first)
        .join(CustomerRow, CustomerRow.id == MessageRow.customer_id)
        .where(sent_in([asked.span]))
        .order_by(MessageRow.sent_at, MessageRow.id)
    )
    rows = (
        (customer, (name, purpose_words(purpose), subject, asked.local(sent), _days(sent, back)))
        for customer, name, purpose, subject, sent, back in asked.session.execute(query)
    )
    columns = ("Customer", "Message", "Subject", "Sent", "Days to answer")
    return _table("answered", asked.title("Messages sent"), columns, rows)


def _days(start: datetime | None, end: datetime | None) -> float | None:
    if start is None or end is None:
        return None
    return round(max(0.0, (end - start).total_seconds() / _DAY), 2)


def _reached(asked: _Asked) -> Table:
    word, contacted = word_from_us()
    first = select(func.min(word.at)).where(contacted).correlate(EventRow).scalar_subquery().label("first")
    query = (
        select(EventRow.customer_id, CustomerRow.name, EventRow.what, EventRow.visit, EventRow.about, EventRow.at)
        .add_columns(first)
        .join(CustomerRow, CustomerRow.id == EventRow.customer_id)
        .where(within(EventRow.at, [asked.span]), EventRow.at <= asked.now, wants_a_word())
        .where(or_(EventRow.at <= asked.now - REACH, first.is_not(None)))
        .order_by(EventRow.at, EventRow.id)
    )
    rows = (
        (customer, (name, _what(what, visit, about), asked.local(at), _hours(at, back)))
        for customer, name, what, visit, about, at, back in asked.session.execute(query)
    )
    columns = ("Customer", "What happened", "When", "Hours until reached")
    return _table("reached", asked.title("What asked for a contact"), columns, rows)


def _hours(start: datetime, end: datetime | None) -> float | None:
    return None if end is None else round((end - start).total_seconds() / 3600, 1)


def _what(what: str, visit: str, about: str) -> str:
    label = LABELS[Happening(what)]
    if what == Happening.VISIT_DONE:
        label = {"first": "First visit", "repair": "Repair", "installation": "Installation"}.get(visit, label)
    return f"{label}: {about}" if about else label


def _satisfied(asked: _Asked) -> Table:
    query = (
        select(EventRow.customer_id, CustomerRow.name, EventRow.rating, EventRow.at, EventRow.note)
        .join(CustomerRow, CustomerRow.id == EventRow.customer_id)
        .where(EventRow.what == Happening.RATING, within(EventRow.at, [asked.span]), EventRow.rating.between(1, 5))
        .order_by(EventRow.at, EventRow.id)
    )
    rows = (
        (customer, (name, rating, asked.local(at), note))
        for customer, name, rating, at, note in asked.session.execute(query)
    )
    return _table("satisfied", asked.title("Ratings given"), ("Customer", "Rating", "When", "What they said"), rows)


def _put_right(asked: _Asked) -> Table:
    began = func.coalesce(EventRow.at, CaseRow.opened_at)
    query = (
        select(CaseRow.customer_id, CustomerRow.name, CaseRow.what, began, CaseRow.put_right_at)
        .join(CustomerRow, CustomerRow.id == CaseRow.customer_id)
        .outerjoin(EventRow, EventRow.id == CaseRow.event_id)
        .where(within(CaseRow.put_right_at, [asked.span]))
        .order_by(CaseRow.put_right_at, CaseRow.id)
    )
    rows = (
        (customer, (name, what, asked.local(start), asked.local(end), _days(start, end)))
        for customer, name, what, start, end in asked.session.execute(query)
    )
    columns = ("Customer", "What went wrong", "Since", "Put right", "Days")
    return _table("put_right", asked.title("Put right"), columns, rows)


def _kept(asked: _Asked) -> Table:
    query = (
        select(EventRow.customer_id, CustomerRow.name, EventRow.at, EventRow.note, EventRow.about)
        .join(CustomerRow, CustomerRow.id == EventRow.customer_id)
        .where(EventRow.what == Happening.LEFT, within(EventRow.at, [asked.span]), known_before(asked.span))
        .where(CustomerRow.stage.not_in(NOT_YET))
        .order_by(EventRow.at, EventRow.id)
    )
    # Who left twice in a month left once.
    last = {row[0]: row for row in asked.session.execute(query)}
    rows = ((customer, (name, asked.local(at), note or about)) for customer, name, at, note, about in last.values())
    return _table("kept", asked.title("Customers who left"), ("Customer", "Left", "Why"), rows)


def _bought(asked: _Asked) -> Table:
    query = (
        select(EventRow.customer_id, CustomerRow.name, EventRow.what, EventRow.about, EventRow.at)
        .add_columns(EventRow.amount, EventRow.currency)
        .join(CustomerRow, CustomerRow.id == EventRow.customer_id)
        .where(EventRow.what.in_(BOUGHT), within(EventRow.at, [asked.span]), EventRow.amount.is_not(None))
        .order_by(EventRow.at, EventRow.id)
    )
    rows = (
        (customer, (name, _what(what, "", about), asked.local(at), Money(amount, currency or asked.business.currency)))
        for customer, name, what, about, at, amount, currency in asked.session.execute(query)
    )
    return _table(MONEY, asked.title("Bought"), ("Customer", "What", "When", "Amount"), rows)


def _given(asked: _Asked) -> Table:
    found = cases.given(asked.session, asked.span.start, asked.span.end)
    rows = (
        (int(one.customer), (one.name, one.kind, one.cost, asked.local(one.at), one.cause, one.route))
        for one in reversed(found)
    )
    columns = ("Customer", "What", "Cost", "When given", "Cause", "Route")
    return _table(GIVEN, asked.title("Given to make it right"), columns, rows)


_MADE: dict[str, Callable[[_Asked], Table]] = {
    FigureKey.PROMISES: _promises,
    FigureKey.REACHED: _reached,
    FigureKey.ANSWERED: _answered,
    FigureKey.SATISFIED: _satisfied,
    FigureKey.PUT_RIGHT: _put_right,
    FigureKey.KEPT: _kept,
    MONEY: _bought,
    GIVEN: _given,
}
