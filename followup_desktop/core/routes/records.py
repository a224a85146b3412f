"""Writing routes and stops."""

from __future__ import annotations

from sqlalchemy import func, select

from followup_desktop.core.routes.tables import RouteRow, StopRow
from followup_desktop.store.store import Work


def route_on(work: Work, weekday: int, name: str, technician: str = "") -> int:
    """Return the route of that name and weekday, making it where there is none."""
    query = select(RouteRow.id).where(RouteRow.weekday == weekday, RouteRow.name == name)
    found = work.session.scalars(query).first()
    return found or work.add(RouteRow(name=name, weekday=weekday, technician=technician)).id


def place(work: Work, route: int, customer: int, position: int | None = None, every_weeks: int = 1) -> int:
    """Put a customer on a route, last unless a place is given."""
    if position is None:
        last = select(func.coalesce(func.max(StopRow.position), 0)).where(StopRow.route_id == route)
        position = int(work.session.execute(last).scalar_one()) + 1
    return work.add(
        StopRow(route_id=route, customer_id=customer, position=position, every_weeks=every_weeks, from_day=None)
    ).id


def take_off(work: Work, customer: int) -> None:
    """Take a customer off every route."""
    for row in work.session.scalars(select(StopRow).where(StopRow.customer_id == customer)):
        work.session.delete(row)
