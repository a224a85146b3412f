"""Commands of the outbox: each step is its own transaction; between two the server is spoken to, or all ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import moment_words
from followup_desktop.base.zones import Quiet, day_bounds, local_day
from followup_desktop.commands.door import business_of, command
from followup_desktop.commands.messages import offers_over
from followup_desktop.core.consent import queries as consent
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.drafts import records as drafts
from followup_desktop.core.drafts.rules.footing import is_commercial
from followup_desktop.core.history import records as history
from followup_desktop.core.history.model import Happening, NewEvent
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.journeys import records as follow_ups
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.messages import records
from followup_desktop.core.messages.model import (
    Came,
    DraftPhase,
    Fate,
    MessageState,
    Outgoing,
    Phase,
    Try,
)
from followup_desktop.core.messages.rules import TOO_MANY_CAME_BACK, address_is_gone, try_again_at
from followup_desktop.core.messages.tables import AccountRow, MessageRow
from followup_desktop.core.operators.model import Business
from followup_desktop.core.promises import records as promises
from followup_desktop.core.queue.queries.today import bounced
from followup_desktop.mail.compose import redated
from followup_desktop.store.steps import StepRow
from followup_desktop.store.store import Work

DRAFTS_WAIT = timedelta(minutes=10)
"""How long what is to be put right in an account's Drafts waits once its server was not reached."""


@command("outbox.claim", says="")
def claim(work: Work, messages: Sequence[int]) -> list[Outgoing]:
    """Take queued messages for sending; none goes to an address that was suppressed or came back since.

    One whose turn falls into the customer's quiet hours waits until they are over.
    """
    waiting = work.session.execute(_about(messages)).all()
    against = _why_not(work, waiting)
    for key, why in against.items():
        _fail(work, key, (MessageState.QUEUED,), why)
    business = business_of(work)
    opens = {row.id: _opens(work, business, row.zone) for row in waiting if row.id not in against}
    for key, at in opens.items():
        if at > work.now:
            records.move(work, key, (MessageState.QUEUED,), {"not_before": at})
    return records.claim(work, [key for key in messages if key in opens and opens[key] <= work.now])


def _about(messages: Sequence[int]) -> Any:
    """Ask for what decides whether messages may leave: to whom, what for, and by which clock they live."""
    columns = "id", "to_address", "counts", "customer_id", "purpose"
    joined = select(*(getattr(MessageRow, name) for name in columns), CustomerRow.name, CustomerRow.zone)
    joined = joined.outerjoin(CustomerRow, CustomerRow.id == MessageRow.customer_id)
    return joined.where(MessageRow.id.in_(messages), MessageRow.state == MessageState.QUEUED)


def _why_not(work: Work, waiting: Sequence[Any]) -> dict[int, str]:
    """Return why messages must not leave any more, of those that must not."""
    stopped, gone = consent.suppressed(work.session), bounced(work.session)
    refusing = consent.refused(work.session, {row.customer_id for row in waiting})
    over = offers_over(work, {row.customer_id: row.name for row in waiting if is_commercial(row.purpose)})
    found: dict[int, str] = {}
    for row in waiting:
        address = row.to_address.casefold()
        if address in stopped or (row.counts and "email" in refusing.get(row.customer_id, ())):
            found[row.id] = "They asked not to be written to."
        elif address in gone:
            found[row.id] = "Mail to this address came back."
        elif is_commercial(row.purpose) and row.customer_id in over:
            found[row.id] = over[row.customer_id]
    return found


def _opens(work: Work, business: Business, zone: str | None, after: datetime | None = None) -> datetime:
    """Return when one may reach somebody who lives in a zone: now (or after a moment), or after their quiet hours."""
    quiet = Quiet(business.quiet_from, business.quiet_until, business.quiet_sundays)
    return quiet.next_allowed(after or work.now, zone or business.zone)


def _zone_of(work: Work, customer: int) -> str | None:
    return work.session.scalar(select(CustomerRow.zone).where(CustomerRow.id == customer))


