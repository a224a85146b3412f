"""Commands about templates: the owner's versions, and what their own voice makes of them."""

from __future__ import annotations

import re

from followup_desktop.base.errors import Problem
from followup_desktop.commands.door import command
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts import records
from followup_desktop.core.drafts.model import Place
from followup_desktop.core.drafts.rules.reading import SAVED, SEGMENTS, name_of
from followup_desktop.core.drafts.rules.sandbox import BadTemplate, check_words
from followup_desktop.core.journeys.model import CHANNELS
from followup_desktop.core.segments import queries as segments
from followup_desktop.store.store import Work

WRITTEN = tuple(sorted(CHANNELS - {"in_person"}))
"""The channels a template can be for."""


@command("template.save", says="Template saved")
def save_template(work: Work, place: Place, text: str) -> int:
    """Keep the owner's version of a template and return its number. Raises `BadTemplate` where it may not be used."""
    _check_place(work, place)
    text = text.replace("\r\n", "\n").rstrip() + "\n"
    if not text.strip():
        raise Problem(
            "The template is empty.", "Nothing was changed.", "Write something, or go back to the shipped one."
        )
    if problems := check_words(text, place.channel):
        raise BadTemplate(problems)
    version = records.add_version(work, place, text)
    work.says = f"Template saved: {name_of(place)}"
    return version


@command("template.shipped", says="Back to the shipped template")
def use_shipped(work: Work, place: Place) -> int:
    """Let the shipped template count again; a variant of the owner's that never shipped is put away."""
    version = records.add_version(work, place, None)
    work.says = f"Back to the shipped template: {name_of(place)}"
    return version


@command("template.leave", says="Left as it is")
def leave_template(work: Work, place: Place, before: str, after: str) -> None:
    """Do not propose this change any more."""
    records.refuse(work, place, before, after)


def _check_place(work: Work, place: Place) -> None:
    purpose, _, name = place.key.partition("/")
    if purpose not in set(Purpose) or not re.fullmatch(r"[a-z0-9_]{1,60}(-[0-9]{1,2})?", name):
        raise Problem(
            f"There is no template “{place.key}”.", "Nothing was changed.", "Its name is such as check_in/first_visit."
        )
    if place.channel not in WRITTEN:
        raise Problem(
            f"“{place.channel}” is no way to write.", "Nothing was changed.", f"There are {', '.join(WRITTEN)}."
        )
    if not re.fullmatch(r"[a-z]{2}", place.language):
        raise Problem(
            f"“{place.language}” is no language.", "Nothing was changed.", "Give two small letters, such as en or es."
        )
    if place.segment not in SEGMENTS and not _is_saved(work, place.segment):
        raise Problem(f"There is no segment “{place.segment}”.", "Nothing was changed.", "Choose one of the list.")


def _is_saved(work: Work, segment: str) -> bool:
    number = segment.removeprefix(SAVED)
    known = {str(one.id) for one in segments.segments(work.session)}
    return segment.startswith(SAVED) and number in known
