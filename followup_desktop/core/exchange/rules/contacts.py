"""Email addresses and phone numbers of whole columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat

from followup_desktop.core.exchange.rules import values
from followup_desktop.core.exchange.rules.table import KEPT, Table

Emails = tuple[str, ...]
Phones = tuple[tuple[str, str], ...]


def emails(table: Table) -> Sequence[Emails]:
    """Return the addresses of every row, from all columns that hold some."""
    columns = [_email_column(table, place) for place in table.places("email")]
    if not columns:
        return [()] * table.total
    if len(columns) == 1:
        return columns[0]
    return [tuple(dict.fromkeys(one for cell in cells for one in cell)) for cells in zip(*columns, strict=True)]


def _email_column(table: Table, place: int) -> list[Emails]:
    column = table.columns[place]
    is_address = values.EMAIL.fullmatch
    read: list[Emails | None]
    read = [() if not cell else (cell,) if is_address(cell) else None for cell in map(str.lower, column)]
    for at in [at for at, found in enumerate(read) if found is None]:
        good, wrong = values.emails_in(column[at])
        read[at] = tuple(good)
        if wrong:
            table.findings.bad[place] += 1
            table.kept[at][table.header[place]] = column[at]
            outcome = "Imported without this one" if good else "Imported without email"
            table.say(at, "Not an email address", ", ".join(wrong), f"{outcome}, listed for you to fix")
    return [found or () for found in read]


def phones(table: Table) -> tuple[Sequence[Phones], Sequence[Phones]]:
    """Return the numbers of every row, and those of them the other program sends texts to."""
    columns = [_phone_column(table, place, table.targets[place].label) for place in table.places("phone")]
    texted = [_phone_column(table, place, "mobile") for place in table.places("text_phone")]
    return _together(columns + texted, table.total), _together(texted, table.total)


def _together(columns: Sequence[Sequence[Phones]], total: int) -> Sequence[Phones]:
    """Join columns; a number that stands in two of them keeps its first label, unless that is none or "main"."""
    if not columns:
        return [()] * total
    if len(columns) == 1:
        return columns[0]
    return [_once(cells) if sum(map(len, cells)) > 1 else sum(cells, ()) for cells in zip(*columns, strict=True)]


def _once(cells: Iterable[Phones]) -> Phones:
    labels: dict[str, str] = {}
    for label, number in (pair for cell in cells for pair in cell):
        if labels.get(number, "") in ("", "main"):
            labels[number] = label or labels.get(number, "")
    return tuple((label, number) for number, label in labels.items())


def _phone_column(table: Table, place: int, label: str) -> list[Phones]:
    column = table.columns[place]
    labels = _labels(table, place, label)
    numbers = values.plain_numbers(column, table.region)
    read: list[Phones] = [
        ((name, number),) if number else () for name, number in zip(labels or repeat(label), numbers, strict=False)
    ]
    odd = [at for at, number in enumerate(numbers) if number is None or (labels and number and labels[at] == "fax")]
    for at in odd:
        found = values.phones_in(column[at], labels[at] if labels else label, table.region)
        if labels and len(found.numbers) > 1:
            _relabel(found.numbers, table.columns[table.targets[place].label_column or 0][at])
        read[at] = tuple(found.numbers)
        if found.faxes:
            table.kept[at]["Fax"] = ", ".join(found.faxes)
        if found.wrong:
            table.kept[at][table.header[place]] = column[at]
            table.say(at, "Not a phone number", ", ".join(found.wrong), f"Imported without this one, {KEPT}")
        for number in found.doubtful:
            table.say(at, "Not a complete phone number", number, "Kept as written, listed for you to fix")
        table.findings.bad[place] += bool(found.wrong or found.doubtful)
    return read


def _relabel(numbers: list[tuple[str, str]], labels: str) -> None:
    """Give several numbers of one cell their own labels, where there are as many ("Home ::: Mobile")."""
    several = labels.split(values.SEVERAL)
    if len(several) == len(numbers):
        numbers[:] = [(values.label_word(name), number) for name, (_, number) in zip(several, numbers, strict=True)]


def _labels(table: Table, place: int, label: str) -> list[str]:
    """Return the label of each row's number where another column holds it."""
    beside = table.targets[place].label_column
    if beside is None:
        return []
    known = {word: values.label_word(word) or label for word in set(table.columns[beside])}
    return [known[word] for word in table.columns[beside]]
