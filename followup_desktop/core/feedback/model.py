"""What customers tell us: answers to questions, themes, reviews, and the talks of a month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.history.model import EventId, Happening


class Scale(StrEnum):
    """How an answer is measured: from 1 to 5, from 0 to 10, or in words alone."""

    CSAT = "csat"
    NPS = "nps"
    WORDS = "words"


HAPPENINGS: Mapping[Scale, Happening] = MappingProxyType(
    {Scale.CSAT: Happening.RATING, Scale.NPS: Happening.NPS, Scale.WORDS: Happening.FEEDBACK}
)
"""What stands in the history for an answer on each scale."""

BOUNDS: Mapping[Scale, tuple[int, int]] = MappingProxyType({Scale.CSAT: (1, 5), Scale.NPS: (0, 10)})
"""The least and the most of each scale that has numbers."""


class Mood(StrEnum):
    """What an answer says of how content they are."""

    UNHAPPY = "unhappy"
    LUKEWARM = "lukewarm"
    HAPPY = "happy"


class How(StrEnum):
    """By which way an answer came."""

    LINK = "link"
    MAIL = "mail"
    CALL = "call"
    TEXT = "text"
    IN_PERSON = "in_person"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer about to be written down; `at` None means now. `follow_up` is what asked, `message` what brought it."""

    scale: Scale
    score: int | None = None
    text: str = ""
    how: How = How.OTHER
    at: datetime | None = None
    by: str = ""
    follow_up: int | None = None
    message: int | None = None
    from_address: str = ""
    words: str | None = None
    """What they said themselves, where `text` holds more than that."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a customer told us. Times are UTC; `answered_at` is our first word to them after it.

    `rested_at` is when the owner said that it needs no answer, `dealt_with_at` when the thing itself was done.
    """

    id: EventId
    customer: CustomerId
    name: str
    scale: Scale
    score: int | None
    text: str
    how: str
    at: datetime
    answered_at: datetime | None
    rested_at: datetime | None
    dealt_with_at: datetime | None
    from_address: str = ""

    @property
    def waits(self) -> bool:
        """Whether it has no answer from us yet."""
        return self.answered_at is None and self.rested_at is None


@dataclass(frozen=True, slots=True)
class Reference:
    """What the subject of an answer by link says: the score as it stands there, its scale, the question, its seal."""

    score: str
    scale: Scale
    follow_up: int
    seal: str


class Verdict(StrEnum):
    """What becomes of a link that came back."""

    COUNTED = "counted"
    FORGED = "forged"
    EXPIRED = "expired"
    TWICE = "twice"
    OUT_OF_SCALE = "out_of_scale"
    SOMEBODY_ELSE = "somebody_else"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked: to whom, when (UTC), and what was answered to it already."""

    follow_up: int
    uuid: str
    customer: int
    scale: Scale
    at: datetime
    answered: int | None = None
    answered_at: datetime | None = None


ThemeId = NewType("ThemeId", int)


@dataclass(frozen=True, slots=True)
class Theme:
    """What comes up again, and the words that mean it. One that ships has a `key` and may have no row yet."""

    key: str
    name: str
    words: tuple[str, ...]
    own: bool = False


class Movement(StrEnum):
    """Whether a theme comes up more often than before; only said where the numbers support it (K6)."""

    GROWING = "growing"
    SHRINKING = "shrinking"
    NO_CHANGE = "no_change"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a customer: an answer, a complaint, a review. `key` tells it from every other."""

    key: str
    on: date
    text: str
    customer: int | None
    name: str
    kind: str
    answered: bool


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """How often a theme came up, per month from the first to the last asked for, and how many of them we answered."""

    theme: Theme
    months: tuple[int, ...]
    total: int
    answered: int
    movement: Movement
    sayings: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeProposal:
    """Words that come up in several texts and belong to no theme yet."""

    words: str
    times: int
    example: str


@dataclass(frozen=True, slots=True)
class Themes:
    """Everything about themes: the months counted, each theme with its counts, and what might become one."""

    months: tuple[date, ...]
    counts: tuple[ThemeCount, ...]
    proposals: tuple[ThemeProposal, ...]
    texts: int
    without: int


ReviewId = NewType("ReviewId", int)


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review as a file or a pasted text says it."""

    author: str
    on: date | None
    rating: int | None
    text: str
    site: str = ""


@dataclass(frozen=True, slots=True)
class RowTrouble:
    """A row that could not be read, and why."""

    row: int
    what: str
    value: str


@dataclass(frozen=True, slots=True)
class ReviewReading:
    """What a file of reviews holds: the reviews, which column is which, and what could not be read."""

    reviews: tuple[ReviewLine, ...]
    columns: Mapping[str, str]
    problems: tuple[RowTrouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A review in the store. `proposed` are customers who may have written it, going by the name alone."""

    id: ReviewId
    site: str
    author: str
    on: date | None
    rating: int | None
    text: str
    customer: int | None
    customer_name: str
    answer: str
    answered_at: datetime | None
    proposed: tuple[tuple[int, str], ...] = ()


class TalkKind(StrEnum):
    """Which of the three a talk is with."""

    HAPPY = "happy"
    LUKEWARM = "lukewarm"
    QUIET = "quiet"


class TalkState(StrEnum):
    """Where a proposed talk stands."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might be asked for a longer talk: what they answered last, and how long they have been quiet."""

    customer: int
    mood: Mood | None
    words: str
    last: date | None
    talked: date | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A longer talk proposed for a month, with why them, what to ask, and what was noted."""

    id: int
    month: date
    customer: int
    name: str
    kind: TalkKind
    why: str
    state: TalkState
    notes: str
    questions: tuple[str, ...]
