"""Writing cases."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select

from followup_desktop.base.errors import Problem
from followup_desktop.base.money import Money
from followup_desktop.base.zones import local_day
from followup_desktop.core.cases import queries
from followup_desktop.core.cases.model import FIRST_CAUSES, CaseId, CaseState, Closing, How, Step
from followup_desktop.core.cases.rules import how_known, opens_a_case
from followup_desktop.core.cases.tables import (
    CaseEventRow,
    CaseOfferRow,
    CasePromiseRow,
    CaseRow,
    CaseStepRow,
    CauseRow,
)
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.history import records as history
from followup_desktop.core.history.model import LABELS, EventId, Happening, NewEvent
from followup_desktop.core.promises import records as promises
from followup_desktop.core.promises.model import NewPromise, PromiseId, PromiseState
from followup_desktop.core.promises.tables import PromiseRow
from followup_desktop.store.store import Work

LONGEST = 4_000
"""So many characters a note may have."""


def after_event(work: Work, customer: CustomerId, event: EventId, new: NewEvent) -> CaseId | None:
    """Open a case where something went wrong, or join the event to the one that is open; None where nothing did.

    What customers answer is not looked at here: whether they are unhappy is for `feedback` to say.
    """
    if not opens_a_case(new.what):
        return None
    how = how_known(new.what) or (How.EMAIL if new.message is not None else "")
    return open_or_join(work, customer, event, new.note or new.about or LABELS[new.what], new.at or work.now, how=how)


def complain(
    work: Work,
    customer: CustomerId,
    what: str,
    at: datetime | None = None,
    *,
    how: str = "",
    message: int | None = None,
    event: int | None = None,
) -> CaseId:
    """Write down that they complained at `at` (UTC; now where it is None), and open a case or join it to the open one.

    `message` is the mail they complained in, `event` the call or whatever else it was said in.
    """
    complaint = history.note(work, customer, NewEvent(Happening.COMPLAINT, at=at, note=what, message=message))
    key = open_or_join(work, customer, complaint, what, at or work.now, how=how)
    if event is not None and message is None:
        work.add(CaseEventRow(case_id=key, event_id=event, customer_id=customer))
    return key


def open_or_join(work: Work, customer: CustomerId, event: int, what: str, at: datetime, *, how: str = "") -> CaseId:
    """Open a case for something that went wrong at `at` (UTC); where one is open already, join the event to that."""
    there = queries.open_case_of(work.session, customer)
    if there is None:
        return open_for(work, customer, event, what, at, how=how)
    work.add(CaseEventRow(case_id=there, event_id=event, customer_id=customer))
    row = _case(work, there)
    row.opened_at = min(row.opened_at, at)
    work.says = f"Joined to the open case: {_short(row.what)}"
    return CaseId(there)


def open_for(work: Work, customer: CustomerId, event: int, what: str, at: datetime, *, how: str = "") -> CaseId:
    """Open a case for something that went wrong at `at` (UTC)."""
    row = CaseRow(customer_id=customer, event_id=event, what=what, opened_at=at, how=str(how))
    return CaseId(work.add(row).id)


def note_step(work: Work, case: int, step: Step, note: str | None, *, done: bool | None = None) -> None:
    """Keep a note of one of the five steps, and whether it is done; None leaves what is there."""
    row, kept = _case(work, case), work.session.get(CaseStepRow, (case, str(step)))
    if kept is None:
        kept = work.add(CaseStepRow(case_id=case, step=str(step), customer_id=row.customer_id, note="", done_at=None))
    if note is not None:
        kept.note = _text(note)
    if done is not None:
        kept.done_at = (kept.done_at or work.now) if done else None


def offer(work: Work, case: int, kind: str, cost: Money | None, *, given: bool = False) -> int:
    """Offer something to make it right; return its number."""
    row = _case(work, case)
    if not kind.strip():
        raise Problem("What was offered?", "Nothing was noted.", "Say it in a few words, such as “free visit”.")
    if cost is not None and cost.minor < 0:
        raise Problem("A cost cannot be below zero.", "Nothing was noted.", "Leave it out, or give what it cost.")
    made = work.add(
        CaseOfferRow(
            case_id=case,
            customer_id=row.customer_id,
            kind=" ".join(kind.split()),
            cost=cost.minor if cost is not None else None,
            currency=cost.currency if cost is not None else "",
            offered_at=work.now,
            given_at=work.now if given else None,
        )
    )
    return int(made.id)


def give(work: Work, offer: int, *, given: bool = True) -> CaseOfferRow:
    """Say that something offered was given, or that it was not after all."""
    row = _offer(work, offer)
    row.given_at = (row.given_at or work.now) if given else None
    return row


def withdraw_offer(work: Work, offer: int) -> CaseOfferRow:
    """Take an offer back that was not given."""
    row = _offer(work, offer)
    if row.given_at is not None:
        raise Problem("This was given already.", "It was kept.", "Say first that it was not given.")
    work.session.delete(row)
    return row


def assure(work: Work, case: int, new: NewPromise) -> PromiseId:
    """Promise something to put it right: an assurance is a promise like any other."""
    row = _case(work, case)
    made = promises.make(work, replace(new, customer=row.customer_id))
    work.add(CasePromiseRow(case_id=case, promise_id=made, customer_id=row.customer_id))
    note_step(work, case, Step.ASSURE, None, done=True)
    return made


def take_up(work: Work, promise: PromiseId, customer: int, sentence: str) -> None:
    """Let a promise that was found in the note of an assurance belong to its case."""
    assured = (
        select(CaseStepRow.case_id, CaseStepRow.note)
        .join(CaseRow, CaseRow.id == CaseStepRow.case_id)
        .where(CaseStepRow.customer_id == customer, CaseStepRow.step == Step.ASSURE, CaseRow.state != CaseState.CLOSED)
    )
    for case, note in work.session.execute(assured).all():
        if " ".join(sentence.split()) in " ".join(note.split()):
            work.add(CasePromiseRow(case_id=case, promise_id=promise, customer_id=customer))
            return


def close_the_loop(work: Work, case: int, closing: Closing) -> None:
    """Write down the cause, the standard that was missed, why, and what stops it from happening again."""
    row = _case(work, case)
    if closing.cause is not None:
        row.cause_id = cause(work, closing.cause) if closing.cause.strip() else None
    if closing.standard is not None:
        row.standard = _text(closing.standard)
    if closing.why is not None:
        row.why = _text(closing.why)
    if closing.prevention is not None:
        row.prevention = _text(closing.prevention)
        row.prevented_at = (row.prevented_at or work.now) if row.prevention else None


def told(work: Work, case: int) -> None:
    """Say that the customer knows what was changed."""
    row = _case(work, case)
    if not row.prevention:
        raise Problem("Nothing that was changed is written down yet.", "Nothing was changed.", "Write it down first.")
    row.told_at = work.now


def told_by_letter(work: Work, case: int) -> None:
    """Keep that the letter went that tells them what was changed; since when they know stays as it was."""
    row = work.session.get(CaseRow, case)
    if row is not None and row.prevention:
        row.told_at = row.told_at or work.now


def said_sorry(work: Work, case: int) -> None:
    """Keep that they heard that we are sorry; since when stays as it was."""
    if work.session.get(CaseRow, case) is not None:
        note_step(work, case, Step.APOLOGISE, None, done=True)


def not_heard(work: Work, case: int, at: datetime | None, *, changed: bool) -> None:
    """Take back what a letter was to say at `at` (UTC) that never left: what was `changed`, or that we are sorry."""
    row = work.session.get(CaseRow, case)
    if changed and row is not None and row.told_at == at:
        row.told_at = None
    step = None if changed else work.session.get(CaseStepRow, (case, str(Step.APOLOGISE)))
    if step is not None and step.done_at == at:
        step.done_at = None


def put_right(work: Work, case: int, how: str) -> list[str]:
    """Say that a case was put right; its check starts to count from now. Return which of its promises that kept.

    What was assured and is due by now, or was moved, was part of putting it right; what is for later days stays open.
    """
    row = _case(work, case)
    if row.state != CaseState.OPEN:
        raise Problem("This case was put right already.", "Nothing was changed.", "Open it again if it did not hold.")
    row.state, row.put_right_at = CaseState.PUT_RIGHT, work.now
    history.note(work, CustomerId(row.customer_id), NewEvent(Happening.CASE_RESOLVED, note=how))
    return [promises.settle(work, key, PromiseState.KEPT).what for key in _kept_by_it(work, case)]


def _kept_by_it(work: Work, case: int) -> list[int]:
    query = select(PromiseRow).join(CasePromiseRow, CasePromiseRow.promise_id == PromiseRow.id)
    rows = work.session.scalars(query.where(CasePromiseRow.case_id == case, PromiseRow.state == PromiseState.OPEN))
    return [row.id for row in rows if row.moved_from is not None or row.due_date <= local_day(work.now, row.zone)]


def close(work: Work, case: int) -> None:
    """Say that it held."""
    row = _case(work, case)
    if row.state == CaseState.OPEN:
        raise Problem("This case is still open.", "Nothing was changed.", "Say first how it was put right.")
    if row.state == CaseState.CLOSED:
        raise Problem("This case is closed already.", "Nothing was changed.", "Open it again if it did not hold.")
    row.state, row.closed_at = CaseState.CLOSED, work.now


def reopen(work: Work, case: int, why: str = "") -> None:
    """Say that it did not hold: they complain once more, and it is answered as the first time."""
    row = _case(work, case)
    if row.state == CaseState.OPEN:
        raise Problem("This case is open.", "Nothing was changed.", "Say how it was put right once it is.")
    row.state, row.put_right_at, row.closed_at, row.after = CaseState.OPEN, None, None, ""
    row.reopened += 1
    said = NewEvent(Happening.COMPLAINT, note=_text(why) or row.what, about="It did not hold")
    event = history.note(work, CustomerId(row.customer_id), said)
    work.add(CaseEventRow(case_id=case, event_id=event, customer_id=row.customer_id))
    for step in work.session.scalars(select(CaseStepRow).where(CaseStepRow.case_id == case)):
        step.done_at = None


def decide(work: Work, case: int, decision: str) -> None:
    """Keep what the owner said becomes of what waited for the case."""
    _case(work, case).after = decision


def cause(work: Work, name: str) -> int:
    """Return the cause of that name, in whatever case it is written; a new one is added to the list."""
    name = " ".join(name.split())
    if not name:
        raise Problem("A cause needs a name.", "Nothing was changed.", "Say it in a few words.")
    if len(name) > 120:
        raise Problem("That is too long for a cause.", "Nothing was changed.", "Say it in a few words.")
    row = _cause_named(work, name)
    if row is None:
        known = next((first for first in FIRST_CAUSES if first.casefold() == name.casefold()), name)
        row = work.add(CauseRow(name=known, hidden=False))
    row.hidden = False
    return int(row.id)


def rename_cause(work: Work, name: str, new: str) -> None:
    """Call a cause something else, in every case of it."""
    listed = any(_same(new, known) for known in queries.causes(work.session))
    if not _same(new, name) and (listed or _cause_named(work, new) is not None):
        raise Problem(
            f"There is a cause “{new}” already.", "Nothing was changed.", "Choose another name, or merge the two."
        )
    _known_cause(work, name)
    old = work.session.get_one(CauseRow, cause(work, name))
    if not new.strip():
        raise Problem("A cause needs a name.", "Nothing was changed.", "Say it in a few words.")
    given = old.name
    old.name = " ".join(new.split())
    if any(_same(given, first) for first in FIRST_CAUSES):
        work.add(CauseRow(name=given, hidden=True))


def merge_cause(work: Work, name: str, into: str) -> int:
    """Make two causes one: every case of `name` has the cause `into` from now on; return how many changed."""
    if _same(name, into):
        raise Problem("That is one cause already.", "Nothing was changed.", "Name two.")
    _known_cause(work, name)
    _known_cause(work, into)
    old, new = cause(work, name), cause(work, into)
    rows = list(work.session.scalars(select(CaseRow).where(CaseRow.cause_id == old)))
    for row in rows:
        row.cause_id = new
    work.session.get_one(CauseRow, old).hidden = True
    return len(rows)


def remove_cause(work: Work, name: str) -> None:
    """Offer a cause no more; the cases it was given to keep it."""
    _known_cause(work, name)
    work.session.get_one(CauseRow, cause(work, name)).hidden = True


def cases_of(work: Work, customers: Collection[int]) -> list[int]:
    """Return every case of these customers that is not closed."""
    query = select(CaseRow.id).where(CaseRow.customer_id.in_(customers), CaseRow.state != CaseState.CLOSED)
    return list(work.session.scalars(query))


def whose(work: Work, case: int) -> str:
    """Return the name of the customer whose case it is."""
    return work.session.get_one(CustomerRow, _case(work, case).customer_id).name


def name_of(work: Work, case: int) -> str:
    """Return what a case is about, short enough for a line."""
    return _short(_case(work, case).what)


def _short(what: str) -> str:
    line = " ".join(what.split())
    return line if len(line) <= 60 else f"{line[:57].rstrip()}…"


def _text(text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST:
        raise Problem("That is too long to keep with a case.", "Nothing was changed.", "Say it in fewer words.")
    return text


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _cause_named(work: Work, name: str) -> CauseRow | None:
    rows = work.session.scalars(select(CauseRow).order_by(func.length(CauseRow.name), CauseRow.id))
    return next((row for row in rows if _same(row.name, name)), None)


def _known_cause(work: Work, name: str) -> None:
    if not any(_same(name, known) for known in queries.causes(work.session)):
        raise Problem(f"There is no cause “{name}”.", "Nothing was changed.", "See the list of causes.")


def _offer(work: Work, offer: int) -> CaseOfferRow:
    row = work.session.get(CaseOfferRow, offer)
    if row is None:
        raise Problem(f"There is no offer {offer}.", "Nothing was changed.", "Look the number up in the case.")
    return row


def _case(work: Work, case: int) -> CaseRow:
    row = work.session.get(CaseRow, case)
    if row is None:
        raise Problem(f"There is no case {case}.", "Nothing was changed.", "Look the number up on the Recovery page.")
    return row
