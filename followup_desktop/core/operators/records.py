"""Writing the business."""

from __future__ import annotations

from typing import Any

from followup_desktop.core.operators.tables import SettingRow
from followup_desktop.store.store import Work


def set_setting(work: Work, key: str, value: Any) -> None:
    """Keep one setting."""
    row = work.session.get(SettingRow, key)
    if row is None:
        work.add(SettingRow(key=key, value=value))
    elif row.value != value:
        row.value = value
