"""Where a case stands, and how long things take to be put right. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from followup_desktop.base.zones import local_day
from followup_desktop.core.cases.model import Case, CaseState

LATELY = timedelta(days=30)
MEASURED = timedelta(days=90)
"""How far back the time to put things right is looked at."""
CHECK_DAYS = 14
"""So many days after it was put right, they are asked whether it held."""


class CaseGroup(StrEnum):
    """The groups of the Recovery page, in their order."""

    OPEN = "open"
    CHECKING = "checking"
    CLOSED = "closed"


def group_of(case: Case, now: datetime) -> CaseGroup | None:
    """Return where a case stands on the page; None for one that was closed long ago."""
    if case.state is CaseState.OPEN:
        return CaseGroup.OPEN
    if case.state is CaseState.PUT_RIGHT:
        return CaseGroup.CHECKING
    return CaseGroup.CLOSED if case.closed_at is not None and now - case.closed_at <= LATELY else None


def days_between(start: datetime, end: datetime, zone: str) -> int:
    """Return how many midnights of `zone` lie between two moments."""
    return (local_day(end, zone) - local_day(start, zone)).days


def median_days(cases: Iterable[Case], now: datetime) -> float | None:
    """Return the median of days from opening to putting right, over what was opened lately; None without any."""
    spans = [
        (case.put_right_at - case.opened_at) / timedelta(days=1)
        for case in cases
        if case.put_right_at is not None and now - case.opened_at <= MEASURED
    ]
    return median(spans) if spans else None
