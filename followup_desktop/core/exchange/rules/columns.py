"""Which column goes where: exact names first, then near ones, then what the cells look like, then the owner."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Final

from rapidfuzz import fuzz, process

from followup_desktop.base.errors import Problem
from followup_desktop.core.exchange.model import FIELDS, Field
from followup_desktop.core.exchange.rules.decoding import NOT_CHANGED
from followup_desktop.core.exchange.rules.vocabulary import words

KEEP: Final = ("", "-", "extra", "none", "keep")
"""What `--map COLUMN=` may say to keep a column as an extra field."""

PLAIN_GROUP: Final = 2
GROUPS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("service", "site", "property", "job", "pool", "physical", "location"), 0),
    **dict.fromkeys(("ship", "shipping", "delivery"), 1),
    **dict.fromkeys(("home", "residence", "residential"), 3),
    **dict.fromkeys(("business", "work", "office", "company"), 4),
    **dict.fromkeys(("billing", "bill", "invoice"), 5),
    **dict.fromkeys(("mailing", "postal", "mail"), 6),
    "other": 7,
}
"""Whose address it is, by the first word of a column; where there are several, the lowest that is filled counts."""

ADDRESS_FIELDS: Final = frozenset({"street", "city", "region", "postal_code", "country", "address"})
FILLERS: Final = words("customer client contact primary main default your the of account")

PHONE_LABELS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("mobile", "cell", "cellular", "cellphone", "handy", "mobil", "movil", "celular"), "mobile"),
    "home": "home",
    **dict.fromkeys(("work", "business", "office", "company"), "work"),
    **dict.fromkeys(("main", "primary"), "main"),
    "other": "other",
}
PHONE_WORDS: Final = frozenset(
    {"phone", "phones", "telephone", "telephones", "tel", "telefono", "telefon", "telefonnummer"}
)
PHONE_WORDS_TOO: Final = frozenset({*PHONE_WORDS, *(w for w, label in PHONE_LABELS.items() if label == "mobile")})
BESIDE_PHONE: Final = frozenset(
    {*PHONE_WORDS_TOO, *PHONE_LABELS, *FILLERS, *words("number numbers no nr day evening night daytime alt alternate")}
    | {"secondary", "second", "other", "car", "preferred", "best", "value", "service", "billing"}
)
EMAIL_WORDS: Final = frozenset({"email", "emails", "correo"})
BESIDE_EMAIL: Final = frozenset(
    {
        *EMAIL_WORDS,
        *FILLERS,
        "address",
        "addresses",
        "adresse",
        "home",
        "work",
        "business",
        "personal",
        "other",
        "value",
    }
    | {"secondary", "second", "alt", "alternate", "preferred", "billing", "invoice", "electronico", "office"}
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where one column goes: a field or None, and whose address it is.

    `label` is what to call its numbers, or its text where the name of the column says it badly; `label_column` is
    the place of another column that holds the label of each row, as Google writes it.
    """

    field: str | None = None
    group: int = PLAIN_GROUP
    label: str = ""
    label_column: int | None = None


EXTRA: Final = Target()


@lru_cache(maxsize=4096)
def words_of(name: str) -> str:
    """Reduce the name of a column to plain lower-case words: "E-mail Address", "emailAddress" are "email address"."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    name = "".join(ch for ch in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(ch))
    words = re.findall(r"[^\W\d_]+|\d+", name.replace("#", " number "))
    text = " ".join(word for word in words if word != "s")
    return re.sub(r"\be (?=mails?\b)", "e", text)


_BY_NAME: Final[dict[str, str]] = {words_of(name): field.key for field in FIELDS for name in field.synonyms}
_BY_KEY: Final[dict[str, Field]] = {field.key: field for field in FIELDS}
_NEAR: Final = [name for name in _BY_NAME if len(name) >= 5]


def target_of(name: str) -> Target:
    """Say where a column of this name goes, by its name alone."""
    words = words_of(name)
    if words in _BY_NAME:
        return _labelled(_BY_NAME[words], words)
    parts = words.split()
    without_numbers = [part for part in parts if not part.isdigit()]
    if PHONE_WORDS_TOO.intersection(parts) and BESIDE_PHONE.issuperset(without_numbers):
        return _labelled("phone", words)
    if EMAIL_WORDS.intersection(parts) and BESIDE_EMAIL.issuperset(without_numbers):
        return Target("email")
    return _address_target(parts) or _reduced_target(without_numbers)


def _labelled(field: str, words: str) -> Target:
    if field != "phone":
        return Target(field)
    return Target(field, label=next((PHONE_LABELS[part] for part in words.split() if part in PHONE_LABELS), ""))


def _address_target(parts: Sequence[str]) -> Target | None:
    """Recognise "Billing Street 1", "Home City" and their like."""
    for start, part in enumerate(parts, 1):
        if part not in GROUPS:
            return None
        field = _BY_NAME.get(" ".join(parts[start:]))
        if field in ADDRESS_FIELDS:
            return Target(field, group=GROUPS[parts[0]])
    return None


def _reduced_target(parts: Sequence[str]) -> Target:
    """Recognise "Client First Name", "Notes 2": without the words that say nothing."""
    for kept in (parts, [part for part in parts if part not in FILLERS]):
        field = _BY_NAME.get(" ".join(kept))
        if field:
            return _labelled(field, " ".join(parts))
    return EXTRA


def is_known(name: str) -> bool:
    """Whether a cell names a column one knows; for finding the header."""
    return target_of(name).field is not None


def is_nearly_known(name: str) -> bool:
    """Whether a cell names a column one knows, perhaps misspelt."""
    return is_known(name) or _near_target(name).field is not None


def header_key(header: Sequence[str]) -> str:
    """Return a key that is the same for every file with these columns, for remembering the owner's choice."""
    words = "\n".join(sorted({words_of(name) for name in header}))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def guess(header: Sequence[str], columns: Sequence[tuple[str, ...]]) -> list[Target]:
    """Say where each column of a file goes that no format of its own is known for."""
    targets = [target_of(name) for name in header]
    for at, name in enumerate(header):
        if targets[at].field is None:
            near = _near_target(name)
            targets[at] = near if near.field is None or _fits(near.field, columns[at]) else EXTRA
    if not any(target.field == "email" for target in targets):
        for at, column in enumerate(columns):
            if targets[at].field is None and _fits("email", column) and any(column):
                targets[at] = Target("email")
                break
    return settled(_with_plain_streets(targets))


