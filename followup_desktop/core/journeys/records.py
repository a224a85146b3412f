"""Bringing the stored follow-ups in line with the wanted ones, and settling them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from followup_desktop.base.errors import Problem
from followup_desktop.base.zones import Quiet
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.cases.model import CaseState
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.history import queries as history
from followup_desktop.core.history.model import Event
from followup_desktop.core.history.records import chunks
from followup_desktop.core.journeys import queries as follow_ups
from followup_desktop.core.journeys.model import (
    ALWAYS_STOPS,
    NEVER_LAPSE,
    STOP_GROUPS,
    FollowUpId,
    FollowUpSource,
    Invited,
    Journey,
    Outcome,
    Wanted,
)
from followup_desktop.core.journeys.rules.planner import INVITED_STOPS, Known, wanted
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.operators.model import Business
from followup_desktop.core.promises import queries as promises
from followup_desktop.core.promises.model import Promise
from followup_desktop.store.schema import new_uuid
from followup_desktop.store.store import Work

HORIZON = timedelta(days=75)
"""How far back an event can still ask for something; older open follow-ups are kept in line as well."""

_PLANNED = (
    *(FollowUpSource.JOURNEY, FollowUpSource.CASE, FollowUpSource.ANSWER, FollowUpSource.PROMISE),
    FollowUpSource.CAMPAIGN,
)
_OURS = (Outcome.STOPPED, Outcome.LAPSED)
"""Outcomes the planner gives and may take back; the others are the owner's."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What planning goes by: the journeys that are on, and the business."""

    journeys: Sequence[Journey]
    business: Business

    @property
    def quiet(self) -> Quiet:
        """The business's quiet hours."""
        b = self.business
        return Quiet(b.quiet_from, b.quiet_until, b.quiet_sundays)

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind of event that starts, ends or restarts something."""
        found = {j.trigger.happening for j in self.journeys} | INVITED_STOPS | ALWAYS_STOPS
        for journey in self.journeys:
            for t in journey.touchpoints:
                found |= t.stops_on | t.restarts_on
        return frozenset(found).union(*(STOP_GROUPS.get(word, ()) for word in found))


def reconcile(work: Work, customers: Collection[int], plan: Plan) -> None:
    """Make the follow-ups of `customers` what the journeys and promises ask for. Safe to repeat."""
    for ids in chunks(customers):
        _reconcile_chunk(work, ids, plan)


def _reconcile_chunk(work: Work, ids: list[int], plan: Plan) -> None:
    stored = _stored(work, ids)
    known = _known(work, ids, plan, stored)
    asked = {(w.customer, w.key): w for k in known for w in wanted(k, plan.journeys, plan.quiet)}
    _write_new(work, [w for key, w in asked.items() if key not in stored and _worth_writing(w, work.now)])
    for key, row in stored.items():
        _settle(work, row, asked.get(key))


def _stored(work: Work, ids: list[int]) -> dict[tuple[int, str], Any]:
    query = select(FollowUpRow.__table__).where(
        FollowUpRow.customer_id.in_(ids),
        FollowUpRow.source.in_(_PLANNED),
        (FollowUpRow.state == "open") | (FollowUpRow.due >= work.now - HORIZON - timedelta(days=45)),
    )
    return {(row.customer_id, row.key): row for row in work.session.execute(query)}


def _known(work: Work, ids: list[int], plan: Plan, stored: dict[tuple[int, str], Any]) -> list[Known]:
    query = select(CustomerRow.id, CustomerRow.zone).where(CustomerRow.id.in_(ids))
    zones = {key: zone for key, zone in work.session.execute(query)}
    events = _by_customer(_events(work, ids, plan, stored))
    promised: dict[int, list[Promise]] = defaultdict(list)
    for promise in promises.of_customers(work.session, ids):
        promised[promise.customer_id or 0].append(promise)
    opened: dict[int, list[tuple[int, int]]] = defaultdict(list)
    closed: set[int] = set()
    for case in cases.of_customers(work.session, ids):
        if case.event is not None:
            opened[int(case.customer)].append((case.event, int(case.id)))
            closed |= {case.event} if case.state is CaseState.CLOSED else set()
    invited: dict[int, list[Invited]] = defaultdict(list)
    for place in follow_ups.invitations(work.session, ids, work.now - HORIZON):
        invited[place.customer].append(place)
    return [
        Known(
            key,
            zones[key] or plan.business.zone,
            tuple(events[key]),
            tuple(promised[key]),
            tuple(opened[key]),
            frozenset(closed),
            tuple(invited[key]),
        )
        for key in ids
        if key in zones
    ]


def _events(work: Work, ids: list[int], plan: Plan, stored: dict[tuple[int, str], Any]) -> Iterable[Event]:
    since = work.now - HORIZON
    old = {row.event_id for row in stored.values() if row.state == "open" and row.event_id is not None}
    starts = history.events_by_id(work.session, old) if old else []
    oldest = min((e.at for e in starts), default=since)
    recent = history.events_since(work.session, ids, min(since, oldest), plan.kinds)
    return {e.id: e for e in (*starts, *recent)}.values()


def _by_customer(events: Iterable[Event]) -> dict[int, list[Event]]:
    grouped: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        grouped[event.customer].append(event)
    return grouped


def _worth_writing(item: Wanted, now: datetime) -> bool:
    # What is over before it could be seen was never on anyone's list.
    return not item.stopped and (item.closes is None or item.closes > now)


_LINED_UP = ("opens", "due", "closes", "case_id", "why_here", "removed_by", "transactional", "purpose", "template")


def _write_new(work: Work, items: list[Wanted]) -> None:
    if items:
        work.session.connection().execute(insert(FollowUpRow), [_values(w) | {"uuid": new_uuid()} for w in items])
        work.recorder.touch("follow_ups", *(w.customer for w in items))


def _values(item: Wanted) -> dict[str, Any]:
    return {
        "customer_id": item.customer,
        "key": item.key,
        "source": str(item.source),
        "journey": item.journey,
        "touchpoint": item.touchpoint,
        "purpose": str(item.purpose),
        "template": item.template,
        "channels": list(item.channels),
        "transactional": item.transactional,
        "priority": item.priority,
        "event_id": item.event,
        "promise_id": item.promise,
        "case_id": item.case,
        "invited_id": item.invited,
        "opens": item.opens,
        "due": item.due,
        "closes": item.closes,
        "why_here": item.why_here,
        "removed_by": item.removed_by,
        "state": "open",
        "outcome": "",
        "outcome_why": "",
    }


def _settle(work: Work, row: Any, item: Wanted | None) -> None:
    if row.state != "open" and row.outcome not in _OURS:
        return
    change = _change(row, item, work.now)
    if change:
        work.session.connection().execute(update(FollowUpRow).where(FollowUpRow.id == row.id).values(**change))
        work.recorder.touch("follow_ups", row.customer_id)


def _change(row: Any, item: Wanted | None, now: datetime) -> dict[str, Any]:
    if item is None:
        return _end(row, "The journey no longer asks for it.", now)
    if item.stopped:
        return _end(row, item.stopped, now)
    if row.outcome == Outcome.LAPSED:
        return {}
    values = _values(item)
    change = {name: values[name] for name in _LINED_UP if getattr(row, name) != values[name]}
    if row.state != "open":
        change |= {"state": "open", "outcome": "", "outcome_why": "", "ended_at": None}
    return change


def _end(row: Any, why: str, now: datetime) -> dict[str, Any]:
    if row.state != "open":
        return {}
    return {"state": "ended", "outcome": Outcome.STOPPED, "outcome_why": why, "ended_at": now}


def lapse(work: Work) -> None:
    """End what was not done before it closed; promises and cases never lapse."""
    statement = (
        update(FollowUpRow)
        .where(
            FollowUpRow.state == "open",
            FollowUpRow.closes <= work.now,
            FollowUpRow.source.not_in(NEVER_LAPSE),
            (FollowUpRow.later_until.is_(None)) | (FollowUpRow.later_until <= work.now - timedelta(days=1)),
        )
        .values(
            state="ended", outcome=Outcome.LAPSED, outcome_why="Not done before it closed.", ended_at=FollowUpRow.closes
        )
    )
    work.session.connection().execute(statement)


def ad_hoc(work: Work, customer: int, purpose: str, template: str, *, transactional: bool) -> FollowUpId:
    """Put an ad hoc follow-up on today's list: the owner wants to write."""
    row = FollowUpRow(
        customer_id=customer,
        key=f"ad_hoc/{new_uuid()}",
        source=FollowUpSource.AD_HOC,
        purpose=purpose,
        template=template,
        channels=["email", "call", "text"],
        transactional=transactional,
        opens=work.now,
        due=work.now,
        closes=None,
        why_here="You chose to write.",
        removed_by="It leaves when you settle it.",
    )
    return FollowUpId(work.add(row).id)


