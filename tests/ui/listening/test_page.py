"""The Listening page as the owner works with it."""

import pytest
from PySide6.QtCore import Qt

from followup_desktop.commands import feedback as commands
from followup_desktop.commands.reviews import read_reviews
from followup_desktop.core.feedback import queries
from followup_desktop.core.feedback.model import How, NewAnswer, Scale
from followup_desktop.core.history.model import Happening
from followup_desktop.core.history.queries import history
from tests.conftest import MONDAY

REVIEWS = b"Name,Rating,Review,Date\nMaria Alvarez,5,Great work,2026-11-20\nSomebody,1,Too loud,2026-11-21\n"


@pytest.fixture
def said(add, desk):
    def tell(name, score, text="", scale=Scale.CSAT):
        customer = add(name, stage="regular")
        return customer, commands.add_answer(desk, customer, NewAnswer(scale, score, text, How.CALL)).result

    return tell


@pytest.fixture
def three(said):
    return {
        "Maria": said("Maria Alvarez", 5, "Best water we have had"),
        "Carl": said("Carl Jensen", 2, "The gate was open"),
        "Ivy": said("Ivy Chandra", 8, "The gate again", Scale.NPS),
    }


def shown(at):
    return [row.title for row in at.page.list._list_model.rows.items]


def select(at, key):
    at.page.list.select(key)
    at.settle()


@pytest.mark.row("F4", "K3")
def test_what_waits_stands_first_and_the_scores_say_what_they_count(opened, three):
    at = opened("listening")
    assert shown(at)[:4] == ["Waits for your answer", "Ivy Chandra", "Carl Jensen", "Maria Alvarez"]
    assert at.page.subtitle == "90 days: 1 of 2 rated 4 or 5, mean 3.5 · NPS +0 of 1 answer"


@pytest.mark.row("F4")
def test_an_answer_leads_to_its_card_and_is_dealt_with_in_a_line(opened, three, read):
    at = opened("listening")
    customer, key = three["Ivy"]
    select(at, f"answer-{key}")
    at.key(Qt.Key.Key_W)
    [(place, focus)] = at.went
    assert (place, list(focus)) == ("today", ["follow_up_id"])
    at.key(Qt.Key.Key_E)
    at._qtbot.keyClicks(at.page.pane.how.field, "Luis sends a photo")
    at.key(Qt.Key.Key_Return)
    assert read(history, customer)[0].what is Happening.DEALT_WITH
    assert read(queries.answers, key=key)[0].dealt_with_at == MONDAY
    select(at, f"answer-{three['Maria'][1]}")
    at.key(Qt.Key.Key_X)
    assert not read(queries.answers, key=three["Maria"][1])[0].waits
    at.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert read(queries.answers, key=three["Maria"][1])[0].waits


@pytest.mark.row("F5")
def test_a_theme_is_changed_in_a_line_and_undo_brings_it_back(opened, three, read):
    at = opened("listening")
    select(at, "theme-access")
    assert "2 times in a year" in " ".join(at.texts())
    at.page.pane.words.setText("gate, portón")
    at.press(at.page.pane.buttons["keep"])
    assert next(one.words for one in read(queries.themes) if one.key == "access") == ("gate", "portón")
    at.press(at.page.pane.buttons["remove"])
    assert "access" not in {one.key for one in read(queries.themes)}
    at.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert next(one.words for one in read(queries.themes) if one.key == "access") == ("gate", "portón")


@pytest.mark.row("F6")
def test_a_review_is_given_to_who_wrote_it_and_answered(opened, three, desk, read):
    commands.bring_reviews(desk, read_reviews(REVIEWS, "r.csv", MONDAY.date()).reviews, "Google")
    at = opened("listening")
    good = next(one for one in read(queries.reviews) if one.rating == 5)
    select(at, f"review-{good.id}")
    at.press(at.page.pane.buttons["whose"])
    assert next(one.customer for one in read(queries.reviews) if one.rating == 5) == three["Maria"][0]
    assert at.page.pane.draft.text().startswith("Maria, thank you")
    at.key(Qt.Key.Key_E, widget=at.page.list)
    assert next(one.answer for one in read(queries.reviews) if one.rating == 5).startswith("Maria, thank you")


@pytest.mark.row("F7")
def test_the_talks_of_the_month_are_there_and_noted(opened, three, read):
    at = opened("listening")
    talk = next(one for one in read(queries.talks, MONDAY.date()) if one.name == "Maria Alvarez")
    select(at, f"talk-{talk.id}")
    assert talk.questions[0] in " ".join(at.texts())
    at.page.pane.draft.set_text("She would miss the photos.")
    at.press(at.page.pane.buttons["done"])
    assert read(history, three["Maria"][0])[0].note == "She would miss the photos."


def test_an_empty_place_says_what_belongs_here(opened):
    at = opened("listening")
    assert "Nobody has said anything yet" in at.texts()
    at.press(at.page.empty.button)
    assert at.logged == [{"what": "rating"}]


@pytest.mark.row("F5")
def test_a_theme_of_ones_own_is_written_with_an_example_beside_and_renamed(opened, add, log, read):
    log(add("Tom Becker"), "rating", rating=3, note="Please not on a Saturday")
    at = opened("listening")
    at.press(at.page.theme_button)
    pane = at.page.pane
    assert "such as" in pane.name.placeholderText()
    assert "such as" in pane.words.placeholderText()
    at.press(pane.buttons["keep"])
    assert all(one.name != "" for one in read(queries.themes)), "without a name nothing is kept"
    pane.name.setText("Weekends")
    pane.words.setText("weekend, on a Saturday\nSunday")
    at.press(pane.buttons["keep"])
    made = next(one for one in read(queries.themes) if one.name == "Weekends")
    assert made.words == ("weekend", "on a Saturday", "Sunday")
    assert at.page.list.selected() == f"theme-{made.key}"
    pane.name.setText("Saturdays")
    at.press(pane.buttons["keep"])
    assert next(one for one in read(queries.themes) if one.key == made.key).name == "Saturdays"
