"""What planning goes by: the journeys that are on, the business, and how far it looks. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from followup_desktop.base.zones import Quiet
from followup_desktop.core.journeys.model import (
    ALWAYS_STOPS,
    ANSWERS_TO,
    QUESTION_GAPS,
    STOP_GROUPS,
    Journey,
    Moment,
    Trigger,
)
from followup_desktop.core.journeys.rules.known import Known, Span
from followup_desktop.core.journeys.rules.moments import next_moment
from followup_desktop.core.journeys.rules.planner import INVITED_STOPS, not_for_them
from followup_desktop.core.operators.model import Business

HORIZON = timedelta(days=75)
"""How far back an event can still ask for something; older open follow-ups are kept in line as well."""

AHEAD = timedelta(days=35)
"""How far ahead moments that come round with time are planned: the 30 days of a preview, and some."""


@dataclass(frozen=True)
class Plan:
    """What planning goes by: the journeys that are on, and the business."""

    journeys: Sequence[Journey]
    business: Business

    @property
    def quiet(self) -> Quiet:
        """The business's quiet hours."""
        b = self.business
        return Quiet(b.quiet_from, b.quiet_until, b.quiet_sundays)

    def span(self, now: datetime, ahead: timedelta = AHEAD) -> Span:
        """Return the stretch of time that is planned for as seen from `now` (UTC)."""
        return Span(now - HORIZON, now, now + ahead)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Every kind of event that starts, ends or restarts something."""
        found = {j.trigger.happening for j in self.journeys} | INVITED_STOPS | ALWAYS_STOPS
        for journey in self.journeys:
            for t in journey.touchpoints:
                found |= t.stops_on | t.restarts_on
                found |= {ANSWERS_TO[t.question]} if t.question else set()
        return frozenset(found).union(*(STOP_GROUPS.get(word, ()) for word in found))

    @cached_property
    def offsets(self) -> Mapping[tuple[str, str], timedelta]:
        """How long after its start each touchpoint is due, by journey and touchpoint."""
        return {(j.key, t.key): t.offset for j in self.journeys for t in j.touchpoints}

    @cached_property
    def questions(self) -> Mapping[tuple[str, str], str]:
        """Which touchpoints ask a question, by journey and touchpoint."""
        return {(j.key, t.key): t.question for j in self.journeys for t in j.touchpoints if t.question}

    @cached_property
    def remembers(self) -> Mapping[str, timedelta]:
        """Journeys for which it counts when a customer heard from us by them, and for how long."""
        gaps: dict[str, timedelta] = {j.key: j.not_within for j in self.journeys if j.not_within}
        for (journey, _), question in self.questions.items():
            gaps[journey] = max(gaps.get(journey, timedelta()), QUESTION_GAPS[question])
        for journey in (j.key for j in self.journeys if any(t.follows for t in j.touchpoints)):
            gaps[journey] = max(gaps.get(journey, timedelta()), 2 * HORIZON)
        return gaps

    @cached_property
    def moments(self) -> frozenset[Moment]:
        """Which moments start a journey."""
        return frozenset(j.trigger.moment for j in self.journeys if j.trigger.moment)

    @property
    def needs_visits(self) -> bool:
        """Whether it counts when a customer was visited first, and what for."""
        by_visits = {Moment.FIRST_VISIT_ANNIVERSARY, Moment.REGULARLY, Moment.QUIET_TOO_LONG}
        return bool(self.moments & by_visits) or any(
            j.only_if.had_visit or j.only_if.never_had_visit for j in self.journeys
        )

    @property
    def needs_talks(self) -> bool:
        """Whether it counts when we talked."""
        return Moment.QUIET_TOO_LONG in self.moments

    @property
    def needs_belongings(self) -> bool:
        """Whether it counts what customers own and have agreed."""
        about = {Moment.RENEWAL_COMING, Moment.WARRANTY_ENDING, Moment.SERVICE_DUE}
        return bool(self.moments & about) or any(
            j.only_if.owns or j.only_if.agreement is not None for j in self.journeys
        )

    @property
    def needs_clocks(self) -> bool:
        """Whether it counts until when offers may be written."""
        return Moment.CONSENT_ENDING in self.moments

    @property
    def needs_routes(self) -> bool:
        """Whether it counts which route a customer is on."""
        return any(j.only_if.route for j in self.journeys)

    def again_at(self, known: Known, after: datetime) -> datetime | None:
        """Return when, after a moment, time alone next asks for something of a customer (UTC); None if never."""
        return next_moment(self._triggers(known), known, after) if self.moments else None

    def _triggers(self, known: Known) -> list[Trigger]:
        return [j.trigger for j in self.journeys if j.trigger.moment and not not_for_them(j.only_if, known)]