@command("outbox.settle", says="")
def settle(work: Work, log: Mapping[Try, Came], next_at: datetime | None = None) -> None:
    """Bring what is being sent in line with what the log says came of it; what it does not know of may have left.

    The accounts with which something left may send the next message at `next_at`.
    """
    columns = MessageRow.id, MessageRow.account_id, MessageRow.message_id, MessageRow.attempts
    rows = work.session.execute(select(*columns).where(MessageRow.state == MessageState.SENDING)).all()
    came = {row.id: log.get((row.message_id, row.attempts), Came(Fate.LEAVES)) for row in rows}
    records.taken(work, {key: one for key, one in came.items() if one.fate is Fate.TAKEN})
    records.next_turn(work, {row.account_id for row in rows if came[row.id].fate in (Fate.TAKEN, Fate.LEAVES)}, next_at)
    for row in rows:
        _settle_one(work, row.id, row.attempts, came[row.id])


def _settle_one(work: Work, message: int, attempts: int, came: Came) -> None:
    """Settle a message no server is known to have taken."""
    said = came.said[:200]
    match came.fate:
        case Fate.CLAIMED:
            values = {"state": MessageState.QUEUED, "attempts": attempts - 1}
        case Fate.LATER:
            values = {"state": MessageState.QUEUED, "said": said, "not_before": try_again_at(work.now, attempts)}
        case Fate.LEAVES:
            said = said or "The program ended while it was leaving."
            values = {"state": MessageState.UNKNOWN, "said": said, "unknown_since": work.now, "looks": 0}
        case Fate.REFUSED:
            _refused(work, message, said)
            return
        case Fate.TAKEN:
            return
    records.move(work, message, (MessageState.SENDING,), values)


def _refused(work: Work, message: int, said: str) -> None:
    """Put what a message that was refused for good was to settle back on the list.

    Where there is no such address, nothing goes there any more.
    """
    _fail(work, message, (MessageState.SENDING,), said)
    row = records.row_of(work, message)
    if address_is_gone(said):
        new = NewEvent(Happening.BOUNCED, note="the address does not exist", about=row.to_address)
        history.note(work, CustomerId(row.customer_id), new)
        work.session.flush()
        stop_if_many_came_back(work, row.account_id or 0)


@command("outbox.found", says="")
def found(work: Work, message: int, alias: str = "") -> None:
    """Record that a message nobody was sure of lies in Sent, and under which id where the server gave it another."""
    values = {"state": MessageState.ACCEPTED, "sent_at": work.now, "said": "found in Sent", "phase": ""}
    if records.move(work, message, (MessageState.UNKNOWN, MessageState.ASK), values | _alias(alias)):
        work.session.execute(update(StepRow).where(StepRow.message_id == message).values(spent=True))


def _alias(alias: str) -> dict[str, str]:
    return {"alias": alias} if alias else {}


@command("outbox.filed", says="")
def filed(work: Work, message: int, alias: str = "") -> None:
    """Record that its copy is in Sent, and under which id where the server gave it another one."""
    records.move(work, message, (MessageState.ACCEPTED,), {"state": MessageState.FILED, **_alias(alias)})


@command("outbox.looked", says="")
def looked(work: Work, message: int, *, ask: bool, known: str = "") -> None:
    """Record that Sent was looked through without finding it; with `ask` the owner decides from here."""
    values: dict[str, Any] = {"looks": MessageRow.looks + 1}
    if ask:
        values |= {"state": MessageState.ASK, "phase": ""} | ({"said": known[:200]} if known else {})
    records.move(work, message, (MessageState.UNKNOWN,), values)


@command("outbox.late", says="")
def late(work: Work, messages: Sequence[int]) -> None:
    """Have the owner asked about messages whose planned time went by while nobody was there to send them."""
    for message in messages:
        records.move(
            work, message, (MessageState.QUEUED,), {"state": MessageState.ASK, "phase": Phase.LATE, "said": ""}
        )


