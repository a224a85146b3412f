"""The templates that ship, each with everything known, with little, and with nothing."""

import re
from datetime import date
from pathlib import Path

import pytest

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import Facts, Knowledge, Said, Template
from followup_desktop.core.drafts.rules.coach import advise
from followup_desktop.core.drafts.rules.compose import compose
from followup_desktop.core.drafts.rules.reading import choose, load_templates, other_wordings
from followup_desktop.core.drafts.rules.repeats import prepared, repeat_of
from followup_desktop.core.drafts.rules.sandbox import check_template
from tests.core.drafts.known import GRACE, GRACIA, LITTLE, facts

ROOT = Path(__file__).parents[3] / "resources" / "templates"
FILES = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in ROOT.rglob("*.j2")}
TEMPLATES, PROBLEMS = load_templates(FILES)
MAILS = [each for each in TEMPLATES if each.channel == "email"]
SHEETS = [each for each in TEMPLATES if each.channel == "call"]
RATINGS = {"answer/rating_low": 2, "answer/rating_middle": 3, "answer/rating_high": 5}


def place(template):
    return f"{template.key}.{template.channel}.{template.language}"


def all_known(template):
    known = GRACIA if template.language == "es" else GRACE
    return facts(known, rating=RATINGS.get(template.key, 5))


def little_known(template):
    known = GRACIA if template.language == "es" else GRACE
    return facts(known, only=LITTLE, rating=RATINGS.get(template.key))


each_mail = pytest.mark.parametrize("template", MAILS, ids=place)
# The note on what is kept (GDPR article 13) has to say a list of things, the same to everyone.
each_letter = pytest.mark.parametrize("template", [t for t in MAILS if t.key != "ad_hoc/privacy"], ids=place)
each_template = pytest.mark.parametrize("template", TEMPLATES, ids=place)


def body(text):
    """Return what stands between greeting and signature."""
    return text.partition("\n\n")[2].rpartition("\n\n")[0]


def test_every_file_lies_where_it_belongs():
    assert PROBLEMS == []
    assert len(TEMPLATES) == len(FILES)


@each_template
def test_a_shipped_template_may_be_used(template):
    assert check_template(template) == []


def test_both_languages_have_the_same_templates():
    english, spanish = (
        {(each.key, each.channel) for each in TEMPLATES if each.language == language} for language in ("en", "es")
    )
    assert english == spanish


def test_every_purpose_can_be_written_without_an_event():
    assert {f"{purpose}/ad_hoc" for purpose in Purpose} <= {each.key for each in MAILS}


@each_template
def test_nothing_that_is_missing_shows(template):
    for known in (all_known(template), little_known(template), Facts.of([])):
        draft = compose(template, known)
        for words in (draft.subject, draft.text):
            assert words.strip() == words
            assert not re.search(r"None|\{|\}|  | [.,;:?]|[.,;:]{2}|\(\)|“”|«»|:\.|\n\n\n", words), words
            assert not re.search(r"[\ue000-\uf8ff]", words)


@each_mail
def test_a_greeting_has_a_name_or_needs_none(template):
    first = compose(template, all_known(template)).text.split("\n")[0]
    assert first == ("Hola, Gracia:" if template.language == "es" else "Hi Grace,")
    first = compose(template, Facts.of([])).text.split("\n")[0]
    assert first == ("Hola:" if template.language == "es" else "Hello,")


@each_mail
def test_the_owner_signs(template):
    assert compose(template, all_known(template)).text.endswith("\n\nDana\nBlue Heron Pools")


@each_mail
def test_a_subject_fits_on_a_phone(template):
    for known in (all_known(template), little_known(template), Facts.of([])):
        assert 4 <= len(compose(template, known).subject) <= 50


LONG_WORDS = re.compile(r"\.(what|about|subject|name)$")


@each_mail
def test_a_subject_fits_on_a_phone_with_the_longest_words(template):
    known = GRACIA if template.language == "es" else GRACE
    long = {key: "new " + "pumpworks " * 4 for key in known if LONG_WORDS.search(key)}
    days = {"event.day": "el 30 de septiembre" if template.language == "es" else "on 30 September"}
    subject = compose(template, facts(known | long | days, rating=3)).subject
    assert len(subject) <= 50, subject


@each_mail
def test_every_paragraph_begins_large_and_is_closed(template):
    for known in (all_known(template), little_known(template), Facts.of([])):
        paragraphs = compose(template, known).text.removesuffix("\n\nDana\nBlue Heron Pools").split("\n\n")[1:]
        for paragraph in paragraphs:
            assert re.search(r"[.?][”»]?$|https://\S+$", paragraph), paragraph
            assert paragraph[0].isupper() or paragraph[0] in "¿«“", paragraph


@each_letter
def test_length_is_forty_to_ninety_words_where_facts_allow(template):
    words = len(body(compose(template, all_known(template)).text).split())
    assert 38 <= words <= 97, words


@each_letter
def test_with_everything_known_the_coach_has_nothing_to_say(template):
    known = all_known(template)
    draft = compose(template, known)
    said = [
        (each.kind, each.text)
        for each in advise(draft.text, draft.subject, known, template.purpose, template.language)
        if not each.ok and not (each.kind == "specific" and template.key == "referral_request/ad_hoc")
    ]
    assert said == []


