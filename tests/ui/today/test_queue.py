from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from followup_desktop.base.changes import EVERYTHING
from followup_desktop.commands import history, messages
from followup_desktop.core.history.model import Happening, NewEvent
from tests.ui.today import scene

KEY = Qt.Key


def test_the_queue_stands_in_its_groups_and_order(today):
    shown = [(row.group, row.title, row.note) for row in today.rows()]
    assert shown == [
        ("You promised", "Maria Alvarez", "due 3:00 pm"),
        ("Put right", "Priya Nair", "3 days late"),
        ("Answers waiting for you", "Greta Lindqvist", "since Sat"),
        ("Closing soon", "Sam Osei", "4 h left"),
        ("This week", "Ana Pereira", "this week"),
    ]


def test_a_row_says_why_it_is_there(today):
    second = {row.title: row.second for row in today.rows()}
    assert second["Maria Alvarez"] == "Send the filter quote, promised on Thu 19 Nov"
    assert second["Ana Pereira"].startswith("Quote sent")


def test_the_day_is_said_with_how_much_waits_and_how_long_it_takes(today):
    assert today.page.subtitle == "Monday 23 November · 5 to review, about 3 minutes"
    assert today.window.rail.item("today").count() == 5


def test_what_is_held_back_is_folded_and_opens_with_its_reason(today):
    headings = [row for row in today.page.list._list_model.rows.items if hasattr(row, "count")]
    assert ("Held back", "1 · see why") in [(heading.title, heading.count) for heading in headings]
    assert "Noah Fitch" not in today.names()
    for _ in range(5):
        today.press(KEY.Key_J)
    assert today.selected() == "Held back"
    today.press(KEY.Key_Return)
    assert ("Held back", "Noah Fitch") in [(row.group, row.title) for row in today.rows()]
    today.press(KEY.Key_J)
    today.qtbot.waitUntil(lambda: today.page.pane.shows(today.page.pane._reason))
    assert "Noah Fitch heard from you" in today.page.pane.why.accessibleName()
    assert not today.page.pane.action_row.isVisible()


def test_one_can_write_to_someone_held_back_all_the_same(today):
    held = today.page.sight.day.queue.held[0]
    today.page.focus_on(follow_up_id=held.follow_up)
    today.qtbot.waitUntil(lambda: today.page.pane.why._action.isVisible())
    today.qtbot.mouseClick(today.page.pane.why._action, Qt.MouseButton.LeftButton)
    assert today.card().card.customer == held.customer
    today.qtbot.waitUntil(lambda: "Noah" in today.words()[1])
    assert today.page.pane.why.accessibleName().startswith("Held back.")


def test_the_card_says_who_why_now_and_what_would_remove_it(today):
    today.choose("Priya Nair")
    today.qtbot.waitUntil(lambda: today.page.pane.whom.name.whole() == "Priya Nair")
    assert today.page.pane.whom.tags() == ["Friday route · stop 7", "Recovery, week 1"]
    why = today.page.pane.why.accessibleName()
    assert why.startswith("Why now. Visit missed")
    assert "The sooner, the better" in why
    assert why.endswith("you settle it.")


def test_the_history_stands_beside_the_draft(today):
    today.choose("Priya Nair")
    today.qtbot.waitUntil(lambda: bool(today.page.pane.history.lines()))
    line = today.page.pane.history.lines()[0]
    assert (line.day, line.what) == ("20 Nov", "Visit missed, Luis. Truck repair, no cover arranged")
    assert today.page.pane._when.text() == "Next visit Fri 27 Nov, Luis"


def test_arrows_and_letters_move_through_the_list(today):
    today.page.list.setFocus()
    assert today.selected() == "Maria Alvarez"
    today.press(KEY.Key_J)
    today.press(KEY.Key_Down)
    assert today.selected() == "Greta Lindqvist"
    today.press(KEY.Key_K)
    assert today.selected() == "Priya Nair"


def test_the_selection_stays_when_something_comes_in_above(today):
    today.choose("Greta Lindqvist")
    customer = today.page.sight.day.queue.cards[-1].customer
    history.log(today.desk, customer, NewEvent(Happening.COMPLAINT, note="Green water"))
    today.runner.announce(EVERYTHING)
    today.qtbot.waitUntil(lambda: today.rows()[2].title == "Ana Pereira")
    assert today.selected() == "Greta Lindqvist"


def test_time_goes_by_in_the_list(today):
    today.clock.moment += timedelta(hours=2)
    today.page._looking.timeout.emit()
    today.qtbot.waitUntil(lambda: today.rows()[3].note == "2 h left")


def test_what_a_customer_wrote_shows_literally(open_today, crowded_store):
    today = open_today(crowded_store)
    row = next(row for row in today.rows() if row.title.startswith("<b>"))
    assert row.title == "<b>Bold</b> & Co"
    today.choose(row.title)
    today.qtbot.waitUntil(lambda: today.page.pane.whom.name.whole() == row.title)
    pane = today.page.pane
    assert pane.whom.name.textFormat() is Qt.TextFormat.PlainText
    assert pane.history.lines()[0].what.endswith("<i>as agreed</i>")
    tip = pane.history.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;i&gt;" in tip
    assert "<i>" not in tip


def test_thirty_people_fit_the_smallest_window_whatever_their_names(open_today, crowded_store):
    today = open_today(crowded_store)
    today.window.resize(900, 600)
    assert (today.window.width(), today.window.height()) == (900, 600)
    for name in (row.title for row in today.rows() if "Max" in row.title or "Lakeside" in row.title):
        today.choose(name)
        today.qtbot.waitUntil(lambda name=name: today.page.pane.whom.name.whole() == name)
        assert today.page.pane.draft.width() <= today.page.pane.width()


@pytest.mark.parametrize("size", [(900, 600), (760, 600)])
def test_the_pane_gives_the_history_a_turn_where_it_is_narrow(today, size):
    today.page.resize(*size)
    pane = today.page.pane
    pane.resize(480, 500)
    assert pane._turns.isVisibleTo(pane)
    assert not pane._side.isVisibleTo(pane)
    pane._turns._group.buttons()[1].click()
    assert pane._side.isVisibleTo(pane)
    assert not pane.left.isVisibleTo(pane)


def test_a_day_without_cards_says_so_and_what_comes(open_today, tmp_path):
    made = scene.Scene(tmp_path / "quiet.db")
    made.customer("Maria Alvarez")
    made.program.close()
    today = open_today(tmp_path / "quiet.db")
    assert today.page.subtitle == "Monday 23 November · nothing to review"
    place = today.page.board.nothing
    assert place.isVisible()
    assert place.accessibleName() == "Nobody is waiting"
    assert place.button.hasFocus(), "what is shown has it, not the rail"
    place.button.click()
    assert today.logged == [{}]


def test_without_any_customer_it_leads_to_the_start(open_today, tmp_path):
    scene.Scene(tmp_path / "empty.db").program.close()
    today = open_today(tmp_path / "empty.db")
    assert today.page.board.nothing.accessibleName() == "Nobody is here yet"
    today.page.board.nothing.button.click()
    assert today.window.current() == "start"


def test_another_place_can_open_a_card_to_write(today):
    done = messages.write(today.desk, 1)
    today.window.go("customers")
    today.window.go("today", follow_up_id=done.result)
    today.qtbot.waitUntil(lambda: today.page.sight.current is not None and today.page.sight.current.card.customer == 1)
    assert today.selected() == "Maria Alvarez"
