"""Writing what customers tell us."""

from __future__ import annotations

from followup_desktop.base.errors import Problem
from followup_desktop.core.cases import queries as cases_read
from followup_desktop.core.cases import records as cases
from followup_desktop.core.cases.model import CaseState
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.feedback.model import HAPPENINGS, How, Mood, NewAnswer, Scale
from followup_desktop.core.feedback.rules.scores import check, mood_of, score_words
from followup_desktop.core.feedback.tables import AnswerRow
from followup_desktop.core.history import records as history
from followup_desktop.core.history.model import EventId, Happening, NewEvent
from followup_desktop.core.history.tables import EventRow
from followup_desktop.store.store import Work

SCALES = {happening: scale for scale, happening in HAPPENINGS.items()}


def take(work: Work, customer: CustomerId, new: NewAnswer) -> EventId:
    """Write an answer down: once in the history, and a case where somebody is unhappy. Raises Problem."""
    check(new.scale, new.score, new.text)
    event = history.note(
        work,
        customer,
        NewEvent(
            HAPPENINGS[new.scale],
            at=new.at,
            note=new.text.strip()[:4000],
            by=new.by,
            rating=new.score if new.scale is not Scale.WORDS else None,
            message=new.message,
        ),
    )
    describe(work, customer, event, new)
    return event


def describe(work: Work, customer: CustomerId, event: EventId, new: NewAnswer) -> None:
    """Keep what belongs to an answer that stands in the history, and open a case where it is an unhappy one."""
    row = AnswerRow(
        event_id=event,
        customer_id=customer,
        how=str(new.how),
        follow_up_id=new.follow_up,
        from_address=new.from_address,
    )
    work.add(row)
    if mood_of(new.scale, new.score) is Mood.UNHAPPY and not _is_open(work, customer):
        what = new.text.strip() or f"They answered {score_words(new.scale, new.score)}, without a word."
        cases.open_for(work, customer, event, what[:4000], new.at or work.now)


def _is_open(work: Work, customer: CustomerId) -> bool:
    """Whether something is being put right for them already: their answer belongs to that."""
    return any(case.state is CaseState.OPEN for case in cases_read.of_customers(work.session, [customer]))


def rest(work: Work, event: int) -> EventRow:
    """Say that an answer needs no answer from us."""
    found, row = _rows(work, event)
    row.rested_at = work.now
    return found


def deal_with(work: Work, event: int, how: str) -> EventRow:
    """Say that what they told us is dealt with; they hear of it by a second message."""
    found, row = _rows(work, event)
    if row.dealt_with_at is not None:
        raise Problem("That is marked as dealt with already.", "Nothing was changed.", "Undo takes the mark back.")
    words = " ".join(how.split())
    if not words:
        raise Problem("Say what was done about it.", "Nothing was changed.", "One line is plenty: they are told so.")
    row.dealt_with_at = work.now
    history.note(
        work,
        CustomerId(found.customer_id),
        NewEvent(Happening.DEALT_WITH, note=words, about=" ".join(found.note.split())[:200]),
    )
    return found


def _rows(work: Work, event: int) -> tuple[EventRow, AnswerRow]:
    found = work.session.get(EventRow, event)
    if found is None or found.what not in SCALES:
        raise Problem(f"There is no answer {event}.", "Nothing was changed.", "Look the number up: feedback list.")
    row = work.session.get(AnswerRow, event)
    if row is None:
        row = AnswerRow(event_id=event, customer_id=found.customer_id, how=str(How.OTHER), from_address="")
        work.add(row)
    return found, row


def scale_of(what: str) -> Scale | None:
    """Return the scale of what stands in the history, or None where it is no answer."""
    return SCALES.get(Happening(what))
