"""Commands about follow-ups and messages: approving, calling back, settling, and each step of the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import day_words, moment_words
from followup_desktop.base.zones import Quiet, day_bounds, local_day, resolve
from followup_desktop.commands.door import business_of, command
from followup_desktop.core.consent import queries as consent
from followup_desktop.core.consent.rules.clocks import is_over, over_words
from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.customers import records as customers
from followup_desktop.core.customers.model import BEST_TIMES, CustomerId
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.drafts import records as drafts
from followup_desktop.core.drafts.model import Draft, Place
from followup_desktop.core.drafts.rules.enclosing import too_large
from followup_desktop.core.drafts.rules.footing import is_commercial, missing
from followup_desktop.core.drafts.rules.voice import replaced
from followup_desktop.core.history import records as history
from followup_desktop.core.history.model import Happening, NewEvent
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.journeys import records as follow_ups
from followup_desktop.core.journeys.model import FollowUpId, Outcome
from followup_desktop.core.journeys.queries import consent_clocks
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.messages import queries as messages_read
from followup_desktop.core.messages import records
from followup_desktop.core.messages.model import (
    LEFT_US,
    DraftPhase,
    MailAccount,
    MessageId,
    MessageState,
    NewAccount,
    Outgoing,
    Phase,
)
from followup_desktop.core.messages.records import NewMessage
from followup_desktop.core.messages.rules import TOO_MANY_CAME_BACK, address_is_gone, bare_subject, try_again_at
from followup_desktop.core.messages.tables import AccountRow, MessageRow
from followup_desktop.core.operators.model import Business
from followup_desktop.core.promises import records as promises
from followup_desktop.core.promises.model import PromiseState
from followup_desktop.core.queue.queries.today import bounced
from followup_desktop.mail.compose import Attachment, Letter, compose, new_message_id
from followup_desktop.store import files
from followup_desktop.store.schema import new_uuid
from followup_desktop.store.steps import StepRow
from followup_desktop.store.store import Work

LONGEST_THREAD = 25
"""How far a thread is followed back; mail programs need its beginning and its end only."""
PRIVACY_NOTE = "ad_hoc/privacy"
"""The template that says what is kept about a customer, and why."""

DRAFTS_WAIT = timedelta(minutes=10)
"""How long what is to be put right in an account's Drafts waits once its server was not reached."""


@dataclass(frozen=True, slots=True)
class Approved:
    """What the owner approved: the words as they are to go out, and what else they cover."""

    follow_up: int
    subject: str
    text: str
    also: tuple[int, ...] = ()
    template: str = ""
    place: Place | None = None
    """Which template it was made of."""
    made: Draft | None = None
    """What the template made, to learn from what the owner changed."""
    known: tuple[str, ...] = ()
    """The words of this customer's facts: they are no words of the template."""
    enclosures: tuple[int, ...] = ()
    at: datetime | None = None
    """When it is to leave, where not at once (UTC)."""


@command("message.send", says="Message sent")
def send(work: Work, approved: Approved) -> MessageId:
    """Approve a message: its bytes are fixed now, and it leaves after the time for undo."""
    row, customer, account, business = _ready(work, approved)
    _check_footer(row, approved, business)
    undo_until = work.now + timedelta(seconds=business.undo_seconds)
    wanted = max(undo_until, approved.at) if approved.at else undo_until
    if approved.at is not None and approved.at < work.now - timedelta(minutes=1):
        raise Problem("That time has gone by.", "Nothing was sent.", "Choose a later one, or leave it out.")
    zone = customer.zone or business.zone
    quiet = Quiet(business.quiet_from, business.quiet_until, business.quiet_sundays)
    if approved.at is None and not row.transactional and customer.best_time in BEST_TIMES:
        quiet = quiet.narrowed(*BEST_TIMES[customer.best_time])
    not_before = quiet.next_allowed(wanted, zone)
    message = _keep(work, approved, customer, account, MessageState.QUEUED, not_before)
    _outdate_draft(work, row)
    _settle_with(work, row, approved, message)
    work.message_id = message
    work.says = _said_of(customer.name, not_before, undo_until, work.now, business.zone)
    return message


