"""Finding what was promised in a text: the sentence, what is to be done, and when.

Only what commits the owner or the business counts: "I'll drop by Thursday", "Luis will be there at nine", "le llamaré".
Questions, conditions, offers, guesses, the past, and what others promise do not. The day is read as it was meant by who
wrote it at `now`; where a sentence names no single day, none is given: it is asked for, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from followup_desktop.base import wording
from followup_desktop.core.promises.model import Promise
from followup_desktop.core.promises.rules.folding import composed, fold
from followup_desktop.core.promises.rules.line import Dated, dated
from followup_desktop.core.promises.rules.promising_english import english
from followup_desktop.core.promises.rules.promising_spanish import spanish
from followup_desktop.core.promises.rules.speaking import Day, Language, Speaking

MOST_LETTERS = 60_000
"""Letters of a text that are read."""
LONGEST_SENTENCE = 600
"""Letters of a sentence; whatever is longer is no sentence."""

_GREETING = re.compile(
    r"^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hola|estimad[oa]s?|querid[oa]s?|"
    r"buen[oa]s (?:dias|tardes|noches)|buenos dias)\b.{0,60}[,:!.]?$"
)
_SHORT = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|sr|sra|srta|st|ave|rd|no|nr|approx|etc|vs|e\.g|i\.e|jr|inc|ltd|co|dept|tel|ext|ud|uds|vd|num|aprox|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun|ene|abr|ago|dic)|\b[a-z])\.$"
)
_HALF_DAY = re.compile(r"\b[ap]\.\s?m\.$")
_DAY_NEXT = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE
)
_END = re.compile(r"[.!?…]+[\"'”»)\]]*(?=\s|$)")
_QUOTED = re.compile(
    r"\"[^\"\n]{6,}\"|“[^”\n]{6,}”|«[^»\n]{6,}»|„[^“”\n]{6,}[“”]|(?<!\w)'[^'\n]{12,}'(?!\w)|‘[^’\n]{12,}’(?!\w)"
)
_PARTS = re.compile(r";\s|\s[-–—]{1,2}\s|—|,\s(?:but|pero)\s")
_BULLET = re.compile(r"^\s*(?:[-*•·–]|\d{1,2}[.)])\s+")


_ENGLISH = frozenset(
    "the i i'll i'm you your we we'll we're to and will of is it on by at for in this that my "
    "our from be with are have see "
    "can let if was would next back when there here what up out about not tomorrow today".split()
)
_SPANISH = frozenset(
    "el la los las de del que le te se y en por para con un una su sus lo al mi es si nos les "
    "como mas ya esta este hoy "
    "manana antes cuando muy pero voy vamos usted tu".split()
)


@dataclass(frozen=True, slots=True)
class FoundPromise:
    """One promise found in a text: its sentence as written, what is to be done, and the day, where it names one."""

    sentence: str
    what: str
    due_date: date | None
    due_time: time | None


@dataclass(frozen=True, slots=True)
class Reader:
    """When and where a text was written: for what "Thursday" and "5/12" mean in it."""

    now: datetime
    zone: str
    region: str = "US"


def due_words(found: FoundPromise, today: date) -> str:
    """Return when a promise found is due, for a short line: "Thursday, 3:00 pm"; "" where it names no day."""
    if found.due_date is None:
        return ""
    day = wording.day_words(found.due_date, today)
    return day if found.due_time is None else f"{day}, {wording.clock_words(found.due_time)}"


def find_promises(text: str, reader: Reader) -> list[FoundPromise]:
    """Return what `text` promises, in its order; a sentence that stands there twice is found once."""
    found: dict[str, FoundPromise] = {}
    for sentence in sentences(composed(text[:MOST_LETTERS])):
        if sentence not in found and (promise := promise_in(sentence, reader)):
            found[sentence] = promise
    return list(found.values())


def sentences(text: str) -> Iterator[str]:
    """Return the sentences of a text, their broken lines joined; what is marked as quoted is left out."""
    for paragraph in _paragraphs(text.replace("\r\n", "\n").replace("\r", "\n")):
        start = 0
        for end in _END.finditer(paragraph):
            if _goes_on(paragraph, end):
                continue
            yield from _sentence(paragraph[start : end.end()])
            start = end.end()
        yield from _sentence(paragraph[start:])


def _sentence(text: str) -> Iterator[str]:
    text = " ".join(text.split())
    if text and len(text) <= LONGEST_SENTENCE and any(map(str.isalpha, text)):
        yield text


def _goes_on(paragraph: str, end: re.Match[str]) -> bool:
    """Whether the sentence goes on after a full stop: "at 3 p.m. Thursday", "Mr. Lane", "2 dec. at"."""
    before, after = paragraph[: end.end()], paragraph[end.end() :].lstrip()
    if not after or not end[0].startswith("."):
        return False
    if _HALF_DAY.search(fold(before)):
        return not after[0].isupper() or bool(_DAY_NEXT.match(after))
    if end[0] == ".":
        return bool(_SHORT.search(fold(before[-12:])))
    return after[0].islower()


def _paragraphs(text: str) -> Iterator[str]:
    """Join lines that were only broken to fit; a line stands alone where it looks finished by itself."""
    lines: list[str] = []
    for line in text.split("\n"):
        bare = line.strip()
        if not bare or bare.startswith((">", "|")):
            if lines:
                yield " ".join(lines)
            lines = []
            continue
        if lines and _stands_apart(lines[-1], line):
            yield " ".join(lines)
            lines = []
        lines.append(_BULLET.sub("", line).strip())
    if lines:
        yield " ".join(lines)


def _stands_apart(before: str, line: str) -> bool:
    bare = line.strip()
    if _BULLET.match(line) or _GREETING.match(fold(before)):
        return True
    if before.endswith((".", "!", "?", ":", "…")):
        return True
    return len(before) < 45 and not (bare[:1].islower() or bare[:1].isdigit())


@lru_cache(maxsize=1024)
def promise_in(sentence: str, reader: Reader) -> FoundPromise | None:
    """Return what one sentence promises, None where it promises nothing."""
    bare = _without_quotes(composed(sentence))
    for match, way, language in _begun(bare):
        if found := _promised(sentence, bare, match, way, language, reader):
            return found
    return None


@lru_cache(maxsize=4096)
def _begun(bare: str) -> tuple[tuple[re.Match[str], Speaking, Language], ...]:
    """Return where a sentence begins to promise; it is asked for again with every key typed elsewhere in the text."""
    if bare.rstrip("\"') ").endswith("?"):
        return ()
    folded = fold(bare)
    begun = [
        (match.start(), n, match, way, language)
        for language in _languages(folded)
        for n, way in enumerate(language.ways)
        for match in way.begins.finditer(folded)
    ]
    return tuple((match, way, language) for _start, _n, match, way, language in sorted(begun, key=lambda one: one[:2]))


def _languages(folded: str) -> tuple[Language, ...]:
    """Return the language a sentence is in by its small words; both where they do not say."""
    words = set(re.findall(r"[a-z']+", folded))
    english_words, spanish_words = len(words & _ENGLISH), len(words & _SPANISH)
    if english_words == spanish_words:
        return english(), spanish()
    return (english(),) if english_words > spanish_words else (spanish(),)


def _without_quotes(sentence: str) -> str:
    return _QUOTED.sub(lambda match: " " * len(match[0]), sentence)


def _promised(
    sentence: str, bare: str, match: re.Match[str], way: Speaking, language: Language, reader: Reader
) -> FoundPromise | None:
    if language.not_before.search(match.string[: match.start()]) or _conditional(bare, match, language):
        return None
    said = way.says(match, bare)
    if said is None:
        return None
    when = _when(bare, match, language, reader)
    if when.past or not _day_enough(when, match, way, language):
        return None
    rest = language.rest(said.strip())
    read = dated(rest, reader.now, reader.zone, language.code, reader.region)
    # Where it goes on to another day both days stay: "drop by on Thursday, and send the papers by Friday".
    what = read.what if read.day in (None, when.day) else rest.strip(" .!")
    what = what if len(what) > 1 and what != "do" else sentence.strip(" .!")
    return FoundPromise(sentence, what, when.day, when.clock if when.day else None)


def _conditional(bare: str, match: re.Match[str], language: Language) -> bool:
    """Whether the part of the sentence it stands in makes it hang on something, or a guess."""
    start = max((cut.end() for cut in _PARTS.finditer(bare) if cut.end() <= match.start()), default=0)
    end = min((cut.start() for cut in _PARTS.finditer(bare) if cut.start() >= match.end()), default=len(bare))
    return bool(language.not_at_all.search(bare[start:end].replace("’", "'")))


def _day_enough(when: Dated, match: re.Match[str], way: Speaking, language: Language) -> bool:
    if way.day is Day.ANY:
        return True
    if way.day is Day.ONE:
        return when.day is not None
    return when.day is not None or when.stretch or bool(language.soon.search(match.string))


def _when(bare: str, match: re.Match[str], language: Language, reader: Reader) -> Dated:
    """Read the day in the clause of the promise, then further on, then in the whole sentence."""
    bare = re.sub(r"\bcare of\b", "care   ", bare)  # in "taken care of tomorrow" the word belongs to the verb
    folded = match.string
    cuts = [cut.start() for cut in language.bounds.finditer(folded)]
    start = max((cut for cut in cuts if cut <= match.start()), default=0)
    end = min((cut for cut in cuts if cut >= match.end()), default=len(folded))
    read: Dated | None = None
    for part in dict.fromkeys((bare[start:end], bare[start:], bare)):
        when = dated(part, reader.now, reader.zone, language.code, reader.region)
        if (when.day is not None and when.named) or when.past:
            return when
        read = read or (when if when.stretch or when.day else None)
    return read or Dated("", None, None)


def is_in_mind(found: FoundPromise, kept: Iterable[Promise]) -> bool:
    """Whether a sentence only says again what was promised for the same day already: an assurance in its letter."""
    said = fold(found.sentence)
    return any(found.due_date == one.due_date and fold(one.what) in said for one in kept)
