import csv
import io
from datetime import UTC, date, datetime

import pytest

from followup_desktop.base.money import Money
from followup_desktop.core.insights.model import Ratio, Table
from followup_desktop.core.report.model import Format, Style
from followup_desktop.core.report.rules import render
from followup_desktop.core.report.rules.csv import csv_file, safe
from tests.core.report.sample import empty, october


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


@pytest.mark.parametrize("text", ["=1+1", "+33 6 12 34 56 78", "-2+3", "@SUM(A1)", "  =1", "\t=1", "\r=1", "\nx", "+5"])
def test_what_a_spreadsheet_would_run_is_disarmed(text: str):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "-1,234.50", "12", "a=b", "", " ", "Ana", "'quoted", "–"])
def test_numbers_and_plain_text_stay_as_they_are(text: str):
    assert safe(text) == text


def test_every_field_is_quoted_and_what_is_written_can_be_read_back():
    rows = (('Ana "A" Flores, Jr.', "two\nlines", 3), ("=HYPERLINK()", "Ольга", None))
    content = csv_file(Table("t", "T", ("Name", "=Note", "Times"), rows))
    assert read(content) == [
        ["Name", "'=Note", "Times"],
        ['Ana "A" Flores, Jr.', "two\nlines", "3"],
        ["'=HYPERLINK()", "Ольга", ""],
    ]
    assert content.splitlines()[0] == b'"Name","\'=Note","Times"'


def test_numbers_days_and_amounts_are_written_for_machines():
    row = (Ratio(97, 110), Ratio(0, 0), Money(-16_550, "USD"), Money(1_500, "JPY"), date(2026, 10, 9), 2.5, True)
    moment = datetime(2026, 10, 9, 14, 30, tzinfo=UTC)
    content = csv_file(Table("t", "T", tuple("abcdefgh"), ((*row, moment),)))
    assert read(content)[1] == [
        *("0.8818", "", "-165.50 USD", "1500 JPY", "2026-10-09", "2.5", "yes", "2026-10-09T14:30:00+00:00"),
    ]


def test_the_byte_order_mark_is_written_only_when_asked_for():
    name = "report-2026-10.csv"
    assert not render(october(), [Format.CSV])[name].startswith(b"\xef\xbb\xbf")
    assert render(october(), [Format.CSV], Style(csv_mark=True))[name].startswith(b"\xef\xbb\xbf")


@pytest.mark.row("K9")
def test_the_figures_stand_beside_those_of_last_month():
    rows = read(render(october(), [Format.CSV])["report-2026-10.csv"])
    assert rows[0][:4] == ["Figure", "Month", "Unit", "Value"]
    reached = next(row for row in rows if row[0] == "Reached within 24 hours")
    assert reached[1:] == ["2026-10-01", "share", "0.8818", "97", "110", "0.7100", "71", "100", "up"]
    assert all(len(row) == len(rows[0]) for row in rows)


@pytest.mark.row("X14")
def test_the_records_behind_a_figure_come_in_full_in_a_file_of_their_own():
    files = render(october(), [Format.CSV])
    assert len(read(files["report-2026-10-answered.csv"])) == 1 + 151
    assert len(read(files["report-2026-10-promises.csv"])) == 1 + 49


def test_an_empty_month_has_its_figures_without_numbers():
    rows = read(render(empty(), [Format.CSV])["report-2026-11.csv"])
    assert len(rows) == 1 + 6
    assert all(row[3:6] == ["", "", ""] for row in rows[1:])
