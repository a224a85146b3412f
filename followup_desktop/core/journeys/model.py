"""Journeys and their touchpoints, as read from the journey files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.customers.model import Stage
from followup_desktop.core.history.model import Happening, VisitKind

HAPPENINGS = frozenset({*map(str, Happening), "reply"})
"""Everything that can start a journey or end one of its follow-ups; a reply is a message that answers one of ours."""


class Moment(StrEnum):
    """What comes round with time alone, without anything happening: it starts a journey as a happening does."""

    RENEWAL_COMING = "renewal_coming"
    WARRANTY_ENDING = "warranty_ending"
    SERVICE_DUE = "service_due"
    QUIET_TOO_LONG = "quiet_too_long"
    FIRST_VISIT_ANNIVERSARY = "first_visit_anniversary"
    SEASON = "season"
    REGULARLY = "regularly"
    CONSENT_ENDING = "consent_ending"


MOMENTS = frozenset(map(str, Moment))

RUNS_OUT = frozenset({Moment.RENEWAL_COMING, Moment.WARRANTY_ENDING, Moment.SERVICE_DUE, Moment.CONSENT_ENDING})
"""Moments that lie before a day on which something ends; `before` says how long before."""

STOP_GROUPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "reply": frozenset({Happening.MESSAGE_IN}),
        "answer": frozenset(
            {
                *(Happening.MESSAGE_IN, Happening.RATING, Happening.NPS, Happening.FEEDBACK),
                *(Happening.CALL, Happening.IN_PERSON),
            }
        ),
        "inbound": frozenset(
            {
                *(Happening.MESSAGE_IN, Happening.RATING, Happening.NPS, Happening.FEEDBACK, Happening.INQUIRY),
                *(Happening.COMPLAINT, Happening.REFERRAL, Happening.BOOKING, Happening.PURCHASE),
                *(Happening.QUOTE_WON, Happening.QUOTE_LOST, Happening.CALL, Happening.IN_PERSON),
            }
        ),
    }
)
"""Words that mean several happenings: an answer by any channel; any real contact that comes from them."""

STOPS = HAPPENINGS | frozenset(STOP_GROUPS)
"""Everything that can end a follow-up or set its clock anew."""

ALWAYS_STOPS = frozenset({Happening.TOLD_TO_STOP})
"""The owner's word ends whatever it is said of; no file has to name it."""

QUESTION_GAPS: Mapping[str, timedelta] = MappingProxyType({"csat": timedelta(days=45), "nps": timedelta(days=180)})
"""So long nobody is asked the same question again, whatever journey asks it."""

VISIT_KINDS = frozenset(map(str, VisitKind))

CHANNELS = frozenset({"email", "text", "call", "card", "in_person"})

STAGES = frozenset(map(str, Stage))

QUESTIONS = frozenset(QUESTION_GAPS)
ANSWERS_TO: Mapping[str, Happening] = MappingProxyType({"csat": Happening.RATING, "nps": Happening.NPS})
"""What happens when a question is answered, by whatever way."""


class Source(StrEnum):
    """On whose account a journey's follow-ups stand: a plan, something to put right, or someone who waits for us."""

    JOURNEY = "journey"
    CASE = "case"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Where:
    """What must be true of the happening; an empty condition fits everything."""

    visit: frozenset[str] = frozenset()
    rating_at_least: int | None = None
    rating_at_most: int | None = None

    def fits(self, *, visit: str | None = None, rating: int | None = None) -> bool:
        """Whether a happening with this kind of visit and this rating is meant."""
        if self.visit and visit not in self.visit:
            return False
        if self.rating_at_least is None and self.rating_at_most is None:
            return True
        if rating is None:
            return False
        return (self.rating_at_least is None or rating >= self.rating_at_least) and (
            self.rating_at_most is None or rating <= self.rating_at_most
        )


@dataclass(frozen=True, slots=True)
class Trigger:
    """What starts a journey: a happening and what must be true of it, or a moment that comes round.

    `before` is how long before the end the moments of `RUNS_OUT` come, `after` how long it is quiet where a customer's
    own rhythm is not known, `on` (month, day) when a season begins, `every` how often `regularly` is.
    """

    happening: str
    where: Where = Where()
    before: timedelta = timedelta(days=30)
    after: timedelta = timedelta(days=60)
    on: tuple[int, int] = (1, 1)
    every: timedelta = timedelta(days=180)

    @property
    def moment(self) -> Moment | None:
        """The moment that starts it, or None where something has to happen."""
        return Moment(self.happening) if self.happening in MOMENTS else None

    def fits(self, happening: str, *, visit: str | None = None, rating: int | None = None) -> bool:
        """Whether what happened starts the journey."""
        return happening == self.happening and self.where.fits(visit=visit, rating=rating)


