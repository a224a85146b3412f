"""What an import would do: who is new, who is known, and what would change about them.

A customer of the file is recognised by the number the other program gave it, then by an email address, then by a
phone number together with a similar name, and last by the same name at the same address. Never by an address alone.
An import takes nothing away: an empty cell says nothing, and what the owner added here stays.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from followup_desktop.core.exchange.model import (
    FieldChange,
    FileReading,
    HouseholdProposal,
    Incoming,
    Known,
    Plan,
    PlanRow,
    RowProblem,
    Verdict,
)
from followup_desktop.core.exchange.rules.duplicates import ASKS

SIMILAR: Final = 80
"""How alike two names must be, of 100."""
ALIKE: Final = 100

TEXTS: Final = (
    *("given_name", "family_name", "company", "street", "city", "region", "postal_code", "country", "language"),
    "since",
)


def match(reading: FileReading, existing: Sequence[Known]) -> Plan:
    """Say of every customer of a file what would happen to it, and who shares a roof with whom.

    Matching the same file again finds nothing changed. Questions that an earlier import has settled, because both
    customers are known by now, are not asked again.
    """
    if not existing:
        rows = [PlanRow(incoming, Verdict.NEW) for incoming in reading.customers]
        return Plan(rows, list(reading.problems), households(rows, existing))
    finder = _Finder(reading.format, existing)
    found = [finder.find(incoming) for incoming in reading.customers]
    claimed: dict[int, int] = {}
    for incoming, match in zip(reading.customers, found, strict=True):
        if match and match.certain:
            claimed.setdefault(match.known.id, incoming.row)
    rows = []
    asked: list[RowProblem] = []
    for incoming, match in zip(reading.customers, found, strict=True):
        row = _planned(incoming, match, claimed, reading.fields)
        rows.append(row)
        if match and row.verdict is Verdict.ASK:
            what = f"Same {match.by} as {_name(match.known) or 'another customer'}"
            asked.append(RowProblem(incoming.row, what, incoming.name, ASKS))
    problems = [*_unsettled(reading.problems, rows), *asked]
    return Plan(rows, sorted(problems, key=attrgetter("row")), households(rows, existing))


def _planned(incoming: Incoming, match: _Match | None, claimed: dict[int, int], fields: frozenset[str]) -> PlanRow:
    if match is None:
        return PlanRow(incoming, Verdict.NEW)
    known = match.known
    first = claimed.setdefault(known.id, incoming.row) == incoming.row if not match.asks else False
    if first:
        changes = differences(incoming, known, fields)
        return PlanRow(incoming, Verdict.CHANGED if changes else Verdict.UNCHANGED, known.id, changes)
    # Two rows are one customer here, joined by the owner perhaps: the first row speaks for both.
    return PlanRow(incoming, Verdict.UNCHANGED if match.certain else Verdict.ASK, known.id)


def _unsettled(problems: Sequence[RowProblem], rows: Sequence[PlanRow]) -> list[RowProblem]:
    here = {row.incoming.row for row in rows if row.verdict in (Verdict.CHANGED, Verdict.UNCHANGED)}
    return [
        problem for problem in problems if problem.outcome != ASKS or not (problem.row in here and problem.twin in here)
    ]


# --- who it is ---------------------------------------------------------------------------------------------


class _Match(NamedTuple):
    """A known customer and what it was recognised by; `certain` by its number or whole name, else it `asks` or not."""

    known: Known
    by: str
    certain: bool
    asks: bool = False


class _Finder:
    """The customers in the store, by everything one can be recognised by."""

    def __init__(self, source: str, existing: Sequence[Known]) -> None:
        self.source = source
        self.by_key = {known.source_key: known for known in existing if known.source_key and known.source == source}
        self.by_email: dict[str, list[Known]] = defaultdict(list)
        self.by_phone: dict[str, list[Known]] = defaultdict(list)
        self.by_name: dict[tuple[str, str, str], list[Known]] = defaultdict(list)
        for known in existing:
            for email in known.emails:
                self.by_email[email].append(known)
            for _, number in known.phones:
                self.by_phone[number].append(known)
            self.by_name[_name_key(known)].append(known)

    def find(self, incoming: Incoming) -> _Match | None:
        """Return the known customer this is or may be, or None for a new one."""
        known = self.by_key.get(incoming.source_key) if incoming.source_key else None
        # A number in a table of unknown origin may be that of another table's customer.
        if known and (self.source != "csv" or _alike(incoming, known) >= SIMILAR or _share_contact(incoming, known)):
            return _Match(known, "customer number", certain=True)
        by_email = self._likeliest(incoming, [one for email in incoming.emails for one in self.by_email.get(email, ())])
        by_phone = self._likeliest(incoming, [one for _, tel in incoming.phones for one in self.by_phone.get(tel, ())])
        for by, candidate in (("email", by_email), ("phone", by_phone)):
            if candidate and candidate[0] >= SIMILAR:
                return _Match(candidate[1], by, certain=candidate[0] >= ALIKE)
        by_name = self._by_name_and_place(incoming)
        if by_name:
            return _Match(by_name, "name", certain=True)
        for by, candidate in (("email", by_email), ("phone", by_phone)):
            if candidate:
                return _Match(candidate[1], by, certain=False, asks=True)
        return None

    def _likeliest(self, incoming: Incoming, candidates: Sequence[Known]) -> tuple[float, Known] | None:
        best: tuple[float, Known] | None = None
        for known in candidates:
            alike = -1.0 if self._another_number(incoming, known) else _alike(incoming, known)
            if best is None or alike > best[0]:
                best = alike, known
        return best

    def _another_number(self, incoming: Incoming, known: Known) -> bool:
        """Whether the other program has the two under different numbers."""
        both = incoming.source_key and known.source_key and known.source == self.source
        return bool(both) and incoming.source_key != known.source_key

    def _by_name_and_place(self, incoming: Incoming) -> Known | None:
        """Find the one of the same name at the same address, or of whom as little is known as of this one."""
        key = _name_key(incoming)
        for known in self.by_name.get(key, ()) if any(key) else ():
            if self._another_number(incoming, known):
                continue
            place, other = address_key(incoming), address_key(known)
            bare = not (incoming.emails or incoming.phones or known.emails or known.phones)
            if place == other and (place or bare):
                return known
        return None


def _name(customer: Incoming | Known) -> str:
    return f"{customer.given_name} {customer.family_name}".strip() or customer.company


def _name_key(customer: Incoming | Known) -> tuple[str, str, str]:
    return customer.given_name.casefold(), customer.family_name.casefold(), customer.company.casefold()


def _alike(one: Incoming, other: Known) -> float:
    """Say how alike two names are, of 100; a company counts as a name, and no name as any."""
    if one.given_name == other.given_name and one.family_name == other.family_name and one.company == other.company:
        return ALIKE
    mine, theirs = _names(one), _names(other)
    if not mine or not theirs:
        return SIMILAR
    if all((one.given_name, one.family_name, other.given_name, other.family_name)):
        # A couple has one family name, and it is often the longer part: both parts must be alike.
        straight = min(_part(one.given_name, other.given_name), _part(one.family_name, other.family_name))
        crossed = min(_part(one.given_name, other.family_name), _part(one.family_name, other.given_name))
        return max(straight, crossed)
    return max(fuzz.token_sort_ratio(name, another) for name in mine for another in theirs)


def _names(customer: Incoming | Known) -> list[str]:
    person = f"{customer.given_name} {customer.family_name}".strip()
    return [name.casefold() for name in (person, customer.company) if name]


def _part(one: str, other: str) -> float:
    """Compare given or family names; "Rob" is as good as "Robert", and "Maria" as "Maria J."."""
    one, other = one.casefold(), other.casefold()
    short, long = sorted((one, other), key=len)
    return 95.0 if len(short) >= 3 and long.startswith(short) else fuzz.ratio(one, other)


def _share_contact(one: Incoming, other: Known) -> bool:
    mine = {number for _, number in one.phones}
    return bool(set(one.emails) & set(other.emails)) or any(number in mine for _, number in other.phones)


# --- what would change -------------------------------------------------------------------------------------


def differences(incoming: Incoming, known: Known, fields: frozenset[str]) -> tuple[FieldChange, ...]:
    """Return what the file would change about a known customer: of its own fields only, and never to nothing."""
    return tuple(change for change in _differences(incoming, known, fields) if change)


def _differences(incoming: Incoming, known: Known, fields: frozenset[str]) -> Iterator[FieldChange | None]:
    # Name to access note, in both tuples: mostly nothing has changed, and then one comparison is enough.
    if incoming[2:16] != known[3:17]:
        yield from _text_changes(incoming, known, fields, TEXTS)
        yield from _contact_changes(incoming, known)
        yield from _note_changes(incoming, known)
    if known.route is not None:
        yield from _text_changes(incoming, known, fields, ("route", "stop_order"))
    if known.tags is not None and not set(incoming.tags) <= set(known.tags):
        yield _list_change("tags", known, incoming.tags, known.tags)
    yield from _flag_changes(incoming, known, fields)
    if known.extra is not None and any(known.extra.get(name) != cell for name, cell in incoming.extra.items()):
        yield FieldChange("extra", dict(known.extra), {**known.extra, **incoming.extra})


def _text_changes(
    incoming: Incoming, known: Known, fields: frozenset[str], names: Sequence[str]
) -> Iterator[FieldChange]:
    for name in names:
        if name in fields:
            new, old = getattr(incoming, name), getattr(known, name)
            if new != old and new not in ("", None) and _is_news(known, name, new):
                yield FieldChange(name, old, new)


def _contact_changes(incoming: Incoming, known: Known) -> Iterator[FieldChange | None]:
    if not set(incoming.emails) <= set(known.emails):
        yield _list_change("emails", known, incoming.emails, known.emails)
    mine, theirs = ({number for _, number in one.phones} for one in (incoming, known))
    if not mine <= theirs and _is_news(known, "phones", incoming.phones):
        others = tuple(pair for pair in known.phones if pair[1] not in mine)
        yield FieldChange("phones", known.phones, incoming.phones + others)


def _note_changes(incoming: Incoming, known: Known) -> Iterator[FieldChange]:
    for name in ("notes", "access_note"):
        new, old = getattr(incoming, name), getattr(known, name)
        if new and new not in old and _is_news(known, name, new):
            yield FieldChange(name, old, _with_text(old, new, known.remembered.get(name)))


def _is_news(known: Known, field: str, new: object) -> bool:
    """Whether the file says something else than it did at the last import; what it repeats is left alone."""
    return field not in known.remembered or _as_stored(known.remembered[field]) != _as_stored(new)


def _as_stored(value: object) -> object:
    """Return a value as JSON keeps it, so that what was remembered compares with what was read."""
    if isinstance(value, (tuple, list)):
        return [_as_stored(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _list_change(field: str, known: Known, new: tuple[str, ...], old: tuple[str, ...]) -> FieldChange | None:
    """Put what the file says first, and keep the rest, but what the file itself brought and has no more."""
    before = known.remembered.get(field)
    gone = set(before) if isinstance(before, (tuple, list)) else set()
    rest = tuple(one for one in old if one not in new and one not in gone)
    return FieldChange(field, old, new + rest) if _is_news(known, field, new) else None


def _with_text(old: str, new: str, before: object) -> str:
    if isinstance(before, str) and before and before in old:
        return old.replace(before, new)
    return f"{old}\n{new}".strip()


def _flag_changes(incoming: Incoming, known: Known, fields: frozenset[str]) -> Iterator[FieldChange]:
    if "archived" in fields and known.archived is not None and incoming.archived != known.archived:
        yield FieldChange("archived", known.archived, incoming.archived)
    # Who has become a customer here is not made a lead again by a file that does not know it.
    if "lead" in fields and known.lead and not incoming.lead:
        yield FieldChange("lead", True, False)


# --- who shares a roof -------------------------------------------------------------------------------------

_SHORT: Final[Mapping[str, str]] = {
    word: short
    for short, several in {
        "st": "street str",
        "ave": "avenue av",
        "rd": "road",
        "dr": "drive",
        "ln": "lane",
        "ct": "court",
        "blvd": "boulevard",
        "pl": "place",
        "cir": "circle",
        "ter": "terrace",
        "trl": "trail",
        "pkwy": "parkway",
        "hwy": "highway",
        "n": "north",
        "s": "south",
        "e": "east",
        "w": "west",
        "apt": "apartment unit suite ste number no",
    }.items()
    for word in several.split()
}
_NO_DIGIT: Final = re.compile(r"\D+")
_POST_BOX: Final = re.compile(r"\bp\.? ?o\.? box\b|\bpostfach\b", re.I)


def address_key(customer: Incoming | Known) -> str:
    """Return a service address in one way of writing it; "" where there is none, or a box at the post office."""
    if not customer.street or _POST_BOX.search(customer.street):
        return ""
    words = re.findall(r"\w+", customer.street.casefold().replace("#", " apt "))
    place = customer.postal_code[:5] if customer.postal_code else customer.city.casefold()
    return " ".join(_SHORT.get(word, word) for word in words) + "|" + place


def households(rows: Sequence[PlanRow], existing: Sequence[Known]) -> tuple[HouseholdProposal, ...]:
    """Propose a household for each service address that a new customer shares with anybody."""
    if not any(row.verdict in (Verdict.NEW, Verdict.ASK) for row in rows):
        return ()
    # The figures of an address are quickly compared; only where two have the same is the whole of it looked at.
    figures = Counter(_figures(row.incoming) for row in rows if row.incoming.street)
    figures.update(_figures(one) for one in existing if one.street)
    at_address: dict[str, list[PlanRow]] = defaultdict(list)
    for row in rows:
        if row.incoming.street and figures[_figures(row.incoming)] > 1:
            at_address[address_key(row.incoming)].append(row)
    known: dict[str, set[int]] = defaultdict(set)
    for one in existing:
        if one.street and figures[_figures(one)] > 1:
            known[address_key(one)].add(one.id)
    return tuple(
        _proposal(group, known[key])
        for key, group in at_address.items()
        if key
        and any(row.verdict in (Verdict.NEW, Verdict.ASK) for row in group)
        and len({*map(_who, group), *known[key]}) > 1
    )


def _figures(customer: Incoming | Known) -> str:
    return customer.postal_code[:5] + _NO_DIGIT.sub(" ", customer.street).strip()


def _who(row: PlanRow) -> int:
    """Return one number for one customer: its id, or below zero for a new one."""
    return row.known if row.known is not None and row.verdict is not Verdict.ASK else -row.incoming.row


def _proposal(group: Sequence[PlanRow], known: set[int]) -> HouseholdProposal:
    first = group[0].incoming
    address = ", ".join(filter(None, (first.street, first.city)))
    here = {row.known for row in group if row.known is not None and row.verdict is not Verdict.ASK}
    new = tuple(row.incoming.row for row in group if row.known is None or row.verdict is Verdict.ASK)
    return HouseholdProposal(address, new, tuple(sorted(known | here)))
