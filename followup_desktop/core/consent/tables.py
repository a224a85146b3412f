"""Consent rows and the suppression list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table


class ConsentRow(Table):
    """What a customer said about one channel."""

    __tablename__ = "consents"
    __table_args__ = (UniqueConstraint("customer_id", "channel"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    channel: Mapped[str]
    allowed: Mapped[bool]
    source: Mapped[str]
    at: Mapped[datetime]
    days: Mapped[int | None]
    import_id: Mapped[int | None] = mapped_column(index=True)


class SuppressionRow(Table):
    """An address nothing may go to; it outlives the customer."""

    __tablename__ = "suppressions"
    __table_args__ = (UniqueConstraint("kind", "value"),)
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    value: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]


class WishRow(Table):
    """What a customer seems to ask for in a mail, until the owner says what it was."""

    __tablename__ = "wishes"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[int | None]
    kind: Mapped[str]
    sentence: Mapped[str]
    channel: Mapped[str] = mapped_column(default="")
    refused: Mapped[list[Any]] = mapped_column(default=list)
    days: Mapped[int | None]
    best_time: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open", index=True)


class ContactLawRow(Table):
    """The rules of contact that go for a customer, where they are not the business's."""

    __tablename__ = "contact_laws"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), unique=True)
    law: Mapped[str]
