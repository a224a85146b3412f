"""Everything about one customer that planning looks at, and the stretch of time it plans for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from followup_desktop.core.equipment.model import Belongings
from followup_desktop.core.history.model import Event
from followup_desktop.core.journeys.model import Invited
from followup_desktop.core.promises.model import Promise

NOTHING = Belongings()


@dataclass(frozen=True, slots=True)
class Done:
    """A follow-up of a journey by which a customer heard from us, and what it asked. `at` is UTC."""

    journey: str
    touchpoint: str
    occurrence: str
    at: datetime
    question: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything about one customer that planning looks at."""

    customer: int
    zone: str
    events: tuple[Event, ...] = ()
    promises: tuple[Promise, ...] = ()
    cases: tuple[tuple[int, int], ...] = ()
    """Pairs of (event, case): which event opened which case."""
    closed: frozenset[int] = frozenset()
    """Events whose case is closed."""
    invited: tuple[Invited, ...] = ()
    """Their places in campaigns."""
    stage: str = ""
    """Where they stand, or "" where that is not asked for."""
    routes: frozenset[str] = frozenset()
    """The routes they are on, in small letters."""
    visits: frozenset[str] = frozenset()
    """The kinds of visit they ever had."""
    first_visit: date | None = None
    since: date | None = None
    """Since when they are a customer, as far as is known."""
    talks: tuple[datetime, ...] = ()
    """Every word between them and us, either way, oldest first (UTC)."""
    belongings: Belongings = NOTHING
    done: tuple[Done, ...] = ()
    """How they heard from us by journeys that keep a distance, or ask a question."""
    open_case: bool = False
    offers_end: date | None = None
    """The day from which the law lets us write no offers any more, where one does."""


@dataclass(frozen=True, slots=True)
class Span:
    """What time planning looks at: moments that come after `since` and until `until`, as seen from `now`. UTC."""

    since: datetime
    now: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What starts a journey for one customer, once: something that happened, or a moment that came round.

    `key` is the same whenever it is worked out again. `words` say what it is. `event` is None for a moment.
    """

    key: str
    at: datetime
    words: str
    event: Event | None = None
