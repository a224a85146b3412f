"""Commands about the business and its settings."""

from __future__ import annotations

from typing import Any

from followup_desktop.commands.door import command
from followup_desktop.core.journeys import queries as journeys
from followup_desktop.core.operators import queries, records
from followup_desktop.store.store import Work


@command("settings.change", says="Setting changed")
def change_settings(work: Work, values: dict[str, Any]) -> None:
    """Keep settings; where they move times, every open follow-up is brought in line."""
    for key, value in values.items():
        records.set_setting(work, key, value)
    if not _MOVES_TIMES.isdisjoint(values):
        work.recorder.touch("follow_ups", *journeys.with_open(work.session))
    if TRADE in values:
        touch_everyone(work)


TRADE = "business.trade"
_MOVES_TIMES = frozenset({"business.zone", "business.quiet_from", "business.quiet_until", "business.quiet_sundays"})


@command("settings.first", says="")
def first_settings(work: Work, values: dict[str, Any]) -> None:
    """Keep what the program found out by itself on the first start (zone, currency, region)."""
    kept = queries.settings(work.session)
    for key, value in values.items():
        if key not in kept:
            records.set_setting(work, key, value)


def touch_everyone(work: Work) -> None:
    """Have the follow-ups of everyone brought in line of whom any journey may ask something."""
    work.recorder.touch("follow_ups", *journeys.anyone(work.session))