@each_mail
def test_with_little_known_the_coach_only_wants_more_of_them(template):
    known = little_known(template)
    draft = compose(template, known)
    said = {
        each.kind
        for each in advise(draft.text, draft.subject, known, template.purpose, template.language)
        if not each.ok
    }
    assert said <= {"specific", "length", "names_what_happened"}


def test_answers_differ_with_the_rating():
    found = {
        score: compose(choose(TEMPLATES, f"answer/rating_{name}", "email", "en"), facts(only=LITTLE, rating=score))
        for score, name in ((2, "low"), (3, "middle"), (4, "high"), (5, "high"))
    }
    assert "I am sorry" in found[2].text
    assert "What is the one thing" in found[3].text
    assert "if you tell me why, I will see to it" in found[4].text
    assert "pass on my number" in found[5].text


def test_no_apology_gives_the_reason_the_owner_noted():
    for key in ("apology/complaint", "apology/missed_visit", "apology/late_visit"):
        template = choose(TEMPLATES, key, "email", "en")
        known = facts(GRACE | {"event.note": "truck broke down, no cover"})
        assert "truck" not in compose(template, known).text


@pytest.mark.parametrize("template", SHEETS, ids=place)
def test_a_call_sheet_says_what_to_say_and_to_note(template):
    lines = compose(template, little_known(template)).text.split("\n")
    assert len(lines) >= 3
    assert all(line.startswith("- ") and line[-1] in ".”»?" for line in lines)


# --- choosing --------------------------------------------------------------------------------------------------------


def tiny(key, channel="email", language="en"):
    return Template(key, Purpose(key.split("/")[0]), channel, language, f"{key}.{channel}.{language}")


SHELF = [
    tiny("check_in/first_visit"),
    tiny("check_in/first_visit", language="es"),
    tiny("check_in/ad_hoc"),
    tiny("check_in/ad_hoc", "call"),
    tiny("ad_hoc/ad_hoc"),
    tiny("ad_hoc/ad_hoc", "call"),
    tiny("ad_hoc/ad_hoc", "call", "es"),
]


@pytest.mark.parametrize(
    ("key", "channel", "language", "chosen"),
    [
        ("check_in/first_visit", "email", "en", "check_in/first_visit.email.en"),
        ("check_in/first_visit", "email", "es-MX", "check_in/first_visit.email.es"),
        ("check_in/first_visit", "email", "fr", "check_in/first_visit.email.en"),
        ("check_in/first_visit", "call", "en", "check_in/ad_hoc.call.en"),
        ("check_in/first_visit", "text", "es", "check_in/first_visit.email.es"),
        ("check_in/unheard_of", "email", "en", "check_in/ad_hoc.email.en"),
        ("renewal/ad_hoc", "call", "es", "ad_hoc/ad_hoc.call.es"),
        ("renewal/ad_hoc", "email", "es", "ad_hoc/ad_hoc.email.en"),
    ],
)
def test_the_nearest_template_is_chosen(key, channel, language, chosen):
    found = choose(SHELF, key, channel, language)
    assert found is not None
    assert found.source == chosen


def test_a_call_asks_for_the_number_the_mail_asks_for():
    for language, scale in (("en", "from 0, not at all, to 10"), ("es", "del 0, de ninguna manera, al 10")):
        assert scale in compose(choose(TEMPLATES, "check_in/nps", "call", language), facts(only=LITTLE)).text


def test_without_any_template_there_is_none():
    assert choose([], "check_in/first_visit", "email", "en") is None


def test_a_file_in_the_wrong_place_is_named():
    templates, problems = load_templates({"hello.j2": "x", "thanks/en/a.j2": "x", "thank_you/en/a.j2": "x"})
    assert [each.key for each in templates] == ["thank_you/a"]
    assert [path for path, _ in problems] == ["hello.j2", "thanks/en/a.j2"]


@pytest.mark.parametrize("template", [each for each in TEMPLATES if each.channel in ("text", "card")], ids=place)
def test_of_a_text_or_a_card_with_everything_known_the_coach_has_nothing_to_say(template):
    known, knows = all_known(template), Knowledge(channel=template.channel)
    draft = compose(template, known)
    found = advise(draft.text, draft.subject, known, template.purpose, template.language, knows)
    assert [(each.kind, each.text) for each in found if not each.ok] == []


# --- other wordings --------------------------------------------------------------------------------------------------

SAID_OFTEN = (
    *("thank_you/repair", "thank_you/purchase", "check_in/repair", "check_in/ad_hoc", "review_request/job"),
    *("usage_check_in/quiet", "confirmation/booking", "promise/promised", "answer/message"),
)
"""What one household may hear more than once a year."""


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("key", SAID_OFTEN)
def test_what_is_said_often_has_another_wording(key, language):
    template = choose(TEMPLATES, key, "email", language)
    said = compose(template, all_known(template)).text
    before = prepared([Said(date(2026, 6, 3), "", "", said)])
    others = [compose(each, all_known(each)).text for each in other_wordings(TEMPLATES, template.place)]
    assert any(repeat_of(text, before) is None for text in others)


def test_other_wordings_are_of_the_same_message_and_the_numbered_ones_come_first():
    shelf = [tiny(key) for key in ("check_in/repair", "check_in/ad_hoc", "check_in/repair-2", "check_in/nps")]
    found = other_wordings([*shelf, tiny("check_in/repair-2", language="es")], shelf[0].place)
    assert [each.key for each in found] == ["check_in/repair-2", "check_in/ad_hoc"]
