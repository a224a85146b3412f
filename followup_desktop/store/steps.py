"""Undo: before-images of one command, taken from the unit of work itself."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Index, LargeBinary, delete, insert, inspect, select, text, update
from sqlalchemy import Table as CoreTable
from sqlalchemy.orm import Mapped, Session, mapped_column

from followup_desktop.base.errors import Stale
from followup_desktop.store.schema import Table


class StepRow(Table):
    """One undoable command."""

    __tablename__ = "steps"
    __table_args__ = (Index("ix_steps_open", "undone", "spent", "id"), Index("ix_steps_message_id", "message_id"))
    customer_column = None
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    op: Mapped[str]
    says: Mapped[str]
    undone: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    spent: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    import_id: Mapped[int | None]
    message_id: Mapped[int | None]
    images: Mapped[list[Any]]


@dataclass
class Recorder:
    """Collects what a session changes."""

    images: list[dict[str, Any]] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    customers: set[int] = field(default_factory=set)
    in_line: set[int] = field(default_factory=set)
    """Customers among them for whom nothing is left to be worked out anew."""
    _pending_new: list[Table] = field(default_factory=list)

    def before_flush(self, session: Session, *_: object) -> None:
        """Take before-images while the old values are still known."""
        for row in session.dirty:
            if isinstance(row, Table) and session.is_modified(row):
                self._note_update(row)
        for row in session.deleted:
            if isinstance(row, Table):
                self._note(row, "delete", _values(row), {})
        self._pending_new += [r for r in session.new if isinstance(r, Table) and not isinstance(r, StepRow)]

    def after_flush_postexec(self, *_: object) -> None:
        """Note insertions, which have their key only now."""
        for row in self._pending_new:
            self._note(row, "insert", {}, _values(row))
        self._pending_new.clear()

    def touch(self, kind: str, *customers: int) -> None:
        """Note rows written in bulk, which leave no before-image."""
        self.kinds.add(kind)
        self.customers.update(customers)

    def _note_update(self, row: Table) -> None:
        state = inspect(row)
        changed = [a for a in state.mapper.column_attrs if state.attrs[a.key].history.has_changes()]
        old = {a.key: _before(state.attrs[a.key].history) for a in changed}
        self._note(row, "update", old, {key: getattr(row, key) for key in old})

    def _note(self, row: Table, how: str, old: dict[str, Any], new: dict[str, Any]) -> None:
        name = row.__tablename__
        self.kinds.add(name)
        owner = getattr(row, row.customer_column or "", None)
        if owner is not None:
            self.customers.add(owner)
        pk = {c.name: getattr(row, c.name) for c in inspect(type(row)).primary_key}
        self.images.append({"table": name, "how": how, "pk": pk, "old": _plain(old), "new": _plain(new)})


def _before(history: Any) -> Any:
    """Return what an attribute held; without it a change could not be taken back."""
    if not history.deleted:
        raise RuntimeError("the value before a change is not known")
    return history.deleted[0]


def newest(session: Session, now: datetime) -> StepRow | None:
    """Return the newest step that can still be taken back: not undone, not spent, at most 30 days old."""
    query = select(StepRow).where(~StepRow.undone, ~StepRow.spent).order_by(StepRow.id.desc()).limit(1)
    row = session.scalars(query).first()
    return row if row is not None and (now - row.at).days < UNDO_DAYS else None


UNDO_DAYS = 30


def revert(session: Session, step: StepRow, apart: Collection[tuple[str, int]] = ()) -> set[int]:
    """Take one step back and return the customers it touched; rows `apart` (table and key) are left to the caller.

    Raises Stale when a record of the owner's was changed since; the caller's transaction then leaves everything
    as it is. Derived rows are put back without that check: they are worked out again afterwards.
    """
    customers: set[int] = set()
    for image in reversed(step.images):
        if (image["table"], image["pk"].get("id")) not in apart:
            customers |= _revert_image(session, image)
    session.execute(update(StepRow).where(StepRow.id == step.id).values(undone=True))
    return customers


def touched_since(session: Session, step: int) -> set[int]:
    """Return the customers of whom a later command, not taken back, changed a record the owner decides."""
    found: set[int] = set()
    for later in session.scalars(select(StepRow).where(StepRow.id > step, ~StepRow.undone)):
        found.update(owner for image in later.images for owner in _touched(session, image))
    return found


def _touched(session: Session, image: dict[str, Any]) -> set[int]:
    mapped, table = _mapped()[image["table"]], Table.metadata.tables[image["table"]]
    if mapped.derived or mapped.customer_column is None:
        return set()
    where = [table.c[k] == v for k, v in image["pk"].items()]
    return _owner(mapped, image, session.execute(select(table).where(*where)).mappings().first())


def _revert_image(session: Session, image: dict[str, Any]) -> set[int]:
    table = Table.metadata.tables[image["table"]]
    mapped = _mapped()[image["table"]]
    where = [table.c[k] == v for k, v in image["pk"].items()]
    now = session.execute(select(table).where(*where)).mappings().first()
    owner = _owner(mapped, image, now)
    if image["how"] == "delete":
        session.execute(insert(table).values(**typed(table, image["old"])))
    elif now is None:
        if not mapped.derived:
            raise _stale()
    elif not mapped.derived and any(_plain({k: now[k]})[k] != v for k, v in image["new"].items()):
        raise _stale()
    elif image["how"] == "insert":
        session.execute(delete(table).where(*where))
    else:
        session.execute(update(table).where(*where).values(**typed(table, image["old"])))
    return owner


def _owner(mapped: type[Table], image: dict[str, Any], now: Any) -> set[int]:
    column = mapped.customer_column
    if column is None:
        return set()
    value = image["old"].get(column) or image["new"].get(column) or (now[column] if now is not None else None)
    return {value} if value is not None else set()


def _stale() -> Stale:
    return Stale("This was changed since and cannot be taken back.", "Nothing was changed.", "Change it by hand.")


def _mapped() -> dict[str, type[Table]]:
    return {m.class_.__tablename__: m.class_ for m in Table.registry.mappers}


def _values(row: Table) -> dict[str, Any]:
    return {c.key: getattr(row, c.key) for c in inspect(type(row)).columns}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(values, default=_as_text))  # type: ignore[no-any-return]


def _as_text(value: Any) -> str:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value.isoformat())


def typed(table: CoreTable, values: dict[str, Any]) -> dict[str, Any]:
    """Turn values read from JSON back into what the columns of `table` hold."""
    return {k: _typed(table, k, v) for k, v in values.items()}


def _typed(table: Any, key: str, value: Any) -> Any:
    if value is None:
        return None
    column = table.c[key].type
    if isinstance(column, LargeBinary):
        return base64.b64decode(value)
    kind = column.python_type
    return kind.fromisoformat(value) if kind in (datetime, date, time) else value
