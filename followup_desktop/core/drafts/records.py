"""Keeping what the owner changed in a draft."""

from __future__ import annotations

from followup_desktop.core.drafts.tables import DraftRow
from followup_desktop.store.store import Work


def keep(work: Work, follow_up: int, subject: str, text: str) -> None:
    """Keep a draft as the owner left it."""
    row = work.session.get(DraftRow, follow_up)
    if row is None:
        work.session.add(DraftRow(follow_up_id=follow_up, subject=subject, text=text, at=work.now))
    else:
        row.subject, row.text, row.at = subject, text, work.now
    work.session.flush()


def forget(work: Work, follow_up: int) -> None:
    """Let go of the owner's changes: the message went, or a fresh draft is wanted."""
    row = work.session.get(DraftRow, follow_up)
    if row is not None:
        work.session.delete(row)
