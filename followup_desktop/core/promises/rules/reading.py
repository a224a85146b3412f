"""Finding days and times in a line: what is common to all languages.

A grammar is a tuple of patterns, tried in their order at every word; a pattern's reader says what its words mean, or
declines with None. The readings are put together in `when.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from followup_desktop.core.promises.model import MissingKind, Span

Match = re.Match[str]


class Role(Enum):
    """What the word before a day says about it: "by Friday", "before the 5th", "the invoice from 3 November"."""

    ON = "on"
    BY = "by"
    BEFORE = "before"
    FOR = "for"
    AFTER = "after"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class OnDay:
    """A day. A `weekday` may stand beside its date; a `limit` is not made earlier by "before"."""

    day: date
    weekday: bool = False
    weak: bool = False
    """Could be something else ("1/2"), and gives way to any other day."""
    limit: bool = False


@dataclass(frozen=True, slots=True)
class AtClock:
    """A time on the clock; unless `sure`, hours 1 to 7 are in the afternoon."""

    hour: int
    minute: int = 0
    sure: bool = False


@dataclass(frozen=True, slots=True)
class InPart:
    """A part of a day: gives the day alone, and tells morning hours from evening hours."""

    afternoon: bool | None
    over_at: int = 24
    """The hour from which on it means tomorrow; for a part of this day ("this morning"), from which on it is over."""
    this_day: bool = False


@dataclass(frozen=True, slots=True)
class AtMoment:
    """So many minutes or hours from now."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something that has to be asked about."""

    kind: MissingKind
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """A day or time that belongs to the matter: "last Friday", "every Monday"."""


Reading = OnDay | AtClock | InPart | AtMoment | Unclear | Aside


@dataclass(frozen=True, slots=True)
class Found:
    """A reading, where it stands, and its words: from `start` the words themselves, from `opens` with what leads in."""

    opens: int
    start: int
    end: int
    reading: Reading
    role: Role = Role.ON


@dataclass(frozen=True, slots=True)
class Setting:
    """What a reader may know besides its own words."""

    text: str
    """The folded line."""
    wall: datetime
    """What the clock on the wall shows, without a zone."""
    month_first: bool
    ends_phrase: Callable[[int], bool]
    """Whether the phrase may end there: no noun follows, as one does in "at 18 Palm Court" and "the 5th visit"."""
    after_day: OnDay | InPart | None = None
    """The day or the part of one that was read just before, if one was."""

    @property
    def after_weekday(self) -> bool:
        """Whether a weekday was read just before."""
        return isinstance(self.after_day, OnDay) and self.after_day.weekday

    @property
    def today(self) -> date:
        """The day it is."""
        return self.wall.date()


Reader = Callable[[Match, Setting], Reading | None]
Pattern = tuple[re.Pattern[str], Reader]


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one language says when."""

    patterns: tuple[Pattern, ...]
    lead: re.Pattern[str]
    """What may stand before a day: a preposition as group "lead", and as group "the" an article that makes it a thing
    where a noun follows: "the Friday route". (Spanish says "el viernes" for "on Friday".)"""
    roles: dict[str, Role]
    followers: frozenset[str]
    """Words after which a bare number before them is still a time or a day."""
    before_something: re.Pattern[str]
    """"before the party of": what follows is the day after all."""
    after_something: re.Pattern[str]
    """"after his trip on": what follows is the day of the trip, not of the promise."""


def pattern(words: str, reader: Reader) -> Pattern:
    """Compile a pattern that ends where a word ends."""
    return re.compile(f"(?:{words})(?!\\w)"), reader


def one_of(words: dict[str, int]) -> str:
    """Return a pattern for any of `words`, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def words_in(text: str) -> frozenset[str]:
    """Return the words of `text`."""
    return frozenset(text.split())


def find(grammar: Grammar, text: str, setting: Setting, taken: Span | None) -> list[Found]:
    """Return everything the grammar finds in the folded `text`, outside the `taken` customer's name."""
    found: list[Found] = []
    at = 0
    while at < len(text):
        if taken and taken.start <= at < taken.end:
            at = taken.end
        elif hit := _hit(grammar, text, at, setting, found, len(text) if not taken or at >= taken.end else taken.start):
            found.append(hit)
            at = hit.end
        else:
            at += 1
    return found


def _hit(grammar: Grammar, text: str, at: int, setting: Setting, found: list[Found], limit: int) -> Found | None:
    last = found[-1] if found else None
    if not _may_start(text, at, last.end if last else -1):
        return None
    here = Setting(
        setting.text, setting.wall, setting.month_first, setting.ends_phrase, _day_just_before(text, at, last)
    )
    for words, reader in grammar.patterns:
        match = words.match(text, at, limit)
        reading = reader(match, here) if match and match.end() > at else None
        if match and reading:
            return _led_in(grammar, text, match, reading, last.end if last else 0, setting)
    return None


def _may_start(text: str, at: int, last_end: int) -> bool:
    """Whether a word starts here; a number must not be the tail of a price, a fraction or a telephone number."""
    before = text[at - 1] if at else " "
    if text[at].isspace() or (before.isalnum() and at != last_end):
        return False
    return not (text[at].isdigit() and before in "$#/.:-€£+'" and at != last_end)


def _day_just_before(text: str, at: int, last: Found | None) -> OnDay | InPart | None:
    if last is None or not isinstance(last.reading, OnDay | InPart) or text[last.end : at].strip(" ,"):
        return None
    return last.reading


def _led_in(grammar: Grammar, text: str, match: Match, reading: Reading, after: int, setting: Setting) -> Found:
    lead = grammar.lead.search(text, after, match.start())
    assert lead is not None  # it matches nothing at all, too
    role = grammar.roles.get(lead["lead"] or "", Role.ON)
    owned = text[: match.start()].endswith("'s ")
    thing = (lead["the"] or owned) and _names_a_thing(reading, match, setting)
    if thing or text[match.end() : match.end() + 2] == "'s":
        role = Role.ASIDE
    if role is Role.ASIDE and grammar.before_something.search(text, 0, match.start()):
        role = Role.ON
    if role is Role.ON and grammar.after_something.search(text, 0, match.start()):
        role = Role.AFTER
    return Found(lead.start(), match.start(), match.end(), reading, role)


def _names_a_thing(reading: Reading, match: Match, setting: Setting) -> bool:
    """Whether a noun follows, with which it is the name of a thing: "the Friday route", "Carl's 9am slot"."""
    nameable = isinstance(reading, AtClock) or (isinstance(reading, OnDay) and reading.weekday)
    return nameable and not setting.ends_phrase(match.end())
