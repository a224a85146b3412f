"""Where a case stands, and how long things take."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from followup_desktop.core.cases.model import Case, CaseId, CaseState
from followup_desktop.core.cases.rules import CaseGroup, days_between, group_of, median_days
from followup_desktop.core.customers.model import CustomerId

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
OPEN = Case(CaseId(1), CustomerId(1), "Tom Becker", "green water", CaseState.OPEN, NOW, None, None, None)


def ago(days):
    return NOW - timedelta(days=days)


def test_a_case_stays_in_sight_until_a_month_after_it_was_closed():
    assert group_of(replace(OPEN, opened_at=ago(400)), NOW) is CaseGroup.OPEN
    assert group_of(replace(OPEN, state=CaseState.PUT_RIGHT), NOW) is CaseGroup.CHECKING
    assert group_of(replace(OPEN, state=CaseState.CLOSED, closed_at=ago(29)), NOW) is CaseGroup.CLOSED
    assert group_of(replace(OPEN, state=CaseState.CLOSED, closed_at=ago(31)), NOW) is None


def test_days_are_midnights_of_the_business():
    late = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)  # half past eleven in the evening before, there
    assert days_between(late, NOW, "America/New_York") == 1
    assert days_between(late, NOW, "UTC") == 0


def test_the_median_leaves_out_what_is_open_or_long_ago():
    right = [replace(OPEN, opened_at=ago(10), put_right_at=ago(10 - days)) for days in (1, 2, 6)]
    old = replace(OPEN, opened_at=ago(200), put_right_at=ago(100))
    assert median_days([OPEN, old, *right], NOW) == 2
    assert median_days([OPEN, old], NOW) is None