def _outdate_draft(work: Work, row: FollowUpRow) -> None:
    """Mark the copy in Drafts as outdated by the message itself; the outbox takes it away once that has left."""
    draft = work.session.get(MessageRow, row.message_id) if row.message_id else None
    if draft is not None and draft.state == MessageState.DRAFT:
        draft.state = MessageState.CANCELLED


def _said_of(name: str, not_before: datetime, undo_until: datetime, now: datetime, zone: str) -> str:
    """Say that a message goes at once, or when the customer's quiet hours are over."""
    return f"Sent to {name}" if not_before == undo_until else f"Goes to {name} {moment_words(not_before, now, zone)}"


@command("message.save_draft", says="Saved to Drafts")
def save_draft(work: Work, approved: Approved) -> MessageId:
    """Keep a message for the Drafts folder of the account; the follow-up stays on the list."""
    row, customer, account, _business = _ready(work, approved)
    before = work.session.get(MessageRow, row.message_id) if row.message_id else None
    moved = before is not None and before.account_id != account.id
    if before is not None and before.state == MessageState.DRAFT and moved:
        # Another account writes to them now: what lies in the first one's Drafts is taken out of there.
        before.state = MessageState.CANCELLED
    if before is not None and before.state == MessageState.DRAFT:
        raw, message_id = _bytes(work, approved, customer, account)
        before.subject, before.text, before.raw, before.message_id = approved.subject, approved.text, raw, message_id
        message = MessageId(before.id)
    else:
        message = _keep(work, approved, customer, account, MessageState.DRAFT, None)
    row.message_id = message
    drafts.keep(work, row.id, approved.subject, approved.text)
    work.says = f"Draft for {customer.name} saved"
    return message


@command("message.hand_over", says="Handed to your mail program")
def hand_over(work: Work, approved: Approved) -> MessageId:
    """Note that a message was handed to the mail program or saved as a file; it counts until said otherwise."""
    row = follow_ups.open_row(work, approved.follow_up)
    customer = customers.get(work, CustomerId(row.customer_id))
    _check_address(work, customer)
    _check_footer(row, approved, business_of(work))
    message = records.add(work, _new(approved, customer, row, MessageState.HANDED_OVER, sent_at=work.now))
    _settle_with(work, row, approved, message)
    return message


@command("message.pretend", says="Marked as sent")
def pretend(work: Work, approved: Approved) -> MessageId:
    """Mark a message of the demo business as sent: nothing leaves, and the day goes on as if it had."""
    if not business_of(work).demo:
        raise Problem("This is your own business: messages are sent.", "Nothing was changed.", "Press Send.")
    row = follow_ups.open_row(work, approved.follow_up)
    customer = customers.get(work, CustomerId(row.customer_id))
    message = records.add(work, _new(approved, customer, row, MessageState.HANDED_OVER, sent_at=work.now))
    _settle_with(work, row, approved, message)
    work.says = f"Demo: nothing was sent. Marked as sent to {customer.name}"
    return message


def _ready(work: Work, approved: Approved) -> tuple[FollowUpRow, CustomerRow, MailAccount, Business]:
    business = business_of(work)
    if business.demo:
        raise Problem("This is the demo business: nothing is sent.", "Your text is kept.", "Go back to your business.")
    row = follow_ups.open_row(work, approved.follow_up)
    customer = customers.get(work, CustomerId(row.customer_id))
    if not customer.email:
        raise Problem(f"There is no email address for {customer.name}.", "Your text is kept.", "Add one, or call.")
    _check_address(work, customer)
    if not row.transactional and _refused(work, customer.id):
        raise Problem(f"{customer.name} said no to email.", "Nothing was sent.", "Reach them another way.")
    if is_commercial(row.purpose, row.source) and (over := _offers_over(work, customer, business)):
        raise Problem(over, "Nothing was sent.", "")
    if not approved.subject.strip() or not approved.text.strip():
        missing = "text" if approved.subject.strip() else "subject"
        raise Problem(f"The message has no {missing}.", "Nothing was sent.", "Write one.")
    sender = messages_read.sender_for(work.session, customer.id)
    if sender is None:
        raise Problem(
            "There is no mail account yet.", "Your text is kept.", "Add one in Settings, or use your mail program."
        )
    return row, customer, sender.account, business


