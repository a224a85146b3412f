"""The customer list: route, stage, standing, last and next contact; paged by key, found as you type."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from followup_desktop.base.zones import local
from followup_desktop.core.customers.model import CustomerId, CustomerLine, Stage, Standing
from followup_desktop.core.customers.tables import CustomerRow, HouseholdRow
from followup_desktop.core.history.tables import ContactRow
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.promises.tables import PromiseRow
from followup_desktop.core.queue.rules.next_step import purpose_label
from followup_desktop.core.routes.model import WEEKDAYS
from followup_desktop.core.routes.tables import RouteRow, StopRow
from followup_desktop.store import search

PAGE = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list is narrowed to, and its order ("name" or "risk")."""

    text: str = ""
    stage: str = ""
    route: int | None = None
    standing: str = ""
    order: str = "name"


_LINE: Any = (
    select(
        CustomerRow.id,
        CustomerRow.uuid,
        CustomerRow.name,
        CustomerRow.company,
        HouseholdRow.name.label("household"),
        CustomerRow.email,
        CustomerRow.phone,
        CustomerRow.stage,
        CustomerRow.sort_name,
        ContactRow.standing,
        ContactRow.risk,
        ContactRow.last_out_at,
        ContactRow.last_in_at,
    )
    .outerjoin(HouseholdRow, HouseholdRow.id == CustomerRow.household_id)
    .outerjoin(ContactRow, ContactRow.customer_id == CustomerRow.id)
)


def page(
    session: Session,
    now: datetime,
    zone: str,
    narrowed: Filter,
    after: tuple[str, int] | None = None,
    limit: int = PAGE,
    offset: int = 0,
) -> list[CustomerLine]:
    """Return one page of the list: by name after a key (`sort_name`, id), by risk from an offset."""
    query = _narrowed(session, _LINE, narrowed)
    if narrowed.order == "risk":
        left = case((CustomerRow.stage == Stage.FORMER, 1), else_=0)  # who left is no longer at risk of leaving
        query = query.order_by(left, func.coalesce(ContactRow.risk, 0).desc(), CustomerRow.sort_name, CustomerRow.id)
        query = query.offset(offset)
    else:
        query = query.order_by(CustomerRow.sort_name, CustomerRow.id)
        if after is not None:
            query = query.where(
                CustomerRow.sort_name >= after[0],
                (CustomerRow.sort_name > after[0]) | (CustomerRow.id > after[1]),
            )
    return _lines(session, session.execute(query.limit(limit)).all(), now, zone)


def find(session: Session, now: datetime, zone: str, text: str, limit: int | None = None) -> list[CustomerLine]:
    """Return the customers that fit what was typed, by name; all of them without text."""
    query = _narrowed(session, _LINE, Filter(text)).order_by(CustomerRow.sort_name, CustomerRow.id)
    return _lines(session, session.execute(query.limit(limit) if limit else query).all(), now, zone)


def count(session: Session, narrowed: Filter) -> int:
    """Return how many customers fit."""
    query = (
        select(func.count()).select_from(CustomerRow).outerjoin(ContactRow, ContactRow.customer_id == CustomerRow.id)
    )
    return int(session.execute(_narrowed(session, query, narrowed)).scalar_one())


def standing_counts(session: Session) -> tuple[int, int]:
    """Return how many customers there are, former ones not counted, and how many of them are at risk."""
    query = (
        select(func.count(), func.count(case((ContactRow.standing == Standing.AT_RISK, 1))))
        .select_from(CustomerRow)
        .outerjoin(ContactRow, ContactRow.customer_id == CustomerRow.id)
        .where(CustomerRow.stage != Stage.FORMER)
    )
    active, at_risk = session.execute(query).one()
    return int(active), int(at_risk)


def position(session: Session, customer: int) -> int:
    """Return how many customers stand before this one in the whole list by name; 0 when there is no such customer."""
    found = key_of(session, customer)
    if found is None:
        return 0
    name, key = found
    before = (CustomerRow.sort_name < name) | ((CustomerRow.sort_name == name) & (CustomerRow.id < key))
    return int(session.execute(select(func.count()).select_from(CustomerRow).where(before)).scalar_one())