@command("outbox.defer", says="")
def defer(work: Work, messages: Sequence[int], until: datetime, said: str) -> None:
    """Plan messages for a later day, each once its customer's quiet hours are over."""
    business = business_of(work)
    for message in messages:
        at = _opens(work, business, _zone_of(work, records.row_of(work, message).customer_id), until)
        records.move(work, message, (MessageState.QUEUED,), {"not_before": at, "said": said})


@command("outbox.it_did", says="Marked as sent")
def it_did(work: Work, message: int) -> None:
    """Mark as sent what the owner knows has arrived."""
    row = records.row_of(work, message)
    at = row.unknown_since or work.now
    values = {"state": MessageState.ACCEPTED, "sent_at": at, "phase": ""}
    if row.phase == Phase.LATE or not records.move(work, message, (MessageState.ASK, MessageState.UNKNOWN), values):
        raise Problem("There is no doubt about this message.", "Nothing was changed.", "Look at the outbox once more.")
    work.session.execute(update(StepRow).where(StepRow.message_id == message).values(spent=True))


@command("outbox.send_again", says="Sending again")
def send_again(work: Work, message: int) -> None:
    """Send what the owner was asked about; nothing else ever sends a second time."""
    row = records.row_of(work, message)
    work.says = "Sending now" if row.phase == Phase.LATE else "Sending again"
    values = {
        "state": MessageState.QUEUED,
        "not_before": _opens(work, business_of(work), _zone_of(work, row.customer_id)),
        "phase": "",
        "said": "",
        "unknown_since": None,
        "looks": 0,
        "attempts": 0,
    }
    if not records.move(work, message, (MessageState.ASK,), values):
        raise Problem("This message is settled.", "Nothing was sent.", "A refused one is back on Today: send it there.")


@command("outbox.take_back", says="Taken back to Today")
def take_back(work: Work, message: int) -> None:
    """Put a message that waits, or whose time went by, back on Today with its words, in place of sending it."""
    row = records.row_of(work, message)
    late = row.state == MessageState.ASK and row.phase == Phase.LATE
    if not late and row.state != MessageState.QUEUED:
        raise Problem("This message does not wait for you.", "Nothing was changed.", "Look at the outbox once more.")
    query = select(FollowUpRow.id).where(FollowUpRow.message_id == message, FollowUpRow.covered_by.is_(None))
    leading = work.session.scalars(query).first()
    subject, text = row.subject, row.text
    why = (row.said or "Its time went by while the computer was off.") if late else "You called it back."
    row.state, row.phase = MessageState.CANCELLED, ""
    work.session.flush()
    _reopen(work, message, why)
    if leading is not None:
        drafts.keep(work, leading, subject, text)


@command("outbox.move", says="Another time")
def move(work: Work, message: int, at: datetime) -> datetime:
    """Let a message that waits, or whose time went by, leave at another time (UTC); return when it does.

    It leaves in the customer's hours. One that was never tried carries the new time as its date.
    """
    row = records.row_of(work, message)
    late = row.state == MessageState.ASK and row.phase == Phase.LATE
    if row.state != MessageState.QUEUED and not late:
        raise Problem("This message does not wait for you.", "Nothing was changed.", "Look at the outbox once more.")
    if at < work.now - timedelta(minutes=1):
        raise Problem("That time has gone by.", "Nothing was changed.", "Choose a later one.")
    leaves = _opens(work, business_of(work), _zone_of(work, row.customer_id), max(at, work.now))
    row.state, row.phase, row.not_before, row.said = MessageState.QUEUED, "", leaves, ""
    if row.attempts == 0 and row.raw is not None:
        row.raw = redated(row.raw, leaves)
    work.says = f"Goes to {row.to_name or row.to_address} {moment_words(leaves, work.now, business_of(work).zone)}"
    return leaves


@command("outbox.pause", says="")
def pause(work: Work, account: int, why: str) -> None:
    """Stop sending with an account until the owner has looked at it."""
    records.account_row(work, account).paused = why


@command("outbox.resume", says="")
def resume(work: Work, account: int) -> None:
    """Send with an account again."""
    records.go_on(work, records.account_row(work, account))


