"""Writing accounts and messages, and moving messages through the outbox by compare-and-set."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, bindparam, delete, or_, select, update

from followup_desktop.base.errors import Problem
from followup_desktop.core.messages.model import (
    AccountId,
    Arrived,
    Came,
    MessageId,
    MessageState,
    NewAccount,
    NewIdentity,
    Outgoing,
)
from followup_desktop.core.messages.queries import OUTGOING, outgoing_of
from followup_desktop.core.messages.tables import (
    AccountRow,
    IdentityRow,
    MailboxRow,
    MessageRow,
    SenderRow,
    StrangerRow,
)
from followup_desktop.store.steps import StepRow
from followup_desktop.store.store import Work

STRANGERS_KEPT = timedelta(days=60)
"""So long a mail of somebody nobody knows waits for the owner's word; then it is let go of."""


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message about to be kept. Times are UTC; `raw` is fixed for good once it may be sent."""

    customer: int
    state: MessageState
    channel: str = "email"
    account: int | None = None
    purpose: str = ""
    template: str = ""
    counts: bool = False
    to_address: str = ""
    to_name: str = ""
    subject: str = ""
    text: str = ""
    raw: bytes | None = None
    message_id: str | None = None
    not_before: datetime | None = None
    sent_at: datetime | None = None
    answers: int | None = None


def add_account(work: Work, new: NewAccount) -> AccountId:
    """Keep a mail account; one with the same address is replaced."""
    row = work.session.scalars(select(AccountRow).where(AccountRow.address == new.address)).first()
    if row is None:
        first = work.session.scalars(select(AccountRow.id).limit(1)).first() is None
        row = AccountRow(files_sent=None, next_send_at=None, is_usual=first)
        work.session.add(row)
    for name in NewAccount.__slots__:
        setattr(row, name, getattr(new, name))
    go_on(work, row)
    work.session.flush()
    return AccountId(row.id)


def remove_account(work: Work, account: int) -> None:
    """Let go of an account and all that hangs on it; its messages stay. Another one becomes the usual one."""
    for message in work.session.scalars(select(MessageRow).where(MessageRow.account_id == account)):
        message.account_id = None
    for table in (SenderRow, IdentityRow):
        for row in work.session.scalars(select(table).where(table.account_id == account)):
            work.session.delete(row)
        work.session.flush()
    gone = account_row(work, account)
    work.session.delete(gone)
    work.session.flush()
    other = work.session.scalars(select(AccountRow).order_by(AccountRow.id).limit(1)).first()
    if gone.is_usual and other is not None:
        other.is_usual = True


def make_usual(work: Work, account: int) -> None:
    """Use an account where nothing else is chosen."""
    chosen = account_row(work, account)
    for row in work.session.scalars(select(AccountRow)):
        row.is_usual = row.id == chosen.id


def describe(work: Work, account: int, identity: int | None, new: NewIdentity) -> None:
    """Change the name, the address for answers and the signature of an account or of an identity of it."""
    row = account_row(work, account) if identity is None else identity_row(work, account, identity)
    row.name, row.reply_to, row.signature = new.name, new.reply_to, new.signature
    if isinstance(row, IdentityRow) and new.address:
        row.address = new.address


def add_identity(work: Work, account: int, new: NewIdentity) -> int:
    """Let an account write as somebody else too; return the identity's key."""
    own = account_row(work, account)
    row = IdentityRow(
        account_id=own.id,
        name=new.name,
        address=new.address or own.address,
        reply_to=new.reply_to,
        signature=new.signature,
    )
    work.session.add(row)
    work.session.flush()
    return row.id


def remove_identity(work: Work, account: int, identity: int) -> None:
    """Let go of an identity; whoever was written to as it is written to in the usual way again."""
    row = identity_row(work, account, identity)
    for sender in work.session.scalars(select(SenderRow).where(SenderRow.identity_id == identity)):
        work.session.delete(sender)
    work.session.flush()
    work.session.delete(row)


def identity_row(work: Work, account: int, identity: int) -> IdentityRow:
    """Return an identity's row; raises Problem when it is gone or another account's."""
    row = work.session.get(IdentityRow, identity)
    if row is None or row.account_id != account:
        raise Problem("This name is not one of the account's any more.", "Nothing was changed.", "Choose another one.")
    return row


