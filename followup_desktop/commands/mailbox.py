"""Commands about mail that came: each chunk of a folder is filed in one transaction, with how far it was read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from followup_desktop.base.wording import day_words
from followup_desktop.base.zones import resolve
from followup_desktop.commands import answers
from followup_desktop.commands.consent import honour, said_in_mail
from followup_desktop.commands.door import business_of, command
from followup_desktop.commands.outbox import stop_if_many_came_back
from followup_desktop.core.consent import records as consent
from followup_desktop.core.consent.model import NewWish, WishKind
from followup_desktop.core.customers import records as customers
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.customers.rules import person_of
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.history import records as history
from followup_desktop.core.history.model import Happening, NewEvent
from followup_desktop.core.journeys import records as follow_ups
from followup_desktop.core.journeys.model import NEVER_LAPSE, Outcome
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.messages import records
from followup_desktop.core.messages.model import Arrived, MessageId, MessageState, Phase
from followup_desktop.core.messages.queries import attached_of
from followup_desktop.core.messages.rules import all_attached_words, asked_about
from followup_desktop.core.messages.tables import MessageRow, StrangerRow
from followup_desktop.core.promises import records as promises
from followup_desktop.store.store import Work

MORNING = time(9)
CONSENT_QUESTION = "continuity/consent"
"""The template that asks whether we may go on writing."""
UNMATCHED = "unmatched"
KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of an account, and how far it has been read with what is to be filed."""

    account: int
    name: str
    validity: int
    last_uid: int


@command("mailbox.file", says="")
def file(work: Work, folder: Folder, arrived: Sequence[Arrived]) -> Mapping[str, int]:
    """File what came and remember how far the folder is read; return how many there were of each kind.

    A message that is kept already is left alone, so a folder may be read twice. Whose nobody knows is `unmatched`.
    """
    counts: Counter[str] = Counter(_file(work, one) for one in arrived)
    if counts["bounce"]:
        work.session.flush()
        stop_if_many_came_back(work, folder.account)
    records.note_read_to(work, folder.account, folder.name, folder.validity, folder.last_uid)
    work.recorder.touch("mailboxes")
    return dict(counts)


@command("mailbox.looked", says="")
def looked(work: Work, account: int) -> None:
    """Remember that the folders of an account that are read were looked into; let go of what waited too long."""
    records.note_looked(work, account)
    records.let_go_of_strangers(work)
    work.recorder.touch("mailboxes")


def _file(work: Work, one: Arrived) -> str:
    if one.kind == "own":
        return _own(work, one)
    if (known := records.row_under(work, one)) is not None:
        _note_number(known, one)
        return KNOWN
    answer = answers.found_in(work, one) if one.kind in _FROM_PEOPLE and not one.at_once else None
    if answer is not None and answer.customer is not None:
        one = replace(one, customer=answer.customer)
    if one.customer is not None and work.session.get(CustomerRow, one.customer) is None:
        one = replace(one, customer=None, answers=None)  # erased while the mailbox was read
    if one.customer is None:
        return _of_nobody(work, one)
    if answer is not None:
        _answered(work, one, answer)
        return one.kind if one.kind == "opt_out" else "answer" if answer.is_counted else "reply"
    match one.kind:
        case "bounce":
            _bounced(work, one)
        case "receipt":
            _shown(work, one)
        case "auto":
            _away(work, one)
        case "report":
            _called_spam(work, one)
        case _:
            _wrote(work, one)
    return one.kind


_FROM_PEOPLE = frozenset({"reply", "answer", "opt_out", "other"})
"""Kinds of messages in which somebody may have answered a question."""


def _answered(work: Work, one: Arrived, answer: answers.FoundAnswer) -> None:
    """File an answer to a question; what cannot be counted is filed as what they wrote, with the reason."""
    if not answer.is_counted:
        _wrote(work, replace(one, text="\n\n".join(filter(None, (answer.text, answer.why_not)))))
        return
    one = replace(one, at=_after_what_it_answers(work, one), answers=answer.message)
    message = records.receive(work, one, MessageState.RECEIVED)
    answers.take(work, one, answer, message, min(one.at, work.now))
    _ask_about_planned(work, one.customer or 0)
    if one.wish is not None:
        consent.wish(work, one.customer or 0, one.wish, message, one.at)


