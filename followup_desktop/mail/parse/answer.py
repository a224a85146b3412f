"""Answers by link: the subject that a link of ours put there, “4/5 ref 000XK7Q2M9XA”.

Whether it is genuine, the store says; here it is only read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SUBJECT = re.compile(
    r"(?P<score>[^\s/]{1,12})\s*/\s*(?P<top>5|10)\s+ref\W{0,2}(?P<token>[0-9A-Za-z]{9,19})(?![0-9A-Za-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """The score as it stands in the subject, the top of its scale, and the reference."""

    score: str
    top: int
    token: str

    @property
    def number(self) -> int | None:
        """The score as a number of its scale, or None."""
        number = int(self.score) if self.score.isascii() and self.score.isdigit() else None
        return number if number is not None and (0 if self.top == 10 else 1) <= number <= self.top else None


def link_answer(subject: str) -> LinkAnswer | None:
    """Return what a subject answers, if a link of ours may have made it."""
    # Every link puts a stroke there, and looking for that is twenty times as quick.
    found = _SUBJECT.search(" ".join(subject.split())) if "/" in subject else None
    return LinkAnswer(found["score"], int(found["top"]), found["token"]) if found else None
