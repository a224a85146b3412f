"""What a question asks of the database, caught once and asked again without anything around it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from followup_desktop.store.store import Store

Statement = tuple[str, Sequence[Any]]


def statements_of(store: Store, question: Callable[[Session], object]) -> list[Statement]:
    """Ask something and return the statements that were sent, with their values."""
    caught: list[Statement] = []

    def catch(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        caught.append((statement, values))

    event.listen(Engine, "before_cursor_execute", catch)
    try:
        with store.read() as session:
            question(session)
    finally:
        event.remove(Engine, "before_cursor_execute", catch)
    return [one for one in caught if one[0].startswith(("SELECT", "WITH"))]


def reader(path: Path) -> sqlite3.Connection:
    """Open a store for reading with nothing in between; one transaction stays open, so that nothing is locked anew."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.execute("BEGIN")
    return connection


def asked_again(connection: sqlite3.Connection, statements: Sequence[Statement]) -> Callable[[], int]:
    """Return something that sends statements once more, and says how many rows came back."""

    def ask() -> int:
        return sum(len(connection.execute(sql, values).fetchall()) for sql, values in statements)

    return ask
