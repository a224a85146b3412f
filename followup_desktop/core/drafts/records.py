"""Keeping the owner's templates, what they changed in a draft, told for it, and enclose."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from followup_desktop.base.errors import Problem
from followup_desktop.core.drafts.model import Enclosure, Place
from followup_desktop.core.drafts.rules.days import day_words
from followup_desktop.core.drafts.tables import (
    DraftEnclosureRow,
    DraftRow,
    EnclosureRow,
    PhraseChangeRow,
    PhraseRefusalRow,
    TemplateEnclosureRow,
    TemplateRow,
    ToldFactRow,
)
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
    query = select(func.max(TemplateRow.version)).filter_by(**_place(place))
    version = 1 + (work.session.scalar(query) or 0)
    work.add(TemplateRow(**_place(place), version=version, at=work.now, text=text))
    return version


def tell(work: Work, follow_up: int, key: str, text: str) -> None:
    """Keep a fact for one message."""
    row = work.session.get(ToldFactRow, (follow_up, key))
    if row is None:
        work.add(ToldFactRow(follow_up_id=follow_up, key=key, text=text, at=work.now))
    else:
        row.text, row.at = text, work.now


def note_changes(work: Work, customer: int, follow_up: int, place: Place, changes: list[tuple[str, str]]) -> None:
    """Keep which words of a template were replaced in a message."""
    for before, after in changes:
        work.add(
            PhraseChangeRow(
                customer_id=customer, follow_up_id=follow_up, **_place(place), before=before, after=after, at=work.now
            )
        )


def refuse(work: Work, place: Place, before: str, after: str) -> None:
    """Keep that a proposed change is not wanted."""
    work.add(PhraseRefusalRow(**_place(place), before=before, after=after, at=work.now))


def add_enclosure(work: Work, name: str, file_name: str, size: int, sha256: str) -> int:
    """Keep a file for enclosing and return its key; the same bytes under the same name are kept once."""
    same = select(EnclosureRow).where(EnclosureRow.sha256 == sha256, EnclosureRow.name == name)
    row = work.session.scalars(same).first()
    if row is None:
        row = work.add(EnclosureRow(name=name, file_name=file_name, size=size, sha256=sha256, at=work.now))
    row.kept = True
    return row.id


def enclosure_row(work: Work, key: int) -> EnclosureRow:
    """Return the row of an enclosure, or raise Problem."""
    row = work.session.get(EnclosureRow, key)
    if row is None:
        raise Problem(f"There is no enclosure {key}.", "Nothing was changed.", "`enclosure list` names them all.")
    return row


def enclosure(work: Work, key: int) -> Enclosure:
    """Return one enclosure, or raise Problem."""
    row = enclosure_row(work, key)
    return Enclosure(row.id, row.name, row.file_name, row.size, row.sha256)


def enclose_with_template(work: Work, key: str, language: str, enclosure: int, *, enclosed: bool) -> None:
    """Let an enclosure go with every mail of a template, or no more."""
    row = work.session.get(TemplateEnclosureRow, (key, language, enclosure))
    if enclosed and row is None:
        work.add(TemplateEnclosureRow(key=key, language=language, enclosure_id=enclosure))
    elif not enclosed and row is not None:
        work.session.delete(row)


def enclose_with_draft(work: Work, follow_up: int, enclosure: int, *, enclosed: bool) -> None:
    """Let an enclosure go with one mail, or not with this one."""
    row = work.session.get(DraftEnclosureRow, (follow_up, enclosure))
    if row is None:
        work.add(DraftEnclosureRow(follow_up_id=follow_up, enclosure_id=enclosure, enclosed=enclosed))
    else:
        row.enclosed = enclosed


def _place(place: Place) -> dict[str, Any]:
    return {"key": place.key, "channel": place.channel, "language": place.language, "segment": place.segment}
