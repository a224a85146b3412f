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
    result: list[_Rows] = []
    first: dict[Key, int] = {}
    for customer in customers:
        keys = [key for key in _keys(customer) if key[1] in twice[key[0]]]
        twins = [(key, first[key]) for key in keys if key in first]
        same = next(((key, at) for key, at in twins if result[at].is_same(customer, key)), None)
        if same:
            (kind, value), place = same
            row = result[place].rows[0].row
            told.append(
                RowProblem(customer.row, f"Same customer as row {row}", _shown(kind, value, region), JOINED, row)
            )
            result[place].add(customer)
        else:
            if twins:
                (kind, value), at = twins[0]
                row = result[at].rows[0].row
                what = f"Same {WORDS[kind]} as row {row}"
                told.append(RowProblem(customer.row, what, _shown(kind, value, region), ASKS, row))
            place = len(result)
            result.append(_Rows(customer))
        for key in keys:
            first.setdefault(key, place)
    return [rows.joined() for rows in result], told


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


def _name(customer: Incoming) -> tuple[str, str, str]:
    return customer.given_name.casefold(), customer.family_name.casefold(), customer.company.casefold()


class _Rows:
    """The rows of one customer, joined at the end, because a customer may have thousands (a list of jobs)."""

    def __init__(self, customer: Incoming) -> None:
        self.rows = [customer]
        self.name, self.source_key = _name(customer), customer.source_key

    def is_same(self, other: Incoming, key: Key) -> bool:
        """Whether another row that shares `key` is surely this customer."""
        if key[0] == "key":
            return True
        if self.source_key and other.source_key and self.source_key != other.source_key:
            return False
        name = _name(other)
        return self.name == name or not any(self.name) or not any(name)

    def add(self, other: Incoming) -> None:
        """Take in another row of this customer."""
        self.rows.append(other)
        self.source_key = self.source_key or other.source_key
        if not any(self.name):
            self.name = _name(other)

    def joined(self) -> Incoming:
        """Return one customer with everything the rows say; where they differ, the later is an extra field."""
        one, *others = self.rows
        if not others:
            return one
        extra = dict(one.extra)
        changed: dict[str, Any] = {name: self._first(name, extra) for name in SCALARS}
        for other in others:
            for name, cell in other.extra.items():
                if extra.setdefault(name, cell) != cell:
                    extra[f"{name} (row {other.row})"] = cell
        numbers = {number: label for row in reversed(self.rows) for label, number in reversed(row.phones)}
        return one._replace(
            **changed,
            emails=tuple(dict.fromkeys(email for row in self.rows for email in row.emails)),
            phones=tuple((label, number) for number, label in reversed(numbers.items())),
            notes=_lines(row.notes for row in self.rows),
            access_note=_lines(row.access_note for row in self.rows),
            tags=tuple(dict.fromkeys(tag for row in self.rows for tag in row.tags)),
            archived=all(row.archived for row in self.rows),
            lead=all(row.lead for row in self.rows),
            email_consent=_strictest([row.email_consent for row in self.rows]),
            text_consent=_strictest([row.text_consent for row in self.rows]),
            extra=extra,
        )

    def _first(self, name: str, extra: dict[str, str]) -> Any:
        """Return what the first row to say anything says in a field, and put what the others say instead aside."""
        first: Any = None
        for row in self.rows:
            value = getattr(row, name)
            if value in ("", None):
                continue
            if first is None:
                first = value
            elif value != first:
                extra[f"{name.replace('_', ' ').capitalize()} (row {row.row})"] = str(value)
        return getattr(self.rows[0], name) if first is None else first


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(filter(None, texts)))


def _strictest(hints: Sequence[bool | None]) -> bool | None:
    return False if False in hints else True if True in hints else None