def _check_address(work: Work, customer: CustomerRow) -> None:
    """Refuse to write to whoever asked not to be written to, and to an address mail came back from."""
    if consent.is_suppressed(work.session, customer.email):
        raise Problem(f"{customer.name} asked not to be written to.", "Nothing was sent.", "Call, if you must.")
    if customer.email.casefold() in bounced(work.session):
        ask = f"Ask {customer.name} for another address."
        raise Problem(f"Mail to {customer.email} came back.", "Nothing was sent.", ask)


def _check_footer(row: FollowUpRow, approved: Approved, business: Business) -> None:
    """Refuse a commercial mail that lacks what the law asks for below it."""
    lacking = missing(approved.text, business.postal_address) if is_commercial(row.purpose, row.source) else ()
    if not lacking:
        return
    what = " and ".join({"address": "your postal address", "way out": "a way out"}[each] for each in lacking)
    to_do = "Press “Add the footer” beside the advice."
    if not business.postal_address.strip():
        to_do = "Put your postal address into Settings, Business; new drafts then end with it."
    raise Problem(f"This message advertises: the law asks for {what} below it.", "Nothing was sent.", to_do)


def _offers_over(work: Work, customer: CustomerRow, business: Business) -> str:
    """Say why the law lets us write no offers to a customer any more, or nothing."""
    clock = consent_clocks(work.session, [customer.id], business).get(customer.id)
    over = clock is not None and is_over(clock, local_day(work.now, business.zone))
    return over_words(clock, customer.name) if clock is not None and over else ""


def _refused(work: Work, customer: int) -> bool:
    return "email" in consent.refused(work.session, [customer]).get(customer, ())


def _keep(
    work: Work,
    approved: Approved,
    customer: CustomerRow,
    account: MailAccount,
    state: MessageState,
    not_before: datetime | None,
) -> MessageId:
    raw, message_id = _bytes(work, approved, customer, account, not_before)
    row = follow_ups.open_row(work, approved.follow_up)
    before = _answered(work, row, approved.subject)
    own = {"account": account.id, "raw": raw, "message_id": message_id, "not_before": not_before}
    return records.add(work, _new(approved, customer, row, state, answers=before.id if before else None, **own))


def _bytes(
    work: Work, approved: Approved, customer: CustomerRow, account: MailAccount, leaves: datetime | None = None
) -> tuple[bytes, str]:
    """Return the message as it goes out, dated when it `leaves`, and its Message-ID."""
    message_id = new_message_id(account.address.rpartition("@")[2], new_uuid().replace("-", ""))
    thread = _thread(work, _answered(work, follow_ups.open_row(work, approved.follow_up), approved.subject))
    sender = messages_read.sender_for(work.session, customer.id)
    assert sender is not None  # `_ready` has seen to it
    letter = Letter(
        from_name=sender.name or account.name or business_of(work).owner,
        from_address=sender.address,
        reply_to=sender.reply_to,
        signature=sender.signature,
        to_name=customer.name,
        to_address=customer.email,
        subject=approved.subject.strip(),
        text=approved.text,
        message_id=message_id,
        date=max(work.now, leaves) if leaves else work.now,
        in_reply_to=thread[-1] if thread else None,
        # The first of a thread names itself: its copy is found by that where a server gives it another Message-ID.
        references=thread or (message_id,),
        list_unsubscribe=_way_out(work, approved, account),
        asks_receipt=business_of(work).ask_receipts,
        attachments=_attachments(work, approved),
    )
    return compose(letter), message_id


