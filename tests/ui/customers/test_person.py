from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from followup_desktop.commands.consent import stop_mail
from followup_desktop.commands.customers import join_household
from followup_desktop.commands.promises import make_promise
from followup_desktop.core.consent import queries as consent
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.history import records as history
from followup_desktop.core.history.model import Happening, NewEvent
from followup_desktop.core.promises.model import NewPromise
from followup_desktop.core.routes.tables import RouteRow, StopRow
from tests.conftest import MONDAY

pytestmark = pytest.mark.row("D2", "Q8", "K10")


@pytest.fixture
def wendell(add, desk, log):
    """A customer who has not been heard of for two months."""
    key = add("Wendell Price", street="18 Orchard Way", phone="(555) 201-0142", notes="Two dogs")
    for days in (150, 129, 108):
        log(key, "call", at=MONDAY - timedelta(days=days))
    wrote = NewEvent(
        Happening.MESSAGE_OUT,
        at=MONDAY - timedelta(days=62),
        about="How was the new pump?",
        counts=True,
        note="Hi Wendell,\n\nIs it still loud?\n\nDana",
    )
    with desk.store.write("route", "", undoable=False) as work:
        route = work.add(RouteRow(name="Thursday", weekday=3, technician="Luis")).id
        work.add(StopRow(route_id=route, customer_id=key, position=3, every_weeks=1, from_day=None))
        history.note(work, CustomerId(key), wrote)
    log(key, "visit_done", at=MONDAY - timedelta(days=4), by="Luis", note="Chlorine 2.4")
    return key


@pytest.fixture
def beside(opened, qtbot):
    """Open the place at a customer: `window, page, asked = beside(key)`."""

    def show(key):
        window, page, asked = opened()
        window.go("customers", customer_id=key)
        qtbot.waitUntil(lambda: page.selected() == key)
        return window, page, asked

    return show


def test_the_head_says_who_where_and_how_often(wendell, beside):
    _window, page, _asked = beside(wendell)
    assert page.pane.name.text() == "Wendell Price"
    assert page.pane.address.text() == "18 Orchard Way · Thursday route, stop 3 · weekly"


def test_why_at_risk_stands_in_words_with_the_best_next_step(wendell, beside, qtbot):
    _window, page, asked = beside(wendell)
    reasons = page.pane.standing.reasons()
    assert reasons[0].startswith("No contact for 62 days")
    assert any(reason.startswith("Your message of") and reason.endswith("has no answer") for reason in reasons)
    assert page.pane.standing.step.text() == "Best next step: ring Wendell, do not write"
    page.pane.standing.step.setFocus()
    qtbot.keyClick(page.pane.standing.step, Qt.Key.Key_Return)
    assert asked.log == [{"customer_id": wendell, "what": "call"}]


