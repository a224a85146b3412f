"""Alembic's entry: the caller brings the connection and the transaction."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from followup_desktop.store.migrations.everything import METADATA
from followup_desktop.store.schema import Moment

OURS = ("customer_search", "history_search")


def render_item(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Write our own time type as the plain one, so that old migrations never import living code."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


def include_name(name: str | None, kind: str, parents: Any) -> bool:
    """Leave the search tables out of comparisons: they are SQLite's own."""
    return not (kind == "table" and name is not None and name.startswith(OURS))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transaction_per_migration=False,
    render_item=render_item,
    include_name=include_name,
    compare_type=True,
)
context.run_migrations()
