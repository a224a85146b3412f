"""Days as people say them, in the customer's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from babel.core import Locale
from babel.dates import format_date


@dataclass(frozen=True, slots=True)
class _Words:
    """How one language speaks of days: patterns in CLDR's letters, and what stands before them."""

    parts_of_today: tuple[str, str, str]
    """This morning (before 12), this afternoon (before 18), this evening."""
    yesterday: str
    today: str
    tomorrow: str
    before_weekday: str
    before_date: str
    bare_before: str
    weekday: str
    day: str
    day_and_year: str
    long: str


_LANGUAGES: Mapping[str, _Words] = MappingProxyType(
    {
        "en": _Words(
            ("this morning", "this afternoon", "this evening"), "yesterday", "today", "tomorrow",
            "on ", "on ", "", "EEEE", "d MMMM", "d MMMM y", "EEEE d MMMM",
        ),
        "es": _Words(
            ("esta mañana", "esta tarde", "esta noche"), "ayer", "hoy", "mañana",
            "el ", "el ", "el ", "EEEE", "d 'de' MMMM", "d 'de' MMMM 'de' y", "EEEE d 'de' MMMM",
        ),
    }
)  # fmt: skip


def said_day(then: datetime | date, now: datetime, language: str = "en") -> str:
    """Say when it was or will be, ready for a sentence: “this morning”, “on Tuesday”, “on 6 November”.

    Both in the customer's zone. A bare date gives “today”.
    """
    words = _words(language)
    near = _near(then, now, words)
    if near:
        return near
    before = words.before_weekday if _within_a_week(then, now) else words.before_date
    return before + _weekday_or_date(then, now, language)


def bare_day(then: datetime | date, now: datetime, language: str = "en") -> str:
    """Say the day as it stands after “since” or “for”: “Tuesday”, “6 November”; in Spanish “el martes”."""
    words = _words(language)
    near = _near(then, now, words)
    return near or words.bare_before + _weekday_or_date(then, now, language)


def long_date(day: date, language: str = "en") -> str:
    """Write a day with its weekday: “Tuesday 17 November”."""
    return format_date(day, _words(language).long, locale=_locale(language))


def plain_date(day: date, now: datetime, language: str = "en") -> str:
    """Write a date: “12 December”, with the year where it is another one."""
    words = _words(language)
    return format_date(day, words.day if day.year == now.year else words.day_and_year, locale=_locale(language))


def _near(then: datetime | date, now: datetime, words: _Words) -> str:
    distance = (_day(then) - now.date()).days
    if distance == 0 and isinstance(then, datetime) and then <= now:
        return words.parts_of_today[0 if then.hour < 12 else 1 if then.hour < 18 else 2]
    return {0: words.today, -1: words.yesterday, 1: words.tomorrow}.get(distance, "")


def _weekday_or_date(then: datetime | date, now: datetime, language: str) -> str:
    if _within_a_week(then, now):
        return format_date(_day(then), _words(language).weekday, locale=_locale(language))
    return plain_date(_day(then), now, language)


def _within_a_week(then: datetime | date, now: datetime) -> bool:
    return abs((_day(then) - now.date()).days) < 7


def _day(then: datetime | date) -> date:
    return then.date() if isinstance(then, datetime) else then


def _words(language: str) -> _Words:
    return _LANGUAGES.get(language[:2], _LANGUAGES["en"])


def _locale(language: str) -> Locale:
    return Locale.parse(language[:2] if language[:2] in _LANGUAGES else "en")
