"""Make a draft of a template and the facts, and know where each fact stands in it."""

from __future__ import annotations

import re
from dataclasses import replace

from jinja2.exceptions import TemplateError

from followup_desktop.core.drafts.model import (
    SUBJECT,
    Draft,
    Fact,
    Facts,
    Part,
    Span,
    Template,
    TemplateProblem,
    UsedFact,
)
from followup_desktop.core.drafts.rules.phrases import usable
from followup_desktop.core.drafts.rules.sandbox import (
    MARK_CLOSES,
    MARK_OPENS,
    PARAGRAPH,
    BadTemplate,
    compiled,
    field_of_mark,
    render,
    values_of,
)

_MARKED = re.compile(f"{MARK_OPENS}(.)([^{MARK_CLOSES}]*){MARK_CLOSES}")

_TWICE_CLOSED = re.compile(f"([.!?…][\"'”’»)]*(?:{MARK_CLOSES}[\"'”’»)]*|[”»]))\\.(?!\\.)")
"""A full stop after a fact or a quotation that ends its own sentence, as in “Nobody came.”."""


def compose(template: Template, facts: Facts) -> Draft:
    """Make the draft. A sentence whose fact is missing is not in it; raises `BadTemplate` where there can be none.

    Lines of one paragraph become one line; a line that starts with “- ” and those of the last paragraph, the
    signature, stay.
    """
    known = usable(facts)
    values = values_of(known.by_key.values())
    try:
        text = render(compiled(template.source, template.language), values)
    except (TemplateError, TypeError, ValueError) as error:
        raise BadTemplate([TemplateProblem(1, f"it does not work with this customer's facts ({error})")]) from error
    head, _, body = text.partition(PARAGRAPH) if text.startswith(SUBJECT) else ("", "", text)
    subject, subject_facts = _unmarked(_one_line(head.removeprefix(SUBJECT)), "subject", known)
    words, word_facts = _unmarked(_paragraphs(body), "text", known)
    return Draft(subject, words, (*subject_facts, *word_facts))


def _paragraphs(body: str) -> str:
    """Lay the text out; a paragraph of which nothing is left is left out."""
    pieces = body.split(PARAGRAPH)
    laid = [_flowing(piece) for piece in pieces[:-1]] + [_line_by_line(pieces[-1])]
    return "\n\n".join(piece for piece in laid if piece)


def _flowing(paragraph: str) -> str:
    """Join the lines of a paragraph, but start anew at “- ”."""
    lines: list[str] = []
    for line in _lines(paragraph):
        if lines and not line.startswith("- "):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return "\n".join(_one_line(line) for line in lines)


def _line_by_line(paragraph: str) -> str:
    return "\n".join(_lines(paragraph))


def _lines(paragraph: str) -> list[str]:
    return [line for line in map(_one_line, paragraph.split("\n")) if line]


def _one_line(text: str) -> str:
    """Take out the gaps that left-out words leave, and the full stop after words that have their own ending."""
    closed = re.sub(r" +([.,;:?])", r"\1", " ".join(text.split()))
    return _TWICE_CLOSED.sub(r"\1", closed)


def _unmarked(text: str, part: Part, facts: Facts) -> tuple[str, list[UsedFact]]:
    """Take the marks out and note where each fact stands."""
    pieces: list[str] = []
    used: list[UsedFact] = []
    length, last = 0, 0
    for mark in _MARKED.finditer(text):
        before, words = text[last : mark.start()], mark[2]
        start = length + len(before)
        used.append(UsedFact(_fact(mark[1], words, facts), Span(part, start, start + len(words))))
        pieces += (before, words)
        length, last = start + len(words), mark.end()
    return "".join([*pieces, text[last:]]), used


def _fact(mark: str, words: str, facts: Facts) -> Fact:
    """Return the fact behind a mark; its text is what stands in the draft."""
    return replace(facts.by_key[field_of_mark(mark)], text=words)
