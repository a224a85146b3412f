"""Which journeys count: the shipped ones, in the owner's version where there is one, on or off. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from followup_desktop.core.journeys.model import (
    Journey,
    JourneyChoice,
    JourneyProblem,
    JourneyVersion,
    Pack,
    Source,
    Standing,
)

Read = Callable[[str, str], tuple[Journey | None, Sequence[JourneyProblem]]]
"""Reads a journey by its key and text; None, and what is wrong, where it cannot be read."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the owner has made of the journeys: versions, the newest first, and choices."""

    versions: Sequence[JourneyVersion] = ()
    choices: Sequence[JourneyChoice] = ()


def standings(shipped: Iterable[Journey], pack: Pack, kept: Kept, read: Read) -> tuple[Standing, ...]:
    """Return every journey there is, those that ship first, each as it counts now."""
    by_key: dict[str, list[JourneyVersion]] = {}
    for version in kept.versions:
        by_key.setdefault(version.journey, []).append(version)
    choices = {choice.journey: choice for choice in kept.choices}
    there = {journey.key: journey for journey in shipped}
    own = sorted(key for key in by_key if key not in there)
    found = (
        _standing(key, there.get(key), by_key.get(key, ()), choices.get(key), pack, read) for key in (*there, *own)
    )
    return tuple(each for each in found if each is not None)


def _standing(
    key: str,
    shipped: Journey | None,
    versions: Sequence[JourneyVersion],
    choice: JourneyChoice | None,
    pack: Pack,
    read: Read,
) -> Standing | None:
    text = versions[0].text if versions else None
    own, problems = read(key, text) if text is not None else (None, ())
    journey = own or shipped
    if journey is None:
        return None
    begins = pack.begins_on(shipped) if shipped else False
    on = begins if choice is None or choice.on is None else choice.on
    return Standing(
        journey,
        on or journey.source is Source.ANSWER,
        shipped,
        tuple(versions),
        choice.since if choice else None,
        choice.put_aside if choice else None,
        problems[0].text if problems else "",
    )
