"""The Customer Contact List report of QuickBooks Online.

The company's name, the report's and a blank row stand above the header, a date with its time zone below the table.
Telephone cells read "Phone:(555) 010-7788"; addresses hold line breaks, and may begin with the customer's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from followup_desktop.core.exchange.model import FileReading
from followup_desktop.core.exchange.rules.columns import GROUPS, Target, settled, target_of, words_of
from followup_desktop.core.exchange.rules.customers import customers_from
from followup_desktop.core.exchange.rules.source import Reader, Source

NAMED: Final[Mapping[str, Target]] = {
    "customer full name": Target("full_name"),
    "customer": Target("full_name"),
    "full name": Target("full_name"),
    "phone numbers": Target("phone"),
    "phone": Target("phone"),
    "ship address": Target("address", group=GROUPS["ship"]),
    "shipping address": Target("address", group=GROUPS["shipping"]),
    "bill address": Target("address", group=GROUPS["bill"]),
    "billing address": Target("address", group=GROUPS["billing"]),
}


def recognise(header: frozenset[str]) -> bool:
    """Whether this is the header of a Customer Contact List."""
    addresses = {"ship address", "shipping address", "bill address", "billing address"}
    shown = {"customer full name", "customer"}
    return "phone numbers" in header and bool(addresses & header) and bool(shown & header)


def read(source: Source) -> FileReading:
    """Read the customers of a Customer Contact List."""
    return customers_from(
        source, settled([NAMED.get(words_of(name)) or target_of(name) for name in source.sheet.header])
    )


READER: Final = Reader("quickbooks_customers", "QuickBooks customer contact list", recognise, read)
