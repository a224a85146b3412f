"""Enclosures: how large they may be. (That one is missing is an advice of the coach.)."""

from __future__ import annotations

from collections.abc import Sequence

from followup_desktop.core.drafts.model import Enclosure

MOST_BYTES = 10 * 1024 * 1024
MOST_TOGETHER = 18 * 1024 * 1024
"""Of one file, and of all that go with one message: in mail they grow by a third, and most providers stop at 25 MB."""


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
