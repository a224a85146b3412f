"""How a customer is named and sorted."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from followup_desktop.base.errors import Problem
from followup_desktop.core.customers.model import Person, Stage


def sort_name(person: Person) -> str:
    """Return the text a customer is sorted by: family name, given name, company; folded, without accents."""
    text = " ".join(part for part in (person.family_name, person.given_name, person.company) if part)
    return fold(text)


def fold(text: str) -> str:
    """Return `text` in lower case without accents, for comparing and sorting."""
    if text.isascii():  # a tenth of the time, for nearly every name
        return text.casefold().strip()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().strip()


def checked(person: Person) -> Person:
    """Return the person unless there is nothing to call them by (raises Problem)."""
    if not person.name:
        raise Problem("A customer needs a name or a company.", "What you typed is still there.", "Add one of them.")
    return person


_TOWN_FIRST = frozenset({"US", "CA", "AU", "GB", "IE", "NZ", "IN", "SG"})
"""Where the postal code stands after the town."""


def address_lines(person: Person, region: str = "US") -> list[str]:
    """Return a postal address as it stands on an envelope; empty where no street or town is known.

    `region` is the business's country by its two letters (ISO 3166); it says where the postal code stands.
    """
    if not (person.street or person.city):
        return []
    if region in _TOWN_FIRST:
        town = f"{person.city}, {person.region}" if person.city and person.region else person.city or person.region
        town = f"{town} {person.postal_code}"
    else:
        town = f"{person.postal_code} {person.city}{f' ({person.region})' if person.region else ''}"
    company = person.company if person.company != person.name else ""
    country = "" if person.country.upper() == region else person.country
    lines = (person.name, company, *person.street.splitlines(), town.strip(), country)
    return [line.strip() for line in lines if line.strip()]


_A_COMPANY = re.compile(
    r"\b(?:llc|inc|ltd|gmbh|s\.?l\.?|s\.?a\.?|corp|co|company|group|services?|management|properties|realty|hotel|hoa|"
    r"association|school|clinic|church|team|office)\.?$|&|\d",
    re.IGNORECASE,
)


def person_of(name: str, address: str, phone: str = "") -> Person:
    """Return a new customer as a mail's sender tells: "Zhou, Helen" and "Helen Zhou" alike; a lead so far.

    Without a name the part before the at sign has to do.
    """
    words = " ".join(name.replace('"', " ").split()).strip("' ")
    if not words or "@" in words:
        words = " ".join(part.capitalize() for part in re.split(r"[._+-]+|\d+", address.partition("@")[0]) if part)
    lead = Person(email=address, phone=phone, stage=Stage.LEAD)
    if _A_COMPANY.search(words):
        return replace(lead, company=words)
    family, comma, given = (part.strip() for part in words.partition(","))
    if comma and given:
        return replace(lead, given_name=given, family_name=family)
    given, _, family = words.partition(" ")
    return replace(lead, given_name=given or address, family_name=family.strip())
