"""Rows of imports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table, new_uuid


class ImportRow(Table):
    """One import: what it brought, and the before-images of what it changed."""

    __tablename__ = "imports"
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    at: Mapped[datetime]
    file_name: Mapped[str]
    format: Mapped[str]
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    problems: Mapped[list[Any]]
    changed_images: Mapped[list[Any]]
    undone: Mapped[bool] = mapped_column(default=False)


class ColumnChoiceRow(Table):
    """Where the owner said the columns of a file with this header go."""

    __tablename__ = "column_choices"
    customer_column = None
    header: Mapped[str] = mapped_column(primary_key=True)
    mapping: Mapped[dict[str, Any]]
