"""The clients export of Jobber.

Columns as two public importers of it agree; `CFT[...]`, `CFS[...]`, `CFL[...]` and `PFT[...]` are the owner's own
fields. Plural columns may hold several values. One client with several properties comes as several rows.
"""

from __future__ import annotations

import re
from typing import Final

from followup_desktop.core.exchange.model import FileReading
from followup_desktop.core.exchange.rules.columns import Target, settled, target_of, words_of
from followup_desktop.core.exchange.rules.customers import customers_from
from followup_desktop.core.exchange.rules.source import Reader, Source

MARKS: Final = frozenset({"j id", "display name", "created date"})
OWN_FIELD: Final = re.compile(r"[CP]F[A-Z]\[(.*)\]")
OWN_FIELDS_KNOWN: Final = frozenset({"access_note", "route", "stop_order", "language"})


def recognise(header: frozenset[str]) -> bool:
    """Whether this is the header of a Jobber clients export."""
    return header >= MARKS


def read(source: Source) -> FileReading:
    """Read the clients of a Jobber export."""
    return customers_from(source, settled([_target(name) for name in source.sheet.header]))


def _target(name: str) -> Target:
    own = OWN_FIELD.fullmatch(name)
    if own:
        field = target_of(own[1]).field
        return Target(field if field in OWN_FIELDS_KNOWN else None, label=own[1].lstrip("_ "))
    if words_of(name) == "receives automatic job follow ups":
        # A hint, not a permission: whether the other program sends its messages by itself.
        return Target("email_consent")
    return target_of(name)


READER: Final = Reader("jobber", "Jobber clients export", recognise, read)
