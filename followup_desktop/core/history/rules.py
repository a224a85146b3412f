"""How often a customer and we talk. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

TALKING = timedelta(days=4)
"""Contacts that follow one another this soon are one conversation: question, answer, thanks."""


def own_rhythm(contacts: Sequence[datetime]) -> timedelta | None:
    """Return the median time between conversations, oldest contact first; None until there were three of them."""
    begun = [at for before, at in pairwise((None, *contacts)) if at and (before is None or at - before > TALKING)]
    gaps = [(b - a).total_seconds() for a, b in pairwise(begun)]
    return timedelta(seconds=median(gaps)) if len(gaps) >= 2 else None
