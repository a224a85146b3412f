"""Commands about the day: what becomes of what waited, lapsed or was never answered, and days off."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import count_words, day_words
from followup_desktop.base.zones import local_day
from followup_desktop.commands.door import business_of, command
from followup_desktop.core.cases import records as cases
from followup_desktop.core.customers import records as customers
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.journeys import records as follow_ups
from followup_desktop.core.journeys.model import Outcome
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.messages import records as messages
from followup_desktop.core.operators import records as operators
from followup_desktop.core.promises import records as promises
from followup_desktop.core.promises.model import PromiseState
from followup_desktop.core.queue.queries import waited as queries
from followup_desktop.core.queue.queries.back import back
from followup_desktop.core.queue.rules.absence import CAME, OFF_FROM, OFF_UNTIL, RETURNED, SEEN
from followup_desktop.store.store import Work


class AfterCase(StrEnum):
    """What becomes of what waited for a case under the same roof."""

    RESUME = "resume"
    START_OVER = "start_over"
    DROP = "drop"


@command("case.after", says="Decided")
def after_case(work: Work, case: int, decision: AfterCase) -> int:
    """Say what becomes of everything that waited while a case was open; return how many follow-ups it was."""
    waiting = queries.waited_for(work.session, work.now, queries.undecided(work.session, work.now, case=case))
    waited = next(iter(waiting), None)
    if waited is None:
        raise Problem("Nothing waits for this case.", "Nothing was changed.", "Look at Today.")
    for key in waited.follow_ups:
        row = follow_ups.open_row(work, key)
        if decision is AfterCase.DROP:
            follow_ups.settle(work, key, Outcome.SKIPPED, f"Dropped after the case of {waited.name}.")
        elif decision is AfterCase.START_OVER:
            _start_over(work, row)
    cases.decide(work, case, str(decision))
    things = count_words(len(waited.follow_ups), "follow-up", "follow-ups")
    done = {"resume": "resumed", "start_over": "started over", "drop": "dropped"}[decision]
    work.says = f"{things} {done}: {waited.household or waited.name}"
    return len(waited.follow_ups)


def _start_over(work: Work, row: FollowUpRow) -> None:
    """Have it come again as long from now as it came after what started it."""
    at = work.session.scalar(select(EventRow.at).where(EventRow.id == row.event_id)) if row.event_id else None
    wait = row.due - at if at is not None else timedelta()
    if wait > timedelta(hours=1):
        follow_ups.put_off(work, row.id, work.now + wait)


@command("follow_up.today", says="Kept for today")
def do_today(work: Work, follow_up: int) -> None:
    """Put a follow-up on today's list: one that waited, or that lapsed and is wanted all the same."""
    row = _row(work, follow_up)
    if row.outcome == Outcome.LAPSED:
        row.state, row.outcome, row.outcome_why, row.ended_at = "open", "", "", None
    row = follow_ups.open_row(work, follow_up)
    row.later_until = work.now  # open for a day more, though it may have closed meanwhile
    work.says = f"On today's list: {_name(work, row.customer_id)}"


@command("follow_up.drop", says="Dropped")
def drop(work: Work, follow_up: int) -> None:
    """Let go of what fell due while the owner was away; a promise is taken back, what lapsed stays lapsed."""
    row = _row(work, follow_up)
    if row.outcome != Outcome.LAPSED:
        follow_ups.settle(work, follow_up, Outcome.SKIPPED, "Dropped after days off.")
        if row.promise_id is not None:
            promises.settle(work, row.promise_id, PromiseState.WITHDRAWN)
    row.later_until = work.now
    work.says = f"Dropped: {_name(work, row.customer_id)}"


@command("follow_up.stop_journey", says="Journey stopped")
def stop_journey(work: Work, follow_up: int) -> int:
    """Stop the journey a follow-up belongs to, for this customer; return how many follow-ups that ends."""
    row = follow_ups.open_row(work, follow_up)
    if not row.journey:
        raise Problem("This belongs to no journey.", "Nothing was changed.", "Skip it instead.")
    same = select(FollowUpRow.id).where(
        FollowUpRow.customer_id == row.customer_id, FollowUpRow.journey == row.journey, FollowUpRow.state == "open"
    )
    keys = list(work.session.scalars(same.where(FollowUpRow.event_id == row.event_id) if row.event_id else same))
    for key in keys:
        follow_ups.settle(work, key, Outcome.SKIPPED, "You stopped this journey for them.")
    things = count_words(len(keys), "follow-up", "follow-ups")
    work.says = f"Journey stopped for {_name(work, row.customer_id)}: {things}"
    return len(keys)


@command("message.rest", says="Not waited for any more")
def let_rest(work: Work, message: int) -> None:
    """Wait no longer for an answer to a message."""
    row = messages.row_of(work, message)
    row.rested_at = work.now
    work.says = f"No answer awaited any more: {_name(work, row.customer_id)}"


@command("day.off", says="Days off marked")
def mark_days_off(work: Work, first: date, last: date) -> None:
    """Mark days off, both ends included; on the first day after them everything due is shown before it is done."""
    today = local_day(work.now, business_of(work).zone)
    if last < first or last < today:
        raise Problem("The last day off lies before the first, or is over.", "Nothing was changed.", "Give both days.")
    operators.set_setting(work, OFF_FROM, first.isoformat())
    operators.set_setting(work, OFF_UNTIL, last.isoformat())
    work.says = f"Off from {day_words(first, today)} until {day_words(last, today)}"


@command("day.begin", says="The days off are over")
def begin_day(work: Work) -> None:
    """Say that one is back: days off are over, and what is undecided stays on the list."""
    operators.set_setting(work, SEEN, work.now.isoformat())
    operators.set_setting(work, RETURNED, None)
    operators.set_setting(work, CAME, None)
    operators.set_setting(work, OFF_FROM, None)
    operators.set_setting(work, OFF_UNTIL, None)


@command("day.seen", says="")
def seen(work: Work) -> None:
    """Remember that Today was looked at, and, after days off, since when the owner was away until they begin."""
    away = back(work.session, work.now)
    if away is not None and away.items:
        operators.set_setting(work, RETURNED, away.since.isoformat())
        operators.set_setting(work, CAME, (away.came or work.now).isoformat())
    operators.set_setting(work, SEEN, work.now.isoformat())


def _row(work: Work, follow_up: int) -> FollowUpRow:
    row = work.session.get(FollowUpRow, follow_up)
    if row is None:
        raise Problem(f"There is no follow-up {follow_up}.", "Nothing was changed.", "Look the number up in the queue.")
    return row


def _name(work: Work, customer: int) -> str:
    return customers.get(work, CustomerId(customer)).name
