"""The month's report as files."""

import json
import os
import stat
from datetime import UTC, date, datetime

import openpyxl
import pytest
from pypdf import PdfReader

from followup_desktop import __main__ as start
from followup_desktop.base.errors import Problem
from followup_desktop.jobs.report import write_report

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def october(add, log):
    """A little October."""
    ana = add("Ana Bo")
    log(ana, "visit_done", visit="repair", about="pump", at=datetime(2026, 10, 5, 12, tzinfo=UTC))
    log(ana, "call", at=datetime(2026, 10, 5, 18, tzinfo=UTC))
    log(ana, "rating", rating=5, note="=2+3", at=datetime(2026, 10, 9, 12, tzinfo=UTC))


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(pdf).pages)


@pytest.mark.row("K9")
def test_the_report_is_written_in_four_formats(desk, october, tmp_path):
    files = write_report(desk, OCTOBER, tmp_path / "reports")
    assert {file.suffix for file in files} == {".pdf", ".html", ".xlsx", ".csv"}
    text = text_of(tmp_path / "reports/report-2026-10.pdf")
    assert "October 2026" in text
    assert "Blue Heron Pools, Dana Whitlock" in text
    assert "1 of 1" in text
    book = openpyxl.load_workbook(tmp_path / "reports/report-2026-10.xlsx")
    assert "Ana Bo" in [row[0].value for row in book["Ratings given in October"].iter_rows()]


@pytest.mark.row("X14")
def test_the_records_behind_the_figures_are_in_the_report(desk, october, tmp_path):
    write_report(desk, OCTOBER, tmp_path, ("csv",))
    assert "Repair: pump" in (tmp_path / "report-2026-10-reached.csv").read_text("utf-8")


def test_what_a_spreadsheet_would_run_is_disarmed(desk, october, tmp_path):
    write_report(desk, OCTOBER, tmp_path, ("csv",))
    assert '"\'=2+3"' in (tmp_path / "report-2026-10-satisfied.csv").read_text("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="rights are of another kind elsewhere")
def test_reports_are_for_their_owner_alone(desk, october, tmp_path):
    files = write_report(desk, OCTOBER, tmp_path / "new/folder", ("html", "csv"))
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "new/folder").stat().st_mode) == 0o700


def test_only_the_formats_asked_for_are_written_and_each_once(desk, tmp_path):
    files = write_report(desk, OCTOBER, tmp_path, ("html", "html"))
    assert [file.name for file in files] == ["report-2026-10.html"]


def test_an_earlier_report_of_the_month_is_replaced_and_nothing_is_left_beside_it(desk, tmp_path):
    old = tmp_path / "report-2026-10.html"
    old.write_text("old")
    write_report(desk, OCTOBER, tmp_path, ("html",))
    assert "October 2026" in old.read_text("utf-8")
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.parametrize(
    ("month", "says"),
    [
        (date(2027, 3, 1), "Nothing has been counted in March 2027 yet."),
        (date(1999, 1, 1), "Nothing was counted in January 1999."),
    ],
)
def test_a_month_without_data_is_a_report_that_says_so(desk, tmp_path, month, says):
    write_report(desk, month, tmp_path)
    assert says in text_of(tmp_path / f"report-{month:%Y-%m}.pdf").replace("\n", " ")


def test_the_month_that_runs_is_marked_so(desk, october, tmp_path):
    write_report(desk, date(2026, 11, 1), tmp_path, ("html",))
    assert "November 2026 so far" in (tmp_path / "report-2026-11.html").read_text("utf-8")


def test_a_place_that_cannot_be_written_to_is_named_in_one_sentence(desk, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem) as caught:
        write_report(desk, OCTOBER, tmp_path / "file" / "reports", ("html",))
    assert "report-2026-10.html could not be written" in caught.value.happened
    assert caught.value.to_do


def test_how_far_it_is_can_be_followed_and_stopped(desk, tmp_path):
    class Stop(Exception):
        pass

    told = []

    def step(done, total, says):
        told.append((done, total, says))
        if says == "Writing the CSV files…":
            raise Stop

    with pytest.raises(Stop):
        write_report(desk, OCTOBER, tmp_path, ("html", "csv"), step)
    assert [done for done, _, _ in told] == [0, 1, 2]
    assert {total for _, total, _ in told} == {3}
    assert not list(tmp_path.glob("*.csv"))


def test_on_the_command_line_the_files_are_named(program, october, tmp_path, capsys):
    program.close()
    arguments = ["--store", str(program.path), "--now", "2026-11-23T09:00", "report", "2026-10", "--to", str(tmp_path)]
    assert start.run([*arguments, "--format", "html", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"files": [str(tmp_path / "report-2026-10.html")]}
