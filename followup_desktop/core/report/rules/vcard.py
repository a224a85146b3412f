"""Customers as vCards (RFC 2426, version 3.0, which every address book reads)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from followup_desktop.core.report.model import Contact
from followup_desktop.core.report.rules.lines import document, escaped


def vcards(contacts: Iterable[Contact]) -> bytes:
    """Return customers as one vCard file. Gates and keys stay out of it: address books travel to phones and clouds."""
    return document(line for contact in contacts for line in _card(contact))


def _card(contact: Contact) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"UID:{contact.uuid}"
    yield f"FN:{escaped(contact.name)}"
    yield f"N:{escaped(contact.family_name)};{escaped(contact.given_name)};;;"
    if contact.company:
        yield f"ORG:{escaped(contact.company)}"
    for email in contact.emails:
        yield f"EMAIL;TYPE=INTERNET:{escaped(email)}"
    for phone in contact.phones:
        yield f"TEL:{escaped(phone)}"
    place = (contact.street, contact.city, contact.region, contact.postal_code, contact.country)
    if any(place):
        yield f"ADR:;;{';'.join(escaped(part) for part in place)}"
    if contact.notes:
        yield f"NOTE:{escaped(contact.notes)}"
    yield "END:VCARD"
