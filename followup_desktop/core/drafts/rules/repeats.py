"""Tell whether something was said before: a year of messages is taken apart once, a draft on every keystroke.

A message is compared without greeting, signature, footer, days and numbers. Two messages are near the same when most
of the runs of three words of the shorter one stand in the other (w-shingling, Broder 1997, as containment).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from followup_desktop.core.drafts.model import Before, Said
from followup_desktop.core.drafts.rules.footing import footer_start
from followup_desktop.core.drafts.rules.mentions import MONTHS, WEEKDAYS

RUN = 3
"""Words in a piece."""
ALIKE = 0.6
"""Share of the shorter message's pieces that must stand in the other one."""
LEAST_PIECES = 10
"""Messages with fewer pieces are the same only word for word."""
SAME_QUESTION = 0.7
"""Share of words that two questions must have in common, of all their words."""

_DAYS = frozenset({*MONTHS, *WEEKDAYS} - {"may", "mar"})
_SIGNED = re.compile(r"\n\n[^\n.?!]{0,60}(?:\n[^\n.?!]{0,60})?\s*$")
_GREETED = re.compile(
    r"\s*(?:hi|hello|hey|dear|good \w+|hola|buen[oa]s \w+|estimad[oa]s?|querid[oa]s?)\b[^\n]*\n", re.I
)
_QUOTED = re.compile(r"[“\"«][^”\"»\n]*[”\"»]")
_QUESTION = re.compile(r"[^.?!\n¿]*\?")
_SCALE = re.compile(r"\b(?:from|del|de) \d+ ?(?:\([^)]*\) )?(?:to|al|a) \d+\b|\b[01] ?(?:–|-|to|al?) ?(?:5|10)\b", re.I)
_SHORTENED = re.compile(r"[’'](?:d|ll|ve|re|s|m|t)\b")
_SMALL_WORDS = """
a an the to of in on at and or is are was were it its you your us we i me my do does did be been would have has had
un una el la los las de del al en y o es son que se le su sus lo nos usted con por para
"""
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Repeat:
    """What a draft repeats: the message of before, and the question where it is only that."""

    message: Said
    question: str = ""


def prepared(said: Iterable[Said]) -> Before:
    """Take messages apart for comparing; the newest first is the one named where two are alike."""
    messages = tuple(sorted(said, key=lambda each: each.day, reverse=True))
    words = [words_of(each.text) for each in messages]
    pieces = [_pieces(each) for each in words]
    by_piece: dict[str, list[int]] = {}
    for at, found in enumerate(pieces):
        for piece in found:
            by_piece.setdefault(piece, []).append(at)
    by_text: dict[str, int] = {}
    for at, spoken in enumerate(words):
        by_text.setdefault(" ".join(spoken), at)
    asked = tuple(
        (telling, at) for at, each in enumerate(messages) for _, telling in questions_of(each.text) if len(telling) > 1
    )
    return Before(
        messages, tuple(map(len, pieces)), {piece: tuple(at) for piece, at in by_piece.items()}, by_text, asked
    )


def repeat_of(text: str, before: Before) -> Repeat | None:
    """Return what a text says again, or nothing: the whole of it, or else a question."""
    words = words_of(text)
    same = before.by_text.get(" ".join(words)) if words else None
    if same is None:
        same = _near(_pieces(words), before)
    if same is not None:
        return Repeat(before.messages[same])
    for question, telling in questions_of(text):
        for asked, at in before.questions:
            if len(telling) > 1 and len(telling & asked) >= SAME_QUESTION * len(telling | asked):
                return Repeat(before.messages[at], question)
    return None


def words_of(text: str) -> list[str]:
    """Return the words of a message that can repeat, folded; numbers and days count as any number and any day."""
    body = _GREETED.sub("", text[: footer_start(text, "")], count=1)
    return [_masked(word) for word in re.findall(r"\w+", _folded(_SIGNED.sub("", body)))]


def questions_of(text: str) -> list[tuple[str, frozenset[str]]]:
    """Return the questions of a message with their telling words.

    One we quote is theirs, and a rating is asked the same every time.
    """
    found = (each[0].strip() for each in _QUESTION.finditer(_QUOTED.sub(lambda theirs: " " * len(theirs[0]), text)))
    return [
        (each, frozenset(_masked(word) for word in re.findall(r"\w+", _folded(each))) - _SMALL)
        for each in found
        if not _SCALE.search(each)
    ]


def _near(pieces: frozenset[str], before: Before) -> int | None:
    if len(pieces) < LEAST_PIECES:
        return None
    shared = Counter(at for piece in pieces for at in before.by_piece.get(piece, ()))
    near = (
        at
        for at, count in shared.items()
        if before.sizes[at] >= LEAST_PIECES and count >= ALIKE * min(len(pieces), before.sizes[at])
    )
    return min(near, default=None)


def _pieces(words: list[str]) -> frozenset[str]:
    return frozenset(" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def _masked(word: str) -> str:
    return "#" if word[0].isdigit() else "@" if word in _DAYS else word


def _folded(text: str) -> str:
    plain = _SHORTENED.sub("", text.casefold())
    if plain.isascii():
        return plain
    return "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
