"""Errors the owner can act on. Anything else is a bug."""

from __future__ import annotations


class Problem(Exception):
    """Something the owner can put right: what happened, what was kept, what to do."""

    def __init__(self, happened: str, kept: str = "", to_do: str = "") -> None:
        super().__init__(happened)
        self.happened, self.kept, self.to_do = happened, kept, to_do

    def sentence(self) -> str:
        """Return everything in one line, for places with room for one."""
        return " ".join(part for part in (self.happened, self.kept, self.to_do) if part)


class Stale(Problem):
    """The record was changed by someone else, or since."""


class Replaced(Problem):
    """Another file took the place of the store: nothing goes on before it is opened anew."""

    def __init__(self) -> None:
        super().__init__(
            "The store was replaced by a backup in the meantime.",
            "Nothing was changed.",
            "Close the program and start it again.",
        )
