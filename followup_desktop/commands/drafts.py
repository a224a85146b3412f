"""Commands about one draft: what the owner tells for it, and what is enclosed."""

from __future__ import annotations

from dataclasses import replace
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


@command("enclosure.keep", says="Kept for enclosing")
def keep_enclosure(work: Work, name: str, file_name: str, size: int, sha256: str) -> int:
    """Keep a file, whose bytes are in the data folder already, for enclosing; return its key."""
    file_name = PurePath(file_name).name[:120]
    key = records.add_enclosure(work, name.strip()[:80] or PurePath(file_name).stem, file_name, size, sha256)
    work.says = f"{records.enclosure(work, key).name} kept for enclosing"
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
