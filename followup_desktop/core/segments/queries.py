"""Asking a segment: one SQL question, whatever it goes by."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from followup_desktop.base.errors import Problem
from followup_desktop.core.cases.tables import CaseRow
from followup_desktop.core.consent.tables import ConsentRow
from followup_desktop.core.customers.model import Stage
from followup_desktop.core.customers.tables import CustomerRow
from followup_desktop.core.equipment.tables import AgreementRow, EquipmentRow
from followup_desktop.core.history.model import Happening
from followup_desktop.core.history.tables import ContactRow, EventRow
from followup_desktop.core.operators.tables import OperatorRow, SettingRow
from followup_desktop.core.promises.tables import PromiseRow
from followup_desktop.core.routes.model import WEEKDAYS
from followup_desktop.core.routes.tables import RouteRow, StopRow
from followup_desktop.core.segments.model import Condition, Conditions, Offered, Op, Segment, SegmentId
from followup_desktop.core.segments.rules import conditions_of
from followup_desktop.core.segments.tables import SegmentRow

NAMES = 12
"""So many names are shown while a segment is built."""


def segments(session: Session) -> list[Segment]:
    """Return every saved segment, by name."""
    return sorted(map(segment_of, session.scalars(select(SegmentRow))), key=_by_name)


def _by_name(segment: Segment) -> tuple[str, int]:
    return segment.name.casefold(), segment.id


def segment(session: Session, key: int) -> Segment:
    """Return one segment; raises Problem when there is none with that number."""
    row = session.get(SegmentRow, key)
    if row is None:
        raise Problem(f"There is no segment {key}.", "Nothing was changed.", "Look the number up: segment list.")
    return segment_of(row)


def named(session: Session, name: str) -> Segment | None:
    """Return the segment of that name, whatever the case of its letters, or None."""
    wanted = " ".join(name.split()).casefold()
    return next((found for found in segments(session) if found.name.casefold() == wanted), None)


def containing(session: Session, customer: int, keys: Collection[int], now: datetime) -> list[Segment]:
    """Return which of some segments a customer is in, by name; those that are gone hold nobody."""
    found = [one for one in segments(session) if one.id in keys] if keys else []
    return [one for one in found if _is_in(session, customer, one, now)]


def _is_in(session: Session, customer: int, one: Segment, now: datetime) -> bool:
    query = select(CustomerRow.id).where(CustomerRow.id == customer, where(one.conditions, now))
    return session.execute(query).first() is not None


def segment_of(row: SegmentRow) -> Segment:
    """Return a row as a value."""
    return Segment(SegmentId(row.id), row.uuid, row.name, conditions_of(row.conditions))


def members(session: Session, conditions: Conditions, now: datetime, limit: int | None = None) -> list[tuple[int, str]]:
    """Return who fits, (id, name), by name."""
    query = select(CustomerRow.id, CustomerRow.name).where(where(conditions, now))
    query = query.order_by(CustomerRow.sort_name, CustomerRow.id)
    return [(key, name) for key, name in session.execute(query.limit(limit) if limit else query)]


def count(session: Session, conditions: Conditions, now: datetime) -> int:
    """Return how many fit."""
    query = select(func.count()).select_from(CustomerRow).where(where(conditions, now))
    return int(session.execute(query).scalar_one())


def where(conditions: Conditions, now: datetime) -> ColumnElement[bool]:
    """Return the filter as one condition over customers. Former ones fit only where the stage is asked about."""
    found = [_asked(condition, now) for condition in conditions]
    if not any(condition.field == "stage" for condition in conditions):
        found.append(CustomerRow.stage != Stage.FORMER)
    return and_(*found)


def offered(session: Session) -> Offered:
    """Return what this store has to choose from: its routes, cities, operators, and the owner's own columns."""
    routes = session.execute(select(RouteRow.id, RouteRow.name, RouteRow.weekday).order_by(RouteRow.weekday))
    cities = session.scalars(
        select(CustomerRow.city).where(CustomerRow.city != "").distinct().order_by(CustomerRow.city)
    )
    people = session.execute(select(OperatorRow.id, OperatorRow.name).order_by(OperatorRow.id))
    choices = {
        "route": tuple((str(key), name or _weekday(day)) for key, name, day in routes),
        "city": tuple((city, city) for city in cities),
        "operator": tuple((str(key), name) for key, name in people),
    }
    return Offered(MappingProxyType(choices), _columns(session))


def _weekday(day: int) -> str:
    return WEEKDAYS[day] if 0 <= day < 7 else ""


def _columns(session: Session) -> tuple[str, ...]:
    keys = func.json_each(CustomerRow.extra).table_valued("key")
    query = select(keys.c.key).select_from(CustomerRow).join(keys, onclause=CustomerRow.id.is_not(None)).distinct()
    return tuple(sorted(key for key in session.scalars(query) if not key.startswith("_") and '"' not in key))


# What each field asks of the tables.


def _asked(condition: Condition, now: datetime) -> ColumnElement[bool]:
    return _ASKS[condition.field](condition, now)


def _either(condition: Condition, holds: ColumnElement[bool]) -> ColumnElement[bool]:
    return not_(holds) if condition.op in (Op.IS_NOT, Op.HAS_NOT, Op.HAD_NOT, Op.NO) else holds


