"""The Promises page as the owner works with it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt

from followup_desktop.base.zones import local
from followup_desktop.commands import promises
from followup_desktop.commands.door import command
from followup_desktop.core.journeys.queries import follow_up, of_customer
from followup_desktop.core.promises import records
from followup_desktop.core.promises.model import NewPromise, PromiseState
from followup_desktop.core.promises.queries import open_promises, promise
from tests.conftest import MONDAY

ZONE = "America/New_York"
TODAY = date(2026, 11, 23)


@pytest.fixture
def promised(desk):
    def make(what, day=TODAY, at=None, customer=None, line=""):
        return promises.make_promise(desk, NewPromise(what, day, at, ZONE, customer, line)).result

    return make


@pytest.fixture
def some(add, promised, clock):
    """One promise in each group."""
    maria, tom = add("Maria Alvarez"), add("Tom Becker")
    clock.moment = MONDAY - timedelta(days=4)
    made = {
        "late": promised("Call back about the green water", date(2026, 11, 22), None, tom, "call Tom back Sunday"),
        "today": promised("Send the filter quote", TODAY, time(15), maria),
        "week": promised("Pool clear again", date(2026, 11, 24), time(17), tom),
        "later": promised("Order pump seals", date(2026, 12, 1)),
    }
    clock.moment = MONDAY
    return made


def shown(page):
    return [row.title for row in page.list._list_model.rows.items]


def row(page, key):
    return next(item for item in page.list._list_model.rows.items if getattr(item, "id", None) == key)


@pytest.mark.row("P2")
def test_promises_stand_in_groups_with_their_time(opened, some):
    at = opened("promises")
    assert shown(at.page) == [
        "Late", "Tom Becker", "Today", "Maria Alvarez", "This week", "Tom Becker", "Later", "Yourself",
    ]  # fmt: skip
    assert (row(at.page, some["late"]).note, row(at.page, some["late"]).tone) == ("1 day late", "danger")
    assert row(at.page, some["today"]).note == "3:00 pm, in 6 h"
    assert at.page.subtitle == "4 open · 0 of 1 kept on time in November"


def test_the_pane_says_what_whom_when_and_on_which_line(opened, some, qtbot):
    at = opened("promises")
    wanted = {"Tom Becker", "Call back about the green water", "Sunday 22 November", "“call Tom back Sunday”"}
    qtbot.waitUntil(lambda: wanted <= set(at.texts()))


@pytest.mark.row("P1")
def test_a_line_becomes_a_promise_and_is_selected(opened, add, read):
    add("Carl Jensen")
    at = opened("promises")
    at.page.line.set_text("ring Carl about the heater Friday 9am")
    assert at.page.line.words().startswith("Carl Jensen · “ring about the heater” · Fri 27 Nov, 9:00 am")
    at.key(Qt.Key.Key_Return, widget=at.page.line.field)
    made = read(open_promises)[0]
    assert (made.customer, made.what, made.due_time) == ("Carl Jensen", "ring about the heater", time(9))
    assert at.page.selected().id == made.id


@pytest.mark.row("P4")
def test_e_keeps_it_and_undo_brings_it_back(opened, some, read, qtbot):
    at = opened("promises")
    at.page.list.select(some["today"])
    at.key(Qt.Key.Key_E)
    assert read(promise, some["today"]).state is PromiseState.KEPT
    assert "Maria Alvarez" not in shown(at.page)
    assert "Settled lately" in shown(at.page)
    at.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert read(promise, some["today"]).state is PromiseState.OPEN
    assert "Maria Alvarez" in shown(at.page)


def test_a_late_one_is_kept_late(opened, some, read):
    at = opened("promises")
    at.page.list.select(some["late"])
    at.press(at.page.pane.keep_button)
    assert read(promise, some["late"]).state is PromiseState.KEPT_LATE


def test_s_offers_an_hour_a_day_a_week_and_another_day(opened, some, read):
    at = opened("promises")
    at.page.list.select(some["today"])
    at.key(Qt.Key.Key_S)
    menu = at.page.pane.menu
    assert menu.isVisible()
    assert [action.text() for action in menu.actions() if action.text()] == [
        "1 hour later: 4:00 pm", "Tomorrow, 3:00 pm", "Mon 30 Nov, 3:00 pm", "Choose a day…",
    ]  # fmt: skip
    menu.actions()[0].trigger()
    menu.close()
    at.settle()
    assert read(promise, some["today"]).due_time == time(16)


def test_another_day_without_a_time_can_be_chosen(opened, some, read):
    at = opened("promises")
    at.page.list.select(some["today"])
    pane = at.page.pane
    pane.menu.actions()[-1].trigger()
    assert pane.pick.isVisible()
    pane.pick.day.setDate(pane.pick.day.date().addDays(8))
    pane.pick.timed.setChecked(False)
    at.press(pane.pick.move_button)
    moved = read(promise, some["today"])
    assert (moved.due_date, moved.due_time) == (date(2026, 12, 2), None)


def test_w_opens_todays_card_of_the_promise(opened, some, read):
    at = opened("promises")
    at.page.list.select(some["today"])
    at.key(Qt.Key.Key_W)
    [(place, focus)] = at.went
    assert place == "today"
    assert set(focus) == {"follow_up_id"}


def test_w_before_the_day_starts_a_message_to_them(opened, some, read):
    at = opened("promises")
    at.page.list.select(some["week"])
    at.key(Qt.Key.Key_W)
    [(place, focus)] = at.went
    assert place == "today"
    assert read(follow_up, focus["follow_up_id"]).purpose == "promise"
    assert read(promise, some["week"]).state is PromiseState.OPEN


def test_a_promise_to_oneself_has_nobody_to_write_to(opened, some):
    at = opened("promises")
    at.page.list.select(some["later"])
    assert not at.page.pane.write_button.isEnabled()
    at.key(Qt.Key.Key_W)
    assert at.went == []


@pytest.mark.parametrize(
    ("button", "state"), [("broken_button", PromiseState.BROKEN), ("withdrawn_button", PromiseState.WITHDRAWN)]
)
def test_it_can_be_not_kept_or_taken_back(opened, some, read, button, state):
    at = opened("promises")
    at.page.list.select(some["week"])
    at.press(getattr(at.page.pane, button))
    assert read(promise, some["week"]).state is state


def test_what_is_settled_is_shown_without_actions(opened, some, desk):
    promises.keep_promise(desk, some["today"])
    at = opened("promises")
    at.page.list._folds["settled"] = False
    at.page.reload()
    at.settle()
    at.page.list.select(some["today"])
    assert not at.page.pane.actions_row.isVisible()
    assert "kept" in row(at.page, some["today"]).note


def test_the_title_says_how_many_were_kept_on_time_last_month(opened, add, promised, desk, clock):
    clock.moment = datetime(2026, 10, 1, 12, tzinfo=MONDAY.tzinfo)
    kept = [promised("ring", date(2026, 10, day), None) for day in (5, 6, 7)]
    clock.moment = datetime(2026, 10, 6, 12, tzinfo=MONDAY.tzinfo)
    for key in kept:
        promises.keep_promise(desk, key)
    clock.moment = MONDAY
    assert opened("promises").page.subtitle == "2 of 3 kept on time in October"


def test_an_empty_place_teaches_with_an_example_and_leads_to_the_line(opened, qtbot):
    at = opened("promises")
    assert any("ring Carl about the heater Friday 9am" in text for text in at.texts())
    qtbot.waitUntil(at.page.line.field.hasFocus)  # the window comes to the front in its own time
    at.page.setFocus()
    at.press(at.page.empty.button)
    qtbot.waitUntil(at.page.line.field.hasFocus)


def test_j_and_k_move_and_a_promise_is_opened_from_outside(opened, some):
    at = opened("promises")
    at.key(Qt.Key.Key_J)
    assert at.page.selected().id == some["today"]
    at.key(Qt.Key.Key_K)
    assert at.page.selected().id == some["late"]
    at.page.focus_on(promise_id=some["week"])
    assert at.page.selected().id == some["week"]


def test_letters_typed_into_the_line_are_no_keys(opened, some, read):
    at = opened("promises")
    at.page.line.setFocus()
    at.key(Qt.Key.Key_E, widget=at.page.line.field)
    assert at.page.line.field.text() == "e"
    assert len(read(open_promises)) == 4


def test_what_another_place_does_is_shown_at_once(opened, some, desk, promised):
    at = opened("promises")
    promised("Bring the manual", date(2026, 11, 25))
    at._qtbot.waitUntil(lambda: at.page.subtitle.startswith("5 open"))


def test_names_and_words_are_plain_text(opened, add, promised):
    promised("<b>bold</b> & more", TODAY, None, add("<i>Ann</i> O'Neill & Sons", email=""))
    at = opened("promises")
    assert "<b>bold</b> & more" in at.texts()
    assert "<i>Ann</i> O'Neill & Sons" in at.texts()


def test_an_hour_later_keeps_the_zone(opened, some, read):
    at = opened("promises")
    at.page.list.select(some["late"])
    at.page.pane.menu.actions()[0].trigger()
    at.settle()
    assert local(read(promise, some["late"]).due, ZONE).hour == 10


@pytest.fixture
def found(desk, add):
    """Two promises found in mail that was sent to Tom: one with its day, one without."""
    tom = add("Tom Becker")

    @command("test.offer", says="")
    def offer(work):
        words = "I'll drop by on Thursday at 3 p.m. I'll send the papers."
        records.offer_all(work, tom, records.Said(words, work.now, ZONE, "US"))

    offer(desk)
    return tom


@pytest.mark.row("X1")
def test_what_was_found_in_mail_is_offered_and_kept_with_one_key(opened, desk, found):
    at = opened("promises")
    assert shown(at.page)[:3] == ["Found in your mail and notes", "Tom Becker", "Tom Becker"]
    at.page.list.select(-1)
    assert at.page.offered.isVisibleTo(at.page)
    at.page.act("done")
    at.settle()
    with desk.store.read() as session:
        [kept] = open_promises(session)
    assert (kept.customer, kept.what, kept.due_date, kept.due_time) == (
        "Tom Becker", "drop by", date(2026, 11, 26), time(15),
    )  # fmt: skip
    assert [offer.id for offer in at.page._view.offers] == [2]


@pytest.mark.row("X1")
def test_what_names_no_day_is_asked_for_one_and_what_is_none_is_remembered(opened, desk, found):
    at = opened("promises")
    at.page.list.select(-2)
    at.page.act("done")
    assert at.page.offered.pick.isVisibleTo(at.page)
    at.page.offered.pick.picked.emit(datetime(2026, 11, 27, 22, tzinfo=UTC), False)
    at.settle()
    with desk.store.read() as session:
        assert [(one.what, one.due_date) for one in open_promises(session)] == [("send the papers", date(2026, 11, 27))]
    at.page.list.select(-1)
    at.page.act("skip")
    at.settle()
    assert at.page._view.offers == ()


@pytest.mark.row("P4")
def test_what_will_be_late_is_moved_and_its_message_drafted(opened, desk, some):
    at = opened("promises")
    at.page.list.select(some["today"])
    at.page.act("tell_late")
    at.page.pane.menu.triggered.emit(at.page.pane.menu.actions()[1])
    at.settle()
    with desk.store.read() as session:
        moved = promise(session, some["today"])
        told = [row for row in of_customer(session, moved.customer_id) if row.late_promise == moved.id]
    assert (moved.due_date, moved.moved_from) == (date(2026, 11, 24), TODAY)
    assert (told[0].template, told[0].promise) == ("promise/late", None)
    assert "they do not know yet" in told[0].why_here


@pytest.mark.row("P3", "P4")
def test_from_a_reminder_one_says_that_it_will_be_late(opened, some):
    at = opened("promises")
    at.page.focus_on(promise_id=some["today"], tell=True)
    at.settle()
    assert at.page.pane.menu.isVisible()
    assert at.page.selected().id == some["today"]
    at.page.pane.menu.close()
