"""The CSV of Google Contacts: today's columns, and those it had until 2024.

Numbered groups ("Phone 1 - Label", "Phone 1 - Value", …), as many as the contacts need. Several values in one cell
are joined by " ::: "; a label with "* " before it marks the default, and a label of its own says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from followup_desktop.core.exchange.model import FileReading
from followup_desktop.core.exchange.rules.columns import EXTRA, Target, settled, words_of
from followup_desktop.core.exchange.rules.customers import customers_from
from followup_desktop.core.exchange.rules.source import Reader, Source

NUMBERED: Final = re.compile(r"(email|phone|address|custom field) (\d+) (.+)")
NAMED: Final[Mapping[str, str]] = {
    "name": "full_name",
    "first name": "given_name",
    "given name": "given_name",
    "last name": "family_name",
    "family name": "family_name",
    "organization name": "company",
    "organization 1 name": "company",
    "notes": "notes",
    "language": "language",
    "labels": "tags",
    "group membership": "tags",
}
ADDRESS_PARTS: Final[Mapping[str, str]] = {
    "formatted": "address",
    "street": "street",
    "extended address": "street",
    "city": "city",
    "region": "region",
    "postal code": "postal_code",
    "country": "country",
}


def recognise(header: frozenset[str]) -> bool:
    """Whether this is the header of a Google Contacts CSV, of any year."""
    current = {"first name", "last name", "labels"} <= header and bool({"file as", "phonetic first name"} & header)
    older = {"given name", "family name"} <= header and bool({"group membership", "yomi name"} & header)
    return current or older


def read(source: Source) -> FileReading:
    """Read the contacts of a Google Contacts CSV."""
    words = [words_of(name) for name in source.sheet.header]
    return customers_from(source, settled([_target(name, words) for name in words]))


def _target(name: str, header: list[str]) -> Target:
    if name in NAMED:
        return Target(NAMED[name])
    numbered = NUMBERED.fullmatch(name)
    if not numbered:
        return EXTRA
    kind, number, part = numbered.groups()
    if kind == "address" and part in ADDRESS_PARTS:
        return Target(ADDRESS_PARTS[part], group=int(number))
    if part == "value":
        beside = [at for at, other in enumerate(header) if other in (f"{kind} {number} label", f"{kind} {number} type")]
        field = None if kind == "custom field" else kind
        return Target(field, label_column=beside[0] if beside else None)
    return EXTRA


READER: Final = Reader("google_contacts", "Google Contacts", recognise, read)
