import io
import re
import struct
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from pypdf import PdfReader

from followup_desktop.base.resources import resource
from followup_desktop.core.insights.model import AtRisk, MonthFigures
from followup_desktop.core.report.model import Format, Style
from followup_desktop.core.report.rules import render
from followup_desktop.core.report.rules.pdf import is_covered
from tests.core.report.sample import RISK, empty, hard, october


def made(month: MonthFigures, locale: str = "en_US") -> PdfReader:
    (content,) = render(month, [Format.PDF], Style(locale)).values()
    return PdfReader(io.BytesIO(content))


def words(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def pages(reader: PdfReader) -> list[str]:
    return [words(page.extract_text()) for page in reader.pages]


@pytest.mark.row("K9")
def test_the_first_page_tells_the_month():
    first = pages(made(october()))[0]
    for said in (
        "Blue Heron Pools, Dana Whitlock",
        "October 2026",
        "You reached 97 of 110 customers within a day of what happened to them, a far larger share than in September.",
        "47 of 49",
        "97 of 110. September 71%: a real rise",
        "“Season reminder” is read but seldom answered: 9 of 62.",
        "Wendell Price",
        "$165 a month",
        "What we change in November",
        "From October: thank-you within a day of every repair. Done, 97 of 110.",
    ):
        assert said in first


@pytest.mark.row("K9")
def test_a_page_of_its_own_says_what_we_change_next_month():
    second = pages(made(october()))[1]
    assert second.startswith("What we change in November")
    assert "Price requests go to both suppliers the same day." in second
    assert "Season reminder: let it end with one question." in second


def test_every_page_has_its_number_and_how_many_there_are():
    told = pages(made(october()))
    assert len(told) == 6
    for number, page in enumerate(told, start=1):
        assert f"{number} of 6" in page


def test_a_table_names_its_columns_again_on_every_page():
    spread = [page for page in pages(made(october())) if "send the filter price" in page]
    assert len(spread) == 2
    assert all("Customer Promise Due Kept" in page for page in spread)


@pytest.mark.row("X14")
def test_a_figure_leads_to_the_records_behind_it():
    links = made(october()).pages[0].get("/Annots")
    assert links is not None
    assert len(links) == 3


def test_the_document_can_be_read_aloud():
    root = made(october()).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert made(october()).metadata.title == "October 2026, Blue Heron Pools"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "name",
    [
        '#panic("x")',
        "*bold* _it_ $x^2$",
        "<b>b</b> &amp; <script>",
        "@ref <label> #let x = 1",
        '"} ], "title": "x',
        "\\u{1F600} \\ // /* x */",
        '#image("/etc/passwd")',
        "100% {{ 7*7 }} {% raw %}",
        "a -> b, 2x4, fi ff ... --",
        "= Heading",
    ],
)
def test_a_name_is_printed_letter_by_letter(name: str):
    month = replace(
        october(), business=name, at_risk=(AtRisk(1, name, (name,)), *RISK[1:]), changes_next=(name,), owner=name
    )
    told = pages(made(month))
    assert told[0].count(name) >= 4
    assert name in told[1]


def test_long_names_large_numbers_and_other_scripts_have_their_place():
    told = pages(made(hard(), "en_GB"))
    assert "12,001 of 12,345" in told[0]
    assert "10,001 of 12,345" in told[0]
    assert "Demo business: nobody in this report is real." in told[0]
    assert "Ольга Παπαδοπούλου" in told[0]
    assert told[1].startswith("What we change in November")
    assert "3 more kinds of message follow on a later page." in told[0]


def test_nothing_is_set_outside_the_page():
    reader = made(hard(), "en_GB")
    for page in reader.pages:
        width = float(page.mediabox.width)
        starts: list[float] = []
        page.extract_text(visitor_text=_collect(starts))
        assert all(0 <= x <= width - 20 for x in starts)


def _collect(starts: list[float]):
    def visit(text: str, matrix: list[float], text_matrix: list[float], *_: object) -> None:
        if text.strip():
            starts.append(text_matrix[4] + matrix[4])

    return visit


def test_an_empty_month_is_a_proper_report():
    told = pages(made(empty()))
    assert "November 2026 so far" in told[0]
    assert "counted on Sun 22 Nov" in told[0]
    assert "Nothing has been counted in November 2026 yet." in told[0]
    assert "No message was sent. Send from Today, and answers are counted here" in told[0]
    assert "Nothing is decided for December yet." in told[1]


def test_paper_follows_the_country():
    assert round(float(made(empty(), "en_US").pages[0].mediabox.height)) == 792
    assert round(float(made(empty(), "en_GB").pages[0].mediabox.height)) == 842


def test_the_same_figures_give_the_same_file_from_several_threads_at_once():
    with ThreadPoolExecutor(4) as pool:
        files = list(pool.map(_content, [october()] * 6))
    assert len(set(files)) == 1


def _content(month: MonthFigures) -> bytes:
    (content,) = render(month, [Format.PDF]).values()
    return content


def test_only_the_shipped_fonts_are_used_where_they_have_every_letter():
    fonts = {
        font.get_object()["/BaseFont"].split("+")[-1]
        for page in made(october()).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all(name.startswith("Inter") for name in fonts), fonts


def test_what_is_taken_for_covered_is_in_both_fonts():
    letters = [code for code in range(0x20, 0x2500) if unicodedata.category(chr(code)) not in ("Cc", "Cn")]
    claimed = {code for code in letters if is_covered(chr(code))}
    assert len(claimed) > 600
    for font in ("Inter-Regular.otf", "Inter-SemiBold.otf"):
        missing = claimed - _letters_of(resource(f"report/fonts/{font}").read_bytes())
        assert not missing, [hex(code) for code in sorted(missing)]
    assert not is_covered("山")
    assert not is_covered("🏊")


def _letters_of(font: bytes) -> set[int]:
    """Read which letters a font has: its cmap, format 4 (OpenType specification, "cmap")."""
    tables = {font[at : at + 4]: struct.unpack(">II", font[at + 8 : at + 16]) for at in range(12, 12 + 16 * 30, 16)}
    start = tables[b"cmap"][0]
    count = struct.unpack(">H", font[start + 2 : start + 4])[0]
    letters: set[int] = set()
    for record in range(count):
        (offset,) = struct.unpack(">I", font[start + 8 + 8 * record : start + 12 + 8 * record])
        table = start + offset
        if struct.unpack(">H", font[table : table + 2])[0] == 4:
            segments = struct.unpack(">H", font[table + 6 : table + 8])[0] // 2
            ends = struct.unpack(f">{segments}H", font[table + 14 : table + 14 + 2 * segments])
            first = table + 16 + 2 * segments
            starts = struct.unpack(f">{segments}H", font[first : first + 2 * segments])
            for low, high in zip(starts, ends, strict=True):
                letters.update(range(low, high + 1))
    return letters


def test_the_template_never_reads_text_as_markup():
    source = resource("report/report.typ").read_text(encoding="utf-8")
    assert not re.search(r"\beval\b|\binclude\b|#import|\bread\(", source)
