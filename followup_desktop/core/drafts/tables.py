"""The owner's templates, what they changed in drafts, the facts they told, and what they enclose."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from followup_desktop.store.schema import Table, new_uuid


class DraftRow(Table):
    """A draft as the owner left it; it survives a restart."""

    __tablename__ = "drafts"
    customer_column = None
    derived = True
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"), primary_key=True)
    subject: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]


class TemplateRow(Table):
    """One of the owner's versions of a template. Without a text, the shipped one counts again from then on."""

    __tablename__ = "template_versions"
    __table_args__ = (UniqueConstraint("key", "channel", "language", "segment", "version"),)
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    channel: Mapped[str]
    language: Mapped[str]
    segment: Mapped[str] = mapped_column(default="")
    version: Mapped[int]
    at: Mapped[datetime]
    text: Mapped[str | None]


class ToldFactRow(Table):
    """A fact the owner told for one message, because nothing knew it."""

    __tablename__ = "told_facts"
    customer_column = None
    derived = True
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    at: Mapped[datetime]


class PhraseChangeRow(Table):
    """Words of a template that the owner replaced in a message that was sent."""

    __tablename__ = "phrase_changes"
    __table_args__ = (Index("ix_phrase_changes_place", "key", "channel", "language", "segment"),)
    derived = True
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    follow_up_id: Mapped[int]
    key: Mapped[str]
    channel: Mapped[str]
    language: Mapped[str]
    segment: Mapped[str] = mapped_column(default="")
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]


class PhraseRefusalRow(Table):
    """A change to a template that was proposed and that the owner does not want, for good."""

    __tablename__ = "phrase_refusals"
    __table_args__ = (Index("ix_phrase_refusals_place", "key", "channel", "language", "segment"),)
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    channel: Mapped[str]
    language: Mapped[str]
    segment: Mapped[str] = mapped_column(default="")
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]


class EnclosureRow(Table):
    """A file kept for enclosing; its bytes lie in the data folder under their hash."""

    __tablename__ = "enclosures"
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), default=new_uuid, unique=True)
    name: Mapped[str]
    file_name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    kept: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    at: Mapped[datetime]


class TemplateEnclosureRow(Table):
    """What goes with every mail of a template."""

    __tablename__ = "template_enclosures"
    customer_column = None
    key: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    enclosure_id: Mapped[int] = mapped_column(ForeignKey("enclosures.id", ondelete="CASCADE"), primary_key=True)


class DraftEnclosureRow(Table):
    """What the owner added to one draft, or took out of it."""

    __tablename__ = "draft_enclosures"
    customer_column = None
    derived = True
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"), primary_key=True)
    enclosure_id: Mapped[int] = mapped_column(ForeignKey("enclosures.id", ondelete="CASCADE"), primary_key=True)
    enclosed: Mapped[bool]
