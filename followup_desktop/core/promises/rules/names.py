"""Finding the customer in a line: by any part of the name, whatever its case and accents."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from followup_desktop.core.promises.model import Match, Name
from followup_desktop.core.promises.rules import vocabulary as words
from followup_desktop.core.promises.rules.folding import fold

_WORD = re.compile(r"[^\W_](?:[\w'.-]*[^\W_])?'?")
_SHORTEST_SLIP = 4
_SHORTEST_BEGINNING = 3
_LONGEST_NAME = 3
_ORDINARY = words.SMALL | words.VERBS | words.WEEK_WORDS | frozenset(("en", "sin", "hasta", "entre", "desde", "antes"))
_CLOSES_A_NAME = frozenset(
    {
        *("about", "regarding", "re", "on", "at", "by", "before", "after", "to", "for", "with", "from", "and", "that"),
        *(
            "whether",
            "if",
            "again",
            "back",
            "asap",
            "soon",
            "sobre",
            "por",
            "para",
            "con",
            "y",
            "que",
            "el",
            "si",
            "antes",
        ),
    }
)
_TO_SOMEBODY = frozenset({"to", "with", "a", "con"})
_POSSESSIVE = re.compile(r"'s$|'$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the folded line: its letters without apostrophes and without the "'s" it may have had."""

    start: int
    end: int
    letters: str
    possessive: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """A stretch of the line that names someone: `found` are those it may mean, nobody where it is not known."""

    start: int
    end: int
    opens: int
    """Where the preposition and title before it begin."""
    found: frozenset[int]
    rank: int
    near: frozenset[int] = frozenset()
    """Whom an unknown name comes close to: those with the given name."""


def words_of(folded: str) -> list[Word]:
    """Return the words of a folded line."""
    found = []
    for match in _WORD.finditer(folded):
        bare = _POSSESSIVE.sub("", match[0])
        found.append(Word(match.start(), match.end(), bare.replace("'", ""), bare != match[0]))
    return found


def _matches(names: Sequence[Name]) -> tuple[Match, ...]:
    """Return whom each name means; namesakes with what tells them apart, their number where nothing does."""
    many = Counter(fold(name.display) for name in names)
    same = Counter((fold(name.display), name.beside) for name in names)
    found = []
    for name in names:
        beside = ""
        if many[fold(name.display)] > 1:
            number = f"#{name.customer_id}"
            alike = same[fold(name.display), name.beside] > 1
            beside = ", ".join(filter(None, (name.beside, number if alike or not name.beside else "")))
        found.append(Match(name.customer_id, name.display, beside))
    return tuple(found)


class NameIndex:
    """All names of a business, by their words. Built once (0.2 s for 10,000) and asked at every key."""

    def __init__(self, names: Iterable[Name] = ()) -> None:
        self._names = tuple(sorted(names, key=lambda name: (fold(name.display), name.customer_id)))
        self._matches = _matches(self._names)
        everyone: dict[str, set[int]] = {}
        self._people: set[str] = set()
        self._given: dict[str, set[int]] = {}
        for place, name in enumerate(self._names):
            self._add(place, name, everyone)
        self._by_word = {word: frozenset(places) for word, places in everyone.items()}
        self._sorted = sorted(self._by_word)

    def _add(self, place: int, name: Name, everyone: dict[str, set[int]]) -> None:
        given, family = _parts(name.given), _parts(name.family)
        self._people |= given | family
        for word in given - family:
            self._given.setdefault(word, set()).add(place)
        for word in given | family | _parts(name.company) | _parts(name.display):
            everyone.setdefault(word, set()).add(place)

    def called(self, word: str) -> frozenset[int]:
        """Return everyone with that word in the name."""
        return self._by_word.get(word, frozenset())

    def beginning(self, letters: str) -> frozenset[int]:
        """Return everyone with a word in the name that begins with those letters, at least three."""
        if len(letters) < _SHORTEST_BEGINNING:
            return frozenset()
        places: set[int] = set()
        for word in self._sorted[bisect_left(self._sorted, letters) :]:
            if not word.startswith(letters):
                break
            places |= self._by_word[word]
        return frozenset(places)

    def near(self, letters: str) -> frozenset[int]:
        """Return everyone with a word in the name from which those letters, at least four, are one slip away."""
        if len(letters) < _SHORTEST_SLIP:
            return frozenset()
        start = bisect_left(self._sorted, letters[0])
        places: set[int] = set()
        for word in self._sorted[start : bisect_left(self._sorted, chr(ord(letters[0]) + 1))]:
            if abs(len(word) - len(letters)) <= 1 and _one_slip(word, letters):
                places |= self._by_word[word]
        return frozenset(places)

    def is_person(self, word: str) -> bool:
        """Whether the word is a given or family name, not only part of a company's."""
        return word in self._people

    def is_given(self, word: str, places: Iterable[int]) -> bool:
        """Whether the word is no more than the given name of all of them."""
        return self._given.get(word, set()).issuperset(places)

    def with_family(self, places: Iterable[int], letters: str) -> frozenset[int]:
        """Return those of them whose family name begins with the letters."""
        return frozenset(n for n in places if any(part.startswith(letters) for part in _parts(self._names[n].family)))

    def is_whole(self, letters: Sequence[str], place: int) -> bool:
        """Whether the words are the whole name or the whole company."""
        name, said = self._names[place], set(letters)
        return any(
            said >= parts
            for parts in (_parts(name.given) | _parts(name.family), _parts(name.company), _parts(name.display))
            if parts
        )

    def matches(self, places: Iterable[int]) -> tuple[Match, ...]:
        """Return the customers, by name."""
        return tuple(self._matches[place] for place in sorted(places))


