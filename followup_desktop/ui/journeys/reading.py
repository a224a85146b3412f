"""What the Journeys page asks the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy.orm import Session

from followup_desktop.base.wording import exact_words
from followup_desktop.commands.library import Library
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.cases.model import CaseState
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.drafts import queries as drafts
from followup_desktop.core.drafts.model import Template
from followup_desktop.core.insights.rules.months import span_of
from followup_desktop.core.journeys import queries
from followup_desktop.core.journeys.model import Journey, JourneyProblem, Standing
from followup_desktop.core.journeys.queries import Changing
from followup_desktop.core.journeys.rules.difference import differences
from followup_desktop.core.journeys.rules.loading import read_journey
from followup_desktop.core.journeys.rules.plan import Plan
from followup_desktop.core.journeys.rules.preview import Outlook, Rehearsed
from followup_desktop.core.journeys.rules.proposals import Proposals, propose
from followup_desktop.core.journeys.rules.wording import in_trade
from followup_desktop.core.journeys.rules.writing import journey_text
from followup_desktop.core.operators import queries as operators


@dataclass(frozen=True)
class JourneysView:
    """Every journey as it counts, how many people stand in each stage, and how much is on the list."""

    standings: tuple[Standing, ...]
    problems: tuple[JourneyProblem, ...]
    templates: tuple[Template, ...]
    language: str
    people: dict[str, int]
    open_cases: int
    waiting: dict[str, int]
    proposals: Proposals
    words: Mapping[str, str]
    """The words of the trade."""
    zone: str
    now: datetime

    @cached_property
    def off(self) -> frozenset[str]:
        """The keys of the journeys that are off."""
        return frozenset(each.key for each in self.standings if not each.on)

    @cached_property
    def journeys(self) -> tuple[Journey, ...]:
        """Every journey there is."""
        return tuple(each.journey for each in self.standings)

    def said(self, text: str) -> str:
        """Return a sentence of ours in the words of the trade."""
        return in_trade(text, self.words)

    def standing(self, key: str) -> Standing | None:
        """Return one journey by its key."""
        return next((each for each in self.standings if each.key == key), None)


def journeys_view(session: Session, library: Library, now: datetime) -> JourneysView:
    """Return what the store knows of journeys."""
    business = operators.business(session)
    shipped = library.shipped(business.trade)
    there = library.standings(session, business.trade, history=True)
    return JourneysView(
        standings=there,
        problems=shipped.problems,
        templates=tuple(drafts.templates_now(session, shipped.templates)),
        language=business.language,
        people=customers.stages(session),
        open_cases=sum(case.state is CaseState.OPEN for case in cases.cases(session)),
        waiting=queries.open_counts(session),
        proposals=propose(there, queries.signs(session, [each.journey for each in there], now), now),
        words=shipped.pack.words,
        zone=business.zone,
        now=now,
    )


@dataclass(frozen=True, slots=True)
class Edited:
    """What keeping an edited journey would do: what is wrong with it, what is different, and the coming 30 days.

    `outlook` is None where something is wrong, or where the journey is off. `limit` is how many a day are wanted, or 0.
    """

    journey: Journey
    problems: tuple[JourneyProblem, ...]
    differences: tuple[str, ...]
    outlook: Outlook | None
    names: dict[int, str]
    zone: str
    limit: int = 0


def read_edited(
    session: Session, journey: Journey, library: Library, now: datetime, step: Callable[[int, int], None]
) -> Edited:
    """Return what keeping an edited journey would do."""
    business = operators.business(session)
    there = {each.key: each for each in library.standings(session, business.trade)}
    journeys = [each.journey for each in there.values()]
    keys = library.shipped(business.trade).template_keys
    found, problems = read_journey(journey.key, journey_text(journey), journeys, keys)
    standing = there.get(journey.key)
    said = tuple(differences(standing.journey, journey)) if standing is not None else ()
    limit = int(getattr(business, "daily_capacity", 0) or 0)
    if found is None or standing is None or not standing.on:
        return Edited(journey, tuple(problems), said, None, {}, business.zone, limit)
    plan = Plan([each.journey for each in there.values() if each.on], business)
    outlook = queries.outlook(session, Changing(standing.journey, found, plan), now, step)
    names = queries.names(session, {change.customer for change in outlook.changes[:MOST_NAMED]})
    return Edited(journey, (), said, outlook, names, business.zone, limit)


MOST_NAMED = 60
"""So many changes are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Who would have got what of a journey for what happened in a month."""

    journey: Journey
    month: date
    contacts: tuple[Rehearsed, ...]
    names: dict[int, str]
    zone: str


def read_rehearsal(session: Session, journey: Journey, month: date, step: Callable[[int, int], None]) -> Rehearsal:
    """Return who would have got what of a journey for what happened in a month."""
    business = operators.business(session)
    span = span_of(month, business.zone)
    found = queries.rehearse(session, journey, Plan([], business), (span.start, span.end), step)
    names = queries.names(session, {each.customer for each in found[:MOST_NAMED]})
    return Rehearsal(journey, month, tuple(found), names, business.zone)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version as the list shows it; `number` None is the shipped one. `current` counts now."""

    number: int | None
    title: str
    note: str
    lines: tuple[str, ...]
    current: bool


MOST_VERSIONS = 30


def version_lines(standing: Standing, library: Library, zone: str) -> list[VersionLine]:
    """Return the versions of a journey, the newest first, each with what it does otherwise than the one that counts."""
    found: list[VersionLine] = []
    for version in standing.versions[:MOST_VERSIONS]:
        journey = library.own(version.journey, version.text)[0] if version.text is not None else None
        if journey is not None:
            title = f"Version {version.number}"
            note = ", ".join(part for part in (exact_words(version.at, zone), version.by, version.note) if part)
            current = standing.is_own and version == standing.versions[0]
            lines = () if current else tuple(differences(standing.journey, journey))
            found.append(VersionLine(version.number, title, note, lines, current))
    if standing.shipped is not None:
        lines = tuple(differences(standing.journey, standing.shipped)) if standing.is_own else ()
        found.append(
            VersionLine(None, "As it came", "The version that ships with the program", lines, not standing.is_own)
        )
    return found
