"""The words of a month's figures: ratios, durations, scores, changes that hold, and what they suggest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from followup_desktop.base.money import Money
from followup_desktop.core.cases.model import Goodwill

SMALL = 10
"""Below this many, a figure is shown as a count and never called a change (K6)."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """Some of all: "47 of 49"."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """The part as a fraction of the whole; None where there was nothing to count."""
        return self.part / self.whole if self.whole else None

    @property
    def missing(self) -> int:
        """How many of the whole are not in the part."""
        return self.whole - self.part


@dataclass(frozen=True, slots=True)
class Duration:
    """Days something took: the median of `cases`, and the longest."""

    median: float
    longest: float
    cases: int


@dataclass(frozen=True, slots=True)
class Score:
    """Ratings: the share of 4 and 5, and the mean beside it."""

    satisfied: Ratio
    mean: float


@dataclass(frozen=True, slots=True)
class Count:
    """A plain number of things."""

    number: int


Value: TypeAlias = Ratio | Duration | Score | Count | Money


class Change(StrEnum):
    """What the numbers allow to be said about this month against the last (K6)."""

    UP = "up"
    DOWN = "down"
    NONE = "no real change"
    FEW = "too few"


class FigureKey(StrEnum):
    """The figures of a month, in the order they are shown."""

    PROMISES = "promises"
    ANSWERED = "answered"
    REACHED = "reached"
    SATISFIED = "satisfied"
    PUT_RIGHT = "put_right"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the month beside the same of the month before."""

    key: FigureKey
    label: str
    value: Value | None
    before: Value | None
    change: Change
    note: str = ""

    @property
    def is_better(self) -> bool | None:
        """Whether a real change is a good one; None where there is no real change."""
        if self.change not in (Change.UP, Change.DOWN):
            return None
        wanted = Change.DOWN if self.key is FigureKey.PUT_RIGHT else Change.UP
        return self.change is wanted


@dataclass(frozen=True, slots=True)
class FigureWords:
    """A figure as it is read: its name, the large text, and the line below it."""

    label: str
    headline: str
    under: str


@dataclass(frozen=True, slots=True)
class PurposeCount:
    """Messages of one purpose sent in a month, and what came back.

    `read` is the lower bound that returned receipts give; `asks` is False for messages that expect no answer
    (a confirmation), which are counted but never blamed for silence; `unhappy` counts answers that complained.
    """

    purpose: str
    label: str
    sent: int
    answered: int
    read: int = 0
    unhappy: int = 0
    asks: bool = True


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in one month of the business's own calendar."""

    month: date
    promises_due: int = 0
    promises_on_time: int = 0
    messages_sent: int = 0
    messages_answered: int = 0
    by_purpose: tuple[PurposeCount, ...] = ()
    events_to_reach: int = 0
    events_reached: int = 0
    ratings: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    """How many rated 1, 2, 3, 4 and 5."""
    nps: tuple[int, ...] = (0,) * 11
    """How many answered 0 to 10."""
    case_days: tuple[float, ...] = ()
    """Days from complaint to put right, of each case put right in the month."""
    customers_start: int = 0
    customers_left: int = 0
    left_because: tuple[str, ...] = ()
    """One reason for each customer who left and gave one."""
    money: tuple[Money, ...] = ()
    """What was bought, one amount per currency."""


@dataclass(frozen=True, slots=True)
class AnswerBar:
    """One purpose and how many of its messages were answered."""

    purpose: str
    label: str
    answered: int
    sent: int


@dataclass(frozen=True, slots=True)
class Theme:
    """What came up, how often, and how often we answered it."""

    name: str
    times: int
    answered: int


@dataclass(frozen=True, slots=True)
class Nps:
    """Promoters (9-10), passives (7-8) and detractors (0-6) of a month."""

    promoters: int = 0
    passives: int = 0
    detractors: int = 0

    @property
    def answers(self) -> int:
        """How many answered."""
        return self.promoters + self.passives + self.detractors

    @property
    def score(self) -> int | None:
        """The net promoter score, -100 to 100; None without answers."""
        if not self.answers:
            return None
        return round(100 * (self.promoters - self.detractors) / self.answers)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The answer rate of one month."""

    month: date
    ratio: Ratio


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A customer who may leave, why in words, and what they are worth."""

    customer_id: int
    name: str
    reasons: tuple[str, ...]
    worth: str = ""


class Cause(StrEnum):
    """Why a kind of message does not work (K7)."""

    IGNORED = "ignored"
    UNCLEAR = "read, not answered"
    BADLY_RECEIVED = "answered badly"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A purpose whose messages do not work, what is seen, and what to try."""

    purpose: str
    label: str
    cause: Cause
    seen: str
    advice: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A change decided last month, whether it was made, and what shows it."""

    text: str
    is_done: bool
    evidence: str = ""


Cell: TypeAlias = str | int | float | bool | date | datetime | Ratio | Money | None


@dataclass(frozen=True, slots=True)
class Table:
    """Records behind a figure (X14). `key` is the figure's key, so that the figure can lead here."""

    key: str
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    customers: tuple[int | None, ...] = ()
    """Whose record each row is, so that a row can lead to its customer; empty where rows are nobody's."""


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """Everything a month's page and report show."""

    month: date
    """The first day of the month."""
    business: str
    owner: str
    made: date
    """The day, in the business's zone, on which the figures were counted."""
    figures: tuple[Figure, ...] = ()
    bars: tuple[AnswerBar, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    ratings: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    nps: Nps = Nps()
    nps_before: Nps = Nps()
    trend: tuple[TrendPoint, ...] = ()
    themes: tuple[Theme, ...] = ()
    money: tuple[Money, ...] = ()
    money_before: tuple[Money, ...] = ()
    given: tuple[Goodwill, ...] = ()
    """What was given to make things right, by cause and route."""
    given_before: tuple[Goodwill, ...] = ()
    at_risk: tuple[AtRisk, ...] = ()
    at_risk_total: int = 0
    """How many are at risk in all; the list itself is never longer than ten."""
    changes_next: tuple[str, ...] = ()
    checked: tuple[Checked, ...] = ()
    tables: tuple[Table, ...] = ()
    is_demo: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened in the month; having customers is no happening."""
        happened = [figure.value for figure in self.figures if figure.key is not FigureKey.KEPT]
        return not any(happened) and not self.nps.answers and not self.money and not self.given

    @property
    def is_running(self) -> bool:
        """Whether the month was not over when it was counted."""
        return (self.made.year, self.made.month) <= (self.month.year, self.month.month)
