"""A file brought in through the window: nothing changes before Import, and one click takes it back."""

import sys
from pathlib import Path

import pytest

from followup_desktop.core.customers.queries import any_customer
from followup_desktop.core.exchange.queries import imports
from followup_desktop.core.queue.queries.customers import Filter, count
from followup_desktop.ui import child
from followup_desktop.ui.importing import looking
from followup_desktop.ui.importing.page import CHECK, CHOOSE, DONE, MATCH
from tests.ui.whole import nameless

pytestmark = pytest.mark.row("D5")

SAMPLES = Path(__file__).parents[2] / "samples" / "import"
ROUTES = SAMPLES / "route-customers.csv"


@pytest.fixture
def small_list(tmp_path):
    """A list with a column nobody knows by its name."""
    path = tmp_path / "list.csv"
    path.write_text("Name,Email,Chlor man\nAnn Lee,ann@example.com,Luis\nBo Day,bo@example.com,Ana\n", "utf-8")
    return path


@pytest.fixture
def beside(monkeypatch):
    """Have even a small file read and brought in beside the window."""
    monkeypatch.setattr(looking, "LARGE", 10)


def choice(at, column):
    (found,) = [c for c in at.page.checked.columns.choices().values() if c.accessibleName() == f"{column} goes to"]
    return found


def choose(at, column, field):
    combo = choice(at, column)
    combo.setCurrentIndex(combo.findData(field))
    combo.activated.emit(combo.currentIndex())
    at.settle()


def look_beside(at, path):
    at.page.look_at(path)
    at._qtbot.waitUntil(lambda: at.page.steps.step() == MATCH, timeout=60_000)


def test_everything_is_shown_before_anything_changes(whole, read):
    at = whole("importing", path=str(ROUTES))
    page = at.page
    assert page.steps.step() == MATCH
    assert page.subtitle == "route-customers.csv · 20 rows · 1 column kept as it is"
    assert choice(at, "Service Day").currentText() == "Route"
    assert choice(at, "Rate").currentText() == "Kept as it is"
    checks = {row.guess.column: row.guess.check for row in page.checked.columns.rows()}
    assert checks["Email"] == "1 is not an address"
    assert page.checked.banner.accessibleName().startswith("20 new, 4 to look at. Nothing is changed until")
    first = page.checked.problems.rows()[0]
    assert (first.row, first.what, first.value) == (17, "Not an email address", "j.marchetti@")
    assert page.checked.go.text() == "Import 20 customers"
    assert not read(any_customer)


def test_one_click_brings_the_file_in_and_one_takes_it_back(whole, read):
    at = whole("importing", path=str(ROUTES))
    at.press(at.page.checked.go)
    assert at.page.steps.step() == DONE
    assert "20 customers are new." in at.texts()
    assert "4 rows to look at" in at.texts()
    assert read(any_customer)
    at.press(at.page.done.see_customers)
    assert at.went == [("customers", {})]
    at.press(at.page.done.take_back)
    assert not read(any_customer)
    assert "The import was undone" in at.texts()
    assert "Import undone" in at.said


def test_undo_of_the_window_is_told_here_as_well(whole, read):
    at = whole("importing", path=str(ROUTES))
    at.press(at.page.checked.go)
    at.window.act("undo")
    at.settle()
    assert not read(any_customer)
    at._qtbot.waitUntil(lambda: "The import was undone" in at.texts())


def test_another_choice_for_a_column_is_looked_at_again_and_remembered(whole, small_list, read):
    at = whole("importing", path=str(small_list))
    assert choice(at, "Chlor man").currentText() == "Kept as it is"
    choose(at, "Chlor man", "notes")
    assert choice(at, "Chlor man").currentText() == "Notes"
    assert at.page.subtitle.endswith("all columns recognised")
    at.press(at.page.checked.go)
    at.page.look_at(small_list)
    at.settle()
    assert choice(at, "Chlor man").currentText() == "Notes"


