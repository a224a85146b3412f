"""Writing promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, insert, select

from followup_desktop.base.errors import Problem
from followup_desktop.base.walltime import remind_at
from followup_desktop.base.zones import end_of_day, local_day, resolve, zone_named
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.promises import queries
from followup_desktop.core.promises.model import NewPromise, OfferState, PromiseId, PromiseState
from followup_desktop.core.promises.rules.finding import FoundPromise, Reader, find_promises, is_in_mind
from followup_desktop.core.promises.rules.folding import fold
from followup_desktop.core.promises.rules.promising_notes import find_in_notes
from followup_desktop.core.promises.tables import OfferRow, PromiseRow, ReminderRow
from followup_desktop.store.store import Work

STALE = timedelta(days=14)
"""What was said without a day is offered no longer after so many days."""


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
        message_id=new.message,
        event_id=new.event,
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
    before, row.due_date = row.due_date, local_day(until, row.zone)
    row.moved_from = before if row.due_date > before else row.moved_from
    row.due_time = local_time(until, row.zone) if timed else None
    row.due = due_moment(row.due_date, row.due_time, row.zone)
    row.remind_at = max(remind_at(row.due_date, row.due_time, zone_named(row.zone)), work.now)
    return row


def local_time(moment: datetime, zone: str) -> time:
    """Return what a clock in `zone` shows, to the minute."""
    return moment.astimezone(zone_named(zone)).time().replace(second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the owner: when they were said (UTC), where, and the mail or the event they stand in."""

    text: str
    at: datetime
    zone: str
    region: str
    message: int | None = None
    event: int | None = None
    noted: bool = False
    """Whether they are notes, which report what was said."""


def offer_all(work: Work, customer: int, said: Said) -> int:
    """Offer what the owner promised a customer in a mail, or by the notes of a call; return how many were new.

    What was offered lately, kept or refused, is not offered again, nor what is over by now. What was kept while the
    mail was a draft learns which mail it stands in.
    """
    reader = Reader(said.at, said.zone, said.region)
    found = _in_notes(work, customer, said, reader) if said.noted else find_promises(said.text, reader)
    known = queries.said_lately(work.session, customer, said.at) if found else frozenset()
    kept = queries.of_customers(work.session, [customer]) if found else []
    new = [
        one
        for one in found
        if fold(one.sentence) not in known
        and not _is_over(one, said.at, work.now, said.zone)
        and not is_in_mind(one, kept)
    ]
    for one in new:
        row = _note_offer(work, customer, one, said.at, said.zone)
        row.message_id, row.event_id = said.message, said.event
    if said.message is not None and len(new) < len(found):
        _link(work, customer, frozenset(fold(one.sentence) for one in found), said)
    return len(new)


def _in_notes(work: Work, customer: int, said: Said, reader: Reader) -> list[FoundPromise]:
    query = select(CustomerRow.given_name, CustomerRow.family_name, CustomerRow.company).where(
        CustomerRow.id == customer
    )
    names = [word for part in work.session.execute(query).one() for word in part.split()]
    return find_in_notes(said.text, reader, names)


def _link(work: Work, customer: int, sentences: frozenset[str], said: Said) -> None:
    """Tell the promises kept in a draft which mail it became."""
    near = OfferRow.said_at.between(said.at - queries.SAME_WORDS, said.at + queries.SAME_WORDS)
    query = select(OfferRow).where(OfferRow.customer_id == customer, near, OfferRow.message_id.is_(None))
    for row in work.session.scalars(query.where(OfferRow.event_id.is_(None))):
        if fold(row.sentence) in sentences:
            row.message_id = said.message
            promise = work.session.get(PromiseRow, row.promise_id) if row.promise_id is not None else None
            if promise is not None and promise.message_id is None and promise.event_id is None:
                promise.message_id = said.message


def _is_over(found: FoundPromise, said_at: datetime, now: datetime, zone: str) -> bool:
    return now - said_at > STALE if found.due_date is None else found.due_date < local_day(now, zone)


def _note_offer(work: Work, customer: int, found: FoundPromise, said_at: datetime, zone: str) -> OfferRow:
    return work.add(
        OfferRow(
            customer_id=customer,
            sentence=found.sentence,
            what=found.what,
            due_date=found.due_date,
            due_time=found.due_time,
            zone=zone,
            said_at=said_at,
            state=OfferState.OPEN,
            promise_id=None,
            message_id=None,
            event_id=None,
        )
    )


def keep_found(work: Work, new: NewPromise) -> PromiseId:
    """Keep a promise found in a draft; its sentence, `new.line`, is not offered again."""
    made = make(work, new)
    found = FoundPromise(new.line, new.what, new.due_date, new.due_time)
    row = _found(work, new.customer or 0, found, new.zone)
    row.state, row.promise_id = OfferState.KEPT, made
    return made


def refuse_found(work: Work, customer: int, found: FoundPromise, zone: str) -> None:
    """Say that a sentence of a draft promises nothing; it is not offered again."""
    _found(work, customer, found, zone).state = OfferState.REFUSED


def _found(work: Work, customer: int, found: FoundPromise, zone: str) -> OfferRow:
    """Return the row of a sentence that waits for a word, a new one where there is none."""
    waiting = select(OfferRow).where(OfferRow.customer_id == customer, OfferRow.state == OfferState.OPEN)
    row = next((row for row in work.session.scalars(waiting) if fold(row.sentence) == fold(found.sentence)), None)
    return row or _note_offer(work, customer, found, work.now, zone)


def accept(work: Work, offer: int, day: date | None = None, at: time | None = None, what: str = "") -> PromiseId:
    """Keep a promise that was offered; without a day of its own one has to be given."""
    row = _offered(work, offer)
    due_date, due_time = (day, at) if day is not None else (row.due_date, row.due_time)
    if due_date is None:
        raise Problem("The sentence names no day.", "The promise is still offered.", "Say by when.")
    new = NewPromise(
        what or row.what,
        due_date,
        due_time,
        row.zone,
        row.customer_id,
        row.sentence,
        message=row.message_id,
        event=row.event_id,
    )
    made = make(work, new)
    row.state, row.promise_id = OfferState.KEPT, made
    return made


def refuse(work: Work, offer: int) -> str:
    """Say that a sentence that was offered promises nothing; return it."""
    row = _offered(work, offer)
    row.state = OfferState.REFUSED
    return row.sentence


def _offered(work: Work, offer: int) -> OfferRow:
    row = work.session.get(OfferRow, offer)
    if row is None:
        raise Problem(f"There is no offered promise {offer}.", "Nothing was changed.", "Look at the list once more.")
    if row.state != OfferState.OPEN:
        raise Problem("That was decided already.", "Nothing was changed.", "Undo decides it anew.")
    return row


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
