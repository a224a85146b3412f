"""They have not asked to be left alone: a message after that would be unlawful."""

from __future__ import annotations

from followup_desktop.core.drafts.model import Advice
from followup_desktop.core.drafts.rules.wording import Message

KIND = "allowed"
REASON = "Who asked not to be written to is not written to: it is the law, and it is decent."
BAD = "Is the water clear?"
GOOD = "Is the water clear?"


def advise(message: Message) -> Advice | None:
    """Say why nothing may be sent."""
    refused = message.knows.refused
    return Advice(KIND, ok=False, text=f"{refused}: nothing may be sent", must=True) if refused else None
