"""Messages to and from customers, and the states of the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from followup_desktop.core.consent.model import NewWish
from followup_desktop.core.customers.model import CustomerId

MessageId = NewType("MessageId", int)
AccountId = NewType("AccountId", int)


class DraftPhase(StrEnum):
    """What is still to be done about a draft in the account, after the owner took a command back."""

    TAKEN_BACK = "taken_back"
    PUT_BACK = "put_back"
    """Its earlier version is to lie there again."""


class MessageState(StrEnum):
    """Where a message stands (the states of an outbox that never sends twice)."""

    DRAFT = "draft"
    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    ASK = "ask"
    ACCEPTED = "accepted"
    FILED = "filed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    HANDED_OVER = "handed_over"
    RECEIVED = "received"


LEFT_US: frozenset[MessageState] = frozenset({MessageState.ACCEPTED, MessageState.FILED})
"""States of a message a server took."""


class Phase(StrEnum):
    """What is special about a message in its state."""

    LATE = "late"
    """Of a message the owner is asked about: it did not begin to leave, and its planned time has gone by.

    With something `said`, that is why it waits instead: they wrote before it left.
    """


class Fate(StrEnum):
    """What came of a message that was claimed for sending."""

    CLAIMED = "claimed"
    """It did not begin to leave."""
    LEAVES = "leaves"
    """Its body left, or was about to: it may have arrived."""
    TAKEN = "taken"
    LATER = "later"
    """It did not leave, and is tried again after a while."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a message, what was said, and when (UTC) a server took it."""

    fate: Fate
    said: str = ""
    at: datetime | None = None


Try = tuple[str, int]
"""A message's Message-ID, and the how-manieth time it is claimed for sending."""


@dataclass(frozen=True, slots=True)
class MailAccount:
    """A mail account as the owner set it up; the password is in the system keyring."""

    id: AccountId
    uuid: str
    address: str
    name: str
    user: str
    imap_host: str
    imap_port: int
    imap_security: str
    smtp_host: str
    smtp_port: int
    smtp_security: str
    ca_file: str
    drafts_folder: str
    sent_folder: str
    files_sent: bool | None
    paused: str
    next_send_at: datetime | None = None
    """The pause between two messages ends then."""
    held_until: datetime | None = None
    held_why: str = ""
    """Why nothing leaves until `held_until`; empty where a server just was not reached."""
    look_again_at: datetime | None = None
    """The mailbox could not be looked into, and is left alone until then."""
    awake_at: datetime | None = None
    """When the outbox was last at work while something was due."""
    resumed_at: datetime | None = None
    """When the owner last let it send again."""
    pins: tuple[tuple[str, str], ...] = ()
    """Certificates the owner trusts: a host and a fingerprint each."""
    reply_to: str = ""
    signature: str = ""
    is_usual: bool = False
    """Whether it is used where nothing else is chosen."""
    sign_in: str = ""
    """Whom it signs in with through the browser (`mail.authorities`); empty where it has a password."""
    client_id: str = ""
    """The client id of that sign-in: a permission holds for the one it was given to."""
    not_filed: str = ""
    """Why copies do not get into Sent just now; empty where they do."""
    asks_receipts: bool = False
    """Whether its mail asks the reader's program to say that it was shown."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way out: the bytes never change once approved."""

    id: MessageId
    customer: CustomerId
    account: AccountId
    to_address: str
    message_id: str
    raw: bytes
    state: MessageState
    phase: str
    attempts: int
    looks: int
    unknown_since: datetime | None
    not_before: datetime | None
    sent_at: datetime | None = None
    size: int = 0
    """How many bytes it has, also where these were not read."""


