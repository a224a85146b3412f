"""What the owner changed in a draft and has not sent yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table


class DraftRow(Table):
    """A draft as the owner left it; it survives a restart."""

    __tablename__ = "drafts"
    customer_column = None
    derived = True
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"), primary_key=True)
    subject: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
