"""Row 14: 500 drafts of the templates that ship, with what is known of the customer.

Beside string.Template with the same words, which has no conditions, checks nothing and does not know which words came
from which fact. Filling a template that was compiled before is held to the goal; the whole way from facts to a draft,
which brings every fact into its shape and notes where it stands, is printed. Nothing may be compiled after the first.
"""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from pathlib import Path

from followup_desktop.app import Program
from followup_desktop.core.drafts.model import SUBJECT, Facts, Template
from followup_desktop.core.drafts.rules import sandbox
from followup_desktop.core.drafts.rules.compose import compose
from followup_desktop.core.drafts.rules.phrases import usable
from tests.bench.pairing import Figure, Setting, paired, timed
from tests.core.drafts.known import facts

ROW = "14"
GOAL = 6.0
DRAFTS = 500
PAIRS = 20


def measure(setting: Setting) -> Sequence[Figure]:
    """Make the drafts and the floor in turn; count what was compiled meanwhile."""
    templates = [one for one in Program(Path("none")).templates if one.language == "en" and one.channel == "email"]
    known = facts(rating=5)
    asked = [templates[at % len(templates)] for at in range(DRAFTS)]
    plain = {template.key: _plain(template, known) for template in templates}
    values = sandbox.values_of(usable(known).by_key.values())
    before = sandbox.compiled.cache_info().misses
    pairs, floor = setting.pairs(PAIRS), timed(lambda: _substituted(asked, plain))
    filled = paired(timed(lambda: _filled(asked, values)), floor, pairs)
    whole = paired(timed(lambda: [compose(template, known) for template in asked]), floor, pairs)
    compiled = sandbox.compiled.cache_info().misses - before
    return [
        Figure(ROW, f"filling {DRAFTS} templates / string.Template", filled.ratio, GOAL, filled.note()),
        Figure(ROW, f"{DRAFTS} drafts from facts / string.Template", whole.ratio, None, whole.note()),
        Figure(ROW, "templates compiled again", float(compiled), 0.0, f"{len(templates)} templates"),
    ]


def _filled(asked: Sequence[Template], values: Mapping[str, Mapping[str, object]]) -> list[str]:
    return [sandbox.render(sandbox.compiled(one.source, one.language), values) for one in asked]


Plain = tuple[string.Template, dict[str, str]]


def _plain(template: Template, known: Facts) -> Plain:
    """Return a template of the standard library that makes the same words of the same facts."""
    draft = compose(template, known)
    text, words = f"{SUBJECT} {draft.subject}\n\n{draft.text}".replace("$", "$$"), {}
    for fact in draft.facts:
        name = fact.key.replace(".", "_")
        text, words[name] = text.replace(fact.text.replace("$", "$$"), f"${{{name}}}"), fact.text
    return string.Template(text), words


def _substituted(asked: Sequence[Template], plain: Mapping[str, Plain]) -> list[str]:
    return [plain[one.key][0].substitute(plain[one.key][1]) for one in asked]
