"""Days as people say them, in the customer's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

_REACHED = {
    "en": {"email": "by mail", "text": "by text", "call": "by a call", "card": "by letter"},
    "es": {"email": "por correo", "text": "por mensaje", "call": "por teléfono", "card": "por carta"},
}


def reached_by(channel: str, language: str = "en") -> str:
    """Say how somebody likes to be reached; nothing where they did not say."""
    return _REACHED.get(language[:2], _REACHED["en"]).get(channel, "")


@dataclass(frozen=True, slots=True)
class _Words:
    """How one language speaks of days."""

    this_morning: str
    this_afternoon: str
    this_evening: str
    yesterday: str
    today: str
    tomorrow: str
    before: str
    """What stands before a weekday or a date in a sentence: “on”, “el”."""
    bare_before: str
    """What stands there after “since” or “for”."""
    of: str
    """What stands between day, month and year."""
    weekdays: tuple[str, ...]
    months: tuple[str, ...]


_LANGUAGES: Mapping[str, _Words] = MappingProxyType(
    {
        "en": _Words(
            "this morning", "this afternoon", "this evening", "yesterday", "today", "tomorrow", "on ", "", " ",
            ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
            (
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December",
            ),
        ),
        "es": _Words(
            "esta mañana", "esta tarde", "esta noche", "ayer", "hoy", "mañana", "el ", "el ", " de ",
            ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
            (
                "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
                "noviembre", "diciembre",
            ),
        ),
    }
)  # fmt: skip

AS_ONE_SAYS = re.compile(
    r"\b(?:today|tomorrow|tonight|yesterday|this (?:morning|afternoon|evening|week)|hoy|ayer|anoche|"
    r"(?<!la )(?<!de )mañana|esta (?:mañana|tarde|noche|semana))\b",
    re.IGNORECASE,
)
"""Words that mean another day tomorrow."""

LANGUAGES = frozenset(_LANGUAGES)
"""The languages templates and days are worded in; any other is worded in English."""

LANGUAGE_NAMES = MappingProxyType({"en": "English", "es": "Spanish"})
"""What they are called."""


def said_day(then: datetime | date, now: datetime, language: str = "en") -> str:
    """Say when it was or will be, ready for a sentence: “this morning”, “on Tuesday”, “on 6 November”.

    Both in the customer's zone. A bare date gives “today”.
    """
    words = _words(language)
    return _near(then, now, words) or words.before + _weekday_or_date(then, now, words)


def bare_day(then: datetime | date, now: datetime, language: str = "en") -> str:
    """Say the day as it stands after “since” or “for”: “Tuesday”, “6 November”; in Spanish “el martes”."""
    words = _words(language)
    return _near(then, now, words) or words.bare_before + _weekday_or_date(then, now, words)


def day_words(text: str) -> frozenset[str]:
    """Return the words of a text that mean another day tomorrow: “today”, “this morning”, “mañana”."""
    return frozenset(found[0].casefold() for found in AS_ONE_SAYS.finditer(text))


def long_date(day: date, language: str = "en") -> str:
    """Write a day with its weekday: “Tuesday 17 November”."""
    return f"{_words(language).weekdays[day.weekday()]} {day_and_month(day, language)}"


def plain_date(day: date, now: date, language: str = "en") -> str:
    """Write a date: “12 December”, with the year where it is another one."""
    year = "" if day.year == now.year else f"{_words(language).of}{day.year}"
    return day_and_month(day, language) + year


_SOON = 200
"""Days within which a day and a month can only mean one year."""


def day_ahead(day: date, today: date, language: str = "en") -> str:
    """Write a day on which something runs out: “Sunday 3 January”; one far away as a date: “20 November 2029”."""
    if abs((day - today).days) <= _SOON:
        return long_date(day, language)
    return f"{day_and_month(day, language)}{_words(language).of}{day.year}"


_LEFT = {
    "en": ("{} day", "{} days", "two weeks", "three weeks", "a month", "{} months"),
    "es": ("{} día", "{} días", "dos semanas", "tres semanas", "un mes", "{} meses"),
}


def left_words(day: date, today: date, language: str = "en") -> str:
    """Say roughly how long something still runs, never more than it does: “a month”, “two weeks”, “3 days”."""
    left = (day - today).days
    if left < 1:
        return ""
    one, many, two_weeks, three_weeks, month, months = _LEFT.get(language[:2], _LEFT["en"])
    if left < 14:
        return (one if left == 1 else many).format(left)
    if left < 28:
        return two_weeks if left < 21 else three_weeks
    return month if left < 60 else months.format(left // 30)


def month_and_year(day: date, language: str = "en") -> str:
    """Write “March 2021”."""
    words = _words(language)
    return f"{words.months[day.month - 1]}{words.of}{day.year}"


def day_and_month(day: date, language: str = "en") -> str:
    """Write “12 December”."""
    words = _words(language)
    return f"{day.day}{words.of}{words.months[day.month - 1]}"


def _near(then: datetime | date, now: datetime, words: _Words) -> str:
    distance = (_day(then) - now.date()).days
    if distance == 0 and isinstance(then, datetime) and then <= now:
        if then.hour < 12:
            return words.this_morning
        return words.this_afternoon if then.hour < 18 else words.this_evening
    return {0: words.today, -1: words.yesterday, 1: words.tomorrow}.get(distance, "")


def _weekday_or_date(then: datetime | date, now: datetime, words: _Words) -> str:
    day = _day(then)
    if abs((day - now.date()).days) < 7:
        return words.weekdays[day.weekday()]
    year = "" if day.year == now.year else f"{words.of}{day.year}"
    return f"{day.day}{words.of}{words.months[day.month - 1]}{year}"


def _day(then: datetime | date) -> date:
    return then.date() if isinstance(then, datetime) else then


def _words(language: str) -> _Words:
    return _LANGUAGES.get(language[:2], _LANGUAGES["en"])
