"""Days, times, counts and lists in the words people use, in English and Spanish.

A locale is a name such as "en", "en_GB", "es" or "es_US". Its language chooses words and names (English where we have
no others); clock and grouping are the locale's own. Days stand before their month, as on the program's pages. English
is written out here and other locales come from Babel, because Babel takes 0.15 s to load.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Literal

from followup_desktop.base.zones import local, local_day

DEFAULT = "en"

_Clock = Literal["9:05 pm", "21:05", "09:05"]
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Names:
    """What a locale calls days and months (both starting with the first), and how it writes the time."""

    days: tuple[str, ...]
    short_days: tuple[str, ...]
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    clock: _Clock
    halves: tuple[str, str]
    thousands: str


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The few phrases this module needs, one set per language."""

    today: str
    tomorrow: str
    yesterday: str
    now: str
    ahead: str
    left: str
    closed: str
    late: str
    since: str
    since_day: str
    day: tuple[str, str]
    long_date: str
    long_year: str
    month: str
    both: str


_ENGLISH = _Names(
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    short_days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=(
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    short_months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    clock="9:05 pm",
    halves=("am", "pm"),
    thousands=",",
)

_PHRASES = {
    "en": _Phrases(
        today="today",
        tomorrow="tomorrow",
        yesterday="yesterday",
        now="now",
        ahead="in {}",
        left="{} left",
        closed="closed",
        late="{} late",
        since="since {}",
        since_day="since {}",
        day=("day", "days"),
        long_date="{day} {number} {month}",
        long_year=" {}",
        month="{month} {year}",
        both="and",
    ),
    "es": _Phrases(
        today="hoy",
        tomorrow="mañana",
        yesterday="ayer",
        now="ahora",
        ahead="dentro de {}",
        left="{} por delante",
        closed="cerrado",
        late="{} de retraso",
        since="desde las {}",
        since_day="desde el {}",
        day=("día", "días"),
        long_date="{day} {number} de {month}",
        long_year=" de {}",
        month="{month} de {year}",
        both="y",
    ),
}


def day_words(day: date, today: date | None = None, locale: str = DEFAULT) -> str:
    """Return "today", "tomorrow", "Tuesday" within a week, else "Fri 6 Nov"; always the date without `today`."""
    if today is None:
        return date_words(day, None, locale)
    phrases, ahead = _phrases(locale), (day - today).days
    near = {-1: phrases.yesterday, 0: phrases.today, 1: phrases.tomorrow}
    if ahead in near:
        return near[ahead]
    return _names(locale).days[day.weekday()] if 1 < ahead < 7 else date_words(day, today, locale)


def short_day_words(day: date, today: date, locale: str = DEFAULT) -> str:
    """Return "today", "Wed" within a week, else "1 Dec", with the year when it is another: for narrow columns."""
    ahead = (day - today).days
    if ahead == 0:
        return _phrases(locale).today
    return _names(locale).short_days[day.weekday()] if 0 < ahead < 7 else _day_and_month(day, today, locale)


def date_words(day: date, today: date | None = None, locale: str = DEFAULT) -> str:
    """Return "Fri 6 Nov", with the year where it is not the year of `today`."""
    return f"{_names(locale).short_days[day.weekday()]} {_day_and_month(day, today, locale)}"


def long_date_words(day: date, today: date | None = None, locale: str = DEFAULT) -> str:
    """Return "Friday 6 November", with the year where it is not the year of `today`, or `today` is not given."""
    names, phrases = _names(locale), _phrases(locale)
    words = phrases.long_date.format(day=names.days[day.weekday()], number=day.day, month=names.months[day.month - 1])
    return words if today is not None and today.year == day.year else words + phrases.long_year.format(day.year)


def month_words(day: date, locale: str = DEFAULT, *, year: bool = True) -> str:
    """Return "October 2026" for any day of that month, or "October"."""
    name = _names(locale).months[day.month - 1]
    return _phrases(locale).month.format(month=name, year=day.year) if year else name


def clock_words(clock: time, locale: str = DEFAULT) -> str:
    """Return "9:00 am", or "9:00" or "09:00" where the locale counts to 24."""
    names = _names(locale)
    if names.clock == "9:05 pm":
        return f"{clock.hour % 12 or 12}:{clock.minute:02} {names.halves[clock.hour >= 12]}"
    return f"{clock.hour:02}:{clock.minute:02}" if names.clock == "09:05" else f"{clock.hour}:{clock.minute:02}"


def moment_words(moment: datetime, now: datetime, zone: str, locale: str = DEFAULT) -> str:
    """Return "tomorrow, 9:00 am" or "Fri 27 Nov, 9:00 am", as the clocks of `zone` show it."""
    there = local(moment, zone)
    return f"{day_words(there.date(), local_day(now, zone), locale)}, {clock_words(there.time(), locale)}"


def exact_words(moment: datetime, zone: str, locale: str = DEFAULT) -> str:
    """Return "Friday 27 November 2026, 9:00 am": what is shown on hover."""
    there = local(moment, zone)
    return f"{long_date_words(there.date(), None, locale)}, {clock_words(there.time(), locale)}"


def in_words(ahead: timedelta, locale: str = DEFAULT) -> str:
    """Return "in 15 min", "in 2 h" or "in 3 days", to the nearest; "now" within a minute."""
    phrases = _phrases(locale)
    if ahead < _MINUTE:
        return phrases.now if ahead > -_MINUTE else late_words(-ahead, locale)
    return phrases.ahead.format(_span(ahead, locale, nearest=True))


def left_words(left: timedelta, locale: str = DEFAULT) -> str:
    """Return "6 h left", never more than there is; "closed" when nothing is left."""
    phrases = _phrases(locale)
    return phrases.left.format(_span(left, locale)) if left >= _MINUTE else phrases.closed


def late_words(late: timedelta, locale: str = DEFAULT) -> str:
    """Return "20 min late" or "1 day late"."""
    return _phrases(locale).late.format(_span(max(late, _MINUTE), locale))


def since_words(moment: datetime, now: datetime, zone: str, locale: str = DEFAULT) -> str:
    """Return "since 9:00 am" for today, "since Sat" within a week, else "since 3 Nov"."""
    there, today, phrases = local(moment, zone), local_day(now, zone), _phrases(locale)
    days = (today - there.date()).days
    if days == 0:
        return phrases.since.format(clock_words(there.time(), locale))
    short = _names(locale).short_days[there.weekday()]
    return phrases.since_day.format(short if 0 < days < 7 else _day_and_month(there.date(), today, locale))


def number_words(number: int, locale: str = DEFAULT) -> str:
    """Return "10,000", grouped as the locale does."""
    return f"{number:,}".replace(",", _names(locale).thousands)


def count_words(number: int, one: str, many: str, locale: str = DEFAULT) -> str:
    """Return "1 customer" or "14 customers"."""
    return f"{number_words(number, locale)} {one if number == 1 else many}"


def list_words(items: Iterable[str], locale: str = DEFAULT) -> str:
    """Return "a, b and c"."""
    *first, last = list(items) or [""]
    return f"{', '.join(first)} {_and(last, locale)} {last}" if first else last


def sentence(words: str) -> str:
    """Return `words` with a capital at the start, the rest as it is."""
    return words[:1].upper() + words[1:]


def running(words: str) -> str:
    """Return `words` as they go on within a line: "Send the quote" becomes "send the quote", "AC check" stays."""
    return words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] == " " else words


