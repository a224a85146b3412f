"""What the Journeys page asks the store."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from followup_desktop.commands.door import JOURNEYS_OFF
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.cases.model import CaseState
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.journeys import queries
from followup_desktop.core.operators import queries as operators


@dataclass(frozen=True, slots=True)
class JourneysView:
    """Which journeys are off, how many people stand in each stage, and how much is on the list."""

    off: frozenset[str]
    language: str
    people: dict[str, int]
    open_cases: int
    waiting: dict[str, int]


def journeys_view(session: Session) -> JourneysView:
    """Return what the store knows of journeys."""
    kept = operators.settings(session)
    return JourneysView(
        off=frozenset(kept.get(JOURNEYS_OFF, ())),
        language=operators.business_from(kept).language,
        people=customers.stages(session),
        open_cases=sum(case.state is CaseState.OPEN for case in cases.cases(session)),
        waiting=queries.open_counts(session),
    )
