"""One reader for each kind of file; the first that recognises the header reads it."""

from __future__ import annotations

from typing import Final

from followup_desktop.core.exchange.rules.readers import any_csv, google_contacts, jobber, quickbooks_customers, vcard
from followup_desktop.core.exchange.rules.source import Reader

READERS: Final[tuple[Reader, ...]] = (
    vcard.READER,
    jobber.READER,
    google_contacts.READER,
    quickbooks_customers.READER,
    any_csv.READER,
)