def _near_target(name: str) -> Target:
    words = words_of(name)
    if len(words) < 5:
        return EXTRA
    found = process.extractOne(words, _NEAR, scorer=fuzz.ratio, score_cutoff=86)
    return _labelled(_BY_NAME[found[0]], found[0]) if found else EXTRA


def _fits(field: str, column: Sequence[str]) -> bool:
    """Whether the first cells look like the field; a near name alone is not trusted where looks can tell."""
    looks = LOOKS.get(field)
    sample = list(islice(filter(None, column), 50))
    return looks is None or sum(bool(looks.search(cell)) for cell in sample) >= len(sample) * 0.6


LOOKS: Final[Mapping[str, re.Pattern[str]]] = {
    "email": re.compile(r"[^@\s]@[^@\s]+\.[^@\s]{2,}"),
    "phone": re.compile(r"(?:\d[\s().+/-]*){6,}"),
    "since": re.compile(r"\d.*\d"),
    "stop_order": re.compile(r"\d"),
}


def settled(targets: Sequence[Target]) -> list[Target]:
    """Give a field that holds one value one column; a further column for it is kept as an extra field."""
    taken: set[tuple[int, str]] = set()
    result = []
    for target in _joined_groups(targets):
        key = (target.group, target.field or "")
        if key in taken:
            target = replace(target, field=None)
        elif target.field and not _BY_KEY[target.field].many:
            taken.add(key)
        result.append(target)
    return result


def _with_plain_streets(targets: Sequence[Target]) -> list[Target]:
    """Let "Address" be a street where its city has a column."""
    parts = {(target.group, target.field) for target in _joined_groups(targets)}
    return [
        replace(target, field="street")
        if target.field == "address" and {(target.group, "city"), (target.group, "postal_code")} & parts
        else target
        for target in targets
    ]


def _joined_groups(targets: Sequence[Target]) -> list[Target]:
    """Let "Service Address" have the "City" that stands beside it, where no other street has it."""
    streets = {target.group for target in targets if target.field in ("street", "address")}
    parts = {target.group for target in targets if target.field in ADDRESS_FIELDS}
    if not parts:
        return list(targets)
    home = min(streets or parts)
    astray = parts - (streets or {home})
    return [
        replace(target, group=home) if target.field in ADDRESS_FIELDS and target.group in astray else target
        for target in targets
    ]


def mapped(header: Sequence[str], targets: Sequence[Target], mapping: Mapping[str, str]) -> list[Target]:
    """Put the owner's choice over what was recognised; raise `Problem` for a column or field there is not."""
    result = list(targets)
    for column, wanted in mapping.items():
        at = _place(header, column)
        key = _wanted_field(wanted)
        named = target_of(header[at])
        if key in _BY_KEY and not _BY_KEY[key].many:
            group = named.group if key in ADDRESS_FIELDS else PLAIN_GROUP
            for other, target in enumerate(result):
                if target.field == key and (key not in ADDRESS_FIELDS or target.group == group):
                    result[other] = replace(target, field=None)
        result[at] = replace(named, field=key or None, label_column=result[at].label_column)
    return result


def _place(header: Sequence[str], column: str) -> int:
    for same in (str, words_of):
        places = [at for at, name in enumerate(header) if same(name) == same(column)]
        if places:
            return places[0]
    names = ", ".join(f"“{name}”" for name in header[:40])
    raise Problem(f"The file has no column “{column}”.", NOT_CHANGED, f"Its columns are {names}.")


def _wanted_field(wanted: str) -> str:
    if wanted.strip().casefold() in KEEP:
        return ""
    for field in FIELDS:
        if wanted == field.key or words_of(wanted) in (words_of(field.key), words_of(field.label)):
            return field.key
    keys = ", ".join(field.key for field in FIELDS)
    raise Problem(f"There is no field “{wanted}”.", NOT_CHANGED, f"Fields are {keys}, or “extra” to keep it as it is.")


def label_of(field: str) -> str:
    """Return the words of the window for a field."""
    return _BY_KEY[field].label


def fills(field: str) -> tuple[str, ...]:
    """Return the fields of a customer that a column of this field ends in."""
    return _BY_KEY[field].fills
