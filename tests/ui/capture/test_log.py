from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from shiboken6 import isValid

from followup_desktop.commands.history import log
from followup_desktop.core.history import queries
from followup_desktop.core.history.model import Happening, NewEvent
from followup_desktop.core.journeys.queries import of_customer
from followup_desktop.ui.capture.kinds import KINDS
from followup_desktop.ui.capture.log import LogDialog, what_follows
from tests.conftest import MONDAY

pytestmark = pytest.mark.row("D2")

SAVE = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def wendell(add):
    return add("Wendell Price", phone="(555) 201-0142")


@pytest.fixture
def newest(read):
    def of(customer):
        return (read(queries.history, customer) or [None])[0]

    return of


def test_a_visit_is_logged_without_the_mouse_and_says_what_follows(wendell, small, window, newest, qtbot):
    dialog = small(LogDialog)
    qtbot.keyClicks(dialog.finder.field, "wend")
    qtbot.waitUntil(dialog.finder.list.isVisible)
    qtbot.keyClick(dialog.finder.field, Qt.Key.Key_Return)
    assert dialog.finder.name() == "Wendell Price"
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_1)
    dialog.visit.choose("first")
    qtbot.keyClicks(dialog.note, "Chlorine was low")
    qtbot.keyClick(dialog.note, *SAVE)
    qtbot.waitUntil(lambda: not isValid(dialog))
    event = newest(wendell)
    assert (event.what, event.visit, event.note, event.at) == (
        Happening.VISIT_DONE,
        "first",
        "Chlorine was low",
        MONDAY,
    )
    said = window.undo_bar._lead.whole()
    assert said.startswith("Visit done: Wendell Price. Next: thank you today")
    assert "ask how it went Thursday" in said


def test_the_keys_one_to_nine_choose_what_happened_until_a_field_takes_them(wendell, small, qtbot):
    dialog = small(LogDialog, customer_id=wendell)
    qtbot.waitUntil(lambda: dialog.finder.customer() == wendell)
    for kind in [kind for kind in KINDS if kind.key]:
        qtbot.keyClicks(dialog.focusWidget(), kind.key)
        assert dialog.kinds.kind() is kind
        assert dialog.focusWidget().text() == kind.label
    dialog.note.setFocus()
    qtbot.keyClicks(dialog.note, "12")
    assert dialog.kinds.kind().key == "9"
    assert dialog.note.toPlainText() == "12"


def test_what_follows_more_than_once_is_named_once(add, desk, read, clock):
    ana = add("Ana Ortiz")
    event = log(desk, ana, NewEvent(Happening.QUOTE_SENT, about="heater")).result
    words = what_follows(read(of_customer, ana, open_only=True), event, clock.now(), "America/New_York")
    assert words.count("ask about a quote") == 1
    assert words.startswith("Next: ")
    assert " and " in words


def test_each_kind_asks_for_its_own_fields(wendell, small):
    dialog = small(LogDialog, customer_id=wendell)
    fields = {
        "visit": dialog._visit,
        "rating": dialog._rating,
        "about": dialog._about,
        "amount": dialog._amount,
        "by": dialog._by,
    }
    for kind in KINDS:
        dialog.kinds.choose(kind)
        wanted = {name for name in ("visit", "rating", "about", "amount", "by") if getattr(kind, name)}
        assert {name for name, line in fields.items() if line.isVisible()} == wanted, kind.label


def test_a_call_shows_the_number_to_ring(wendell, small, newest, qtbot):
    dialog = small(LogDialog, customer_id=wendell, what="call")
    qtbot.waitUntil(lambda: dialog.number.number.text() == "(555) 201-0142")
    assert dialog.number.isVisible()
    assert dialog.note.hasFocus()
    qtbot.keyClicks(dialog.note, "All fine")
    qtbot.keyClick(dialog.note, *SAVE)
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert (newest(wendell).what, newest(wendell).note) == (Happening.CALL, "All fine")


def test_a_rating_is_given_by_number(wendell, small, newest, qtbot):
    dialog = small(LogDialog, customer_id=wendell, what="rating")
    qtbot.waitUntil(lambda: dialog.finder.customer() == wendell)
    dialog.rating.choose("5")
    for button in dialog.rating._group.buttons():
        if button.isChecked():
            button.setFocus()
    for _ in range(2):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Left)
    dialog.save()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert newest(wendell).rating == 3


def test_an_amount_is_read_as_written_and_a_wrong_one_is_said_beside_it(wendell, small, newest, qtbot):
    dialog = small(LogDialog, customer_id=wendell, what="purchase")
    qtbot.waitUntil(lambda: dialog.finder.customer() == wendell)
    dialog.about.setText("pump")
    dialog.amount.setText("about 600")
    dialog.save()
    assert dialog._amount.problem()
    assert dialog.about.text() == "pump"
    dialog.amount.setText("$1,234.50")
    dialog.save()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert (newest(wendell).amount, newest(wendell).currency) == (123450, "USD")


def test_something_earlier_gets_its_own_day_and_time(wendell, small, newest, qtbot):
    dialog = small(LogDialog, customer_id=wendell, what="note")
    qtbot.waitUntil(lambda: dialog.finder.customer() == wendell)
    dialog.when.choice._group.buttons()[1].click()
    dialog.when.day.setDate(QDate(2026, 11, 20))
    dialog.when.clock.setTime(QTime(15, 30))
    dialog.save()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert newest(wendell).at == MONDAY - timedelta(days=2, hours=17, minutes=30)


def test_what_lies_in_the_future_is_refused_and_nothing_typed_is_lost(wendell, small, newest, qtbot):
    dialog = small(LogDialog, customer_id=wendell, what="note")
    qtbot.waitUntil(lambda: dialog.finder.customer() == wendell)
    qtbot.keyClicks(dialog.note, "ring back")
    dialog.when.choice._group.buttons()[1].click()
    dialog.when.clock.setTime(QTime(23, 0))
    dialog.save()
    qtbot.waitUntil(dialog.problem_banner.isVisible)
    assert dialog.problem_banner.accessibleName().startswith("That lies in the future.")
    assert dialog.note.toPlainText() == "ring back"
    assert newest(wendell) is None
    assert dialog.save_button.isEnabled()


def test_nobody_chosen_is_said_beside_the_field(small, qtbot):
    dialog = small(LogDialog)
    dialog.save()
    assert dialog._whom.problem() == "Choose whom this is about."
    assert dialog.finder.field.hasFocus()


def test_another_customer_can_be_chosen_instead(wendell, add, small, newest, qtbot):
    tom = add("Tom Becker")
    dialog = small(LogDialog, customer_id=wendell, what="note")
    qtbot.waitUntil(lambda: dialog.finder.customer() == wendell)
    dialog.finder._change.click()
    qtbot.keyClicks(dialog.finder.field, "becker")
    qtbot.waitUntil(dialog.finder.list.isVisible)
    qtbot.keyClick(dialog.finder.field, Qt.Key.Key_Return)
    dialog.save()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert newest(wendell) is None
    assert newest(tom).what is Happening.NOTE


def test_a_customer_that_is_gone_is_said_so(small, qtbot):
    dialog = small(LogDialog, customer_id=999)
    qtbot.waitUntil(dialog.problem_banner.isVisible)
    assert "no customer 999" in dialog.problem_banner.accessibleName()


def test_a_day_of_another_zone_is_the_businesss_day(wendell, small):
    dialog = small(LogDialog, customer_id=wendell)
    assert dialog.when.day.date().toPython() == date(2026, 11, 23)
    assert (dialog.when.clock.time().hour(), dialog.when.clock.time().minute()) == (9, 0)
