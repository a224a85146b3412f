"""Rows of the business: operators and settings."""

from __future__ import annotations

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table, new_uuid


class OperatorRow(Table):
    """A person who uses the program."""

    __tablename__ = "operators"
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    name: Mapped[str]


class SettingRow(Table):
    """One setting of the store."""

    __tablename__ = "settings"
    customer_column = None
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[object] = mapped_column(JSON)
