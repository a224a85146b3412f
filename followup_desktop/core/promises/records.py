"""Writing promises."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import delete, insert, select

from followup_desktop.base.errors import Problem
from followup_desktop.base.walltime import remind_at
from followup_desktop.base.zones import end_of_day, local_day, resolve, zone_named
from followup_desktop.core.promises.model import NewPromise, PromiseId, PromiseState
from followup_desktop.core.promises.tables import PromiseRow, ReminderRow
from followup_desktop.store.store import Work


def make(work: Work, new: NewPromise) -> PromiseId:
    """Write down a promise."""
    if not new.what.strip():
        raise Problem("What was promised?", "Nothing was kept yet.", "Say it in a few words.")
    row = PromiseRow(
        customer_id=new.customer,
        what=new.what.strip(),
        line=new.line,
        due_date=new.due_date,
        due_time=new.due_time,
        zone=new.zone,
        due=due_moment(new.due_date, new.due_time, new.zone),
        remind_at=remind_at(new.due_date, new.due_time, zone_named(new.zone)),
        made_at=work.now,
        state=PromiseState.OPEN,
    )
    return PromiseId(work.add(row).id)


def due_moment(day: date, at: time | None, zone: str) -> datetime:
    """Return the instant a promise is due (UTC): its time, or the last second of its day."""
    return resolve(day, at, zone) if at else end_of_day(day, zone)


def settle(work: Work, promise: int, state: PromiseState) -> PromiseRow:
    """Say how a promise ended; one that was kept after it was due is kept late."""
    row = _open(work, promise)
    if state is PromiseState.KEPT and work.now > row.due:
        state = PromiseState.KEPT_LATE
    row.state, row.settled_at = state, work.now
    return row


def reopen(work: Work, promise: int) -> None:
    """Have a promise wait again that only seemed to be kept."""
    row = work.session.get(PromiseRow, promise)
    if row is not None and row.state in (PromiseState.KEPT, PromiseState.KEPT_LATE):
        row.state, row.settled_at = PromiseState.OPEN, None


def move(work: Work, promise: int, until: datetime, *, timed: bool) -> PromiseRow:
    """Move an open promise to another time; it is reminded of anew."""
    row = _open(work, promise)
    if until <= work.now:
        raise Problem("That time has gone by.", "The promise is as it was.", "Choose a later time.")
    row.due_date = local_day(until, row.zone)
    row.due_time = local_time(until, row.zone) if timed else None
    row.due = due_moment(row.due_date, row.due_time, row.zone)
    row.remind_at = max(remind_at(row.due_date, row.due_time, zone_named(row.zone)), work.now)
    return row


def local_time(moment: datetime, zone: str) -> time:
    """Return what a clock in `zone` shows, to the minute."""
    return moment.astimezone(zone_named(zone)).time().replace(second=0, microsecond=0)


def note_shown(work: Work, promises: list[int]) -> None:
    """Remember that reminders were shown, after they were."""
    connection = work.session.connection()
    rows = work.session.execute(select(PromiseRow.id, PromiseRow.remind_at).where(PromiseRow.id.in_(promises))).all()
    connection.execute(delete(ReminderRow).where(ReminderRow.promise_id.in_(promises)))
    if rows:
        connection.execute(
            insert(ReminderRow), [{"promise_id": key, "remind_at": at, "shown_at": work.now} for key, at in rows]
        )
        work.recorder.touch("reminders")


def _open(work: Work, promise: int) -> PromiseRow:
    row = work.session.get(PromiseRow, promise)
    if row is None:
        raise Problem(f"There is no promise {promise}.", "Nothing was changed.", "Look the number up in the list.")
    if row.state != PromiseState.OPEN:
        raise Problem("This promise is settled already.", "Nothing was changed.", "Undo settles it anew.")
    return row
