"""A template's words before there is a customer: every fact stands in brackets, said by what belongs there."""

from __future__ import annotations

import re

from followup_desktop.core.drafts.model import FIELDS, NUMBERS, Draft, Fact, Facts, Template
from followup_desktop.core.drafts.rules.compose import compose

_SAYS = "what belongs here"
_NAMES = {"customer.given_name": "Name", "customer.name": "Name", "customer.company": "Company"}
"""What would read oddly if it were said by its meaning: names stand with a capital."""


def example(template: Template, score: int = 5) -> Draft:
    """Return the words of a template with every fact in brackets; `score` stands where a rating is compared."""
    return compose(template, Facts.of(_fact(key, meaning, score) for key, meaning in FIELDS.items()))


def _fact(key: str, meaning: str, score: int) -> Fact:
    if key in NUMBERS:
        return Fact(key, str(score), _SAYS, score)
    return Fact(key, f"[{_NAMES.get(key) or _short(meaning)}]", _SAYS)


def _short(meaning: str) -> str:
    """Return the example a meaning gives, else its first words: "on Tuesday", "the customer's first name"."""
    given = re.search(r"“([^”]{4,})”", meaning)
    return given[1] if given else re.split(r"[,:;]", meaning)[0]
