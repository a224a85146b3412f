"""Working through, days off, and rows that ask something: in the window."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from followup_desktop.commands import cases, queue
from followup_desktop.commands.business import change_settings
from followup_desktop.commands.customers import set_household
from followup_desktop.core.cases.queries import cases as all_cases
from tests.ui.today import scene

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def groups(today):
    return [group.title for group in today.page.list._groups]


def pane_says(today):
    return today.page.pane.why.accessibleName()


def on_card(today, name):
    today.qtbot.waitUntil(lambda: today.page.sight.current is not None and today.page.sight.current.card.name == name)
    today.card()


@pytest.mark.row("Q8")
def test_a_morning_is_worked_through_by_keys_alone(today):
    today.page.list.setFocus()
    today.press(KEY.Key_G)
    pane = today.page.pane
    assert pane.work.isVisible()
    assert not today.page.list.isVisible()
    assert pane.work.words() == "5 left, about 3 minutes"
    keys = 0
    for name in ("Maria Alvarez", "Priya Nair", "Greta Lindqvist", "Sam Osei", "Ana Pereira"):
        on_card(today, name)
        assert not pane.work.isHidden()
        today.press(KEY.Key_E)
        keys += 1
        today.until_gone(name)
    assert keys <= 3 * 5
    today.qtbot.waitUntil(lambda: today.page.list.isVisible())
    assert not pane.work.isVisible()
    assert today.page.sight.day.queue.cards == ()


@pytest.mark.row("Q8")
def test_each_step_of_working_through_can_be_taken_back(today):
    today.page.list.setFocus()
    today.press(KEY.Key_G)
    on_card(today, "Maria Alvarez")
    today.press(KEY.Key_E)
    today.until_gone("Maria Alvarez")
    on_card(today, "Priya Nair")
    assert today.page.pane.work.words() == "4 left, about 3 minutes"
    today.press(KEY.Key_Z, CTRL)
    on_card(today, "Maria Alvarez")
    assert today.page.through.on
    assert today.page.pane.work.words() == "5 left, about 3 minutes"
    assert today.page.pane.work._far.value() == 0


@pytest.mark.row("Q8")
def test_one_can_go_on_and_back_without_deciding_and_write_and_leave(today):
    today.page.list.setFocus()
    today.press(KEY.Key_G)
    on_card(today, "Maria Alvarez")
    today.press(KEY.Key_J)
    on_card(today, "Priya Nair")
    today.press(KEY.Key_K)
    on_card(today, "Maria Alvarez")
    today.press(KEY.Key_K)
    on_card(today, "Maria Alvarez")
    today.press(KEY.Key_Return)
    assert QApplication.focusWidget() is today.page.pane.draft.text_edit
    today.type("e")
    assert "Maria Alvarez" in today.names()
    today.press(KEY.Key_Escape)
    assert today.page.through.on
    assert QApplication.focusWidget() is today.page.pane
    today.press(KEY.Key_Escape)
    assert not today.page.through.on
    assert today.page.list.isVisible()


@pytest.fixture
def household(open_today, tmp_path):
    """The Patels: Priya's case is open, Raj was sent a quote and rated us."""
    made = scene.small(tmp_path / "household.db")
    priya, raj = made.customer("Priya Patel"), made.customer("Raj Patel")
    set_household(made.desk, [priya, raj], "Patel")
    made.at(days=4).log(raj, "quote_sent", "", about="heater", amount=234000)
    made.at(hours=3).log(priya, "complaint", "The water is green again")
    made.at(hours=2).log(raj, "rating", "gate left open", rating=3)
    made.end().program.close()
    return open_today(tmp_path / "household.db")


@pytest.mark.row("X3", "Q3")
def test_a_household_has_one_card_that_says_what_waits_and_what_else_it_may_cover(household):
    now = household.choose("Priya Patel")
    assert "While the case is open, 1 other follow-up waits for Patel." in pane_says(household)
    assert "Raj Patel" not in [card.name for card in household.page.sight.day.queue.cards]
    [box] = household.page.pane.draft.also.boxes
    assert "Raj Patel: Rated 3 of 5" in box.toolTip() + box.text() + box.accessibleName()
    box.setChecked(True)
    household.page.list.setFocus()
    household.press(KEY.Key_E)
    household.until_gone("Priya Patel")
    assert household.outcome(now.card.items[1].id) == "covered"


@pytest.mark.row("X3")
@pytest.mark.parametrize(("key", "then"), [(KEY.Key_1, True), (KEY.Key_2, False), (KEY.Key_3, False)])
def test_once_the_case_is_put_right_a_key_says_what_becomes_of_what_waited(household, key, then):
    with household.desk.store.read() as session:
        case = next(case for case in all_cases(session) if case.name == "Priya Patel")
    cases.put_right(household.desk, case.id, "Shocked and vacuumed")
    household.qtbot.waitUntil(lambda: "Waited for a case" in groups(household))
    household.page.list.setFocus()
    household.page.list.select(("after", case.id))
    household.qtbot.waitUntil(lambda: "resume" in household.page.pane.choices.offered())
    assert "Raj Patel: Quote sent" in household.page.pane._reason_text.text()
    household.press(key)
    household.qtbot.waitUntil(lambda: "Waited for a case" not in groups(household))
    cards = [(card.name, card.leading.purpose) for card in household.page.sight.day.queue.cards]
    waiting = [held.name for held in household.page.sight.day.queue.held if held.reason == "outranked"]
    assert (("Raj Patel", "quote_check_in") in cards or "Raj Patel" in waiting) is then


