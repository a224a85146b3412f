"""How long a day's cards take, by the owner's own pace. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from followup_desktop.base.wording import count_words

USUAL = 40
"""Seconds a card takes until the owner's own pace is known."""
PAUSE = timedelta(minutes=3)
"""A longer gap between two cards was a pause, not a card."""
SITTING = 5
"""So many cards one after another were worked through; fewer were settled as they came up."""
ENOUGH = 8
"""From so many gaps on the pace is known."""
MINUTES = 90
"""What takes longer is told in hours."""


def pace_of(settled: Sequence[datetime]) -> int:
    """Return the seconds a card takes, from the moments at which cards were settled, in their order."""
    worked = [gap for sitting in _sittings(settled) if len(sitting) >= SITTING for gap in _gaps(sitting)]
    return max(5, round(median(worked))) if len(worked) >= ENOUGH else USUAL


def _sittings(settled: Sequence[datetime]) -> list[list[datetime]]:
    """Split moments where a pause was made; what one message covered was settled with it and counts once."""
    sittings: list[list[datetime]] = [[]]
    for at in settled:
        last = sittings[-1][-1] if sittings[-1] else at
        if at - last > PAUSE:
            sittings.append([])
        if not sittings[-1] or (at - last).total_seconds() >= 1:
            sittings[-1].append(at)
    return sittings


def _gaps(sitting: Sequence[datetime]) -> list[float]:
    return [(after - before).total_seconds() for before, after in pairwise(sitting)]


def minutes_for(cards: int, seconds: int) -> int:
    """Return how many minutes so many cards take, at least one."""
    return max(1, round(cards * seconds / 60)) if cards else 0


def takes_words(cards: int, seconds: int) -> str:
    """Say how long so many cards take: "about 9 minutes", "about 3½ hours"."""
    minutes = minutes_for(cards, seconds)
    if minutes <= 1:
        return "about a minute"
    if minutes <= MINUTES:
        return f"about {count_words(minutes, 'minute', 'minutes')}"
    hours, half = divmod(round(minutes / 30), 2)
    return f"about {hours}{'½' if half else ''} hours"
