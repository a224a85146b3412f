"""Commands about routes: who is on them, and in which order."""

from __future__ import annotations

from followup_desktop.base.errors import Problem
from followup_desktop.commands.door import command
from followup_desktop.core.customers import records as customers
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.routes import records
from followup_desktop.core.routes.model import WEEKDAY_NAMES, NewStop, StopId
from followup_desktop.store.store import Work


@command("route.add_stop", says="Put on the route")
def add_stop(work: Work, new: NewStop) -> StopId:
    """Put a customer at the end of a route; the weekday's first route is made where there is none."""
    row = customers.get(work, new.customer)
    weekday = WEEKDAY_NAMES[new.weekday]
    route = new.route or records.first_route(work, new.weekday)
    if route is None:
        route = records.route_on(work, new.weekday, f"{weekday} route", new.technician)
    if records.is_on(work, route, new.customer):
        raise Problem(f"{row.name} is on this route already.", "Nothing was changed.", "Choose somebody else.")
    made = records.place(work, route, new.customer, every_weeks=new.every_weeks, from_day=new.from_day)
    work.says = f"{row.name} is on the {weekday} route"
    return StopId(made)


@command("route.remove_stop", says="Taken off the route")
def remove_stop(work: Work, stop: int) -> None:
    """Take a stop off its route; what happened at it stays in the history."""
    row = records.stop(work, stop)
    work.says = f"{customers.get(work, CustomerId(row.customer_id)).name} is off the route"
    work.session.delete(row)


@command("route.move_stop", says="Route reordered")
def move_stop(work: Work, stop: int, past: int) -> None:
    """Drive to a stop before, or after, another one of its route: it takes that one's place."""
    row = records.move(work, stop, past)
    work.says = f"Moved {customers.get(work, CustomerId(row.customer_id)).name}"
