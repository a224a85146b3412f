"""Commands about the business and its settings."""

from __future__ import annotations

from typing import Any

from followup_desktop.commands.door import JOURNEYS_OFF, command
from followup_desktop.core.operators import queries, records
from followup_desktop.store.store import Work


@command("settings.change", says="Setting changed")
def change_settings(work: Work, values: dict[str, Any]) -> None:
    """Keep settings."""
    for key, value in values.items():
        records.set_setting(work, key, value)


@command("settings.first", says="")
def first_settings(work: Work, values: dict[str, Any]) -> None:
    """Keep what the program found out by itself on the first start (zone, currency, region)."""
    kept = queries.settings(work.session)
    for key, value in values.items():
        if key not in kept:
            records.set_setting(work, key, value)


@command("journeys.switch", says="Journey switched")
def switch_journey(work: Work, key: str, *, on: bool) -> None:
    """Switch a journey on or off."""
    off = set(queries.settings(work.session).get(JOURNEYS_OFF, ()))
    records.set_setting(work, JOURNEYS_OFF, sorted(off - {key} if on else off | {key}))
    work.says = f"Journey switched {'on' if on else 'off'}"
