"""The map of stages: which journeys serve a customer from first contact to advocacy, and what goes wrong. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.customers.model import Stage
from followup_desktop.core.journeys.model import Journey, Source

RENEWAL, WENT_WRONG = "renewal", "went_wrong"

_PLACES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("inquiry", "Inquiry", (Stage.LEAD, Stage.QUOTED)),
    ("new", "New", (Stage.NEW,)),
    ("regular", "Regular", (Stage.REGULAR,)),
    (RENEWAL, "Renewal", ()),
    ("advocate", "Advocate", (Stage.ADVOCATE,)),
    (WENT_WRONG, "Something went wrong", ()),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One place on the map, with the journeys that serve it, the most particular first."""

    key: str
    title: str
    stages: tuple[str, ...]
    journeys: tuple[Journey, ...]

    def served(self, off: Collection[str]) -> bool:
        """Whether any journey that is on serves it."""
        return any(journey.key not in off for journey in self.journeys)


def stage_map(journeys: Sequence[Journey]) -> tuple[Place, ...]:
    """Return the places of the map in their order."""
    return tuple(
        Place(key, title, stages, tuple(sorted((j for j in journeys if _serves(j, key, stages)), key=_particular)))
        for key, title, stages in _PLACES
    )


def _serves(journey: Journey, key: str, stages: Collection[str]) -> bool:
    if journey.source is Source.CASE:
        return key == WENT_WRONG
    renews = any(touchpoint.purpose is Purpose.RENEWAL for touchpoint in journey.touchpoints)
    if renews or key == RENEWAL:
        return renews and key == RENEWAL
    return not set(stages).isdisjoint(journey.stages)


def _particular(journey: Journey) -> tuple[int, str]:
    return len(journey.stages), journey.name
