"""Enclosures: how large they may be, and a message that speaks of one it does not have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from followup_desktop.core.drafts.model import Advice, Enclosure, Span
from followup_desktop.core.drafts.rules.wording import phrases

MOST_BYTES = 10 * 1024 * 1024
MOST_TOGETHER = 18 * 1024 * 1024
"""Of one file, and of all that go with one message: in mail they grow by a third, and most providers stop at 25 MB."""

_SAID = phrases(
    r"attach(?:ed|ment|ments)", r"enclos(?:ed|ure|ures)", r"i attach", r"adjunt[oa]s?", r"adjuntamos", r"le adjunto"
)
_NOT = re.compile(r"(?:not|no|nothing|without|sin)\s+(?:\w+\s+)?$", re.IGNORECASE)

UNENCLOSED = "enclosure_missing"


def missing_enclosure(text: str, enclosed: Sequence[object]) -> Advice | None:
    """Return an advice where the text speaks of something attached and nothing is."""
    if enclosed:
        return None
    for found in _SAID.finditer(text):
        if not _NOT.search(text[: found.start()]):
            words = f"“{found[0]}”, but nothing is enclosed"
            return Advice(UNENCLOSED, ok=False, text=words, where=Span("text", found.start(), found.end()))
    return None


def too_large(enclosures: Sequence[Enclosure]) -> str:
    """Say that enclosures are too large together for one message; nothing where they fit."""
    whole = sum(one.size for one in enclosures)
    if whole <= MOST_TOGETHER:
        return ""
    return f"The enclosures are {size_words(whole)} together; {size_words(MOST_TOGETHER)} is the most that arrives."


def size_words(size: int) -> str:
    """Say a size as people read it: “340 kB”, “1.2 MB”."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} kB"
    return f"{size / 1024 / 1024:.1f} MB"