WROTE = "They wrote since you planned this."


def _ask_about_planned(work: Work, customer: int) -> None:
    """Have the owner asked about what was planned for later before a customer wrote: their word may change it."""
    query = select(MessageRow.id).where(
        MessageRow.customer_id == customer,
        MessageRow.state == MessageState.QUEUED,
        MessageRow.counts,
        MessageRow.attempts == 0,
        MessageRow.not_before > work.now + timedelta(minutes=1),
    )
    for key in list(work.session.scalars(query)):
        values = {"state": MessageState.ASK, "phase": Phase.LATE, "said": WROTE}
        records.move(work, key, (MessageState.QUEUED,), values)


def _wrote(work: Work, one: Arrived) -> None:
    """File what a customer wrote; it ends what waits for an answer, and waits for ours."""
    _ask_about_planned(work, one.customer or 0)
    one = replace(one, at=_after_what_it_answers(work, one))
    message = records.receive(work, one, MessageState.RECEIVED)
    if one.at_once:
        consent.suppress(work, "email", one.sender, said_in_mail(one.sentence or one.subject))
        honour(work, CustomerId(one.customer or 0), said_in_mail(one.sentence or one.subject))
        return
    said = one.text or one.subject
    if one.attachments:
        said = f"{said}\n\n{all_attached_words(one.attachments)}"
    _note(work, one, Happening.MESSAGE_IN, note=said, about=one.subject, message=message)
    wish = one.wish or _answer_to_the_question(work, one)
    if wish is not None:
        consent.wish(work, one.customer or 0, wish, message, one.at)


_YES = re.compile(
    r"\W*(?:yes|yep|yeah|sure|of course|by all means|please do|go ahead|ok(?:ay)?|fine|gladly|s[íi]|claro|por supuesto|"
    r"desde luego|adelante|vale|de acuerdo|con gusto)\b",
    re.IGNORECASE,
)
_NO = re.compile(r"\W*(?:no|nope|please don['’]?t|rather not|not any ?more|mejor no)\b", re.IGNORECASE)


def _answer_to_the_question(work: Work, one: Arrived) -> NewWish | None:
    """Return what they seem to answer to the question whether we may go on writing."""
    answered = work.session.get(MessageRow, one.answers) if one.answers else None
    if answered is None or not answered.template.startswith(CONSENT_QUESTION):
        return None
    sentence = " ".join(one.text.split())[:300]
    if _YES.match(one.text):
        return NewWish(WishKind.AGREES, sentence, "email")
    return NewWish(WishKind.STOP, sentence) if _NO.match(one.text) else None


def _of_nobody(work: Work, one: Arrived) -> str:
    """Keep an inquiry of somebody nobody knows; a way out taken from an address nobody has is taken all the same."""
    if one.at_once and one.sender:
        consent.suppress(work, "email", one.sender, said_in_mail(one.sentence or one.subject))
        return "opt_out"
    if one.kind == "asked" and not records.meet(work, one):
        return KNOWN
    return UNMATCHED


def _after_what_it_answers(work: Work, one: Arrived) -> datetime:
    """Return when a reply came; it came after what it answers, whatever the sender's clock says."""
    answered = work.session.get(MessageRow, one.answers) if one.answers else None
    if answered is None or answered.sent_at is None:
        return one.at
    return max(one.at, answered.sent_at + timedelta(seconds=1))


def _bounced(work: Work, one: Arrived) -> None:
    """Note that a message did not arrive; nothing goes any more to an address that is gone."""
    one = replace(one, at=_after_what_it_answers(work, one))
    why = _why_bounced(one)
    kept = records.row_of(work, records.receive(work, one, MessageState.RECEIVED))
    kept.said, kept.phase = why[:200], "gone" if one.permanent else "later"
    if one.answers:
        history.not_arrived(work, one.answers)
    if one.permanent:
        _note(work, one, Happening.BOUNCED, note=why, about=next(iter(one.addresses), ""))
    else:
        _note(work, one, Happening.NOTE, note=f"Mail to {', '.join(one.addresses) or 'them'} did not arrive: {why}")


