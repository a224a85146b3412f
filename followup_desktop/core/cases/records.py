"""Writing cases."""

from __future__ import annotations

from datetime import datetime

from followup_desktop.base.errors import Problem
from followup_desktop.core.cases.model import CaseId, CaseState
from followup_desktop.core.cases.tables import CaseRow
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.history import records as history
from followup_desktop.core.history.model import Happening, NewEvent
from followup_desktop.store.store import Work

OPENS_A_CASE = frozenset({Happening.COMPLAINT, Happening.VISIT_MISSED, Happening.VISIT_LATE})


def open_for(work: Work, customer: CustomerId, event: int, what: str, at: datetime) -> CaseId:
    """Open a case for something that went wrong at `at` (UTC)."""
    return CaseId(work.add(CaseRow(customer_id=customer, event_id=event, what=what, opened_at=at)).id)


def put_right(work: Work, case: int, how: str) -> None:
    """Say that a case was put right; its check starts to count from now."""
    row = _case(work, case)
    row.state, row.put_right_at = CaseState.PUT_RIGHT, work.now
    history.note(work, CustomerId(row.customer_id), NewEvent(Happening.CASE_RESOLVED, note=how))


def close(work: Work, case: int) -> None:
    """Say that it held."""
    row = _case(work, case)
    row.state, row.closed_at = CaseState.CLOSED, work.now
    row.put_right_at = row.put_right_at or work.now


def reopen(work: Work, case: int) -> None:
    """Say that it did not hold."""
    row = _case(work, case)
    row.state, row.put_right_at, row.closed_at, row.after = CaseState.OPEN, None, None, ""


def decide(work: Work, case: int, decision: str) -> None:
    """Keep what the owner said becomes of what waited for the case."""
    _case(work, case).after = decision


def _case(work: Work, case: int) -> CaseRow:
    row = work.session.get(CaseRow, case)
    if row is None:
        raise Problem(f"There is no case {case}.", "Nothing was changed.", "Look the number up on the Recovery page.")
    return row