def _stage(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    return _either(condition, CustomerRow.stage.in_(condition.values))


def _some(row: Any, *holds: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a customer has a row of which all holds, whatever tables the question around it names."""
    return exists().where(row.customer_id == CustomerRow.id, *holds).correlate(CustomerRow)


def _contact(holds: ColumnElement[bool]) -> ColumnElement[bool]:
    return _some(ContactRow, holds)


def _standing(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    stands = _contact(ContactRow.standing.in_(condition.values))
    if "no_history" in condition.values:
        stands = or_(stands, not_(_some(ContactRow)))
    return _either(condition, stands)


def _route(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    keys = [int(value) for value in condition.values if value.isascii() and value.isdigit()]
    return _either(condition, _some(StopRow, StopRow.route_id.in_(keys)))


def _city(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    return _either(condition, func.lower(CustomerRow.city).in_([value.lower() for value in condition.values]))


def _language(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    set_so = select(func.json_extract(SettingRow.value, "$")).where(SettingRow.key == "business.language")
    speaks = func.coalesce(func.nullif(func.lower(CustomerRow.language), ""), set_so.scalar_subquery(), "en")
    return _either(condition, or_(*(speaks.startswith(value) for value in condition.values)))


def _happened(condition: Condition, now: datetime, *holds: ColumnElement[bool]) -> ColumnElement[bool]:
    since = [EventRow.at >= now - timedelta(days=condition.within)] if condition.within else []
    return _either(condition, _some(EventRow, EventRow.at <= now, *holds, *since))


def _visit(condition: Condition, now: datetime) -> ColumnElement[bool]:
    return _happened(condition, now, EventRow.what == Happening.VISIT_DONE, EventRow.visit.in_(condition.values))


def _said(condition: Condition, now: datetime, *kinds: Happening) -> ColumnElement[bool]:
    text = condition.values[0]
    about = or_(EventRow.about.icontains(text, autoescape=True), EventRow.note.icontains(text, autoescape=True))
    return _happened(condition, now, EventRow.what.in_(kinds), about)


def _bought(condition: Condition, now: datetime) -> ColumnElement[bool]:
    return _said(condition, now, Happening.PURCHASE, Happening.QUOTE_WON)


def _asked_about(condition: Condition, now: datetime) -> ColumnElement[bool]:
    return _said(condition, now, Happening.INQUIRY, Happening.QUOTE_SENT)


def _owns(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    return _either(condition, _some(EquipmentRow, EquipmentRow.what.icontains(condition.values[0], autoescape=True)))


def _agreed(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    return _either(condition, _some(AgreementRow, AgreementRow.what.icontains(condition.values[0], autoescape=True)))


def _runs_out(condition: Condition, now: datetime) -> ColumnElement[bool]:
    """Say what is due from today on; what ran out long ago is not waited for."""
    day = date.fromisoformat(condition.values[0])
    first, last = (now.date(), day - timedelta(days=1)) if condition.op is Op.BEFORE else (day, date.max)
    due = (EquipmentRow.warranty_until, EquipmentRow.service_on)
    return or_(
        _some(EquipmentRow, or_(*(column.between(first, last) for column in due))),
        _some(AgreementRow, AgreementRow.renews_on.between(first, last)),
    )


def _referral(condition: Condition, now: datetime) -> ColumnElement[bool]:
    return _happened(condition, now, EventRow.what == Happening.REFERRAL)


def _rating(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    last = (
        select(EventRow.rating)
        .where(EventRow.customer_id == CustomerRow.id, EventRow.what == Happening.RATING, EventRow.rating.is_not(None))
        .order_by(EventRow.at.desc(), EventRow.id.desc())
        .limit(1)
        .correlate(CustomerRow)
        .scalar_subquery()
    )
    most = int(condition.values[0])
    return last >= most if condition.op is Op.AT_LEAST else last <= most


def _ago(column: Any) -> Callable[[Condition, datetime], ColumnElement[bool]]:
    def asked(condition: Condition, now: datetime) -> ColumnElement[bool]:
        if condition.op is Op.NEVER:
            return not_(_contact(column.is_not(None)))
        recent = _contact(column > now - timedelta(days=int(condition.values[0])))
        return recent if condition.op is Op.LESS_THAN else not_(recent)

    return asked


def _since(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    day = date.fromisoformat(condition.values[0])
    return CustomerRow.since < day if condition.op is Op.BEFORE else CustomerRow.since >= day


def _allows(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    refused = _some(ConsentRow, ~ConsentRow.allowed, ConsentRow.channel.in_(condition.values))
    return refused if condition.op is Op.IS_NOT else not_(refused)


def _email(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    return _either(condition, CustomerRow.email != "")


def _phone(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    return _either(condition, CustomerRow.phone != "")


def _case(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    return _either(condition, _some(CaseRow, CaseRow.state == "open"))


def _promise(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    return _either(condition, _some(PromiseRow, PromiseRow.state == "open"))


def _operator(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    keys = [int(value) for value in condition.values if value.isascii() and value.isdigit()]
    return _either(condition, func.coalesce(CustomerRow.operator_id, 0).in_(keys))


def _notes(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    return _either(condition, CustomerRow.notes.icontains(condition.values[0], autoescape=True))


def _extra(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    kept = func.coalesce(CustomerRow.extra[condition.name].as_string(), "")
    return _either(condition, kept.icontains(condition.values[0], autoescape=True))


_ASKS: Mapping[str, Callable[[Condition, datetime], ColumnElement[bool]]] = MappingProxyType(
    {
        "stage": _stage,
        "standing": _standing,
        "route": _route,
        "city": _city,
        "language": _language,
        "visit": _visit,
        "bought": _bought,
        "asked": _asked_about,
        "owns": _owns,
        "agreed": _agreed,
        "runs_out": _runs_out,
        "referral": _referral,
        "rating": _rating,
        "written": _ago(ContactRow.last_out_at),
        "heard": _ago(ContactRow.last_in_at),
        "visited": _ago(ContactRow.last_visit_at),
        "since": _since,
        "allows": _allows,
        "email": _email,
        "phone": _phone,
        "case": _case,
        "promise": _promise,
        "operator": _operator,
        "notes": _notes,
        "extra": _extra,
    }
)
