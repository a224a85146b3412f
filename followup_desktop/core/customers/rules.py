"""How a customer is named and sorted."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import clock_words, count_words, list_words, long_date_words
from followup_desktop.base.zones import local
from followup_desktop.core.customers.model import Erasure, Person, Stage


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


def is_named(person_name: str, typed: str) -> bool:
    """Whether the name was typed as it stands there; capitals, accents and spaces do not matter."""
    return fold(" ".join(typed.split())) == fold(" ".join(person_name.split()))


_KINDS = {
    "events": ("entry of history", "entries of history"),
    "messages": ("message", "messages"),
    "promises": ("promise", "promises"),
    "cases": ("case", "cases"),
    "feedback": ("answer or review", "answers and reviews"),
    "follow_ups": ("follow-up", "follow-ups"),
}


def proof_of(erasure: Erasure, business: str, zone: str) -> str:
    """Return the proof of an erasure as it can be handed to who asked for it."""
    at = local(erasure.at, zone)
    total = sum(erasure.records.values())
    named = [count_words(erasure.records[kind], *words) for kind, words in _KINDS.items() if erasure.records.get(kind)]
    among = f", among them {list_words(named)}" if named else ""
    records = count_words(total, "record", "records")
    lines = [
        f"On {long_date_words(at.date())} at {clock_words(at.time())}, {business or 'the business'} erased all that "
        f"its customer records held about customer {erasure.number}: {records}{among}.",
        "The file was written anew without them. They cannot be brought back from it.",
    ]
    if erasure.stopped:
        kept = count_words(erasure.stopped, "address or number stays", "addresses and numbers stay")
        lines.append(f"{kept} on the list of those nothing may go to, for that purpose alone.")
    lines.append(
        "Copies made before that day are not changed; they are replaced by themselves, the last after six months. Mail "
        "both ways lies in the mailbox of the business until it is deleted there."
    )
    return "\n".join(lines)