def write_as(work: Work, customer: int, account: int | None, identity: int | None) -> None:
    """Write to a customer with an account, as one of its identities; without an account in the usual way again."""
    row = work.session.get(SenderRow, customer)
    if account is None:
        if row is not None:
            work.session.delete(row)
        return
    account_row(work, account)
    if identity is not None:
        identity_row(work, account, identity)
    if row is None:
        row = SenderRow(customer_id=customer)
        work.session.add(row)
    row.account_id, row.identity_id = account, identity


def go_on(work: Work, row: AccountRow) -> None:
    """Let an account send again from now on."""
    row.paused, row.held_until, row.held_why, row.look_again_at, row.not_filed = "", None, "", None, ""
    row.resumed_at = row.awake_at = work.now


def set_account(work: Work, account: int, **values: Any) -> None:
    """Note something about an account that is the program's own affair: nobody is told."""
    work.session.execute(update(AccountRow).where(AccountRow.id == account).values(**values))


def next_turn(work: Work, accounts: Collection[int], at: datetime | None) -> None:
    """Note that messages left with accounts just now: when the next one may, and that nothing holds them."""
    if not accounts:
        return
    values = {"next_send_at": at, "held_until": None, "held_why": ""}
    work.session.execute(update(AccountRow).where(AccountRow.id.in_(accounts)).values(**values))


def note_folders(work: Work, account: int, drafts: str, sent: str) -> None:
    """Remember where an account keeps drafts and sent mail."""
    row = account_row(work, account)
    row.drafts_folder, row.sent_folder = drafts, sent


def account_row(work: Work, account: int) -> AccountRow:
    """Return an account's row; raises Problem when it is gone."""
    row = work.session.get(AccountRow, account)
    if row is None:
        raise Problem("This mail account is gone.", "The message is kept.", "Set the account up again in Settings.")
    return row


def add(work: Work, new: NewMessage) -> MessageId:
    """Keep a message."""
    row = MessageRow(
        customer_id=new.customer,
        account_id=new.account,
        channel=new.channel,
        state=new.state,
        purpose=new.purpose,
        template=new.template,
        counts=new.counts,
        to_address=new.to_address,
        to_name=new.to_name,
        subject=new.subject,
        text=new.text,
        raw=new.raw,
        message_id=new.message_id,
        not_before=new.not_before,
        sent_at=new.sent_at,
        answers_id=new.answers,
        at=work.now,
    )
    return MessageId(work.add(row).id)


def row_of(work: Work, message: int) -> MessageRow:
    """Return a message's row; raises Problem when it is gone."""
    row = work.session.get(MessageRow, message)
    if row is None:
        raise Problem(f"There is no message {message}.", "Nothing was changed.", "Look the number up in the outbox.")
    return row


def claim(work: Work, messages: Sequence[int]) -> list[Outgoing]:
    """Take queued messages for sending, in the order given, without those that are queued no more."""
    statement = (
        update(MessageRow)
        .where(MessageRow.id.in_(messages), MessageRow.state == MessageState.QUEUED)
        .values(state=MessageState.SENDING, attempts=MessageRow.attempts + 1)
        .returning(*OUTGOING, MessageRow.raw)
    )
    taken = {row.id: outgoing_of(row) for row in work.session.connection().execute(statement)}
    if taken:
        work.recorder.touch("messages")
    return [taken[key] for key in messages if key in taken]


def taken(work: Work, came: Mapping[int, Came]) -> None:
    """Note of messages being sent that a server took them, when, and what it said."""
    if not came:
        return
    statement = (
        update(MessageRow)
        .where(MessageRow.id == bindparam("key"), MessageRow.state == MessageState.SENDING)
        .values(state=MessageState.ACCEPTED, sent_at=bindparam("when"), said=bindparam("words"))
    )
    each = [{"key": key, "when": one.at or work.now, "words": one.said[:200]} for key, one in came.items()]
    work.session.connection().execute(statement, each)
    work.session.execute(update(StepRow).where(StepRow.message_id.in_(came)).values(spent=True))
    work.recorder.touch("messages")


