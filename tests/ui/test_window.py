from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListView, QTableView, QWidget

from followup_desktop import app as store_program
from followup_desktop.base.changes import Changes, Done
from followup_desktop.base.clock import FixedClock
from followup_desktop.base.errors import Problem
from followup_desktop.ui.keys import KEYS, KeysPage, cap, key_of
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.pages import PAGES, PageEntry
from followup_desktop.ui.palette import Entry
from followup_desktop.ui.runner import Runner
from followup_desktop.ui.window import MainWindow, Program
from tests.ui.gallery import SAMPLES, Values

CLOCK = FixedClock(datetime(2026, 11, 23, 18, 0, tzinfo=UTC))
SENT = Done(None, Changes(frozenset({"messages"})), 12, "Sent to Priya Nair")


class CountingPage(PageBase):
    key = "today"
    title = "Today"
    kinds = ("customers",)

    def __init__(self, context):
        super().__init__(context)
        self.reloads, self.acted, self.kept = 0, [], {}
        self.line = QLineEdit(placeholderText="A line")
        self.list = QListView()
        content = QWidget()
        for widget in (self.line, self.list):
            widget.setParent(content)
        self.set_content(content)
        self.on("done", lambda: self.acted.append("done"))

    def reload(self):
        self.reloads += 1

    def state(self):
        return {"selected": 7}

    def restore(self, state):
        self.kept = state

    def focus_on(self, **focus):
        self.acted.append(focus)


class OtherPage(CountingPage):
    key = "customers"
    title = "Customers"


class BrokenPage(PageBase):
    def __init__(self, context):
        raise KeyError("heater")


TWO = (
    PageEntry("today", "Today", "sun", "Ctrl+1", "tests.ui.test_window:CountingPage"),
    PageEntry("customers", "Customers", "users-three", "Ctrl+2", "tests.ui.test_window:OtherPage"),
)


@pytest.fixture
def open_window(theme, runner, qtbot):
    def opened(program=None, state_file=None, pages=TWO, runner=runner):
        window = MainWindow(theme, runner, CLOCK, Values(), program, state_file=state_file, pages=pages)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return opened


def test_a_second_start_finds_everything_where_it_was(open_window, tmp_path):
    state = tmp_path / "window.json"
    first = open_window(state_file=state)
    first.go("customers")
    first.resize(1010, 640)
    first.close()
    second = open_window(state_file=state)
    assert second.current() == "customers"
    assert second.page("customers").kept == {"selected": 7}
    assert state.stat().st_mode & 0o777 == 0o600


def test_a_damaged_memory_only_starts_afresh(open_window, tmp_path):
    state = tmp_path / "window.json"
    state.write_text('{"page": 3, "pages": [', "utf-8")
    assert open_window(state_file=state).current() == "today"


def test_a_place_is_made_when_first_shown(open_window):
    window = open_window()
    assert "customers" not in window._pages
    window.go("customers")
    assert window.rail.item("customers").isChecked()


def test_a_place_opened_with_a_key_has_the_focus(open_window, qtbot):
    window = open_window()
    window.page("today").line.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.page("customers").isAncestorOf(window.focusWidget())


def test_the_key_of_a_place_leaves_the_rail_also_for_the_place_that_is_open(open_window, qtbot):
    window = open_window()
    for place, key in (("today", Qt.Key.Key_1), ("customers", Qt.Key.Key_2)):
        window.rail.item("today").setFocus()
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.page(place).isAncestorOf(window.focusWidget())


def test_a_place_shown_again_does_not_leave_the_focus_on_what_is_out_of_sight(open_window, qtbot):
    window = open_window()
    page = window.page("today")
    part = QWidget(page._content)
    page.line.setParent(part)
    part.show()
    page.line.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    part.hide()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is page.list


def test_what_is_told_in_several_lines_stands_in_one_at_the_foot(open_window):
    window = open_window()
    window.show_problem(Problem("3 promises are still open.", "Tom: the heater\nMaria: the quote\nAna: the gate"))
    assert window.undo_bar._rest.whole() == "Tom: the heater · Maria: the quote · Ana: the gate"


def test_keys_switch_places(open_window, qtbot):
    window = open_window()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current() == "customers"


def test_a_single_letter_acts_only_while_no_text_is_edited(open_window, qtbot):
    window = open_window()
    page = window.page("today")
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_E)
    assert page.acted == ["done"]
    page.line.setFocus()
    qtbot.keyClick(page.line, Qt.Key.Key_E)
    assert (page.acted, page.line.text()) == (["done"], "e")


def test_a_hidden_place_looks_again_when_it_is_shown(open_window, runner, qtbot):
    window = open_window()
    window.go("customers")
    window.go("today")
    today, customers = window.page("today"), window.page("customers")
    before = today.reloads, customers.reloads
    runner.changed.emit(Changes(frozenset({"customers"})))
    runner.changed.emit(Changes(frozenset({"promises"})))
    assert (today.reloads, customers.reloads) == (before[0] + 1, before[1])
    window.go("customers")
    assert customers.reloads == before[1] + 1


def test_a_place_is_opened_at_what_was_asked_for(open_window):
    window = open_window()
    window.go("customers", customer_id=7)
    assert window.page("customers").acted == [{"customer_id": 7}]


def test_the_rail_shrinks_in_a_narrow_window_and_the_smallest_is_900_by_600(open_window):
    window = open_window()
    assert not window.rail.is_narrow()
    window.resize(940, 620)
    assert window.rail.is_narrow()
    assert window.minimumWidth() <= 900
    assert window.minimumHeight() <= 600


