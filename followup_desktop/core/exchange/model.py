"""The words of an import: a customer as a file has it, what is wrong with a row, what would happen.

`Incoming` and `Known` are named tuples, not dataclasses: a hundred thousand of them are made in one go,
and a tuple is made in a tenth of the time of a frozen dataclass.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, NamedTuple

DateOrder = Literal["mdy", "dmy"]

NOTHING: Mapping[str, str] = MappingProxyType({})
"""No extra fields; shared, and therefore read-only."""


class Incoming(NamedTuple):
    """One customer as a file has it; everything is plain text, and empty means that the file says nothing.

    `row` counts the records of the file from 1, as a spreadsheet shows them. `phones` holds pairs of label
    and number, in E.164 where the number could be understood. `email_consent` and `text_consent` are hints:
    what the other program was told to do, not a permission.
    """

    row: int
    source_key: str = ""
    given_name: str = ""
    family_name: str = ""
    company: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[tuple[str, str], ...] = ()
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    language: str = ""
    since: date | None = None
    notes: str = ""
    access_note: str = ""
    route: str = ""
    stop_order: int | None = None
    tags: tuple[str, ...] = ()
    archived: bool = False
    lead: bool = False
    email_consent: bool | None = None
    text_consent: bool | None = None
    extra: Mapping[str, str] = NOTHING

    @property
    def name(self) -> str:
        """The person's name, or the company's, or the first address where nobody is named."""
        return (
            f"{self.given_name} {self.family_name}".strip()
            or self.company
            or next(iter(self.emails), "")
            or next((number for _, number in self.phones), "")
        )


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something about one row the owner should know; `twin` is the row it may be the same customer as."""

    row: int
    what: str
    value: str
    outcome: str
    twin: int = 0


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column of the file and where it goes; `field` is None when it is kept as an extra field."""

    column: str
    first_value: str
    field: str | None
    filled: int
    total: int
    check: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class FileReading:
    """Everything a file says, before anything is changed.

    Each of the `rows` is a customer or is named in `problems`. `fields` are the fields of `Incoming` that
    the file has a column for; a re-import touches no others. `notes` are sentences about the whole file.
    `header_key` is the same for every file with these columns, in any order.
    """

    format: str
    file_name: str
    header: tuple[str, ...]
    columns: tuple[ColumnGuess, ...]
    customers: list[Incoming]
    problems: list[RowProblem]
    date_order: DateOrder | None
    rows: int
    notes: tuple[str, ...] = ()
    fields: frozenset[str] = frozenset()
    header_key: str = ""


class Known(NamedTuple):
    """A customer in the store, as far as an import compares it.

    A value of None is not compared. `remembered` holds the fields as the last import from the same source
    read them, where the store keeps that: what the file has not changed since then is left alone.
    """

    id: int
    source: str = ""
    source_key: str = ""
    given_name: str = ""
    family_name: str = ""
    company: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[tuple[str, str], ...] = ()
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    language: str = ""
    since: date | None = None
    notes: str = ""
    access_note: str = ""
    route: str | None = None
    stop_order: int | None = None
    tags: tuple[str, ...] | None = None
    archived: bool | None = None
    lead: bool | None = None
    extra: Mapping[str, str] | None = None
    remembered: Mapping[str, object] = MappingProxyType({})


class Verdict(StrEnum):
    """What an import would do with one customer of the file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that would change; `new` is the whole new value."""

    field: str
    old: object
    new: object


class PlanRow(NamedTuple):
    """One customer of the file and what would happen to it.

    `known` is the customer in the store it was recognised as; with `ASK`, the one it may be the same as.
    """

    incoming: Incoming
    verdict: Verdict
    known: int | None = None
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class HouseholdProposal:
    """Customers who share a service address: rows of the file, and customers already in the store."""

    address: str
    rows: tuple[int, ...]
    known: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do; until a question is answered, the row it asks about is a new customer."""

    rows: list[PlanRow]
    problems: list[RowProblem]
    households: tuple[HouseholdProposal, ...]

    def count(self, verdict: Verdict) -> int:
        """How many customers of the file have this verdict."""
        return sum(row.verdict is verdict for row in self.rows)


@dataclass(frozen=True, slots=True)
class Field:
    """Where a column may go: the key used by `--map`, the words of the window, and other names for it.

    `fills` names the field of `Incoming` it ends in. Several columns may go to one that is `many`.
    """

    key: str
    label: str
    fills: tuple[str, ...]
    synonyms: tuple[str, ...]
    many: bool = False


def _field(key: str, label: str, fills: str, synonyms: str, *, many: bool = False) -> Field:
    names = tuple(name.strip() for name in synonyms.split(",") if name.strip())
    return Field(key, label, tuple(fills.split()), names, many)


