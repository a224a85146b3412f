"""Case rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table, new_uuid


class CaseRow(Table):
    """Something that went wrong, until it is solved."""

    __tablename__ = "cases"
    __table_args__ = (Index("ix_cases_state_customer_id", "state", "customer_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    what: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    opened_at: Mapped[datetime]
    put_right_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    after: Mapped[str] = mapped_column(default="")
