"""Three customers a month for a longer talk: one happy, one lukewarm, one quiet. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta

from followup_desktop.base.wording import day_words
from followup_desktop.core.feedback.model import Candidate, Mood, TalkKind

NOT_AGAIN = timedelta(days=365)
"""Whom one talked with is left in peace for a year."""
FRESH = timedelta(days=180)
"""So long an answer says something of how content somebody is now."""

QUESTIONS: dict[TalkKind, tuple[str, ...]] = {
    TalkKind.HAPPY: (
        "What made you choose us, and what would you tell a neighbor?",
        "What do we do that you would miss if we stopped?",
        "When did it last go better than you expected? What happened?",
        "What should we do for you that we do not do yet?",
    ),
    TalkKind.LUKEWARM: (
        "What were you hoping for when you took us on?",
        "When did it last fall short of that? What happened?",
        "What is the one thing you would change, if it were your business?",
        "What would have to happen for you to recommend us without a second thought?",
    ),
    TalkKind.QUIET: (
        "How does it look to you these days?",
        "When did you last think about us, and what was it about?",
        "Is there something you would have told us, had it been easier to?",
        "How would you like to hear from us, and how often?",
    ),
}
"""What to ask; listening is most of it, so each asks for something that happened."""


def chosen(candidates: Sequence[Candidate], month: date) -> list[tuple[Candidate, TalkKind, str]]:
    """Return whom to talk with in a month (its first day), each with why; fewer where there is nobody of a kind.

    The freshest happy and the freshest lukewarm answer, and whoever was silent longest. The same facts choose the same.
    """
    free = [one for one in candidates if one.talked is None or month - one.talked >= NOT_AGAIN]
    found: list[tuple[Candidate, TalkKind, str]] = []
    for kind, pick in _PICKS:
        taken = {one.customer for one, _kind, _why in found}
        one = pick(free, month, taken)
        if one is not None:
            found.append((one, kind, _why(one, kind)))
    return found


def _with(mood: Mood) -> Callable[[Sequence[Candidate], date, Collection[int]], Candidate | None]:
    def pick(free: Sequence[Candidate], month: date, taken: Collection[int]) -> Candidate | None:
        fit = [
            one
            for one in free
            if one.mood is mood and one.customer not in taken and one.last is not None and month - one.last <= FRESH
        ]
        return max(fit, key=lambda one: (one.last or date.min, -one.customer), default=None)

    return pick


def _quietest(free: Sequence[Candidate], _month: date, taken: Collection[int]) -> Candidate | None:
    fit = [one for one in free if one.customer not in taken]
    silent = [one for one in fit if one.mood is None] or fit
    return min(silent, key=lambda one: (one.last or date.min, one.customer), default=None)


_PICKS = (
    (TalkKind.HAPPY, _with(Mood.HAPPY)),
    (TalkKind.LUKEWARM, _with(Mood.LUKEWARM)),
    (TalkKind.QUIET, _quietest),
)


def _why(one: Candidate, kind: TalkKind) -> str:
    if kind is TalkKind.QUIET:
        return f"Last heard of on {day_words(one.last)}." if one.last else "Nobody has heard a word of theirs yet."
    return f"{one.words} on {day_words(one.last)}." if one.last else one.words
