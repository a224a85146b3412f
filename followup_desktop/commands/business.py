"""Commands about the business and its settings."""

from __future__ import annotations

from typing import Any

from followup_desktop.commands.door import JOURNEYS_OFF, command
from followup_desktop.core.journeys import queries as journeys
from followup_desktop.core.journeys.model import Journey
from followup_desktop.core.journeys.rules.plan import HORIZON
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


@command("journeys.switch", says="Journey switched")
def switch_journey(work: Work, journey: Journey, *, on: bool) -> None:
    """Switch a journey on or off. What it asks for comes onto the list, or leaves it."""
    off = set(queries.settings(work.session).get(JOURNEYS_OFF, ()))
    records.set_setting(work, JOURNEYS_OFF, sorted(off - {journey.key} if on else off | {journey.key}))
    touch_concerned(work, journey)
    work.says = f"{journey.name} is {'on' if on else 'off'}"


def touch_concerned(work: Work, *switched: Journey) -> None:
    """Have the follow-ups of everyone brought in line whom these journeys may concern."""
    for journey in switched:
        work.recorder.touch("follow_ups", *journeys.concerned(work.session, journey, work.now - HORIZON))


def touch_everyone(work: Work) -> None:
    """Have the follow-ups of everyone brought in line of whom any journey may ask something."""
    work.recorder.touch("follow_ups", *journeys.anyone(work.session, work.now - HORIZON))
