"""Commands about what customers allow."""

from __future__ import annotations

from followup_desktop.base.errors import Problem
from followup_desktop.commands.door import command
from followup_desktop.core.consent import records
from followup_desktop.core.consent.model import OFTEN
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.customers.model import Customer, CustomerId
from followup_desktop.core.history import records as history
from followup_desktop.core.history.model import Happening, NewEvent
from followup_desktop.mail.compose import check_address
from followup_desktop.store.store import Work

TOLD_YOU = "told you"
"""Where a permission comes from that the owner enters by hand."""

CHANNELS = {"email": "email", "text": "texts", "call": "calls", "card": "cards", OFTEN: "more than one message a week"}
"""The channels one can say yes or no to, with their words."""


@command("consent.set", says="Permission changed")
def set_consent(work: Work, customer: CustomerId, channel: str, *, allowed: bool, source: str = TOLD_YOU) -> None:
    """Keep what a customer said about one channel."""
    known = customers.customer(work.session, customer)
    records.allow(work, customer, channel, allowed=allowed, source=source)
    work.says = f"{known.name} {'allows' if allowed else 'does not want'} {CHANNELS.get(channel, channel)}"


@command("consent.stop_mail", says="No mail at all")
def stop_mail(work: Work, customer: CustomerId) -> None:
    """Write nothing to any address of a customer from now on; the addresses stay on the list for good."""
    known = customers.customer(work.session, customer)
    for address in _addresses(known):
        records.suppress(work, "email", address, TOLD_YOU)
    records.allow(work, customer, "email", allowed=False, source=TOLD_YOU)
    history.note(work, customer, NewEvent(Happening.OPTED_OUT, note="No mail at all"))
    work.says = f"No mail to {known.name} any more"


@command("consent.allow_mail", says="Mail allowed again")
def allow_mail(work: Work, customer: CustomerId) -> None:
    """Write to a customer again who asked for it."""
    known = customers.customer(work.session, customer)
    for address in _addresses(known):
        records.lift(work, "email", address)
    records.allow(work, customer, "email", allowed=True, source=TOLD_YOU)
    history.note(work, customer, NewEvent(Happening.NOTE, note="Wants mail again"))
    work.says = f"Mail to {known.name} again"


@command("consent.suppress", says="Nothing goes there any more")
def suppress(work: Work, address: str, why: str) -> str:
    """Let nothing go to an address, whoever has it now or later; return it as it is kept. Raises Problem."""
    checked = check_address(address).casefold()
    records.suppress(work, "email", checked, why)
    work.says = f"Nothing goes to {checked} any more"
    return checked


@command("consent.lift", says="Mail allowed again")
def lift(work: Work, address: str) -> str:
    """Take an address off the list; return it, or nothing where it was not on it."""
    value = address.strip().casefold()
    work.says = f"Mail to {value} again"
    return value if records.lift(work, "email", value) else ""


def _addresses(customer: Customer) -> list[str]:
    found = [a for a in (customer.person.email, *customer.person.more_emails) if a]
    if not found:
        raise Problem(f"{customer.name} has no email address.", "Nothing was changed.", "There is nothing to stop.")
    return found
