"""Bringing the stored follow-ups in line with the wanted ones, and settling them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from followup_desktop.base.errors import Problem
from followup_desktop.core.cases import records as cases
from followup_desktop.core.cases.model import CHANGED
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.history.records import chunks
from followup_desktop.core.journeys.model import (
    HEARD,
    LATE_PROMISE,
    NEVER_LAPSE,
    FollowUpId,
    FollowUpSource,
    Outcome,
    Wanted,
)
from followup_desktop.core.journeys.queries import gather
from followup_desktop.core.journeys.rules.known import Span
from followup_desktop.core.journeys.rules.plan import AHEAD, HORIZON, Plan
from followup_desktop.core.journeys.rules.planner import SETTLED_WORDS, occurrence_of, wanted
from followup_desktop.core.journeys.tables import FollowUpRow, JourneyChoiceRow, JourneyVersionRow, PlannedRow
from followup_desktop.core.promises.model import PromiseState
from followup_desktop.core.promises.tables import PromiseRow
from followup_desktop.store.schema import new_uuid
from followup_desktop.store.store import Work

_PLANNED = (
    *(FollowUpSource.JOURNEY, FollowUpSource.CASE, FollowUpSource.ANSWER, FollowUpSource.PROMISE),
    FollowUpSource.CAMPAIGN,
)
_OURS = (Outcome.STOPPED, Outcome.LAPSED)
"""Outcomes the planner gives and may take back; the others are the owner's."""


SAYS_SORRY = (Purpose.APOLOGY, Purpose.ANSWER)
"""What is said of a case under these purposes is, or holds, the apology."""


def reconcile(work: Work, customers: Collection[int], plan: Plan) -> None:
    """Make the follow-ups of `customers` what the journeys and promises ask for. Safe to repeat."""
    for ids in chunks(customers):
        _reconcile_chunk(work, ids, plan)


def reconcile_changed(work: Work, customers: Collection[int], plan: Plan, journeys: Collection[str]) -> None:
    """Make the follow-ups of some journeys what they ask for, where only these have changed and nothing has happened.

    `plan` holds those of them that are on, and whatever else asks the same questions. Standing and last contacts stay
    as they are: they do not hang on journeys.
    """
    before = set(work.recorder.customers)
    only = {*journeys, *(journey.key for journey in plan.journeys)}
    for ids in chunks(customers):
        _reconcile_chunk(work, ids, plan, only)
    work.recorder.in_line |= {*customers} - before


def _reconcile_chunk(work: Work, ids: list[int], plan: Plan, only: Collection[str] | None = None) -> None:
    stored = _stored(work, ids, only)
    facts = gather(work.session, ids, plan, work.now, old=_waiting(stored.values()))
    spans = _spans(stored.values(), plan, work.now)
    usual = plan.span(work.now)
    asked = {
        (w.customer, w.key): w
        for known in facts
        for w in wanted(known, plan.journeys, plan.quiet, spans.get(known.customer, usual))
        if only is None or w.journey
    }
    _write_new(work, [w for key, w in asked.items() if key not in stored and _worth_writing(w, usual)])
    for key, row in stored.items():
        _settle(work, row, asked.get(key))
    if only is None:
        _end_late_letters(work, ids)
    again = {known.customer: plan.again_at(known, usual.until) for known in facts}
    _keep_again(work, ids, again, sooner=only is not None)


def _stored(work: Work, ids: list[int], only: Collection[str] | None) -> dict[tuple[int, str], Any]:
    query = select(FollowUpRow.__table__).where(
        FollowUpRow.customer_id.in_(ids),
        FollowUpRow.source.in_(_PLANNED),
        (FollowUpRow.state == "open") | (FollowUpRow.due >= work.now - HORIZON - timedelta(days=45)),
    )
    query = query if only is None else query.where(FollowUpRow.journey.in_(only))
    return {(row.customer_id, row.key): row for row in work.session.execute(query)}


def _waiting(rows: Iterable[Any]) -> set[int]:
    """Return the events that open follow-ups come from."""
    return {row.event_id for row in rows if row.state == "open" and row.event_id is not None}


def _spans(rows: Iterable[Any], plan: Plan, now: datetime) -> dict[int, Span]:
    """Return how far to look for customers with an open follow-up of a moment that came round long ago."""
    usual, found = plan.span(now), dict[int, Span]()
    for row in rows:
        if row.state == "open" and row.event_id is None and row.journey:
            started = row.opens - plan.offsets.get((row.journey, row.touchpoint), timedelta()) - timedelta(days=2)
            before = found.get(row.customer_id, usual)
            if started < before.since:
                found[row.customer_id] = replace(before, since=started)
    return found


