"""The words other programs and people use: kinds of numbers, companies, days, languages, yes and no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


def _named(names: Mapping[str, str]) -> dict[str, str]:
    return {word: name for name, several in names.items() for word in several.split()}


LABELS: Final[Mapping[str, str]] = {
    **_named(
        {
            "mobile": "mobile cell cellular cellphone iphone m c handy mobil movil celular",
            "home": "home h house casa privat",
            "work": "work business office w o company arbeit trabajo",
            "main": "main primary",
            "other": "other",
            "fax": "fax f facsimile pager telex",
        }
    ),
    **dict.fromkeys(words("phone tel telephone p t voice number pref internet"), ""),
}
"""What a number is called, by the word that stands with it; "" for words that say nothing."""

COMPANY_WORDS: Final = words(
    "llc inc incorporated ltd limited corp corporation co company gmbh kg ag sl sa sarl plc lp llp pllc pc hoa poa coa"
    " apartments apartment apts association assoc school hotel motel club church properties property management mgmt"
    " services service realty group pools pool spa restaurant inn resort resorts condos condominiums condominium bank"
    " university college city county clinic partners partnership holdings trust estates villas townhomes plaza center"
    " centre cafe bar grill gym fitness ymca store shop dental medical hospital foundation construction landscaping"
)
TITLES: Final = words("mr mrs ms miss mx dr prof rev hon sir herr frau sr sra srta mme mlle")
SUFFIXES: Final = words("jr sr ii iii iv v md dds phd esq cpa rn")
PARTICLES: Final = words("de del della der den di da dos du la le las los van von zu zum af el al bin ibn st san")

WEEKDAYS: Final = _named(
    {
        "Monday": "mon monday mondays lunes montag lundi",
        "Tuesday": "tue tues tuesday tuesdays martes dienstag mardi",
        "Wednesday": "wed weds wednesday wednesdays miercoles miércoles mittwoch mercredi",
        "Thursday": "thu thur thurs thursday thursdays jueves donnerstag jeudi",
        "Friday": "fri friday fridays viernes freitag vendredi",
        "Saturday": "sat saturday saturdays sabado sábado samstag samedi",
        "Sunday": "sun sunday sundays domingo sonntag dimanche",
    }
)
LANGUAGES: Final = _named(
    {
        "en": "english en eng englisch inglés ingles anglais",
        "es": "spanish es spa español espanol castellano spanisch espagnol",
        "fr": "french fr fra français francais französisch",
        "de": "german de deu ger deutsch alemán allemand",
        "pt": "portuguese pt por português portugues",
        "it": "italian it ita italiano",
        "zh": "chinese zh zho chi mandarin cantonese",
        "vi": "vietnamese vi vie",
        "ko": "korean ko kor",
        "tl": "tagalog tl tgl filipino",
        "nl": "dutch nl nld nederlands",
        "pl": "polish pl pol polski",
        "ru": "russian ru rus",
    }
)
YES: Final = words("true yes y t 1 x on ja si sí oui ✓ checked subscribed active")
NO: Final = words("false no n f 0 off nein non - unchecked unsubscribed inactive never")
STATUS: Final = {
    **dict.fromkeys(
        words("archived inactive former past cancelled canceled lost closed terminated deleted ex"), "archived"
    ),
    **dict.fromkeys(words("deactivated disabled"), "archived"),
    **dict.fromkeys(words("lead prospect potential opportunity marketingqualifiedlead salesqualifiedlead"), "lead"),
    **dict.fromkeys(("new lead", "marketing qualified lead", "sales qualified lead"), "lead"),
    **dict.fromkeys(words("active customer client current live regular recurring"), "usual"),
}
MONTHS: Final = {name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # noqa: SIM905