FIELDS: tuple[Field, ...] = (
    _field(
        "given_name",
        "First name",
        "given_name",
        "first name, given name, first, forename, fname, christian name, nombre, vorname, prenom",
    ),
    _field(
        "family_name",
        "Last name",
        "family_name",
        "last name, family name, surname, last, lname, apellido, apellidos, nachname, familienname, nom de famille",
    ),
    _field(
        "full_name",
        "Full name",
        "given_name family_name company",
        "name, full name, display name, customer, client, customer name, client name, contact, contact name,"
        " homeowner, owner name, resident, nombre completo, kunde, kundenname, nom, nom complet, ansprechpartner",
        many=True,
    ),
    _field(
        "company",
        "Company",
        "company",
        "company, company name, business, business name, organization, organisation, organization name, employer,"
        " firm, empresa, firma, entreprise, societe",
    ),
    _field(
        "email",
        "Email",
        "emails",
        "email, emails, email address, correo, correo electronico, mail, email adresse, courriel, adresse email",
        many=True,
    ),
    _field(
        "phone",
        "Phone",
        "phones",
        "phone, phones, phone number, phone numbers, telephone, mobile, mobile phone, cell, cell phone, home phone,"
        " work phone, telefono, telefon, telefonnummer, handy, mobil, celular, movil, portable",
        many=True,
    ),
    _field(
        "street",
        "Street",
        "street",
        "street, street 1, street 2, street 3, address line, address line 1, address line 2, street address, address 1,"
        " address 2, apt, apartment, suite, unit, addr, addr 1, addr 2, extended address, calle, strasse, rue",
        many=True,
    ),
    _field("city", "City", "city", "city, town, locality, suburb, ciudad, ort, stadt, ville, poblacion"),
    _field(
        "region",
        "State or region",
        "region",
        "state, province, region, county, state province, state region, st, estado, provincia, bundesland",
    ),
    _field(
        "postal_code",
        "Postal code",
        "postal_code",
        "zip, zip code, postal code, postcode, post code, zip postal code, postal, codigo postal, plz, postleitzahl,"
        " code postal",
    ),
    _field("country", "Country", "country", "country, country region, nation, pais, land, pays"),
    _field(
        "address",
        "Address in one cell",
        "street city region postal_code country",
        "address, full address, location, formatted, direccion, adresse, anschrift",
    ),
    _field("language", "Language", "language", "language, preferred language, idioma, sprache, langue"),
    _field(
        "since",
        "Customer since",
        "since",
        "customer since, client since, since, start date, service start, service start date, date added, created,"
        " created date, created on, create date, created at, creation date, date created, signup date, join date,"
        " cliente desde, kunde seit, client depuis",
    ),
    _field(
        "notes",
        "Notes",
        "notes",
        "notes, note, comments, comment, remarks, customer notes, client notes, description, location notes,"
        " service notes, special instructions, notas, notizen, bemerkung, bemerkungen",
        many=True,
    ),
    _field(
        "access_note",
        "Access note",
        "access_note",
        "access note, access notes, access, gate code, gate, gate combo, lock code, lockbox, lock box, lockbox code,"
        " entry code, door code, alarm code, access code, access instructions, entry instructions,"
        " dogs name, dog name, dog, dogs, pets, key location",
        many=True,
    ),
    _field(
        "route",
        "Route",
        "route",
        "route, route name, service day, day, day of week, weekday, service weekday, route day, visit day, ruta, tour",
    ),
    _field(
        "stop_order",
        "Stop order",
        "stop_order",
        "stop order, stop, stop no, stop number, route order, stop sequence, sequence, stop position, order on route",
    ),
    _field(
        "tags",
        "Tags",
        "tags",
        "tags, tag, labels, label, categories, category, groups, group, group membership, keywords, etiquetas",
        many=True,
    ),
    _field(
        "status",
        "Status",
        "archived lead",
        "status, customer status, client status, account status, lifecycle stage, customer type, stage, estado cliente",
    ),
    _field("archived", "Archived", "archived", "archived, is archived, inactive, is inactive, former, deactivated"),
    _field("active", "Active", "archived", "active, is active, active customer"),
    _field("lead", "Lead", "lead", "lead, is lead, prospect, is prospect"),
    _field(
        "email_consent",
        "May be emailed",
        "email_consent",
        "email consent, email opt in, accepts email, accepts email marketing, accepts marketing, email permission,"
        " marketing consent, subscribed, subscribed to email, consent email",
    ),
    _field(
        "no_email",
        "Wants no email",
        "email_consent",
        "email opt out, do not email, unsubscribed, unsubscribed from email, opted out of email,"
        " unsubscribed from all email, no email",
    ),
    _field(
        "text_consent",
        "May be texted",
        "text_consent",
        "text consent, sms consent, text opt in, sms opt in, accepts sms, accepts sms marketing, accepts texts,"
        " consent sms, consent text, text messages",
    ),
    _field(
        "no_text",
        "Wants no texts",
        "text_consent",
        "text opt out, sms opt out, do not text, no text, no texts, opted out of texts",
    ),
    _field(
        "text_phone",
        "Phone for texts",
        "phones text_consent",
        "text message enabled phone, text message enabled phone number",
    ),
    _field(
        "source_key",
        "Customer number",
        "source_key",
        "customer id, client id, customer number, client number, customer no, account number, account no, record id,"
        " contact id, id, uid, j id, customer code, account id, record id contact, external id, customer key,"
        " numero de cliente, kundennummer, kunden nr, numero client",
    ),
)
"""Every field a column may go to, in the order the window offers them."""
