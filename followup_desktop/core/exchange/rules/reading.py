"""Read a file that an owner brings along, whatever it is, or say in one sentence why it cannot be read."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from followup_desktop.base.errors import Problem
from followup_desktop.core.exchange.model import FileReading
from followup_desktop.core.exchange.rules.columns import is_known, is_nearly_known, words_of
from followup_desktop.core.exchange.rules.decoding import NOT_CHANGED, text_of
from followup_desktop.core.exchange.rules.readers import READERS
from followup_desktop.core.exchange.rules.sheets import Sheet, sheet_of
from followup_desktop.core.exchange.rules.source import Reader, Source

VCARD = "begin:vcard"


def read_file(
    data: bytes,
    file_name: str,
    *,
    as_format: str | None = None,
    mapping: Mapping[str, str] | None = None,
    region: str = "US",
) -> FileReading:
    """Read the customers of a file; nothing is changed by it.

    `as_format` is the key of one of `READERS`, `mapping` says of columns by name which field they go to, `region`
    is where numbers without a country are at home. Raise `Problem` for a file that holds no customers.
    """
    wanted = _wanted(as_format)
    mapping = mapping or {}
    text, notes = text_of(data, file_name)
    with _without_collector():
        if text.lstrip()[: len(VCARD)].casefold() == VCARD:
            sheet, header = Sheet(), frozenset({words_of(VCARD)})
        else:
            sheet = sheet_of(text, file_name, _knows(mapping))
            header = frozenset(map(words_of, sheet.header))
        reader = _reader(wanted, header, file_name)
        return reader.read(Source(reader.key, file_name, region, text, sheet, mapping, notes))


def _wanted(as_format: str | None) -> Reader | None:
    if as_format is None:
        return None
    for reader in READERS:
        if reader.key == as_format:
            return reader
    keys = ", ".join(reader.key for reader in READERS)
    raise Problem(f"There is no format “{as_format}”.", NOT_CHANGED, f"Formats are {keys}.")


def _reader(wanted: Reader | None, header: frozenset[str], file_name: str) -> Reader:
    found = next(reader for reader in READERS if reader.recognise(header))
    if wanted is None:
        return found
    if not wanted.recognise(header) or found.key == "vcard" != wanted.key:
        raise Problem(
            f"“{file_name}” is not a file of the format {wanted.label}.", NOT_CHANGED, f"It looks like: {found.label}."
        )
    return wanted


def _knows(mapping: Mapping[str, str]) -> Callable[[str, bool], bool]:
    """Say what counts as the name of a column: those one knows or nearly knows, and those the owner named."""
    named = {words_of(column) for column in mapping}

    def knows(cell: str, nearly: bool) -> bool:
        return words_of(cell) in named or (is_nearly_known(cell) if nearly else is_known(cell))

    return knows


@contextmanager
def _without_collector() -> Iterator[None]:
    """Hold the cycle collector while millions of cells are made, none of them in a cycle; it doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # Moves what was made to the oldest generation, unseen, instead of looking through all of it now.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
