"""No name from another record stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_desktop.core.customers.rules import fold
from followup_desktop.core.drafts.model import Advice, Span
from followup_desktop.core.drafts.rules.wording import Message

KIND = "another_name"
REASON = "A name from another customer's record tells both of them something that was not theirs to know."
BAD = "Luis was with Tom Becker on Tuesday."
GOOD = "Luis was with you on Tuesday."

_NAME = re.compile(r"[^\W\d_][\w'’-]*")
_PARTICLES = "de la del los las van von der den di da y e"
_SMALL = frozenset(_PARTICLES.split())
_MOST_WORDS = 4


def names_in(text: str) -> dict[str, tuple[int, int]]:
    """Return what may be a name in a text, folded, with its place: runs of words that begin with a capital."""
    found: dict[str, tuple[int, int]] = {}
    words = list(_NAME.finditer(text))
    for at, first in enumerate(words):
        if not first[0][0].isupper():
            continue
        for last in _last_words(words, at, text):
            name = fold(re.sub(r"['’]s$", "", text[first.start() : last.end()]))
            found.setdefault(" ".join(name.split()), (first.start(), last.end()))
    return found


def advise(message: Message) -> Advice | None:
    """Look for the name of another customer, unless it stands in this one's record."""
    others = message.knows.others
    if not others:
        return None
    theirs = fold("\n".join(fact.text for fact in message.facts.by_key.values()))
    for name, (start, end) in names_in(message.own_words).items():
        if name in others and name not in theirs:
            where = Span("text", start, end)
            text = f"“{message.said(where)}” is another customer: is this theirs?"
            return Advice(KIND, ok=False, text=text, where=where)
    return Advice(KIND, ok=True, text="No other names")


def _last_words(words: list[re.Match[str]], at: int, text: str) -> Iterator[re.Match[str]]:
    """Go through the words with which a name that begins here may end."""
    for last in range(at + 1, min(at + _MOST_WORDS, len(words))):
        if text[words[last - 1].end() : words[last].start()] != " ":
            return
        word = words[last][0]
        if word[0].isupper():
            yield words[last]
        elif word not in _SMALL:
            return
