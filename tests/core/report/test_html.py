from html.parser import HTMLParser

import pytest

from followup_desktop.core.insights.model import MonthFigures
from followup_desktop.core.report.model import Format, Style
from followup_desktop.core.report.rules import render
from tests.core.report.sample import empty, hard, october

VOID = {"meta", "br", "link", "img", "rect", "line", "polyline", "circle"}


class Page(HTMLParser):
    """What a browser would find: tags, attributes, words; fails on tags that do not match."""

    def __init__(self, month: MonthFigures) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        (content,) = render(month, [Format.HTML], Style()).values()
        self.source = content.decode("utf-8")
        self.feed(self.source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def attributes(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.tags if name in attrs]


@pytest.mark.row("K9")
def test_the_page_says_what_the_report_says():
    page = Page(october())
    words = " ".join(" ".join(page.words).split())
    for said in ("Nine customers may be leaving", "47 of 49", "97 of 110. September 71%: a real rise", "Wendell Price"):
        assert said in words


@pytest.mark.row("G6")
def test_the_page_asks_no_other_place_for_anything():
    page = Page(hard())
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "link", "img", "iframe", "object", "form", "base"})
    assert all(target.startswith("#") for target in page.attributes("href"))
    assert page.attributes("src") == []
    assert "url(" not in page.source
    assert "@import" not in page.source
    assert "default-src 'none'" in page.attributes("content")[0]


def test_names_that_look_like_markup_are_shown_as_they_are():
    page = Page(hard())
    assert '#panic("x") *bold* _it_ <b>b</b> $x$ @ref' in page.words
    assert "{{ 7*7 }} </td><script>alert(1)</script>." in page.words
    assert ("b", {}) not in page.tags


@pytest.mark.row("X14")
def test_a_figure_leads_to_the_records_behind_it():
    page = Page(october())
    places = page.attributes("id")
    assert [target[1:] for target in page.attributes("href")] == [
        *("records-promises", "records-answered", "records-put_right"),
    ]
    assert all(target[1:] in places for target in page.attributes("href"))
    assert len(places) == len(set(places))


def test_charts_are_told_in_words_for_those_who_cannot_see_them():
    charts = [attrs for tag, attrs in Page(october()).tags if tag == "svg"]
    assert len(charts) == 4
    assert all(attrs["role"] == "img" and attrs["aria-label"] for attrs in charts)


def test_a_long_table_says_how_much_it_left_out():
    assert "91 more in the spreadsheet." in Page(october()).words


def test_an_empty_month_is_a_page_that_says_what_fills_it():
    words = " ".join(Page(empty()).words)
    assert "Nothing has been counted in November 2026 yet." in words
    assert "No promise was due. Note what you promise, and it is counted here" in words


def test_the_demo_business_is_marked():
    assert "Demo business: nobody in this report is real." in Page(hard()).words
    assert "Demo business" not in Page(october()).source
