"""Rows of mail accounts and messages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table, new_uuid


class AccountRow(Table):
    """A mail account; no secret is in it."""

    __tablename__ = "accounts"
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    address: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    user: Mapped[str]
    imap_host: Mapped[str]
    imap_port: Mapped[int]
    imap_security: Mapped[str]
    smtp_host: Mapped[str]
    smtp_port: Mapped[int]
    smtp_security: Mapped[str]
    ca_file: Mapped[str] = mapped_column(default="")
    pins: Mapped[str] = mapped_column(default="")
    reply_to: Mapped[str] = mapped_column(default="")
    signature: Mapped[str] = mapped_column(default="")
    is_usual: Mapped[bool] = mapped_column(default=False)
    drafts_folder: Mapped[str] = mapped_column(default="")
    sent_folder: Mapped[str] = mapped_column(default="")
    files_sent: Mapped[bool | None]
    paused: Mapped[str] = mapped_column(default="")
    next_send_at: Mapped[datetime | None]
    held_until: Mapped[datetime | None]
    held_why: Mapped[str] = mapped_column(default="")
    look_again_at: Mapped[datetime | None]
    awake_at: Mapped[datetime | None]
    resumed_at: Mapped[datetime | None]
    not_filed: Mapped[str] = mapped_column(default="")
    asks_receipts: Mapped[bool] = mapped_column(default=False)
    sign_in: Mapped[str] = mapped_column(default="")
    client_id: Mapped[str] = mapped_column(default="")


class IdentityRow(Table):
    """Another name, address or signature with which an account writes."""

    __tablename__ = "identities"
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(default="")
    address: Mapped[str]
    reply_to: Mapped[str] = mapped_column(default="")
    signature: Mapped[str] = mapped_column(default="")


class SenderRow(Table):
    """As whom a customer is written to, where that is not the usual way."""

    __tablename__ = "senders"
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    identity_id: Mapped[int | None] = mapped_column(ForeignKey("identities.id", ondelete="CASCADE"))


class MailboxRow(Table):
    """How far a folder of an account has been read."""

    __tablename__ = "mailboxes"
    __table_args__ = (UniqueConstraint("account_id", "folder"),)
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    folder: Mapped[str]
    validity: Mapped[int] = mapped_column(BigInteger)
    last_uid: Mapped[int] = mapped_column(BigInteger)
    looked_at: Mapped[datetime]


class MessageRow(Table):
    """A message to or from a customer, in whatever state it is."""

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_customer_id_at", "customer_id", "at"),
        Index("ix_messages_state_not_before", "state", "not_before"),
        # Whole in itself: counting a year of messages would otherwise read every body and every raw mail.
        Index("ix_messages_state_sent_at", "state", "sent_at", "customer_id", "purpose"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    channel: Mapped[str] = mapped_column(default="email")
    state: Mapped[str]
    phase: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    template: Mapped[str] = mapped_column(default="")
    counts: Mapped[bool] = mapped_column(default=False)
    to_address: Mapped[str] = mapped_column(default="")
    to_name: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    raw: Mapped[bytes | None] = mapped_column(LargeBinary)
    message_id: Mapped[str | None] = mapped_column(unique=True)
    alias: Mapped[str | None] = mapped_column(index=True)
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    looks: Mapped[int] = mapped_column(default=0)
    unknown_since: Mapped[datetime | None]
    said: Mapped[str] = mapped_column(default="")
    rested_at: Mapped[datetime | None]
    kind: Mapped[str] = mapped_column(default="")
    sentence: Mapped[str] = mapped_column(default="")
    read_at: Mapped[datetime | None] = mapped_column(index=True)
    whole: Mapped[str] = mapped_column(default="")
    attached: Mapped[list[Any]] = mapped_column(default=list)
    draft_folder: Mapped[str] = mapped_column(default="")
    draft_validity: Mapped[int | None]
    draft_uid: Mapped[int | None]
    provider_id: Mapped[str | None] = mapped_column(index=True)
    provider_thread: Mapped[str | None] = mapped_column(index=True)


class StrangerRow(Table):
    """A mail of somebody who is no customer, until the owner says whether they become one."""

    __tablename__ = "strangers"
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    message_id: Mapped[str | None] = mapped_column(unique=True)
    to_address: Mapped[str] = mapped_column(default="")
    attached: Mapped[list[Any]] = mapped_column(default=list)
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open", index=True)
