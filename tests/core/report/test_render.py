import pytest

from followup_desktop.core.report.model import Format, Style
from followup_desktop.core.report.rules import render
from tests.core.report.sample import hard, october


@pytest.mark.row("K9")
def test_a_report_comes_in_four_formats_named_by_its_month():
    files = render(october())
    assert [name for name in files if not name.endswith(".csv")] == [
        *("report-2026-10.pdf", "report-2026-10.html", "report-2026-10.xlsx"),
    ]
    assert "report-2026-10.csv" in files
    assert all(files.values())


def test_only_the_formats_asked_for_are_written():
    assert list(render(october(), [Format.XLSX])) == ["report-2026-10.xlsx"]
    assert list(render(october(), (Format("html"),))) == ["report-2026-10.html"]


def test_an_unknown_locale_writes_as_in_the_united_states():
    assert render(october(), [Format.HTML], Style("xx_YY.UTF-8")) == render(october(), [Format.HTML])


def test_file_names_never_come_from_text_that_someone_typed():
    assert all(name.isascii() and "/" not in name and ".." not in name for name in render(hard()))
