"""Promise rows."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table, new_uuid


class PromiseRow(Table):
    """A promise, with the wall time and zone it was made in."""

    __tablename__ = "promises"
    __table_args__ = (Index("ix_promises_state_remind_at", "state", "remind_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    what: Mapped[str]
    line: Mapped[str] = mapped_column(default="")
    due_date: Mapped[date]
    due_time: Mapped[time | None]
    zone: Mapped[str]
    due: Mapped[datetime]
    remind_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open")
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    moved_from: Mapped[date | None]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"), index=True)


class OfferRow(Table):
    """A sentence the owner wrote that promises something, and what became of it."""

    __tablename__ = "promise_offers"
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    sentence: Mapped[str]
    what: Mapped[str]
    due_date: Mapped[date | None]
    due_time: Mapped[time | None]
    zone: Mapped[str]
    said_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open", index=True)
    promise_id: Mapped[int | None] = mapped_column(ForeignKey("promises.id", ondelete="SET NULL"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"), index=True)


class ReminderRow(Table):
    """When a reminder was shown; kept apart so that showing one never stands in the way of undo."""

    __tablename__ = "reminders"
    customer_column = None
    derived = True
    promise_id: Mapped[int] = mapped_column(ForeignKey("promises.id", ondelete="CASCADE"), primary_key=True)
    remind_at: Mapped[datetime]
    shown_at: Mapped[datetime]
