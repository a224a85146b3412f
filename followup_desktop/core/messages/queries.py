"""Reading accounts, messages and the outbox."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import LargeBinary, and_, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.customers.tables import AddressRow, CustomerRow
from followup_desktop.core.history.tables import ContactRow
from followup_desktop.core.messages.model import (
    LEFT_US,
    AccountId,
    Attached,
    DraftPhase,
    Letter,
    MailAccount,
    MessageId,
    MessageState,
    OutboxLine,
    Outgoing,
    ReadTo,
    Returned,
    Sender,
    StoredDraft,
    StoredMessage,
    Stranger,
    UnsettledDraft,
)
from followup_desktop.core.messages.tables import (
    AccountRow,
    IdentityRow,
    MailboxRow,
    MessageRow,
    SenderRow,
    StrangerRow,
)
from followup_desktop.mail.account import read_pins
from followup_desktop.mail.parse.model import Known

UNDER_WAY = (MessageState.QUEUED, MessageState.SENDING, MessageState.UNKNOWN, MessageState.ASK, MessageState.ACCEPTED)


def accounts(session: Session) -> list[MailAccount]:
    """Return the mail accounts, in the order they were set up."""
    return [account_of(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.id))]


def account(session: Session, key: int | None = None) -> MailAccount | None:
    """Return an account, the usual one without a key, or None."""
    query = select(AccountRow).order_by(AccountRow.is_usual.desc(), AccountRow.id).limit(1)
    row = session.scalars(query if key is None else query.where(AccountRow.id == key)).first()
    return account_of(row) if row else None


def account_of_message(session: Session, message: int) -> MailAccount | None:
    """Return the account a message is to leave with, or None."""
    row = session.get(MessageRow, message)
    return account(session, row.account_id) if row is not None and row.account_id is not None else None


def senders(session: Session, account: int | None = None) -> list[Sender]:
    """Return as whom messages can go out: each account as itself, then its other identities."""
    found: list[Sender] = []
    for each in accounts(session):
        if account in (None, each.id):
            found.append(_itself(each))
            rows = session.scalars(
                select(IdentityRow).where(IdentityRow.account_id == each.id).order_by(IdentityRow.id)
            )
            found += [Sender(each, row.id, row.name, row.address, row.reply_to, row.signature) for row in rows]
    return found


def sender_for(session: Session, customer: int) -> Sender | None:
    """Return as whom a customer is written to: as chosen for them, else as the usual account; None without any."""
    chosen = session.get(SenderRow, customer)
    if chosen is not None and (own := account(session, chosen.account_id)) is not None:
        row = session.get(IdentityRow, chosen.identity_id) if chosen.identity_id else None
        return Sender(own, row.id, row.name, row.address, row.reply_to, row.signature) if row else _itself(own)
    usual = account(session)
    return _itself(usual) if usual else None


def _itself(account: MailAccount) -> Sender:
    return Sender(account, None, account.name, account.address, account.reply_to, account.signature)


def outgoing(
    session: Session, states: Collection[MessageState], account: int | None = None, *, without_bytes: bool = False
) -> list[Outgoing]:
    """Return messages of one account or all in the given states, the oldest first."""
    raw = literal(b"", LargeBinary).label("raw") if without_bytes else MessageRow.raw
    query = (
        select(*OUTGOING, raw)
        .where(MessageRow.state.in_(states), MessageRow.raw.is_not(None))
        .where(MessageRow.account_id.is_not(None) if account is None else MessageRow.account_id == account)
        .order_by(MessageRow.not_before, MessageRow.id)
    )
    return [outgoing_of(row) for row in session.execute(query)]


OUTGOING = (
    MessageRow.id, MessageRow.customer_id, MessageRow.account_id, MessageRow.to_address, MessageRow.message_id,
    MessageRow.state, MessageRow.phase, MessageRow.attempts, MessageRow.looks, MessageRow.unknown_since,
    MessageRow.not_before, MessageRow.sent_at, func.length(MessageRow.raw).label("size"),
)  # fmt: skip


def outbox(session: Session) -> list[OutboxLine]:
    """Return what is on its way or needs the owner, and what failed, the newest first."""
    states = (*UNDER_WAY, MessageState.FAILED)
    query = (
        select(MessageRow, AccountRow.not_filed, CustomerRow.zone)
        .join(CustomerRow, CustomerRow.id == MessageRow.customer_id)
        .outerjoin(AccountRow, AccountRow.id == MessageRow.account_id)
        .where(MessageRow.state.in_(states))
    )
    found = session.execute(query.order_by(MessageRow.id.desc()))
    return [_line(row, (why or "") if row.state == MessageState.ACCEPTED else "", zone) for row, why, zone in found]


def recent(session: Session, limit: int = 200) -> list[OutboxLine]:
    """Return the newest messages that were meant to leave, in whatever state, the newest first."""
    left = (MessageState.RECEIVED, MessageState.DRAFT, MessageState.CANCELLED)
    query = select(MessageRow).where(MessageRow.state.not_in(left), MessageRow.channel == "email")
    return [_line(row) for row in session.scalars(query.order_by(MessageRow.id.desc()).limit(limit))]


def message(session: Session, key: int) -> StoredMessage | None:
    """Return one message with its words, or None."""
    row = session.get(MessageRow, key)
    return _stored(row) if row else None


def draft_of(session: Session, key: int) -> StoredDraft | None:
    """Return the bytes of a draft and where its last version lies in the account, or None."""
    row = session.get(MessageRow, key)
    if row is None or row.raw is None:
        return None
    return _draft(row)


def outdated_drafts(session: Session, account: int) -> list[tuple[int, StoredDraft]]:
    """Return drafts that lie in the account although their message was sent another way, with their keys."""
    query = select(MessageRow).where(
        MessageRow.account_id == account, MessageRow.state == MessageState.CANCELLED, MessageRow.draft_uid.is_not(None)
    )
    return [(row.id, _draft(row)) for row in session.scalars(query)]


def unsettled_drafts(session: Session, account: int | None = None) -> list[UnsettledDraft]:
    """Return the drafts to take out of an account, or to put there as they were, since their saving was taken back.

    Without an account those of all accounts that are not paused.
    """
    states = (MessageState.CANCELLED, MessageState.DRAFT)  # these have an index, and are few
    query = select(MessageRow).where(MessageRow.state.in_(states), MessageRow.phase.in_(list(DraftPhase)))
    if account is not None:
        query = query.where(MessageRow.account_id == account)
    else:
        query = query.join(AccountRow, AccountRow.id == MessageRow.account_id).where(AccountRow.paused == "")
    return [
        UnsettledDraft(MessageId(row.id), DraftPhase(row.phase), _draft(row), row.not_before or row.at)
        for row in session.scalars(query)
    ]


def read_to(session: Session, account: int, folder: str) -> ReadTo | None:
    """Return how far a folder of an account has been read, or None."""
    row = session.scalars(
        select(MailboxRow).where(MailboxRow.account_id == account, MailboxRow.folder == folder)
    ).first()
    return ReadTo(row.validity, row.last_uid, row.looked_at) if row else None


def last_look(session: Session) -> datetime | None:
    """Return when the mailbox was last looked into (UTC), or None."""
    return session.scalar(select(func.max(MailboxRow.looked_at)))


def _draft(row: MessageRow) -> StoredDraft:
    return StoredDraft(row.raw or b"", row.draft_folder, row.draft_validity, row.draft_uid)


def states(session: Session) -> dict[str, int]:
    """Return how many messages are in each state of the outbox."""
    query = select(MessageRow.state, func.count()).group_by(MessageRow.state)
    return {state: count for state, count in session.execute(query)}


def left_since(session: Session, account: int, since: datetime) -> int:
    """Return how many messages left with an account, or may have, since a moment."""
    went = and_(MessageRow.state.in_(LEFT_US), MessageRow.sent_at >= since)
    may_have = and_(MessageRow.state.in_((MessageState.UNKNOWN, MessageState.ASK)), MessageRow.unknown_since >= since)
    query = select(func.count()).where(MessageRow.account_id == account, or_(went, may_have))
    return session.scalar(query) or 0


class Correspondents:
    """Whom we know and what we sent them, as far as received mail can point to it (`mail.parse.model.World`)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        ours = select(AccountRow.address).union(select(IdentityRow.address))
        self._ours = {address.casefold() for address in session.scalars(ours)}

    def is_ours(self, address: str) -> bool:
        """Whether an address is one of the owner's own."""
        return address.casefold() in self._ours

    def is_known(self, address: str) -> bool:
        """Whether an address is the owner's or a customer's, be it that of several."""
        return self.is_ours(address) or address.casefold() in self._whose

    def customer_of(self, address: str) -> int | None:
        """Return the customer with an address; None where nobody has it, or several do."""
        found = self._whose.get(address.casefold(), ())
        return next(iter(found)) if len(found) == 1 else None

    def message_of(self, message_id: str) -> Known | None:
        """Return the message we sent under an id."""
        either = or_(MessageRow.message_id == message_id, MessageRow.alias == message_id)
        found = self._known(either) if message_id else ()
        return found[0] if found else None

    def filed(self, numbers: Collection[str]) -> frozenset[str]:
        """Return under which of a provider's numbers a message is kept already."""
        if not numbers:
            return frozenset()
        query = select(MessageRow.provider_id).where(MessageRow.provider_id.in_(numbers))
        return frozenset(number for number in self._session.scalars(query) if number)

    def threads(self, threads: Collection[str]) -> dict[str, tuple[int, str]]:
        """Return of a provider's threads to which customer our mail in them went, and the id of its last.

        One in which ours went to several customers proves nothing and is left out.
        """
        columns = MessageRow.provider_thread, MessageRow.customer_id, MessageRow.message_id
        query = select(*columns).where(MessageRow.provider_thread.in_(threads), MessageRow.state.in_(WENT))
        found: dict[str, set[int]] = defaultdict(set)
        last: dict[str, tuple[int, str]] = {}
        for thread, customer, message_id in self._session.execute(query.order_by(MessageRow.id)) if threads else ():
            found[str(thread)].add(customer)
            last[str(thread)] = (customer, message_id or "")
        return {thread: one for thread, one in last.items() if len(found[thread]) == 1 and one[1]}

    def may_be_of(self, address: str, customer: int) -> bool:
        """Whether a mail from an address can be a customer's: nobody else has it."""
        return self._whose.get(address.casefold(), {customer}) >= {customer}

    def sent_to(self, address: str) -> Sequence[Known]:
        """Return what we sent to an address, or to the customer who has it, lately, the last first."""
        customer = self.customer_of(address)
        if customer is not None:
            return self._known(MessageRow.customer_id == customer, most=20)
        if address.casefold() not in self._written_to:
            return ()
        return self._known(func.lower(MessageRow.to_address) == address.casefold(), most=20)

    @cached_property
    def _whose(self) -> Mapping[str, set[int]]:
        """Whose each address is: read once, for the many messages that are looked at together."""
        found: dict[str, set[int]] = {}
        mine = select(CustomerRow.email, CustomerRow.id).where(CustomerRow.email != "")
        others = select(AddressRow.value, AddressRow.customer_id).where(AddressRow.kind == "email")
        for address, customer in self._session.execute(mine.union_all(others)):
            found.setdefault(address.strip().casefold(), set()).add(customer)
        return found

    @cached_property
    def _written_to(self) -> frozenset[str]:
        return frozenset(
            address.casefold()
            for address in self._session.scalars(
                select(MessageRow.to_address).where(MessageRow.state.in_(WENT)).distinct()
            )
        )

    def _known(self, condition: Any, most: int = 1) -> Sequence[Known]:
        row = MessageRow
        query = (
            select(row.id, row.customer_id, row.to_address, row.text, row.subject, row.sent_at, row.at)
            .where(row.state.in_(WENT), condition)
            .order_by(row.id.desc())
            .limit(most)
        )
        return [
            Known(one.id, one.customer_id, one.to_address.casefold(), one.text, one.subject, one.sent_at or one.at)
            for one in self._session.execute(query)
        ]


