"""At least two facts about what happened with this customer: with fewer, it could be sent to anyone."""

from __future__ import annotations

from collections.abc import Iterator

from followup_desktop.core.drafts.model import Advice, Fact
from followup_desktop.core.drafts.rules.wording import ABOUT_NOBODY, Message

KIND = "specific"
REASON = "Two facts of theirs show that somebody looked; with fewer it reads like everybody’s."
BAD = "We hope you like our work."
GOOD = "Luis was with you on Tuesday, and the heater is $2,340."

_LEAST = 2
_BARE = (".day", ".date", "_day", "_date", ".technician", ".window", ".since", ".score", ".due", ".until")
"""Facts that say when and who, but not what: offered where nothing else is known."""


def advise(message: Message) -> Advice:
    """Count the facts that stand in the text, each once."""
    used = {fact.text.casefold() for fact in message.used}
    if len(used) >= (_LEAST if message.knows.channel == "email" else 1):
        return Advice(KIND, ok=True, text="About them")
    unused = next(_unused(message), None)
    hint = f"; you know “{_short(unused.text)}”" if unused else "; say what you remember of them"
    empty = "" if used else ". No message is better than an empty one"
    return Advice(KIND, ok=False, text=f"This could be sent to anyone{hint}{empty}")


def _unused(message: Message) -> Iterator[Fact]:
    """Go through what is known and not used: what happened first, days and names last."""
    used = {fact.key for fact in message.used}
    known = [fact for fact in message.facts.by_key.values() if fact.key not in used]
    telling = (fact for fact in known if not fact.key.startswith(ABOUT_NOBODY))
    yield from sorted(telling, key=lambda fact: fact.key.endswith(_BARE))


def _short(text: str) -> str:
    text = text.rstrip(".")
    return text if len(text) <= 40 else text[:39].rsplit(" ", 1)[0] + "…"
