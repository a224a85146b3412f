"""Forty to ninety words; a confirmation may be shorter, an apology longer."""

from __future__ import annotations

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import Advice
from followup_desktop.core.drafts.rules.wording import Message

KIND = "length"
REASON = "Long messages are put off, and a put-off message is not answered. Sixty words can be read standing up."
BAD = "Luis came on Tuesday."
GOOD = (
    "Luis was with you on Tuesday and the chlorine was low, 0.4, so he brought it to 2.1 and cleaned the skimmer. It "
    "should look clearer by today. Does it?"
)

_LEAST, _MOST, _READS_BEST = 25, 95, 60
_IN_HAND = {"text": 55, "card": 90}
"""What is read on a small screen, or written by hand: so many words at most."""
_SHORTER = frozenset(
    {
        Purpose.CONFIRMATION,
        Purpose.THANK_YOU,
        Purpose.VISIT_CHANGE,
        Purpose.ANSWER,
        Purpose.PROMISE,
        Purpose.REFERRAL_THANKS,
    }
)
_LONGER = frozenset({Purpose.APOLOGY, Purpose.RECOVERY_CHECK})


def advise(message: Message) -> Advice:
    """Count the words between greeting and signature."""
    words = message.word_count
    in_hand = message.knows.channel in _IN_HAND
    least = 5 if in_hand else 10 if message.purpose in _SHORTER else _LEAST
    most = _IN_HAND[message.knows.channel] if in_hand else 125 if message.purpose in _LONGER else _MOST
    if words > most:
        best = min(most, _READS_BEST)
        return Advice(KIND, ok=False, text=f"{words} words: {best} reads better")
    if words < least:
        return Advice(KIND, ok=False, text=f"{words} words: too short to be about them")
    return Advice(KIND, ok=True, text=f"{words} words")