WENT = (*LEFT_US, MessageState.HANDED_OVER, MessageState.UNKNOWN, MessageState.ASK, MessageState.SENDING)
"""States of a message that may have reached somebody."""


def account_of(row: AccountRow) -> MailAccount:
    """Return an account's row as a value."""
    return MailAccount(
        AccountId(row.id), row.uuid, row.address, row.name, row.user,
        row.imap_host, row.imap_port, row.imap_security,
        row.smtp_host, row.smtp_port, row.smtp_security,
        row.ca_file, row.drafts_folder, row.sent_folder, row.files_sent, row.paused,
        row.next_send_at, row.held_until, row.held_why, row.look_again_at, row.awake_at, row.resumed_at,
        read_pins(row.pins),
        row.reply_to, row.signature, row.is_usual,
        row.sign_in, row.client_id,
        row.not_filed, row.asks_receipts,
    )  # fmt: skip


def outgoing_of(row: Any) -> Outgoing:
    """Return a message's row as the outbox sees it."""
    return Outgoing(
        id=MessageId(row.id),
        customer=CustomerId(row.customer_id),
        account=AccountId(row.account_id),
        to_address=row.to_address,
        message_id=row.message_id,
        raw=row.raw,
        state=MessageState(row.state),
        phase=row.phase,
        attempts=row.attempts,
        looks=row.looks,
        unknown_since=row.unknown_since,
        not_before=row.not_before,
        sent_at=row.sent_at,
        size=row.size,
    )