def line(session: Session, key: int, now: datetime, zone: str) -> CustomerLine | None:
    """Return one customer as a line of the list, or None."""
    found = _lines(session, session.execute(_LINE.where(CustomerRow.id == key)).all(), now, zone)
    return found[0] if found else None


def key_of(session: Session, customer: int) -> tuple[str, int] | None:
    """Return the key the page after this customer starts from, None when there is no such customer."""
    name = session.execute(select(CustomerRow.sort_name).where(CustomerRow.id == customer)).scalar_one_or_none()
    return None if name is None else (name, customer)


def _narrowed(session: Session, query: Select[Any], narrowed: Filter) -> Select[Any]:
    if narrowed.text.strip():
        query = query.where(CustomerRow.id.in_(search.customers(session, narrowed.text, 500)))
    query = query.where(CustomerRow.stage == narrowed.stage) if narrowed.stage else query
    if narrowed.standing:
        query = query.where(ContactRow.standing == narrowed.standing)
    if narrowed.route is not None:
        query = query.where(CustomerRow.id.in_(select(StopRow.customer_id).where(StopRow.route_id == narrowed.route)))
    return query


def _lines(session: Session, rows: Sequence[Any], now: datetime, zone: str) -> list[CustomerLine]:
    ids = [row.id for row in rows]
    routes, coming = _routes(session, ids), _next(session, ids)
    return [_line(row, routes.get(row.id, ""), coming.get(row.id), now, zone) for row in rows]


def _line(row: Any, route: str, coming: tuple[str, datetime, str] | None, now: datetime, zone: str) -> CustomerLine:
    last = max((at for at in (row.last_out_at, row.last_in_at) if at is not None), default=None)
    return CustomerLine(
        id=CustomerId(row.id),
        uuid=row.uuid,
        name=row.name,
        company=row.company,
        household=row.household or "",
        email=row.email,
        phone=row.phone,
        route=route,
        stage=row.stage,
        standing=row.standing or "no_history",
        last_contact_days=None if last is None else (local(now, zone).date() - local(last, zone).date()).days,
        last_contact=None if last is None else local(last, zone).isoformat(),
        next=coming[0] if coming else "",
        next_due=local(coming[1], zone).isoformat() if coming else None,
        next_source=coming[2] if coming else "",
    )


def _routes(session: Session, ids: Collection[int]) -> dict[int, str]:
    query = (
        select(StopRow.customer_id, RouteRow.name, RouteRow.weekday, StopRow.position)
        .join(RouteRow, RouteRow.id == StopRow.route_id)
        .where(StopRow.customer_id.in_(ids))
        .order_by(RouteRow.weekday.desc(), StopRow.position.desc())
    )
    return {
        key: f"{WEEKDAYS[weekday] if 0 <= weekday < 7 else name} · {position}"
        for key, name, weekday, position in session.execute(query)
    }


def _next(session: Session, ids: Collection[int]) -> dict[int, tuple[str, datetime, str]]:
    query = (
        select(FollowUpRow.customer_id, FollowUpRow.purpose, PromiseRow.what, FollowUpRow.due, FollowUpRow.source)
        .outerjoin(PromiseRow, PromiseRow.id == FollowUpRow.promise_id)
        .where(FollowUpRow.customer_id.in_(ids), FollowUpRow.state == "open")
        .order_by(FollowUpRow.due.desc(), FollowUpRow.id.desc())
    )
    return {
        key: (what or purpose_label(purpose), due, source) for key, purpose, what, due, source in session.execute(query)
    }


def by_ids(session: Session, ids: Collection[int]) -> list[Found]:
    """Return customers by key with what a search shows of them."""
    query = select(CustomerRow.id, CustomerRow.name, CustomerRow.company, CustomerRow.email)
    return [Found(*row) for row in session.execute(query.where(CustomerRow.id.in_(ids)))]


@dataclass(frozen=True, slots=True)
class Found:
    """A customer as a search shows one."""

    id: int
    name: str
    company: str
    email: str
