"""Commands about journeys: the owner's versions of them, and which are on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from followup_desktop.base.changes import Done
from followup_desktop.base.errors import Problem
from followup_desktop.commands.desk import Desk
from followup_desktop.commands.door import business_of, command, plan_of
from followup_desktop.core.journeys import queries, records
from followup_desktop.core.journeys.model import Journey, JourneyProblem, Source, Standing
from followup_desktop.core.journeys.queries import Changing
from followup_desktop.core.journeys.records import reconcile_changed
from followup_desktop.core.journeys.rules.loading import read_journey
from followup_desktop.core.journeys.rules.plan import HORIZON
from followup_desktop.store.store import Work


class BadJourney(Problem):
    """A journey that cannot be kept; `problems` say what is wrong and where."""

    def __init__(self, problems: Sequence[JourneyProblem]) -> None:
        first = problems[0]
        where = f"{first.where}: " if first.where else ""
        super().__init__(
            f"The journey cannot be kept. {where}{first.text}.", "What counted before still counts.", "Mend it."
        )
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What is to be kept of a journey: its text as in a file, and why, in the owner's words."""

    journey: str
    text: str
    note: str = ""


def save_journey(desk: Desk, version: NewVersion) -> Done[int]:
    """Keep the owner's version of a journey, or a new journey, and return the version's number.

    Raises BadJourney where it cannot be read, names a template there is not, or would start itself without end.
    """
    return _save(desk, desk, version)


@command("journey.save", says="Journey saved")
def _save(work: Work, desk: Desk, version: NewVersion) -> int:
    there = standing_now(work, desk)
    journey, problems = check_text(desk, business_of(work).trade, there.values(), version)
    if journey is None:
        raise BadJourney(problems)
    work.says = f"{journey.name} saved"
    return _count_from_now(work, desk, there, version.journey, version.text, version.note)


def check_text(
    desk: Desk, trade: str, there: Iterable[Standing], version: NewVersion
) -> tuple[Journey | None, list[JourneyProblem]]:
    """Read a text as it would be kept; None, and what is wrong, where it cannot be."""
    keys = desk.library.shipped(trade).template_keys
    return read_journey(version.journey, version.text, [each.journey for each in there], keys)


def restore_version(desk: Desk, journey: str, number: int | None) -> Done[int]:
    """Go back to an earlier version of a journey, or, with None, to the shipped one; a new version says so.

    A journey of the owner's own that never shipped is taken away with None. Raises Problem when there is no such one.
    """
    return _restore(desk, desk, journey, number)


@command("journey.restore", says="Went back to an earlier version")
def _restore(work: Work, desk: Desk, journey: str, number: int | None) -> int:
    there = standing_now(work, desk, history=True)
    standing = there.get(journey)
    if standing is None:
        raise _no_such(journey)
    if number is None:
        work.says = (
            f"{standing.journey.name}: the shipped version counts"
            if standing.shipped
            else (f"{standing.journey.name} taken away")
        )
        return _count_from_now(work, desk, there, journey, None, "")
    version = next((each for each in standing.versions if each.number == number and each.text is not None), None)
    if version is None or version.text is None:
        raise Problem(f"There is no version {number}.", "Nothing was changed.", "Choose one of the list.")
    found, problems = check_text(desk, business_of(work).trade, there.values(), NewVersion(journey, version.text))
    if found is None:
        raise BadJourney(problems)
    work.says = f"{found.name}: version {number} counts again"
    return _count_from_now(work, desk, there, journey, version.text, f"Back to version {number}")


def switch_journey(desk: Desk, journey: Journey, *, on: bool) -> Done[None]:
    """Switch a journey on or off. What it asks for comes onto the list, or leaves it.

    Raises Problem for one that answers what customers wrote: that is not a matter of choice.
    """
    return _switch(desk, desk, journey, on=on)


@command("journey.switch", says="Journey switched")
def _switch(work: Work, desk: Desk, journey: Journey, *, on: bool) -> None:
    if journey.source is Source.ANSWER and not on:
        raise Problem(
            f"“{journey.name}” is always on: somebody wrote, and waits.", "Nothing was changed.", "Skip a single one."
        )
    records.choose_journey(work, journey.key, on=on)
    count_anew(work, desk, journey)
    work.says = f"{journey.name} is {'on' if on else 'off'}"


@command("journey.aside", says="Not proposed for now")
def put_aside(work: Work, journey: Journey) -> None:
    """Do not propose this journey again for a quarter of a year."""
    records.put_aside(work, journey.key)
    work.recorder.touch("journey_choices")
    work.says = f"{journey.name} is not proposed for now"


def count_anew(work: Work, desk: Desk, *changed: Journey) -> None:
    """Bring the follow-ups of journeys that changed in line, for everyone they may concern, as they count from now.

    The rest of what is planned for these people is as it was: only what asks the same questions is looked at with it.
    """
    work.session.flush()
    work.recorder.kinds.add("follow_ups")
    keys = {journey.key for journey in changed}
    concerned = set().union(*(queries.concerned(work.session, each, work.now - HORIZON) for each in changed))
    now = plan_of(work, desk)
    here = next((journey for journey in now.journeys if journey.key in keys), None)
    reconcile_changed(work, concerned, Changing(None, here, now).plans[1], keys)


def _count_from_now(
    work: Work, desk: Desk, before: dict[str, Standing], journey: str, text: str | None, note: str
) -> int:
    """Keep a version and have everyone brought in line whom the old or the new one may concern."""
    old = before.get(journey)
    basis = old.shipped.version if old is not None and old.shipped is not None else 0
    number = records.add_version(work, journey, text, by=business_of(work).owner, note=note, basis=basis)
    now = standing_now(work, desk).get(journey)
    if (old is not None and old.on) or (now is not None and now.on):
        count_anew(work, desk, *(each.journey for each in (old, now) if each is not None))
    return number


def standing_now(work: Work, desk: Desk, *, history: bool = False) -> dict[str, Standing]:
    """Return every journey of the business's trade as it counts now, within a command, by key."""
    work.session.flush()
    found = desk.library.standings(work.session, business_of(work).trade, history=history)
    return {each.key: each for each in found}


def _no_such(journey: str) -> Problem:
    return Problem(f"There is no journey “{journey}”.", "Nothing was changed.", "See the list: journeys list.")
