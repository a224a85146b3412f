"""The line under the field: what was understood, and what is asked, in the owner's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from followup_desktop.base import wording
from followup_desktop.base.errors import Problem
from followup_desktop.base.zones import local, local_day
from followup_desktop.core.promises.model import Match, Missing, MissingKind, Understood
from followup_desktop.core.promises.rules.settling import remind_at

MOST_NAMES = 5
"""How many customers are named in a question; the field lists them all."""


class PartKind(StrEnum):
    """What a part of the line under the field is about; `when` is shown in bold."""

    CUSTOMER = "customer"
    WHAT = "what"
    WHEN = "when"
    REMINDER = "reminder"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the line under the field."""

    kind: PartKind
    text: str


@dataclass(frozen=True, slots=True)
class _Phrases:
    oneself: str
    before: str
    at_hour: str
    right_away: str
    either: str
    more: str
    questions: dict[MissingKind, str]
    which_days: str
    near: str


_ENGLISH = _Phrases(
    oneself="For yourself",
    before="reminder 15 min before",
    at_hour="reminder at {}",
    right_away="reminder right away",
    either="or",
    more="and {} more",
    questions={
        MissingKind.WHAT: "What did you promise? Say it in a few words, such as “ring about the heater”.",
        MissingKind.DAY: "When? Add a day, such as Friday or 5 Dec.",
        MissingKind.WHICH_DAY: "“{words}” is more than one day. Add one, such as Friday or 5 Dec.",
        MissingKind.WHICH_TIME: "“{words}” is more than one time. Which one is it?",
        MissingKind.NO_SUCH_DAY: "There is no “{words}”. Which day is it?",
        MissingKind.NO_SUCH_TIME: "There is no “{words}”. What time is it?",
        MissingKind.WRONG_WEEKDAY: "Day and date do not go together in “{words}”. Is it {days}?",
        MissingKind.PAST: "“{words}” is over. Add a day to come, with its year if it is another.",
        MissingKind.WHICH_CUSTOMER: "Which {words}? {names}",
        MissingKind.UNKNOWN_CUSTOMER: "I know nobody called {words}. "
        "Add {words} as a customer, or say it without a name.",
    },
    which_days="Which day is it: {days}?",
    near="I know nobody called {words}. Is it {names}? Otherwise add {words} as a customer.",
)

_SPANISH = _Phrases(
    oneself="Para usted",
    before="aviso 15 min antes",
    at_hour="aviso a las {}",
    right_away="aviso enseguida",
    either="o",
    more="y {} más",
    questions={
        MissingKind.WHAT: "¿Qué prometió? Dígalo en pocas palabras, como “llamar por el calentador”.",
        MissingKind.DAY: "¿Cuándo? Añada un día, como viernes o 5 dic.",
        MissingKind.WHICH_DAY: "“{words}” es más de un día. Añada uno, como viernes o 5 dic.",
        MissingKind.WHICH_TIME: "“{words}” es más de una hora. ¿Cuál es?",
        MissingKind.NO_SUCH_DAY: "No existe “{words}”. ¿Qué día es?",
        MissingKind.NO_SUCH_TIME: "No existe “{words}”. ¿A qué hora es?",
        MissingKind.WRONG_WEEKDAY: "El día y la fecha no coinciden en “{words}”. ¿Es {days}?",
        MissingKind.PAST: "“{words}” ya pasó. Añada un día por venir, con su año si es otro.",
        MissingKind.WHICH_CUSTOMER: "¿Qué {words}? {names}",
        MissingKind.UNKNOWN_CUSTOMER: "No conozco a nadie llamado {words}. Añádalo como cliente, o dígalo sin nombre.",
    },
    which_days="¿Qué día es: {days}?",
    near="No conozco a nadie llamado {words}. ¿Es {names}? Si no, añádalo como cliente.",
)


