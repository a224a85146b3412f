"""At least two facts about what happened with this customer: with fewer, it could be sent to anyone."""

from __future__ import annotations

from collections.abc import Iterator

from followup_desktop.core.drafts.model import Advice, Fact
from followup_desktop.core.drafts.rules.wording import ABOUT_NOBODY, Message

KIND = "specific"
REASON = "With fewer than two facts about them it could be sent to anyone, and reads so."
BAD = "We hope you like our work."
GOOD = "Luis was with you on Tuesday, and the heater is $2,340."

_LEAST = 2


def advise(message: Message) -> Advice:
    """Count the facts that stand in the text, each once."""
    used = {fact.text.casefold() for fact in message.used}
    if len(used) >= _LEAST:
        return Advice(KIND, ok=True, text="About them")
    unused = next(_unused(message), None)
    hint = f"; you know “{_short(unused.text)}”" if unused else "; say what you remember of them"
    empty = "" if used else ". No message is better than an empty one"
    return Advice(KIND, ok=False, text=f"This could be sent to anyone{hint}{empty}")


def _unused(message: Message) -> Iterator[Fact]:
    used = {fact.key for fact in message.used}
    for fact in message.facts.by_key.values():
        if fact.key not in used and not fact.key.startswith(ABOUT_NOBODY):
            yield fact


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rsplit(" ", 1)[0] + "…"
