import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from followup_desktop.core.insights.model import AnswerBar, Nps, Ratio, TrendPoint
from followup_desktop.core.report.rules.charts import (
    answer_chart,
    nps_chart,
    ratings_chart,
    shortened,
    text_width,
    trend_chart,
)

SVG = "{http://www.w3.org/2000/svg}"
BARS = (AnswerBar("a", "Put right", 5, 7), AnswerBar("b", "Season reminder", 9, 62))


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in drawn(svg).iter(f"{SVG}text")]


def points(*ratios: tuple[int, int]) -> tuple[TrendPoint, ...]:
    return tuple(TrendPoint(date(2026, month, 1), Ratio(*ratio)) for month, ratio in enumerate(ratios, start=1))


def test_bars_carry_their_names_and_counts_so_that_no_legend_is_needed():
    chart = answer_chart(BARS, "en_US")
    assert texts(chart.svg) == ["Put right", "5 of 7", "Season reminder", "9 of 62"]
    assert chart.alt == "Answers by kind of message: Put right 5 of 7; Season reminder 9 of 62."


def test_bars_are_as_long_as_their_shares():
    widths = [float(bar.get("width", "")) for bar in drawn(answer_chart(BARS, "en_US").svg).iter(f"{SVG}rect")]
    assert widths[1] / widths[0] == pytest.approx((9 / 62) / (5 / 7), rel=0.02)


def test_names_that_look_like_markup_stay_text_and_long_ones_end_in_an_ellipsis():
    bars = (AnswerBar("x", '</text><script>alert("x")</script>&amp; and much more of it', 1, 2),)
    name = texts(answer_chart(bars, "en_US").svg)[0]
    assert name.startswith("</text><script>")
    assert name.endswith("…")


def test_nothing_is_drawn_outside_the_picture():
    many = tuple(AnswerBar(str(n), "A rather long name of a purpose " * 3, 12_345, 98_765 + n) for n in range(30))
    for chart in (
        answer_chart(many, "en_US"),
        answer_chart(BARS, "en_US"),
        trend_chart(points((1, 10), (10, 10)), "en"),
    ):
        assert chart is not None
        root = drawn(chart.svg)
        width, height = float(root.get("width", "")), float(root.get("height", ""))
        for bar in root.iter(f"{SVG}rect"):
            assert float(bar.get("x", "")) >= 0
            assert float(bar.get("x", "")) + float(bar.get("width", "")) <= width
        assert all(0 <= float(y) <= height for y in re.findall(r' (?:y|y1|cy)="([^"]+)"', chart.svg))


def test_only_eight_bars_are_drawn_the_most_sent_ones():
    many = tuple(AnswerBar(str(n), f"Purpose {n}", n, 100 * n) for n in range(1, 13))
    assert [name for name in texts(answer_chart(many, "en_US").svg) if name.startswith("P")] == [
        f"Purpose {n}" for n in range(5, 13)
    ]


def test_a_month_without_messages_interrupts_the_line():
    chart = trend_chart(points((4, 10), (5, 10), (0, 0), (6, 10), (7, 10)), "en_US")
    assert chart is not None
    assert len(list(drawn(chart.svg).iter(f"{SVG}polyline"))) == 2


@pytest.mark.row("K6")
def test_a_month_of_fewer_than_ten_is_a_hollow_dot():
    chart = trend_chart(points((4, 10), (3, 4), (6, 10)), "en_US")
    assert chart is not None
    assert [dot.get("fill") for dot in drawn(chart.svg).iter(f"{SVG}circle")] == ["#FFFFFF", "#0B6E99"]


def test_one_month_is_no_line():
    assert trend_chart(points((0, 0), (4, 10)), "en_US") is None


@pytest.mark.parametrize("ratios", [((0, 10), (0, 10)), ((10, 10), (10, 10)), ((0, 10), (10, 10)), ((95, 100), (3, 9))])
def test_the_scale_holds_every_month(ratios: tuple[tuple[int, int], ...]):
    chart = trend_chart(points(*ratios), "en_US")
    assert chart is not None
    low, middle, high = (int(words.rstrip("%")) for words in texts(chart.svg)[:3])
    assert middle * 2 == low + high
    assert all(low <= 100 * part / whole <= high for part, whole in ratios)


def test_the_strip_names_its_three_parts_in_order():
    chart = nps_chart(Nps(24, 9, 5), "en_US")
    assert texts(chart.svg) == ["Promoters 24 · Passive 9 · Detractors 5 · NPS +50"]
    assert len(list(drawn(nps_chart(Nps(3, 0, 0), "en_US").svg).iter(f"{SVG}rect"))) == 3


def test_ratings_stand_from_5_to_1():
    assert texts(ratings_chart((0, 1, 2, 7, 28), "en_US").svg)[::2] == [f"Rated {n}" for n in (5, 4, 3, 2, 1)]


def test_a_text_is_cut_to_the_room_there_is():
    cut = shortened("W" * 50, 9, 100)
    assert text_width(cut, 9) <= 100
    assert shortened("short", 9, 100) == "short"
