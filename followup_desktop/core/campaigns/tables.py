"""Campaign rows. Who gets it stands in `invited`; who does not, and why, here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table, new_uuid


class CampaignRow(Table):
    """One topic to one segment. The segment is kept as it was when the campaign began."""

    __tablename__ = "campaigns"
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    topic: Mapped[str]
    words: Mapped[str]
    ask: Mapped[str]
    segment: Mapped[str]
    conditions: Mapped[list[Any]]
    purpose: Mapped[str]
    template: Mapped[str]
    starts: Mapped[date]
    days: Mapped[int]
    open_days: Mapped[int]
    started_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]


class LeftOutRow(Table):
    """A member of the segment who does not get it, and why."""

    __tablename__ = "campaign_left_out"
    __table_args__ = (UniqueConstraint("campaign_id", "customer_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    why: Mapped[str]
