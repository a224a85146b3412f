"""How long the law lets us write offers to somebody who did not ask for them. Pure.

Canada: An Act to promote the efficiency and adaptability of the Canadian economy (CASL), S.C. 2010, c. 23. Consent is
implied by an existing business relationship, section 10(9)(a) and 10(10): two years from the last purchase or service,
(a) to (c); two years from the end of a written contract, (d); six months from an inquiry, (e). Asking for consent is
itself a commercial message, section 1(3): the question has to go out before the end.

United Kingdom and European Union: Privacy and Electronic Communications Regulations 2003, regulation 22(3), and
Directive 2002/58/EC, article 13(2), the soft opt-in: addresses got in the course of a sale or the negotiations for one,
own similar services, a way out each time. Switzerland alike (UWG article 3(1)(o)). They name no period; the regulator
says that consent does not last for ever (ICO, direct marketing guidance). The periods here are ours: as long as
Canada's after a service, a year after an inquiry.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from followup_desktop.base.wording import long_date_words
from followup_desktop.core.consent.model import Clock, Law

ASK_AHEAD = timedelta(days=30)
"""So long before the end the question is drafted."""

SERVED_MONTHS: Mapping[Law, int] = MappingProxyType({Law.CASL: 24, Law.PECR: 24})
INQUIRED_MONTHS: Mapping[Law, int] = MappingProxyType({Law.CASL: 6, Law.PECR: 12})

LAWS: Mapping[str, str] = MappingProxyType(
    {Law.CASL: "CASL (Canada)", Law.PECR: "PECR and GDPR (UK and EU)", Law.NONE: "no period"}
)
_CANADA = frozenset({"ca", "can", "canada", "canadá"})
_EUROPES_NAMES = (
    "gb,uk,at,be,bg,hr,cy,cz,dk,ee,fi,fr,de,gr,hu,ie,it,lv,lt,lu,mt,nl,pl,pt,ro,sk,si,es,se,no,is,li,ch,"
    "united kingdom,great britain,england,scotland,wales,northern ireland,reino unido,austria,österreich,belgium,"
    "belgië,belgique,bulgaria,croatia,cyprus,czechia,czech republic,denmark,danmark,estonia,finland,suomi,france,"
    "francia,germany,deutschland,alemania,greece,hungary,ireland,irlanda,italy,italia,latvia,lithuania,luxembourg,"
    "malta,netherlands,nederland,países bajos,poland,polska,portugal,romania,slovakia,slovenia,spain,españa,sweden,"
    "sverige,norway,norge,iceland,liechtenstein,switzerland,schweiz,suisse"
)
_EUROPE = frozenset(_EUROPES_NAMES.split(","))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a clock is worked out from: days in the business's zone, each None where there is none.

    `agreed` is the day on which they said yes to mail, with where; `served` the last service or purchase, `until` the
    day an agreement runs to, `inquired` the last inquiry or quote. `known` is since when they are a customer, which
    counts as a service where nothing else is known of somebody we serve, and as an inquiry of a lead.
    """

    agreed: tuple[date, str] | None = None
    served: date | None = None
    inquired: date | None = None
    until: date | None = None
    known: date | None = None
    is_lead: bool = False


def law_of(country: str) -> Law | None:
    """Return the law of a country by its name or its two letters; None where the country is not given."""
    bare = country.strip().strip(".").casefold()
    if not bare:
        return None
    return Law.CASL if bare in _CANADA else Law.PECR if bare in _EUROPE else Law.NONE


def law_for(own: str, chosen: str, country: str, region: str) -> Law:
    """Return which rules go for a customer: their own, the owner's choice, else by their country, the business's."""
    for named in (own, chosen):
        if named in set(Law):
            return Law(named)
    return law_of(country) or law_of(region) or Law.NONE


def clock_of(facts: Facts, law: Law) -> Clock:
    """Return until when offers may be written, and by what. An answer of theirs has no end."""
    if facts.agreed is not None:
        return Clock(law, "express", f"said yes, {facts.agreed[1]}", facts.agreed[0], None)
    if law is Law.NONE:
        return Clock(law, "free", "no period counts here", None, None)
    served, inquired = SERVED_MONTHS[law], INQUIRED_MONTHS[law]
    found: list[Clock] = []
    for basis, day, months, words in (
        ("service", facts.served, served, "last service or purchase"),
        ("agreement", facts.until, served, "end of the agreement"),
        ("inquiry", facts.inquired, inquired, "last inquiry"),
    ):
        if day is not None:
            found.append(Clock(law, basis, words, day, months_later(day, months)))
    if not found and facts.known is not None:
        basis, months = ("inquiry", inquired) if facts.is_lead else ("service", served)
        found.append(Clock(law, basis, "known since", facts.known, months_later(facts.known, months)))
    return max(found, key=_end, default=Clock(law, "nothing", "no service and no inquiry is known", None, None))


def _end(clock: Clock) -> date:
    return clock.ends or date.min


def months_later(day: date, months: int) -> date:
    """Return the same day some months on; the last day of a shorter month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def is_over(clock: Clock, today: date) -> bool:
    """Whether offers may not be written any more, or never might."""
    if clock.basis in ("express", "free"):
        return False
    return clock.ends is None or today >= clock.ends


def over_words(clock: Clock, name: str) -> str:
    """Say why offers may not be written to somebody, and what to do."""
    ask = f"Ask {name} in person or by phone whether they want to hear from you."
    if clock.since is None or clock.ends is None:
        return f"{name} never bought or asked for anything that is known: {_LAW[clock.law]} allows no offers. {ask}"
    since, ends = long_date_words(clock.since), long_date_words(clock.ends)
    return f"{_LAW[clock.law]}: offers were allowed until {ends} ({clock.source}: {since}). {ask}"


def clock_words(clock: Clock, today: date) -> str:
    """Say until when offers may be written: "Offers by mail until 3 November 2028: last service, 3 November 2026"."""
    if clock.basis == "express":
        return f"Offers by mail without an end: {clock.source}"
    if clock.basis == "free":
        return "Offers by mail: the law here names no period"
    if clock.since is None or clock.ends is None:
        return f"No offers by mail: {clock.source} ({_LAW[clock.law]})"
    ends, since = long_date_words(clock.ends), long_date_words(clock.since)
    until = f"over since {ends}" if is_over(clock, today) else f"until {ends}"
    return f"Offers by mail {until}: {clock.source}, {since} ({_LAW[clock.law]})"


_LAW = MappingProxyType({Law.CASL: "CASL", Law.PECR: "PECR", Law.NONE: "The law"})
