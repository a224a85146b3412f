"""Follow-up rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table, new_uuid


class FollowUpRow(Table):
    """One follow-up for one customer. `key` names what asked for it, so that planning twice changes nothing."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        UniqueConstraint("customer_id", "key"),
        Index("ix_follow_ups_state_opens", "state", "opens"),
        # Every command looks for what has closed meanwhile.
        Index("ix_follow_ups_state_closes", "state", "closes"),
        Index("ix_follow_ups_customer_id_state", "customer_id", "state"),
        Index("ix_follow_ups_ended_at", "ended_at"),
    )
    derived = True
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    key: Mapped[str]
    source: Mapped[str]
    journey: Mapped[str] = mapped_column(default="")
    touchpoint: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str]
    template: Mapped[str] = mapped_column(default="")
    channels: Mapped[list[Any]]
    transactional: Mapped[bool]
    priority: Mapped[int] = mapped_column(default=0)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    promise_id: Mapped[int | None] = mapped_column(ForeignKey("promises.id", ondelete="CASCADE"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id", ondelete="SET NULL"), index=True)
    opens: Mapped[datetime]
    due: Mapped[datetime]
    closes: Mapped[datetime | None]
    later_until: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(default="open")
    outcome: Mapped[str] = mapped_column(default="")
    outcome_why: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"), index=True)
    covered_by: Mapped[int | None]
    invited_id: Mapped[int | None] = mapped_column(ForeignKey("invited.id", ondelete="CASCADE"), index=True)
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("operators.id", ondelete="SET NULL"))
    why_here: Mapped[str] = mapped_column(default="")
    removed_by: Mapped[str] = mapped_column(default="")
    question: Mapped[str] = mapped_column(default="")


class InvitedRow(Table):
    """One customer's place in a campaign. The follow-up is planned from it, as others are from events."""

    __tablename__ = "invited"
    __table_args__ = (UniqueConstraint("campaign_id", "customer_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    campaign_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    opens: Mapped[datetime]
    due: Mapped[datetime]
    closes: Mapped[datetime]
    purpose: Mapped[str]
    template: Mapped[str]
    channels: Mapped[list[Any]]
    about: Mapped[dict[str, Any]]
    why_here: Mapped[str]
    stopped: Mapped[str] = mapped_column(default="")


class PlannedRow(Table):
    """When time alone next asks for something of a customer, beyond what is planned; nothing where it never does."""

    __tablename__ = "planned"
    derived = True
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True)
    again_at: Mapped[datetime | None] = mapped_column(index=True)


class JourneyVersionRow(Table):
    """One of the owner's versions of a journey, as the text of its file; without one, the shipped one counts again."""

    __tablename__ = "journey_versions"
    __table_args__ = (UniqueConstraint("journey", "number"),)
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    journey: Mapped[str]
    number: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(default="")
    text: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")
    basis: Mapped[int] = mapped_column(default=0)


class JourneyChoiceRow(Table):
    """What the owner decided of a journey: on or off, and what need not be proposed again."""

    __tablename__ = "journey_choices"
    customer_column = None
    journey: Mapped[str] = mapped_column(primary_key=True)
    is_on: Mapped[bool | None]
    since: Mapped[datetime | None]
    put_aside: Mapped[datetime | None]
