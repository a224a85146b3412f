"""Days and amounts as they are mentioned in a message, in English and in Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

MONTHS: dict[str, int] = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    )
    for number, name in enumerate(names.split(), start=1)
} | {"sept": 9, "setiembre": 9}
WEEKDAYS: dict[str, int] = {
    name: number
    for names in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "lunes martes miércoles jueves viernes sábado domingo",
    )
    for number, name in enumerate(names.split())
} | {"miercoles": 2, "sabado": 5}

_WEEKDAY = f"(?P<weekday>{'|'.join(WEEKDAYS)})"
_MONTH = f"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_YEAR = r"(?:,? (?:de |del )?(?P<year>20\d\d))?"
_DATES = (
    re.compile(
        rf"(?<!\w)(?:{_WEEKDAY},? )?(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of| de)? {_MONTH}\b\.?{_YEAR}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)(?:{_WEEKDAY},? )?{_MONTH}\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.]\d|\d){_YEAR}", re.IGNORECASE
    ),
    re.compile(r"(?<![\w-])(?P<year>20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?![\w-])"),
)
_SLASHED = re.compile(r"(?<![\w/])(?P<one>\d{1,2})/(?P<two>\d{1,2})(?:/(?P<year>20\d\d|\d\d))?(?![\w/])")
_AMOUNT = re.compile(
    r"(?:US\$|[$€£])\s?\d[\d.,]*\d|(?:US\$|[$€£])\s?\d|\d[\d.,]*\s?(?:€|£|\$|dollars?|dólares|euros?|pounds?)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day mentioned in a text: which, where, and the weekday given with it (0 is Monday)."""

    day: date
    start: int
    end: int
    weekday: int | None


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount mentioned in a text: its digits, and where."""

    value: str
    start: int
    end: int


def days_in(text: str, today: date, *, day_first: bool = False) -> list[Day]:
    """Return the days a text mentions, in their order; one without a year is the nearest to today."""
    named = (found for pattern in _DATES for found in pattern.finditer(text))
    days = chain((_named(found, today) for found in named), _slashed(text, today, day_first=day_first))
    return sorted((day for day in days if day is not None), key=lambda day: day.start)


def amounts_in(text: str) -> Iterator[Amount]:
    """Go through the amounts of money in a text."""
    for found in _AMOUNT.finditer(text):
        yield Amount(value_of(found[0]), found.start(), found.end())


def value_of(words: str) -> str:
    """Return an amount's digits for comparing: “$2,190.00”, “2.190 €” and “US$2190” are the same."""
    digits = re.sub(r"[^\d.,]", "", words).strip(".,")
    whole, cents = digits, ""
    if mark := re.search(r"[.,](\d{1,2})$", digits):
        whole, cents = digits[: mark.start()], mark[1].rstrip("0")
    whole = re.sub(r"\D", "", whole)
    return f"{whole}.{cents}" if cents else whole


def _named(found: re.Match[str], today: date) -> Day | None:
    parts = found.groupdict()
    month = int(parts["number"]) if parts.get("number") else MONTHS[parts["month"].casefold()]
    day = _dated(int(parts["day"]), month, parts["year"], today)
    weekday = WEEKDAYS[parts["weekday"].casefold()] if parts.get("weekday") else None
    return Day(day, found.start(), found.end(), weekday) if day else None


def _slashed(text: str, today: date, *, day_first: bool) -> Iterator[Day | None]:
    for found in _SLASHED.finditer(text):
        one, two = int(found["one"]), int(found["two"])
        number, month = (one, two) if day_first else (two, one)
        year = f"20{found['year'][-2:]}" if found["year"] else None
        day = _dated(number, month, year, today)
        yield Day(day, found.start(), found.end(), None) if day else None


def _dated(day: int, month: int, year: str | None, today: date) -> date | None:
    """Return the date, in the year given or the one that brings it nearest to today; None where there is none."""
    years = (int(year),) if year else (today.year - 1, today.year, today.year + 1)
    found = [made for each in years if (made := _date(each, month, day))]
    return min(found, key=lambda each: abs(each - today), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
