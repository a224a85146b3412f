"""Journeys and their touchpoints, as read from the journey files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from followup_desktop.core.contactpoints.model import PURPOSES, Purpose

HAPPENINGS = frozenset(
    {
        "visit_done", "visit_missed", "visit_late", "booking", "quote_sent", "quote_won", "quote_lost", "purchase",
        "inquiry", "complaint", "rating", "call", "referral", "note", "message_out", "message_in", "reply",
        "case_resolved", "opted_out", "bounced", "left",
    }
)  # fmt: skip
"""Everything that can happen to a customer, start a journey or end one of its follow-ups."""

VISIT_KINDS = frozenset({"routine", "first", "repair", "installation", "extra"})

CHANNELS = frozenset({"email", "text", "call", "card", "in_person"})

STAGES = frozenset({"lead", "quoted", "new", "regular", "advocate", "paused", "former"})

QUESTIONS = frozenset({"csat", "nps"})


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
    """What starts a journey: a happening, and what must be true of it."""

    happening: str
    where: Where = Where()

    def fits(self, happening: str, *, visit: str | None = None, rating: int | None = None) -> bool:
        """Whether what happened starts the journey."""
        return happening == self.happening and self.where.fits(visit=visit, rating=rating)


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """One planned contact of a journey.

    `offset` and `closes_after` both count from the event, `opens_before` counts back from the due time.
    With `at`, the due time is that clock time (in the customer's zone) on the day the offset leads to; without, it is
    the event's own time plus the offset. Without `closes_after` it stays until settled.
    A larger `priority` leads where one customer has several. `transactional` None means: as the purpose is.
    Happenings in `restarts_on`, where they follow the event, set the clock anew: the offset counts from them.
    `leads_to` names the happenings that carrying it out brings about.
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

    @property
    def is_transactional(self) -> bool:
        """Whether it stands outside the weekly limit."""
        return PURPOSES[self.purpose].transactional if self.transactional is None else self.transactional


@dataclass(frozen=True, slots=True)
class Journey:
    """Something happens, and planned touchpoints follow. `key` is the file's name without its ending."""

    key: str
    name: str
    objective: str
    trigger: Trigger
    source: Source
    stages: tuple[str, ...]
    touchpoints: tuple[Touchpoint, ...]
    version: int = 1
    on_at_start: bool = True


@dataclass(frozen=True, slots=True)
class JourneyProblem:
    """What is wrong in a journey file, and where in it, in words."""

    file: str
    where: str
    text: str

    def sentence(self) -> str:
        """Return it as one line for a list of problems."""
        return f"{self.file}, {self.where}: {self.text}" if self.where else f"{self.file}: {self.text}"