def _and(following: str, locale: str) -> str:
    """Spanish says "e" before the sound of an i: "Juan e Inés", but "agua y hielo"."""
    word = following.casefold().lstrip("¿¡“«\"'")
    if _phrases(locale) is _PHRASES["es"] and word.startswith(("i", "í", "hi", "hí")) and not word.startswith("hie"):
        return "e"
    return _phrases(locale).both


def _day_and_month(day: date, today: date | None, locale: str) -> str:
    words = f"{day.day} {_names(locale).short_months[day.month - 1]}"
    return words if today is None or today.year == day.year else f"{words} {day.year}"


def _span(span: timedelta, locale: str, *, nearest: bool = False) -> str:
    minutes, hours, days = (_units(span, unit, nearest=nearest) for unit in (_MINUTE, _HOUR, _DAY))
    if minutes < 60:
        return f"{minutes} min"
    return f"{hours} h" if hours < 24 else count_words(days, *_phrases(locale).day, locale)


def _units(span: timedelta, unit: timedelta, *, nearest: bool) -> int:
    return (span + unit / 2) // unit if nearest else span // unit


def _phrases(locale: str) -> _Phrases:
    return _PHRASES.get(language_of(locale), _PHRASES["en"])


def language_of(locale: str) -> str:
    """Return the language of a locale: "es" of "es_US" or "es-US"."""
    return locale.replace("-", "_").partition("_")[0].lower()


def _names(locale: str) -> _Names:
    return _ENGLISH if locale in ("en", "en_US", "en-US") else _babel_names(locale)


@cache
def _babel_names(locale: str) -> _Names:
    from babel import Locale, UnknownLocaleError  # slow to load, and never needed for English in the United States

    try:
        known = Locale.parse(locale, sep="-" if "-" in locale else "_")
    except (ValueError, UnknownLocaleError):
        return _ENGLISH
    pattern = known.time_formats["short"].pattern
    clock: _Clock = "9:05 pm" if "a" in pattern else "09:05" if "HH" in pattern else "21:05"
    thousands = known.number_symbols["latn"]["group"]
    if known.language not in _PHRASES:
        return replace(_ENGLISH, clock=clock, thousands=thousands)
    return _Names(
        days=tuple(known.days["format"]["wide"][n] for n in range(7)),
        short_days=tuple(known.days["format"]["abbreviated"][n] for n in range(7)),
        months=tuple(known.months["format"]["wide"][n] for n in range(1, 13)),
        short_months=tuple(known.months["format"]["abbreviated"][n] for n in range(1, 13)),
        clock=clock,
        halves=_halves(known.day_periods["format"]["abbreviated"]),
        thousands=thousands,
    )


def _halves(periods: dict[str, str]) -> tuple[str, str]:
    """English writes its halves small here ("9:00 am"); whatever space is in them is a plain one."""
    am, pm = (" ".join(periods[half].split()) for half in ("am", "pm"))
    return am.lower(), pm.lower()
