"""A file that has been opened, and what a reader of one format is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from followup_desktop.core.exchange.model import FileReading
from followup_desktop.core.exchange.rules.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Source:
    """A file as text, and as a sheet where it is a table; `mapping` is the owner's word on columns."""

    format: str
    file_name: str
    region: str
    text: str = ""
    sheet: Sheet = field(default_factory=Sheet)
    mapping: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: its key for `--as`, its name for people, its header, and how it is read.

    `recognise` gets the words of the header (`columns.words_of`), or of the first line where there is no table.
    """

    key: str
    label: str
    recognise: Callable[[frozenset[str]], bool]
    read: Callable[[Source], FileReading]
