"""Case rows, and what belongs to a case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table, new_uuid


class CauseRow(Table):
    """One of the owner's reasons why things go wrong. A hidden one is offered no more; its cases keep it."""

    __tablename__ = "causes"
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    hidden: Mapped[bool] = mapped_column(default=False)


class CaseRow(Table):
    """Something that went wrong, until it is solved."""

    __tablename__ = "cases"
    __table_args__ = (Index("ix_cases_state_customer_id", "state", "customer_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    what: Mapped[str]
    how: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="open")
    opened_at: Mapped[datetime]
    put_right_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    after: Mapped[str] = mapped_column(default="")
    cause_id: Mapped[int | None] = mapped_column(ForeignKey("causes.id", ondelete="SET NULL"), index=True)
    standard: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    prevention: Mapped[str] = mapped_column(default="")
    prevented_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    reopened: Mapped[int] = mapped_column(default=0)


class CaseStepRow(Table):
    """What was noted at one of the five steps of a case."""

    __tablename__ = "case_steps"
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    note: Mapped[str] = mapped_column(default="")
    done_at: Mapped[datetime | None]


class CaseOfferRow(Table):
    """Something offered to make a case right; `cost` is in minor units of `currency`."""

    __tablename__ = "case_offers"
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    cost: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(default="")
    offered_at: Mapped[datetime]
    given_at: Mapped[datetime | None] = mapped_column(index=True)


class CasePromiseRow(Table):
    """A promise made to put a case right."""

    __tablename__ = "case_promises"
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promises.id", ondelete="CASCADE"), primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)


class CaseEventRow(Table):
    """Another word about the same thing: an event that was joined to a case that was open already."""

    __tablename__ = "case_events"
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