def _answered(work: Work, row: FollowUpRow, subject: str) -> MessageRow | None:
    """Return the message that one of ours answers, or goes on from: theirs, or our last one about the same thing."""
    event = work.session.get(EventRow, row.event_id) if row.event_id else None
    if event is not None and event.what == Happening.MESSAGE_IN and event.message_id:
        return work.session.get(MessageRow, event.message_id)
    ours = MessageRow.state.in_(LEFT_US)
    if event is not None and row.journey:
        query = select(MessageRow).join(FollowUpRow, FollowUpRow.message_id == MessageRow.id)
        same = FollowUpRow.event_id == row.event_id, FollowUpRow.journey == row.journey, ours
        return work.session.scalars(query.where(*same).order_by(MessageRow.sent_at.desc()).limit(1)).first()
    bare = bare_subject(subject)
    if bare == subject.strip():
        return None
    whose = MessageRow.customer_id == row.customer_id, or_(ours, MessageRow.state == MessageState.RECEIVED)
    newest = select(MessageRow).where(*whose).order_by(MessageRow.at.desc()).limit(20)
    return next((one for one in work.session.scalars(newest) if bare_subject(one.subject) == bare), None)


def _thread(work: Work, last: MessageRow | None) -> tuple[str, ...]:
    """Return the ids of a thread as they are known outside, the first message first."""
    ids: list[str] = []
    while last is not None and len(ids) < LONGEST_THREAD:
        if known := last.alias or last.message_id:
            ids.append(known)
        last = work.session.get(MessageRow, last.answers_id) if last.answers_id else None
    return tuple(reversed(ids))


def _way_out(work: Work, approved: Approved, account: MailAccount) -> str | None:
    """Return the link by which a mail program lets go of a commercial mail (RFC 2369): a mail to us, no page."""
    row = follow_ups.open_row(work, approved.follow_up)
    return f"mailto:{account.address}?subject=stop" if is_commercial(row.purpose, row.source) else None


def _attachments(work: Work, approved: Approved) -> tuple[Attachment, ...]:
    """Return what is enclosed, with its bytes; raises Problem where one is gone, or they are too large together."""
    found = [drafts.enclosure(work, key) for key in approved.enclosures]
    if large := too_large(found):
        raise Problem(large, "Your text is kept.", "Take one out, or send a second message.")
    return tuple(Attachment(one.file_name, files.get(work.folder, one.sha256, one.name)) for one in found)


def _new(approved: Approved, customer: CustomerRow, row: FollowUpRow, state: MessageState, **more: Any) -> NewMessage:
    return NewMessage(
        customer=customer.id,
        state=state,
        purpose=row.purpose,
        template=approved.template or row.template,
        counts=not row.transactional,
        to_address=customer.email,
        to_name=customer.name,
        subject=approved.subject.strip(),
        text=approved.text,
        **more,
    )


def _settle_with(work: Work, row: FollowUpRow, approved: Approved, message: MessageId) -> None:
    """End the follow-up and all it covers, write the history, keep the promise it was about."""
    settled = follow_ups.settle(work, row.id, Outcome.SENT, message=message)
    follow_ups.cover(work, [key for key in approved.also if key != row.id], settled)
    new = NewEvent(
        Happening.MESSAGE_OUT,
        note=approved.text,
        about=approved.subject.strip(),
        counts=_counts(work, row, approved.also),
        message=message,
        purpose=row.purpose,
    )
    history.note(work, CustomerId(row.customer_id), new)
    _keep_promises(work, (row.id, *approved.also))
    business = business_of(work)
    promises.offer_all(work, row.customer_id, approved.text, work.now, business.zone, business.region)
    _learn(work, row, approved)
    drafts.forget(work, row.id)


def _counts(work: Work, row: FollowUpRow, also: Sequence[int]) -> bool:
    """Whether a contact counts for the weekly limit: anything in it that is not transactional makes it count."""
    query = select(FollowUpRow.id).where(FollowUpRow.id.in_(also), ~FollowUpRow.transactional)
    return not row.transactional or (bool(also) and work.session.scalars(query).first() is not None)


def _learn(work: Work, row: FollowUpRow, approved: Approved) -> None:
    """Keep which words of the template the owner replaced."""
    place, made = approved.place, approved.made
    if place is not None and made is not None and approved.text.strip() != made.text.strip():
        changes = replaced(made, approved.text, approved.known)
        drafts.note_changes(work, row.customer_id, row.id, place, changes)


