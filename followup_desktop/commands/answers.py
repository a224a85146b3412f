"""Answers to our questions in mail that came: by a link of ours, or by a number at the beginning of a reply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from followup_desktop.commands.door import business_of
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.feedback import queries, records
from followup_desktop.core.feedback.model import Asked, How, NewAnswer, Reference, Scale, Verdict
from followup_desktop.core.feedback.rules.scores import score_in
from followup_desktop.core.feedback.rules.tokens import VALID, judge, reference_in, score_of, their_words, why_not
from followup_desktop.core.history.model import EventId
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.messages.model import Arrived
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.store.store import Work

_SCALES = {"csat": Scale.CSAT, "nps": Scale.NPS}


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """An answer found in a message: whose, to which question, or why it is not counted. `message` is what asked."""

    customer: int | None
    scale: Scale
    text: str
    how: How
    score: int | None = None
    follow_up: int | None = None
    message: int | None = None
    from_address: str = ""
    why_not: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether the number is taken down."""
        return not self.why_not


def found_in(work: Work, one: Arrived) -> FoundAnswer | None:
    """Return the answer in a message, or None where it is none."""
    given = reference_in(one.subject)
    return _by_link(work, one, given) if given is not None else _by_number(work, one)


def take(work: Work, one: Arrived, answer: FoundAnswer, message: int, at: datetime) -> EventId:
    """Write an answer down that came in a message."""
    text = answer.text
    if answer.from_address:
        text = f"{text}\n\nWritten from {answer.from_address}.".strip()
    new = NewAnswer(
        answer.scale,
        answer.score,
        text,
        answer.how,
        at,
        follow_up=answer.follow_up,
        message=message,
        from_address=one.sender,
        words=answer.text,
    )
    return records.take(work, CustomerId(answer.customer or 0), new)


def _by_link(work: Work, one: Arrived, given: Reference) -> FoundAnswer:
    asked = _asked(work, given.follow_up)
    sender = one.customer
    if asked is not None and sender is not None and _same_household(work, sender, asked.customer):
        sender = asked.customer
    verdict = judge(given, asked, queries.secret(work.session), sender, work.now)
    words = their_words(one.text, one.sender_name, _name(work, one.customer))
    if verdict is Verdict.COUNTED and asked is not None:
        row = work.session.get(FollowUpRow, asked.follow_up)
        return FoundAnswer(
            asked.customer,
            asked.scale,
            words,
            How.LINK,
            score_of(given),
            asked.follow_up,
            row.message_id if row else None,
            one.sender if _is_strange(work, asked.customer, one) else "",
        )
    # A genuine one from an address nobody knows is theirs, counted or not; a forged one says nothing of whose it is.
    known = asked.customer if asked and verdict in (Verdict.EXPIRED, Verdict.TWICE, Verdict.OUT_OF_SCALE) else None
    reason = why_not(verdict, given, asked, business_of(work).zone)
    return FoundAnswer(one.customer or known, given.scale, words, How.LINK, why_not=reason)


def _by_number(work: Work, one: Arrived) -> FoundAnswer | None:
    """Return a reply to a question that begins with its number; any other reply is just a reply."""
    if one.answers is None or one.customer is None:
        return None
    query = select(FollowUpRow).where(FollowUpRow.message_id == one.answers, FollowUpRow.question != "")
    for row in work.session.scalars(query):
        scale = _SCALES.get(row.question)
        score = score_in(one.text, scale) if scale is not None else None
        if scale is None or score is None or row.customer_id != one.customer:
            continue
        asked = _asked(work, row.id)
        if asked is not None and asked.answered_at is None and work.now - asked.at <= VALID:
            return FoundAnswer(one.customer, scale, one.text.strip(), How.MAIL, score, row.id, one.answers)
    return None


def _name(work: Work, customer: int | None) -> str:
    row = work.session.get(CustomerRow, customer) if customer is not None else None
    return row.name if row is not None else ""


def _asked(work: Work, follow_up: int) -> Asked | None:
    row = work.session.get(FollowUpRow, follow_up) if follow_up else None
    scale = _SCALES.get(row.question) if row is not None else None
    if row is None or scale is None:
        return None
    sent = work.session.get(MessageRow, row.message_id) if row.message_id else None
    at = (sent.sent_at if sent else None) or row.ended_at or row.due
    score, answered_at = queries.answer_to(work.session, row.id) or (None, None)
    return Asked(row.id, row.uuid, row.customer_id, scale, at, score, answered_at)


def _same_household(work: Work, one: int, other: int) -> bool:
    found = work.session.execute(
        select(CustomerRow.id, CustomerRow.household_id).where(CustomerRow.id.in_((one, other)))
    )
    households = {household for _key, household in found}
    return one == other or (len(households) == 1 and None not in households)


def _is_strange(work: Work, customer: int, one: Arrived) -> bool:
    """Whether an answer came from another address than any that we know of theirs."""
    return one.customer is None or one.customer != customer
