"""What stands around a draft: facts to ask for, call sheets, enclosures, addresses."""

import pytest

from followup_desktop.core.customers.model import Person
from followup_desktop.core.customers.rules import address_lines
from followup_desktop.core.drafts.model import FIELDS, Draft, Enclosure, Fact, Facts
from followup_desktop.core.drafts.rules.asking import ASKED, asked, fits
from followup_desktop.core.drafts.rules.callsheet import call_sheet
from followup_desktop.core.drafts.rules.compose import compose
from followup_desktop.core.drafts.rules.enclosing import size_words, too_large
from tests.core.drafts.test_templates import SHEETS, all_known, little_known


def test_every_fact_asked_for_is_a_field_and_its_example_fits():
    assert set(ASKED) <= set(FIELDS)
    assert all(fits(key, example) for key, (_, example) in ASKED.items())


def test_a_fact_that_cannot_be_used_is_asked_for_again():
    long = "She said that the heater was too loud, and that the one before it was not; we talked for an hour."
    known = Facts.of([Fact("quote.about", long, "x"), Fact("quote.until", "12 December", "x")])
    source = "{{ quote.about }}{{ quote.until }}{{ owner.name }}{% if visit.technician %}x{% endif %}"
    assert [one.key for one in asked(source, known)] == ["quote.about", "visit.technician"]


@pytest.mark.parametrize("template", SHEETS, ids=lambda each: f"{each.key}.{each.language}")
@pytest.mark.parametrize("known", [all_known, little_known])
def test_each_call_sheet_that_ships_says_asks_and_notes(template, known):
    draft = compose(template, known(template))
    sheet = call_sheet(draft, template.language)
    assert sheet.say
    assert sheet.ask
    assert sheet.note
    kept = [*sheet.about, *sheet.say, *sheet.ask, *sheet.note, *sheet.then]
    assert len(kept) >= len([line for line in draft.text.splitlines() if line.strip()])


def test_a_mail_makes_a_call_sheet():
    mail = Draft("Since the repair", "Hi Sam,\n\nLuis saw to the pump.\nIt ran.\n\nIs it quiet?\n\nDana\nBlue Heron")
    sheet = call_sheet(mail, "en")
    assert (sheet.about, sheet.say, sheet.ask) == ((), ("Luis saw to the pump.", "It ran."), ("Is it quiet?",))
    assert call_sheet(mail, "es").note[0].startswith("Lo que dijo")


def test_sizes_are_said_as_people_read_them():
    assert [size_words(size) for size in (10, 350_000, 1_300_000)] == ["1 kB", "342 kB", "1.2 MB"]
    nine = Enclosure(1, "a", "a.pdf", 9_500_000, "")
    assert too_large([nine, nine]) != ""
    assert too_large([nine]) == ""


ANA = Person(
    "Ana", "Pereira", "Lakeside HOA", street="7 Cove Rd\nUnit 2", city="Palm Town", region="FL", postal_code="33001"
)


def test_an_address_is_written_as_the_country_does():
    assert address_lines(ANA) == ["Ana Pereira", "Lakeside HOA", "7 Cove Rd", "Unit 2", "Palm Town, FL 33001"]
    assert address_lines(ANA, "ES")[-1] == "33001 Palm Town (FL)"
    assert address_lines(Person("Ana", "P")) == []
    assert address_lines(Person(company="HOA", city="Palm Town")) == ["HOA", "Palm Town"]
