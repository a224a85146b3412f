"""The Insights page as the owner works with it."""

import os
import stat
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit
from shiboken6 import isValid

from followup_desktop.base.errors import Problem
from followup_desktop.base.money import Money
from followup_desktop.commands.cases import close_the_loop, offer
from followup_desktop.commands.insights import mark_change, plan_changes
from followup_desktop.core.cases.model import Closing
from followup_desktop.core.cases.queries import cases as all_cases
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.core.operators.queries import settings
from followup_desktop.ui.insights import page as page_module
from followup_desktop.ui.insights.export import ExportDialog
from followup_desktop.ui.insights.records import RecordsDialog
from followup_desktop.ui.widgets.buttons import Button
from tests.conftest import MONDAY

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
A_DAY = datetime(2026, 10, 5, 12, tzinfo=UTC)


@pytest.fixture
def october(add, log, desk):
    """A month of three customers: repairs, ratings, messages nobody answers."""
    ana = add("Ana Bo", since=date(2025, 1, 1))
    ben = add("Ben Co", since=date(2025, 1, 1))
    log(ana, "visit_done", visit="repair", about="pump", at=A_DAY)
    log(ana, "call", at=A_DAY + timedelta(hours=3))
    log(ben, "visit_done", visit="repair", about="heater", at=A_DAY)
    log(ana, "rating", rating=5, note="Crystal clear", at=A_DAY)
    log(ben, "rating", rating=2, note="<b>Too</b> late & loud", at=A_DAY + timedelta(hours=1))
    with desk.store.write("test", "", undoable=False) as work:
        for number in range(12):
            at = A_DAY + timedelta(hours=number)
            work.add(
                MessageRow(customer_id=ana, state="filed", purpose="continuity", at=at, sent_at=at, subject="Leaves")
            )
    log(ben, "complaint", note="nobody came", at=MONDAY - timedelta(days=3))
    log(ben, "rating", rating=1, at=MONDAY - timedelta(days=1))
    return {"Ana Bo": ana, "Ben Co": ben}


@pytest.fixture
def at_october(opened, october):
    """The page, showing October."""

    def show(size=(1280, 800)):
        at = opened("insights", size)
        at.page.focus_on(month=OCTOBER)
        at.settle()
        return at

    return show


def dialog(at, kind):
    (found,) = [one for one in at.window.findChildren(kind) if one.isVisible()]
    return found


def figure(at, key):
    return at.page.figures.cards[key].accessibleName()


@pytest.mark.row("K5")
def test_the_page_opens_with_this_month_beside_the_last(opened, october):
    at = opened("insights")
    assert at.page.month.text() == "November 2026"
    assert at.page.subtitle == "so far, compared with October"
    assert figure(at, "satisfied") == "Satisfied: 0 of 1. rated 4 or 5; mean 1. October 1 of 2: too few to compare"


def test_another_month_is_chosen_from_those_with_something_in_them(opened, october):
    at = opened("insights")
    menu = at.page.month.menu()
    assert [action.text() for action in menu.actions()] == ["November 2026", "October 2026"]
    menu.actions()[1].trigger()
    at.settle()
    assert at.page.subtitle == "compared with September"
    assert figure(at, "reached").startswith("Reached within 24 hours: 1 of 2.")


@pytest.mark.row("X14")
def test_a_figure_opens_the_records_behind_it(at_october, october):
    at = at_october()
    at.key(Qt.Key.Key_Return, widget=at.page.figures.cards["reached"])
    records = dialog(at, RecordsDialog)
    assert records.windowTitle() == "What asked for a contact in October"
    model = records.table.model()
    shown = [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]
    assert shown == [
        ["Ana Bo", "Repair: pump", "Mon 5 Oct, 8:00 am", "3"],
        ["Ben Co", "Repair: heater", "Mon 5 Oct, 8:00 am", "–"],
    ]
    at.key(Qt.Key.Key_Down, widget=records.table)
    at.key(Qt.Key.Key_Return, widget=records.table)
    assert at.went == [("customers", {"customer_id": october["Ben Co"]})]
    assert not (isValid(records) and records.isVisible())