@dataclass(frozen=True, slots=True)
class Going:
    """How sending with an account stands: what left today, what may, and why nothing does just now."""

    account: MailAccount
    today: int
    a_day: int
    """The owner's number for a day; 0 is no limit."""
    provider: int
    """What the provider takes in a day, as far as is known; 0 is not."""
    warning: str
    """A sentence once four fifths of the provider's number are used, else empty."""


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One message of the outbox, for a list; `not_before` is UTC."""

    id: MessageId
    customer: CustomerId
    to_name: str
    to_address: str
    subject: str
    state: str
    not_before: datetime | None
    said: str
    phase: str = ""
    not_filed: str = ""
    """Of a message that left: why its copy is not in Sent yet."""
    zone: str = ""
    """The customer's own time zone, where it is known."""

    @property
    def late(self) -> bool:
        """Whether it surely has not left, and its planned time has gone by."""
        return self.state == MessageState.ASK and self.phase == Phase.LATE


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message with its words; times are UTC."""

    id: MessageId
    customer: CustomerId
    channel: str
    state: str
    to_address: str
    subject: str
    text: str
    at: datetime
    sent_at: datetime | None
    message_id: str | None


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft's bytes and where its last version lies: folder, UIDVALIDITY and UID (RFC 9051 2.3.1.1)."""

    raw: bytes
    folder: str
    validity: int | None
    uid: int | None


@dataclass(frozen=True, slots=True)
class UnsettledDraft:
    """A draft in the account that a command taken back concerns, and when to see to it (UTC)."""

    id: MessageId
    phase: DraftPhase
    draft: StoredDraft
    due: datetime


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A mail account about to be kept; its password goes to the keyring, never here."""

    address: str
    name: str
    user: str
    imap_host: str
    imap_port: int
    imap_security: str
    smtp_host: str
    smtp_port: int
    smtp_security: str
    ca_file: str = ""
    drafts_folder: str = ""
    sent_folder: str = ""
    files_sent: bool | None = None
    pins: str = ""
    """Certificates the owner trusts: a host and a fingerprint a line."""
    sign_in: str = ""
    client_id: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """As whom a message goes out: one of an account's identities, or (without `identity`) the account itself."""

    account: MailAccount
    identity: int | None
    name: str
    address: str
    reply_to: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class NewIdentity:
    """A name, an address, where answers go, and the lines below each message."""

    name: str
    address: str = ""
    reply_to: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """Something that came with a message: its name, its type as the sender says, and its size in bytes."""

    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail between a customer and us, as text; `at` is UTC. `whole` has what it quotes, where that is more.

    `thread` is the first message it goes back to. Of ours, `seen` is when a receipt said that it was shown.
    """

    id: MessageId
    ours: bool
    state: str
    at: datetime
    subject: str
    text: str
    whole: str
    attached: tuple[Attached, ...]
    thread: int
    message_id: str | None = None
    kind: str = ""
    seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """A message that came back, until the owner has seen to it; `at` is UTC. `gone` means the address is no more."""

    message: MessageId
    customer: int
    name: str
    address: str
    why: str
    gone: bool
    at: datetime
    ours: MessageId | None = None
    """What came back, where it is known."""
    corrected: str = ""
    """Their address now, where it is another one than the message went to."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """A mail of somebody who is no customer; `at` is UTC. `could_be` are customers with this address."""

    id: int
    address: str
    name: str
    subject: str
    text: str
    phone: str
    at: datetime
    attached: tuple[Attached, ...]
    could_be: tuple[tuple[int, str], ...] = ()
    more: int = 0
    """How many more mails of theirs there are."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One message found in the mailbox, with what it was found to be. `at` is UTC.

    `kind` and the rest are those of `mail.parse.model.Found`; `answers` is our message it is about.
    """

    kind: str
    message_id: str
    sender: str
    sender_name: str
    subject: str
    at: datetime
    customer: int | None = None
    answers: int | None = None
    text: str = ""
    sentence: str = ""
    addresses: tuple[str, ...] = ()
    permanent: bool = False
    status: str = ""
    back: date | None = None
    to_address: str = ""
    attachments: tuple[Attached, ...] = ()
    whole: str = ""
    """All that stands in it, with what it quotes; nothing where its own words are all."""
    wish: NewWish | None = None
    """What they seem to ask for: no more mail, another channel, less often."""
    at_once: bool = False
    """Whether they used the way out below our mail: that is no proposal."""
    phone: str = ""
    """Of a stranger: a number that stands below what they wrote."""
    is_answer: bool = False
    """Of a message of the owner's own, whether it answers what a customer wrote."""
    provider_id: str = ""
    """Its number with a provider that gives one, in whichever folders it lies; with that of the account."""
    provider_thread: str = ""


@dataclass(frozen=True, slots=True)
class ReadTo:
    """How far a folder has been read: its UIDVALIDITY and the highest UID; `looked_at` is UTC."""

    validity: int
    last_uid: int
    looked_at: datetime
