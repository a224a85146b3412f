"""Reading the business."""

from __future__ import annotations

from dataclasses import fields
from datetime import time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup_desktop.core.operators.model import Business, Operator
from followup_desktop.core.operators.tables import OperatorRow, SettingRow

_NAMES = {f.name for f in fields(Business)}


def settings(session: Session) -> dict[str, Any]:
    """Return every setting kept in the store, by key."""
    return {key: value for key, value in session.execute(select(SettingRow.key, SettingRow.value))}


def operators(session: Session) -> list[Operator]:
    """Return everyone who uses the program, in the order they came."""
    return [
        Operator(row.id, row.uuid, row.name) for row in session.scalars(select(OperatorRow).order_by(OperatorRow.id))
    ]


def business(session: Session) -> Business:
    """Return the business, with defaults for what was never set."""
    return business_from(settings(session))


def business_from(kept: dict[str, Any]) -> Business:
    """Build the business from kept settings ("business.zone", …); unknown keys are passed over."""
    known = {key.removeprefix("business."): value for key, value in kept.items() if key.startswith("business.")}
    values = {name: value for name, value in known.items() if name in _NAMES and value is not None}
    for name in ("quiet_from", "quiet_until"):
        if name in values:
            values[name] = time.fromisoformat(values[name])
    if "weekly_limit" in values:
        values["weekly_limit"] = int(values["weekly_limit"])
    return Business(**values)
