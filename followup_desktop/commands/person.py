"""Erasing somebody who asked for it: all that is kept of them goes, and the proof of it stays (G5)."""

from __future__ import annotations

from sqlalchemy import select

from followup_desktop.base.errors import Problem
from followup_desktop.commands.door import command
from followup_desktop.core.consent import records as consent
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.customers import records
from followup_desktop.core.customers.model import CustomerId, Erasure
from followup_desktop.core.customers.rules import is_named
from followup_desktop.core.exchange import records as exchange
from followup_desktop.core.messages import records as messages
from followup_desktop.core.messages.model import MessageState
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.store import person as kept
from followup_desktop.store.store import Work

ASKED = "asked to be erased"
SHORTEST = 3
"""Letters of a name by which it is looked for in what undo keeps."""


@command("customer.erase", says="Erased")
def erase(work: Work, customer: CustomerId, name: str, *, may_write: bool = False) -> Erasure:
    """Erase a customer for good: there is no undo, so their name has to be typed.

    Their addresses and numbers go on the list of those nothing may go to, but for `may_write`; what stood on it stays
    in any case. What waited for them in the outbox does not leave.
    """
    known = customers.customer(work.session, customer)
    person, row = known.person, records.get(work, customer)
    if not is_named(known.name, name):
        raise Problem(f"That is not the name of {known.name}.", "Nothing was erased.", "Type it as it stands there.")
    leaving = MessageRow.customer_id == customer, MessageRow.state == MessageState.SENDING
    if work.session.scalar(select(MessageRow.id).where(*leaving).limit(1)) is not None:
        raise Problem("A message to them is leaving just now.", "Nothing was erased.", "Try again in a minute.")
    mails = [address for address in (person.email, *person.more_emails) if address]
    numbers = [number for number in (person.phone, *person.more_phones) if number]
    if not may_write:
        for address in mails:
            consent.suppress(work, "email", address, ASKED)
        for number in numbers:
            consent.suppress(work, "phone", number, ASKED)
    work.session.flush()
    words = [word for word in (known.name, *mails, *numbers) if len(word) >= SHORTEST]
    mates, household = [other.id for other in customers.under_one_roof(work.session, customer)], row.household_id
    counted = kept.counted(work.session, customer)
    exchange.forget(work, customer, words)
    messages.forget_strangers(work, mails)
    work.session.expunge_all()
    kept.erase(work.session, customer, words)
    records.close_empty_household(work, household)
    work.recorder.images.clear()  # nothing of it can be taken back, or may be kept for it
    work.recorder.customers.clear()
    work.undoable = False
    for kind in (*counted, "customers", "suppressions"):
        work.recorder.touch(kind, *mates)
    work.says = "Erased for good"
    return records.note_erasure(work, customer, counted, 0 if may_write else len(mails) + len(numbers))
