"""What a finished command touched, so that every place can decide whether to look again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changes:
    """Kinds of record (table names) and customers touched by one committed command."""

    kinds: frozenset[str] = field(default_factory=frozenset)
    customers: frozenset[int] = field(default_factory=frozenset)

    def concerns(self, *kinds: str) -> bool:
        """Whether any of `kinds` was touched; everything was when `kinds` holds "*"."""
        return "*" in self.kinds or not self.kinds.isdisjoint(kinds)


EVERYTHING = Changes(frozenset({"*"}))
"""Another process wrote, or a store was replaced: look again at whatever is shown."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The answer of a command: its result, what it touched, what it says, and how to take it back."""

    result: T
    changes: Changes
    step: int | None
    says: str = ""
