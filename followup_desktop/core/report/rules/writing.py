"""A report written out as text: the words PDF and HTML share."""

from __future__ import annotations

import re
from datetime import date, datetime

from followup_desktop.base.money import Money
from followup_desktop.base.wording import clock_words, date_words, sentence
from followup_desktop.core.cases.rules import costs
from followup_desktop.core.insights.model import (
    SMALL,
    AtRisk,
    Cell,
    FigureKey,
    MonthFigures,
    Ratio,
    Table,
)
from followup_desktop.core.insights.rules.figures import month_after
from followup_desktop.core.insights.rules.words import (
    decimal_words,
    figure_words,
    money_words,
    month_name,
    month_words,
    number_words,
    score_words,
    share_words,
    short_month,
)
from followup_desktop.core.report.model import (
    ChangeLine,
    Chart,
    FigureBox,
    PersonLine,
    Style,
    TextTable,
    Written,
)
from followup_desktop.core.report.rules.charts import answer_chart, nps_chart, ratings_chart, shown, trend_chart
from followup_desktop.core.report.rules.plain import cut, plain
from followup_desktop.core.report.rules.sentences import no_one_at_risk, opening
from followup_desktop.core.report.rules.sheets import apart, overview

ROWS = 60
"""A table longer than this is for the spreadsheet; paper says how many rows it left out."""

LETTERS, NAME_LETTERS, REASON_LETTERS = 400, 60, 180
"""A cell, a name in the list of people, and a reason there that are longer than this are cut on paper."""

RING_FIRST = 3

_SIGNED = re.compile(r"[+−-]?\d+|–")

LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "CL", "CO", "CR", "GT", "PA", "PH", "PR", "SV", "VE"})
"""Where letter paper is in use (Unicode CLDR, paperSize)."""

ORDER = (
    FigureKey.PROMISES,
    FigureKey.REACHED,
    FigureKey.ANSWERED,
    FigureKey.SATISFIED,
    FigureKey.PUT_RIGHT,
    FigureKey.KEPT,
)
"""The figures as they stand on the first page, three to a row."""

EXPLAINED = (
    "A change is called real when chance alone would show one as large in fewer than one month in twenty "
    "(Fisher's exact test for shares, the Mann-Whitney test for days). With fewer than ten on either side, "
    "nothing is said.",
    "Promises kept on time: kept by the time they were promised for, of all that fell due in the month.",
    "Answered: messages sent in the month that were answered within 14 days.",
    "Reached within 24 hours: of all visits, repairs, purchases, quotes and complaints that ask for a contact, those "
    "followed by one within a day, on any channel.",
    "Satisfied: the share of 4 and 5 among all ratings from 1 to 5, with their mean. "
    "NPS: the share that answered 9 or 10, less the share that answered 0 to 6.",
    "Time to put right: from the complaint to the day it was put right; half of the cases took longer, half shorter.",
    "What putting right cost: what was given in the month to make things right, at what it cost you, each currency by "
    "itself.",
    "Customers kept: of those who were customers when the month began, those who still are.",
)


def written(month: MonthFigures, style: Style) -> Written:
    """Write a month out for reading, in the numbers and dates of the style's locale."""
    locale = style.locale
    next_month = month_name(month_after(month.month))
    return Written(
        language="en",  # what the words are written in, whatever the numbers follow
        paper=paper_of(locale),
        business=plain(month.business),
        byline=_byline(month, locale),
        title=_title(month, locale),
        footer=" · ".join(filter(None, (plain(month.business), month_words(month.month)))),
        mark="Demo business: nobody in this report is real." if month.is_demo else "",
        sentences=opening(month, locale),
        figures=figure_boxes(month, locale),
        answers=answer_chart(month.bars, locale) if month.bars else None,
        answers_more=_more_bars(month),
        diagnoses=tuple(plain(f"{one.seen} {one.advice}") for one in month.diagnoses),
        trend=trend_chart(month.trend, locale),
        ring_title="Who to ring first",
        ring_first=tuple(_person(one) for one in month.at_risk[:RING_FIRST]),
        ring_rest=tuple(_person(one) for one in month.at_risk[RING_FIRST:]),
        ring_none=no_one_at_risk(month),
        said=_said(month, locale),
        said_none="" if any(month.ratings) or month.nps.answers else "Nobody was asked or answered this month.",
        next_title=f"What we change in {next_month}",
        next_changes=tuple(ChangeLine(plain(text), is_done=False, is_past=False) for text in month.changes_next),
        next_none=f"Nothing is decided for {next_month} yet.",
        suggestions=tuple(plain(f"{one.label}: {one.advice[:1].lower()}{one.advice[1:]}") for one in month.diagnoses),
        checked_title=f"What we wanted to change in {month_name(month.month)}",
        checked=_checked(month, locale),
        overview=_overview(month, locale),
        records=tuple(text_table(table, locale, month.month) for table in apart(month.tables)),
        explained=EXPLAINED,
    )


def paper_of(locale: str) -> str:
    """Return the paper in use where the locale is: "us-letter" or "a4"."""
    return "us-letter" if locale.split("_")[-1] in LETTER_COUNTRIES else "a4"


