"""Commands about mail accounts: which is used for whom, and as whom they write."""

from __future__ import annotations

from followup_desktop.base.errors import Problem
from followup_desktop.commands.door import command
from followup_desktop.core.customers import records as customers
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.messages import queries, records
from followup_desktop.core.messages.model import NewIdentity
from followup_desktop.mail.compose import check_address
from followup_desktop.store.store import Work

LONGEST_SIGNATURE = 1000


@command("account.usual", says="Usual mail account changed")
def make_usual(work: Work, account: int) -> None:
    """Use an account wherever nothing else is chosen."""
    records.make_usual(work, account)


@command("account.trust", says="Certificate trusted")
def trust(work: Work, account: int, pins: str) -> None:
    """Remember the certificates the owner has looked at and trusts, a host and a fingerprint a line."""
    records.account_row(work, account).pins = pins


@command("account.describe", says="Name and signature changed")
def describe(work: Work, account: int, new: NewIdentity, identity: int | None = None) -> None:
    """Change with which name, address for answers and signature an account, or an identity of it, writes."""
    records.describe(work, account, identity, _checked(new))


@command("account.identity", says="Name added")
def add_identity(work: Work, account: int, new: NewIdentity) -> int:
    """Let an account write under another name or address too; return its key."""
    return records.add_identity(work, account, _checked(new))


@command("account.identity_gone", says="Name removed")
def remove_identity(work: Work, account: int, identity: int) -> None:
    """Let go of a name; whoever was written to under it is written to in the usual way again."""
    records.remove_identity(work, account, identity)


@command("account.receipts", says="Read receipts")
def ask_receipts(work: Work, account: int, *, wanted: bool) -> None:
    """Let an account's mail ask the reader's program to say that it was shown, or not."""
    row = records.account_row(work, account)
    row.asks_receipts = wanted
    work.says = f"{row.address} {'asks' if wanted else 'does not ask'} for read receipts"


@command("account.use", says="Chosen as whom to write")
def write_as(work: Work, customer: int, account: int | None, identity: int | None = None) -> None:
    """Write to a customer with an account, as one of its identities; without an account in the usual way again."""
    row = customers.get(work, CustomerId(customer))
    records.write_as(work, customer, account, identity)
    sender = queries.sender_for(work.session, customer)
    if sender is not None:
        work.says = f"{row.name} is written to as {sender.address}"


def _checked(new: NewIdentity) -> NewIdentity:
    """Return an identity as it can go into a message. Raises `Problem`."""
    if any(not character.isprintable() for character in new.name):
        raise Problem("The name has an invisible character in it.", "Nothing was changed.", "Type it again.")
    if len(new.signature) > LONGEST_SIGNATURE:
        raise Problem("The signature is longer than 1,000 letters.", "Nothing was changed.", "Make it shorter.")
    return NewIdentity(
        " ".join(new.name.split()),
        check_address(new.address) if new.address.strip() else "",
        check_address(new.reply_to) if new.reply_to.strip() else "",
        new.signature.strip(),
    )
