"""Routes, their stops, and a day's visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NewType

from followup_desktop.core.customers.model import CustomerId

RouteId = NewType("RouteId", int)
StopId = NewType("StopId", int)

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Route:
    """A day of the week and who drives it; `weekday` 0 is Monday."""

    id: RouteId
    name: str
    weekday: int
    technician: str
    stops: int


@dataclass(frozen=True, slots=True)
class DayStop:
    """One stop of one day: whom, what to know, what happened."""

    stop: StopId
    position: int
    customer: CustomerId
    name: str
    street: str
    know: tuple[str, ...]
    ask: str
    ask_why: str
    state: str
    event: int | None


@dataclass(frozen=True, slots=True)
class RouteDay:
    """A day of a route, in order."""

    day: date
    route: Route | None
    stops: tuple[DayStop, ...]
