"""Writing routes and stops."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from followup_desktop.base.errors import Problem
from followup_desktop.core.routes.tables import RouteRow, StopRow
from followup_desktop.store.store import Work


def route_on(work: Work, weekday: int, name: str, technician: str = "") -> int:
    """Return the route of that name and weekday, making it where there is none."""
    query = select(RouteRow.id).where(RouteRow.weekday == weekday, RouteRow.name == name)
    found = work.session.scalars(query).first()
    return found or work.add(RouteRow(name=name, weekday=weekday, technician=technician)).id


def place(
    work: Work,
    route: int,
    customer: int,
    position: int | None = None,
    every_weeks: int = 1,
    from_day: date | None = None,
) -> int:
    """Put a customer on a route, last unless a place is given."""
    if position is None:
        last = select(func.coalesce(func.max(StopRow.position), 0)).where(StopRow.route_id == route)
        position = int(work.session.execute(last).scalar_one()) + 1
    return work.add(
        StopRow(route_id=route, customer_id=customer, position=position, every_weeks=every_weeks, from_day=from_day)
    ).id


def take_off(work: Work, customer: int) -> None:
    """Take a customer off every route."""
    for row in work.session.scalars(select(StopRow).where(StopRow.customer_id == customer)):
        work.session.delete(row)


def first_route(work: Work, weekday: int) -> int | None:
    """Return the first route of a weekday by name, or None."""
    query = select(RouteRow.id).where(RouteRow.weekday == weekday).order_by(RouteRow.name)
    return work.session.scalars(query).first()


def is_on(work: Work, route: int, customer: int) -> bool:
    """Whether a customer is on a route already."""
    query = select(StopRow.id).where(StopRow.route_id == route, StopRow.customer_id == customer)
    return work.session.scalars(query).first() is not None


def stop(work: Work, key: int) -> StopRow:
    """Return a stop's row; raises Problem when it is gone."""
    row = work.session.get(StopRow, key)
    if row is None:
        raise Problem("This stop is no longer on the route.", "Nothing was changed.", "Look at the route again.")
    return row


def move(work: Work, key: int, past: int) -> StopRow:
    """Put a stop on the other side of another one of its route, and number the route anew."""
    row, other = stop(work, key), stop(work, past)
    if row.route_id != other.route_id:
        raise Problem("These two are not on the same route.", "Nothing was changed.", "Move it within its route.")
    query = select(StopRow).where(StopRow.route_id == row.route_id).order_by(StopRow.position, StopRow.id)
    order = list(work.session.scalars(query))
    goal = order.index(other)
    order.remove(row)
    order.insert(goal, row)
    for position, each in enumerate(order, 1):
        if each.position != position:
            each.position = position
    return row
