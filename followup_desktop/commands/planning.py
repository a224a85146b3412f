"""Commands about planning: what time alone brings, and the owner's word that something is to be left."""

from __future__ import annotations

from contextlib import suppress

from followup_desktop.base.errors import Problem
from followup_desktop.commands.desk import Desk
from followup_desktop.commands.door import command
from followup_desktop.core.customers import records as customers
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.history import records as history
from followup_desktop.core.history.model import Happening, NewEvent
from followup_desktop.core.journeys import records
from followup_desktop.core.journeys.model import Journey
from followup_desktop.store.store import Work

PORTION = 500
"""So many customers are looked at in one go, so that other commands need not wait long."""


@command("journeys.look_ahead", says="")
def look_ahead(work: Work) -> int:
    """Plan for a portion of those of whom time alone asks something now; return how many there were."""
    found = records.to_look_at(work, PORTION)
    work.recorder.touch("follow_ups", *found)
    return len(found)


def look_far_ahead(desk: Desk) -> int:
    """Plan for everyone of whom time alone asks something now, portion by portion; return how many there were."""
    count = 0
    while True:
        found = look_ahead(desk).result
        count += found
        if found < PORTION:
            return count


def look_ahead_if_possible(desk: Desk) -> None:
    """Look ahead before something is shown; where the store cannot be written now, what was planned is shown."""
    with suppress(Problem):
        look_far_ahead(desk)


@command("journeys.leave", says="Left alone")
def leave_alone(work: Work, customer: CustomerId, journey: Journey | None = None, why: str = "") -> None:
    """End everything a journey asks of a customer, or all journeys; what happens from now on can start it again."""
    row = customers.get(work, customer)
    if not why.strip():
        raise Problem("Why is it left?", "Nothing was changed.", "A word is enough.")
    about = journey.key if journey else ""
    history.note(work, customer, NewEvent(Happening.TOLD_TO_STOP, about=about, note=why.strip()))
    work.says = f"{journey.name if journey else 'Everything planned'} ended for {row.name}"
