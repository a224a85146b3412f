"""What the Promises page asks the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from followup_desktop.base.zones import local_day, resolve
from followup_desktop.core.journeys import queries as journeys
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.promises import queries
from followup_desktop.core.promises.model import Offer, Promise, PromiseState, Source

SETTLED_DAYS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PromisesView:
    """Every open promise and what was settled lately; `now` is UTC, `zone` the business's."""

    now: datetime
    zone: str
    open: tuple[Promise, ...]
    settled: tuple[Promise, ...]
    """The newest first."""
    month: date
    kept: int
    due: int
    """How many promises of that month were kept on time, of how many."""
    offers: tuple[Offer, ...] = ()
    """What was found in mail the owner sent, or in their notes, and is not decided yet."""
    sources: Mapping[tuple[int | None, int | None], Source] = field(default_factory=dict)
    """Where promises and offers come from, by the letter and the event each names."""


def promises_view(session: Session, now: datetime) -> PromisesView:
    """Return the promises with how many were kept on time: last month, or this one where none was due then."""
    zone = operators.business(session).zone
    found = queries.promises(session, settled_since=now - SETTLED_DAYS)
    month, kept, due = _kept(session, now, zone)
    offers = queries.offers(session)
    settled = [promise for promise in found if promise.state is not PromiseState.OPEN]
    return PromisesView(
        now=now,
        zone=zone,
        open=tuple(promise for promise in found if promise.state is PromiseState.OPEN),
        settled=tuple(sorted(settled, key=_settled_at, reverse=True)),
        month=month,
        kept=kept,
        due=due,
        offers=tuple(offers),
        sources=queries.sources(session, [*found, *offers]),
    )


def follow_up_of(session: Session, promise: int, now: datetime) -> int | None:
    """Return the follow-up on Today's list that keeps a promise, or None."""
    return journeys.open_for_promise(session, promise, now)


def _kept(session: Session, now: datetime, zone: str) -> tuple[date, int, int]:
    first = local_day(now, zone).replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    start = resolve(first, _MIDNIGHT, zone)
    kept, due = queries.kept_on_time(session, resolve(before, _MIDNIGHT, zone), start)
    return (before, kept, due) if due else (first, *queries.kept_on_time(session, start, now))


_MIDNIGHT = datetime.min.time()


def _settled_at(promise: Promise) -> tuple[datetime, int]:
    return promise.settled_at or promise.made_at, promise.id
