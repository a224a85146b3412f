"""How long a day's cards take, by the owner's own pace. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

USUAL = 40
"""Seconds a card takes until the owner's own pace is known."""
PAUSE = timedelta(minutes=6)
"""A longer gap between two cards was a pause, not a card."""
ENOUGH = 8
"""From so many gaps on the pace is known."""


def pace_of(settled: Sequence[datetime]) -> int:
    """Return the seconds a card takes, from the moments at which cards were settled, in their order."""
    gaps = [(after - before).total_seconds() for before, after in pairwise(settled) if after - before <= PAUSE]
    worked = [gap for gap in gaps if gap >= 1]  # what one message covered was settled with it
    return max(5, round(median(worked))) if len(worked) >= ENOUGH else USUAL


def minutes_for(cards: int, seconds: int) -> int:
    """Return how many minutes so many cards take, at least one."""
    return max(1, round(cards * seconds / 60)) if cards else 0
