"""What the Recovery page asks the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from followup_desktop.core.cases import queries
from followup_desktop.core.cases.model import Case
from followup_desktop.core.cases.rules import group_of, median_days
from followup_desktop.core.history import queries as history
from followup_desktop.core.history.model import Event
from followup_desktop.core.journeys import queries as journeys
from followup_desktop.core.journeys.model import FollowUp
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.promises import queries as promises
from followup_desktop.core.promises.model import Promise, PromiseState

MOST = 40
"""How much of the history is looked through for what belongs to a case."""


@dataclass(frozen=True, slots=True)
class RecoveryView:
    """Every case in sight; `now` is UTC, `zone` the business's."""

    now: datetime
    zone: str
    cases: tuple[Case, ...]
    median_days: float | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case whole."""

    case: Case
    opened_by: Event | None
    events: tuple[Event, ...]
    """What happened since, the newest first."""
    next: FollowUp | None
    """What is planned for it, the soonest."""
    promises: tuple[Promise, ...]
    """What is still promised to them."""


def recovery_view(session: Session, now: datetime) -> RecoveryView:
    """Return the cases that are open, being checked, or closed lately."""
    found = queries.cases(session, closed=True)
    return RecoveryView(
        now=now,
        zone=operators.business(session).zone,
        cases=tuple(case for case in found if group_of(case, now) is not None),
        median_days=median_days(found, now),
    )


def case_view(session: Session, key: int) -> CaseView | None:
    """Return one case with what happened since, what comes next and what is promised; None when it is gone."""
    case = queries.case(session, key)
    if case is None:
        return None
    opened_by = history.event(session, case.event) if case.event is not None else None
    since = opened_by.at if opened_by is not None else case.opened_at
    events = [event for event in history.history(session, case.customer, MOST) if event.at >= since]
    owed = promises.of_customers(session, [int(case.customer)])
    return CaseView(
        case=case,
        opened_by=opened_by,
        events=tuple(events),
        next=next(iter(journeys.open_for_case(session, key)), None),
        promises=tuple(promise for promise in owed if promise.state is PromiseState.OPEN),
    )