def _keep_again(work: Work, ids: list[int], again: Mapping[int, datetime | None], *, sooner: bool) -> None:
    """Keep when time alone next asks for something of each customer; with `sooner`, only where that is sooner."""
    query = select(PlannedRow.customer_id, PlannedRow.again_at).where(PlannedRow.customer_id.in_(ids))
    kept = {key: at for key, at in work.session.execute(query)}
    connection = work.session.connection()
    new = [{"customer_id": key, "again_at": at} for key, at in again.items() if key not in kept]
    if new:
        connection.execute(insert(PlannedRow), new)
    for key, at in again.items():
        before = kept.get(key)
        if key in kept and before != at and not (sooner and (at is None or (before is not None and before <= at))):
            connection.execute(update(PlannedRow).where(PlannedRow.customer_id == key).values(again_at=at))


def _worth_writing(item: Wanted, span: Span) -> bool:
    # What is over before it could be seen was never on anyone's list.
    over = item.closes is not None and item.closes <= span.now
    long_ago = item.started is not None and item.started <= span.since
    return not (item.stopped or over or long_ago)


_LINED_UP = (
    *("opens", "due", "closes", "case_id", "why_here", "removed_by", "transactional", "purpose", "template"),
    *("channels", "priority"),
)


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
        "question": item.question,
        "state": "open",
        "outcome": "",
        "outcome_why": "",
    }


def _settle(work: Work, row: Any, item: Wanted | None) -> None:
    if row.state != "open" and row.outcome not in _OURS:
        return
    if item is None and row.state == "open" and row.event_id is None and row.journey and row.opens > work.now:
        # A moment that will not come after all: it was on nobody's list yet.
        work.session.connection().execute(delete(FollowUpRow).where(FollowUpRow.id == row.id))
        work.recorder.touch("follow_ups", row.customer_id)
        return
    change = _change(row, item, work.now)
    if change:
        work.session.connection().execute(update(FollowUpRow).where(FollowUpRow.id == row.id).values(**change))
        work.recorder.touch("follow_ups", row.customer_id)


def _change(row: Any, item: Wanted | None, now: datetime) -> dict[str, Any]:
    if item is None:
        return _end(row, _no_longer(row), now)
    if item.stopped:
        return _end(row, item.stopped, now)
    if row.outcome == Outcome.LAPSED:
        return {}
    values = _values(item)
    change = {name: values[name] for name in _LINED_UP if getattr(row, name) != values[name]}
    if row.state != "open":
        change |= {"state": "open", "outcome": "", "outcome_why": "", "ended_at": None}
    return change


_GONE = {
    "quiet": "You have been in touch.",
    "agreement": "The agreement was renewed, changed or ended.",
    "warranty": "The warranty was changed or taken away.",
    "service": "The service was done, moved or taken away.",
}


def _no_longer(row: Any) -> str:
    """Say why nothing asks for a follow-up any more."""
    return _GONE.get(occurrence_of(row.key).partition("-")[0], "The journey no longer asks for it.")


def _end(row: Any, why: str, now: datetime) -> dict[str, Any]:
    if row.state != "open":
        return {}
    return {"state": "ended", "outcome": Outcome.STOPPED, "outcome_why": why, "ended_at": now}


def to_look_at(work: Work, limit: int) -> list[int]:
    """Return customers of whom time alone asks something now, or who were never planned for; at most so many."""
    query = (
        select(CustomerRow.id)
        .join(PlannedRow, PlannedRow.customer_id == CustomerRow.id, isouter=True)
        .where(PlannedRow.customer_id.is_(None) | (PlannedRow.again_at <= work.now + AHEAD))
        .order_by(CustomerRow.id)
        .limit(limit)
    )
    return list(work.session.scalars(query))


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


def tell_late(work: Work, customer: int, promise: int, why: str) -> FollowUpId:
    """Put a follow-up on today's list that tells a customer that a promise will be late."""
    key = ad_hoc(work, customer, Purpose.PROMISE, "promise/late", transactional=True)
    row = open_row(work, key)
    row.key, row.why_here = f"{LATE_PROMISE}/{promise}/{row.uuid}", why
    return key