def open_row(work: Work, key: int) -> FollowUpRow:
    """Return an open follow-up's row; raises Problem when it is gone or settled."""
    row = work.session.get(FollowUpRow, key)
    if row is None:
        raise Problem(f"There is no follow-up {key}.", "Nothing was changed.", "Look the number up in the queue.")
    if row.state != "open":
        raise Problem("This follow-up is settled already.", "Nothing was changed.", "Undo brings it back.")
    return row


def settle(work: Work, key: int, outcome: Outcome, why: str = "", message: int | None = None) -> FollowUpRow:
    """End a follow-up with exactly one outcome."""
    row = open_row(work, key)
    row.state, row.outcome, row.outcome_why, row.ended_at = "ended", outcome, why, work.now
    if message is not None:
        row.message_id = message
    return row


def cover(work: Work, keys: Sequence[int], by: FollowUpRow) -> None:
    """End follow-ups of the same customer as covered by another one's message."""
    for key in keys:
        row = open_row(work, key)
        if row.customer_id != by.customer_id:
            raise Problem("Only what waits for the same customer can be covered.", "Nothing was changed.", "Untick it.")
        row.state, row.outcome, row.ended_at = "ended", Outcome.COVERED, work.now
        row.covered_by, row.message_id = by.id, by.message_id


def reopen_of_message(work: Work, message: int, why: str) -> None:
    """Put back on the list what a message was to settle that never left."""
    for row in work.session.scalars(select(FollowUpRow).where(FollowUpRow.message_id == message)):
        row.state, row.outcome, row.outcome_why, row.ended_at = "open", "", why, None
        row.message_id, row.covered_by = None, None
        row.later_until = work.now  # open for a day more, though it may have closed meanwhile


def put_off(work: Work, key: int, until: datetime) -> FollowUpRow:
    """Show a follow-up again at `until` (UTC); where it would have closed by then, it stays open for a day more."""
    if until <= work.now:
        raise Problem("That day has gone by.", "The follow-up is as it was.", "Choose a later day.")
    row = open_row(work, key)
    row.later_until = until
    return row
