from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from shiboken6 import isValid

from followup_desktop.core.promises import queries
from followup_desktop.ui.capture.promise import PromiseDialog

pytestmark = pytest.mark.row("P1")


@pytest.fixture
def dialog(add, small, qtbot):
    add("Carl Jensen")
    add("Maria Alvarez")
    opened = small(PromiseDialog)
    qtbot.waitUntil(lambda: bool(opened.line._index.called("carl")))
    return opened


@pytest.fixture
def promises(read):
    return lambda: read(queries.open_promises)


def test_a_line_is_shown_as_understood_and_kept_with_enter(dialog, promises, qtbot):
    qtbot.keyClicks(dialog.line.field, "ring Carl about the heater Friday 9am")
    assert dialog.line.words() == "Carl Jensen · “ring about the heater” · Fri 27 Nov, 9:00 am · reminder 15 min before"
    qtbot.keyClick(dialog.line.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not isValid(dialog))
    (made,) = promises()
    assert (made.customer, made.what) == ("Carl Jensen", "ring about the heater")
    assert (made.due_date, made.due_time, made.zone) == (date(2026, 11, 27), time(9), "America/New_York")


def test_without_a_day_enter_keeps_nothing_and_asks(dialog, promises, qtbot):
    qtbot.keyClicks(dialog.line.field, "ring Carl about the heater")
    qtbot.keyClick(dialog.line.field, Qt.Key.Key_Return)
    assert "When? Add a day, such as Friday or 5 Dec." in dialog.line.words()
    assert dialog.line.field.text() == "ring Carl about the heater"
    assert promises() == []


def test_an_unknown_name_is_asked_about(dialog, qtbot):
    qtbot.keyClicks(dialog.line.field, "ring Wolfgang Friday")
    assert "I know nobody called Wolfgang." in dialog.line.words()
    assert not dialog.line.understood().complete


def test_where_several_fit_one_is_chosen_with_a_press(dialog, add, promises, qtbot):
    young = add("Carl Young")
    qtbot.waitUntil(lambda: len(dialog.line._index.called("carl")) == 2)
    qtbot.keyClicks(dialog.line.field, "ring Carl about the heater Friday")
    assert [button.text() for button in dialog.line.choices()] == ["Carl Jensen", "Carl Young"]
    dialog.line.choices()[1].click()
    assert dialog.line.choices() == []
    assert dialog.line.words().startswith("Carl Young · ")
    assert dialog.line.field.hasFocus()
    qtbot.keyClicks(dialog.line.field, " 10am")
    assert dialog.line.words().startswith("Carl Young · ")
    qtbot.keyClick(dialog.line.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(promises()))
    assert promises()[0].customer_id == young


def test_a_choice_does_not_stick_to_another_name(dialog, add, qtbot):
    add("Carl Young")
    qtbot.waitUntil(lambda: len(dialog.line._index.called("carl")) == 2)
    dialog.line.set_text("ring Carl Friday")
    dialog.line.choices()[1].click()
    dialog.line.set_text("ring Maria Friday")
    assert dialog.line.words().startswith("Maria Alvarez · ")


def test_on_a_customers_page_nobody_needs_to_be_named(add, small, promises, qtbot):
    grace = add("Grace Obi")
    dialog = small(PromiseDialog, customer_id=grace)
    qtbot.waitUntil(lambda: dialog.line.words() == "To Grace Obi. Say what, and when.")
    dialog.line.set_text("price an extra clean 5 Dec")
    assert dialog.line.words().startswith("Grace Obi · “price an extra clean” · ")
    dialog._keep.click()
    qtbot.waitUntil(lambda: bool(promises()))
    assert promises()[0].customer_id == grace


def test_a_promise_to_oneself_needs_no_customer(dialog, promises, qtbot):
    dialog.line.set_text("order chlorine tomorrow")
    assert dialog.line.words().startswith("For yourself · ")
    qtbot.keyClick(dialog.line.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(promises()))
    assert promises()[0].customer_id is None


def test_escape_empties_the_line_then_leaves(dialog, promises, qtbot):
    dialog.line.set_text("ring Carl Friday")
    qtbot.keyClick(dialog.line.field, Qt.Key.Key_Escape)
    assert dialog.line.field.text() == ""
    assert dialog.isVisible()
    qtbot.keyClick(dialog.line.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert promises() == []


def test_what_is_typed_is_never_read_as_markup(dialog, qtbot):
    dialog.line.set_text("tell Carl <b>now</b> & <img src=x> Friday")
    assert "<b>now</b>" in dialog.line.words()
    assert "&lt;b&gt;now&lt;/b&gt;" in dialog.line.below.text()


def test_a_customer_added_meanwhile_is_known_at_once(dialog, add, qtbot):
    dialog.line.set_text("ring Ruth Friday")
    assert not dialog.line.understood().complete
    add("Ruth Abara")
    qtbot.waitUntil(lambda: dialog.line.words().startswith("Ruth Abara · "))


def test_the_small_window_works_without_the_large_one(theme, window, add, promises, qtbot):
    add("Carl Jensen")
    window.hide()
    dialog = PromiseDialog(window.context)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.line._index.called("carl")))
    dialog.line.set_text("ring Carl tomorrow 8am")
    qtbot.keyClick(dialog.line.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(promises()))


def test_three_namesakes_are_told_apart(dialog, add, promises, qtbot):
    add("Ana Lopez", street="18 Orchard Way")
    second = add("Ana Lopez", street="7 Cove Rd")
    third = add("Ana Lopez")
    qtbot.waitUntil(lambda: len(dialog.line._index.called("ana")) == 3)
    qtbot.keyClicks(dialog.line.field, "ring Ana Lopez Friday")
    labels = [button.text() for button in dialog.line.choices()]
    assert labels[:2] == ["Ana Lopez, 18 Orchard Way", "Ana Lopez, 7 Cove Rd"]
    assert len(set(labels)) == 3
    assert promises() == []
    dialog.line.choices()[1].click()
    qtbot.keyClick(dialog.line.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert promises()[0].customer_id == second != third