def _line(row: MessageRow, not_filed: str = "", zone: str = "") -> OutboxLine:
    return OutboxLine(
        MessageId(row.id), CustomerId(row.customer_id), row.to_name, row.to_address, row.subject, row.state,
        row.not_before, row.said, row.phase, not_filed, zone,
    )  # fmt: skip


def _stored(row: MessageRow) -> StoredMessage:
    return StoredMessage(
        MessageId(row.id), CustomerId(row.customer_id), row.channel, row.state, row.to_address, row.subject, row.text,
        row.at, row.sent_at, row.message_id,
    )  # fmt: skip


def strangers(session: Session) -> list[Stranger]:
    """Return who wrote and is no customer, the latest mail of each, the newest first."""
    query = (
        select(StrangerRow).where(StrangerRow.state == "open").order_by(StrangerRow.at.desc(), StrangerRow.id.desc())
    )
    rows = list(session.scalars(query))
    latest: dict[str, StrangerRow] = {}
    for row in rows:
        latest.setdefault(row.address, row)
    count = Counter(row.address for row in rows)
    could_be = _customers_at(session, list(latest)) if latest else {}
    return [
        Stranger(
            row.id, row.address, row.name, row.subject, row.text, row.phone, row.at, attached_of(row.attached),
            tuple(could_be.get(row.address, ())), count[row.address] - 1,
        )
        for row in latest.values()
    ]  # fmt: skip


