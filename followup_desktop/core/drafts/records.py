"""Keeping the owner's templates, and what they changed in a draft."""

from __future__ import annotations

from sqlalchemy import func, select

from followup_desktop.core.drafts.model import Place
from followup_desktop.core.drafts.rules.days import day_words
from followup_desktop.core.drafts.tables import DraftRow, TemplateRow
from followup_desktop.store.store import Work


def keep(work: Work, follow_up: int, subject: str, text: str) -> None:
    """Keep a draft as the owner left it."""
    row = work.session.get(DraftRow, follow_up)
    if row is None:
        work.session.add(DraftRow(follow_up_id=follow_up, subject=subject, text=text, at=work.now))
    else:
        if day_words(text) != day_words(row.text):  # else it still says “tomorrow” of the day it was first kept
            row.at = work.now
        row.subject, row.text = subject, text
    work.session.flush()


def forget(work: Work, follow_up: int) -> None:
    """Let go of the owner's changes: the message went, or a fresh draft is wanted."""
    row = work.session.get(DraftRow, follow_up)
    if row is not None:
        work.session.delete(row)


def add_version(work: Work, place: Place, text: str | None) -> int:
    """Keep another version of a template and return its number; without a text, the shipped one counts again."""
    of_place = (
        TemplateRow.key == place.key,
        TemplateRow.channel == place.channel,
        TemplateRow.language == place.language,
        TemplateRow.segment == place.segment,
    )
    version = 1 + (work.session.scalar(select(func.max(TemplateRow.version)).where(*of_place)) or 0)
    work.add(
        TemplateRow(
            key=place.key,
            channel=place.channel,
            language=place.language,
            segment=place.segment,
            version=version,
            at=work.now,
            text=text,
        )
    )
    return version
