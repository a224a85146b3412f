"""Never the same words twice to one household within a year."""

from __future__ import annotations

from followup_desktop.core.drafts.model import Advice, Instead, Said, Span
from followup_desktop.core.drafts.rules.days import plain_date
from followup_desktop.core.drafts.rules.repeats import repeat_of
from followup_desktop.core.drafts.rules.wording import Message

KIND = "not_said_before"
REASON = "The same words twice show that they come from a drawer; what was answered once need not be asked again."
BAD = "Luis came on Monday. Is the water clear?"
GOOD = "Luis came on Monday. What do you notice since the new filter?"


def advise(message: Message) -> Advice | None:
    """Compare with what this household heard within a year."""
    before = message.knows.before
    if not before.messages:
        return None
    found = repeat_of(message.text, before)
    if found is None:
        return Advice(KIND, ok=True, text="Not said before")
    when = _when(found.message, message)
    if found.question:
        start = message.text.find(found.question)
        where = Span("text", start, start + len(found.question)) if start >= 0 else None
        text = f"You asked this {when}, {_answer(found.message)}"
        return Advice(KIND, ok=False, text=text, where=where)
    other = next(iter(message.knows.wordings), None)
    instead = Instead("Take another wording", other.subject, other.text) if other else None
    hint = "another wording is ready" if other else "say what is new since then"
    answered = f", and {found.message.answered} answered" if found.message.answered else ""
    return Advice(KIND, ok=False, text=f"You wrote nearly this {when}{answered}: {hint}", instead=instead)


def _when(said: Said, message: Message) -> str:
    today = message.knows.today
    day = plain_date(said.day, today) if today else plain_date(said.day, said.day)
    return f"to {said.to} on {day}" if said.to else f"on {day}"


def _answer(said: Said) -> str:
    if said.answered:
        return f"and {said.answered} answered: go on from the answer"
    return "and it was not answered: ask it another way"
