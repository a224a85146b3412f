"""The message is in the language they read."""

from __future__ import annotations

import re

from followup_desktop.core.drafts.model import Advice
from followup_desktop.core.drafts.rules.wording import Message

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

_ENGLISH = """
the and you your to of in is it was we with for that on at are have this will not be if my us so from by as had has me
what when there would
"""
_SPANISH = """
el la los las y de en que su usted un una con por para lo le es está se si no del al nos me más como ya fue estuvo qué
cuando desde muy hay
"""
_COMMON = {"en": frozenset(_ENGLISH.split()), "es": frozenset(_SPANISH.split())}
_NAMES = {"en": "English", "es": "Spanish"}
_LEAST, _CLEARLY = 5, 3
"""Common words needed to tell, and how many times more of one language than of the other."""


def language_of(text: str) -> str:
    """Return "en" or "es" where a text is clearly one of them, else nothing: it is short, mixed or neither."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    counts = {language: sum(word in common for word in words) for language, common in _COMMON.items()}
    most, other = ("en", "es") if counts["en"] >= counts["es"] else ("es", "en")
    return most if counts[most] >= _LEAST and counts[most] >= _CLEARLY * counts[other] else ""


def advise(message: Message) -> Advice | None:
    """Compare the language written with the one they are known to read."""
    reads, written = message.knows.reads[:2], language_of(message.own_words)
    if reads not in _NAMES or not written:
        return None
    if written == reads:
        return Advice(KIND, ok=True, text=f"In {_NAMES[reads]}, as they read")
    return Advice(KIND, ok=False, text=f"This is {_NAMES[written]}; they read {_NAMES[reads]}")