def move(work: Work, message: int, from_states: tuple[MessageState, ...], values: dict[str, Any]) -> bool:
    """Change a message only if it is still in one of the states it is believed to be in; say whether it was."""
    statement = update(MessageRow).where(MessageRow.id == message, MessageRow.state.in_(from_states)).values(**values)
    result = work.session.connection().execute(statement)
    assert isinstance(result, CursorResult)
    if result.rowcount == 1:
        work.recorder.touch("messages")
    return bool(result.rowcount == 1)


def note_read_to(work: Work, account: int, folder: str, validity: int, last_uid: int) -> None:
    """Remember how far a folder has been read."""
    row = work.session.scalars(
        select(MailboxRow).where(MailboxRow.account_id == account, MailboxRow.folder == folder)
    ).first()
    if row is None:
        row = MailboxRow(account_id=account, folder=folder)
        work.session.add(row)
    row.validity, row.last_uid, row.looked_at = validity, last_uid, work.now


def note_looked(work: Work, account: int) -> None:
    """Remember that the folders of an account were looked into just now."""
    work.session.execute(update(MailboxRow).where(MailboxRow.account_id == account).values(looked_at=work.now))


def row_under(work: Work, arrived: Arrived) -> MessageRow | None:
    """Return the message that is kept already under the id of one that was found, by any of its names."""
    names = [MessageRow.message_id == arrived.message_id, MessageRow.alias == arrived.message_id]
    ways = names if arrived.message_id else []
    if arrived.provider_id:
        ways = [*ways, MessageRow.provider_id == arrived.provider_id]
    return work.session.scalars(select(MessageRow).where(or_(*ways)).limit(1)).first() if ways else None


def receive(work: Work, arrived: Arrived, state: MessageState) -> MessageId:
    """Keep a message found in the mailbox, of the customer's or of the owner's own."""
    ours = state is not MessageState.RECEIVED
    row = MessageRow(
        customer_id=arrived.customer,
        state=state,
        counts=ours and not arrived.is_answer,
        to_address=arrived.to_address,
        subject=arrived.subject,
        text=arrived.text,
        message_id=arrived.message_id or None,
        answers_id=arrived.answers,
        kind=arrived.kind,
        whole=arrived.whole,
        attached=[[a.name, a.kind, a.size] for a in arrived.attachments],
        sentence=arrived.sentence,
        at=arrived.at,
        sent_at=arrived.at if ours else None,
        provider_id=arrived.provider_id or None,
        provider_thread=arrived.provider_thread or None,
    )
    return MessageId(work.add(row).id)


def meet(work: Work, arrived: Arrived) -> bool:
    """Keep a mail of somebody who is no customer, unless the owner said so of them before; say whether it is new."""
    there = list(work.session.scalars(select(StrangerRow).where(StrangerRow.address == arrived.sender)))
    if any(row.state == "not_one" or (row.message_id and row.message_id == arrived.message_id) for row in there):
        return False
    row = StrangerRow(
        address=arrived.sender,
        name=arrived.sender_name,
        subject=arrived.subject[:300],
        text=arrived.text[:20_000],
        phone=arrived.phone,
        message_id=arrived.message_id or None,
        to_address=arrived.to_address,
        attached=[[a.name, a.kind, a.size] for a in arrived.attachments],
        at=arrived.at,
    )
    work.add(row)
    return True


def let_go_of_strangers(work: Work) -> None:
    """Let go of mail the owner said nothing about for a long time."""
    query = select(StrangerRow).where(StrangerRow.state == "open", StrangerRow.at < work.now - STRANGERS_KEPT)
    for row in work.session.scalars(query):
        work.session.delete(row)


def forget_strangers(work: Work, addresses: Sequence[str]) -> None:
    """Let go of mail from addresses that was kept before they were a customer's, or since they are no more."""
    gone = StrangerRow.address.in_([address.casefold() for address in addresses])
    work.session.connection().execute(delete(StrangerRow).where(gone))


def strangers_of(work: Work, key: int) -> list[StrangerRow]:
    """Return a mail of somebody nobody knows, and all their others that wait; raises Problem when it is decided."""
    row = work.session.get(StrangerRow, key)
    if row is None or row.state != "open":
        raise Problem("This mail is decided already.", "Nothing was changed.", "")
    query = select(StrangerRow).where(StrangerRow.address == row.address, StrangerRow.state == "open")
    return list(work.session.scalars(query.order_by(StrangerRow.at, StrangerRow.id)))
