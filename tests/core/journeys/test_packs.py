"""A trade's pack goes before what ships for all."""

import pytest

from followup_desktop.base.settings import find
from followup_desktop.commands.business import change_settings
from followup_desktop.commands.library import Library
from followup_desktop.commands.undo import undo_last
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.rules.reading import choose
from followup_desktop.core.journeys.model import TRADE_WORDS
from tests.conftest import MONDAY

JOURNEY = """
name = "{name}"
objective = "So that somebody knows."
stages = ["regular"]

[starts_on]
happening = "{happening}"

[[touchpoints]]
key = "one"
name = "Thank you"
purpose = "thank_you"
template = "thank_you/one"
due = "at once"
"""
PACK = """
name = "Cleaning"
on_at_start = ["visit"]
leaves_out = ["installation"]

[words]
visit = "cleaning"
technician = "cleaner"
"""
FILES = {
    "journeys": {
        "visit.toml": JOURNEY.format(name="Visit", happening="visit_done"),
        "installation.toml": JOURNEY.format(name="Installation", happening="booking"),
        "purchase.toml": JOURNEY.format(name="Purchase", happening="purchase"),
    },
    "templates": {
        "thank_you/en/one.j2": "Subject: Thank you\n\nFor all.",
        "thank_you/en/two.j2": "Subject: Thank you\n\nFor all.",
    },
    "packs/cleaning": {
        "pack.toml": PACK,
        "journeys/visit.toml": JOURNEY.format(name="Cleaning", happening="visit_done"),
        "journeys/move_out.toml": JOURNEY.format(name="Moving out", happening="left"),
        "templates/thank_you/en/one.j2": "Subject: Thank you\n\nFor a cleaning.",
    },
}


def library(files=FILES):
    return Library(lambda folder, pattern: files.get(folder, {}))


def test_a_pack_brings_its_own_in_place_of_the_general_adds_and_leaves_out():
    shipped = library().shipped("cleaning")
    assert shipped.problems == ()
    assert {journey.key: journey.name for journey in shipped.journeys} == {
        "visit": "Cleaning",
        "move_out": "Moving out",
        "purchase": "Purchase",
    }
    assert "For a cleaning." in choose(shipped.templates, "thank_you/one", "email", "en").source
    assert "For all." in choose(shipped.templates, "thank_you/two", "email", "en").source
    assert (shipped.pack.name, shipped.pack.words["visit"], shipped.pack.words["repair"]) == (
        "Cleaning",
        "cleaning",
        TRADE_WORDS["repair"],
    )


def test_a_trade_without_a_pack_has_what_is_for_all():
    shipped = library().shipped("other")
    assert {journey.name for journey in shipped.journeys} == {"Visit", "Installation", "Purchase"}
    assert dict(shipped.pack.words) == dict(TRADE_WORDS)
    assert library().shipped("a trade nobody heard of").problems == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "Cleaning"\ncolour = "blue"', "“colour” means nothing here"),
        ("on_at_start = []", "its name is missing"),
        ('name = "Cleaning"\non_at_start = ["vist"]', "there is no journey “vist”"),
        ('name = "Cleaning"\nleaves_out = "visit"', "a list of journeys in square brackets"),
        ('name = "Cleaning"\nwords = 3', "[words]"),
        ('name = "Cleaning"\n[words]\nvisit = 3', "in quotation marks"),
        ('name = "Cleaning"\n[words]\nspaceship = "x"', "“spaceship” means nothing here"),
        ("name = ", "cannot be read"),
    ],
)
def test_what_is_wrong_in_a_pack_is_said_and_everything_else_goes_on(text, said):
    shipped = library(FILES | {"packs/cleaning": FILES["packs/cleaning"] | {"pack.toml": text}}).shipped("cleaning")
    assert said in " ".join(problem.sentence() for problem in shipped.problems)
    assert "visit" in {journey.key for journey in shipped.journeys}


def test_every_trade_that_can_be_chosen_can_be_read(program):
    for trade, _label in find("business.trade").choices:
        assert program.library.shipped(trade).problems == ()


def test_every_purpose_keeps_a_template_whatever_the_trade(program):
    for trade, _label in find("business.trade").choices:
        for purpose in Purpose:
            assert choose(program.library.shipped(trade).templates, f"{purpose}/none", "email", "en")


@pytest.mark.row("J5")
def test_choosing_a_trade_changes_what_is_asked_and_undo_brings_it_back(program, desk, add, log, queue, monkeypatch):
    keys = {journey.key for journey in program.journeys}
    cleaning = library().shipped("cleaning")
    monkeypatch.setitem(program.library._read, "cleaning", cleaning)
    sam = add("Sam Osei")
    log(sam, "visit_done", visit="routine", at=MONDAY)
    assert not any("Cleaning" in i.why_here for card in queue().cards for i in card.items)
    change_settings(desk, {"business.trade": "cleaning"})
    assert {journey.key for journey in program.journeys} == {"visit", "move_out", "purchase"} != keys
    assert [item.purpose for card in queue().cards for item in card.items] == ["thank_you"]
    undo_last(desk)
    assert {journey.key for journey in program.journeys} == keys
    assert queue().cards == ()