def _why_bounced(one: Arrived) -> str:
    status = one.status
    if one.permanent:
        words = "the address does not exist"
    elif status.startswith("5.2.2"):
        words = "their mailbox is full"
    elif status.startswith(("5.7", "5.4")):
        words = "their server refused it; the address may be right"
    elif status.startswith("4"):
        words = "their server could not be reached in time, or asked to wait"
    else:
        words = "their server refused it"
    return f"{words} ({status})" if status else words


def _shown(work: Work, one: Arrived) -> None:
    """Note that a message of ours was shown: a lower bound, and no answer."""
    row = work.session.get(MessageRow, one.answers) if one.answers else None
    if row is not None and row.read_at is None:
        row.read_at = one.at


def _away(work: Work, one: Arrived) -> None:
    """Note an automatic reply, which is no answer; what is due while they are away waits for a day more."""
    records.receive(work, one, MessageState.RECEIVED)
    if one.back is None:
        return
    customer = customers.get(work, CustomerId(one.customer or 0))
    again = _next_working_day(one.back)
    until = resolve(again, MORNING, customer.zone or business_of(work).zone)
    _note(work, one, Happening.NOTE, note=f"Automatic reply: back on {day_words(one.back)}.")
    for row in _open_until(work, customer.id, until):
        row.later_until = until


def _next_working_day(day: date) -> date:
    """Return the first working day after a day: Monday to Friday."""
    following = day + timedelta(days=1)
    return following + timedelta(days=max(0, 7 - following.weekday()) if following.weekday() > 4 else 0)


def _open_until(work: Work, customer: int, until: datetime) -> Sequence[FollowUpRow]:
    """Return what is open for a customer before a moment, but for promises and cases, which wait for nobody."""
    query = select(FollowUpRow).where(
        FollowUpRow.customer_id == customer,
        FollowUpRow.state == "open",
        FollowUpRow.source.not_in(NEVER_LAPSE),
        FollowUpRow.opens < until,
    )
    return [row for row in work.session.scalars(query) if row.later_until is None or row.later_until < until]


def _called_spam(work: Work, one: Arrived) -> None:
    """Write no more to somebody who called a message of ours spam."""
    records.receive(work, one, MessageState.RECEIVED)
    for address in one.addresses:
        consent.suppress(work, "email", address, "they marked a message as spam")
    _note(work, one, Happening.OPTED_OUT, note="They marked a message of yours as spam.")


def _own(work: Work, one: Arrived) -> str:
    """File what the owner wrote elsewhere: it counts like any other message."""
    row = records.row_under(work, one) or _draft_like(work, one)
    if row is not None:
        _note_number(row, one)
        return _sent_elsewhere(work, row, one)
    if one.customer is None:
        return UNMATCHED
    message = records.receive(work, one, MessageState.FILED)
    counts = not one.is_answer
    _note(work, one, Happening.MESSAGE_OUT, note=one.text, about=one.subject, message=message, counts=counts)
    _offer_promises(work, one.customer, one.text, one.at, int(message))
    return "own"


def _note_number(row: MessageRow, one: Arrived) -> None:
    """Remember under which number and in which thread the provider has a message: answers are found by it."""
    if one.provider_thread and row.provider_thread is None:
        row.provider_id, row.provider_thread = one.provider_id, one.provider_thread


def _draft_like(work: Work, one: Arrived) -> MessageRow | None:
    """Return the draft a message of the owner's was made from: many mail programs give it an id of their own."""
    query = select(MessageRow).where(
        MessageRow.state == MessageState.DRAFT,
        MessageRow.customer_id == one.customer,
        MessageRow.draft_folder != "",
        MessageRow.at <= one.at + timedelta(minutes=5),
    )
    wanted = _folded(one.subject)
    return next((row for row in work.session.scalars(query) if wanted and _folded(row.subject) == wanted), None)


