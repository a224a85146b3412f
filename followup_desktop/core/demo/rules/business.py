"""The whole invented business: its customers, one after the other, and its routes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from followup_desktop.base.zones import Quiet
from followup_desktop.core.demo.model import Life, Material, Place, Round
from followup_desktop.core.demo.rules.dates import Dates
from followup_desktop.core.demo.rules.lives import A_ROUND, Town, invented
from followup_desktop.core.demo.rules.people import told_life
from followup_desktop.core.demo.rules.persons import Persons
from followup_desktop.core.journeys.model import Journey

TOGETHER = 0.04
"""How many customers share a roof with the one before."""


LARGE = 1000
"""From here on a demo is for trying out how it feels with many customers: less is told of each."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a demo is to be, and the number its lots are drawn from."""

    customers: int
    seed: int


def town_of(material: Material, journeys: Iterable[Journey], now: datetime, quiet: Quiet, size: Size) -> Town:
    """Lay out the town: its calendar, and as many routes as its customers need."""
    by_happening: dict[str, list[Journey]] = defaultdict(list)
    for journey in journeys:
        by_happening[journey.trigger.happening].append(journey)
    dates = Dates(now, material.zone, quiet)
    days = len(material.rounds)
    rounds = max(1, round(size.customers / (A_ROUND * days)))
    persons, is_large = Persons(material, dates), size.customers > LARGE
    return Town(material, dates, by_happening, persons, [], is_large, rounds * days)


def rounds_of(town: Town) -> list[Round]:
    """Return every route; a second one on a day carries a number."""
    days = town.material.rounds
    found = []
    for number in range(town.routes):
        first = days[number % len(days)]
        name = first.name if number < len(days) else f"{first.name} {number // len(days) + 1}"
        found.append(Round(name, first.weekday, first.technician))
    return found


def lives(town: Town, size: Size) -> Iterator[Life]:
    """Make up the customers, those of the file first. Each has lots of their own, so that no two demos mix."""
    told = town.material.people[: size.customers]
    for number, person in enumerate(told):
        yield told_life(town, person, Random(f"{size.seed}/{number}"), number + 1)
    before: Life | None = None
    for number in range(len(told), size.customers):
        rng = Random(f"{size.seed}/{number}")
        together = before is not None and before.place is not None and rng.random() < TOGETHER
        before = invented(town, rng, number + 1, before if together else None)
        yield before


def in_order(places: Sequence[Place]) -> list[int]:
    """Return the position of each place on its route: told ones where they were told, the others by their time."""
    positions = [0] * len(places)
    by_route: dict[int, list[int]] = defaultdict(list)
    for index, place in enumerate(places):
        by_route[place.route].append(index)
    for indices in by_route.values():
        for index, position in _positions([places[i] for i in indices], indices):
            positions[index] = position
    return positions


def _positions(places: Sequence[Place], indices: Sequence[int]) -> Iterator[tuple[int, int]]:
    fixed = {place.position for place in places if place.position is not None}
    free = (n for n in range(1, 2 * len(places) + max(fixed, default=0) + 1) if n not in fixed)
    by_time = sorted(zip((p.minute for p in places), indices, (p.position for p in places), strict=True), key=_minute)
    for _, index, position in by_time:
        yield index, position if position is not None else next(free)


def _minute(placed: tuple[int, int, int | None]) -> tuple[int, int]:
    return placed[0], placed[1]