def _keep_promises(work: Work, keys: Sequence[int]) -> None:
    query = select(FollowUpRow.promise_id).where(FollowUpRow.id.in_(keys), FollowUpRow.promise_id.is_not(None))
    for promise in list(work.session.scalars(query)):
        promises.settle(work, int(promise or 0), PromiseState.KEPT)


_HOW = {
    "call": (Outcome.CALLED, Happening.CALL, "Called"),
    "text": (Outcome.TEXTED, Happening.MESSAGE_OUT, "Text sent"),
    "card": (Outcome.CARD, Happening.MESSAGE_OUT, "Card written"),
    "in_person": (Outcome.IN_PERSON, Happening.IN_PERSON, "Said in person"),
}


@command("follow_up.done", says="Done")
def done(work: Work, follow_up: int, how: str = "in_person", note: str = "", also: tuple[int, ...] = ()) -> Outcome:
    """End a follow-up as done by call, text, card or in person."""
    outcome, happening, label = _HOW[how]
    row = follow_ups.settle(work, follow_up, outcome, note)
    follow_ups.cover(work, [key for key in also if key != follow_up], row)
    counts = _counts(work, row, also)
    event = NewEvent(happening, note=note, about=label, counts=counts, purpose=row.purpose)
    history.note(work, CustomerId(row.customer_id), event)
    _keep_promises(work, (follow_up, *also))
    drafts.forget(work, follow_up)
    work.says = f"{label}: {customers.get(work, CustomerId(row.customer_id)).name}"
    return outcome


@command("follow_up.later", says="Put off")
def later(work: Work, follow_up: int, until: date) -> str:
    """Show a follow-up again on a later day."""
    business = business_of(work)
    row = follow_ups.put_off(work, follow_up, resolve(until, time(0), business.zone))
    name = customers.get(work, CustomerId(row.customer_id)).name
    work.says = f"{name} put off until {day_words(until, local_day(work.now, business.zone))}"
    return "later"


@command("follow_up.skip", says="Skipped")
def skip(work: Work, follow_up: int, why: str) -> Outcome:
    """End a follow-up without contact, with the reason."""
    if not why.strip():
        raise Problem("Why is it skipped?", "It is still on the list.", "A word is enough.")
    row = follow_ups.settle(work, follow_up, Outcome.SKIPPED, why.strip())
    if row.promise_id is not None:
        promises.settle(work, row.promise_id, PromiseState.WITHDRAWN)
    work.says = f"Skipped: {customers.get(work, CustomerId(row.customer_id)).name}"
    return Outcome.SKIPPED


@command("follow_up.write", says="Added to Today")
def write(work: Work, customer: CustomerId, purpose: Purpose = Purpose.AD_HOC) -> FollowUpId:
    """Put an ad hoc follow-up on today's list."""
    customers.get(work, customer)
    return follow_ups.ad_hoc(
        work, customer, purpose, f"{purpose}/ad_hoc", transactional=PURPOSES[purpose].transactional
    )


@command("follow_up.privacy_note", says="Added to Today")
def write_privacy_note(work: Work, customer: CustomerId) -> FollowUpId:
    """Put the note on what is kept about a customer, and why, on today's list: they asked for it."""
    work.says = f"The note for {customers.get(work, customer).name} is on Today"
    return follow_ups.ad_hoc(work, customer, Purpose.AD_HOC, PRIVACY_NOTE, transactional=True)


@command("draft.keep", says="")
def keep_draft(work: Work, follow_up: int, subject: str, text: str) -> None:
    """Keep a draft as the owner left it."""
    if work.session.get(FollowUpRow, follow_up) is not None:
        drafts.keep(work, follow_up, subject, text)


@command("draft.fresh", says="")
def fresh_draft(work: Work, follow_up: int) -> None:
    """Let go of the owner's changes to a draft."""
    drafts.forget(work, follow_up)


@command("account.add", says="Mail account added")
def add_account(work: Work, new: NewAccount) -> MailAccount:
    """Keep a mail account; its password is in the keyring already."""
    key = records.add_account(work, new)
    return messages_read.account_of(records.account_row(work, key))