@dataclass(frozen=True, slots=True)
class OnlyIf:
    """What must be true of the customer; an empty condition fits everyone. It counts as things stand today.

    `owns` and `route` are compared without regard to capitals; of `owns`, one word of what they own is enough.
    """

    stage: frozenset[str] = frozenset()
    route: frozenset[str] = frozenset()
    had_visit: frozenset[str] = frozenset()
    never_had_visit: frozenset[str] = frozenset()
    owns: frozenset[str] = frozenset()
    agreement: bool | None = None
    no_open_case: bool = False


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """One planned contact of a journey.

    `offset` and `closes_after` both count from the event, `opens_before` counts back from the due time.
    With `at`, the due time is that clock time (in the customer's zone) on the day the offset leads to; without, it is
    the event's own time plus the offset. Without `closes_after` it stays until settled.
    A larger `priority` leads where one customer has several. `transactional` None means: as the purpose is.
    Happenings in `restarts_on`, where they follow the event, set the clock anew: the offset counts from them.
    `stops_on` are the touchpoint's own, or those of the journey where it has none.
    `leads_to` names the happenings that carrying it out brings about.
    One that `follows` another touchpoint counts from when they heard from us by that one, and never comes if they did
    not.
    """

    key: str
    name: str
    purpose: Purpose
    template: str
    offset: timedelta
    at: time | None = None
    opens_before: timedelta = timedelta()
    closes_after: timedelta | None = None
    channels: tuple[str, ...] = ("email",)
    transactional: bool | None = None
    priority: int = 50
    question: str | None = None
    stops_on: frozenset[str] = frozenset()
    restarts_on: frozenset[str] = frozenset()
    leads_to: frozenset[str] = frozenset()
    follows: str = ""

    @property
    def is_transactional(self) -> bool:
        """Whether it stands outside the weekly limit."""
        return PURPOSES[self.purpose].transactional if self.transactional is None else self.transactional


@dataclass(frozen=True, slots=True)
class Journey:
    """Something happens, and planned touchpoints follow. `key` is the file's name without its ending.

    Whoever heard from us by this journey does not start it again before `not_within` has gone by.
    """

    key: str
    name: str
    objective: str
    trigger: Trigger
    source: Source
    stages: tuple[str, ...]
    touchpoints: tuple[Touchpoint, ...]
    version: int = 1
    on_at_start: bool = True
    only_if: OnlyIf = OnlyIf()
    not_within: timedelta | None = None

    @property
    def is_owed(self) -> bool:
        """Whether it only does what every business owes: confirm, answer, put right, ask when the law wants an answer.

        It is not a matter of capacity.
        """
        if self.trigger.moment is Moment.CONSENT_ENDING:
            return True
        return self.source is not Source.JOURNEY or all(each.is_transactional for each in self.touchpoints)


@dataclass(frozen=True, slots=True)
class JourneyProblem:
    """What is wrong in a journey file, and where in it, in words."""

    file: str
    where: str
    text: str

    def sentence(self) -> str:
        """Return it as one line for a list of problems."""
        return f"{self.file}, {self.where}: {self.text}" if self.where else f"{self.file}: {self.text}"


FollowUpId = NewType("FollowUpId", int)


class FollowUpSource(StrEnum):
    """Who asked for a follow-up."""

    JOURNEY = "journey"
    PROMISE = "promise"
    CASE = "case"
    ANSWER = "answer"
    CAMPAIGN = "campaign"
    AD_HOC = "ad_hoc"


NEVER_LAPSE = (FollowUpSource.PROMISE, FollowUpSource.CASE)
"""Sources whose follow-ups stay until they are settled."""


class Outcome(StrEnum):
    """How a follow-up ended; exactly one each."""

    SENT = "sent"
    CALLED = "done_call"
    TEXTED = "done_text"
    CARD = "done_card"
    IN_PERSON = "done_in_person"
    COVERED = "covered"
    SKIPPED = "skipped"
    STOPPED = "stopped"
    LAPSED = "lapsed"


