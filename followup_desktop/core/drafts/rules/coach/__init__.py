"""What the coach says beside a draft, as it is typed: advice with the reason, never a block.

An advice is one file in this folder and one line in `ADVICE`.
"""

from __future__ import annotations

from collections.abc import Callable

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import Advice, Facts
from followup_desktop.core.drafts.rules.coach import (
    length,
    name_right,
    names_what_happened,
    next_step,
    no_excuses,
    no_pressure,
    not_mass_mail,
    one_question,
    specific,
    subject_says_something,
)
from followup_desktop.core.drafts.rules.phrases import usable
from followup_desktop.core.drafts.rules.wording import Message, read_message

ADVICE: tuple[tuple[str, Callable[[Message], Advice | None]], ...] = (
    (names_what_happened.KIND, names_what_happened.advise),
    (specific.KIND, specific.advise),
    (one_question.KIND, one_question.advise),
    (next_step.KIND, next_step.advise),
    (no_excuses.KIND, no_excuses.advise),
    (name_right.KIND, name_right.advise),
    (subject_says_something.KIND, subject_says_something.advise),
    (no_pressure.KIND, no_pressure.advise),
    (not_mass_mail.KIND, not_mass_mail.advise),
    (length.KIND, length.advise),
)
"""Every advice, in the order it is shown: its kind and its rule."""


def advise(draft_text: str, subject: str, facts: Facts, purpose: Purpose, language: str) -> list[Advice]:
    """Say of each measure of a good message whether the draft keeps it, and where it does not."""
    message = read_message(draft_text, subject, usable(facts), purpose, language)
    return [advice for _, rule in ADVICE if (advice := rule(message))]
