"""Segment rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table, new_uuid


class SegmentRow(Table):
    """A saved filter; `conditions` are kept as the command line shows them."""

    __tablename__ = "segments"
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    name: Mapped[str]
    conditions: Mapped[list[Any]]
    created_at: Mapped[datetime]