def shown(understood: Understood, now: datetime, zone: str, locale: str = wording.DEFAULT) -> str:
    """Return what was understood and what is asked in one line.

    Such as: Carl Jensen · “ring about the heater” · Fri 27 Nov, 9:00 am · reminder 15 min before.
    """
    return " · ".join(part.text for part in parts(understood, now, zone, locale))


def parts(understood: Understood, now: datetime, zone: str, locale: str = wording.DEFAULT) -> tuple[Part, ...]:
    """Return the same part by part: what is known first, then what is asked."""
    told = [*_whom(understood, locale)]
    if understood.what:
        told.append(Part(PartKind.WHAT, f"“{understood.what}”"))
    told += _when(understood, now, zone, locale)
    told += [Part(PartKind.QUESTION, question) for question in questions(understood, now, zone, locale)]
    return tuple(told)


def questions(understood: Understood, now: datetime, zone: str, locale: str = wording.DEFAULT) -> tuple[str, ...]:
    """Return what has to be asked before the line can be kept, in full sentences."""
    today = local_day(now, zone)
    return tuple(_question(missing, understood.candidates, today, locale) for missing in understood.problems)


def problem(understood: Understood, now: datetime, zone: str, locale: str = wording.DEFAULT) -> Problem | None:
    """Return what keeps the line from being kept as a Problem, None where nothing does."""
    asked = questions(understood, now, zone, locale)
    return Problem(" ".join(asked)) if asked else None


def _phrases(locale: str) -> _Phrases:
    return _SPANISH if wording.language_of(locale) == "es" else _ENGLISH


def _whom(understood: Understood, locale: str) -> list[Part]:
    if understood.customer:
        return [Part(PartKind.CUSTOMER, understood.customer.name)]
    return [Part(PartKind.CUSTOMER, _phrases(locale).oneself)] if understood.complete else []


def _when(understood: Understood, now: datetime, zone: str, locale: str) -> list[Part]:
    if understood.due_date is None:
        return []
    words = wording.date_words(understood.due_date, local_day(now, zone), locale)
    if understood.due_time is not None:
        words += f", {wording.clock_words(understood.due_time, locale)}"
    return [Part(PartKind.WHEN, words), *_reminder(understood, now, zone, locale)]


def _reminder(understood: Understood, now: datetime, zone: str, locale: str) -> list[Part]:
    if understood.due_date is None or not understood.complete:
        return []
    phrases, at = _phrases(locale), remind_at(understood.due_date, understood.due_time, zone)
    if at <= now:
        return [Part(PartKind.REMINDER, phrases.right_away)]
    if understood.due_time is not None:
        return [Part(PartKind.REMINDER, phrases.before)]
    hour = wording.clock_words(local(at, zone).time(), locale)
    return [Part(PartKind.REMINDER, phrases.at_hour.format(hour))]


def _question(missing: Missing, candidates: Sequence[Match], today: date, locale: str) -> str:
    phrases = _phrases(locale)
    days = f" {phrases.either} ".join(wording.date_words(day, today, locale) for day in dict.fromkeys(missing.days))
    sentence = phrases.questions[missing.kind]
    if missing.kind is MissingKind.WHICH_DAY and missing.days:
        sentence = phrases.which_days
    elif missing.kind is MissingKind.UNKNOWN_CUSTOMER and candidates:
        sentence = phrases.near
    return sentence.format(words=missing.words, days=days, names=_names(candidates, missing.kind, locale))


def _names(candidates: Sequence[Match], kind: MissingKind, locale: str) -> str:
    phrases, some = _phrases(locale), [match.label for match in candidates[:MOST_NAMES]]
    if len(candidates) > MOST_NAMES:
        return f"{', '.join(some)} {phrases.more.format(len(candidates) - MOST_NAMES)}"
    if kind is MissingKind.UNKNOWN_CUSTOMER:
        return f" {phrases.either} ".join(some)
    return ("; " if any(match.beside for match in candidates) else ", ").join(some)
