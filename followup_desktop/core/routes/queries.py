"""Reading routes and a day's stops."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from followup_desktop.base.zones import day_bounds
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.history.model import Happening
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.routes.model import Coming, Place, Route, RouteId, StopId, StopOfDay
from followup_desktop.core.routes.rules import is_due, next_day
from followup_desktop.core.routes.tables import RouteRow, StopRow

CLOSES_A_STOP = (Happening.VISIT_DONE, Happening.VISIT_MISSED, Happening.VISIT_LATE)


def routes(session: Session) -> list[Route]:
    """Return the routes in the order of the week, with how many stops each has."""
    query = (
        select(RouteRow.id, RouteRow.name, RouteRow.weekday, RouteRow.technician, func.count(StopRow.id))
        .outerjoin(StopRow, StopRow.route_id == RouteRow.id)
        .group_by(RouteRow.id)
        .order_by(RouteRow.weekday, RouteRow.name)
    )
    return [Route(RouteId(key), name, day, who, stops) for key, name, day, who, stops in session.execute(query)]


def stops_of(session: Session, day: date, zone: str) -> list[StopOfDay]:
    """Return the stops of a day in their order, with what happened at each."""
    query = (
        select(StopRow, RouteRow.technician, RouteRow.name, CustomerRow)
        .join(RouteRow, RouteRow.id == StopRow.route_id)
        .join(CustomerRow, CustomerRow.id == StopRow.customer_id)
        .where(RouteRow.weekday == day.weekday())
        .order_by(RouteRow.name, StopRow.position, StopRow.id)
    )
    happened = _happened(session, day, zone)
    return [
        _stop(stop, technician, route, customer, happened.get(stop.id))
        for stop, technician, route, customer in session.execute(query)
        if is_due(stop.every_weeks, stop.from_day, day)
    ]


def places_of(session: Session, customer: int) -> list[Place]:
    """Return the routes a customer is on, and where, in the order of the week."""
    query = (
        select(RouteRow.name, RouteRow.weekday, RouteRow.technician, StopRow.position, StopRow.every_weeks)
        .join(StopRow, StopRow.route_id == RouteRow.id)
        .where(StopRow.customer_id == customer)
        .order_by(RouteRow.weekday, StopRow.position)
    )
    return [Place(*row) for row in session.execute(query)]


def next_visit(session: Session, customer: int, after: date) -> tuple[date, str] | None:
    """Return the next day a customer is on a route after a day, and who drives it; None without a stop."""
    query = (
        select(StopRow.every_weeks, StopRow.from_day, RouteRow.weekday, RouteRow.technician)
        .join(RouteRow, RouteRow.id == StopRow.route_id)
        .where(StopRow.customer_id == customer)
    )
    days = [(next_day(weekday, weeks, start, after), who) for weeks, start, weekday, who in session.execute(query)]
    return min(days, default=None)


def visits_between(session: Session, customer: int, first: date, last: date) -> list[date]:
    """Return the days from first to last on which a customer is on a route, in their order."""
    query = (
        select(StopRow.every_weeks, StopRow.from_day, RouteRow.weekday)
        .join(RouteRow, RouteRow.id == StopRow.route_id)
        .where(StopRow.customer_id == customer)
    )
    found: set[date] = set()
    for weeks, start, weekday in session.execute(query):
        day = next_day(weekday, weeks, start, first - timedelta(days=1))
        while day <= last:
            found.add(day)
            day = next_day(weekday, weeks, start, day)
    return sorted(found)


def coming(session: Session, days: Sequence[date], zone: str, whose: Any) -> dict[int, Coming]:
    """Return, of the customers a query names, who is visited on one of `days`, the first of them.

    A stop at which something happened on that day already is not counted for it.
    """
    query = (
        select(StopRow.id, StopRow.customer_id, StopRow.every_weeks, StopRow.from_day, RouteRow.weekday,
               RouteRow.technician)
        .join(RouteRow, RouteRow.id == StopRow.route_id)
        .where(RouteRow.weekday.in_([day.weekday() for day in days]), StopRow.customer_id.in_(whose))
        .order_by(StopRow.position, StopRow.id)
    )  # fmt: skip
    stops = list(session.execute(query))
    found: dict[int, Coming] = {}
    for day in days:
        over = _happened(session, day, zone) if stops else {}
        for stop, customer, weeks, start, weekday, who in stops:
            if weekday == day.weekday() and stop not in over and is_due(weeks, start, day):
                found.setdefault(customer, Coming(day, who))
    return found


def _happened(session: Session, day: date, zone: str) -> dict[int, tuple[int, str, str]]:
    start, end = day_bounds(day, zone)
    query = (
        select(EventRow.stop_id, EventRow.id, EventRow.what, EventRow.note)
        .where(EventRow.stop_id.is_not(None), EventRow.at >= start, EventRow.at < end)
        .where(EventRow.what.in_(CLOSES_A_STOP))
        .order_by(EventRow.id)
    )
    return {stop: (key, what, note) for stop, key, what, note in session.execute(query) if stop is not None}


def _stop(
    stop: StopRow, technician: str, route: str, customer: Any, happened: tuple[int, str, str] | None
) -> StopOfDay:
    return StopOfDay(
        stop=StopId(stop.id),
        route=route,
        technician=technician,
        position=stop.position,
        customer=customer.id,
        name=customer.name,
        street=customer.street,
        phone=customer.phone,
        access_note=customer.access_note,
        notes=customer.notes,
        state=happened[1] if happened else "planned",
        event=happened[0] if happened else None,
        route_id=RouteId(stop.route_id),
        stage=customer.stage,
    )