@pytest.mark.row("X14")
def test_records_are_sorted_by_any_column_with_those_without_a_value_last(at_october):
    at = at_october()
    at.page.show_records("reached")
    at.settle()
    records = dialog(at, RecordsDialog)
    records.table.sort_wanted.emit("3", False)
    assert [row.cells[0] for row in records.table.rows()] == ["Ana Bo", "Ben Co"]
    records.table.sort_wanted.emit("0", True)
    assert [row.cells[0] for row in records.table.rows()] == ["Ben Co", "Ana Bo"]


def test_a_figure_that_counts_nothing_says_what_would_fill_it(at_october):
    at = at_october()
    at.page.show_records("promises")
    at.settle()
    records = dialog(at, RecordsDialog)
    assert records.table is None
    assert "Note what you promise" in records.findChild(type(records._empty))._text.text()
    records.close()
    at.page.show_records("kept")
    at.settle()
    assert "Nobody left." in dialog(at, RecordsDialog)._empty._text.text()


@pytest.mark.row("K7")
def test_a_kind_of_message_that_does_not_work_is_named_and_can_be_planned_to_change(at_october, read):
    at = at_october()
    (banner,) = at.page.answers._banners
    assert banner.accessibleName().startswith("“News and seasonal work” is seldom answered: 0 of 12.")
    banner.pressed.emit()
    at.settle()
    planned = read(settings)["report.changes.2026-10"]
    assert planned == ["News and seasonal work: try another subject, or another time of day."]
    assert [field.text() for field in at.page.changes.fields] == planned
    assert at.said == ["What changes in November: noted"]


def test_the_bars_can_be_read_out(at_october):
    at = at_october()
    assert at.page.answers.chart.accessibleDescription() == "News and seasonal work: 0 of 12"


@pytest.mark.row("K3")
def test_what_customers_said_stands_there_as_they_wrote_it(at_october, october):
    at = at_october()
    assert "1 rated 4 or 5 · 1 rated 1 or 2 · mean 3.5" in at.texts()
    assert "<b>Too</b> late & loud" in at.texts()
    assert at.page.said.bar.accessibleDescription() == "rated 4 or 5: 1; rated 3: 0; rated 1 or 2: 1"


@pytest.mark.row("K10")
def test_who_may_leave_leads_to_the_customer(at_october, october):
    at = at_october()
    (row,) = at.page.risk.rows
    assert row.accessibleName() == "Ben Co"
    assert "Rated 1 of 5" in row.accessibleDescription()
    at.key(Qt.Key.Key_Return, widget=row)
    assert at.went == [("customers", {"customer_id": october["Ben Co"]})]


def test_a_trend_of_fewer_than_ten_messages_a_month_is_not_drawn(opened, add):
    add("Ana Bo")
    at = opened("insights")
    assert "From 10 messages a month on, there is a line here." in at.texts()


def test_the_trend_is_drawn_where_there_is_enough(at_october):
    at = at_october()
    assert at.page.trend.chart.isVisible()
    assert at.page.trend.chart.accessibleDescription().endswith("Oct 2026: 0 of 12")


