"""What the Recovery page asks the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from followup_desktop.base.resources import resource
from followup_desktop.core.cases import queries
from followup_desktop.core.cases.model import Case, CauseCount, Given, Step, Whole
from followup_desktop.core.cases.rules import MEASURED, Words, counted, group_of, median_days, words_for
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.drafts.model import Advice, Fact, Facts
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
    all_cases: tuple[Case, ...] = ()
    """Those closed long ago as well: causes are counted over them."""
    counts: tuple[CauseCount, ...] = ()
    """Causes over the last 90 days, the most frequent first."""
    given: tuple[Given, ...] = ()
    """What was given to make things right, the latest first."""
    causes: tuple[str, ...] = ()
    """The causes one may choose from, counted lately or not."""

    def count(self, name: str) -> CauseCount:
        """Return the count of a cause, nought where there was no case of it lately."""
        return next((each for each in self.counts if each.name == name), CauseCount(name, 0, 0, None))


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
    whole: Whole
    words: dict[Step, Words]
    """Words to use at each step, in the customer's language."""
    causes: tuple[str, ...]
    currency: str
    language: str
    region: str
    customer_language: str
    assured: tuple[Promise, ...] = ()
    """What was promised to put it right, settled or not."""


def recovery_view(session: Session, now: datetime) -> RecoveryView:
    """Return the cases that are open, being checked, or closed lately."""
    found = queries.cases(session, closed=True)
    return RecoveryView(
        now=now,
        zone=operators.business(session).zone,
        cases=tuple(case for case in found if group_of(case, now) is not None),
        median_days=median_days(found, now),
        all_cases=tuple(found),
        counts=tuple(counted(found, now - MEASURED)),
        given=tuple(queries.given(session)),
        causes=tuple(queries.causes(session)),
    )


def case_view(session: Session, key: int) -> CaseView | None:
    """Return one case with what happened since, what comes next and what is promised; None when it is gone."""
    whole = queries.whole(session, key)
    if whole is None:
        return None
    case, business = whole.case, operators.business(session)
    customer = customers.customer(session, case.customer)
    language = customer.person.language or business.language
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
        whole=whole,
        words=words_for(resource("recovery/words.toml").read_text("utf-8"), language),
        causes=tuple(queries.causes(session)),
        currency=business.currency,
        language=business.language,
        region=business.region,
        customer_language=language,
        assured=tuple(found for key in whole.promises if (found := promises.promise(session, key)) is not None),
    )


APOLOGY_MEASURES = ("names_what_happened", "no_excuses", "no_pressure")
"""What the coach looks at in the sentence that says sorry; the rest is for the whole letter."""


def advice_on_apology(words: str, case: CaseView) -> list[Advice]:
    """Say what the coach thinks of the words of an apology; nothing of an empty line."""
    if not words.strip():
        return []
    from followup_desktop.core.drafts.rules.coach import advise  # many patterns, and only once somebody says sorry

    facts = Facts.of([Fact("complaint.what", case.case.what, "The case")])
    given = advise(words, "", facts, Purpose.APOLOGY, case.customer_language)
    return [advice for advice in given if advice.kind in APOLOGY_MEASURES]
