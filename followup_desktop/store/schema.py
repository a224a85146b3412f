"""The declarative base every table hangs from, and the column types that read the same on every database."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment on every database."""

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """Say what it holds; without it, undo would put text back where a moment was."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuse naive times, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Give back an aware moment."""
        return None if value is None else value.replace(tzinfo=UTC)


def new_uuid() -> str:
    """Return a fresh random UUID (RFC 9562, version 4) as text."""
    return str(uuid.uuid4())


class Table(DeclarativeBase):
    """A table.

    `customer_column` says whose record a row is. `derived` rows are brought in line by the program itself
    after every command; undo restores what the owner decided and lets the program work out the rest.
    """

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Moment, dict[str, Any]: JSON, list[Any]: JSON}
    customer_column: ClassVar[str | None] = "customer_id"
    derived: ClassVar[bool] = False
    outlives_undo: ClassVar[bool] = False
