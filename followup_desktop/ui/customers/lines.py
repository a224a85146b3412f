"""The rows of the customer list, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from followup_desktop.base.wording import count_words, exact_words, sentence, short_day_words
from followup_desktop.base.zones import local_day
from followup_desktop.core.customers.model import CustomerLine, Stage
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.queue.queries import customers as lists
from followup_desktop.core.queue.queries.customers import PAGE, Filter
from followup_desktop.core.routes import queries as routes
from followup_desktop.ui.widgets.table import Column

NOTHING = "–"

STAGES: tuple[tuple[str, str], ...] = tuple((str(stage), stage.capitalize()) for stage in Stage)
"""Stages and what they are called."""

STANDINGS = {
    "at_risk": ("At risk", "danger"),
    "watch": ("Watch", "warning"),
    "good": ("Good", "good"),
    "no_history": ("No history", "neutral"),
}
"""Standings, what they are called, and their colour."""


@dataclass(frozen=True, slots=True)
class Row:
    """One customer as the list shows one."""

    id: int
    name: str
    company: str
    route: str
    stage: str
    standing: str
    tone: str
    last: str
    last_tip: str
    next: str
    next_tone: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list, and what stands around it. `fit` counts who fits, `all` who there is at all."""

    rows: tuple[Row, ...]
    fit: int
    active: int
    at_risk: int
    all: int
    routes: tuple[tuple[str, str], ...]


def first_page(
    session: Session, now: datetime, narrowed: Filter, at_least: int = PAGE, until: int | None = None
) -> Listed:
    """Return the first rows: `at_least` so many, and down to the customer `until` where that is given."""
    if until is not None:
        at_least = max(at_least, lists.position(session, until) + PAGE // 2)
    active, at_risk = lists.standing_counts(session)
    return Listed(
        tuple(rows(session, now, narrowed, limit=at_least)),
        lists.count(session, narrowed),
        active,
        at_risk,
        lists.count(session, Filter()),
        tuple((str(route.id), route.name) for route in routes.routes(session)),
    )


def rows(
    session: Session, now: datetime, narrowed: Filter, *, last: int | None = None, offset: int = 0, limit: int = PAGE
) -> list[Row]:
    """Return rows of the list after the customer `last` (by name) or from an offset (by risk)."""
    zone = operators.business(session).zone
    after = lists.key_of(session, last) if last is not None and narrowed.order == "name" else None
    return [row_of(line, now, zone) for line in lists.page(session, now, zone, narrowed, after, limit, offset)]


def row_of(line: CustomerLine, now: datetime, zone: str) -> Row:
    """Return a line of the list in words."""
    standing, tone = STANDINGS.get(line.standing, (line.standing, "neutral"))
    if line.stage == Stage.FORMER:
        standing = tone = ""
    coming, next_tone = _next(line, now, zone)
    return Row(
        int(line.id),
        line.name,
        line.company if line.company != line.name else "",
        line.route or NOTHING,
        line.stage.capitalize(),
        standing,
        tone,
        _days(line.last_contact_days),
        exact_words(datetime.fromisoformat(line.last_contact), zone) if line.last_contact else "",
        coming,
        next_tone,
    )


def _days(days: int | None) -> str:
    if days is None:
        return NOTHING
    return "today" if days <= 0 else count_words(days, "day", "days")


def _next(line: CustomerLine, now: datetime, zone: str) -> tuple[str, str]:
    if line.next_due is None:
        return NOTHING, "muted"
    due, today = datetime.fromisoformat(line.next_due), local_day(now, zone)
    if line.next_source == "promise" and due < now:
        return f"{sentence(line.next)}, late", "danger"
    return f"{sentence(line.next)}, {short_day_words(max(local_day(due, zone), today), today)}", "muted"


def _name(row: Row) -> str:
    return row.name


def _company(row: Row) -> str:
    return f"{row.name} · {row.company}" if row.company else row.name


def _route(row: Row) -> str:
    return row.route


def _stage(row: Row) -> str:
    return row.stage


def _standing(row: Row) -> str:
    return row.standing


def _tone(row: Row) -> str:
    return row.tone


def _last(row: Row) -> str:
    return row.last


def _last_tip(row: Row) -> str:
    return row.last_tip


def _coming(row: Row) -> str:
    return row.next


def _coming_tone(row: Row) -> str:
    return row.next_tone


COLUMNS: tuple[Column[Row], ...] = (
    Column("name", "Name", _name, "strong", 142, stretch=True, sort="name", tip=_company),
    Column("route", "Route", _route, width=81, optional=True),
    Column("stage", "Stage", _stage, width=92, optional=True),
    Column("standing", "Standing", _standing, "tag", 104, sort="risk", tone=_tone),
    Column("last", "Last contact", _last, width=102, tip=_last_tip),
    Column("next", "Next", _coming, "muted", 180, optional=True, tone=_coming_tone, tip=_coming),
)


def identity(row: Row) -> int:
    """Return what tells rows apart."""
    return row.id