@command("outbox.hold", says="")
def hold(work: Work, account: int, until: datetime, why: str) -> None:
    """Send nothing with an account until a moment; with `why`, the owner is told."""
    records.set_account(work, account, held_until=until, held_why=why[:300])
    work.recorder.touch("messages")


@command("outbox.awake", says="")
def note_awake(work: Work, account: int) -> None:
    """Note that the outbox is at work with something due."""
    records.set_account(work, account, awake_at=work.now)


@command("outbox.look_later", says="")
def look_later(work: Work, account: int, until: datetime, why: str) -> None:
    """Leave a mailbox that was not reached, or took nothing, alone for a while."""
    records.set_account(work, account, look_again_at=until, not_filed=why[:300])
    work.recorder.touch("messages")


@command("outbox.looked_well", says="")
def looked_well(work: Work, account: int) -> None:
    """Note that nothing is in the way of an account's copies any more."""
    records.set_account(work, account, look_again_at=None, not_filed="")
    work.recorder.touch("messages")


def stop_if_many_came_back(work: Work, account: int) -> None:
    """Stop an account with which too many messages to addresses that do not exist went out today."""
    row = work.session.get(AccountRow, account)
    if row is None or row.paused:
        return
    zone = business_of(work).zone
    begin = day_bounds(local_day(work.now, zone), zone)[0]
    since = max(begin, row.resumed_at) if row.resumed_at else begin
    query = select(func.count()).where(EventRow.what == Happening.BOUNCED, EventRow.at >= since)
    count = work.session.scalar(query) or 0
    if count >= TOO_MANY_CAME_BACK:
        row.paused = f"{count} messages came back today from addresses that do not exist. Look at the addresses first."


@command("outbox.files_sent", says="")
def learned_filing(work: Work, account: int, *, files_sent: bool) -> None:
    """Remember whether the server files what it sends by itself."""
    records.set_account(work, account, files_sent=files_sent)


@command("drafts.gone", says="")
def draft_gone(work: Work, message: int) -> None:
    """Note that an outdated draft is no longer in the account; one whose saving was taken back is forgotten."""
    row = records.row_of(work, message)
    row.draft_validity, row.draft_uid = None, None
    if row.phase == DraftPhase.TAKEN_BACK:
        work.session.delete(row)


@command("drafts.wait", says="")
def drafts_wait(work: Work, account: int) -> None:
    """Let what is to be put right in an account's Drafts wait a while, since its server was not reached."""
    waiting = MessageRow.account_id == account, MessageRow.phase.in_(list(DraftPhase))
    work.session.execute(update(MessageRow).where(*waiting).values(not_before=work.now + DRAFTS_WAIT))


@command("drafts.saved", says="")
def draft_saved(work: Work, message: int, folder: str, validity: int | None, uid: int | None) -> None:
    """Remember where a draft lies in the account."""
    row = records.row_of(work, message)
    row.draft_folder, row.draft_validity, row.draft_uid = folder, validity, uid
    if row.phase == DraftPhase.PUT_BACK:
        row.phase, row.not_before = "", None


def _fail(work: Work, message: int, from_states: tuple[MessageState, ...], said: str) -> None:
    if records.move(work, message, from_states, {"state": MessageState.FAILED, "said": said[:200], "phase": ""}):
        work.session.expire_all()
        _reopen(work, message, f"The message was refused: {said[:200]}")


def _reopen(work: Work, message: int, why: str) -> None:
    """Put back on the list what a message was to settle that did not leave."""
    history.remove(work, message)
    _reopen_promises(work, message)
    follow_ups.reopen_of_message(work, message, why)


def _reopen_promises(work: Work, message: int) -> None:
    """Have promises wait again that a message was to keep, and which was refused."""
    query = select(FollowUpRow.promise_id).where(FollowUpRow.message_id == message, FollowUpRow.promise_id.is_not(None))
    for promise in list(work.session.scalars(query)):
        promises.reopen(work, int(promise or 0))
