"""The Recovery page as the owner works with it."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from followup_desktop.commands import cases
from followup_desktop.commands.promises import make_promise
from followup_desktop.core.cases.model import CaseState
from followup_desktop.core.cases.queries import case
from followup_desktop.core.cases.queries import cases as all_cases
from followup_desktop.core.history.queries import history
from followup_desktop.core.journeys.queries import follow_up
from followup_desktop.core.promises.model import NewPromise
from tests.conftest import MONDAY


@pytest.fixture
def wrong(add, log, clock, read):
    """Something went wrong some days ago; return the case."""

    def happen(name, note, days=2, what="complaint"):
        clock.moment = MONDAY - timedelta(days=days)
        log(add(name), what, note=note)
        clock.moment = MONDAY
        return int(max(found.id for found in read(all_cases, closed=True)))

    return happen


@pytest.fixture
def three(wrong, desk, clock):
    """One open, one being checked, one closed."""
    found = {
        "open": wrong("Tom Becker", "Green water"),
        "checking": wrong("Priya Nair", "Nobody came", days=17),
        "closed": wrong("Ruth Abara", "The bill was wrong", days=25),
    }
    clock.moment = MONDAY - timedelta(days=14)
    cases.put_right(desk, found["checking"], "Luis came on Monday, $40 credit")
    cases.put_right(desk, found["closed"], "New bill")
    clock.moment = MONDAY - timedelta(days=1)
    cases.close_case(desk, found["closed"])
    clock.moment = MONDAY
    return found


def shown(at):
    return [row.title for row in at.page.list._list_model.rows.items]


@pytest.mark.row("R4")
def test_cases_stand_in_groups_and_the_open_ones_first(opened, three):
    at = opened("recovery")
    assert shown(at)[:5] == ["Needs you", "Tom Becker", "Put right, see if it held", "Priya Nair", "Closed lately"]
    assert shown(at)[5:] == ["Other causes"]
    assert at.page.subtitle == "1 open · 1 to check · median 7 days to put right"


def test_the_pane_says_what_happened_and_what_comes_next(opened, three):
    at = opened("recovery")
    texts = at.texts()
    assert "Tom Becker: green water" in texts
    assert "Complained: Green water" in texts
    assert at.page.pane._state.text() == "Open 2 days"
    assert at.page.pane._next.accessibleName().startswith("Next. Say sorry: on today’s list since ")


def test_a_case_from_a_rating_asks_for_an_answer_first(opened, add, log):
    log(add("Grace Okafor"), "rating", rating=1, note="It drips again")
    at = opened("recovery")
    assert at.page.pane._next.accessibleName().startswith("Next. Answer them: due ")


def test_how_it_was_put_right_is_asked_and_kept(opened, three, read):
    at = opened("recovery")
    at.key(Qt.Key.Key_E)
    assert at.page.pane.how.field.hasFocus()
    at._qtbot.keyClicks(at.page.pane.how.field, "Drained and shocked, clear on Monday")
    at.key(Qt.Key.Key_Return)
    tom = read(case, three["open"])
    assert tom.state is CaseState.PUT_RIGHT
    assert read(history, tom.customer)[0].note == "Drained and shocked, clear on Monday"
    assert "Needs you" not in shown(at)
    at.page.list.select(three["open"])
    at.settle()
    assert "Monday 23 November. Drained and shocked, clear on Monday" in at.texts()
    at.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert read(case, three["open"]).state is CaseState.OPEN


def test_what_is_being_typed_stays_when_something_else_changes(opened, three, desk):
    at = opened("recovery")
    at.key(Qt.Key.Key_E)
    at._qtbot.keyClicks(at.page.pane.how.field, "Drained")
    make_promise(desk, NewPromise("Order seals", date(2026, 11, 25), None, "America/New_York"))
    at.settle()
    assert at.page.pane.how.field.text() == "Drained"
    assert at.page.pane.how.isVisible()


def test_what_held_is_closed_and_what_did_not_is_opened_again(opened, three, read):
    at = opened("recovery")
    at.page.list.select(three["checking"])
    at.settle()
    assert at.page.pane._state.text() == "Put right, day 14 of 14"
    assert not at.page.pane.right_button.isVisible()
    at.press(at.page.pane.not_held_button)
    assert read(case, three["checking"]).state is CaseState.OPEN
    at.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    at.page.list.select(three["checking"])
    at.settle()
    at.page.list.setFocus()
    at.key(Qt.Key.Key_E)
    assert read(case, three["checking"]).state is CaseState.CLOSED


def test_apologise_opens_todays_card(opened, three, read):
    at = opened("recovery")
    at.key(Qt.Key.Key_W)
    [(place, focus)] = at.went
    assert place == "today"
    planned = read(follow_up, focus["follow_up_id"])
    assert (planned.purpose, planned.case) == ("apology", three["open"])


def test_the_check_can_be_asked_before_its_day(opened, wrong, desk, read):
    key = wrong("Greta Lindqvist", "Gate left open", days=3)
    cases.put_right(desk, key, "Photo after each visit")
    at = opened("recovery")
    at.page.list.select(key)
    at.settle()
    # the apology of the same day is still on the list: it comes first
    first = read(follow_up, at.page._case.next.id)
    assert first.purpose == "apology"
    at.press(at.page.pane.write_button)
    assert at.went == [("today", {"follow_up_id": int(first.id)})]


def test_what_is_promised_to_them_stands_with_the_case(opened, three, desk, read):
    tom = read(case, three["open"]).customer
    make_promise(desk, NewPromise("Drain and shock", date(2026, 11, 24), None, "America/New_York", tom))
    at = opened("recovery")
    assert "Drain and shock, Tue" in at.texts()


def test_a_promise_and_the_customer_are_one_key_away(opened, three, read):
    at = opened("recovery")
    asked = []
    from dataclasses import replace

    at.page.context = replace(at.page.context, promise=lambda **about: asked.append(about))
    at.key(Qt.Key.Key_P)
    at.key(Qt.Key.Key_O)
    tom = int(read(case, three["open"]).customer)
    assert asked == [{"customer_id": tom, "event": read(case, three["open"]).event}]
    assert at.went == [("customers", {"customer_id": tom})]


def test_a_closed_case_offers_only_to_open_it_again(opened, three):
    at = opened("recovery")
    at.page.list._folds["closed"] = False
    at.page.reload()
    at.settle()
    at.page.list.select(three["closed"])
    at.settle()
    pane = at.page.pane
    visible = [b.text() for b in (pane.write_button, pane.right_button, pane.held_button, pane.not_held_button)
               if b.isVisible()]  # fmt: skip
    assert visible == ["It did not hold: open again"]
    at.key(Qt.Key.Key_E, widget=at.page.list)
    at.key(Qt.Key.Key_W, widget=at.page.list)
    assert at.went == []


def test_an_empty_place_teaches_and_asks_what_went_wrong(opened):
    at = opened("recovery")
    assert "Nothing needs putting right" in at.texts()
    at.press(at.page.empty.button)
    assert at.wrong == [{}]


def test_a_case_is_opened_from_outside(opened, three):
    at = opened("recovery")
    at.page.focus_on(case_id=three["checking"])
    at.settle()
    assert "Priya Nair: nobody came" in at.texts()
