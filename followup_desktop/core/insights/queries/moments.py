"""Moments in a statement: one moved by a fixed time, and the month it falls in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from followup_desktop.core.insights.rules.months import Span
from followup_desktop.store.schema import Moment


class Later(FunctionElement[datetime]):
    """A moment a fixed time after another one. Databases write this each in their own way."""

    inherit_cache = True
    type = Moment()

    def __init__(self, moment: Any, by: timedelta) -> None:
        super().__init__(moment, literal(f"{by.total_seconds():.0f} seconds"))


@compiles(Later)
def _as_interval(element: Later, compiler: SQLCompiler, **kw: Any) -> str:
    moment, by = (compiler.process(one, **kw) for one in element.clauses)
    return f"({moment} + CAST({by} AS INTERVAL))"


@compiles(Later, "sqlite")
def _as_text(element: Later, compiler: SQLCompiler, **kw: Any) -> str:
    # SQLAlchemy keeps moments as text with six digits after the second; SQLite's own are three.
    moment, by = (compiler.process(one, **kw) for one in element.clauses)
    return f"strftime('%Y-%m-%d %H:%M:%f000', {moment}, {by})"


def month_number(column: Any, spans: Sequence[Span]) -> Any:
    """Return which of `spans` (oldest first, without gaps) a moment falls in, as a number from 0."""
    return case(*((column < span.end, number) for number, span in enumerate(spans)))


def within(column: Any, spans: Sequence[Span]) -> Any:
    """Return whether a moment falls in any of `spans`."""
    return and_(column >= spans[0].start, column < spans[-1].end)
