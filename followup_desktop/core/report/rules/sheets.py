"""The report's tables: what was counted, each with real numbers, and the records behind every figure (X14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from followup_desktop.base.money import Money
from followup_desktop.core.cases.rules import costs
from followup_desktop.core.insights.model import (
    Cell,
    Duration,
    Figure,
    MonthFigures,
    Ratio,
    Score,
    Table,
    Value,
)
from followup_desktop.core.insights.rules.figures import month_after

FIGURES = "figures"


def sheets(month: MonthFigures) -> tuple[Table, ...]:
    """Return every table of the report: the figures first, then what they are made of, then their records."""
    return apart((figure_table(month), *overview(month), *month.tables))


def apart(tables: Iterable[Table]) -> tuple[Table, ...]:
    """Return the tables with keys of their own: a second "promises" becomes "promises-2"."""
    seen: Counter[str] = Counter()
    named = []
    for table in tables:
        seen[table.key] += 1
        times = seen[table.key]
        named.append(table if times == 1 else replace(table, key=f"{table.key}-{times}"))
    return tuple(named)


def figure_table(month: MonthFigures) -> Table:
    """Return the figures with this month's and last month's numbers apart, one row each."""
    columns = ("Figure", "Month", "Unit", "Value", "Part", "Of", "Month before", "Part before", "Of before", "Change")
    rows = (
        *[_figure_row(month, figure) for figure in month.figures],
        *_nps_row(month),
        *_money_rows(month),
        *_given_rows(month),
    )
    return Table(FIGURES, "Figures", columns, rows)


def overview(month: MonthFigures) -> tuple[Table, ...]:
    """Return the tables behind the charts, leaving out empty ones."""
    said = (rating_table(month), theme_table(month), given_table(month))
    made = (answer_table(month), trend_table(month), *said, risk_table(month), change_table(month))
    return tuple(table for table in made if table.rows)


def answer_table(month: MonthFigures) -> Table:
    """Return the kinds of message with what was sent and answered."""
    rows = tuple((bar.label, bar.sent, bar.answered, Ratio(bar.answered, bar.sent)) for bar in month.bars)
    return Table("answers", "Answers by kind of message", ("Message", "Sent", "Answered", "Share answered"), rows)


def trend_table(month: MonthFigures) -> Table:
    """Return the answer rate of each month."""
    rows = tuple((point.month, point.ratio.whole, point.ratio.part, point.ratio) for point in month.trend)
    return Table("trend", "Answers by month", ("Month", "Sent", "Answered", "Share answered"), rows)


def rating_table(month: MonthFigures) -> Table:
    """Return how many gave each rating; no rows when nobody rated."""
    rows = tuple((stars, times) for stars, times in enumerate(month.ratings, start=1)) if any(month.ratings) else ()
    return Table("ratings", "Ratings", ("Rating", "Times"), rows)


def theme_table(month: MonthFigures) -> Table:
    """Return what came up, and how often we answered it."""
    rows = tuple((theme.name, theme.times, theme.answered) for theme in month.themes)
    return Table("themes", "What came up", ("Theme", "Times", "Answered back"), rows)


def given_table(month: MonthFigures) -> Table:
    """Return what was given to make things right, by cause and route."""
    rows = tuple((one.cause or "no cause yet", one.route or "on no route", one.given, one.cost) for one in month.given)
    return Table("goodwill", "What putting right cost", ("Cause", "Route", "Things given", "Cost"), rows)


def risk_table(month: MonthFigures) -> Table:
    """Return who may be leaving, with the reasons."""
    rows = tuple((one.name, "; ".join(one.reasons), one.worth) for one in month.at_risk)
    return Table("at-risk", "Who to ring first", ("Customer", "Why", "Worth"), rows)


def change_table(month: MonthFigures) -> Table:
    """Return what was to change and whether it did, then what changes next."""
    past = tuple((month.month, one.text, "done" if one.is_done else "not done", one.evidence) for one in month.checked)
    planned = tuple((month_after(month.month), text, "planned", "") for text in month.changes_next)
    return Table("changes", "What we change", ("For", "Change", "State", "Shown by"), past + planned)


def _figure_row(month: MonthFigures, figure: Figure) -> tuple[Cell, ...]:
    unit, value, part, whole = _numbers(figure.value)
    unit_before, before, part_before, whole_before = _numbers(figure.before)
    shown = (figure.label, month.month, unit or unit_before, value, part, whole, before, part_before, whole_before)
    return (*shown, str(figure.change))


def _numbers(value: Value | None) -> tuple[str, Cell, Cell, Cell]:
    """Return the unit, the value itself, and the counts it is made of."""
    match value:
        case Ratio():
            return "share", value, value.part, value.whole
        case Score():
            return "share rated 4 or 5", value.satisfied, value.satisfied.part, value.satisfied.whole
        case Duration():
            return "median days", round(value.median, 2), None, value.cases
        case _:
            return "", None, None, None


def _nps_row(month: MonthFigures) -> tuple[tuple[Cell, ...], ...]:
    now, before = month.nps, month.nps_before
    if not now.answers and not before.answers:
        return ()
    values = (now.score, None, now.answers, before.score, None, before.answers)
    return (("Net promoter score", month.month, "points", *values, ""),)


def _money_rows(month: MonthFigures) -> tuple[tuple[Cell, ...], ...]:
    before = {money.currency: money for money in month.money_before}
    now = {money.currency: money for money in month.money}
    return tuple(
        _money_row(month, currency, now.get(currency), before.get(currency)) for currency in sorted(now | before)
    )


def _given_rows(month: MonthFigures) -> tuple[tuple[Cell, ...], ...]:
    now, before = costs(month.given), costs(month.given_before)
    return tuple(
        ("Given to make things right", *_money_row(month, currency, now.get(currency), before.get(currency))[1:])
        for currency in sorted(now | before)
    )


def _money_row(month: MonthFigures, currency: str, now: Money | None, before: Money | None) -> tuple[Cell, ...]:
    nothing = Money(0, currency)
    return ("Bought", month.month, currency, now or nothing, None, None, before or nothing, None, None, "")
