"""A template's words before there is a customer."""

from followup_desktop.core.drafts.rules.example import example
from followup_desktop.core.drafts.rules.reading import choose


def test_facts_stand_in_brackets_said_by_what_belongs_there(program):
    draft = example(choose(program.templates, "check_in/first_visit", "email", "en"))
    assert draft.subject == "After the first visit"
    assert draft.text.startswith("Hi [Name],")
    assert "[who was there] was at your pool for the first time [this morning]." in draft.text
    assert "{" not in draft.text


def test_every_template_that_ships_can_be_shown(program):
    for template in program.templates:
        assert example(template, 2).text, template.key


def test_a_rating_is_the_one_asked_for(program):
    draft = example(choose(program.templates, "answer/rating_low", "email", "en"), 2)
    assert "2" in draft.subject
