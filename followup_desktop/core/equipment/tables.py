"""Rows of equipment and agreements."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table, new_uuid


class EquipmentRow(Table):
    """Something a customer owns: a pump, a heater, a salt cell."""

    __tablename__ = "equipment"
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    what: Mapped[str]
    fitted_on: Mapped[date | None]
    warranty_until: Mapped[date | None]
    service_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]


class AgreementRow(Table):
    """Something agreed with a customer that renews or runs out."""

    __tablename__ = "agreements"
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    what: Mapped[str]
    renews_on: Mapped[date | None]
    price: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    per: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
