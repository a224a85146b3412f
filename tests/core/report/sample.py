"""Reports to look at, of an invented business: `python -m tests.core.report.sample OUT_DIR`."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from followup_desktop.base.money import Money
from followup_desktop.core.insights.model import (
    AtRisk,
    Cell,
    Checked,
    Counts,
    MonthFigures,
    Nps,
    PurposeCount,
    Ratio,
    Table,
    Theme,
    TrendPoint,
)
from followup_desktop.core.insights.rules import answer_bars, diagnosis, figures
from followup_desktop.core.report.model import Style
from followup_desktop.core.report.rules import render

OCTOBER = date(2026, 10, 1)
PURPOSES = (
    PurposeCount("put_right", "Put right, week 2", 7, 5),
    PurposeCount("first_visit", "Thank you, first visit", 18, 10),
    PurposeCount("quote", "Quote check-in", 20, 8),
    PurposeCount("repair", "Repair check-in", 44, 16),
    PurposeCount("season", "Season reminder", 62, 9, read=40),
)
NOW = Counts(
    month=OCTOBER,
    promises_due=49,
    promises_on_time=47,
    messages_sent=151,
    messages_answered=62,
    by_purpose=PURPOSES,
    events_to_reach=110,
    events_reached=97,
    ratings=(0, 1, 2, 7, 28),
    nps=(0, 0, 1, 0, 1, 1, 2, 4, 5, 14, 10),
    case_days=(0.5, 1.2, 2.0, 2.2, 4.0, 6.0),
    customers_start=214,
    customers_left=2,
    left_because=("moved house", "moved house"),
)
SEPTEMBER = Counts(
    month=date(2026, 9, 1),
    promises_due=46,
    promises_on_time=41,
    messages_sent=140,
    messages_answered=62,
    events_to_reach=100,
    events_reached=71,
    ratings=(0, 0, 3, 9, 20),
    case_days=(1.0, 3.0),
    customers_start=212,
)
ANSWERED = (25, 26, 27, 26, 31, 32, 34, 36, 37, 40, 44, 41)
RISK = (
    AtRisk(
        11,
        "Wendell Price",
        ("No contact for 61 days, his usual is 21", "Rated 5 in July, 4 in September", "One message unanswered"),
        "$165 a month",
    ),
    AtRisk(12, "Tom Becker", ("Green water on 21 October; the promised call is a day late",), "$180 a month"),
    AtRisk(
        13, "Ruth Abara", ("Year ends 3 January, price rose in March, no answer to the renewal note",), "$165 a month"
    ),
    AtRisk(14, "Ivy Brandt", ("No contact for 48 days, her usual is 14",), "$140 a month"),
    AtRisk(15, "Carl Odum", ("Two visits late in October", "One open case"), "$210 a month"),
    AtRisk(16, "Greta Lindholm", ("Rated 3 after the gate was left open",), "$165 a month"),
    AtRisk(17, "Priya Nair", ("No contact for 75 days, her usual is 30",), "$150 a month"),
    AtRisk(18, "Sam Ortega", ("Asked about the price twice, no answer to the second time",), "$195 a month"),
    AtRisk(19, "Helen Zhou", ("Quote for a heater unanswered since 9 October",), "$165 a month"),
)
NAMES = ("Ana Flores", "Wendell Price", "Tom Becker", "Ruth Abara", "Maria Quint", "Luis Ferrer", "Grace Okafor")


def october() -> MonthFigures:
    """Return the month of the drawing: a pool business with 214 customers."""
    return MonthFigures(
        month=OCTOBER,
        business="Blue Heron Pools",
        owner="Dana Whitlock",
        made=date(2026, 11, 1),
        figures=figures(NOW, SEPTEMBER),
        bars=answer_bars(NOW),
        diagnoses=diagnosis(NOW),
        ratings=NOW.ratings,
        nps=Nps(24, 9, 5),
        nps_before=Nps(20, 10, 6),
        trend=tuple(_trend(months, answered) for months, answered in enumerate(ANSWERED)),
        themes=(Theme("Gate or access", 5, 5), Theme("Late arrival", 4, 4), Theme("Loud pump", 2, 1)),
        money=(Money(3_481_250, "USD"),),
        money_before=(Money(3_302_000, "USD"),),
        at_risk=RISK,
        at_risk_total=9,
        changes_next=(
            "Season reminder asks one question: shall I come twice in leaf weeks?",
            "Price requests go to both suppliers the same day.",
        ),
        checked=(Checked("thank-you within a day of every repair", is_done=True, evidence="97 of 110"),),
        tables=(_promises(), _messages(), _cases()),
    )


def hard() -> MonthFigures:
    """Return a month of long names, five-digit numbers, other scripts and text that looks like markup."""
    many = replace(
        NOW,
        promises_due=12_345,
        promises_on_time=12_001,
        messages_sent=98_765,
        messages_answered=41_234,
        events_to_reach=45_678,
        events_reached=44_444,
        customers_start=10_214,
        customers_left=37,
        left_because=("moved house to another county altogether",) * 20 + ("price",) * 12 + ("sold the pool",) * 5,
        by_purpose=(
            PurposeCount("a", "Thank you after the installation of a heater or a salt system", 12_345, 10_001),
            PurposeCount("b", "Season reminder <b>for</b> #strong[leaf weeks] & frost", 62_000, 9_000),
            *(PurposeCount(f"p{n}", f"Purpose number {n}", 1_000 + n, 300 + 20 * n) for n in range(9)),
        ),
    )
    long_name = "Wolfeschlegelsteinhausenbergerdorff Property Management & Aquatic Maintenance of Greater Springfield"
    people = (
        AtRisk(1, long_name, ("No contact for 61 days " * 12,), "$12,345.67 a month, twice in summer"),
        AtRisk(2, '#panic("x") *bold* _it_ <b>b</b> $x$ @ref', ("{{ 7*7 }} </td><script>alert(1)</script>",), "$9"),
        AtRisk(3, "Ольга Παπαδοπούλου 山田太郎 🏊", ("supercalifragilistic" * 6,), "€88,888 a month"),
        *RISK[3:],
    )
    return replace(
        october(),
        business="Blue Heron Pools, Spas & Water Features of the Upper Valley and Surrounding Counties",
        owner="María-José Fernández de la Vega Sanz",
        figures=figures(many, replace(many, events_reached=30_000)),
        bars=answer_bars(many),
        diagnoses=diagnosis(many),
        at_risk=people,
        money=(Money(123_456_789, "EUR"), Money(98_765_432_100, "USD"), Money(1_234_567, "JPY")),
        tables=(*october().tables, Table("kept", "Customers who left", ("Customer", "Left on", "Why"), ())),
        is_demo=True,
    )


def empty() -> MonthFigures:
    """Return the first month of a business that has only just begun."""
    counted, before = Counts(date(2026, 11, 1)), Counts(OCTOBER)
    return MonthFigures(
        month=counted.month,
        business="Blue Heron Pools",
        owner="Dana Whitlock",
        made=date(2026, 11, 22),
        figures=figures(counted, before),
        trend=tuple(TrendPoint(_month(month), Ratio(0, 0)) for month in range(12)),
    )


def _trend(months: int, answered: int) -> TrendPoint:
    return TrendPoint(_month(months), Ratio(answered * 3 // 2, 150))


def _month(months: int) -> date:
    """Return one of the twelve months up to October 2026, the first being November 2025."""
    return date(2025 + (months + 10) // 12, (months + 10) % 12 + 1, 1)


def _promises() -> Table:
    rows: list[tuple[Cell, ...]] = []
    for number in range(49):
        due = datetime(2026, 10, 1, 9, tzinfo=UTC) + timedelta(hours=14 * number)
        late = number in (20, 33)
        what = ("ring about the heater", "send the filter price", "bring the spare key", "look at the pump seal")
        rows.append((NAMES[number % 7], what[number % 4], due, "late" if late else "on time"))
    return Table("promises", "Promises due in October", ("Customer", "Promise", "Due", "Kept"), tuple(rows))


def _messages() -> Table:
    rows: list[tuple[Cell, ...]] = []
    for number in range(151):
        sent = date(2026, 10, 1) + timedelta(days=number // 5)
        days = number % 9 if number % 5 < 2 else None
        rows.append((NAMES[number % 7], PURPOSES[number % 5].label, sent, days))
    columns = ("Customer", "Message", "Sent", "Days to answer")
    return Table("answered", "Messages sent in October", columns, tuple(rows))


def _cases() -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (NAMES[index], "Green water after the visit", days, Money(3_500 * (index % 3), "USD"))
        for index, days in enumerate(NOW.case_days)
    )
    return Table("put_right", "Cases put right in October", ("Customer", "What happened", "Days", "Given"), rows)


def main(folder: Path) -> None:
    """Write each sample in every format."""
    for name, month, locale in (
        ("october", october(), "en_US"),
        ("hard", hard(), "en_GB"),
        ("empty", empty(), "en_US"),
    ):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for file, content in render(month, style=Style(locale)).items():
            (folder / name / file).write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
