"""All that is kept about one person (G5): read out whole, or erased so that nothing of it stays in the file.

Whose a row is, is what its foreign keys say: what goes with a customer (ON DELETE CASCADE) is theirs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, MetaData, delete, func, or_, select, text, update
from sqlalchemy import Table as CoreTable
from sqlalchemy.orm import Session

from followup_desktop.store.search import INDEXES
from followup_desktop.store.steps import StepRow

Theirs = Mapping[CoreTable, ColumnElement[bool]]
"""The tables in which something of a person is kept, and which of their rows it is."""


def theirs(customer: int) -> Theirs:
    """Return where something of a customer is kept, parents before what hangs on them."""
    people = _tables().tables["customers"]
    found: dict[CoreTable, ColumnElement[bool]] = {people: people.c.id == customer}
    for table in _tables().sorted_tables:
        parts = [
            key.parent.in_(select(key.column).where(found[key.column.table]))
            for key in table.foreign_keys
            if key.ondelete == "CASCADE" and key.column.table in found
        ]
        if parts:
            found[table] = or_(*parts)
    return found


def counted(session: Session, customer: int) -> dict[str, int]:
    """Return how many rows of a customer each table has, without those that have none."""
    sizes = {
        table.name: session.scalar(select(func.count()).select_from(table).where(rows)) or 0
        for table, rows in theirs(customer).items()
    }
    return {name: size for name, size in sizes.items() if size}


def records_of(session: Session, customer: int) -> Iterator[tuple[CoreTable, list[dict[str, Any]]]]:
    """Yield the tables with rows of a customer, and those rows."""
    for table, where in theirs(customer).items():
        rows = [dict(row) for row in session.execute(select(table).where(where)).mappings()]
        if rows:
            yield table, rows


def erase(session: Session, customer: int, words: Sequence[str]) -> None:
    """Delete a customer and all that is theirs, and what undo keeps of them.

    Steps in which one of the `words` stands (their name, their addresses) go too: they cannot be taken back any more.
    """
    where = theirs(customer)
    keys = {
        (table.name, json.dumps(list(row)))
        for table, rows in where.items()
        for row in session.execute(select(*table.primary_key.columns).where(rows))
    }
    _let_go(session, where)
    people = _tables().tables["customers"]
    session.connection().execute(delete(people).where(people.c.id == customer))
    _forget_steps(session, keys, words)
    if session.get_bind().dialect.name == "sqlite":
        for index in INDEXES:  # what was deleted stays readable in an index until its parts are put together
            session.connection().execute(text(f"INSERT INTO {index}({index}) VALUES ('optimize')"))


def _forget_steps(session: Session, keys: set[tuple[str, str]], words: Sequence[str]) -> None:
    """Let undo keep nothing of a customer. Imports keep their own images, by which they are taken back."""
    gone = []
    for step in session.scalars(select(StepRow)):
        images = [image for image in step.images if step.import_id is None or image["table"] != "imports"]
        if _concerns(step.says, images, keys, words):
            gone.append(step.id)
        elif len(images) < len(step.images):
            session.connection().execute(update(StepRow).where(StepRow.id == step.id).values(images=images))
    session.connection().execute(delete(StepRow).where(StepRow.id.in_(gone)))


def says(value: object, words: Sequence[str]) -> bool:
    """Whether one of the words stands somewhere in a value."""
    said = json.dumps(value, ensure_ascii=False, default=str).casefold()
    return any(word.casefold() in said for word in words if word.strip())


def _concerns(told: str, images: Sequence[dict[str, Any]], keys: set[tuple[str, str]], words: Sequence[str]) -> bool:
    touched = {(image["table"], json.dumps(list(image["pk"].values()))) for image in images}
    return not keys.isdisjoint(touched) or says([told, images], words)


def _let_go(session: Session, where: Theirs) -> None:
    """Let rows of others forget those that are about to go."""
    for table in _tables().sorted_tables:
        for key in table.foreign_keys:
            if key.ondelete is None and key.column.table in where:
                pointing = key.parent.in_(select(key.column).where(where[key.column.table]))
                others = update(table).where(pointing, *([~where[table]] if table in where else []))
                session.connection().execute(others.values({key.parent.name: None}))


def _tables() -> MetaData:
    # Knows every table, whichever part of the program it belongs to: loaded only where a person is asked for.
    from followup_desktop.store.migrations.everything import METADATA

    return METADATA
