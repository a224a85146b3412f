"""What it says of days, visits and prices is still true today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from followup_desktop.core.drafts.model import Advice, Fact, Span, UsedFact
from followup_desktop.core.drafts.rules.days import AS_ONE_SAYS, day_and_month, long_date, plain_date
from followup_desktop.core.drafts.rules.mentions import WEEKDAYS, Day, amounts_in, days_in, value_of
from followup_desktop.core.drafts.rules.wording import Message, phrases

KIND = "stale_facts"
REASON = "A day gone by or a price since changed costs more trust than the message can earn."
BAD = "Luis will be there tomorrow before ten, besides Friday 20 November: the next visit is 20 November."
GOOD = "Luis will be there on Tuesday 24 November before ten."

_TO_COME = phrases(
    "will", "shall", r"\w+['’]ll", "going to", "(?:is|are) due", "next visits?", "next (?:stop|time)", "coming",
    "comes?", "(?:is|are) with you", "holds?", "valid", "stays?", "until", "till", "through", "by", "before", "from",
    "starting", "ends?", "expires?", "runs out", "see you", "we see", "expect",
    "(?:is|are) (?:booked|planned|scheduled|set|fixed)", "can (?:come|do|be|start)", "suits?", "shall we", "how about",
    "start", "ser(?:á|án)", r"(?:ir|vendr|pasar|estar|volver|llegar|empezar|llamar|har|tendr)(?:á|án|é|emos)", "va",
    "van", "voy", "vamos", "viene", "próxima", "próximo", "hasta", "antes del?", "vale", "válido", "termina", "vence",
    "acaba", "tiene (?:una )?(?:cita|visita|hora|reserva)", "está (?:previst|reservad|programad|citad)[oa]", "queda",
    "nos vemos", r"le (?:llamo|mando|escribo|aviso|visito|espero|envío)", "pued[oe]n?", "podemos", "le viene",
    "le conviene", "para el", "a partir del?", "empieza", "empezamos",
)  # fmt: skip
_GONE_BY = phrases(
    "was", "were", "did", "had", "has been", "have been", "has", "came", "told", "wrote", "put", "said", "sent", "gave",
    "went", "saw", "since", "ago", "last", "held", "ran", "found", "left", "began", "took", "made", "got",
    r"(?!need|speed|feed|bed|red|shed|weed|seed|indeed)\w+ed", "fue", "fuimos", "era", "había", "han?", "hemos", "hubo",
    "dijo", "puso", "pidió", "desde", "pasad[oa]", "hizo", "teníamos", "estuv(?:o|imos|e)", "tuv(?:o|imos)",
    "vin(?:o|imos)", r"\w{2,}(?:ó|aron|ieron)", "faltamos", "llegamos tarde", "terminamos", "acabamos",
)  # fmt: skip
_STILL_BOOKED = re.compile(r"\b(?:is|are) (?:booked|planned|scheduled|set|fixed|called)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"(?:[^,;:.!?\n]|[.,:](?=\d)|(?<=\b[A-Za-z]{3})\.)+")
_AND = re.compile(r"\s(?:and|but|so|y|pero|así que|e)\s")
_VISIT = phrases("visits?", "visitas?", "(?:is|are) with you", "estar(?:á|emos) con usted")
_BESIDES = phrases("besides", "instead of", "apart from", "además de", "en vez de", "extra", "resurfacing")
_NEXT_WEEKDAY = re.compile(
    rf"\b(?:(?:next|your) visit (?:is|will be|comes)(?: on)?|próxima visita (?:es|será)(?: el)?|"
    rf"your day (?:is|stays)|su día (?:es|sigue siendo)(?: el)?) (?P<day>{'|'.join(WEEKDAYS)})\b(?! \d)(?! de)",
    re.IGNORECASE,
)
_FAR = timedelta(days=60)
"""A plan of visits is believed this far ahead."""
_FRAME = 3
"""Words before a fact by which its place is found again."""


def advise(message: Message) -> Advice | None:
    """Look for the first thing that is not true any more."""
    if message.knows.today is None:
        return None
    for start, end, why in _stale(message, message.knows.today):
        return Advice(KIND, ok=False, text=why, where=Span("text", start, end))
    return Advice(KIND, ok=True, text="Nothing out of date")


def _stale(message: Message, today: date) -> Iterator[tuple[int, int, str]]:
    words = message.own_words
    days = days_in(words, today, day_first=message.knows.day_first)
    yield from _wrong_weekdays(days)
    yield from _gone_by(words, days, today)
    yield from _moved(words, days, message, today)
    yield from _said_another_day(words, message, today)
    yield from _prices(words, message)
    yield from _changed(message, today)


def _wrong_weekdays(days: list[Day]) -> Iterator[tuple[int, int, str]]:
    for each in days:
        if each.weekday is not None and each.weekday != each.day.weekday():
            yield each.start, each.end, f"{day_and_month(each.day)} is a {long_date(each.day).split()[0]}"


def _gone_by(words: str, days: list[Day], today: date) -> Iterator[tuple[int, int, str]]:
    """Find what is said to come on a day that is past."""
    for each in days:
        if each.day >= today:
            continue
        clause = _clause_at(words, each)
        said = _STILL_BOOKED.sub("comes", clause)
        if _TO_COME.search(said) and not _GONE_BY.search(said):
            yield each.start, each.end, f"{plain_date(each.day, today)} is past: is this still to come?"


def _clause_at(words: str, day: Day) -> str:
    """Return the part of the sentence a day stands in, without the day."""
    for clause in _CLAUSE.finditer(words):
        if clause.start() <= day.start < clause.end():
            start, end = clause.start(), clause.end()
            for mark in _AND.finditer(words, start, end):
                if mark.end() <= day.start:
                    start = mark.end()
                elif mark.start() >= day.end:
                    end = min(end, mark.start())
            return f"{words[start : day.start]} {words[day.end : end]}"
    return ""


def _moved(words: str, days: list[Day], message: Message, today: date) -> Iterator[tuple[int, int, str]]:
    """Find a visit said to be on a day that is not in the plan."""
    visits = message.knows.visits
    if not visits:
        return
    next_day = long_date(visits[0])
    for each in days:
        if not today <= each.day <= today + _FAR or each.day in visits:
            continue
        clause = _clause_at(words, each)
        said = _VISIT.search(clause) and not _BESIDES.search(clause)
        if said and each.day not in _days_of_facts(message, today):
            yield each.start, each.end, f"No visit is planned that day: the next one is {next_day}"
    for found in _NEXT_WEEKDAY.finditer(words):
        if WEEKDAYS[found["day"].casefold()] not in {day.weekday() for day in visits[:2]}:
            yield found.start(), found.end(), f"The plan says otherwise: the next visit is {next_day}"


def _days_of_facts(message: Message, today: date) -> Iterator[date]:
    """Go through the days that stand in the record as facts: what is booked, promised, agreed."""
    for fact in message.facts.by_key.values():
        if not fact.key.endswith("note"):
            yield from (each.day for each in days_in(fact.text, today, day_first=message.knows.day_first))


def _said_another_day(words: str, message: Message, today: date) -> Iterator[tuple[int, int, str]]:
    written = message.knows.written
    if written is None or written >= today:
        return
    for found in AS_ONE_SAYS.finditer(words):
        yield found.start(), found.end(), f"“{found[0]}” was written on {plain_date(written, today)}: it is another day"


def _prices(words: str, message: Message) -> Iterator[tuple[int, int, str]]:
    """Find an amount that was true once, unless the new one stands beside it."""
    said = {amount.value for amount in amounts_in(words)}
    gone = {value_of(each.words): each for each in message.knows.outdated}
    for amount in amounts_in(words):
        old = gone.get(amount.value)
        if old is not None and value_of(old.now) not in said:
            yield amount.start, amount.end, f"{old.what[:1].upper()}{old.what[1:]} has changed: it is {old.now} now"


def _changed(message: Message, today: date) -> Iterator[tuple[int, int, str]]:
    """Find, where the draft would say an amount or a day today, another one in the same place."""
    made = message.knows.made
    if made is None:
        return
    for used in made.facts_used:
        before = _before(made.text, used)
        if used.where.part != "text" or before is None or used.fact.text in message.text:
            continue
        at = message.text.find(before)
        if at >= 0 and (found := _other(message.text[at + len(before) :], used.fact, message, today)):
            start = at + len(before) + found[0]
            text = f"Their record says “{used.fact.text}” ({used.fact.source})"
            yield start, at + len(before) + found[1], text


def _before(text: str, used: UsedFact) -> str | None:
    """Return the few words before a fact, within its sentence, or nothing where there are too few."""
    sentence = re.split(r"[.!?\n]\s", text[: used.where.start])[-1]
    words = re.findall(r"\S+\s+", sentence)
    return "".join(words[-_FRAME:]) if len(words) >= _FRAME else None


def _other(rest: str, fact: Fact, message: Message, today: date) -> tuple[int, int] | None:
    """Return where, at the beginning of the rest, another amount or day stands than the fact has."""
    mine = next(amounts_in(fact.text), None)
    there = next(amounts_in(rest), None)
    if mine and there and there.start == 0 and there.value != mine.value:
        return there.start, there.end
    days = days_in(fact.text, today, day_first=message.knows.day_first)
    others = days_in(rest, today, day_first=message.knows.day_first)
    if days and others and others[0].start == 0 and others[0].day != days[0].day:
        return others[0].start, others[0].end
    return None