@lru_cache(maxsize=65536)
def _parts(name: str) -> frozenset[str]:
    whole = {word.letters for word in words_of(fold(name))}
    return frozenset(whole | {part for word in whole for part in word.split("-") if part})


def known(line: Sequence[Word], index: NameIndex) -> Called | None:
    """Return the customer the line is about: the one a verb speaks to before one it only mentions."""
    found = [called for at in range(len(line)) if (called := _known_at(line, at, index))]
    return min(
        found,
        key=lambda called: (called.rank, -called.end + called.start if called.rank else 0, called.start),
        default=None,
    )


def _known_at(line: Sequence[Word], at: int, index: NameIndex) -> Called | None:
    if at and index.called(line[at - 1].letters) & index.called(line[at].letters) and not _ends_name(line[at - 1]):
        return None  # the middle of a longer name
    end, places = _longest(line, at, index)
    said = [word.letters for word in line[at:end]]
    telling = [letters for letters in said if _tells(letters)]
    if not places or not telling:
        return None
    opens, rank = _rank(line, at, end, index, telling, places)
    if rank is None:
        return None
    whole = frozenset(place for place in places if len(said) > 1 and index.is_whole(said, place))
    return Called(line[at].start, line[end - 1].end, line[opens].start, whole or places, rank)


def _tells(letters: str) -> bool:
    """Whether a word can be a name by itself."""
    return (letters not in words.SMALL or letters in words.ALSO_NAMES) and not letters.isdigit()


def _ends_name(word: Word) -> bool:
    return word.possessive or word.letters in words.VERBS


def _longest(line: Sequence[Word], at: int, index: NameIndex) -> tuple[int, frozenset[int]]:
    places, end = index.called(line[at].letters), at + 1
    while places and end < len(line) and not line[end - 1].possessive:
        narrower = places & index.called(line[end].letters)
        if narrower:
            places, end = narrower, end + 1
        elif line[end].letters in ("and", "y") and end + 1 < len(line) and places & index.called(line[end + 1].letters):
            places, end = places & index.called(line[end + 1].letters), end + 2
        else:
            break
    return end, places


def _rank(
    line: Sequence[Word], at: int, end: int, index: NameIndex, telling: Sequence[str], places: frozenset[int]
) -> tuple[int, int | None]:
    """Say how likely it is meant: 0 spoken to, 1 a name of several words, 2 after "for" or in front, 3 mentioned."""
    opens, before, through = _before(line, at)
    thing = all(map(words.is_thing, telling))
    if len(telling) == 1 and telling[0] in words.WEEK_WORDS:
        return opens, None
    if before is not None and _is_verb(line, before, words.ONLY_ADDRESSED if thing else words.VERBS):
        return opens, 0
    if thing and not (len(telling) > 1 and any(index.is_whole(telling, place) for place in places)):
        return opens, None
    if len(telling) > 1:
        return opens, 1
    if through or line[end - 1].possessive:
        return opens, (None if _dates_a_month(line, at, telling[0]) else 2)
    if telling[0] in words.ALSO_NAMES:
        # "Will: gate" and "Grace, photos" name somebody in front.
        in_front = before is None and not at and end < len(line) and _apart(line, end - 1)
        return opens, 2 if in_front else None
    if before is None:
        return opens, 2
    return opens, (3 if index.is_person(telling[0]) else None)


def _dates_a_month(line: Sequence[Word], at: int, letters: str) -> bool:
    """Whether it is a date, even where a customer is called April: "for April 5"."""
    return (
        letters in ("may", "april", "june", "august", "mar")
        and at + 1 < len(line)
        and line[at + 1].letters[0].isdigit()
    )


def _is_verb(line: Sequence[Word], at: int, verbs: frozenset[str]) -> bool:
    """Whether the word there is one of the verbs, and used as one."""
    if line[at].letters not in verbs:
        return False
    return line[at].letters not in words.NOUNS_TOO or at == 0 or line[at - 1].letters in words.BEFORE_VERBS


def _before(line: Sequence[Word], at: int) -> tuple[int, int | None, bool]:
    """Return where title and preposition before a name begin, which word governs it, and whether by a preposition."""
    opens = at
    while opens and line[opens - 1].letters.rstrip(".") in words.TITLES:
        opens -= 1
    if opens < at and opens and line[opens - 1].letters in words.ARTICLES_BEFORE_TITLES:
        opens -= 1
    through = bool(opens) and line[opens - 1].letters in words.TO_PERSON
    if through:
        opens -= 1
    back = opens - 1
    while back >= 0 and line[back].letters in words.PARTICLES:
        back -= 1
    return opens, (back if back >= 0 else None), through


