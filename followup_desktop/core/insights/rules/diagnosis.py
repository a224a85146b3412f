"""What to say about kinds of message that do not work (K7)."""

from __future__ import annotations

from followup_desktop.core.insights.model import SMALL, Cause, Counts, Diagnosis, PurposeCount, Ratio
from followup_desktop.core.insights.rules.words import ratio_words

LOW_ANSWERS = 0.2
"""A purpose answered less often than this is worth a look (K7)."""

MANY_UNHAPPY = 1 / 3
"""A purpose with at least this share of complaints among its answers has the wrong tone or time (K7)."""


def diagnosis(now: Counts, locale: str = "en_US") -> tuple[Diagnosis, ...]:
    """Return the purposes whose messages do not work, each with what is seen and what to try (K7)."""
    found = [_diagnosed(one, locale) for one in now.by_purpose if one.asks and one.sent >= SMALL]
    return tuple(one for one in found if one)


def _diagnosed(one: PurposeCount, locale: str) -> Diagnosis | None:
    if one.answered >= SMALL and one.unhappy >= one.answered * MANY_UNHAPPY:
        seen = f"“{one.label}” is answered with complaints: {ratio_words(Ratio(one.unhappy, one.answered), locale)}."
        return Diagnosis(
            one.purpose, one.label, Cause.BADLY_RECEIVED, seen, "Look at its tone, and at when it arrives."
        )
    if one.answered >= one.sent * LOW_ANSWERS:
        return None
    count = ratio_words(Ratio(one.answered, one.sent), locale)
    if one.read * 2 >= one.sent:
        seen = f"“{one.label}” is read but seldom answered: {count}."
        return Diagnosis(one.purpose, one.label, Cause.UNCLEAR, seen, "Let it end with one question.")
    seen = f"“{one.label}” is seldom answered: {count}."
    return Diagnosis(one.purpose, one.label, Cause.IGNORED, seen, "Try another subject, or another time of day.")
