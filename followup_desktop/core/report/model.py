"""The words of the report: its formats, its style, and a report written out as text before it is set.

And of what else leaves the program as files: a customer as an address book holds one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Format(StrEnum):
    """What a report can be written as."""

    PDF = "pdf"
    HTML = "html"
    XLSX = "xlsx"
    CSV = "csv"


ALL_FORMATS = tuple(Format)


@dataclass(frozen=True, slots=True)
class Style:
    """How a report is written: whose numbers and dates, and whether CSV starts with a byte order mark."""

    locale: str = "en_US"
    csv_mark: bool = False


@dataclass(frozen=True, slots=True)
class FigureBox:
    """A figure on the first page; `leads_to` names the table of its records, empty where there is none."""

    label: str
    headline: str
    under: str
    leads_to: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, and what it shows in words for those who cannot see it."""

    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Someone to ring: who, why, and what they are worth."""

    name: str
    reasons: str
    worth: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change with a box before it, ticked or not."""

    text: str
    is_done: bool
    is_past: bool


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table as text: which columns stand to the right, how wide the others are, and what was left out."""

    key: str
    name: str
    columns: tuple[str, ...]
    to_the_right: tuple[bool, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: str


@dataclass(frozen=True, slots=True)
class Written:
    """A report written out: every word that PDF and HTML show, in the order they show it."""

    language: str
    paper: str
    business: str
    byline: str
    title: str
    footer: str
    mark: str
    sentences: tuple[str, ...]
    figures: tuple[FigureBox, ...]
    answers: Chart | None
    answers_more: str
    diagnoses: tuple[str, ...]
    trend: Chart | None
    ring_title: str
    ring_first: tuple[PersonLine, ...]
    ring_rest: tuple[PersonLine, ...]
    ring_none: str
    said: tuple[Chart, ...]
    said_none: str
    next_title: str
    next_changes: tuple[ChangeLine, ...]
    next_none: str
    suggestions: tuple[str, ...]
    checked_title: str
    checked: tuple[ChangeLine, ...]
    overview: tuple[TextTable, ...]
    records: tuple[TextTable, ...]
    explained: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """A customer as an address book holds one."""

    uuid: str
    given_name: str
    family_name: str
    company: str
    name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    street: str
    city: str
    region: str
    postal_code: str
    country: str
    notes: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A follow-up as a calendar holds it: on the day it is due where the customer lives, with why it is due."""

    uuid: str
    customer: str
    what: str
    day: date
    why: str