def figure_boxes(month: MonthFigures, locale: str) -> tuple[FigureBox, ...]:
    """Return the figures in the order of the first page, each with the table it leads to."""
    with_records = {table.key for table in month.tables}
    found = {figure.key: figure for figure in month.figures}
    boxes = []
    for key in ORDER:
        if key in found:
            said = figure_words(found[key], month.month, locale)
            leads_to = str(key) if key in with_records else ""
            boxes.append(FigureBox(said.label, said.headline, plain(said.under), leads_to))
    return tuple(boxes)


def text_table(table: Table, locale: str, near: date) -> TextTable:
    """Write a table as text, at most `ROWS` of it, with numbers to the right and room by the length of the words."""
    cells = tuple(tuple(cell_words(cell, locale, near) for cell in row) for row in table.rows[:ROWS])
    right = tuple(_is_number_column(table, index) for index in range(len(table.columns)))
    left_out = len(table.rows) - len(cells)
    more = f"{number_words(left_out, locale)} more in the spreadsheet." if left_out > 0 else ""
    return TextTable(
        key=table.key,
        name=plain(table.name),
        columns=tuple(plain(column) for column in table.columns),
        to_the_right=right,
        widths=tuple(0 if right[index] else _width(table, cells, index) for index in range(len(table.columns))),
        rows=cells,
        left_out=more,
    )


def cell_words(cell: Cell, locale: str, near: date) -> str:
    """Return a cell as it is read; days name their year where it is not that of `near`."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case int():
            return number_words(cell, locale)
        case float():
            return decimal_words(cell, 2, locale)
        case datetime():
            return f"{date_words(cell.date(), near)}, {clock_words(cell.time(), locale)}"
        case date():
            return date_words(cell, near)
        case Ratio():
            return share_words(cell, locale)
        case Money():
            return money_words(cell, locale)
        case str():
            return cut(plain(cell), LETTERS)


def _title(month: MonthFigures, locale: str) -> str:
    name = month_words(month.month)
    return f"{name} so far" if month.is_running else name


def _byline(month: MonthFigures, locale: str) -> str:
    counted = f"counted on {date_words(month.made, month.month)}" if month.is_running else ""
    return ", ".join(filter(None, (plain(month.business), plain(month.owner), counted)))


def _more_bars(month: MonthFigures) -> str:
    hidden = len(month.bars) - len(shown(month.bars))
    return f"{hidden} more kinds of message follow on a later page." if hidden else ""


def _person(one: AtRisk) -> PersonLine:
    reasons = " ".join(_sentence(plain(reason)) for reason in one.reasons if plain(reason))
    return PersonLine(cut(plain(one.name), NAME_LETTERS), cut(reasons, REASON_LETTERS), cut(plain(one.worth), 40))


def _sentence(reason: str) -> str:
    return sentence(reason) + ("" if reason[-1] in ".?!" else ".")


def _said(month: MonthFigures, locale: str) -> tuple[Chart, ...]:
    charts = []
    if any(month.ratings):
        charts.append(ratings_chart(month.ratings, locale))
    if month.nps.answers:
        charts.append(nps_chart(month.nps, locale))
    return tuple(charts)


def _checked(month: MonthFigures, locale: str) -> tuple[ChangeLine, ...]:
    name = month_name(month.month)
    lines = []
    for one in month.checked:
        end = "Done" if one.is_done else "Not done"
        evidence = f", {plain(one.evidence)}" if one.evidence else ""
        text = f"From {name}: {plain(one.text).rstrip('.')}. {end}{evidence.rstrip('.')}."
        lines.append(ChangeLine(text, is_done=one.is_done, is_past=True))
    return tuple(lines)


def _overview(month: MonthFigures, locale: str) -> tuple[TextTable, ...]:
    """Return the tables that belong on paper: those the first page has not shown in full already."""
    wanted = {"answers", "themes", "goodwill"}
    tables = [text_table(table, locale, month.month) for table in overview(month) if table.key in wanted]
    return (*tables, *_beside_last_month(month, locale))


def _beside_last_month(month: MonthFigures, locale: str) -> tuple[TextTable, ...]:
    rows: list[tuple[Cell, ...]] = []
    if month.nps.answers and month.nps_before.answers:
        rows.append(("Net promoter score", score_words(month.nps.score), score_words(month.nps_before.score)))
    before = {money.currency: money for money in month.money_before}
    now = {money.currency: money for money in month.money}
    for currency in sorted(now | before):
        rows.append((f"Bought, {currency}", now.get(currency), before.get(currency)))
    given, given_before = costs(month.given), costs(month.given_before)
    for currency in sorted(given | given_before):
        rows.append((f"Given to make things right, {currency}", given.get(currency), given_before.get(currency)))
    if not rows:
        return ()
    title = (short_month(month.month), "Month before")
    return (text_table(Table("beside", "Beside last month", ("", *title), tuple(rows)), locale, month.month),)


def _is_number_column(table: Table, index: int) -> bool:
    cells = [row[index] for row in table.rows if row[index] is not None]
    return bool(cells) and all(_is_number(cell) for cell in cells)


def _is_number(cell: Cell) -> bool:
    match cell:
        case str():
            return _SIGNED.fullmatch(cell) is not None
        case bool():
            return False
        case _:
            return isinstance(cell, int | float | Ratio | Money)


def _width(table: Table, cells: tuple[tuple[str, ...], ...], index: int) -> int:
    """Return a column's part of the room: by its longest text, within bounds that leave room for the others."""
    longest = max((len(row[index]) for row in cells), default=0)
    return max(SMALL, min(40, max(longest, len(table.columns[index]))))
