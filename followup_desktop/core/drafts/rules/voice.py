"""Own voice: find the words of a template that the owner keeps replacing, and propose the change.

Only the frame counts. A change that touches a fact, or brings in one, is about one customer and proposes nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from followup_desktop.core.drafts.model import Draft, PhraseChange, Place, VoiceProposal
from followup_desktop.core.drafts.rules.sandbox import check_words, pieces_of

MANY = 3
"""In so many messages must the same words be replaced before a change is proposed."""
LONGEST_WORDS = 25
"""A longer passage was written anew, not replaced."""
LEAST_ALIKE = 0.3
"""Below this share of words in common, the whole message is another one."""
NEAR_WORDS = 2
"""Changes with no more words than this between them are one change."""

_PARAGRAPH = "¶"
_TOKEN = re.compile(r"\n\s*\n|\S+")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    fixed: bool
    """A fact, or the end of a paragraph: not words of the frame."""


def replaced(made: Draft, sent: str, known: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return the words of the frame that were replaced in what was sent, each with what stands there now.

    `known` are the words of this customer's facts: what holds one of them is not taken up.
    """
    before, after = _words_made(made), _words(sent)
    matcher = SequenceMatcher(None, [word.text for word in before], [word.text for word in after], autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return []
    facts = [words.casefold() for words in known if len(words) > 2]
    found: list[tuple[str, str]] = []
    for spans in _joined(matcher.get_opcodes(), before):
        pair = _pair(before, after, *spans)
        if pair and not any(fact in pair[1].casefold() for fact in facts):
            found.append(pair)
    return list(dict.fromkeys(found))


def proposed(
    place: Place, source: str, changes: Iterable[PhraseChange], refused: Collection[tuple[str, str]] = ()
) -> list[VoiceProposal]:
    """Return the changes to a template that the owner made in enough messages, the most frequent first."""
    messages: dict[tuple[str, str], set[int]] = defaultdict(set)
    for change in changes:
        if change.place == place:
            messages[change.before, change.after].add(change.follow_up)
    found = []
    for (before, after), where in messages.items():
        if len(where) < MANY or (before, after) in refused:
            continue
        text = put_into(source, before, after)
        if text is not None and not check_words(text, place.channel):
            found.append(VoiceProposal(place, before, after, len(where), text))
    return sorted(found, key=lambda one: (-one.times, one.before))


def put_into(source: str, before: str, after: str) -> str | None:
    """Return a template with these words replaced; None where they do not stand in it exactly once."""
    if re.search(r"\{[{%#]|[%#}]\}", after):
        return None
    words = re.compile(r"(?<!\S)" + r"\s+".join(map(re.escape, before.split())) + r"(?!\S)")
    pieces = pieces_of(source)
    where = [(number, found) for number in range(0, len(pieces), 2) for found in words.finditer(pieces[number])]
    if len(where) != 1:
        return None
    number, found = where[0]
    piece, start, end = pieces[number], found.start(), found.end()
    if not after and piece[end : end + 1] == " ":
        end += 1
    pieces[number] = piece[:start] + after + piece[end:]
    return "".join(pieces)


def _words_made(made: Draft) -> list[_Word]:
    facts = [used.where for used in made.facts_used if used.where.part == "text" and used.where.end > used.where.start]
    return [
        _Word(_text(m), m[0].isspace() or any(m.start() < fact.end and fact.start < m.end() for fact in facts))
        for m in _TOKEN.finditer(made.text)
    ]


def _words(text: str) -> list[_Word]:
    return [_Word(_text(m), m[0].isspace()) for m in _TOKEN.finditer(text.strip())]


def _text(token: re.Match[str]) -> str:
    return _PARAGRAPH if token[0].isspace() else token[0]


def _joined(opcodes: Sequence[tuple[str, int, int, int, int]], before: Sequence[_Word]) -> list[tuple[int, ...]]:
    """Return the changed spans, with those joined between which only a few words of the frame stand."""
    found: list[tuple[int, ...]] = []
    for what, i1, i2, j1, j2 in opcodes:
        if what == "equal":
            continue
        if found and i1 - found[-1][1] <= NEAR_WORDS and not any(word.fixed for word in before[found[-1][1] : i1]):
            found[-1] = (found[-1][0], i2, found[-1][2], j2)
        else:
            found.append((i1, i2, j1, j2))
    return found


def _pair(
    before: Sequence[_Word], after: Sequence[_Word], i1: int, i2: int, j1: int, j2: int
) -> tuple[str, str] | None:
    """Return a change as words and their replacement; a very short one takes a neighbour along, to be found again."""
    if any(word.fixed for word in (*before[i1:i2], *after[j1:j2])):
        return None
    while i2 - i1 < 2:
        if i1 > 0 and j1 > 0 and not before[i1 - 1].fixed:
            i1, j1 = i1 - 1, j1 - 1
        elif i2 < len(before) and j2 < len(after) and not before[i2].fixed:
            i2, j2 = i2 + 1, j2 + 1
        else:
            break
    if i1 == i2 or i2 - i1 > LONGEST_WORDS or j2 - j1 > LONGEST_WORDS:
        return None
    return " ".join(word.text for word in before[i1:i2]), " ".join(word.text for word in after[j1:j2])
