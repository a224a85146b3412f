"""Any table with columns that can be recognised: Outlook, HubSpot, Housecall Pro, a spreadsheet of one's own."""

from __future__ import annotations

from typing import Final

from followup_desktop.core.exchange.model import FileReading
from followup_desktop.core.exchange.rules.columns import guess
from followup_desktop.core.exchange.rules.customers import customers_from
from followup_desktop.core.exchange.rules.source import Reader, Source


def recognise(header: frozenset[str]) -> bool:
    """Whether this may be a table; what its columns mean is asked when it is read."""
    return bool(header)


def read(source: Source) -> FileReading:
    """Read the rows of a table by what its columns are called and look like."""
    return customers_from(source, guess(source.sheet.header, source.sheet.sample()))


READER: Final = Reader("csv", "CSV with recognisable columns", recognise, read)