class TestChanges:
    """What we change next month."""

    @pytest.mark.row("K9")
    def test_a_line_is_written_down_changed_and_taken_away(self, at_october, read, qtbot):
        at = at_october()
        changes = at.page.changes
        assert changes.accessibleName() == "What we change in November"
        qtbot.keyClicks(changes.new, "Ask one question")
        at.key(Qt.Key.Key_Return, widget=changes.new)
        assert read(settings)["report.changes.2026-10"] == ["Ask one question"]
        assert changes.new.text() == ""
        changes.fields[0].setFocus()
        changes.fields[0].end(False)
        qtbot.keyClicks(changes.fields[0], "  only")
        at.key(Qt.Key.Key_Return, widget=changes.fields[0])
        assert read(settings)["report.changes.2026-10"] == ["Ask one question only"]
        assert changes.fields[0].hasFocus()
        buttons = changes.fields[0].parentWidget().findChildren(Button)  # those replaced may be there still
        (away,) = [one for one in buttons if one.accessibleName().startswith("Take “Ask one")]
        at.press(away)
        assert read(settings)["report.changes.2026-10"] == []

    def test_an_emptied_line_is_taken_away(self, at_october, desk, read):
        plan_changes(desk, OCTOBER, ["Ask one question"])
        at = at_october()
        at.page.changes.fields[0].setFocus()
        at.page.changes.fields[0].clear()
        at.key(Qt.Key.Key_Return, widget=at.page.changes.fields[0])
        assert read(settings)["report.changes.2026-10"] == []
        assert at.page.changes.new.hasFocus()

    @pytest.mark.row("K9")
    def test_what_was_planned_is_ticked_off_in_the_next_month(self, opened, october, desk, read):
        plan_changes(desk, OCTOBER, ["Ask one question", "Ring the same day"])
        mark_change(desk, OCTOBER, "Ring the same day", done=True)
        at = opened("insights")
        assert [box.isChecked() for box in at.page.changes.boxes] == [False, True]
        at.key(Qt.Key.Key_Space, widget=at.page.changes.boxes[0])
        assert read(settings)["report.changes_done.2026-10"] == ["Ring the same day", "Ask one question"]
        assert at.said == ["Marked as done"]

    def test_reading_again_leaves_a_line_alone_that_is_being_written(self, at_october, log, october, qtbot):
        at = at_october()
        qtbot.keyClicks(at.page.changes.new, "Half a thou")
        log(october["Ana Bo"], "note", note="x")
        at.settle()
        assert at.page.changes.new.text() == "Half a thou"


class TestEmpty:
    """A month without anything teaches."""

    def test_it_says_what_fills_it_and_offers_to_log_something(self, opened, add):
        add("Ana Bo")
        at = opened("insights")
        assert at.page.teaching.isVisible()
        assert "Nothing has been counted in November 2026 yet." in at.page.teaching.accessibleName()
        at.page.teaching.pressed.emit()
        assert at.logged == [{}]

    def test_it_goes_away_with_the_first_thing_that_happens(self, opened, add, log, qtbot):
        ana = add("Ana Bo")
        at = opened("insights")
        log(ana, "rating", rating=5)
        qtbot.waitUntil(lambda: not at.page.teaching.isVisible())


