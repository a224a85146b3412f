"""Event rows, and what is kept of them for lists."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table, new_uuid


class EventRow(Table):
    """Something that happened to a customer."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_customer_id_at", "customer_id", "at"),
        # Whole in itself for a month's figures, which pick a few visits out of thousands.
        Index("ix_events_what_at", "what", "at", "visit", "customer_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    what: Mapped[str]
    at: Mapped[datetime]
    visit: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    by: Mapped[str] = mapped_column(default="")
    amount: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(default="")
    rating: Mapped[int | None]
    counts: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    message_id: Mapped[int | None]
    stop_id: Mapped[int | None]
    purpose: Mapped[str] = mapped_column(default="")
    import_id: Mapped[int | None] = mapped_column(index=True)
    recorded_at: Mapped[datetime]


class ContactRow(Table):
    """When a customer was last heard from and written to, and how they stand. Worked out from the events."""

    __tablename__ = "contacts"
    derived = True
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True)
    last_out_at: Mapped[datetime | None] = mapped_column(index=True)
    last_in_at: Mapped[datetime | None]
    last_counted_at: Mapped[datetime | None]
    last_visit_at: Mapped[datetime | None]
    standing: Mapped[str] = mapped_column(default="no_history", index=True)
    risk: Mapped[int] = mapped_column(default=0)
    reasons: Mapped[str] = mapped_column(default="")