def _customers_at(session: Session, addresses: list[str]) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    own = select(func.lower(CustomerRow.email), CustomerRow.id, CustomerRow.name).where(
        func.lower(CustomerRow.email).in_(addresses)
    )
    further = (
        select(func.lower(AddressRow.value), CustomerRow.id, CustomerRow.name)
        .join(CustomerRow, CustomerRow.id == AddressRow.customer_id)
        .where(AddressRow.kind == "email", func.lower(AddressRow.value).in_(addresses))
    )
    for address, key, name in session.execute(own.union(further)):
        found[address].append((key, name))
    return found


def attached_of(kept: Sequence[Any]) -> tuple[Attached, ...]:
    """Return what came with a message, as it is kept."""
    return tuple(Attached(str(name), str(kind), int(size)) for name, kind, size in kept or ())


def letters(session: Session, customer: int, limit: int = 200) -> list[Letter]:
    """Return the mail between a customer and us: the thread with the newest first, within it the oldest first."""
    shown = MessageRow.state.not_in((MessageState.DRAFT, MessageState.CANCELLED))
    query = select(MessageRow).where(MessageRow.customer_id == customer, MessageRow.channel == "email", shown)
    rows = list(session.scalars(query.order_by(MessageRow.at.desc(), MessageRow.id.desc()).limit(limit)))
    answers = {row.id: row.answers_id for row in rows}
    found = [_letter(row, _root(row.id, answers)) for row in rows]
    latest: dict[int, datetime] = {}
    for one in found:
        latest[one.thread] = max(one.at, latest.get(one.thread, one.at))
    threads = sorted(latest, key=latest.__getitem__, reverse=True)
    place = {thread: number for number, thread in enumerate(threads)}
    return sorted(sorted(found, key=_oldest_first), key=_Place(place))


