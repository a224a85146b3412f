"""What the coach says beside a draft, as it is typed: advice with the reason, never a block.

An advice is one file in this folder and one line in `ADVICE`. Only what would be unlawful is more than advice: `must`.
"""

from __future__ import annotations

from typing import Protocol

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import NOTHING_KNOWN, Advice, Facts, Knowledge
from followup_desktop.core.drafts.rules.coach import (
    allowed,
    another_name,
    attachment,
    footer,
    invites_answer,
    known_already,
    length,
    name_right,
    names_what_happened,
    next_step,
    no_excuses,
    no_pressure,
    not_mass_mail,
    not_said_before,
    one_purpose,
    one_question,
    private_words,
    specific,
    stale_facts,
    subject_says_something,
    their_language,
)
from followup_desktop.core.drafts.rules.phrases import usable
from followup_desktop.core.drafts.rules.wording import Message, read_message


class Rule(Protocol):
    """An advice: its kind, why it matters, the same thing said badly and well, and what it says of a message."""

    KIND: str
    REASON: str
    BAD: str
    GOOD: str

    def advise(self, message: Message) -> Advice | None:
        """Say whether a message keeps this measure; nothing where it does not apply."""
        ...


ADVICE: tuple[Rule, ...] = (
    names_what_happened,
    specific,
    one_purpose,
    one_question,
    next_step,
    invites_answer,
    no_excuses,
    name_right,
    subject_says_something,
    no_pressure,
    not_mass_mail,
    not_said_before,
    known_already,
    stale_facts,
    another_name,
    private_words,
    attachment,
    their_language,
    length,
    footer,
    allowed,
)
"""Every advice, in the order it is shown."""

RULES: dict[str, Rule] = {rule.KIND: rule for rule in ADVICE}
"""The same by kind: for showing the reason and the example of one."""


def advise(
    draft_text: str,
    subject: str,
    facts: Facts,
    purpose: Purpose,
    language: str,
    knows: Knowledge = NOTHING_KNOWN,
) -> list[Advice]:
    """Say of each measure of a good message whether the draft keeps it, and where it does not."""
    message = read_message(draft_text, subject, usable(facts), purpose, language, knows)
    return [advice for rule in ADVICE if (advice := rule.advise(message))]
