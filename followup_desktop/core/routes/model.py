"""Routes, their stops, and a day's visits."""

from __future__ import annotations

from dataclasses import dataclass
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
class StopOfDay:
    """One stop of one day: whom, where, what to know, and what happened ("planned" until something did)."""

    stop: StopId
    route: str
    technician: str
    position: int
    customer: CustomerId
    name: str
    street: str
    phone: str
    access_note: str
    notes: str
    state: str
    event: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """A customer's place on a route."""

    route: str
    weekday: int
    technician: str
    position: int
    every_weeks: int