class _Place:
    """The order of threads."""

    def __init__(self, places: dict[int, int]) -> None:
        self._places = places

    def __call__(self, one: Letter) -> int:
        return self._places[one.thread]


def _oldest_first(one: Letter) -> tuple[float, int]:
    return one.at.timestamp(), one.id


def letter(session: Session, key: int) -> Letter | None:
    """Return one mail, or None."""
    row = session.get(MessageRow, key)
    return _letter(row, row.id) if row is not None else None


def _root(key: int, answers: dict[int, int | None]) -> int:
    """Return the first message a mail goes back to, as far as it is known."""
    seen = {key}
    while (before := answers.get(key)) is not None and before in answers and before not in seen:
        seen.add(before)
        key = before
    return key


def _letter(row: MessageRow, thread: int) -> Letter:
    ours = row.state != MessageState.RECEIVED
    return Letter(
        MessageId(row.id), ours, row.state, row.sent_at or row.at, row.subject, row.text, row.whole,
        attached_of(row.attached), thread, row.message_id, row.kind, row.read_at if ours else None,
    )  # fmt: skip


RETURNED_FOR = timedelta(days=30)


def returned(session: Session, now: datetime) -> list[Returned]:
    """Return what came back within a month and nobody has seen to, the newest of each customer.

    Left out is whoever wrote to us since. What went to an address that is not theirs any more stays until they are
    written to again: they never had it.
    """
    ours = aliased(MessageRow)
    query = (
        select(MessageRow, CustomerRow.name, CustomerRow.email, ours, ContactRow.last_in_at, ContactRow.last_out_at)
        .join(CustomerRow, CustomerRow.id == MessageRow.customer_id)
        .outerjoin(ours, ours.id == MessageRow.answers_id)
        .outerjoin(ContactRow, ContactRow.customer_id == MessageRow.customer_id)
        .where(MessageRow.state == MessageState.RECEIVED, MessageRow.kind == "bounce")
        .where(MessageRow.rested_at.is_(None), MessageRow.at >= now - RETURNED_FOR)
        .order_by(MessageRow.at, MessageRow.id)
    )
    found: dict[int, Returned] = {}
    for row, name, email, sent, heard, written in session.execute(query):
        address = (sent.to_address if sent is not None else "") or email
        corrected = email if address.casefold() != email.casefold() else ""
        if _since(heard, row.at) or (corrected and _since(written, row.at)):
            continue
        gone, lost = row.phase == "gone", MessageId(sent.id) if sent is not None else None
        key, about = row.customer_id, MessageId(row.id)
        found[key] = Returned(about, key, name, address, row.said, gone, row.at, lost, corrected)
    return sorted(found.values(), key=_newest_first)


def _since(heard: datetime | None, at: datetime) -> bool:
    return heard is not None and heard >= at


def _newest_first(one: Returned) -> tuple[float, int]:
    return -one.at.timestamp(), one.message
