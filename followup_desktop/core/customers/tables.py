"""Customer rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table, new_uuid


class HouseholdRow(Table):
    """Customers who share a roof; a customer alone has none."""

    __tablename__ = "households"
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    name: Mapped[str]
    import_id: Mapped[int | None] = mapped_column(index=True)


_LINE = ("uuid", "name", "company", "household_id", "email", "phone", "stage")


class CustomerRow(Table):
    """A customer. `name` and `sort_name` are kept from the parts, for lists and paging by key."""

    __tablename__ = "customers"
    __table_args__ = (
        # Holds all that a line of the list shows: the next page is read from it alone, without a look at the table.
        Index("ix_customers_list", "sort_name", "id", *_LINE),
    )
    customer_column = "id"
    id: Mapped[int] = mapped_column(primary_key=True)
    # The sentinel tells which key is whose when an import adds a thousand customers in one statement.
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True, insert_sentinel=True)
    name: Mapped[str]
    sort_name: Mapped[str]
    given_name: Mapped[str] = mapped_column(default="")
    family_name: Mapped[str] = mapped_column(default="")
    company: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="", index=True)
    phone: Mapped[str] = mapped_column(default="", index=True)
    street: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default="")
    stage: Mapped[str] = mapped_column(default="new", index=True)
    channel: Mapped[str] = mapped_column(default="")
    best_time: Mapped[str] = mapped_column(default="", server_default="")
    notes: Mapped[str] = mapped_column(default="")
    access_note: Mapped[str] = mapped_column(default="")
    since: Mapped[date | None]
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), index=True)
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("operators.id", ondelete="SET NULL"), index=True)
    source: Mapped[str] = mapped_column(default="")
    source_key: Mapped[str] = mapped_column(default="")
    import_id: Mapped[int | None] = mapped_column(index=True)
    extra: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]


class AddressRow(Table):
    """A second or further email address or phone number of a customer."""

    __tablename__ = "customer_addresses"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    value: Mapped[str] = mapped_column(index=True)
    label: Mapped[str] = mapped_column(default="")


class ErasureRow(Table):
    """The proof that somebody was erased: when, and how much of each kind. Nothing in it says who it was."""

    __tablename__ = "erasures"
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    customer_number: Mapped[int]
    records: Mapped[dict[str, Any]]
    stopped: Mapped[int]
