"""Writing the business."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from followup_desktop.base.errors import Problem
from followup_desktop.core.operators.tables import OperatorRow, SettingRow
from followup_desktop.store.store import Work

LONGEST_NAME = 40


def add_operator(work: Work, name: str) -> int:
    """Add a person who uses the program, and return their number."""
    return work.add(OperatorRow(name=_free_name(work, name, None))).id


def rename_operator(work: Work, operator: int, name: str) -> None:
    """Call an operator something else."""
    row, name = operator_row(work, operator), _free_name(work, name, operator)
    if row.name != name:
        row.name = name


def remove_operator(work: Work, operator: int) -> str:
    """Let go of an operator and return their name."""
    row = operator_row(work, operator)
    work.session.delete(row)
    return row.name


def operator_row(work: Work, operator: int) -> OperatorRow:
    """Return an operator's row; raises Problem when there is none with that number."""
    row = work.session.get(OperatorRow, operator)
    if row is None:
        raise Problem(f"There is no operator {operator}.", "Nothing was changed.", "Look the number up: operator list.")
    return row


def _free_name(work: Work, name: str, own: int | None) -> str:
    line = " ".join(name.split())
    if not line or len(line) > LONGEST_NAME:
        raise Problem("A person needs a name.", "Nothing was changed.", f"Give one of at most {LONGEST_NAME} letters.")
    others = work.session.execute(select(OperatorRow.id, OperatorRow.name))
    if any(key != own and other.casefold() == line.casefold() for key, other in others):
        raise Problem(f"{line} is there already.", "Nothing was changed.", "Give another name.")
    return line


def set_setting(work: Work, key: str, value: Any) -> None:
    """Keep one setting."""
    row = work.session.get(SettingRow, key)
    if row is None:
        work.add(SettingRow(key=key, value=value))
    elif row.value != value:
        row.value = value
