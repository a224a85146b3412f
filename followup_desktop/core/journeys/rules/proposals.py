"""Which journeys to add as capacity allows: begin small, keep the list, then take on more. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from followup_desktop.base.wording import count_words
from followup_desktop.core.journeys.model import Journey, Standing
from followup_desktop.core.journeys.rules.stages import stage_map

KEPT_FOR = timedelta(days=21)
"""So long the list has to be kept before more is proposed."""

COUNTED_FOR = timedelta(days=90)
"""How far back it is counted how often a journey would have started; and how long one put aside is not proposed."""

KEPT = 0.9
"""Of what came up, so much has to be done."""

MOST = 3


@dataclass(frozen=True, slots=True)
class Signs:
    """How well the list was kept in the last three weeks, since when there is one, how often each journey starts."""

    done: int
    lapsed: int
    first: datetime | None
    starts: Mapping[str, int]

    @property
    def ended(self) -> int:
        """How many follow-ups came to an end that were the owner's to do."""
        return self.done + self.lapsed


@dataclass(frozen=True, slots=True)
class Proposals:
    """What to switch on next, each with its reason, and in words why these, or why none."""

    reasons: Mapping[str, str]
    says: str


def propose(standings: Sequence[Standing], signs: Signs, now: datetime) -> Proposals:
    """Propose journeys that are off: first what fills a stage without any, then what would start most often."""
    off = [each for each in standings if not each.on]
    if not off:
        return Proposals({}, "")
    if signs.first is None or now - signs.first < KEPT_FOR:
        return Proposals({}, "Start small: more is proposed once you have kept the list for three weeks.")
    came = f"the {signs.ended:,} follow-ups of the last three weeks"
    if not signs.ended or signs.done / signs.ended < KEPT:
        if not signs.ended:
            return Proposals({}, "Nothing came up in the last three weeks; switch on what you miss.")
        return Proposals({}, f"{signs.lapsed:,} of {came} lapsed. Nothing more is proposed until the list is kept.")
    open_to = [each for each in off if each.put_aside is None or now - each.put_aside >= COUNTED_FOR]
    gaps = _gaps(standings)
    chosen = sorted(open_to, key=lambda each: _weight(each.journey, signs, gaps))[:MOST]
    return Proposals(
        {each.key: _reason(each.journey, signs, gaps) for each in chosen},
        f"You did {signs.done:,} of {came}: there is room for more." if chosen else "",
    )


def _gaps(standings: Sequence[Standing]) -> Mapping[str, str]:
    """Return for each journey that is off the place on the map that has nothing without it."""
    off = {each.key for each in standings if not each.on}
    places = stage_map([each.journey for each in standings])
    return {j.key: place.title for place in places if not place.served(off) for j in place.journeys}


def _weight(journey: Journey, signs: Signs, gaps: Collection[str]) -> tuple[bool, int, str]:
    return journey.key not in gaps, -signs.starts.get(journey.key, 0), journey.name


def _reason(journey: Journey, signs: Signs, gaps: Mapping[str, str]) -> str:
    starts = signs.starts.get(journey.key, 0)
    parts = [f"Nothing serves “{gaps[journey.key]}” yet."] if journey.key in gaps else []
    if starts:
        parts.append(f"It would have started {count_words(starts, 'time', 'times')} in the last 90 days.")
    return " ".join(parts) or journey.objective
