"""Keeping how customers stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from followup_desktop.core.cases.tables import CaseRow
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.history.model import FROM_THEM, FROM_US, Happening
from followup_desktop.core.history.records import chunks
from followup_desktop.core.history.tables import ContactRow, EventRow
from followup_desktop.core.promises.tables import PromiseRow
from followup_desktop.core.risk.model import Risk
from followup_desktop.core.risk.rules import Signs, judge
from followup_desktop.store.store import Work

LOOK_BACK = timedelta(days=400)


def refresh(work: Work, customers: Collection[int], zone: str) -> None:
    """Judge anew how each of `customers` stands. Safe to repeat."""
    for ids in chunks(customers):
        kept = {r.customer_id: r for r in work.session.execute(_KEPT.where(ContactRow.customer_id.in_(ids)))}
        for key, signs in _signs(work, ids).items():
            _write(work, key, kept.get(key), judge(signs, work.now, zone))


def _write(work: Work, key: int, kept: Any, risk: Risk) -> None:
    values = {"standing": str(risk.standing), "risk": risk.points, "reasons": "\n".join(risk.reasons)}
    connection = work.session.connection()
    if kept is None:
        if risk.points:
            connection.execute(insert(ContactRow).values(customer_id=key, **values))
            work.recorder.touch("contacts")
    elif (kept.standing, kept.risk, kept.reasons) != tuple(values.values()):
        connection.execute(update(ContactRow).where(ContactRow.customer_id == key).values(**values))
        work.recorder.touch("contacts")


_KEPT = select(ContactRow.customer_id, ContactRow.standing, ContactRow.risk, ContactRow.reasons)


def _signs(work: Work, ids: list[int]) -> dict[int, Signs]:
    events = _events(work, ids)
    open_cases = _counted(
        work, select(CaseRow.customer_id).where(CaseRow.state == "open", CaseRow.customer_id.in_(ids))
    )
    late = _counted(
        work,
        select(PromiseRow.customer_id).where(
            PromiseRow.state == "open", PromiseRow.due < work.now, PromiseRow.customer_id.in_(ids)
        ),
    )
    made = work.session.execute(select(CustomerRow.id, CustomerRow.created_at).where(CustomerRow.id.in_(ids)))
    return {key: _of(events[key], open_cases.get(key, 0), late.get(key, 0), at) for key, at in made}


def _of(events: list[Any], open_cases: int, late: int, since: datetime) -> Signs:
    real = FROM_US | FROM_THEM
    heard = [e.at for e in events if e.what in FROM_THEM]
    written = [e.at for e in events if e.what == Happening.MESSAGE_OUT and e.counts]  # thanks ask for no answer
    unanswered = written[-1] if written and not any(at > written[-1] for at in heard) else None
    return Signs(
        contacts=tuple(e.at for e in events if e.what in real),
        ratings=tuple((e.at, e.rating) for e in events if e.what == Happening.RATING and e.rating is not None),
        open_cases=open_cases,
        late_promises=late,
        unanswered=unanswered,
        events=len(events),
        since=max(since, events[0].at) if events else since,
    )


def _events(work: Work, ids: list[int]) -> dict[int, list[Any]]:
    query = (
        select(EventRow.customer_id, EventRow.what, EventRow.at, EventRow.rating, EventRow.counts)
        .where(EventRow.customer_id.in_(ids), EventRow.at >= work.now - LOOK_BACK)
        .order_by(EventRow.at, EventRow.id)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in work.session.execute(query):
        found[row.customer_id].append(row)
    return found


def _counted(work: Work, query: Any) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for (key,) in work.session.execute(query):
        found[key] += 1
    return found
