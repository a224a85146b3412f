"""The Journeys page as the owner works with it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from followup_desktop.commands.journeys import switch_journey
from followup_desktop.core.journeys.model import JourneyProblem
from followup_desktop.ui.journeys.map import NOTHING
from tests.conftest import MONDAY


@pytest.fixture
def quotes(program):
    return next(journey for journey in program.journeys if journey.key == "quote")


def shown(at):
    return [row.title for row in at.page.list._list_model.rows.items]


def place(at, title):
    return next(card for card in at.page.map.cards if card.accessibleName() == title)


def texts(widget):
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


@pytest.mark.row("J1")
def test_a_journey_is_said_in_the_words_of_the_trade(opened):
    at = opened("journeys")
    at.page.list.select("first_visit")
    said = at.texts()
    assert "Starts when a first visit is done." in said
    assert "Day 3, 9:00 am, until day 6" in said
    assert "Ask how it went, by email, call or text" in said
    assert "Stops if they complain, answer, rate it, leave or ask not to be written to" in said


def test_the_words_of_a_touchpoint_can_be_read(opened):
    at = opened("journeys")
    at.page.list.select("first_visit")
    row = at.page.pane.rows[1]
    assert not row.words.isVisible()
    at.press(row.toggle)
    assert "After the first visit" in texts(row.words)
    assert any(text.startswith("Hi [Name],") for text in texts(row.words))
    at.press(row.toggle)
    assert not row.words.isVisible()


@pytest.mark.row("J7")
def test_switching_off_takes_it_off_the_list_and_undo_brings_it_back(opened, add, log, queue, quotes):
    log(add("Ana Pereira"), "quote_sent", about="heater", at=MONDAY - timedelta(days=2))
    at = opened("journeys")
    at.page.list.select("quote")
    assert "4 follow-ups of it open now." in at.texts()
    at.press(at.page.pane.switch)
    assert queue().cards == ()
    assert shown(at)[-2:] == ["Off", "Quote"]
    assert at.page.selected().key == "quote"
    assert at.page.pane.switch.text() == "Switch on"
    assert at.page.subtitle.endswith("· 1 off")
    assert at.said == ["Quote is off"]
    at.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [card.name for card in queue().cards] == ["Ana Pereira"]
    assert "Off" not in shown(at)


@pytest.mark.row("J6")
def test_the_map_says_who_stands_where_and_where_there_is_nothing(opened, add, log, program, desk):
    for journey in program.journeys:
        if journey.key in ("renewal", "warranty", "service_due"):
            switch_journey(desk, journey, on=False)
    for name, stage in (("Ana Pereira", "lead"), ("Joe Marchetti", "quoted"), ("Grace Obi", "new")):
        add(name, stage=stage)
    log(add("Tom Becker", stage="regular"), "complaint", note="green water")
    at = opened("journeys")
    assert "2 people" in texts(place(at, "Inquiry"))
    assert "1 person" in texts(place(at, "Regular"))
    assert "1 open case" in texts(place(at, "Something went wrong"))
    assert place(at, "Renewal")._nothing.isVisible()
    assert place(at, "Renewal")._nothing.text() == NOTHING
    assert not place(at, "New")._nothing.isVisible()


def test_a_place_whose_journeys_are_all_off_has_nothing_here_yet(opened, program, desk):
    for journey in program.journeys:
        if journey.source == "case":
            switch_journey(desk, journey, on=False)
    at = opened("journeys")
    wrong = place(at, "Something went wrong")
    assert wrong._nothing.isVisible()
    assert [chip.accessibleName() for chip in wrong.chips()] == [
        "Complaint, off",
        "Late visit, off",
        "Missed visit, off",
    ]


def test_a_journey_on_the_map_is_opened_by_pressing_it(opened):
    at = opened("journeys")
    chip = next(chip for chip in place(at, "Something went wrong").chips() if chip.journey.key == "missed_visit")
    at.press(chip)
    assert at.page.selected().key == "missed_visit"
    assert "Starts when a visit was missed." in at.texts()


def test_a_low_window_only_counts_on_the_map(opened):
    at = opened("journeys", size=(900, 600))
    assert place(at, "New").chips() == []
    assert any(text.endswith("journeys") for text in texts(place(at, "New")))
    at.window.resize(1280, 800)
    at.settle()
    assert place(at, "New").chips()


def test_what_is_wrong_in_a_journey_file_is_said(opened, program):
    problem = JourneyProblem("winter.toml", "day_3", "there is no template “check_in/wintre”")
    program.library._read["pools"] = replace(program.shipped, problems=(problem,))
    at = opened("journeys")
    assert at.page.problems.isVisible()
    assert at.page.problems.accessibleName() == (
        "A journey file cannot be used. winter.toml, day_3: there is no template “check_in/wintre”"
    )


def test_nothing_is_said_of_files_that_are_right(opened):
    assert not opened("journeys").page.problems.isVisible()


def test_j_and_k_move_and_a_journey_is_opened_from_outside(opened):
    at = opened("journeys")
    first = at.page.selected().key
    at.key(Qt.Key.Key_J)
    assert at.page.selected().key != first
    at.key(Qt.Key.Key_K)
    assert at.page.selected().key == first
    at.page.focus_on(journey="referral")
    assert at.page.selected().key == "referral"


def test_every_journey_can_be_looked_at(opened, program):
    at = opened("journeys")
    for journey in program.journeys:
        at.page.list.select(journey.key)
        assert len(at.page.pane.rows) == len(journey.touchpoints)
        assert all(row.toggle.isVisible() for row in at.page.pane.rows)