def _end_late_letters(work: Work, customers: list[int]) -> None:
    """End the letters that tell of a promise's new day where it is settled meanwhile: there is nothing to wait for."""
    late = FollowUpRow.source == FollowUpSource.AD_HOC, FollowUpRow.key.startswith(f"{LATE_PROMISE}/")
    query = select(FollowUpRow).where(FollowUpRow.customer_id.in_(customers), FollowUpRow.state == "open", *late)
    for row in work.session.scalars(query):
        promise = work.session.get(PromiseRow, int(row.key.split("/")[1]))
        if promise is None or promise.state != PromiseState.OPEN:
            why = SETTLED_WORDS.get(promise.state if promise else "", "The promise is settled.")
            row.state, row.outcome, row.outcome_why, row.ended_at = "ended", Outcome.STOPPED, why, work.now


def open_row(work: Work, key: int) -> FollowUpRow:
    """Return an open follow-up's row; raises Problem when it is gone or settled."""
    row = work.session.get(FollowUpRow, key)
    if row is None:
        raise Problem(f"There is no follow-up {key}.", "Nothing was changed.", "Look the number up in the queue.")
    if row.state != "open":
        raise Problem("This follow-up is settled already.", "Nothing was changed.", "Undo brings it back.")
    return row


def hand_back(work: Work, operator: int) -> None:
    """Give the items of an operator who goes back to whoever looks after the customer."""
    for row in work.session.scalars(select(FollowUpRow).where(FollowUpRow.operator_id == operator)):
        row.operator_id = None


def settle(work: Work, key: int, outcome: Outcome, why: str = "", message: int | None = None) -> FollowUpRow:
    """End a follow-up with exactly one outcome."""
    row = open_row(work, key)
    row.state, row.outcome, row.outcome_why, row.ended_at = "ended", outcome, why, work.now
    if message is not None:
        row.message_id = message
    _close_the_loop(work, row)
    return row


def _close_the_loop(work: Work, row: FollowUpRow) -> None:
    """Keep that they know what was changed, or that we said sorry, where this is how they heard it."""
    if row.case_id is None or row.outcome not in HEARD:
        return
    if row.template == CHANGED:
        cases.told_by_letter(work, row.case_id)
    elif row.purpose in SAYS_SORRY:
        cases.said_sorry(work, row.case_id)


def cover(work: Work, keys: Sequence[int], by: FollowUpRow) -> None:
    """End follow-ups of the same customer or household as covered by another one's message."""
    for key in keys:
        row = open_row(work, key)
        if row.customer_id != by.customer_id and not _under_one_roof(work, row.customer_id, by.customer_id):
            raise Problem(
                "Only what waits for the same household can be covered.", "Nothing was changed.", "Untick it."
            )
        row.state, row.outcome, row.ended_at = "ended", Outcome.COVERED, work.now
        row.covered_by, row.message_id = by.id, by.message_id
        _close_the_loop(work, row)


def _under_one_roof(work: Work, one: int, other: int) -> bool:
    query = select(CustomerRow.household_id).where(CustomerRow.id.in_((one, other)))
    roofs = list(work.session.scalars(query))
    return len(roofs) == 2 and roofs[0] is not None and roofs[0] == roofs[1]


def reopen_of_message(work: Work, message: int, why: str) -> None:
    """Put back on the list what a message was to settle that never left."""
    for row in work.session.scalars(select(FollowUpRow).where(FollowUpRow.message_id == message)):
        if row.case_id is not None:
            cases.not_heard(work, row.case_id, row.ended_at, changed=row.template == CHANGED)
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


def add_version(work: Work, journey: str, text: str | None, *, by: str, note: str, basis: int) -> int:
    """Keep a new version of the owner's, which counts from now on, and return its number."""
    last = work.session.scalar(select(func.max(JourneyVersionRow.number)).where(JourneyVersionRow.journey == journey))
    number = (last or 0) + 1
    work.add(
        JourneyVersionRow(journey=journey, number=number, at=work.now, by=by, text=text, note=note.strip(), basis=basis)
    )
    return number


def choose_journey(work: Work, journey: str, *, on: bool) -> None:
    """Keep that a journey is on or off from now on."""
    _choose(work, journey, is_on=on, since=work.now, put_aside=None)


def put_aside(work: Work, journey: str) -> None:
    """Keep that a journey need not be proposed again for a while."""
    _choose(work, journey, put_aside=work.now)


def _choose(work: Work, journey: str, **values: Any) -> None:
    row = work.session.get(JourneyChoiceRow, journey)
    if row is None:
        work.add(JourneyChoiceRow(journey=journey, **values))
    else:
        for key, value in values.items():
            setattr(row, key, value)
