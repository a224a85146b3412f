"""A received message taken apart, and what it was found to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is not the message's own text: its name, its type, and its size in bytes."""

    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Mail:
    """A message taken apart. Every text is decoded; what could not be read is nothing.

    `headers` has lower-case names; `date` is aware. Addresses are in small letters. `text` is the plain part, or the
    HTML part as text; `html` is the HTML part as it came. `reports` are the machine-readable parts by their type, and
    `returned` is what was sent back of a message of ours: its headers, and where they gave it, the whole of it.
    `is_plain` says that there was a plain part.
    """

    headers: Mapping[str, tuple[str, ...]]
    text: str = ""
    html: str = ""
    sender: str = ""
    sender_name: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    message_id: str = ""
    answers: tuple[str, ...] = ()
    date: datetime | None = None
    attachments: tuple[Attachment, ...] = ()
    reports: Mapping[str, str] = field(default_factory=dict)
    returned: str = ""
    is_plain: bool = False

    def header(self, name: str) -> str:
        """Return a header's first value in one line, or nothing."""
        values = self.headers.get(name.casefold(), ())
        return " ".join(values[0].split()) if values else ""


NO_ID = "@no-id.invalid>"
"""How the id ends that a message without one is known under here; nobody else has heard of it."""


class Kind(StrEnum):
    """What a received message is."""

    OWN = "own"
    RECEIPT = "receipt"
    BOUNCE = "bounce"
    REPORT = "report"
    AUTO = "auto"
    OPT_OUT = "opt_out"
    ANSWER = "answer"
    REPLY = "reply"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Known:
    """A message of ours, as far as what comes back can point to it; `sent` is aware, where it is known."""

    key: int
    customer: int
    to_address: str
    text: str = ""
    subject: str = ""
    sent: datetime | None = None


class World(Protocol):
    """What is known here: our own addresses, whom we know, and what we sent."""

    def is_ours(self, address: str) -> bool:
        """Whether an address is one of the owner's own."""
        ...

    def customer_of(self, address: str) -> int | None:
        """Return the customer with an address; None where nobody has it, or several do."""
        ...

    def message_of(self, message_id: str) -> Known | None:
        """Return the message we sent under an id, by any of its names."""
        ...

    def sent_to(self, address: str) -> Sequence[Known]:
        """Return what we sent to an address lately, the last first."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """What a message was found to be.

    `message` and `customer` are ours. Of a bounce: the addresses that failed, its status (RFC 3463), and whether the
    address is gone for good. Of a reply: its own words, without what it quotes, and a sentence that may be a wish not
    to be written to. Of an automatic one: when they are back. Of an opt-out: the sentence that says so. Of an answer:
    its score. Of a receipt: whether the message was shown, as against deleted unread.
    """

    kind: Kind
    customer: int | None = None
    message: int | None = None
    addresses: tuple[str, ...] = ()
    permanent: bool | None = None
    status: str = ""
    reply_text: str = ""
    return_date: date | None = None
    score: int | None = None
    sentence: str = ""
    shown: bool = True
