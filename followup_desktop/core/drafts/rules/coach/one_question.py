"""One message asks one thing: of two questions, people answer the easier or none."""

from __future__ import annotations

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import Advice
from followup_desktop.core.drafts.rules.wording import Message

KIND = "one_question"
REASON = "Of two questions people answer the easier one, or none."
BAD = "How was it? Shall we come again?"
GOOD = "How was it?"

_MUST_ASK = frozenset(
    {
        Purpose.CHECK_IN, Purpose.USAGE_CHECK_IN, Purpose.RECOVERY_CHECK, Purpose.QUOTE_CHECK_IN,
        Purpose.INQUIRY_CHECK_IN,
    }
)  # fmt: skip
"""Purposes that are a question; the others may do without."""


def advise(message: Message) -> Advice:
    """Count the questions we ask."""
    questions = message.questions
    if len(questions) > 1 or (questions and questions[0].text.count("?") > 1):
        many = max(len(questions), 2)
        second = questions[1] if len(questions) > 1 else questions[0]
        return Advice(KIND, ok=False, text=f"{many} questions: people answer one; keep the last", where=second.where)
    if not questions and message.purpose in _MUST_ASK:
        return Advice(KIND, ok=False, text="Asks nothing: one question invites an answer")
    return Advice(KIND, ok=True, text="One question" if questions else "Asks nothing it need not")
