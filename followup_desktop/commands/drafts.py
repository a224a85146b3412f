"""Commands about one draft: what the owner tells for it, and what is enclosed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath

from followup_desktop.base.errors import Problem
from followup_desktop.commands.door import command
from followup_desktop.core.customers import records as customers
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.customers.queries import customer as customer_of
from followup_desktop.core.drafts import records
from followup_desktop.core.drafts.model import Place
from followup_desktop.core.drafts.rules.asking import ASKED, fits
from followup_desktop.core.drafts.rules.reading import name_of
from followup_desktop.core.history import records as history
from followup_desktop.core.journeys import queries as journeys
from followup_desktop.core.operators import records as operators
from followup_desktop.store.store import Work

_OF_EVENT = {
    "visit.technician": "by",
    "event.note": "note",
    "complaint.what": "note",
    **dict.fromkeys(("event.what", "quote.about", "inquiry.about", "purchase.what", "booking.what"), "about"),
}
"""Where a fact about what happened is at home; there it serves every later message as well."""


@command("draft.tell", says="Noted")
def tell(work: Work, follow_up: int, key: str, text: str) -> str:
    """Note a fact the draft lacks: where it is at home, if that is empty, and else for this message. Return where."""
    found = journeys.follow_up(work.session, follow_up)
    if key not in ASKED:
        raise Problem(f"“{key}” is not asked for.", "Nothing was changed.", "Write it into the text.")
    words = " ".join(text.split())
    if not fits(key, words):
        raise Problem(
            "That cannot stand in the sentence.", "Nothing was changed.", f"Write it short, such as “{ASKED[key][1]}”."
        )
    work.says = f"Noted: {ASKED[key][0]}"
    if key == "customer.given_name":
        person = customer_of(work.session, found.customer).person
        customers.edit(work, CustomerId(found.customer), replace(person, given_name=words))
        return "customer"
    if key == "business.phone":
        operators.set_setting(work, key, words)
        return "settings"
    if key in _OF_EVENT and found.event and history.complete(work, found.event, _OF_EVENT[key], words):
        return "event"
    records.tell(work, follow_up, key, words)
    return "message"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file whose bytes are in the data folder already: what the owner calls it, and its own name, size and hash."""

    name: str
    file_name: str
    size: int
    sha256: str


@command("enclosure.keep", says="Kept for enclosing")
def keep_enclosure(work: Work, file: KeptFile, follow_up: int | None = None, place: Place | None = None) -> int:
    """Keep a file for enclosing and return its key; it goes with one mail, or with every mail of a template."""
    file_name = PurePath(file.file_name).name[:120]
    name = file.name.strip()[:80] or PurePath(file_name).stem
    key = records.add_enclosure(work, name, file_name, file.size, file.sha256)
    if follow_up is not None:
        records.enclose_with_draft(work, follow_up, key, enclosed=True)
    if place is not None:
        records.enclose_with_template(work, place.key, place.language, key, enclosed=True)
    work.says = f"{name} kept for enclosing" if follow_up is None and place is None else f"{name} goes with it"
    return key


@command("enclosure.remove", says="Enclosure put away")
def remove_enclosure(work: Work, enclosure: int) -> None:
    """Offer an enclosure no more; drafts it was added to by hand keep it."""
    row = records.enclosure_row(work, enclosure)
    row.kept = False
    work.says = f"{row.name} put away"


@command("enclosure.of_template", says="Enclosure changed")
def enclose_with_template(work: Work, place: Place, enclosure: int, *, enclosed: bool) -> None:
    """Let an enclosure go with every mail of a template in its language, or no more."""
    if place.channel != "email":
        raise Problem("Only a mail can have enclosures.", "Nothing was changed.", "Choose the mail of this template.")
    name = records.enclosure(work, enclosure).name
    records.enclose_with_template(work, place.key, place.language, enclosure, enclosed=enclosed)
    work.says = f"{name} goes {'with' if enclosed else 'no more with'}: {name_of(place)}"


@command("enclosure.of_draft", says="Enclosure changed")
def enclose_with_draft(work: Work, follow_up: int, enclosure: int, *, enclosed: bool) -> None:
    """Let an enclosure go with one mail, or not with this one."""
    name = records.enclosure(work, enclosure).name
    journeys.follow_up(work.session, follow_up)
    records.enclose_with_draft(work, follow_up, enclosure, enclosed=enclosed)
    work.says = f"{name} {'goes with it' if enclosed else 'taken out'}"
