from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from sqlalchemy import insert

from followup_desktop.commands.customers import set_stage
from followup_desktop.core.customers.model import CustomerId, Stage
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.routes.tables import RouteRow, StopRow
from followup_desktop.store.schema import new_uuid
from tests.conftest import MONDAY

pytestmark = pytest.mark.row("D1")


@pytest.fixture
def three(add):
    return add("Wendell Price", street="18 Orchard Way"), add("Tom Becker"), add("Greta Lindqvist")


@pytest.fixture
def unhappy(log, three):
    log(three[1], "complaint", note="The water is green again")
    log(three[1], "rating", rating=1)
    return three


def many(desk, count):
    rows = [
        {"uuid": new_uuid(), "name": f"Given{n} Family{n:05}", "sort_name": f"family{n:05} given{n}",
         "given_name": f"Given{n}", "family_name": f"Family{n:05}", "created_at": MONDAY, "extra": {}}
        for n in range(count)
    ]  # fmt: skip
    with desk.store.write("many", "", undoable=False) as work:
        work.session.execute(insert(CustomerRow), rows)
        work.recorder.touch("customers")


def test_everyone_is_listed_by_family_name_and_counted(three, unhappy, opened, names):
    _window, page, _asked = opened()
    assert names(page) == ["Tom Becker", "Greta Lindqvist", "Wendell Price"]
    assert page.subtitle == "3 active · 1 at risk"


def test_the_list_says_standing_and_what_is_next(unhappy, opened):
    _window, page, _asked = opened()
    tom = page.list.table.rows()[0]
    assert (tom.standing, tom.last) == ("At risk", "today")
    assert tom.next == "Say sorry, today"


def test_at_risk_first_puts_the_unhappy_on_top(unhappy, opened, names, qtbot, add, log):
    log(unhappy[0], "rating", rating=2)
    _window, page, _asked = opened()
    page.list._on_sort("risk", False)
    qtbot.waitUntil(lambda: names(page)[0] == "Tom Becker" and names(page)[1] == "Wendell Price")
    assert page.list.order.text() == "At risk first"


def test_finds_as_one_types_and_shows_everyone_again(three, opened, names, qtbot):
    _window, page, _asked = opened()
    QTest.keyClick(page.list.table, Qt.Key.Key_Slash)
    assert page.list.search.hasFocus()
    qtbot.keyClicks(page.list.search, "orch")
    qtbot.waitUntil(lambda: names(page) == ["Wendell Price"])
    qtbot.keyClick(page.list.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(names(page)) == 3)


def test_says_so_when_nobody_fits(three, opened, names, qtbot):
    _window, page, _asked = opened()
    qtbot.keyClicks(page.list.search, "zzz")
    qtbot.waitUntil(page.list._show_everyone.isVisible)
    page.list._show_everyone.button.click()
    qtbot.waitUntil(lambda: len(names(page)) == 3)
    assert page.list.search.text() == ""


def test_stage_and_route_narrow_the_list(three, desk, opened, names, qtbot):
    set_stage(desk, CustomerId(three[0]), Stage.REGULAR)
    with desk.store.write("route", "", undoable=False) as work:
        route = work.add(RouteRow(name="Thursday north", weekday=3, technician="Luis")).id
        work.add(StopRow(route_id=route, customer_id=three[2], position=3, every_weeks=1, from_day=None))
    _window, page, _asked = opened()
    page.list.stage.choose("regular")
    page.list.stage.chosen.emit("regular")
    qtbot.waitUntil(lambda: names(page) == ["Wendell Price"])
    page.list.clear_filters()
    page.list.route.choose(str(route))
    page.list.route.chosen.emit(str(route))
    qtbot.waitUntil(lambda: names(page) == ["Greta Lindqvist"])
    assert page.list.route.text() == "Route: Thursday north"
    assert page.list.table.rows()[0].route == "Thu · 3"


def test_an_empty_store_says_what_belongs_here(opened, qtbot):
    window, page, _asked = opened()
    assert page.empty.isVisible()
    page.empty.button.click()
    assert window.current() == "importing"


def test_a_long_list_is_fetched_a_page_at_a_time(desk, opened, qtbot):
    many(desk, 1000)
    _window, page, _asked = opened()
    table = page.list.table
    assert len(table.rows()) == 100
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > 0)
    table.scrollToBottom()
    qtbot.waitUntil(lambda: len(table.rows()) == 200)
    assert [row.name for row in table.rows()] == [f"Given{n} Family{n:05}" for n in range(200)]


def test_someone_far_down_is_shown_when_asked_for(desk, opened, qtbot):
    many(desk, 500)
    window, page, _asked = opened()
    window.go("customers", customer_id=450)
    qtbot.waitUntil(lambda: page.list.table.selected() == 450)
    qtbot.waitUntil(lambda: page.selected() == 450)
    row = page.list.table.visualRect(page.list.table.currentIndex())
    assert page.list.table.viewport().rect().contains(row)


def test_a_change_elsewhere_shows_without_losing_the_place(three, opened, names, add, qtbot):
    _window, page, _asked = opened()
    page.list.table.select(three[2])
    add("Ana Pereira")
    qtbot.waitUntil(lambda: len(names(page)) == 4)
    assert page.list.table.selected() == three[2]


def test_the_selection_and_the_filters_survive_a_restart(three, desk, opened, qtbot):
    set_stage(desk, CustomerId(three[2]), Stage.REGULAR)
    _window, page, _asked = opened()
    page.list.stage.choose("regular")
    page.list._from_the_top()
    qtbot.waitUntil(lambda: page.list.table.selected() == three[2])
    kept = page.state()
    _again, second, _asked = opened()
    second.restore(kept)
    second.reload()
    qtbot.waitUntil(lambda: [row.name for row in second.list.table.rows()] == ["Greta Lindqvist"])
    qtbot.waitUntil(lambda: second.list.table.selected() == three[2])


def test_names_of_customers_are_never_read_as_markup(add, opened, qtbot):
    add("Bobby <b>Tables</b>", email="", street="<img src=x> Way", notes="<i>ring first</i>")
    _window, page, _asked = opened()
    assert page.list.table.rows()[0].name == "Bobby <b>Tables</b>"
    qtbot.waitUntil(lambda: page.selected() is not None)
    assert page.pane.name.text() == "Bobby <b>Tables</b>"
    labels = [
        label
        for label in page.pane.findChildren(QLabel)
        if any(word in label.text() for word in ("Tables", "img", "ring"))
    ]
    assert len(labels) >= 3
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_last_contact_is_counted_in_days(three, log, opened):
    log(three[0], "call", at=MONDAY - timedelta(days=61), note="All fine")
    _window, page, _asked = opened()
    wendell = page.list.table.rows()[2]
    assert wendell.last == "61 days"
    assert wendell.last_tip == "Wednesday 23 September 2026, 10:00 am"
