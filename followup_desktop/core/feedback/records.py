"""Writing what customers tell us."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select

from followup_desktop.base.errors import Problem
from followup_desktop.core.cases import records as cases
from followup_desktop.core.cases.model import How as CaseHow
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.feedback import queries
from followup_desktop.core.feedback.model import HAPPENINGS, How, Mood, NewAnswer, ReviewLine, Scale, Theme
from followup_desktop.core.feedback.rules.reviews import fingerprint
from followup_desktop.core.feedback.rules.scores import besides_score, check, mood_of, score_words
from followup_desktop.core.feedback.rules.talks import chosen
from followup_desktop.core.feedback.rules.themes import words_of
from followup_desktop.core.feedback.tables import AnswerRow, ReviewRow, TalkRow, ThemeRow
from followup_desktop.core.history import records as history
from followup_desktop.core.history.model import EventId, Happening, NewEvent
from followup_desktop.core.history.tables import EventRow
from followup_desktop.store.schema import new_uuid
from followup_desktop.store.store import Work

LONGEST_NAME = 40
CHUNK = 500
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
    if mood_of(new.scale, new.score) is Mood.UNHAPPY:
        what = _their_words(new) or f"They answered {score_words(new.scale, new.score)}, without a word."
        cases.open_or_join(work, customer, event, what[:4000], new.at or work.now, how=CaseHow.RATING)


def _their_words(new: NewAnswer) -> str:
    """Return what they said besides the number: what a case is about."""
    said = new.text if new.words is None else new.words
    return besides_score(said, new.scale) if new.how is How.MAIL else said.strip()


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


def save_theme(work: Work, name: str, words: Collection[str], key: str = "") -> str:
    """Keep a theme under its key, a new one without; return the key. Raises Problem."""
    line = " ".join(name.split())
    kept = list(dict.fromkeys(" ".join(word.split()) for word in words if words_of(word)))
    if not line or len(line) > LONGEST_NAME:
        raise Problem("A theme needs a name.", "Nothing was changed.", f"Give one of at most {LONGEST_NAME} letters.")
    if not kept:
        raise Problem("A theme needs words that mean it.", "Nothing was changed.", "Give a few, with commas between.")
    there = {one.name.casefold(): one.key for one in queries.themes(work.session)}
    if there.get(line.casefold(), key) != key:
        raise Problem(f"There is a theme “{line}” already.", "Nothing was changed.", "Give it another name.")
    key = key or new_uuid()
    row = work.session.scalars(select(ThemeRow).where(ThemeRow.key == key)).first()
    if row is None:
        work.add(ThemeRow(key=key, name=line, words=kept, removed=False))
    else:
        row.name, row.words, row.removed = line, kept, False
    return key


def remove_theme(work: Work, key: str) -> str:
    """Count a theme no more and return its name."""
    theme = theme_named(work, key)
    row = work.session.scalars(select(ThemeRow).where(ThemeRow.key == theme.key)).first()
    if row is None:
        work.add(ThemeRow(key=theme.key, name=theme.name, words=list(theme.words), removed=True))
    else:
        row.removed = True
    return theme.name


def theme_named(work: Work, given: str) -> Theme:
    """Return a theme by its key or its name; raises Problem."""
    found = queries.themes(work.session)
    theme = next((one for one in found if given in (one.key, one.name)), None) or next(
        (one for one in found if one.name.casefold() == " ".join(given.split()).casefold()), None
    )
    if theme is None:
        raise Problem(f"There is no theme “{given}”.", "Nothing was changed.", "Look the names up: themes.")
    return theme


def bring_reviews(work: Work, lines: Sequence[ReviewLine], site: str) -> int:
    """Keep the reviews that are not here yet, each once, and return how many are new."""
    prints = {fingerprint(line, line.site or site): line for line in reversed(lines)}
    known = {
        one
        for some in batched(list(prints), CHUNK)
        for one in work.session.scalars(select(ReviewRow.fingerprint).where(ReviewRow.fingerprint.in_(some)))
    }
    new = [(print_, line) for print_, line in reversed(prints.items()) if print_ not in known]
    for print_, line in new:
        work.add(
            ReviewRow(
                site=line.site or site,
                author=line.author,
                written_on=line.on,
                rating=line.rating,
                text=line.text,
                fingerprint=print_,
                brought_at=work.now,
            )
        )
    return len(new)


def batched(keys: Sequence[str], size: int) -> list[Sequence[str]]:
    """Split keys into lists a statement can carry."""
    return [keys[at : at + size] for at in range(0, len(keys), size)]


def review_row(work: Work, review: int) -> ReviewRow:
    """Return a review's row; raises Problem."""
    row = work.session.get(ReviewRow, review)
    if row is None:
        raise Problem(f"There is no review {review}.", "Nothing was changed.", "Look the number up: reviews list.")
    return row


def propose_talks(work: Work, month: date, zone: str) -> None:
    """Choose whom to talk with in a month, unless that was done: the three of a month stay the same."""
    first = month.replace(day=1)
    if work.session.scalars(select(TalkRow.id).where(TalkRow.month == first)).first() is not None:
        return
    for one, kind, why in chosen(queries.candidates(work.session, work.now, zone), first):
        work.add(TalkRow(customer_id=one.customer, month=first, kind=str(kind), why=why, state="open", notes=""))


def talk_row(work: Work, talk: int) -> TalkRow:
    """Return a talk's row; raises Problem."""
    row = work.session.get(TalkRow, talk)
    if row is None:
        raise Problem(f"There is no talk {talk}.", "Nothing was changed.", "Look the number up: talks.")
    return row
