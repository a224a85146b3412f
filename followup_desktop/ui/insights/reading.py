"""What the page asks the store: the month, and what customers said in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from followup_desktop.base.zones import local_day
from followup_desktop.core.insights.model import FigureKey, MonthFigures, Table, TrendPoint
from followup_desktop.core.insights.queries.behind import records_behind
from followup_desktop.core.insights.queries.counting import trend
from followup_desktop.core.insights.queries.month import locale_of, month_figures, months
from followup_desktop.core.operators import queries as operators

MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Words:
    """What one customer said with a rating."""

    customer: int | None
    name: str
    rating: int
    text: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A month as the page shows it, and the months there are."""

    figures: MonthFigures
    months: tuple[date, ...]
    """The newest first; the one shown is always among them."""
    said: tuple[Words, ...]
    """The latest words with a rating."""
    locale: str


def read_month(session: Session, month: date | None, now: datetime) -> Seen:
    """Read a month, the one that runs without `month`."""
    business = operators.business(session)
    shown = (month or local_day(now, business.zone)).replace(day=1)
    known = set(months(session, now, business.zone)) | {shown}
    figures = month_figures(session, shown, now)
    said = _said(records_behind(session, FigureKey.SATISFIED, shown, now)) if any(figures.ratings) else ()
    return Seen(figures, tuple(sorted(known, reverse=True)), said, locale_of(business))


@dataclass(frozen=True, slots=True)
class Trend:
    """The answer rates of the last twelve months."""

    points: tuple[TrendPoint, ...]
    locale: str


def read_trend(session: Session, month: date | None, now: datetime) -> Trend:
    """Read the answer rates up to a month; apart from the figures, which need not wait for a year of messages."""
    business = operators.business(session)
    return Trend(
        trend(session, month or local_day(now, business.zone), business.zone),
        locale_of(business),
    )


def _said(rated: Table) -> tuple[Words, ...]:
    found = []
    for customer, (name, rating, _, text) in zip(rated.customers, rated.rows, strict=True):
        if text:
            found.append(Words(customer, str(name), int(str(rating)), str(text)))
    return tuple(found[: -MOST_WORDS - 1 : -1])