HEARD = (
    *(Outcome.SENT, Outcome.CALLED, Outcome.TEXTED, Outcome.CARD, Outcome.IN_PERSON),
    Outcome.COVERED,
)
"""Outcomes by which a customer heard from us."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A follow-up that should exist, with why it is here and what would remove it. Times are UTC.

    `started` is when happened, or came round, what a journey's follow-up comes from. `stopped` says why it ended.
    """

    customer: int
    key: str
    source: str
    journey: str
    touchpoint: str
    purpose: str
    template: str
    channels: tuple[str, ...]
    transactional: bool
    priority: int
    opens: datetime
    due: datetime
    closes: datetime | None
    why_here: str
    removed_by: str
    event: int | None = None
    promise: int | None = None
    case: int | None = None
    invited: int | None = None
    stopped: str = ""
    question: str = ""
    started: datetime | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """One customer's place in a campaign: the owner has decided to write, this says when and about what. Times are UTC.

    `at` is when the campaign began: what happens to the customer from then on can end it. `about` is what the campaign
    says ("topic", "words", "ask"). `stopped` says why nothing comes of it, where the owner stopped the campaign.
    """

    id: int
    customer: int
    campaign: int
    at: datetime
    opens: datetime
    due: datetime
    closes: datetime
    purpose: str
    template: str
    channels: tuple[str, ...]
    about: Mapping[str, str]
    why_here: str
    stopped: str = ""


LATE_PROMISE = "late"
"""How the key of a follow-up begins with which a customer is told that a promise will be late."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One follow-up as it stands. Times are UTC."""

    id: FollowUpId
    uuid: str
    customer: int
    key: str
    source: str
    journey: str
    touchpoint: str
    purpose: str
    template: str
    channels: tuple[str, ...]
    transactional: bool
    opens: datetime
    due: datetime
    closes: datetime | None
    later_until: datetime | None
    state: str
    outcome: str
    why_here: str
    removed_by: str
    event: int | None
    promise: int | None
    case: int | None
    message: int | None
    invited: int | None = None
    operator: int | None = None
    question: str = ""

    @property
    def late_promise(self) -> int | None:
        """Return the promise a customer is told of that it will be late; telling does not keep it."""
        kind, _, rest = self.key.partition("/")
        number = rest.partition("/")[0]
        return int(number) if kind == LATE_PROMISE and number.isdecimal() else None


OTHER_TRADE = "other"
"""The trade without a pack: what ships for every trade, as it stands."""

TRADE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "visit": "visit",
        "visits": "visits",
        "repair": "repair",
        "installation": "installation",
        "technician": "technician",
        "customer": "customer",
        "customers": "customers",
        "place": "place",
    }
)
"""Words a trade may have its own for, each as it stands after “a” or “the”, and what they are without a pack."""


@dataclass(frozen=True, slots=True)
class Pack:
    """What a trade brings of its own: its words, which journeys begin switched on, and which it has no use for.

    `on_at_start` None means: as each journey's file says.
    """

    key: str
    name: str
    words: Mapping[str, str]
    on_at_start: frozenset[str] | None = None
    leaves_out: frozenset[str] = frozenset()

    def begins_on(self, journey: Journey) -> bool:
        """Whether a new owner begins with this journey switched on."""
        if journey.is_owed:
            return True
        return journey.on_at_start if self.on_at_start is None else journey.key in self.on_at_start


@dataclass(frozen=True, slots=True)
class JourneyVersion:
    """One of the owner's versions of a journey. Without a text, the shipped one counts again from then on.

    `basis` is the version of the shipped file that was known when it was made; 0 where none ships. `at` is UTC.
    """

    journey: str
    number: int
    at: datetime
    by: str
    text: str | None
    note: str = ""
    basis: int = 0


@dataclass(frozen=True, slots=True)
class JourneyChoice:
    """What the owner decided of a journey: on or off, since when; or that it need not be proposed again. UTC."""

    journey: str
    on: bool | None
    since: datetime | None
    put_aside: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A journey as it counts now: switched on or not, since when, and what it came from.

    `versions` are the owner's, the newest first. `trouble` says why the owner's version does not count, where it
    cannot be read; the shipped one counts then, or nothing.
    """

    journey: Journey
    on: bool
    shipped: Journey | None
    versions: tuple[JourneyVersion, ...] = ()
    since: datetime | None = None
    put_aside: datetime | None = None
    trouble: str = ""

    @property
    def key(self) -> str:
        """The journey's key."""
        return self.journey.key

    @property
    def is_own(self) -> bool:
        """Whether the owner's version counts."""
        return bool(self.versions) and self.versions[0].text is not None and not self.trouble

    @property
    def is_always_on(self) -> bool:
        """Whether it cannot be switched off: somebody wrote, and waits."""
        return self.journey.source is Source.ANSWER

    @property
    def is_newer_shipped(self) -> bool:
        """Whether the program brought a newer version since the owner made theirs."""
        return self.is_own and self.shipped is not None and self.shipped.version > self.versions[0].basis
