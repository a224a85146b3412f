"""Consent rows and the suppression list."""

from __future__ import annotations

from datetime import datetime

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
