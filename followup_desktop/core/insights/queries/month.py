"""A month as its page and its report show it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from followup_desktop.base.money import Money, totals
from followup_desktop.base.zones import day_bounds, local_day
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.cases.model import Goodwill
from followup_desktop.core.cases.rules import ledger
from followup_desktop.core.customers.model import Stage, Standing
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.feedback import queries as feedback
from followup_desktop.core.feedback.rules.themes import counted
from followup_desktop.core.history.tables import ContactRow, EventRow
from followup_desktop.core.insights.model import AtRisk, Checked, MonthFigures, Theme
from followup_desktop.core.insights.queries.behind import all_records
from followup_desktop.core.insights.queries.counting import BOUGHT, count, is_one_of, trend
from followup_desktop.core.insights.rules import answer_bars, diagnosis, figures, month_before, net_promoters
from followup_desktop.core.insights.rules.months import span_of
from followup_desktop.core.insights.rules.plans import changes_key, done_key
from followup_desktop.core.insights.rules.words import known_locale, money_words
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.operators.model import Business
from followup_desktop.core.promises.tables import PromiseRow

MOST_AT_RISK = 10
"""The list of who may leave is one that can be worked through (product, Defaults)."""

MOST_THEMES = 6
YEAR = timedelta(days=365)


def month_report(session: Session, month: date, now: datetime) -> MonthFigures:
    """Return everything a month's report shows: the figures, the trend, and the records behind the figures."""
    figures = month_figures(session, month, now)
    zone = operators.business(session).zone
    return replace(figures, trend=trend(session, figures.month, zone), tables=all_records(session, figures.month, now))


def month_figures(session: Session, month: date, now: datetime) -> MonthFigures:
    """Return a month's figures, without the trend and the records, which take longer at thousands of customers."""
    first = month.replace(day=1)
    kept = operators.settings(session)
    business = operators.business_from(kept)
    locale = locale_of(business)
    numbers, before = count(session, first, now, business)
    return MonthFigures(
        month=first,
        business=business.name,
        owner=business.owner,
        made=local_day(now, business.zone),
        figures=figures(numbers, before),
        bars=answer_bars(numbers),
        diagnoses=diagnosis(numbers, locale),
        ratings=numbers.ratings,
        themes=_themes(session, first, business.zone),
        nps=net_promoters(numbers.nps),
        nps_before=net_promoters(before.nps),
        money=numbers.money,
        money_before=before.money,
        given=_given(session, first, business.zone),
        given_before=_given(session, month_before(first), business.zone),
        at_risk=at_risk(session, now, business),
        at_risk_total=_at_risk_total(session),
        changes_next=_lines(kept.get(changes_key(first))),
        checked=_checked(kept, first),
        is_demo=business.demo,
    )


def _given(session: Session, month: date, zone: str) -> tuple[Goodwill, ...]:
    """Return what was given in a month to make things right."""
    span = span_of(month, zone)
    return tuple(ledger(cases.given(session, span.start, span.end), zone))


def _themes(session: Session, month: date, zone: str) -> tuple[Theme, ...]:
    """Return what came up more than once in a month, and how often we answered it."""
    until = day_bounds((month + timedelta(days=32)).replace(day=1), zone)[0]
    said = feedback.said_since(session, month, until - timedelta(microseconds=1), zone)
    found = counted(said, feedback.themes(session), (month,))
    return tuple(Theme(one.theme.name, one.total, one.answered) for one in found.counts if one.total > 1)[:MOST_THEMES]


def locale_of(business: Business) -> str:
    """Return the locale a report's numbers, dates and money are written in."""
    return known_locale(f"{business.language}_{business.region}")


def months(session: Session, now: datetime, zone: str, most: int = 24) -> list[date]:
    """Return the months there is something to count in, this one first, at most so many."""
    seen = select(
        select(func.min(EventRow.at)).scalar_subquery(),
        select(func.min(MessageRow.at)).scalar_subquery(),
        select(func.min(PromiseRow.made_at)).scalar_subquery(),
    )
    today = local_day(now, zone)
    known = [local_day(moment, zone) for moment in session.execute(seen).one() if moment is not None]
    first = min(known, default=today).replace(day=1)
    found = [today.replace(day=1)]
    while len(found) < most and month_before(found[-1]) >= first:
        found.append(month_before(found[-1]))
    return found


def at_risk(session: Session, now: datetime, business: Business) -> tuple[AtRisk, ...]:
    """Return who is most likely to leave, with reasons and what they bought in a year; ten at most."""
    query = (
        select(CustomerRow.id, CustomerRow.name, ContactRow.reasons)
        .join(ContactRow, ContactRow.customer_id == CustomerRow.id)
        .where(ContactRow.standing == Standing.AT_RISK, CustomerRow.stage != Stage.FORMER)
        .order_by(ContactRow.risk.desc(), CustomerRow.sort_name, CustomerRow.id)
        .limit(MOST_AT_RISK)
    )
    rows = session.execute(query).all()
    worth = _worth(session, [key for key, *_ in rows], now, business)
    return tuple(AtRisk(key, name, tuple(reasons.splitlines()), worth.get(key, "")) for key, name, reasons in rows)


def _at_risk_total(session: Session) -> int:
    query = (
        select(func.count())
        .select_from(ContactRow)
        .join(CustomerRow, CustomerRow.id == ContactRow.customer_id)
        .where(ContactRow.standing == Standing.AT_RISK, CustomerRow.stage != Stage.FORMER)
    )
    return int(session.execute(query).scalar_one())


def _worth(session: Session, customers: list[int], now: datetime, business: Business) -> dict[int, str]:
    query = (
        select(EventRow.customer_id, EventRow.currency, func.sum(EventRow.amount))
        .where(EventRow.customer_id.in_(customers), EventRow.at >= now - YEAR)
        .where(is_one_of(EventRow.what, *BOUGHT), EventRow.amount > 0)
        .group_by(EventRow.customer_id, EventRow.currency)
    )
    bought: dict[int, list[Money]] = defaultdict(list)
    for customer, currency, minor in session.execute(query):
        bought[customer].append(Money(int(minor or 0), currency or business.currency))
    locale = locale_of(business)
    return {
        customer: f"{' and '.join(money_words(one, locale) for one in totals(amounts))} in a year"
        for customer, amounts in bought.items()
    }


def _checked(kept: dict[str, Any], month: date) -> tuple[Checked, ...]:
    before = month_before(month)
    done = set(_lines(kept.get(done_key(before))))
    return tuple(Checked(text, is_done=text in done) for text in _lines(kept.get(changes_key(before))))


def _lines(value: object) -> tuple[str, ...]:
    return tuple(str(line) for line in value) if isinstance(value, list) else ()
