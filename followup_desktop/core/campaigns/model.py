"""A campaign: what it says, to whom, over which days; who does not get it and why; and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from followup_desktop.core.consent.rules import Standing
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.segments.model import Conditions

CampaignId = NewType("CampaignId", int)

PURPOSES_OF_CAMPAIGNS = (
    *(Purpose.CONTINUITY, Purpose.RENEWAL, Purpose.USAGE_CHECK_IN, Purpose.CHECK_IN, Purpose.MOMENT_OF_TRUTH),
    *(Purpose.REVIEW_REQUEST, Purpose.REFERRAL_REQUEST),
)
"""What one may write to many about. Each counts for the weekly limit; nothing in a campaign stands outside it."""

CHANNELS = ("email", "text", "call", "card", "in_person")

OPEN_DAYS = 7
"""So long a place stays open after its day, unless said otherwise."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a campaign says in one language."""

    topic: str
    words: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """A campaign about to begin. `topic` is its subject, `words` what it tells, `ask` its one question.

    It is spread over at least `days` days from `starts` on; each place stays open for `open_days` days.
    `template` "" stands for the usual one of the purpose. `other` holds the same words in other languages than the
    business's, by language; who reads one of them gets these.
    """

    topic: str
    segment: str
    conditions: Conditions
    starts: date
    days: int
    words: str = ""
    ask: str = ""
    purpose: Purpose = Purpose.CONTINUITY
    template: str = ""
    open_days: int = OPEN_DAYS
    channels: tuple[str, ...] = ("email",)
    other: Mapping[str, Said] = field(default_factory=dict)

    @property
    def about(self) -> dict[str, str]:
        """What it says, as its places carry it; in another language under “es.words”."""
        usual = {"topic": self.topic, "words": self.words, "ask": self.ask}
        return usual | {
            f"{language}.{name}": text for language, said in self.other.items() for name, text in asdict(said).items()
        }


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member of the segment, with what decides whether and when they may get it. Moments are UTC.

    `engaged_until` is when the last place of theirs in another campaign is due; `requested_at` when they were last
    asked for a review; `last_contact` when we last wrote or rang.
    """

    customer: int
    household: int | None
    stage: str
    standing: Standing
    last_contact: datetime | None = None
    engaged_until: datetime | None = None
    requested_at: datetime | None = None

    @property
    def name(self) -> str:
        """What they are called."""
        return self.standing.name


@dataclass(frozen=True, slots=True)
class Place:
    """Who gets it, and on which day."""

    customer: int
    name: str
    day: date


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Who does not get it, and why, in words."""

    customer: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Pace:
    """How a campaign is spread. `taken` says how much is due each day already, of `capacity` a day (0: any)."""

    starts: date
    days: int
    capacity: int
    taken: Mapping[date, int]
    sundays_off: bool = True


@dataclass(frozen=True, slots=True)
class Outline:
    """What would happen: who gets it when, who does not and why, and what is worth knowing before one begins."""

    places: tuple[Place, ...]
    left_out: tuple[LeftOut, ...]
    advice: str = ""

    @property
    def done_by(self) -> date | None:
        """The last day on which one is due."""
        return max((place.day for place in self.places), default=None)


class State(StrEnum):
    """How a campaign stands."""

    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign has come: every place is in exactly one of these, but `answered` is a part of `sent`."""

    sent: int = 0
    answered: int = 0
    skipped: int = 0
    stopped: int = 0
    lapsed: int = 0
    today: int = 0
    held: int = 0
    coming: int = 0

    @property
    def places(self) -> int:
        """How many get it."""
        return self.sent + self.skipped + self.stopped + self.lapsed + self.today + self.held + self.coming

    @property
    def open(self) -> int:
        """How many are not settled yet."""
        return self.today + self.held + self.coming


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign as it stands. Times are UTC."""

    id: CampaignId
    uuid: str
    topic: str
    words: str
    ask: str
    segment: str
    conditions: Conditions
    purpose: str
    template: str
    starts: date
    days: int
    open_days: int
    started_at: datetime
    stopped_at: datetime | None
    done_by: date | None
    progress: Progress

    @property
    def state(self) -> State:
        """How it stands."""
        if self.stopped_at is not None:
            return State.STOPPED
        return State.RUNNING if self.progress.open else State.DONE


@dataclass(frozen=True, slots=True)
class Recipient:
    """One place of a campaign as it stands: `outcome` in words ("Sent", "Held: …"), `follow_up` where there is one."""

    customer: int
    name: str
    day: date
    follow_up: int | None
    state: str
    outcome: str
    why: str
    answered: bool = False
