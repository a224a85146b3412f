"""What fell due while the owner was away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from followup_desktop.base.zones import day_bounds, local_day
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.journeys.model import NEVER_LAPSE, FollowUpSource, Outcome
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.queue.model import Back, BackItem, BackKind
from followup_desktop.core.queue.rules.absence import (
    CAME,
    RETURNED,
    SEEN,
    Uses,
    away_since,
    came_at,
    days_away,
    days_off,
)
from followup_desktop.store.steps import StepRow

LONGEST = timedelta(days=60)
"""What fell due longer ago than this is not asked about any more."""


def back(session: Session, now: datetime) -> Back | None:
    """Return what fell due while the owner was away and is not decided yet; None where they were not away."""
    kept = operators.settings(session)
    zone = operators.business_from(kept).zone
    off = days_off(kept)
    uses = _uses(session, kept, now, zone)
    since = away_since(uses, off, now, zone)
    if since is None:
        return None
    came = came_at(uses, since, now, zone)
    # What came up since they are back is no matter of the days off.
    items = [_item(row, now) for row in session.execute(_fell_due(max(since, now - LONGEST), came or now))]
    return Back(since, came, days_away(since, now, zone), off, tuple(sorted(items, key=_order)))


def _uses(session: Session, kept: Mapping[str, Any], now: datetime, zone: str) -> Uses:
    """Return when something was done, or Today looked at, and what was kept of coming back.

    What seems to come yet was written by a clock that was wrong, and is no use of the program.
    """
    today = day_bounds(local_day(now, zone), zone)[0]
    earlier = session.execute(select(func.max(StepRow.at)).where(StepRow.at < today)).scalar_one()
    done = select(func.min(StepRow.at), func.max(StepRow.at)).where(StepRow.at >= today, StepRow.at <= now)
    first, latest = session.execute(done).one()
    seen, came = _moment(kept.get(SEEN), now), _moment(kept.get(CAME), now)
    return Uses(
        last=_latest(earlier, latest, seen),
        returned=_moment(kept.get(RETURNED), now) if came is not None else None,
        came=came,
        first=first,
        before=_latest(earlier, seen),
    )


def _latest(*moments: datetime | None) -> datetime | None:
    return max((at for at in moments if at is not None), default=None)


def _moment(text: str | None, now: datetime) -> datetime | None:
    at = datetime.fromisoformat(text) if text else None
    return at if at is not None and at <= now else None


def _fell_due(since: datetime, now: datetime) -> Any:
    undecided = or_(FollowUpRow.later_until.is_(None), FollowUpRow.later_until < since)
    still_open = and_(FollowUpRow.state == "open", FollowUpRow.due > since, FollowUpRow.due <= now)
    closed = and_(FollowUpRow.outcome == Outcome.LAPSED, FollowUpRow.ended_at > since, FollowUpRow.ended_at <= now)
    # What closed since the last command is not marked as lapsed yet.
    about_to = and_(
        FollowUpRow.state == "open",
        FollowUpRow.closes > since,
        FollowUpRow.closes <= now,
        FollowUpRow.source.not_in(NEVER_LAPSE),
    )
    columns = select(
        FollowUpRow.id, FollowUpRow.customer_id, CustomerRow.name, FollowUpRow.source, FollowUpRow.purpose,
        FollowUpRow.due, FollowUpRow.closes, FollowUpRow.outcome, FollowUpRow.why_here,
    ).join(CustomerRow, CustomerRow.id == FollowUpRow.customer_id)  # fmt: skip
    return columns.where(undecided, or_(still_open, closed, about_to))


def _item(row: Any, now: datetime) -> BackItem:
    key, customer, name, source, purpose, due, closes, outcome, why = row
    over = outcome == Outcome.LAPSED or (closes is not None and closes <= now and source not in NEVER_LAPSE)
    promised = BackKind.PROMISED if source == FollowUpSource.PROMISE else BackKind.WOULD_HAVE_GONE
    return BackItem(key, customer, name, BackKind.STALE if over else promised, purpose, due, closes, why)


def _order(item: BackItem) -> tuple[int, datetime, str, int]:
    return list(BackKind).index(item.kind), item.due, item.name.casefold(), item.id
