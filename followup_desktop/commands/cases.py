"""Commands about cases."""

from __future__ import annotations

from followup_desktop.commands.door import command
from followup_desktop.core.cases import records
from followup_desktop.store.store import Work


@command("case.put_right", says="Marked as put right")
def put_right(work: Work, case: int, how: str = "") -> None:
    """Say that a case was put right, and how."""
    records.put_right(work, case, how)


@command("case.close", says="Case closed")
def close_case(work: Work, case: int) -> None:
    """Say that it held."""
    records.close(work, case)


@command("case.reopen", says="Case reopened")
def reopen_case(work: Work, case: int) -> None:
    """Say that it did not hold."""
    records.reopen(work, case)