def mistaken(line: Sequence[Word], called: Called, index: NameIndex, taken: Sequence[tuple[int, int]]) -> Called:
    """Look at the word after a given name: another family name makes it somebody else ("Carl Otto")."""
    place = next(n for n, word in enumerate(line) if word.end == called.end)
    said = [word for word in line if called.start <= word.start < called.end]
    if called.rank > 2 or place + 1 >= len(line) or line[place].possessive:
        return called
    if not all(index.is_given(word.letters, called.found) for word in said):
        return called
    after = line[place + 1]
    if _apart(line, place) or not _may_be_a_name(after, index, taken):
        return called
    narrower = index.with_family(called.found, after.letters.rstrip("."))
    if narrower:
        return Called(called.start, after.end, called.opens, narrower, called.rank)
    governs = _before(line, place - len(said) + 1)[1]
    if governs is not None and _is_verb(line, governs, words.CONTACT) and _phrase_ends(line, place + 1, taken):
        return Called(called.start, after.end, called.opens, frozenset(), called.rank, near=called.found)
    return called


def _apart(line: Sequence[Word], place: int) -> bool:
    """Whether punctuation stands between a word and the next."""
    return line[place + 1].start - line[place].end > 1


def _may_be_a_name(word: Word, index: NameIndex, taken: Sequence[tuple[int, int]]) -> bool:
    letters = word.letters.rstrip(".")
    return (
        letters.replace("-", "").isalpha()
        and letters not in _ORDINARY
        and not words.is_thing(letters)
        and not letters.endswith("ly")
        and not _is_taken(word, taken)
    )


def _is_taken(word: Word, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word.start < end for start, end in taken)


def _phrase_ends(line: Sequence[Word], place: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing but a preposition, a date or the end follows: so that the word is no thing being sent."""
    return place + 1 >= len(line) or line[place + 1].letters in _CLOSES_A_NAME or _is_taken(line[place + 1], taken)


def _one_slip(meant: str, typed: str) -> bool:
    """Whether one letter too many, too few, another one, or two that changed places tell two words apart."""
    start = next((n for n, (a, b) in enumerate(zip(meant, typed, strict=False)) if a != b), min(len(meant), len(typed)))
    rest, other = meant[start:], typed[start:]
    swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
    return swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]


def unknown(line: Sequence[Word], index: NameIndex, taken: Sequence[tuple[int, int]]) -> Called | None:
    """Return what looks like the name of somebody nobody knows; a beginning of a name stands for those it begins."""
    for at, word in enumerate(line):
        if not (_may_be_a_name(word, index, taken) and _is_addressed(line, at, taken)) and not _is_rung(
            line, at, taken
        ):
            continue
        opens = _before(line, at)[0]
        found = index.beginning(word.letters)
        end = at + 1
        while not found and end < min(len(line), at + _LONGEST_NAME) and not _apart(line, end - 1):
            if line[end - 1].possessive or not _may_be_a_name(line[end], index, taken):
                break
            end += 1
        near = index.near(word.letters) if not found else frozenset()
        return Called(word.start, line[end - 1].end, line[opens].start, found, 0, near=near)
    return None


def _is_addressed(line: Sequence[Word], at: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a name is expected there: "ring Zed", "send Zed the quote", "quote to Zed", "fix Zed's heater"."""
    if at and line[at - 1].letters == "recordar" and line[at].letters.endswith(("ar", "er", "ir")):
        return False  # "recordar pedir sal": to oneself
    opens, governs, through = _before(line, at)
    to_somebody = not through or line[opens].letters in _TO_SOMEBODY
    if governs is not None and to_somebody and _is_verb(line, governs, words.CONTACT):
        return True
    if governs is not None and _is_verb(line, governs, words.GIVE):
        return line[at].possessive or (
            _is_given_to(line, at, taken) if not through else to_somebody and line[governs].letters not in words.MOVE
        )
    given = any(word.letters in words.VERBS - words.MOVE for word in line[:opens])
    return through and to_somebody and given and _phrase_ends(line, at, taken)


def _is_rung(line: Sequence[Word], at: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a word that is a name as well is rung or told: "call Bill"."""
    governs, through = _before(line, at)[1:]
    if line[at].letters not in words.ALSO_NAMES or governs is None or through or _is_taken(line[at], taken):
        return False
    return _is_verb(line, governs, words.ONLY_ADDRESSED) and _phrase_ends(line, at, taken)


def _is_given_to(line: Sequence[Word], at: int, taken: Sequence[tuple[int, int]]) -> bool:
    follows = line[at + 1] if at + 1 < len(line) else None
    return follows is not None and follows.letters in words.ARTICLES and not _is_taken(follows, taken)
