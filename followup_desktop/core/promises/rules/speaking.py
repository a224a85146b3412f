"""The shape of a sentence that promises: what every language's rules say in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Day(Enum):
    """Whether a way of speaking promises only together with a day."""

    ANY = "any"
    NEEDED = "needed"
    """A day, or a stretch of days: "I'm coming Thursday", "I'm coming next week"."""
    ONE = "one"
    """One single day: "I can be there Thursday", where "Thursday or Friday" is an offer."""


Says = Callable[[re.Match[str], str], str | None]
"""Return what a match promises to do, given the sentence as written; None where it promises nothing after all."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """One way to promise: how it begins, what it then says is to be done, and whether it needs a day."""

    begins: re.Pattern[str]
    """Matched against the folded sentence."""
    says: Says
    day: Day = Day.ANY


@dataclass(frozen=True, slots=True)
class Language:
    """How one language promises, and what shows that nothing is promised after all."""

    code: str
    ways: tuple[Speaking, ...]
    not_at_all: re.Pattern[str]
    """Anywhere in the sentence as written: a condition, a guess, what others say."""
    not_before: re.Pattern[str]
    """Right before it, in the folded sentence: "I don't think", "she said that"."""
    rest: Callable[[str], str]
    """Tidy what is to be done: "and I'll call you" to "and call"."""
    bounds: re.Pattern[str]
    """Where one clause ends and another begins, in the folded sentence."""
    soon: re.Pattern[str]
    """What stands for a day though it names none: "shortly"."""
