"""Commands about what customers tell us."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import count_words
from followup_desktop.commands.door import business_of, command
from followup_desktop.core.customers import records as customers
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.feedback import records
from followup_desktop.core.feedback.model import NewAnswer, ReviewLine, TalkState
from followup_desktop.core.feedback.queries import REFUSED
from followup_desktop.core.feedback.rules.scores import score_words
from followup_desktop.core.feedback.tables import TalkRow
from followup_desktop.core.history import records as history
from followup_desktop.core.history.model import EventId, Happening, NewEvent
from followup_desktop.core.operators import records as operators
from followup_desktop.core.operators.tables import SettingRow
from followup_desktop.store.store import Work


@command("feedback.add", says="Answer written down")
def add_answer(work: Work, customer: CustomerId, new: NewAnswer) -> EventId:
    """Write down what a customer answered; where they are unhappy, a case opens."""
    name = customers.get(work, customer).name
    if new.at is not None and new.at > work.now:
        raise Problem("That lies in the future.", "Nothing was written down.", "Give the time they said it.")
    work.says = ""
    event = records.take(work, customer, new)
    said = score_words(new.scale, new.score)
    words = f"{name}: {said}" if said else f"What {name} said is written down"
    work.says = f"{words}. {work.says}" if work.says else words
    return event


@command("feedback.rest", says="It needs no answer")
def rest_answer(work: Work, event: int) -> None:
    """Say that an answer needs no answer from us."""
    records.rest(work, event)


@command("feedback.dealt_with", says="Marked as dealt with")
def deal_with(work: Work, event: int, how: str) -> None:
    """Say that what they told us is dealt with; a message that tells them so is drafted."""
    row = records.deal_with(work, event, how)
    work.says = f"Dealt with: {customers.get(work, CustomerId(row.customer_id)).name} hears of it"


@command("theme.save", says="Theme saved")
def save_theme(work: Work, name: str, words: Sequence[str], key: str = "") -> str:
    """Keep a theme and the words that mean it; return its key."""
    kept = records.save_theme(work, name, words, key)
    work.says = f"Theme saved: {' '.join(name.split())}"
    return kept


@command("theme.remove", says="Theme removed")
def remove_theme(work: Work, key: str) -> None:
    """Count a theme no more."""
    work.says = f"Theme removed: {records.remove_theme(work, key)}"


@command("theme.refuse", says="Not a theme")
def refuse_theme(work: Work, words: str) -> None:
    """Propose these words no more."""
    row = work.session.get(SettingRow, REFUSED)
    before = list(row.value) if row is not None and isinstance(row.value, list) else []
    operators.set_setting(work, REFUSED, [*before, words])
    work.says = f"“{words}” is not proposed any more"


@command("reviews.import", says="Reviews brought in")
def bring_reviews(work: Work, lines: Sequence[ReviewLine], site: str = "") -> int:
    """Bring reviews in, each once however often its file is brought; return how many are new."""
    new = records.bring_reviews(work, lines, " ".join(site.split())[:60])
    work.says = f"{count_words(new, 'new review', 'new reviews')}, {len(lines) - new} known already"
    return new


@command("reviews.whose", says="Review given to a customer")
def review_is_of(work: Work, review: int, customer: CustomerId | None) -> None:
    """Say which customer wrote a review, or that it is nobody's."""
    row = records.review_row(work, review)
    name = customers.get(work, customer).name if customer is not None else ""
    row.customer_id = customer
    work.says = f"The review is {name}'s" if name else "The review is nobody's"


@command("reviews.answered", says="Review answered")
def review_answered(work: Work, review: int, text: str) -> None:
    """Say what was answered to a review where it stands."""
    if not text.strip():
        raise Problem("The answer has no words.", "Nothing was changed.", "Paste what you answered.")
    row = records.review_row(work, review)
    row.answer, row.answered_at = text.strip()[:4000], work.now


@command("talks.propose", says="")
def propose_talks(work: Work, month: date) -> None:
    """Choose whom to talk with in a month; the three stay the same."""
    records.propose_talks(work, month, business_of(work).zone)


@command("talk.done", says="Talk noted")
def talk_done(work: Work, talk: int, notes: str, how: str = "call") -> None:
    """Say that a talk took place, and what was said."""
    row = _open_talk(work, talk)
    if not notes.strip():
        raise Problem("Note what they said.", "Nothing was changed.", "A few lines, in their words.")
    row.state, row.notes, row.settled_at = TalkState.DONE, notes.strip()[:8000], work.now
    customer = CustomerId(row.customer_id)
    what = Happening.IN_PERSON if how == "in_person" else Happening.CALL
    history.note(work, customer, NewEvent(what, note=row.notes[:4000], about="A longer talk", counts=True))
    work.says = f"Talk with {customers.get(work, customer).name} noted"


@command("talk.skip", says="Talk skipped")
def talk_skipped(work: Work, talk: int) -> None:
    """Say that a talk does not take place this month."""
    row = _open_talk(work, talk)
    row.state, row.settled_at = TalkState.SKIPPED, work.now


def _open_talk(work: Work, talk: int) -> TalkRow:
    row = records.talk_row(work, talk)
    if row.state != TalkState.OPEN:
        raise Problem("This talk is settled already.", "Nothing was changed.", "Undo brings it back.")
    return row