@command("account.remove", says="Mail account removed")
def remove_account(work: Work, account: int) -> None:
    """Let go of an account; messages sent with it stay in the history."""
    query = select(MessageRow.id).where(MessageRow.account_id == account)
    if work.session.scalars(query.where(MessageRow.state.in_(messages_read.UNDER_WAY))).first() is not None:
        raise Problem(
            "Messages of this account are still on their way.", "It was kept.", "Send or call them back first."
        )
    records.remove_account(work, account)


@command("account.folders", says="")
def note_folders(work: Work, account: int, drafts_folder: str, sent_folder: str) -> None:
    """Remember where an account keeps drafts and sent mail."""
    records.note_folders(work, account, drafts_folder, sent_folder)


# The outbox. Each step is its own transaction; between them the server is spoken to, or the program dies.


@command("outbox.recover", says="")
def recover(work: Work) -> int:
    """After a crash: what had not begun to leave is queued again, the rest is unknown. Return how many."""
    query = select(MessageRow).where(MessageRow.state == MessageState.SENDING)
    rows = list(work.session.scalars(query))
    for row in rows:
        if row.phase == Phase.DATA:
            row.state, row.unknown_since, row.looks = MessageState.UNKNOWN, work.now, 0
            row.said = "The program ended while it was leaving."
        else:
            row.state, row.phase = MessageState.QUEUED, ""
    return len(rows)


@command("outbox.claim", says="")
def claim(work: Work, message: int) -> Outgoing | None:
    """Take a queued message for sending; none goes to an address that was suppressed or came back since.

    One whose turn falls into the customer's quiet hours waits until they are over.
    """
    return _claimed(work, message)


def _claimed(work: Work, message: int) -> Outgoing | None:
    row = work.session.execute(_about(message)).first()
    if row is None or row.state != MessageState.QUEUED:
        return None
    if why := _why_not(work, row):
        _fail(work, message, (MessageState.QUEUED,), why)
        return None
    if (opens := _opens(work, row.zone)) > work.now:
        records.move(work, message, (MessageState.QUEUED,), {"not_before": opens})
        return None
    return records.claim(work, message)


def _about(message: int) -> Any:
    """Ask for what decides whether a message may leave: to whom, what for, and by which clock they live."""
    columns = "state", "to_address", "counts", "customer_id", "purpose"
    joined = select(*(getattr(MessageRow, name) for name in columns), CustomerRow.zone)
    return joined.outerjoin(CustomerRow, CustomerRow.id == MessageRow.customer_id).where(MessageRow.id == message)


def _why_not(work: Work, row: Any) -> str:
    """Return why a message must not leave any more, or nothing."""
    if consent.is_suppressed(work.session, row.to_address) or (row.counts and _refused(work, row.customer_id)):
        return "They asked not to be written to."
    if row.to_address.casefold() in bounced(work.session):
        return "Mail to this address came back."
    if not is_commercial(row.purpose):
        return ""
    return _offers_over(work, customers.get(work, CustomerId(row.customer_id)), business_of(work))


def _opens(work: Work, zone: str | None, after: datetime | None = None) -> datetime:
    """Return when one may reach somebody who lives in a zone: now (or after a moment), or after their quiet hours."""
    business = business_of(work)
    quiet = Quiet(business.quiet_from, business.quiet_until, business.quiet_sundays)
    return quiet.next_allowed(after or work.now, zone or business.zone)


def _zone_of(work: Work, customer: int) -> str | None:
    return work.session.scalar(select(CustomerRow.zone).where(CustomerRow.id == customer))


@command("outbox.body_leaves", says="")
def body_leaves(work: Work, message: int) -> None:
    """Record, before it does, that the body leaves now: from here on the outcome may be unknown."""
    if not records.body_leaves(work, message):
        raise Problem("The message was called back.", "It was not sent.", "")


