"""From the columns of a sheet to customers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Final

from followup_desktop.base.errors import Problem
from followup_desktop.core.exchange.model import DateOrder, FileReading, Incoming
from followup_desktop.core.exchange.rules import values
from followup_desktop.core.exchange.rules.columns import Target, fills, header_key, mapped, words_of
from followup_desktop.core.exchange.rules.contacts import emails, phones
from followup_desktop.core.exchange.rules.decoding import NOT_CHANGED
from followup_desktop.core.exchange.rules.duplicates import joined_duplicates
from followup_desktop.core.exchange.rules.persons import address, names, without_name
from followup_desktop.core.exchange.rules.sheets import COLUMNS_NEEDED
from followup_desktop.core.exchange.rules.source import Source
from followup_desktop.core.exchange.rules.table import Findings, Table, guesses

NO_NAME: Final = "No name, email or phone"
IDENTIFYING: Final = frozenset({"given_name", "family_name", "full_name", "company", "email", "phone", "text_phone"})
PLAIN_ACCESS: Final = frozenset({"access note", "access notes", "access", "access instructions", "entry instructions"})


def customers_from(source: Source, targets: Sequence[Target]) -> FileReading:
    """Read every row of a sheet as a customer, with its columns going where `targets` and the owner say."""
    sheet = source.sheet
    targets = mapped(sheet.header, targets, source.mapping)
    _refuse_unusable(source, targets)
    findings = Findings(source, _date_order(source, targets))
    customers: list[Incoming] = []
    for piece in sheet.pieces():
        customers += _customers(Table(source, targets, piece, findings))
    customers, problems = joined_duplicates(customers, findings.problems, source.region)
    return FileReading(
        format=source.format,
        file_name=source.file_name,
        header=sheet.header,
        columns=guesses(source, targets, findings),
        customers=customers,
        problems=sorted(problems, key=lambda problem: problem.row),
        date_order=findings.order,
        rows=len(sheet.rows),
        notes=source.notes + sheet.notes,
        fields=frozenset(name for target in targets if target.field for name in fills(target.field)) | {"extra"},
        header_key=header_key(sheet.header),
    )


def _date_order(source: Source, targets: Sequence[Target]) -> DateOrder | None:
    places = [at for at, target in enumerate(targets) if target.field == "since"]
    return values.date_order(source.sheet.column(places[0]), source.region) if places else None


def _refuse_unusable(source: Source, targets: Sequence[Target]) -> None:
    if not any(target.field in IDENTIFYING for target in targets):
        columns = ", ".join(f"“{name}”" for name in source.sheet.header[:20])
        happened = f"“{source.file_name}” has no column for a name, an email or a phone."
        raise Problem(happened, NOT_CHANGED, f"{COLUMNS_NEEDED} Its columns are {columns}.")
    if not source.sheet.rows:
        happened = f"“{source.file_name}” has the names of columns, but no rows below them."
        raise Problem(happened, NOT_CHANGED, "Export it again and look whether it has rows.")


def _customers(table: Table) -> list[Incoming]:
    """Return a customer for every row that names anybody."""
    all_emails = emails(table)
    all_phones, texted = phones(table)
    given, family, company = names(table)
    places = address(table)
    if table.places("address"):
        places = without_name(places, given, family, company)
    archived, lead = _archived_and_lead(table)
    # In the order of Incoming; positions, because names would cost more than everything else.
    columns: list[Iterable[object]] = [
        table.numbers,
        table.text("source_key"),
        given,
        family,
        company,
        all_emails,
        all_phones,
        *places,
        table.each("language", values.language_in, ""),
        _since(table),
        _paragraphs(table, "notes"),
        _paragraphs(table, "access_note"),
        _routes(table),
        table.each("stop_order", _whole_number, None, "Not a number", "its place on the route"),
        _tags(table),
        archived,
        lead,
        _consent(table, "email_consent", "no_email"),
        _text_consent(table, texted),
        table.extra(),
    ]
    # tuple.__new__ is what Incoming._make does, without a call of a Python function for each row.
    customers = list(map(partial(tuple.__new__, Incoming), zip(*columns, strict=True)))
    if all(map(any, zip(given, family, company, all_emails, all_phones, strict=True))):
        return customers
    return _named(table, customers)


def _named(table: Table, customers: Sequence[Incoming]) -> list[Incoming]:
    named = []
    for at, customer in enumerate(customers):
        if any(customer[2:7]):
            named.append(customer)
        else:
            cells = [column[at] for column in table.columns if column[at]]
            table.say(at, NO_NAME, ", ".join(cells), "Not imported")
    return named


def _whole_number(cell: str) -> int | None:
    number = cell.removesuffix(".0").lstrip("#")
    return int(number) if number.isdecimal() and len(number) <= 6 else None


def _since(table: Table) -> Sequence[date | None]:
    def read(cell: str) -> date | None:
        return values.date_in(cell, table.findings.order)

    return table.each("since", read, None, "No such date", "the date")


def _routes(table: Table) -> Sequence[str]:
    routes = table.each("route", values.route_in, "")
    table.findings.routes.update(filter(None, routes))
    return routes


def _tags(table: Table) -> Sequence[tuple[str, ...]]:
    columns = []
    for place in table.places("tags"):
        known = {cell: values.tags_in(cell) for cell in set(table.columns[place])}
        columns.append([known[cell] for cell in table.columns[place]])
    if len(columns) <= 1:
        return columns[0] if columns else [()] * table.total
    return [tuple(dict.fromkeys(tag for cell in cells for tag in cell)) for cells in zip(*columns, strict=True)]


def _paragraphs(table: Table, field: str) -> Sequence[str]:
    """Join columns into one text; what is not plainly a note says what it is ("Gate Code: 4417")."""
    result: Sequence[str] = []
    for place in table.places(field):
        name, column = table.called(place), table.columns[place]
        plain = words_of(name) in PLAIN_ACCESS if field == "access_note" else not result
        texts = column if plain else [f"{name}: {cell}" if cell else "" for cell in column]
        result = [f"{a}\n{b}" if a and b else a or b for a, b in zip(result, texts, strict=True)] if result else texts
    return result or [""] * table.total


def _archived_and_lead(table: Table) -> tuple[Sequence[bool], Sequence[bool]]:
    archived = table.each("archived", values.yes_or_no, False)
    lead = table.each("lead", values.yes_or_no, False)
    if table.places("active"):
        active = table.each("active", values.yes_or_no, True)
        archived = [one or not other for one, other in zip(archived, active, strict=True)]
    if table.places("status"):
        status: list[str] = table.each("status", values.status_in, "usual")
        archived = [one or other == "archived" for one, other in zip(archived, status, strict=True)]
        lead = [one or other == "lead" for one, other in zip(lead, status, strict=True)]
    return archived, lead


def _consent(table: Table, wanted: str, unwanted: str) -> Sequence[bool | None]:
    given: list[bool | None] = table.each(wanted, values.yes_or_no, None)
    if not table.places(unwanted):
        return given
    refused: list[bool | None] = table.each(unwanted, values.yes_or_no, None)
    # A refusal counts more than a permission, and not having refused is no permission.
    return [False if no else yes for yes, no in zip(given, refused, strict=True)]


def _text_consent(table: Table, texted: Sequence[tuple[tuple[str, str], ...]]) -> Sequence[bool | None]:
    given = _consent(table, "text_consent", "no_text")
    if not table.places("text_phone"):
        return given
    return [
        hint if hint is not None else True if numbers else None for hint, numbers in zip(given, texted, strict=True)
    ]
