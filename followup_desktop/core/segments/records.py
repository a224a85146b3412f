"""Writing segments."""

from __future__ import annotations

from followup_desktop.base.errors import Problem
from followup_desktop.core.segments import queries
from followup_desktop.core.segments.model import Conditions, SegmentId
from followup_desktop.core.segments.rules import checked, checked_name, data_of
from followup_desktop.core.segments.tables import SegmentRow
from followup_desktop.store.store import Work


def save(work: Work, name: str, conditions: Conditions) -> SegmentId:
    """Keep a filter under a name; one of that name is replaced."""
    name, data = checked_name(name), data_of(tuple(checked(condition) for condition in conditions))
    known = queries.named(work.session, name)
    if known is None:
        return SegmentId(work.add(SegmentRow(name=name, conditions=data, created_at=work.now)).id)
    row = row_of(work, known.id)
    if (row.name, row.conditions) != (name, data):
        row.name, row.conditions = name, data
    return known.id


def rename(work: Work, segment: int, name: str) -> None:
    """Call a segment something else; raises Problem where another one is called so."""
    row, name = row_of(work, segment), checked_name(name)
    other = queries.named(work.session, name)
    if other is not None and other.id != segment:
        raise Problem("Another segment has this name.", "Nothing was changed.", "Choose another name.")
    if row.name != name:
        row.name = name


def remove(work: Work, segment: int) -> str:
    """Let go of a segment and return its name; campaigns that began with it go on."""
    row = row_of(work, segment)
    work.session.delete(row)
    return row.name


def row_of(work: Work, segment: int) -> SegmentRow:
    """Return a segment's row; raises Problem when there is none with that number."""
    queries.segment(work.session, segment)
    row = work.session.get(SegmentRow, segment)
    assert row is not None
    return row
