"""Rows of one file that are the same customer, or may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, Final

from followup_desktop.base import phones
from followup_desktop.core.exchange.model import Incoming, RowProblem

Key = tuple[str, str]

ASKS: Final = "Asks you: one customer or two?"
JOINED: Final = "Imported as one customer"
WORDS: Final = {"key": "customer number", "email": "email", "phone": "phone"}
SCALARS: Final = (
    *("source_key", "given_name", "family_name", "company", "street", "city", "region", "postal_code", "country"),
    *("language", "since", "route", "stop_order"),
)


def joined_duplicates(
    customers: list[Incoming], problems: Sequence[RowProblem], region: str
) -> tuple[list[Incoming], list[RowProblem]]:
    """Make one customer of rows that are surely the same, and ask about those that share an email or a phone.

    Surely the same are rows with one customer number, and rows with one name and one email or phone; nothing of
    the second row is lost. One address is no reason: neighbours and families share it.
    """
    twice = _twice(customers)
    told = list(problems)
    if not any(twice.values()):
        return customers, told
    result: list[Incoming] = []
    first: dict[Key, int] = {}
    for customer in customers:
        keys = [key for key in _keys(customer) if key[1] in twice[key[0]]]
        twins = [(key, first[key]) for key in keys if key in first]
        same = next(((key, at) for key, at in twins if _same(result[at], customer, key)), None)
        if same:
            (kind, value), at = same
            what = f"Same customer as row {result[at].row}"
            told.append(RowProblem(customer.row, what, _shown(kind, value, region), JOINED, result[at].row))
            result[at] = joined(result[at], customer)
            place = at
        else:
            if twins:
                (kind, value), at = twins[0]
                row = result[at].row
                what = f"Same {WORDS[kind]} as row {row}"
                told.append(RowProblem(customer.row, what, _shown(kind, value, region), ASKS, row))
            place = len(result)
            result.append(customer)
        for key in keys:
            first.setdefault(key, place)
    return result, told


def _shown(kind: str, value: str, region: str) -> str:
    return phones.shown(value, region) if kind == "phone" else value


def _twice(customers: Sequence[Incoming]) -> dict[str, set[str]]:
    """Return the keys, addresses and numbers that stand in the file more than once."""
    numbers = chain.from_iterable(map(attrgetter("phones"), customers))
    return {
        "key": _repeated(list(filter(None, map(attrgetter("source_key"), customers)))),
        "email": _repeated(list(chain.from_iterable(map(attrgetter("emails"), customers)))),
        "phone": _repeated(list(map(itemgetter(1), numbers))),
    }


def _repeated(values: list[str]) -> set[str]:
    if len(set(values)) == len(values):
        return set()
    seen: set[str] = set()
    # set.add returns None, so a value is repeated when it was seen before it is added.
    return {value for value in values if value in seen or seen.add(value)}  # type: ignore[func-returns-value]


def _keys(customer: Incoming) -> Iterable[Key]:
    if customer.source_key:
        yield "key", customer.source_key
    for email in customer.emails:
        yield "email", email
    for _, number in customer.phones:
        yield "phone", number


def _same(one: Incoming, other: Incoming, key: Key) -> bool:
    if key[0] == "key":
        return True
    if one.source_key and other.source_key and one.source_key != other.source_key:
        return False
    mine, theirs = _name(one), _name(other)
    return mine == theirs or not any(mine) or not any(theirs)


def _name(customer: Incoming) -> tuple[str, str, str]:
    return customer.given_name.casefold(), customer.family_name.casefold(), customer.company.casefold()


def joined(one: Incoming, other: Incoming) -> Incoming:
    """Return one customer with everything both rows say; where they differ, the second is kept as an extra field."""
    changed: dict[str, Any] = {}
    more: dict[str, str] = {}
    for name in SCALARS:
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine in ("", None):
            changed[name] = theirs
        elif theirs not in ("", None) and theirs != mine:
            more[f"{name.replace('_', ' ').capitalize()} (row {other.row})"] = str(theirs)
    for name, cell in other.extra.items():
        if one.extra.get(name, cell) != cell:
            more[f"{name} (row {other.row})"] = cell
    known = {number for _, number in one.phones}
    return one._replace(
        **changed,
        emails=tuple(dict.fromkeys(one.emails + other.emails)),
        phones=one.phones + tuple(pair for pair in other.phones if pair[1] not in known),
        notes=_both(one.notes, other.notes),
        access_note=_both(one.access_note, other.access_note),
        tags=tuple(dict.fromkeys(one.tags + other.tags)),
        archived=one.archived and other.archived,
        lead=one.lead and other.lead,
        email_consent=_stricter(one.email_consent, other.email_consent),
        text_consent=_stricter(one.text_consent, other.text_consent),
        extra={**other.extra, **one.extra, **more},
    )


def _both(one: str, other: str) -> str:
    return one if other in one else f"{one}\n{other}".strip()


def _stricter(one: bool | None, other: bool | None) -> bool | None:
    return False if False in (one, other) else one if one is not None else other
