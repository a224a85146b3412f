"""Commands about promises."""

from __future__ import annotations

from datetime import date, datetime, time

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import day_words
from followup_desktop.base.zones import local_day
from followup_desktop.commands.door import command
from followup_desktop.core.cases import records as cases
from followup_desktop.core.journeys import records as follow_ups
from followup_desktop.core.journeys.model import FollowUpId
from followup_desktop.core.promises import queries, records
from followup_desktop.core.promises.model import NewPromise, PromiseId, PromiseState
from followup_desktop.core.promises.rules.finding import FoundPromise
from followup_desktop.store.store import Work


@command("promise.make", says="Promise kept in mind")
def make_promise(work: Work, new: NewPromise) -> PromiseId:
    """Write down a promise."""
    made = records.make(work, new)
    work.says = f"Promise noted: {new.what}"
    return made


@command("promise.keep", says="Promise kept")
def keep_promise(work: Work, promise: int) -> PromiseState:
    """Say that a promise was kept."""
    return PromiseState(records.settle(work, promise, PromiseState.KEPT).state)


@command("promise.break", says="Promise marked as broken")
def break_promise(work: Work, promise: int) -> None:
    """Say that a promise was not kept."""
    records.settle(work, promise, PromiseState.BROKEN)


@command("promise.withdraw", says="Promise taken back")
def withdraw_promise(work: Work, promise: int) -> None:
    """Say that a promise no longer holds, with the customer's agreement."""
    records.settle(work, promise, PromiseState.WITHDRAWN)


@command("promise.later", says="Promise moved")
def move_promise(work: Work, promise: int, until: datetime, *, timed: bool = True) -> None:
    """Move a promise to another time (aware)."""
    records.move(work, promise, until, timed=timed)


@command("promise.tell_late", says="Promise moved")
def tell_late(work: Work, promise: int, until: datetime, *, timed: bool = True) -> FollowUpId:
    """Move a promise to another time (aware), and draft the message that tells the customer so, before it is late."""
    row = records.move(work, promise, until, timed=timed)
    if row.customer_id is None:
        raise Problem("You promised this to yourself.", "Nothing was changed.", "Move it with “Later”.")
    moved = day_words(row.due_date, local_day(work.now, row.zone))
    why = f"It will be late: {row.what}. You moved it to {moved}, and they do not know yet."
    follow_up = follow_ups.tell_late(work, row.customer_id, promise, why)
    work.says = "Promise moved; the message is on Today"
    return follow_up


@command("promise.keep_found", says="Promise kept in mind")
def keep_found(work: Work, new: NewPromise) -> PromiseId:
    """Keep a promise found in a draft; its sentence is `line`."""
    made = records.keep_found(work, new)
    work.says = f"Promise noted: {new.what}"
    return made


@command("promise.refuse_found", says="Not a promise")
def refuse_found(work: Work, customer: int, found: FoundPromise, zone: str) -> None:
    """Say that a sentence of a draft promises nothing."""
    records.refuse_found(work, customer, found, zone)


@command("promise.accept", says="Promise kept in mind")
def accept_offer(work: Work, offer: int, day: date | None = None, at: time | None = None) -> PromiseId:
    """Keep a promise that was found in mail the owner sent; `day` and `at` where it names none."""
    made = records.accept(work, offer, day, at)
    found = queries.offer(work.session, offer)
    if found is not None:
        cases.take_up(work, made, found.customer_id, found.sentence)
    work.says = "Promise noted"
    return made


@command("promise.refuse", says="Not a promise")
def refuse_offer(work: Work, offer: int) -> None:
    """Say that a sentence found in mail the owner sent promises nothing."""
    records.refuse(work, offer)


@command("promise.shown", says="")
def note_shown(work: Work, promises: list[int]) -> None:
    """Remember that reminders were shown."""
    records.note_shown(work, promises)