@pytest.fixture
def visited(open_today, tmp_path):
    made = scene.small(tmp_path / "visited.db")
    ana = made.customer("Anaïs Moreau")
    made.at(days=4).log(ana, "quote_sent", "", about="heater", amount=234000)
    made.stop(ana, 1, 3)
    made.end().program.close()
    return open_today(tmp_path / "visited.db")


@pytest.mark.row("X11")
def test_what_is_said_at_the_door_stands_apart_with_its_words_and_one_key_says_it_was_said(visited):
    assert [row.group for row in visited.rows() if row.title == "Anaïs Moreau"] == ["In person"]
    now = visited.choose("Anaïs Moreau")
    assert pane_says(visited).startswith("Say it in person. Quote sent")
    assert "Luis is with Anaïs Moreau tomorrow" in pane_says(visited)
    visited.press(KEY.Key_E)
    visited.until_gone("Anaïs Moreau")
    assert visited.outcome(now.follow_up) == "done_in_person"


@pytest.mark.row("Q7")
def test_what_was_moved_says_to_which_day_and_can_be_shown_anyway(open_today, crowded_store, tmp_path):
    today = open_today(crowded_store)
    change_settings(today.desk, {"business.daily_capacity": 12})
    today.qtbot.waitUntil(lambda: "Moved to another day" in groups(today))
    moved = next(held for held in today.page.sight.day.queue.held if held.reason == "capacity")
    today.page.focus_on(follow_up_id=moved.follow_up)
    today.page.list.unfold("moved")
    today.page.list.select(("held", moved.follow_up))
    today.qtbot.waitUntil(lambda: pane_says(today).startswith("Moved. Moved to"))
    today.page.pane.why._action.click()
    assert today.card().card.customer == moved.customer


@pytest.mark.row("Q4")
def test_what_lapsed_can_be_taken_up_again(today):
    lapsed = today.page.sight.day.queue.lapsed[0]
    today.page.list.unfold("lapsed")
    today.page.list.select(("lapsed", lapsed.follow_up))
    today.page.list.setFocus()
    today.qtbot.waitUntil(lambda: "take_up" in today.page.pane.choices.offered())
    assert pane_says(today).startswith("Lapsed. It closed")
    today.press(KEY.Key_1)
    today.qtbot.waitUntil(lambda: lapsed not in today.page.sight.day.queue.lapsed)
    with today.desk.store.read() as session:
        from followup_desktop.core.journeys.queries import follow_up

        assert follow_up(session, lapsed.follow_up).state == "open"


@pytest.fixture
def returned(open_today, crowded_store):
    return open_today(crowded_store, now=scene.NOW + timedelta(days=4))


@pytest.mark.row("X8")
def test_after_days_off_each_thing_that_fell_due_is_decided_with_one_key(returned):
    today = returned
    assert groups(today) == ["Promises that fell due", "Would have gone out", "Gone stale"]
    assert "Back after 4 days. Nothing was sent meanwhile." in today.page.notices.back.accessibleName()
    count = len(today.page.sight.day.back.items)
    assert f"back after 4 days, {count} to decide" in today.page.subtitle
    today.page.list.setFocus()
    first = today.page.sight.day.back.items[0]
    today.qtbot.waitUntil(lambda: "back_today" in today.page.pane.choices.offered())
    today.press(KEY.Key_E)
    today.qtbot.waitUntil(lambda: len(today.page.sight.day.back.items) == count - 1)
    assert first not in today.page.sight.day.back.items
    stale = next(item for item in today.page.sight.day.back.items if str(item.kind) == "stale")
    today.page.list.select(("back", stale.id))
    today.qtbot.waitUntil(lambda: pane_says(today).startswith("Gone stale. It closed"))
    today.press(KEY.Key_X)
    today.qtbot.waitUntil(lambda: len(today.page.sight.day.back.items) == count - 2)
    today.press(KEY.Key_Z, CTRL)
    today.qtbot.waitUntil(lambda: len(today.page.sight.day.back.items) == count - 1)
    today.page.notices.back._action.click()
    today.qtbot.waitUntil(lambda: today.page.sight.day.back is None)
    assert "Would have gone out" not in groups(today)
    assert first.name in today.names()


@pytest.mark.row("X8")
def test_marked_days_off_are_said_and_over_with_one_press(open_today, small_store):
    today = open_today(small_store)
    queue.mark_days_off(today.desk, scene.NOW.date(), scene.NOW.date() + timedelta(days=4))
    today.qtbot.waitUntil(lambda: "Days off until Friday 27 November." in today.page.notices.back.accessibleName())
    today.page.notices.back._action.click()
    today.qtbot.waitUntil(lambda: not today.page.notices.back.isVisible())


@pytest.mark.row("Q5")
def test_a_journey_is_stopped_by_hand_from_its_card(today):
    now = today.choose("Ana Pereira")
    today.page.pane.button("stop_journey").click()
    today.until_gone("Ana Pereira")
    assert today.outcome(now.follow_up) == "skipped"
    today.until_said("Journey stopped for Ana Pereira")
