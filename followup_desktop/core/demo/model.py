"""The words of the demo: what it is made of, and one invented customer's life with the business.

Everything here is written once by the generator and then read; times are UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any, TypeAlias

from followup_desktop.core.customers.model import Person
from followup_desktop.core.equipment.model import AgreementEntry, EquipmentEntry
from followup_desktop.core.journeys.model import Wanted

Told: TypeAlias = Mapping[str, Any]
"""A table of the demo's files, as written there."""

CURRENCY = "USD"
"""What prices of the demo are in."""

_NOTHING: Mapping[str, str] = MappingProxyType({})


def _nothing() -> Mapping[str, str]:
    return _NOTHING


@dataclass(frozen=True, slots=True)
class Work:
    """Something repaired, fitted, sold, quoted, booked or asked about. `what` stands after "the"."""

    what: str
    price: tuple[int, int] = (0, 0)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """One day's route: its name, its weekday (0 is Monday) and who drives it."""

    name: str
    weekday: int
    technician: str


@dataclass(frozen=True, slots=True)
class Letters:
    """Words for one template: subject and text, and the months they are sent in (all, when empty)."""

    subject: str
    text: str
    months: frozenset[int]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Replies:
    """What customers write back to one purpose; `won` is the share of answers that are a yes, where one decides."""

    texts: tuple[str, ...]
    lost: tuple[str, ...]
    won: float
    answer: str = ""
    """What is answered to a yes."""


@dataclass(frozen=True, slots=True)
class Material:
    """Everything the demo's files hold."""

    business: Told
    rounds: tuple[Round, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    companies: tuple[str, ...]
    mail_at: tuple[str, ...]
    left: tuple[str, ...]
    streets: tuple[str, ...]
    notes: Told
    works: Mapping[str, tuple[Work, ...]]
    letters: Mapping[str, tuple[Letters, ...]]
    replies: Mapping[str, Replies]
    ratings: Mapping[str, Mapping[int, tuple[str, ...]]]
    complaints: tuple[Told, ...]
    questions: tuple[Told, ...]
    promises: tuple[Told, ...]
    calls: Mapping[str, tuple[str, ...]]
    skips: tuple[str, ...]
    people: tuple[Told, ...]

    @property
    def zone(self) -> str:
        """The zone the business is in."""
        return str(self.business["zone"])


@dataclass(slots=True, eq=False)
class Letter:
    """One message, to the customer or from them."""

    at: datetime
    subject: str
    text: str
    out: bool = True
    purpose: str = ""
    template: str = ""
    counts: bool = False
    answers: Letter | None = None
    key: int = 0


@dataclass(slots=True, eq=False)
class Entry:
    """One line of a customer's history. `told` keeps what later letters need to know of it."""

    what: str
    at: datetime
    visit: str = ""
    note: str = ""
    about: str = ""
    by: str = ""
    amount: int | None = None
    rating: int | None = None
    counts: bool = False
    purpose: str = ""
    letter: Letter | None = None
    at_stop: bool = False
    told: Mapping[str, str] = field(default_factory=_nothing)
    key: int = 0
    moment: str = ""
    """Of a moment that came round with time: its key. It is no line of the history."""


@dataclass(slots=True, eq=False)
class Vow:
    """One promise; `due_time` None is the end of the day."""

    what: str
    made_at: datetime
    due_date: date
    due_time: time | None
    due: datetime
    state: str = "open"
    settled_at: datetime | None = None
    key: int = 0


@dataclass(slots=True, eq=False)
class Wrong:
    """One case: what went wrong, and when it was put right and closed."""

    entry: Entry
    what: str
    state: str = "open"
    put_right_at: datetime | None = None
    closed_at: datetime | None = None
    key: int = 0


@dataclass(slots=True, eq=False)
class Settled:
    """How a follow-up ended, where the owner ended it."""

    outcome: str
    at: datetime
    why: str = ""
    letter: Letter | None = None
    covered_by: Plan | None = None


Plan: TypeAlias = tuple[str, str, "Entry | Vow"]
"""What a follow-up comes from: journey, touchpoint, and the entry or promise that asked for it."""


@dataclass(slots=True, eq=False)
class Extra:
    """A follow-up no journey asked for: the owner chose to write. Ended where a letter or call is given."""

    purpose: str
    at: datetime
    source: str = "ad_hoc"
    due: datetime | None = None
    settled: Settled | None = None


@dataclass(slots=True, eq=False)
class Place:
    """Where a customer stands on the routes: which one (by its number), at about which minute, how often.

    `position` is given to people of the file; the others follow one another by their time.
    """

    route: int
    minute: int
    weeks: int
    from_day: date
    position: int | None = None
    key: int = 0


@dataclass(slots=True, eq=False)
class Life:
    """One invented customer, and everything that happened with them."""

    person: Person
    known_since: datetime
    household: str = ""
    place: Place | None = None
    refuses: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    suppressed: str = ""
    owns: list[EquipmentEntry] = field(default_factory=list)
    agreements: list[AgreementEntry] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    vows: list[Vow] = field(default_factory=list)
    wrongs: list[Wrong] = field(default_factory=list)
    settled: dict[Plan, Settled] = field(default_factory=dict)
    extras: list[Extra] = field(default_factory=list)
    key: int = 0
    first_equipment: int = 0
    first_agreement: int = 0
    """The keys of the first of what they own and have agreed."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A follow-up as the store keeps it: what the planner asks for, and how it ended, if it did."""

    wanted: Wanted
    state: str = "open"
    outcome: str = ""
    why: str = ""
    ended_at: datetime | None = None
    message: int | None = None
    covered_by: str = ""
    """The key of the follow-up whose message covered this one."""