def test_the_history_is_newest_first_and_opens_the_words_of_a_message(wendell, beside, qtbot):
    _window, page, _asked = beside(wendell)
    lines = page.pane.history.lines()
    assert [line.what for line in lines][:2] == ["Visit done, Luis. Chlorine 2.4", "You wrote: “How was the new pump?”"]
    view = page.pane.history
    before = view.sizeHintForIndex(view.model().index(1, 0)).height()
    view.setFocus()
    view.setCurrentIndex(view.model().index(1, 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.sizeHintForIndex(view.model().index(1, 0)).height() > before
    assert lines[1].more == "Hi Wendell,\n\nIs it still loud?\n\nDana"


def test_details_show_every_field_that_is_known(wendell, beside):
    _window, page, _asked = beside(wendell)
    known = dict(page.pane.details.fields())
    assert known["Phone"] == "(555) 201-0142"
    assert known["Notes"] == "Two dogs"
    assert "Company" not in known


def test_the_household_is_named_and_leads_to_the_other(wendell, add, desk, beside, qtbot):
    other = add("Nora Price")
    join_household(desk, CustomerId(other), CustomerId(wendell))
    _window, page, _asked = beside(wendell)
    page.pane.details.opened.emit(other)
    qtbot.waitUntil(lambda: page.selected() == other)
    assert page.pane.name.text() == "Nora Price"


def test_what_is_open_is_listed_and_leads_to_its_place(wendell, log, desk, beside, qtbot):
    log(wendell, "complaint", note="Green water")
    promise = make_promise(
        desk, NewPromise("ring about the water", date(2026, 11, 22), None, "America/New_York", wendell)
    ).result
    window, page, _asked = beside(wendell)
    page.pane.choose_tab("open")
    assert page.pane.standing.step.text() == "Best next step: keep your promise: ring about the water"
    page.pane.open.list.select(("promise", int(promise)))
    page.pane.open.list.setFocus()
    qtbot.keyClick(page.pane.open.list, Qt.Key.Key_Return)
    assert window.current() == "promises"
    assert window.page("promises").asked == [{"promise_id": int(promise)}]


def test_write_puts_a_message_on_today_and_goes_there(wendell, beside, queue, qtbot):
    window, page, _asked = beside(wendell)
    qtbot.keyClick(page.list.table, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: window.current() == "today")
    ((follow_up,),) = [tuple(asked.values()) for asked in window.page("today").asked]
    assert follow_up in [item.id for card in queue().cards for item in card.items]


def test_the_keys_of_the_place_act_on_who_is_shown(wendell, beside, qtbot):
    _window, page, asked = beside(wendell)
    page.list.table.setFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_C)
    qtbot.keyClick(page.list.table, Qt.Key.Key_P)
    qtbot.keyClick(page.list.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert asked.log == [{"customer_id": wendell, "what": "call"}, {"customer_id": wendell}]
    assert asked.promise == [{"customer_id": wendell}]


def test_j_and_k_walk_and_enter_goes_to_the_person(wendell, add, beside, qtbot):
    add("Ana Adams")
    _window, page, _asked = beside(wendell)
    table = page.list.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: page.pane.name.text() == "Ana Adams")
    qtbot.keyClick(table, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: page.pane.name.text() == "Wendell Price")
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.pane.history.hasFocus()
    qtbot.keyClick(page.pane.history, Qt.Key.Key_Escape)
    assert table.hasFocus()


def test_in_a_narrow_window_list_and_person_take_turns(wendell, beside, qtbot):
    window, page, _asked = beside(wendell)
    window.setMinimumSize(600, 500)
    window.resize(640, 600)
    qtbot.waitUntil(page.split.is_narrow)
    page.split.show_list()
    assert page.list.table.isVisible()
    assert not page.pane.isVisible()
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    assert page.pane.isVisible()
    assert not page.list.table.isVisible()


@pytest.mark.row("G3")
def test_a_channel_is_refused_and_allowed_with_who_said_so_when(wendell, beside, desk, read, qtbot):
    _window, page, asked = beside(wendell)
    page.pane.choose_tab("consent")
    box, note = page.pane.consent.boxes["text"], page.pane.consent.notes["text"]
    assert (box.isChecked(), note.text()) == (True, "Not asked yet")
    box.click()
    qtbot.waitUntil(lambda: note.text() == "No, told you, Mon 23 Nov")
    assert asked.said == ["Wendell Price does not want texts"]
    assert read(consent.refused, [wendell]) == {wendell: {"text"}}
    box.click()
    qtbot.waitUntil(lambda: note.text() == "Yes, told you, Mon 23 Nov")


@pytest.mark.row("G3")
def test_no_mail_at_all_puts_the_address_on_the_list_until_they_ask_again(wendell, beside, read, qtbot):
    _window, page, _asked = beside(wendell)
    page.pane.choose_tab("consent")
    page.pane.consent.stop.click()
    qtbot.waitUntil(page.pane.consent.stopped.isVisible)
    assert read(consent.is_suppressed, "wendell.price@example.com")
    assert page.pane.history.lines()[0].what.startswith("Asked not to be written to")
    page.pane.consent.stop.click()
    qtbot.waitUntil(lambda: not page.pane.consent.stopped.isVisible())
    assert not read(consent.is_suppressed, "wendell.price@example.com")


@pytest.mark.row("G3")
def test_who_wants_no_mail_is_not_told_to_be_written_to(add, log, desk, beside):
    key = add("Noah Fitch")
    log(key, "call", at=MONDAY - timedelta(days=200))
    stop_mail(desk, CustomerId(key))
    _window, page, _asked = beside(key)
    assert "Write" not in page.pane.standing.step.text()
    assert "write to" not in page.pane.standing.step.text()


def test_a_customer_with_nothing_yet_is_told_what_to_do(add, beside, qtbot):
    _window, page, _asked = beside(add("Ivy Chandra"))
    qtbot.waitUntil(page.pane._nothing.isVisible)
    assert page.pane.standing.step.text() == "Nothing is due"
    assert page.pane.address.text() == "No postal address yet"


def test_an_undone_customer_leaves_the_pane(add, desk, beside, qtbot):
    from followup_desktop.commands.undo import undo_last

    _window, page, _asked = beside(add("Ivy Chandra"))
    undo_last(desk)
    qtbot.waitUntil(lambda: page.selected() is None)
