"""Where a case stands, and how long things take to be put right. Pure."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from followup_desktop.base import money
from followup_desktop.base.money import Money, totals
from followup_desktop.base.zones import local_day
from followup_desktop.core.cases.model import Case, CaseState, CauseCount, Given, Goodwill, How, Noted, Offer, Step
from followup_desktop.core.history.model import LABELS, Event, Happening

LATELY = timedelta(days=30)
MEASURED = timedelta(days=90)
"""How far back the time to put things right is looked at."""
CHECK_DAYS = 14
"""So many days after it was put right, they are asked whether it held."""
FIRST_ANSWER = timedelta(hours=2)
"""So soon they should have heard from us."""
LOW = 2
"""A rating of 1 to 5 this low or lower opens a case."""

_OPENS = {Happening.COMPLAINT: "", Happening.VISIT_MISSED: How.VISIT, Happening.VISIT_LATE: How.VISIT}
_TOLD = {
    Happening.CALL: How.PHONE,
    Happening.IN_PERSON: How.IN_PERSON,
    Happening.MESSAGE_IN: How.EMAIL,
    Happening.RATING: How.RATING,
    Happening.NPS: How.RATING,
}


class CaseGroup(StrEnum):
    """The groups of the Recovery page, in their order."""

    OPEN = "open"
    CHECKING = "checking"
    CLOSED = "closed"


def opens_a_case(what: str, rating: int | None = None) -> bool:
    """Whether something has to be put right after this: a complaint, a missed or late visit, a low rating."""
    return what in _OPENS or (what == Happening.RATING and rating is not None and rating <= LOW)


def how_known(what: Happening) -> str:
    """Return how the business learned of it, as far as the kind of event says."""
    return _TOLD.get(what) or _OPENS.get(what, "")


def words_of(event: Event) -> str:
    """Return what went wrong in the words of an event: what was said in it, else what it was about."""
    return event.note.strip() or event.about.strip() or LABELS[event.what]


def group_of(case: Case, now: datetime) -> CaseGroup | None:
    """Return where a case stands on the page; None for one that was closed long ago."""
    if case.state is CaseState.OPEN:
        return CaseGroup.OPEN
    if case.state is CaseState.PUT_RIGHT:
        return CaseGroup.CHECKING
    return CaseGroup.CLOSED if case.closed_at is not None and now - case.closed_at <= LATELY else None


def days_between(start: datetime, end: datetime, zone: str) -> int:
    """Return how many midnights of `zone` lie between two moments; none where the clock was set back meanwhile."""
    return max(0, (local_day(end, zone) - local_day(start, zone)).days)


def median_days(cases: Iterable[Case], now: datetime) -> float | None:
    """Return the median of days from opening to putting right, over what was opened lately; None without any."""
    spans = [
        (case.put_right_at - case.opened_at) / timedelta(days=1)
        for case in cases
        if case.put_right_at is not None and now - case.opened_at <= MEASURED
    ]
    return median(spans) if spans else None


def is_answered_late(opened: datetime, answered: datetime | None, now: datetime) -> bool:
    """Whether they waited, or wait, longer for a first word than they should."""
    return (answered or now) - opened > FIRST_ANSWER


_AS_MONEY = {"credit": "abono", "refund": "devolución"}
_IN_ENGLISH = {"free visit": "a free visit", "done by the owner": "I come and do it myself", "gift": "a small gift"}
_IN_SPANISH = {
    "free visit": "una visita gratis",
    "done by the owner": "ir yo en persona",
    "gift": "un detalle",
    **_AS_MONEY,
}


def offer_words(offer: Offer, language: str, said: str = "") -> str:
    """Return an offer as a letter says it: "$40 credit", "a free visit". What a visit costs us is nobody's business.

    Nothing where `said`, what was written on how it was put right, names its amount or its kind already.
    """
    spanish = language[:2] == "es"
    kind = (_IN_SPANISH if spanish else _IN_ENGLISH).get(offer.kind.casefold(), offer.kind)
    if offer.kind.casefold() in said.casefold():
        return ""
    if offer.cost is None or not offer.cost.minor or offer.kind.casefold() not in _AS_MONEY:
        return kind
    price = money.format(offer.cost, f"{language[:2]}_US" if offer.cost.currency == "USD" else language)
    if price in said:
        return ""
    return f"{kind} de {price}" if spanish else f"{price} {kind}"


def next_step(steps: Sequence[Noted]) -> Step | None:
    """Return the first of the five steps that is not done yet; None when all are."""
    done = {noted.step for noted in steps if noted.done_at is not None}
    return next((step for step in Step if step not in done), None)


def counted(cases: Iterable[Case], since: datetime) -> list[CauseCount]:
    """Count causes over the cases opened since a moment, the most frequent first.

    A cause is fixed when something that stops it was first written down in one of its cases. It came back in every
    case of it that was opened after that, and in one that was opened again although it had been stopped.
    """
    grouped: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        if case.cause:
            grouped[case.cause].append(case)
    found = [_count(name, those, since) for name, those in grouped.items()]
    return sorted((each for each in found if each.cases), key=lambda each: (-each.cases, each.name.casefold()))


def _count(name: str, cases: list[Case], since: datetime) -> CauseCount:
    fixes = [case.prevented_at for case in cases if case.prevented_at is not None]
    fixed = min(fixes) if fixes else None
    lately = [case for case in cases if case.opened_at >= since]
    back = [c for c in lately if fixed is not None and (c.opened_at > fixed or (c.reopened and c.prevented_at))]
    return CauseCount(name, len(lately), len(back), fixed, tuple(sorted(int(case.id) for case in lately)))


def ledger(given: Iterable[Given], zone: str) -> list[Goodwill]:
    """Add up what was given by month, cause and route, the latest month first; each currency stays by itself."""
    grouped: dict[tuple[str, str, str, str], list[Given]] = defaultdict(list)
    for each in given:
        month = f"{local_day(each.at, zone):%Y-%m}"
        grouped[month, each.cause, each.route, each.cost.currency if each.cost else ""].append(each)
    months = sorted({key[0] for key in grouped}, reverse=True)
    keys = sorted(grouped, key=lambda key: (months.index(key[0]), key[1].casefold(), key[2].casefold(), key[3]))
    return [_goodwill(*key[:3], grouped[key]) for key in keys]


def _goodwill(month: str, cause: str, route: str, given: list[Given]) -> Goodwill:
    sums = summed(given)
    return Goodwill(month, cause, route, len(given), sums[0] if sums else None, tuple(each.offer for each in given))


def costs(given: Iterable[Goodwill]) -> dict[str, Money]:
    """Return what rows of the ledger cost in all, by currency."""
    return {each.currency: each for each in totals(each.cost for each in given if each.cost is not None)}


def summed(given: Iterable[Given]) -> tuple[Money, ...]:
    """Return what was given in all, each currency by itself."""
    return totals(each.cost for each in given if each.cost is not None)


@dataclass(frozen=True, slots=True)
class Words:
    """Words for one step: what to have in mind, and what one may say."""

    mind: str
    say: str


def words_for(text: str, language: str) -> dict[Step, Words]:
    """Read the words to use at each step from `resources/recovery/words.toml`, in a customer's language."""
    read = tomllib.loads(text)
    say = read["say"].get(language[:2].lower(), read["say"]["en"])
    return {step: Words(read["mind"][step], say[step]) for step in Step}
