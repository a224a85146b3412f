"""Names and service addresses of whole columns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from followup_desktop.core.exchange.rules.columns import ADDRESS_FIELDS, words_of
from followup_desktop.core.exchange.rules.table import Table
from followup_desktop.core.exchange.rules.values import ADDRESS_PARTS, split_address, split_name, split_names

Columns = tuple[Sequence[str], ...]


def names(table: Table) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Return given names, family names and companies; a name in one cell is taken apart."""
    given, family, company = table.text("given_name"), table.text("family_name"), table.text("company")
    places = table.places("full_name")
    if not places:
        return given, family, company
    if len(places) > 1 or table.places("given_name") or table.places("family_name"):
        return _names_beside(table, places, given, family, company)
    return _names_apart(table, places[0], company)


def _names_apart(
    table: Table, place: int, company: Sequence[str]
) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Take the one column of names apart; where it repeats the company's name, nobody is named."""
    shown = table.columns[place]
    split = split_names(shown)
    for at in [at for at, firm in enumerate(company) if firm] if any(company) else ():
        given, family, split_firm, lossy = split[at]
        if shown[at] == company[at]:
            split[at] = ("", "", company[at], False)
        else:
            split[at] = (given, family, company[at], lossy or bool(split_firm))
    for at in [at for at, parts in enumerate(split) if parts[3]]:
        table.kept[at][table.header[place]] = shown[at]
    first, last, firms, _ = zip(*split, strict=True)
    return first, last, firms


def _names_beside(
    table: Table, places: Sequence[int], given: Sequence[str], family: Sequence[str], company: Sequence[str]
) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Weigh a name in one cell against what other columns say: its parts, a company, or whom to ask for there."""
    result: list[tuple[str, str, str]] = []
    shown = table.columns[places[0]]
    asked = table.columns[places[1]] if len(places) > 1 else [""] * table.total
    for at in range(table.total):
        first, last, firm, contact = given[at], family[at], company[at], asked[at]
        name = _before_job(table.header[places[0]], shown[at])
        if name != shown[at]:
            table.kept[at][table.header[places[0]]] = shown[at]
        if not (first or last) and (contact or name) != firm:
            first, last, split_firm, lossy = split_name(contact or name)
            firm = firm or split_firm
            if lossy or split_firm != firm != company[at]:
                table.kept[at][table.header[places[1] if contact else places[0]]] = contact or name
        if name and not _says_nothing_new(name, first, last, firm):
            if firm or _same_person(name, first, last) or not _names_the_customer(table.header[places[0]], name):
                table.kept[at].setdefault(table.header[places[0]], name)
            else:
                firm = name
        for place in places[1:]:
            cell = table.columns[place][at]
            if cell and not _says_nothing_new(cell, first, last, firm):
                table.kept[at][table.header[place]] = cell
        result.append((first, last, firm))
    first_names, last_names, firms = zip(*result, strict=True)
    return first_names, last_names, firms


def _before_job(header: str, name: str) -> str:
    """Return the customer of "Freeman Sporting Goods:Warehouse", as QuickBooks writes a customer's jobs."""
    return name.partition(":")[0].strip() or name if words_of(header) in ("customer full name", "customer") else name


def _says_nothing_new(name: str, first: str, last: str, firm: str) -> bool:
    return name == firm or name == f"{first} {last}".strip() or _words(name) == _words(f"{first} {last}")


def _same_person(name: str, first: str, last: str) -> bool:
    """Whether a shown name is the person's with something added or left out ("Maria Alvarez - pool")."""
    shown, person = _words(name), _words(f"{first} {last}")
    return shown <= person or person <= shown


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold()))


def _names_the_customer(header: str, name: str) -> bool:
    """Whether a name beside another person's is the customer's, and so a company's or a house's."""
    return words_of(header).split()[0] in ("customer", "client", "account") or bool(split_name(name)[2])


def address(table: Table) -> Columns:
    """Return street, city, region, postal code and country of each row's service address.

    Where a file has several addresses, the one where the work is done counts, else the next that is filled;
    the others are kept as extra fields where they differ.
    """
    groups: dict[int, list[int]] = defaultdict(list)
    for at, target in enumerate(table.targets):
        if target.field in ADDRESS_FIELDS:
            groups[target.group].append(at)
    if not groups:
        nothing = [""] * table.total
        return (nothing,) * len(ADDRESS_PARTS)
    ranked = sorted(groups)
    result = _group_address(table, groups[ranked[0]])
    for group in ranked[1:]:
        result = _or_else(table, result, groups[group])
    return result


def without_name(columns: Columns, given: Sequence[str], family: Sequence[str], company: Sequence[str]) -> Columns:
    """Take the customer's own name off the front of a street, where an address was in one cell."""
    streets = [
        next(
            (
                street[len(name) + 2 :]
                for name in (f"{first} {last}".strip(), firm)
                if name and street.startswith(name + ", ")
            ),
            street,
        )
        for street, first, last, firm in zip(columns[0], given, family, company, strict=True)
    ]
    return (streets, *columns[1:])


def _group_address(table: Table, places: Sequence[int]) -> Columns:
    parts: dict[str, Sequence[str]] = {}
    whole: Sequence[str] | None = None
    for place in places:
        field, column = str(table.targets[place].field), table.columns[place]
        if field == "address":
            whole = column
        elif field in parts:
            parts[field] = [f"{a}, {b}" if a and b else a or b for a, b in zip(parts[field], column, strict=True)]
        else:
            parts[field] = column
    nothing: Sequence[str] = [""] * table.total
    streets = parts.get("street", nothing)
    if any("\n" in street for street in streets):
        parts["street"] = [", ".join(street.split("\n")) if "\n" in street else street for street in streets]
    columns = tuple(parts.get(part, nothing) for part in ADDRESS_PARTS)
    return columns if whole is None else _split_where_empty(columns, whole)


def _split_where_empty(columns: Columns, whole: Sequence[str]) -> Columns:
    """Take an address in one cell apart; a column of its own for a part counts more."""
    rows = [
        tuple(own or part for own, part in zip(cells, split_address(cell), strict=True))
        if cell and not cells[0]
        else cells
        for cell, cells in zip(whole, zip(*columns, strict=True), strict=True)
    ]
    return tuple(zip(*rows, strict=True))


def _or_else(table: Table, first: Columns, places: Sequence[int]) -> Columns:
    """Use the second address where there is no first, and keep it where it is another."""
    second = _group_address(table, places)
    rows = list(zip(*first, strict=True))
    for at, other in enumerate(zip(*second, strict=True)):
        if all(not part or part == mine for part, mine in zip(other, rows[at], strict=True)):
            continue
        if not any(rows[at][:2]) and not rows[at][3]:
            rows[at] = other
        else:
            for place in places:
                if table.columns[place][at]:
                    table.kept[at][table.header[place]] = table.columns[place][at]
    return tuple(zip(*rows, strict=True))
