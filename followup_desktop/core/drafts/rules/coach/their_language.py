"""The message is in the language they read."""

from __future__ import annotations

from followup_desktop.core.drafts.model import Advice
from followup_desktop.core.drafts.rules.wording import Message, language_of

KIND = "their_language"
REASON = "A message in a language that is work to read is read last."
BAD = (
    "El martes estuvo Luis en su casa, y el agua ya está clara. Si algo no está bien, llámeme por la mañana y voy "
    "con él a verlo."
)
GOOD = (
    "Luis was at your house on Tuesday, and the water is clear. If anything is not right, ring me in the morning and "
    "I will come with him to see it."
)

_NAMES = {"en": "English", "es": "Spanish"}


def advise(message: Message) -> Advice | None:
    """Compare the language written with the one they are known to read."""
    reads, written = message.knows.reads[:2], language_of(message.own_words)
    if reads not in _NAMES or not written:
        return None
    if written == reads:
        return Advice(KIND, ok=True, text=f"In {_NAMES[reads]}, as they read")
    return Advice(KIND, ok=False, text=f"This is {_NAMES[written]}; they read {_NAMES[reads]}")
