"""Commands about follow-ups and messages: approving, settling, and the accounts they go out with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import or_, select

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import day_words, moment_words
from followup_desktop.base.zones import Quiet, local_day, resolve
from followup_desktop.commands.door import business_of, command
from followup_desktop.commands.history import offer_noted
from followup_desktop.core.cases import records as cases
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
from followup_desktop.core.history.model import FROM_THEM, Happening, NewEvent
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.journeys import records as follow_ups
from followup_desktop.core.journeys.model import FollowUpId, Outcome
from followup_desktop.core.journeys.queries import consent_clocks
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.messages import queries as messages_read
from followup_desktop.core.messages import records
from followup_desktop.core.messages.model import (
    LEFT_US,
    MailAccount,
    MessageId,
    MessageState,
    NewAccount,
)
from followup_desktop.core.messages.records import NewMessage
from followup_desktop.core.messages.rules import bare_subject
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.core.operators.model import Business
from followup_desktop.core.promises import records as promises
from followup_desktop.core.promises.model import PromiseState
from followup_desktop.core.queue.queries.today import bounced
from followup_desktop.mail.compose import Attachment, Letter, compose, new_message_id
from followup_desktop.mail.parse.model import NO_ID
from followup_desktop.store import files
from followup_desktop.store.schema import new_uuid
from followup_desktop.store.store import Work

LONGEST_THREAD = 25
"""How far a thread is followed back; mail programs need its beginning and its end only."""
PRIVACY_NOTE = "ad_hoc/privacy"
"""The template that says what is kept about a customer, and why."""


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


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What a text or a card was made of: the template, its words before the owner changed them, and their facts'."""

    place: Place
    made: Draft
    known: tuple[str, ...] = ()


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
    allowed = not_before = quiet.next_allowed(wanted, zone)
    if approved.at is None and not row.transactional and customer.best_time in BEST_TIMES:
        not_before = quiet.narrowed(*BEST_TIMES[customer.best_time]).next_allowed(wanted, zone)
    message = _keep(work, approved, customer, account, MessageState.QUEUED, not_before)
    _outdate_draft(work, row)
    _settle_with(work, row, approved, message)
    work.message_id = message
    if not_before == undo_until:
        work.says = f"Sent to {customer.name}"
    else:
        why = "" if not_before == approved.at else _why_then(not_before, allowed)
        work.says = f"Goes to {customer.name} {moment_words(not_before, work.now, business.zone)}{why}"
    return message


def _outdate_draft(work: Work, row: FollowUpRow) -> None:
    """Mark the copy in Drafts as outdated by the message itself; the outbox takes it away once that has left."""
    draft = work.session.get(MessageRow, row.message_id) if row.message_id else None
    if draft is not None and draft.state == MessageState.DRAFT:
        draft.state = MessageState.CANCELLED


def _why_then(not_before: datetime, allowed: datetime) -> str:
    return ", after the quiet hours" if not_before == allowed else ", when they like it best"


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
    if not row.transactional and refuses_mail(work, customer.id):
        raise Problem(f"{customer.name} said no to email.", "Nothing was sent.", "Reach them another way.")
    if is_commercial(row.purpose, row.source) and (over := offers_over(work, {customer.id: customer.name})):
        raise Problem(over[customer.id], "Nothing was sent.", "")
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


def offers_over(work: Work, names: Mapping[int, str]) -> dict[int, str]:
    """Say why the law lets us write no offers any more to those of some customers to whom it does not."""
    if not names:
        return {}
    business = business_of(work)
    today, clocks = local_day(work.now, business.zone), consent_clocks(work.session, names, business)
    return {key: over_words(clock, names[key]) for key, clock in clocks.items() if is_over(clock, today)}


def refuses_mail(work: Work, customer: int) -> bool:
    """Whether a customer said no to email."""
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
        asks_receipt=sender.account.asks_receipts,
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
        last = work.session.scalars(query.where(*same).order_by(MessageRow.sent_at.desc()).limit(1)).first()
        theirs = event.message_id if event.what in FROM_THEM else None
        return last or (work.session.get(MessageRow, theirs) if theirs else None)
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
        known = last.alias or last.message_id
        if known and not known.endswith(NO_ID):
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
    said = promises.Said(approved.text, work.now, business.zone, business.region, message=int(message))
    promises.offer_all(work, row.customer_id, said)
    if approved.place is not None and approved.made is not None:
        _learn(work, row, approved.text, MadeOf(approved.place, approved.made, approved.known))
    drafts.forget(work, row.id)


def _counts(work: Work, row: FollowUpRow, also: Sequence[int]) -> bool:
    """Whether a contact counts for the weekly limit: anything in it that is not transactional makes it count."""
    query = select(FollowUpRow.id).where(FollowUpRow.id.in_(also), ~FollowUpRow.transactional)
    return not row.transactional or (bool(also) and work.session.scalars(query).first() is not None)


def _learn(work: Work, row: FollowUpRow, text: str, of: MadeOf) -> None:
    """Keep which words of the template the owner replaced."""
    if text.strip() != of.made.text.strip():
        drafts.note_changes(work, row.customer_id, row.id, of.place, replaced(of.made, text, of.known))


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
def done(
    work: Work,
    follow_up: int,
    how: str = "in_person",
    note: str = "",
    also: tuple[int, ...] = (),
    *,
    went_wrong: bool = False,
    of: MadeOf | None = None,
) -> Outcome:
    """End a follow-up as done by call, text, card or in person.

    Where they said that something `went_wrong`, a case is opened in the words of `note`. Of a text or a card, `note` is
    what was written; what the owner changed in the words it was made `of` is learned from, as in a mail.
    """
    if went_wrong and not note.strip():
        raise Problem("What went wrong?", "Nothing was changed.", "Note it first, in their words.")
    outcome, happening, label = _HOW[how]
    row = follow_ups.settle(work, follow_up, outcome, note)
    follow_ups.cover(work, [key for key in also if key != follow_up], row)
    counts = _counts(work, row, also)
    event = NewEvent(happening, note=note, about=label, counts=counts, purpose=row.purpose)
    said_in = history.note(work, CustomerId(row.customer_id), event)
    _keep_promises(work, (follow_up, *also))
    if of is not None and how in ("text", "card"):
        _learn(work, row, note, of)
    drafts.forget(work, follow_up)
    if went_wrong:
        known_by = {"call": "phone", "text": "text", "in_person": "in_person"}.get(how, "")
        cases.complain(work, CustomerId(row.customer_id), note.strip(), how=known_by, event=int(said_in))
        label = f"{label}, and a case is open"
    work.says = f"{label}: {customers.get(work, CustomerId(row.customer_id)).name}"
    if how in ("call", "in_person"):
        offer_noted(work, row.customer_id, int(said_in), note)
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
