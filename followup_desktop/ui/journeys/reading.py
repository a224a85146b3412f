"""What the Journeys page asks the store."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from followup_desktop.commands.library import Library
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.cases.model import CaseState
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.drafts.model import Template
from followup_desktop.core.journeys import queries
from followup_desktop.core.journeys.model import Journey, JourneyProblem, Standing
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

    @cached_property
    def off(self) -> frozenset[str]:
        """The keys of the journeys that are off."""
        return frozenset(each.key for each in self.standings if not each.on)

    @cached_property
    def journeys(self) -> tuple[Journey, ...]:
        """Every journey there is."""
        return tuple(each.journey for each in self.standings)

    def standing(self, key: str) -> Standing | None:
        """Return one journey by its key."""
        return next((each for each in self.standings if each.key == key), None)


def journeys_view(session: Session, library: Library) -> JourneysView:
    """Return what the store knows of journeys."""
    business = operators.business(session)
    shipped = library.shipped(business.trade)
    return JourneysView(
        standings=library.standings(session, business.trade, history=True),
        problems=shipped.problems,
        templates=shipped.templates,
        language=business.language,
        people=customers.stages(session),
        open_cases=sum(case.state is CaseState.OPEN for case in cases.cases(session)),
        waiting=queries.open_counts(session),
    )
