import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as SheetCell

from followup_desktop.base.money import Money
from followup_desktop.core.insights.model import Cell, MonthFigures, Ratio, Table
from followup_desktop.core.report.model import Format, Style
from followup_desktop.core.report.rules import render
from tests.core.report.sample import empty, hard, october

FIRST = 5


def written(month: MonthFigures) -> bytes:
    (content,) = render(month, [Format.XLSX]).values()
    return content


def opened(month: MonthFigures) -> Workbook:
    return load_workbook(io.BytesIO(written(month)))


def with_row(*cells: Cell) -> list[SheetCell]:
    table = Table("promises", "Mine", tuple(f"Column {n}" for n in range(len(cells))), (cells,))
    return list(opened(replace(october(), tables=(table,)))["Mine"][FIRST])


@pytest.mark.row("K9")
def test_figures_are_numbers_one_can_calculate_with():
    sheet = opened(october())["Figures"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=FIRST)}
    reached = rows["Reached within 24 hours"]
    assert reached[3].value == pytest.approx(97 / 110)
    assert reached[3].number_format == "0%"
    assert (reached[4].value, reached[5].value) == (97, 110)
    assert rows["Time to put right"][3].value == pytest.approx(2.1)
    assert rows["Bought"][3].value == pytest.approx(34_812.5)
    assert rows["Net promoter score"][3].value == 50


def test_text_that_looks_like_a_formula_a_link_or_a_number_stays_text():
    cells = with_row("=1+1", "+33 6 12", "http://example.com/x", "00123", "{=A1}", "#panic()", "a\nb")
    assert [cell.value for cell in cells] == [
        *("=1+1", "+33 6 12", "http://example.com/x", "00123", "{=A1}", "#panic()", "a\nb"),
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_days_amounts_shares_and_nothing_keep_their_kind():
    moment = datetime(2026, 10, 9, 14, 30, tzinfo=UTC)
    cells = with_row(date(2026, 10, 9), moment, Money(1_500, "JPY"), Money(-2_550, "USD"), Ratio(1, 4), True, None, 2.5)
    values = [cell.value for cell in cells]
    assert values == [
        *(datetime(2026, 10, 9), datetime(2026, 10, 9, 14, 30), 1_500, -25.5, 0.25, True, None, 2.5),  # noqa: DTZ001
    ]
    assert [cells[2].number_format, cells[3].number_format] == ['#,##0 "JPY"', '#,##0.00 "USD"']


def test_a_day_before_the_first_of_workbooks_is_kept_as_text():
    assert with_row(date(1888, 5, 1), "x")[0].value == "1888-05-01"


def test_every_sheet_is_ready_to_scroll_to_sort_and_to_print():
    book = opened(hard())
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A5"
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.oddFooter.right.text == "&P of &N"
    assert book["Figures"].auto_filter.ref == "A4:J14"


@pytest.mark.row("X14")
def test_a_figure_leads_to_the_sheet_of_its_records():
    book = opened(october())
    links = {cell.value: cell.hyperlink for (cell, *_) in book["Figures"].iter_rows(min_row=FIRST)}
    assert links["Promises kept on time"].location == "'Promises due in October'!A1"
    assert links["Satisfied"] is None
    assert book["Messages sent in October"].max_row == FIRST - 1 + 151


def test_sheets_get_names_a_workbook_accepts_each_its_own():
    names = ("Promises: due/late [October] and a very long rest", "figures", "FIGURES", "History", "''", "''")
    tables = tuple(Table("x", name, ("A",), (("1",),)) for name in names)
    sheets = opened(replace(october(), tables=tables)).sheetnames[-6:]
    assert sheets == [
        *("Promises due late October and a", "figures 2", "FIGURES 3", "History 2", "Table", "Table 2"),
    ]


def test_answers_come_with_charts_of_the_spreadsheets_own():
    with zipfile.ZipFile(io.BytesIO(written(october()))) as parts:
        assert sum(name.startswith("xl/charts/chart") for name in parts.namelist()) == 2


def test_the_same_figures_give_the_same_file():
    assert written(october()) == written(october())


def test_an_empty_month_is_a_workbook_too():
    book = opened(empty())
    assert book.sheetnames[0] == "Figures"
    assert [row[3].value for row in book["Figures"].iter_rows(min_row=FIRST)] == [None] * 6


def test_very_long_text_and_control_characters_do_not_break_the_file():
    cells = with_row("x" * 40_000, "bell\x07 and \ud800 half a letter")
    assert len(str(cells[0].value)) == 32_000
    assert "bell" in str(cells[1].value)


def test_the_workbook_names_the_business_and_no_program():
    assert opened(october()).properties.title == "October 2026, Blue Heron Pools"
    (content,) = render(hard(), [Format.XLSX], Style("es_US")).values()
    assert load_workbook(io.BytesIO(content)).properties.creator == "María-José Fernández de la Vega Sanz"