def test_a_choice_that_cannot_be_meant_says_so_and_nothing_can_be_imported(whole, tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("Name,Colour\nAnn Lee,red\n", "utf-8")
    at = whole("importing", path=str(path))
    choose(at, "Name", "extra")
    view = at.page.checked
    assert view.trouble.isVisible() or view.go.text() == "Nothing to import"
    assert not view.go.isEnabled()


def test_the_same_file_again_finds_everybody_here_already(whole):
    at = whole("importing", path=str(ROUTES))
    at.press(at.page.checked.go)
    at.page.look_at(ROUTES)
    at.settle()
    assert "20 already here" in at.page.checked.banner.accessibleName()
    assert (at.page.checked.go.text(), at.page.checked.go.isEnabled()) == ("Nothing to import", False)


def test_contact_cards_have_no_columns_to_match(whole):
    at = whole("importing", path=str(SAMPLES / "iphone.vcf"))
    assert at.page.steps.step() == CHECK
    assert not at.page.checked.columns.isVisible()
    at.press(at.page.checked.go_back)
    assert at.page.steps.step() == CHOOSE


def test_every_row_to_look_at_has_room_in_the_third_step(whole):
    at = whole("importing", (900, 600), path=str(ROUTES))
    at.page.steps.chosen.emit(CHECK)
    assert not at.page.checked.columns.isVisible()
    at._qtbot.waitUntil(lambda: at.page.checked.problems.verticalScrollBar().maximum() == 0)
    at.press(at.page.checked.go_back)
    assert at.page.steps.step() == MATCH
    assert at.window.width() == 900


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.csv", b"", "“empty.csv” is empty."),
        ("holiday.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "“holiday.csv” is a picture (PNG)"),
        ("gone.csv", None, "“gone.csv” could not be read: No such file or directory."),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(whole, tmp_path, name, data, said):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    at = whole("importing", path=str(path))
    assert at.page.steps.step() == CHOOSE
    assert at.page.choose.problem.isVisible()
    assert at.page.choose.problem.accessibleName().startswith(said)
    assert at.page.choose.button.hasFocus()


def test_earlier_imports_are_listed_and_each_can_be_taken_back_on_its_own(whole, read, small_list, add):
    at = whole("importing", path=str(small_list))
    at.press(at.page.checked.go)
    add("Somebody Later")
    at.press(at.page.done.next)
    (row,) = at.page.choose.rows
    assert row.accessibleName() == "list.csv, 2 new, 0 changed, 0 as they were"
    at.press(row.button)
    (row,) = at.page.choose.rows
    assert row.accessibleName().endswith(", undone")
    assert not row.button.isVisible()
    assert read(count, Filter()) == 1


def test_an_import_whose_customers_have_a_history_by_now_stays_with_the_reason(whole, small_list, log, read):
    at = whole("importing", path=str(small_list))
    at.press(at.page.checked.go)
    log(1, "call")
    at.press(at.page.done.take_back)
    assert at.page.done.trouble.isVisible()
    assert "Nothing was changed." in at.page.done.trouble.accessibleName()
    assert not read(imports)[0].undone


def test_a_large_file_is_read_and_brought_in_beside_the_window(whole, read, beside):
    at = whole("importing")
    look_beside(at, ROUTES)
    assert at.page.checked.banner.accessibleName().startswith("20 new, 4 to look at.")
    assert choice(at, "Service Day").currentText() == "Route"
    at.page.checked.go.click()
    at._qtbot.waitUntil(lambda: at.page.steps.step() == DONE, timeout=60_000)
    at.settle()
    assert read(count, Filter()) >= 17
    at.press(at.page.done.take_back)
    assert not read(any_customer)


def test_a_large_import_can_be_stopped_with_nothing_half_done(whole, read, beside, monkeypatch):
    at = whole("importing")
    look_beside(at, ROUTES)
    waits = "import time, threading; threading.Event().wait(60)"
    monkeypatch.setattr(child, "ourselves", lambda: [sys.executable, "-c", waits])
    at.page.checked.go.click()
    at._qtbot.waitUntil(at.page.checked.busy.isVisible)
    at.page.checked.busy.cancelled.emit()
    at.settle()
    assert not read(any_customer)
    assert at.page.checked.go.isEnabled()


def test_a_file_that_changed_since_it_was_checked_is_not_brought_in_unseen(whole, read, beside, small_list):
    at = whole("importing")
    look_beside(at, small_list)
    small_list.write_text("Name,Email\nSomebody Else,else@example.com\n", "utf-8")
    at.page.checked.go.click()
    at._qtbot.waitUntil(at.page.checked.trouble.isVisible, timeout=10_000)
    assert "has changed since it was checked" in at.page.checked.trouble.accessibleName()
    assert not read(any_customer)


def test_every_control_has_a_name(whole):
    at = whole("importing", path=str(ROUTES))
    assert nameless(at.window) == []
    at.press(at.page.checked.go)
    assert nameless(at.window) == []