class TestExport:
    """The report, written beside the window."""

    @pytest.fixture
    def opener(self, monkeypatch):
        """Note what would be opened."""
        opened_paths = []
        monkeypatch.setattr(page_module, "open_file", opened_paths.append)
        monkeypatch.setattr(page_module, "open_folder", opened_paths.append)
        return opened_paths

    @pytest.mark.row("K9")
    def test_folder_and_formats_are_asked_then_it_says_where_the_report_is(self, at_october, tmp_path, opener):
        at = at_october()
        at.press(at.page.export_button)
        asks = dialog(at, ExportDialog)
        asks.folder.setText(str(tmp_path / "Reports"))
        for one, box in asks.boxes.items():
            box.setChecked(one in ("html", "csv"))
        at.press(asks.save_button)
        assert at.page.written.isVisible()
        report = tmp_path / "Reports/report-2026-10.html"
        assert at.page.written.says.text().startswith(f"The report of October 2026 is in {tmp_path / 'Reports'} (")
        assert report.exists()
        assert at.page.export_button.isEnabled()
        at.press(at.page.written.open)
        at.press(at.page.written.show_folder)
        assert opener == [report, tmp_path / "Reports"]

    def test_the_palette_leads_straight_to_the_question(self, opened, october):
        at = opened("insights")
        at.page.focus_on(export=True)
        assert dialog(at, ExportDialog).windowTitle() == "Report of November 2026"

    def test_nothing_is_written_without_folder_or_format(self, at_october):
        at = at_october()
        at.page.ask_where()
        asks = dialog(at, ExportDialog)
        asks.folder.clear()
        for box in asks.boxes.values():
            box.setChecked(False)
        asks.save()
        assert asks.isVisible()
        assert asks.folder_line.problem() == "Choose a folder."
        assert asks.wrong.text() == "Choose at least one format."

    def test_a_folder_is_chosen_in_the_systems_own_dialog(self, at_october, tmp_path):
        at = at_october()
        at.page.ask_where()
        asks = dialog(at, ExportDialog)
        asks._on_choose()
        chooser = asks.findChild(QFileDialog)
        assert chooser.fileMode() is QFileDialog.FileMode.Directory
        chooser.fileSelected.emit(str(tmp_path))
        chooser.close()
        assert asks.folder.text() == str(tmp_path)

    def test_where_it_cannot_be_written_is_said_on_the_page_and_can_be_chosen_anew(self, at_october, tmp_path):
        at = at_october()
        (tmp_path / "file").write_text("")
        at.page.export(tmp_path / "file", ("csv",))
        at.settle()
        assert "there is a file where a folder should be" in at.page.problem.accessibleName()
        at.page.problem.pressed.emit()
        assert dialog(at, ExportDialog).isVisible()

    def test_what_the_system_cannot_open_is_said_on_the_page(self, at_october, tmp_path, monkeypatch):
        def refuse(path):
            raise Problem("No program was found that opens .html files.")

        monkeypatch.setattr(page_module, "open_file", refuse)
        at = at_october()
        at.page.export(tmp_path, ("html",))
        at.settle()
        at.press(at.page.written.open)
        assert at.page.problem.accessibleName() == "No program was found that opens .html files."

    def test_it_can_be_stopped(self, at_october, tmp_path):
        at = at_october()
        at.page.export(tmp_path / "never", ("html", "csv"))
        at.page.busy.cancelled.emit()
        at.settle()
        assert at.page.export_button.isEnabled()
        assert not at.page.written.isVisible()
        assert not at.page.problem.isVisible()

    @pytest.mark.skipif(os.name != "posix", reason="rights are of another kind elsewhere")
    def test_the_files_are_for_their_owner_alone(self, at_october, tmp_path):
        at = at_october()
        at.page.export(tmp_path / "new", ("html",))
        at.settle()
        assert stat.S_IMODE((tmp_path / "new/report-2026-10.html").stat().st_mode) == 0o600

    def test_folder_and_formats_are_remembered(self, at_october, tmp_path):
        at = at_october()
        at.page.export(tmp_path, ("csv",))
        at.settle()
        assert at.page.state() == {"folder": str(tmp_path), "formats": ["csv"]}
        at.page.restore({"folder": "/somewhere", "formats": ["pdf", "nonsense"]})
        assert at.page.state() == {"folder": "/somewhere", "formats": ["pdf"]}


@pytest.mark.parametrize(("size", "columns"), [((1280, 800), 6), ((900, 600), 3)])
def test_it_fits_the_window_without_scrolling_sideways(at_october, size, columns):
    at = at_october(size)
    assert at.page.figures.columns() == columns
    area = at.page._area
    assert area.widget().width() <= area.viewport().width()


def test_everything_that_can_be_pressed_has_a_name(at_october):
    at = at_october()
    for kind in (QAbstractButton, QLineEdit):
        for widget in at.page.findChildren(kind):
            assert not widget.isVisible() or widget.accessibleName() or widget.text(), widget


@pytest.mark.row("X12", "K5", "X14")
def test_what_putting_right_cost_stands_there_and_leads_to_its_records(opened, add, log, desk, read):
    log(add("Tom Becker"), "complaint", note="Green water")
    case = int(read(all_cases)[0].id)
    close_the_loop(desk, case, Closing("Chemistry"))
    offer(desk, case, "credit", Money(4000, "USD"), given=True)
    offer(desk, case, "free visit", Money(9000, "USD"))  # not given yet
    at = opened("insights")
    assert "Chemistry · on no route" in at.texts()
    assert "November: 1 thing, $40. Nothing in October." in at.texts()
    at.press(at.page.given._see)
    found = dialog(at, RecordsDialog)
    at.settle()
    assert [row.cells[:2] for row in found.table.rows()] == [("Tom Becker", "credit")]
    found.close()
    at.press(at.page.given._ledger)
    assert at.went == [("recovery", {"ledger": True})]
