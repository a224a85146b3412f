"""What Today shows: cards, what is held back, and who we wait for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from followup_desktop.core.cases.model import Case
from followup_desktop.core.consent.model import Clock, Consent
from followup_desktop.core.customers.model import Customer
from followup_desktop.core.equipment.model import Agreement, Equipment
from followup_desktop.core.history.model import Event
from followup_desktop.core.journeys.model import FollowUp
from followup_desktop.core.messages.model import Letter, Sender
from followup_desktop.core.operators.model import Business, Operator
from followup_desktop.core.promises.model import Promise
from followup_desktop.core.risk.model import Risk
from followup_desktop.core.routes.model import Place


class Group(StrEnum):
    """The groups of the queue, in their order."""

    PROMISED = "promised"
    PUT_RIGHT = "put_right"
    ANSWER = "answer"
    CLOSING = "closing"
    REST = "rest"


GROUP_LABELS: dict[Group, str] = {
    Group.PROMISED: "You promised",
    Group.PUT_RIGHT: "Put right",
    Group.ANSWER: "Answers waiting for you",
    Group.CLOSING: "Closing soon",
    Group.REST: "This week",
}


@dataclass(frozen=True, slots=True)
class Due:
    """A follow-up that is open today, with what the queue needs of its customer. Times are UTC."""

    id: int
    customer: int
    name: str
    household: str
    household_id: int | None
    source: str
    journey: str
    touchpoint: str
    purpose: str
    channels: tuple[str, ...]
    transactional: bool
    priority: int
    opens: datetime
    due: datetime
    closes: datetime | None
    why_here: str
    removed_by: str
    message: int | None
    email: str
    phone: str
    street: str
    zone: str
    last_counted_at: datetime | None
    risk: int
    prefers: str = ""
    case: int | None = None
    """The case it is about: its letters, its check, and what was promised to put it right."""


@dataclass(frozen=True, slots=True)
class CardItem:
    """One follow-up on a card."""

    id: int
    source: str
    purpose: str
    touchpoint: str
    due: datetime
    leads: bool
    why_here: str
    customer: int = 0
    name: str = ""
    """Whom it is about, where that is another of the household than the card's customer."""
    case: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What Today shows for one customer. Times are UTC."""

    customer: int
    name: str
    household: str
    group: Group
    due: datetime
    closes: datetime | None
    channel: str
    why_here: str
    why_now: str
    removed_by: str
    note: str
    urgent: bool
    items: tuple[CardItem, ...]
    holds: str = ""
    """What an open case holds back meanwhile, in a sentence."""

    @property
    def leading(self) -> CardItem:
        """The follow-up that gives purpose and template."""
        return self.items[0]


@dataclass(frozen=True, slots=True)
class Held:
    """A follow-up held back, and why."""

    customer: int
    name: str
    follow_up: int
    reason: str
    reason_text: str
    until: date | None = None
    """The day it comes back by itself, where that is known."""


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A follow-up that was not done before it closed; `closed` is UTC."""

    customer: int
    name: str
    follow_up: int
    purpose: str
    closed: datetime
    why_here: str


@dataclass(frozen=True, slots=True)
class Waited:
    """What waited while a case was open, under one roof, of which the owner has to say what becomes of it."""

    case: int
    customer: int
    name: str
    household: str
    what: str
    put_right_at: datetime
    follow_ups: tuple[int, ...]
    whys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """One follow-up of the coming days: `state` is "planned", "open", "held", "stopped" or another outcome. UTC."""

    customer: int
    source: str
    journey: str
    touchpoint: str
    purpose: str
    channel: str
    opens: datetime
    due: datetime
    closes: datetime | None
    state: str
    reason_text: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message of ours without an answer yet; `since` is UTC."""

    customer: int
    name: str
    message: int
    since: datetime
    days: int = 0
    """Whole days gone by without an answer."""
    overdue: bool = False
    """Whether it is time to ask again, or let it rest."""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that is not put right yet: it stays in sight until it is, however long. `opened_at` is UTC."""

    case: int
    customer: int
    name: str
    what: str
    opened_at: datetime
    days: int


@dataclass(frozen=True, slots=True)
class Queue:
    """One day's queue."""

    day: date
    cards: tuple[Card, ...]
    held: tuple[Held, ...]
    waiting: tuple[Waiting, ...]
    lapsed: tuple[Lapsed, ...] = ()
    """What lapsed in the last week, the latest first."""
    after_cases: tuple[Waited, ...] = ()
    """Cases put right whose household waits for a word from the owner."""
    seconds_a_card: int = 40
    """The owner's own pace."""
    open_cases: tuple[OpenCase, ...] = ()
    """Every case that is not put right yet, the oldest first."""


class BackKind(StrEnum):
    """What became of something while the owner was away, in the order of the return screen."""

    PROMISED = "promised"
    WOULD_HAVE_GONE = "would_have_gone"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class BackItem:
    """A follow-up that fell due while the owner was away. Times are UTC."""

    id: int
    customer: int
    name: str
    kind: BackKind
    purpose: str
    due: datetime
    closes: datetime | None
    why_here: str


@dataclass(frozen=True, slots=True)
class Back:
    """What the owner comes back to; `since` is UTC, `off` the days that were marked.

    `came` is when they came back (UTC), None until that was noted.
    """

    since: datetime
    came: datetime | None
    days: int
    off: tuple[date, date] | None
    items: tuple[BackItem, ...]


class Move(StrEnum):
    """What a next step does when it is taken."""

    PROMISE = "promise"
    CASE = "case"
    FOLLOW_UP = "follow_up"
    CALL = "call"
    WRITE = "write"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next best thing to do for one customer, in words; `key` is the promise, case or follow-up concerned."""

    text: str
    move: Move = Move.NONE
    key: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """Everything the window shows of one customer. Times are UTC; the history is newest first."""

    customer: Customer
    business: Business
    places: tuple[Place, ...]
    household: tuple[Customer, ...]
    """Who else lives there."""
    risk: Risk
    next_step: NextStep
    history: tuple[Event, ...]
    consents: tuple[Consent, ...]
    suppressed: bool
    """Whether their email address is on the list of those nothing may go to."""
    follow_ups: tuple[FollowUp, ...]
    promises: tuple[Promise, ...]
    cases: tuple[Case, ...]
    """Only what is open, of these three."""
    letters: tuple[Letter, ...] = ()
    """The mail both ways, in threads."""
    clock: Clock | None = None
    """Until when offers may be written to them, where a law names a period."""
    law: str = ""
    """Their own rules of contact, where they have any."""
    operators: tuple[Operator, ...] = ()
    """Everyone who uses the program."""
    operator: int | None = None
    """Who looks after this customer."""
    senders: tuple[Sender, ...] = ()
    """As whom they can be written to."""
    sender: Sender | None = None
    """As whom they are."""
    equipment: tuple[Equipment, ...] = ()
    agreements: tuple[Agreement, ...] = ()

    @property
    def zone(self) -> str:
        """The customer's time zone, or the business's."""
        return self.customer.person.zone or self.business.zone
