"""One line into a promise: whom, what, when, and what has to be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial

from followup_desktop.base.zones import local
from followup_desktop.core.promises.model import (
    Match,
    Missing,
    MissingKind,
    Name,
    Span,
    SpanKind,
    Understood,
)
from followup_desktop.core.promises.rules import names, vocabulary, when
from followup_desktop.core.promises.rules.english import english
from followup_desktop.core.promises.rules.folding import composed, fold
from followup_desktop.core.promises.rules.names import Called, NameIndex, Word
from followup_desktop.core.promises.rules.reading import Found, Grammar, OnDay, Setting, find
from followup_desktop.core.promises.rules.spanish import spanish
from followup_desktop.core.promises.rules.when import When

LONGEST = 1000
"""Characters of a line that are read; nobody types as much, but people paste."""

_MONTH_FIRST = {"en": frozenset({"US", "PR", "GU", "AS", "VI", "UM", "MH", "FM", "PH"}), "es": frozenset({"PR", "PA"})}
_BETWEEN = re.compile(r"[\s,;:.]*(?:(?:or|and|at|on|by|@|o|u|y|e|a|el)\b[\s,]*)?")
_OPENING = re.compile(
    r"(?:[\s,;:.·!-]+|(?:please |pls )?remind me (?:to |that )?|don'?t forget (?:to )?|remember to |por favor |"
    r"(?:i|we) (?:have to|need to|must|should|will|shall|promised to|promised)\s|i'?ll |we'?ll |i am going to |"
    r"(?:need|have|promised?|todo|to-do|to do)(?: to\b|:)\s*|(?:and|or|that|to|y|o|que|will)\s+|"
    r"(?:i )?(?:promised|told) (?:that )?(?:i|we)(?:'d|'ll| would| will) |"
    r"(?:i )?promised (?=(?:the|an?|some|her|him|them|his|their|our|my)\s)|"
    r"recuerdame (?:que )?|recordar(?:me)? (?:que |(?=\w+r\b))|acordarme de |no olvidar(?:me de)? |tengo que "
    r"|hay que |debo |voy a |prometi )"
)
_CLOSING = re.compile(
    r"(?:[\s,;:·-]+|(?<![.])\.\s*|\s(?:and|or|to|for|with|at|from|of|the|an|between|el|la|los|las|y|o|de|del"
    r"|para|con|entre|a))$"
)


def understand(
    line: str,
    now: datetime,
    zone: str,
    customers: NameIndex | Sequence[Name],
    language: str = "en",
    region: str = "US",
    *,
    customer: Match | None = None,
) -> Understood:
    """Read a line as a promise made at `now` by someone whose clocks show `zone`.

    Dates in figures are read as `language` and `region` write them. Days are looked for in that language first, then
    in the other one. With `customer` (a line typed on a customer's page) nobody needs to be named.
    """
    index = customers if isinstance(customers, NameIndex) else NameIndex(customers)
    text = composed(line[:LONGEST]).rstrip()
    folded = fold(text)
    words = names.words_of(folded)
    called = names.known(words, index)
    taken = Span(called.start, called.end, SpanKind.CUSTOMER) if called else None
    setting = _setting(folded, local(now, zone).replace(tzinfo=None), words, index, language, region)
    found = _found(folded, setting, taken, language)
    dated = when.put_together(text, found, setting)
    called = _called(words, called, index, found)
    whom = _whom(text, called, index, customer)
    return _understood(text, folded, words, called, whom, dated)


@dataclass(frozen=True, slots=True)
class Dated:
    """When something in a text is due, and the text without the words that said so."""

    what: str
    day: date | None
    clock: time | None
    stretch: bool = False
    """It names a stretch of days or several of them: "next week"."""
    named: bool = False
    """A day is named, not only a time of day."""
    past: bool = False
    """The day it names is over."""


_NOBODY = NameIndex()


def dated(text: str, now: datetime, zone: str, language: str = "en", region: str = "US") -> Dated:
    """Read when something in a text written at `now` is due; nobody's name is looked for, or taken out."""
    text = composed(text[:LONGEST]).rstrip()
    folded = fold(text)
    setting = _setting(folded, local(now, zone).replace(tzinfo=None), names.words_of(folded), _NOBODY, language, region)
    said = when.put_together(text, _found(folded, setting, None, language), setting)
    what = _what(text, folded, [(item.opens, item.end) for item in (*said.days, *said.times)])
    kinds = {problem.kind for problem in said.problems}
    return Dated(
        what,
        None if kinds & {MissingKind.PAST, MissingKind.WHICH_DAY, MissingKind.WRONG_WEEKDAY} else said.day,
        None if MissingKind.WHICH_TIME in kinds else said.clock,
        stretch=MissingKind.WHICH_DAY in kinds,
        named=bool(said.days),
        past=MissingKind.PAST in kinds,
    )


def _setting(
    folded: str, wall: datetime, words: Sequence[Word], index: NameIndex, language: str, region: str
) -> Setting:
    month_first = region in _MONTH_FIRST.get(language, frozenset())
    return Setting(
        folded, wall, month_first, partial(_ends_phrase, folded, words, index, _grammars(language)[0].followers)
    )


def _grammars(language: str) -> tuple[Grammar, Grammar]:
    return (spanish(), english()) if language == "es" else (english(), spanish())


def _ends_phrase(folded: str, words: Sequence[Word], index: NameIndex, followers: frozenset[str], end: int) -> bool:
    """Whether no noun follows: nothing, punctuation, a word such as "about", a verb, or somebody's name."""
    at = next((at for at, word in enumerate(words) if word.start >= end), None)
    if at is None or folded[end : words[at].start].strip():
        return True
    return words[at].letters in followers or words[at].letters[0].isdigit() or _begins_clause(words, at, index)


def _begins_clause(words: Sequence[Word], at: int, index: NameIndex) -> bool:
    """Whether a verb or somebody's name stands there; "invoice" is a verb before a name only."""
    letters = words[at].letters
    if letters in vocabulary.NOUNS_TOO:
        follows = words[at + 1].letters if at + 1 < len(words) else ""
        return follows in vocabulary.ARTICLES or bool(index.called(follows))
    return letters in vocabulary.VERBS or bool(index.called(letters) and not vocabulary.is_thing(letters))


def _found(folded: str, setting: Setting, taken: Span | None, language: str) -> list[Found]:
    """Read in the language, and where that names no day, in the other one too."""
    first, second = _grammars(language)
    found = find(first, folded, setting, taken)
    if when.has_day(found):
        return found
    other = [item for item in find(second, folded, setting, taken) if not _is_weak(item)]
    if not when.has_day(other):
        return found
    apart = [item for item in other if all(item.end <= own.start or own.end <= item.start for own in found)]
    return sorted(found + apart, key=lambda item: item.start)


def _is_weak(item: Found) -> bool:
    return isinstance(item.reading, OnDay) and item.reading.weak


def _called(words: Sequence[Word], called: Called | None, index: NameIndex, found: Sequence[Found]) -> Called | None:
    """Return the name, once the days are known: they are no names, and a family name may show it is someone else."""
    taken = [(item.start, item.end) for item in found]
    return names.mistaken(words, called, index, taken) if called else names.unknown(words, index, taken)


Whom = tuple[Match | None, tuple[Match, ...], Missing | None]


def _whom(text: str, called: Called | None, index: NameIndex, given: Match | None) -> Whom:
    if given is not None:
        return given, (), None
    if called is None:
        return None, (), None
    typed, matches = text[called.start : called.end], index.matches(called.found)
    if len(matches) == 1:
        return matches[0], (), None
    kind = MissingKind.WHICH_CUSTOMER if matches else MissingKind.UNKNOWN_CUSTOMER
    return None, matches or index.matches(called.near), Missing(kind, _as_a_name(typed))


def _as_a_name(typed: str) -> str:
    typed = re.sub(r"['’]s?$", "", typed)
    return typed if typed != typed.lower() and typed != typed.upper() else typed.title()


def _understood(
    text: str,
    folded: str,
    words: Sequence[Word],
    called: Called | None,
    whom: Whom,
    dated: When,
) -> Understood:
    customer, candidates, unclear = whom
    cuts = [(item.opens, item.end) for item in (*dated.days, *dated.times)]
    what = _what(text, folded, cuts + _name_to_take_out(words, called, cuts))
    nothing = (Missing(MissingKind.WHAT),) if not what else ()
    problems = (*nothing, *((unclear,) if unclear else ()), *dated.problems)
    if nothing and not text.strip():
        problems = nothing
    spans = [Span(item.opens, item.end, SpanKind.DAY) for item in dated.days]
    spans += [Span(item.opens, item.end, SpanKind.TIME) for item in dated.times if item not in dated.days]
    if called:
        spans.append(Span(called.start, called.end, SpanKind.CUSTOMER))
    ordered = tuple(sorted(spans, key=lambda span: span.start))
    return Understood(what, customer, candidates, dated.day, dated.clock, problems, ordered)


def _name_to_take_out(
    words: Sequence[Word], called: Called | None, dates: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the stretch of the name, unless what is left would not read: "tell Carl and Maria", "talk about Carl"."""
    if called is None:
        return []
    before = [word for word in words if word.end <= called.opens]
    after = [word for word in words if word.start >= called.end]
    if after and after[0].letters in ("and", "y", "e") and len(after) > 1 and not _starts_a_clause(after[1]):
        return []
    if before and before[-1].letters in ("and", "y", "e"):
        return []
    if before and before[-1].letters in ("be", "casa", "lo"):
        return []
    if before and before[-1].letters in ("about", "regarding", "re", "sobre", "por") and called.rank > 2:
        return []
    owns = bool(after) and any(word.end == called.end and word.possessive for word in words)
    if owns and not any(start <= after[0].start < end for start, end in dates):
        return [(called.start, called.end)]  # "warranty for Ruth's heater": the preposition belongs to the heater
    return [(called.opens, called.end)]


def _starts_a_clause(word: Word) -> bool:
    return word.letters in vocabulary.VERBS or word.letters in vocabulary.SMALL or vocabulary.is_thing(word.letters)


def _what(text: str, folded: str, cuts: list[tuple[int, int]]) -> str:
    """Return the line without what was understood, and without the little words that held it in place."""
    kept, at = [], 0
    for start, end in _joined(folded, sorted(cuts)):
        kept.append(text[at:start].rstrip())
        at = max(at, end)
    kept.append(text[at:])
    what = _tidied(" ".join(part.strip() for part in kept if part.strip()), cut_at_end=not kept[-1].strip(" .,;!?"))
    return re.sub(r"\s+([,;.?!])", r"\1", re.sub(r"\s+", " ", _without_empty_brackets(what)))


def _without_empty_brackets(what: str) -> str:
    what = re.sub(r"\(\s*\)", "", what)
    return (what if what.count("(") == what.count(")") else re.sub(r"[()]", "", what)).strip()


def _joined(folded: str, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join cuts between which nothing but "or", "at" or a comma is left."""
    joined: list[tuple[int, int]] = []
    for start, end in cuts:
        if joined and (start <= joined[-1][1] or _BETWEEN.fullmatch(folded, joined[-1][1], start)):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _tidied(what: str, *, cut_at_end: bool) -> str:
    while opening := _OPENING.match(fold(what)):
        what = what[opening.end() :]
    while cut_at_end and (closing := _CLOSING.search(fold(what))):
        what = what[: closing.start()]
    return what.strip().rstrip(".") if not what.endswith("...") else what.strip()