def _folded(subject: str) -> str:
    return " ".join(subject.casefold().split())


def _offer_promises(work: Work, customer: int, text: str, at: datetime, message: int) -> None:
    """Offer what the owner promised in a mail to be kept in mind."""
    business = business_of(work)
    said = promises.Said(text, min(at, work.now), business.zone, business.region, message=message)
    promises.offer_all(work, customer, said)


def _sent_elsewhere(work: Work, row: MessageRow, one: Arrived) -> str:
    """Settle a draft that the owner sent from their mail program; anything else of ours is known."""
    if row.state != MessageState.DRAFT:
        return KNOWN
    query = select(FollowUpRow.id).where(FollowUpRow.message_id == row.id, FollowUpRow.state == "open")
    for key in list(work.session.scalars(query)):
        settled = follow_ups.settle(work, key, Outcome.SENT, message=MessageId(row.id))
        row.counts = not settled.transactional
    if one.message_id != row.message_id:
        row.alias = one.message_id
    row.state, row.sent_at, row.draft_uid = MessageState.FILED, one.at, None
    new = NewEvent(
        Happening.MESSAGE_OUT,
        at=one.at,
        note=row.text,
        about=row.subject,
        counts=row.counts,
        message=row.id,
        purpose=row.purpose,
    )
    history.note(work, CustomerId(row.customer_id), new)
    _offer_promises(work, row.customer_id, one.text or row.text, one.at, row.id)
    return "own"


def _note(
    work: Work,
    one: Arrived,
    what: Happening,
    *,
    note: str = "",
    about: str = "",
    message: int | None = None,
    counts: bool = False,
) -> None:
    at = min(one.at, work.now)  # a sender's clock may be ahead
    new = NewEvent(what, at=at, note=note[:4000], about=about[:200], message=message, counts=counts)
    history.note(work, CustomerId(one.customer or 0), new)


# Mail of people nobody knows: one step makes them a customer, or it is remembered that they are none.


@command("stranger.adopt", says="A new customer")
def adopt(work: Work, stranger: int, customer: CustomerId | None = None) -> CustomerId:
    """Make a customer of somebody who wrote, or file their mail to `customer`, whose address it is; return whom.

    All mail of that address that waits is filed. What a new customer wrote first is their inquiry.
    """
    rows = records.strangers_of(work, stranger)
    last = rows[-1]
    phone = next((row.phone for row in reversed(rows) if row.phone), "")
    key = customer or customers.add(work, person_of(last.name, last.address, phone))
    for place, row in enumerate(rows):
        _file_to(work, key, row, is_inquiry=customer is None and place == 0)
    work.says = f"{customers.get(work, key).name} {'has this mail now' if customer else 'is a customer now'}"
    return key


def _file_to(work: Work, key: CustomerId, row: StrangerRow, *, is_inquiry: bool) -> None:
    arrived = Arrived(
        "reply", row.message_id or "", row.address, row.name, row.subject, row.at, int(key), text=row.text,
        to_address=row.to_address, attachments=attached_of(row.attached),
    )  # fmt: skip
    message = records.receive(work, arrived, MessageState.RECEIVED)
    _note(work, arrived, Happening.MESSAGE_IN, note=row.text or row.subject, about=row.subject, message=message)
    if is_inquiry:
        _note(work, arrived, Happening.INQUIRY, about=asked_about(row.subject))
    row.state, row.text, row.attached = "customer", "", []


@command("stranger.none", says="Not a customer")
def not_a_customer(work: Work, stranger: int) -> None:
    """Remember that somebody who wrote is no customer: their mail is not kept, and no other is shown."""
    for row in records.strangers_of(work, stranger):
        row.state, row.name, row.subject, row.text, row.phone, row.attached = "not_one", "", "", "", "", []
        work.says = f"{row.address}: not a customer"
