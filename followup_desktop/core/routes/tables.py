"""Rows of routes and stops."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table, new_uuid


class RouteRow(Table):
    """A route: a weekday (0 is Monday) and who drives it."""

    __tablename__ = "routes"
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    name: Mapped[str]
    weekday: Mapped[int]
    technician: Mapped[str] = mapped_column(default="")
    import_id: Mapped[int | None] = mapped_column(index=True)


class StopRow(Table):
    """A customer's place on a route, every `every_weeks` weeks counted from `from_day`."""

    __tablename__ = "stops"
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    route_id: Mapped[int] = mapped_column(ForeignKey("routes.id", ondelete="CASCADE"), index=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    every_weeks: Mapped[int] = mapped_column(default=1)
    from_day: Mapped[date | None]
    import_id: Mapped[int | None] = mapped_column(index=True)
