"""Rows of what customers tell us. The answer itself is an event of the history; here is what belongs to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table, new_uuid


class AnswerRow(Table):
    """By which way an answer came, which question it answers, and what became of it."""

    __tablename__ = "answers"
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    how: Mapped[str] = mapped_column(default="other")
    follow_up_id: Mapped[int | None] = mapped_column(index=True)
    from_address: Mapped[str] = mapped_column(default="")
    rested_at: Mapped[datetime | None]
    dealt_with_at: Mapped[datetime | None]


class ThemeRow(Table):
    """A theme of the owner's, or what the owner made of one that ships."""

    __tablename__ = "themes"
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    words: Mapped[list[Any]]
    removed: Mapped[bool] = mapped_column(default=False)


class ReviewRow(Table):
    """A review from another site. `fingerprint` is what it says and who says it: it is brought in once."""

    __tablename__ = "reviews"
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    site: Mapped[str] = mapped_column(default="")
    author: Mapped[str] = mapped_column(default="")
    written_on: Mapped[date | None]
    rating: Mapped[int | None]
    text: Mapped[str] = mapped_column(default="")
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    brought_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]


class TalkRow(Table):
    """A longer talk proposed for a month."""

    __tablename__ = "talks"
    __table_args__ = (UniqueConstraint("month", "customer_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    month: Mapped[date]
    kind: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="open")
    notes: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[datetime | None]
