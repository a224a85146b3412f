"""Making a draft of a template and what is known."""

import pytest

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import Fact, Facts, Template
from followup_desktop.core.drafts.rules.compose import compose
from followup_desktop.core.drafts.rules.sandbox import BadTemplate
from tests.core.drafts.known import about, facts


def template(source, language="en"):
    return Template("thank_you/x", Purpose.THANK_YOU, "email", language, source)


LETTER = """Subject: The {{ event.what }}

{% if customer.given_name %}Hi {{ customer.given_name }},{% else %}Hello,{% endif %}

{% if visit.technician %}{{ visit.technician }} was with you {{ event.day }}.{% endif %}
{% if event.note %}{{ event.note }}{% endif %}
It is done.

{% if visit.next_day %}The next visit is {{ visit.next_day }}.{% endif %}

{{ owner.first_name }}
{{ business.name }}
"""


def test_a_draft_reads_as_a_letter():
    draft = compose(template(LETTER), facts())
    assert draft.subject == "The pump repair"
    assert draft.text == (
        "Hi Grace,\n\n"
        "Luis was with you on Tuesday. Chlorine was low, 0.4; brought it to 2.1 and cleaned the skimmer. "
        "It is done.\n\n"
        "The next visit is Tuesday 24 November.\n\n"
        "Dana\nBlue Heron Pools"
    )


def test_a_missing_fact_takes_its_sentence_along():
    known = facts(only=("customer.given_name", "event.what", "owner.first_name"))
    assert compose(template(LETTER), known).text == "Hi Grace,\n\nIt is done.\n\nDana"


def test_without_a_name_nobody_is_greeted_with_a_gap():
    assert compose(template(LETTER), facts(without=("customer.given_name",))).text.startswith("Hello,\n\n")


def test_a_fact_of_spaces_is_a_missing_fact():
    known = Facts.of([Fact("customer.given_name", "  ", ""), Fact("event.what", "visit", "")])
    assert compose(template(LETTER), known).text.startswith("Hello,")


def test_every_fact_stands_where_it_is_said_to_stand():
    draft = compose(template(LETTER), facts())
    for used in draft.facts_used:
        words = draft.subject if used.where.part == "subject" else draft.text
        assert words[used.where.start : used.where.end] == used.fact.text
    assert [used.fact.key for used in draft.facts_used] == [
        "event.what",
        "customer.given_name",
        "visit.technician",
        "event.day",
        "event.note",
        "visit.next_day",
        "owner.first_name",
        "business.name",
    ]
    assert draft.facts[0].source == "where event.what comes from"


def test_a_fact_changed_by_a_filter_is_still_that_fact():
    draft = compose(template("Subject: x\n\n{{ event.day|capitalize }} we came.\n"), facts())
    (used,) = draft.facts_used
    assert (used.fact.key, used.fact.text) == ("event.day", "On Tuesday")
    assert draft.text[used.where.start : used.where.end] == "On Tuesday"


def test_a_fact_used_twice_is_listed_once_and_marked_twice():
    draft = compose(template("Subject: x\n\n{{ event.day }} and {{ event.day }}\n"), facts())
    assert len(draft.facts_used) == 2
    assert len(draft.facts) == 1


def test_a_fact_cannot_forge_a_mark_or_run_as_a_template():
    known = about(event__note="\ue000\ue101{{ customer.name }}\ue001 {% if %} <b>x</b>")
    draft = compose(template("Subject: x\n\n{{ event.note }}\n"), known)
    assert draft.text == "{{ customer.name }} {% if %} <b>x</b>."
    assert [used.fact.key for used in draft.facts_used] == ["event.note"]


def test_a_fact_over_several_lines_becomes_one():
    draft = compose(
        template("Subject: {{ event.what }}\n\n{{ event.note }}\n"), about(event__note="One.\n\nTwo.\r\nThree")
    )
    assert draft.text == "One. Two. Three."


def test_left_out_words_leave_no_gaps():
    source = "Subject: x\n\nWe came{% if event.day %} {{ event.day }}{% endif %} , as {{ visit.window }} said .\n"
    assert compose(template(source), about(owner__name="x")).text == "We came, as said."


def test_a_question_in_quotation_marks_gets_no_second_ending():
    source = "Subject: x\n\nYou asked: “{{ message.question }}”. Yes.\n"
    assert compose(template(source), facts()).text == "You asked: “Is it safe to swim?” Yes."


def test_lines_of_a_list_stay_lines():
    source = "Subject: x\n\n- One\nand more\n{% if event.day %}- {{ event.day }}{% endif %}\n- Three\n\nEnd\n"
    assert compose(template(source), about(owner__name="x")).text == "- One and more\n- Three\n\nEnd"


def test_a_number_can_be_compared_and_shown():
    source = (
        "Subject: x\n\n{% if rating.score and rating.score <= 2 %}Only {{ rating.score }}.{% else %}Good.{% endif %}\n"
    )
    draft = compose(template(source), facts(only=(), rating=2))
    assert draft.text == "Only 2."
    assert draft.facts_used[0].fact.key == "rating.score"
    assert compose(template(source), facts(only=(), rating=5)).text == "Good."
    assert compose(template(source), facts(only=())).text == "Good."


def test_a_rating_that_is_no_number_is_missing():
    known = Facts.of([Fact("rating.score", "good", "")])
    assert compose(template("Subject: x\n\n{% if rating.score %}a{% else %}b{% endif %}\n"), known).text == "b"


def test_a_template_that_is_not_allowed_makes_no_draft():
    with pytest.raises(BadTemplate) as error:
        compose(template("Subject: x\n\n{{ customer.nmae }}\n"), facts())
    assert "did you mean customer.name?" in error.value.sentence()
    assert error.value.to_do == "Correct the template."


def test_a_template_that_fails_on_these_facts_says_so_calmly():
    source = "Subject: x\n\n{% if rating.score > 2 %}a{% endif %}\n"
    with pytest.raises(BadTemplate):
        compose(template(source), about(owner__name="x"))


def test_windows_line_ends_are_line_ends():
    assert compose(template(LETTER.replace("\n", "\r\n")), facts()) == compose(template(LETTER), facts())
