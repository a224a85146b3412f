"""Every template that ships, with many combinations of what is known and what is not."""

import re
from functools import cache
from random import Random

import pytest

from followup_desktop.core.drafts.model import FIELDS, Facts
from followup_desktop.core.drafts.rules.coach import advise
from followup_desktop.core.drafts.rules.compose import compose
from tests.core.drafts.test_templates import TEMPLATES, all_known, place

AT_MOST = 32
LONGEST_TEXT = 320
"""Characters; two text messages."""

_READS = re.compile(r"\b(" + "|".join(re.escape(key) for key in FIELDS) + r")\b")

each_template = pytest.mark.parametrize("template", TEMPLATES, ids=place)
each_text = pytest.mark.parametrize("template", [t for t in TEMPLATES if t.channel == "text"], ids=place)
each_card = pytest.mark.parametrize("template", [t for t in TEMPLATES if t.channel == "card"], ids=place)


@cache
def combinations(template):
    """Return drafts by what may be known: every combination of what a template reads, or a fair sample of many."""
    fields = sorted(set(_READS.findall(template.source)))
    if 2 ** len(fields) <= AT_MOST:
        chosen = [{f for bit, f in enumerate(fields) if number >> bit & 1} for number in range(2 ** len(fields))]
    else:
        rng = Random(template.key + template.channel + template.language)
        chosen = [
            {f for f in fields if rng.random() < share} for share in (0.25, 0.5, 0.75) for _ in range(AT_MOST // 3)
        ]
        chosen += [set(fields) - {field} for field in fields]
    everything = all_known(template).by_key
    sets = [Facts.of(everything[key] for key in sorted(known) if key in everything) for known in chosen]
    return [(known, compose(template, known)) for known in sets]


@each_template
def test_whatever_is_missing_the_rest_reads_well(template):
    for _, draft in combinations(template):
        for line in filter(None, [draft.subject, *draft.text.split("\n")]):
            assert line == line.strip()
            assert not re.search(r"None|\{|\}|  | [.,;:?]|[.,;:]{2}|\(\)|“”|«»|:\.|: ,|\([ ,]", line), line
            assert not re.match(r"[.,;:)]", line), line


@each_template
def test_whatever_is_missing_there_are_whole_sentences_left(template):
    for _, draft in combinations(template):
        text = draft.text
        paragraphs = _without_frame(text)
        assert paragraphs, text
        assert len(" ".join(paragraphs).split()) >= 6, text
        for paragraph in paragraphs:
            assert re.search(r"(?:[.?][”»]?|https://\S+)$", paragraph), paragraph
            assert re.match(r"- [\wÁÉÍÓÚÑ¿]|[A-ZÁÉÍÓÚÑ¿«“\d]", paragraph), paragraph
            for sentence in re.findall(r"[.?] ([^\W\d])(?!ttps://)", paragraph):
                assert sentence.isupper(), paragraph


@each_template
def test_whatever_is_missing_one_thing_is_asked(template):
    if template.channel != "call":
        for known, draft in combinations(template):
            theirs = [known.text(key) or "" for key in ("message.question", "rating.text")]
            words = draft.text
            for said in theirs:
                words = words.replace(said, "")
            assert words.count("?") <= 1, words


def _without_frame(text):
    """Return the lines that are neither greeting nor signature."""
    lines = [line for line in text.split("\n") if line]
    if re.match(r"(?:Hi|Hola)\b[^.]*[,:]$|(?:Hello,|Hola:)$", lines[0]):
        lines = lines[1:]
    return [line for line in lines if not re.fullmatch(r"Dana(?:, Blue Heron Pools)?|Blue Heron Pools", line)]


# --- texts and cards -------------------------------------------------------------------------------------------------


@each_text
def test_a_text_fits_two_messages(template):
    for draft in (compose(template, all_known(template)), *(draft for _, draft in combinations(template))):
        assert len(draft.text) <= LONGEST_TEXT


@each_text
def test_the_coach_finds_a_text_only_short(template):
    known = all_known(template)
    draft = compose(template, known)
    said = {
        each.kind
        for each in advise(draft.text, "Two words here", known, template.purpose, template.language)
        if not each.ok
    }
    assert said <= {"length", "specific"}, (said, draft.text)


@each_text
def test_a_text_says_who_writes_it(template):
    assert compose(template, all_known(template)).text.endswith("\n\nDana, Blue Heron Pools")


@each_card
def test_a_card_is_signed_and_needs_no_answer(template):
    text = compose(template, all_known(template)).text
    assert text.endswith("\n\nDana\nBlue Heron Pools")
    assert "?" not in text
