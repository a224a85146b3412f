"""Routes, their stops, and a day's visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NewType

from followup_desktop.core.customers.model import CustomerId

RouteId = NewType("RouteId", int)
StopId = NewType("StopId", int)

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


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
    route_id: RouteId = RouteId(0)
    stage: str = ""


@dataclass(frozen=True, slots=True)
class NewStop:
    """A customer about to be put on a route: on the route of that key, or on the weekday's own, made if need be."""

    customer: CustomerId
    weekday: int
    route: int | None = None
    technician: str = ""
    every_weeks: int = 1
    from_day: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A customer's place on a route."""

    route: str
    weekday: int
    technician: str
    position: int
    every_weeks: int


@dataclass(frozen=True, slots=True)
class Coming:
    """The next visit to someone, and who drives it."""

    day: date
    technician: str


Tone = Literal["good", "warning", "danger", "neutral", "accent"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to know before one knocks; with a tone it is a tag, without it plain words."""

    text: str
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """The one question worth asking at a stop, and why this one."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise to them: what, the day it is due, its due moment in words, whether it is late, and when it was kept."""

    what: str
    due: date
    when: str
    late: bool = False
    kept: date | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that went wrong and is not closed: a happening ("complaint", "visit_late", "visit_missed"), its day."""

    kind: str
    what: str
    day: date
    put_right: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Something they said or that was done, with its day."""

    day: date
    text: str = ""
    score: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Doorstep:
    """Everything known that may matter at a door. Days are those of the business."""

    stage: str = ""
    access_note: str = ""
    notes: str = ""
    owed: tuple[Owed, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    wrote: Told | None = None
    """What they wrote that nobody has answered."""
    rated: Told | None = None
    quote: Told | None = None
    """A quote nobody has answered."""
    work: Told | None = None
    """The latest repair or installation."""
    visits: int = 0
    """How often we were there before."""
    asked: date | None = None
    """When they were last asked something, or rated us."""
    referred_by: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A stop with what to know and what to ask."""

    stop: StopOfDay
    know: tuple[Piece, ...] = ()
    ask: Question | None = None


@dataclass(frozen=True, slots=True)
class RouteDay:
    """A day of all routes, in order, and the routes of its weekday."""

    day: date
    today: date
    visits: tuple[Visit, ...]
    routes: tuple[Route, ...]
    weekdays: frozenset[int]
    """The weekdays that have a route."""