@pytest.mark.parametrize("place", [entry.key for entry in SAMPLES])
def test_every_place_fits_into_the_smallest_window(open_window, place):
    window = open_window(pages=SAMPLES)
    window.resize(900, 600)
    window.go(place)
    assert window.minimumSizeHint().width() <= 900
    assert window.minimumSizeHint().height() <= 600


def test_what_was_done_can_be_undone_with_the_button_and_the_key(open_window, runner, qtbot):
    undone = []
    window = open_window(Program(undo=undone.append))
    runner.done.emit(SENT)
    assert window.undo_bar.isVisible()
    window.undo_bar.take_back()
    assert (undone, window.undo_bar.isVisible()) == ([12], False)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [12, None]


def test_undo_stops_what_is_about_to_be_sent(open_window, qtbot):
    stopped, undone = [], []
    window = open_window(Program(undo=undone.append))
    window.count_down("Sending to Priya Nair", 10, lambda: stopped.append("stopped"))
    assert window.undo_bar.accessibleDescription() == "Sending to Priya Nair in 10 s"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (stopped, undone, window.undo_bar.is_counting()) == (["stopped"], [], False)


def test_a_problem_says_what_happened_what_was_kept_and_what_to_do(open_window, runner):
    window = open_window()
    runner.problem.emit(Problem("The server refused the password.", "The message is kept.", "Enter it anew."))
    said = window.undo_bar.accessibleDescription()
    assert said == "The server refused the password. The message is kept. Enter it anew."


def test_a_place_that_cannot_be_made_does_not_take_the_window_along(open_window, caplog):
    window = open_window(pages=(*TWO, PageEntry("bad", "Bad", "sun", "", "tests.ui.test_window:BrokenPage")))
    window.go("bad")
    assert window.current() == "today"
    assert "Something went wrong" in window.undo_bar.accessibleDescription()
    caplog.clear()


def test_closing_hides_the_window_only_while_there_is_a_tray(open_window):
    trays, ended = [True], []
    window = open_window(Program(quit=lambda: ended.append("quit"), tray_available=lambda: trays[0]))
    window.close()
    assert (window.isVisible(), ended) == (False, [])
    window.raise_window()
    trays[0] = False
    window.close()
    assert ended == ["quit"]


def test_a_file_dragged_in_is_handed_on(open_window, qtbot, tmp_path):
    window = open_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "customers.csv"))])
    event = QDropEvent(
        QPointF(QPoint(400, 300)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(window.file_dropped) as dropped:
        window.dropEvent(event)
    assert dropped.args == [str(tmp_path / "customers.csv")]


def test_the_palette_finds_customers_places_and_commands(open_window, qtbot):
    opened = []

    def search(text, then):
        then([Entry(f"Carl for {text}", lambda: opened.append("Carl"))])

    window = open_window(
        Program(search=search, commands=lambda: [Entry("Import a file", lambda: opened.append("file"))])
    )
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = window.palette_box.field
    assert field.hasFocus()
    qtbot.keyClicks(field, "imp")
    qtbot.waitUntil(lambda: window.palette_box._found != ())
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert opened == ["file"]
    assert not window.palette_box.isVisible()


def test_enter_in_the_palette_opens_the_first_answer(open_window, qtbot):
    window = open_window()
    window.find_anything()
    qtbot.keyClicks(window.palette_box.field, "cust")
    qtbot.keyClick(window.palette_box.field, Qt.Key.Key_Return)
    assert window.current() == "customers"


def test_escape_closes_the_palette_and_gives_the_focus_back(open_window, qtbot):
    window = open_window()
    window.page("today").line.setFocus()
    window.find_anything()
    qtbot.keyClick(window.palette_box.field, Qt.Key.Key_Escape)
    assert window.page("today").line.hasFocus()


def test_every_control_has_a_name(open_window, qtbot):
    window = open_window(pages=SAMPLES)
    for entry in SAMPLES:
        window.go(entry.key)
    window.find_anything()
    nameless = [
        widget
        for kind in (QAbstractButton, QLineEdit, QListView, QTableView)
        for widget in window.findChildren(kind)
        if not widget.accessibleName() and not widget.isHidden() and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []


def test_every_key_is_declared_once_for_a_place_and_stands_on_the_sheet(theme, qtbot):
    places = [(key.where, key.sequence) for key in KEYS]
    assert len(set(places)) == len(places)
    sheet = KeysPage(theme)
    qtbot.addWidget(sheet)
    shown = {widget.accessibleName() for widget in sheet.findChildren(QWidget)}
    assert {f"Key {cap(key.sequence)}" for key in KEYS} <= shown
    assert key_of("send") == "Ctrl ↵"


class Flashes(QObject):
    """Notes every window that appears."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


@pytest.fixture
def real_runner(qapp, tmp_path):
    """Return a runner over an empty store, and the program behind it: the program's own pages ask both."""
    program = store_program.Program(tmp_path / "business.db", CLOCK)
    runner = Runner(program.desk)
    yield runner, program
    runner.close()
    program.close()


@pytest.mark.parametrize("pages", [SAMPLES, PAGES], ids=["samples", "program"])
def test_no_other_window_flashes_while_places_are_made(open_window, qapp, pages, real_runner):
    flashes = Flashes()
    qapp.installEventFilter(flashes)
    runner, program = real_runner
    window = open_window(Program(program=program), pages=pages, runner=runner)
    for entry in pages:
        window.go(entry.key)
    window.find_anything()
    qapp.removeEventFilter(flashes)
    assert flashes.seen == ["MainWindow"]


def test_the_window_can_be_drawn_in_both_themes(open_window, theme):
    window = open_window(pages=SAMPLES)
    light = window.grab().toImage().pixelColor(600, 700)
    theme.set_mode("dark")
    dark = window.grab().toImage().pixelColor(600, 700)
    assert light.lightness() > 200 > 60 > dark.lightness()