@command("outbox.accepted", says="")
def accepted(
    work: Work, message: int, said: str, *, alias: str = "", next_at: datetime | None = None, then: int | None = None
) -> Outgoing | None:
    """Record that a server took it, under which id it keeps it, and when the account may send the next one.

    With `then`, take that message for sending too, in the same transaction; it is answered as `claim` answers.
    """
    from_states = (MessageState.SENDING, MessageState.UNKNOWN, MessageState.ASK)
    values = {"state": MessageState.ACCEPTED, "sent_at": work.now, "said": said[:200], "phase": "", **_alias(alias)}
    if records.move(work, message, from_states, values):
        work.session.execute(update(StepRow).where(StepRow.message_id == message).values(spent=True))
        records.next_turn(work, message, next_at)
    return _claimed(work, then) if then is not None else None


def _alias(alias: str) -> dict[str, str]:
    return {"alias": alias} if alias else {}


@command("outbox.filed", says="")
def filed(work: Work, message: int, alias: str = "") -> None:
    """Record that its copy is in Sent, and under which id where the server gave it another one."""
    records.move(work, message, (MessageState.ACCEPTED,), {"state": MessageState.FILED, **_alias(alias)})


@command("outbox.put_back", says="")
def put_back(work: Work, message: int, said: str) -> None:
    """Queue it again: it did not begin to leave, or was refused for now."""
    row = records.row_of(work, message)
    values = {
        "state": MessageState.QUEUED,
        "phase": "",
        "said": said[:200],
        "not_before": try_again_at(work.now, row.attempts),
    }
    records.move(work, message, (MessageState.SENDING,), values)


@command("outbox.give_back", says="")
def give_back(work: Work, message: int) -> None:
    """Queue it again as it was: the account was refused, not the message."""
    values = {"state": MessageState.QUEUED, "phase": "", "attempts": MessageRow.attempts - 1}
    records.move(work, message, (MessageState.SENDING,), values)


@command("outbox.unknown", says="")
def unknown(work: Work, message: int, said: str, next_at: datetime | None = None) -> None:
    """Record that it may have left."""
    values = {"state": MessageState.UNKNOWN, "unknown_since": work.now, "looks": 0, "said": said[:200]}
    if records.move(work, message, (MessageState.SENDING,), values):
        records.next_turn(work, message, next_at)


@command("outbox.looked", says="")
def looked(work: Work, message: int, *, ask: bool, known: str = "") -> None:
    """Record that Sent was looked through without finding it; with `ask` the owner decides from here."""
    values: dict[str, Any] = {"looks": MessageRow.looks + 1}
    if ask:
        values |= {"state": MessageState.ASK, "phase": ""} | ({"said": known[:200]} if known else {})
    records.move(work, message, (MessageState.UNKNOWN,), values)


@command("outbox.failed", says="")
def failed(work: Work, message: int, said: str) -> None:
    """Record that it was refused for good; what it was to settle is back on the list.

    Where there is no such address, nothing goes there any more.
    """
    _fail(work, message, (MessageState.SENDING, MessageState.QUEUED), said)
    row = records.row_of(work, message)
    if row.state == MessageState.FAILED and address_is_gone(said):
        new = NewEvent(Happening.BOUNCED, note="the address does not exist", about=row.to_address)
        history.note(work, CustomerId(row.customer_id), new)
        work.session.flush()
        stop_if_many_came_back(work, row.account_id or 0)


@command("outbox.late", says="")
def late(work: Work, messages: Sequence[int]) -> None:
    """Have the owner asked about messages whose planned time went by while nobody was there to send them."""
    for message in messages:
        records.move(work, message, (MessageState.QUEUED,), {"state": MessageState.ASK, "phase": Phase.LATE})


@command("outbox.defer", says="")
def defer(work: Work, messages: Sequence[int], until: datetime, said: str) -> None:
    """Plan messages for a later day, each once its customer's quiet hours are over."""
    for message in messages:
        at = _opens(work, _zone_of(work, records.row_of(work, message).customer_id), until)
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
        "not_before": _opens(work, _zone_of(work, row.customer_id)),
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
    row.state, row.phase = MessageState.CANCELLED, ""
    work.session.flush()
    _reopen(work, message, "Its time went by while the computer was off." if late else "You called it back.")
    if leading is not None:
        drafts.keep(work, leading, subject, text)


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
def look_later(work: Work, account: int, until: datetime) -> None:
    """Leave a mailbox that was not reached alone for a while."""
    records.set_account(work, account, look_again_at=until)


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
