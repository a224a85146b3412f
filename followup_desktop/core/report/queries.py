"""Everything in the store, to be taken out (D7): lists for spreadsheets, people for address books, and every record."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup_desktop.base.money import Money
from followup_desktop.base.zones import is_zone, local_day, zone_named
from followup_desktop.core.cases.tables import CaseOfferRow, CaseRow, CauseRow
from followup_desktop.core.consent.tables import ConsentRow, SuppressionRow
from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.customers.tables import AddressRow, CustomerRow, HouseholdRow
from followup_desktop.core.history.tables import ContactRow, EventRow
from followup_desktop.core.insights.model import Cell, Table
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.promises.tables import PromiseRow
from followup_desktop.core.report.model import Contact, Planned
from followup_desktop.core.routes.tables import RouteRow, StopRow

LEFT_OUT = frozenset({"steps", "reminders"})
"""Tables that are this installation's memory of what can be undone and was shown, not records of the business."""


def lists(session: Session) -> Iterator[Table]:
    """Yield a table for each kind of record, with times as the business's clocks show them."""
    zone = zone_named(operators.business(session).zone)
    asked = _Asked(session, lambda moment: None if moment is None else moment.astimezone(zone))
    for make in _LISTS:
        yield make(asked)


def contacts(session: Session) -> Iterator[Contact]:
    """Yield every customer, by name."""
    more = _addresses(session)
    columns = (
        select(CustomerRow.id, CustomerRow.uuid, CustomerRow.given_name, CustomerRow.family_name, CustomerRow.company)
        .add_columns(CustomerRow.name, CustomerRow.email, CustomerRow.phone)
        .add_columns(CustomerRow.street, CustomerRow.city, CustomerRow.region, CustomerRow.postal_code)
        .add_columns(CustomerRow.country, CustomerRow.notes)
        .order_by(CustomerRow.sort_name, CustomerRow.id)
    )
    for key, uuid, given, family, company, name, email, phone, *rest in session.execute(columns):
        emails, phones = (email, *more[key, "email"]), (phone, *more[key, "phone"])
        yield Contact(uuid, given, family, company, name, _filled(emails), _filled(phones), *rest)


def planned(session: Session) -> list[Planned]:
    """Return the open follow-ups by due time, those of promises left out: they stand in a calendar by themselves."""
    business = operators.business(session)
    f = FollowUpRow
    query = (
        select(f.uuid, CustomerRow.name, CustomerRow.zone, f.purpose, f.due, f.why_here)
        .join(CustomerRow, CustomerRow.id == f.customer_id)
        .where(f.state == "open", f.source != "promise")
        .order_by(f.due, f.id)
    )
    return [
        Planned(uuid, name, _label(purpose), local_day(due, zone if zone and is_zone(zone) else business.zone), why)
        for uuid, name, zone, purpose, due, why in session.execute(query)
    ]


def _label(purpose: str) -> str:
    return PURPOSES[Purpose(purpose)].label if purpose in set(Purpose) else purpose.replace("_", " ")


def every_record(session: Session) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """Yield every kind of record by the name of its table, with its records as plain JSON values."""
    from followup_desktop.store.migrations.everything import METADATA

    for table in METADATA.sorted_tables:
        if table.name not in LEFT_OUT:
            yield table.name, _plain_rows(session, table)


def _plain_rows(session: Session, table: Any) -> Iterator[dict[str, Any]]:
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=1000)
    names = list(table.columns.keys())
    # Which columns need more than JSON has is found out once, not for each of a million values.
    changed = [(name, _PLAIN[kind]) for name, column in table.columns.items() if (kind := _kind(column)) in _PLAIN]
    for row in session.execute(query):
        record = dict(zip(names, row, strict=True))
        for name, plain in changed:
            if record[name] is not None:
                record[name] = plain(record[name])
        yield record


def _kind(column: Any) -> type:
    try:
        return column.type.python_type  # type: ignore[no-any-return]
    except NotImplementedError:
        return object


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


_PLAIN: dict[type, Callable[[Any], str]] = {
    datetime: _utc,
    date: date.isoformat,
    time: time.isoformat,
    bytes: _base64,
}


@dataclass(frozen=True, slots=True)
class _Asked:
    session: Session
    local: Callable[[datetime | None], datetime | None]


def _customers(asked: _Asked) -> Table:
    more, routes = _addresses(asked.session), _routes(asked.session)
    query = (
        select(CustomerRow, HouseholdRow.name, ContactRow)
        .outerjoin(HouseholdRow, HouseholdRow.id == CustomerRow.household_id)
        .outerjoin(ContactRow, ContactRow.customer_id == CustomerRow.id)
        .order_by(CustomerRow.sort_name, CustomerRow.id)
    )
    columns = (
        *("Customer number", "First name", "Last name", "Company", "Email", "Other emails", "Phone", "Other phones"),
        *("Street", "City", "State or region", "Postal code", "Country", "Language", "Time zone", "Household"),
        *("Route", "Stage", "Standing", "Customer since", "Preferred channel", "Notes", "Access note"),
        *("Last written to", "Last heard from", "Last visit", "Added", "UUID"),
    )
    rows = []
    for row, household, kept in asked.session.execute(query):
        cells: tuple[Cell, ...] = (
            *(row.id, row.given_name, row.family_name, row.company, row.email, ", ".join(more[row.id, "email"])),
            *(row.phone, ", ".join(more[row.id, "phone"]), row.street, row.city, row.region, row.postal_code),
            *(row.country, row.language, row.zone, household or "", "; ".join(routes[row.id]), row.stage),
            *(kept.standing if kept else "", row.since, row.channel, row.notes, row.access_note),
            *(asked.local(kept.last_out_at) if kept else None, asked.local(kept.last_in_at) if kept else None),
            *(asked.local(kept.last_visit_at) if kept else None, asked.local(row.created_at), row.uuid),
        )
        rows.append(cells)
    return Table("customers", "Customers", columns, tuple(rows))


def _history(asked: _Asked) -> Table:
    query = (
        select(EventRow.customer_id, CustomerRow.name, EventRow.at, EventRow.what, EventRow.visit, EventRow.about)
        .add_columns(EventRow.note, EventRow.by, EventRow.rating, EventRow.amount, EventRow.currency, EventRow.uuid)
        .join(CustomerRow, CustomerRow.id == EventRow.customer_id)
        .order_by(EventRow.at, EventRow.id)
    )
    columns = (
        *("Customer number", "Customer", "When", "What", "Visit", "About", "Note", "By", "Rating", "Amount", "UUID"),
    )
    rows = (
        (key, name, asked.local(at), what, visit, about, note, by, rating, _money(amount, currency), uuid)
        for key, name, at, what, visit, about, note, by, rating, amount, currency, uuid in asked.session.execute(query)
    )
    return Table("history", "History", columns, tuple(rows))


def _messages(asked: _Asked) -> Table:
    query = (
        select(MessageRow.customer_id, CustomerRow.name, MessageRow.at, MessageRow.sent_at, MessageRow.channel)
        .add_columns(MessageRow.state, MessageRow.purpose, MessageRow.to_address, MessageRow.subject, MessageRow.text)
        .add_columns(MessageRow.uuid)
        .join(CustomerRow, CustomerRow.id == MessageRow.customer_id)
        .order_by(MessageRow.at, MessageRow.id)
    )
    columns = (
        *("Customer number", "Customer", "Written", "Sent", "Channel", "State", "Purpose", "To", "Subject"),
        *("Text", "UUID"),
    )
    rows = (
        (key, name, asked.local(at), asked.local(sent), *rest)
        for key, name, at, sent, *rest in asked.session.execute(query)
    )
    return Table("messages", "Messages", columns, tuple(rows))


def _promises(asked: _Asked) -> Table:
    query = (
        select(PromiseRow, CustomerRow.name)
        .outerjoin(CustomerRow, CustomerRow.id == PromiseRow.customer_id)
        .order_by(PromiseRow.due, PromiseRow.id)
    )
    columns = (
        *("Customer number", "Customer", "Promise", "Due day", "Due time", "Time zone", "State", "Made"),
        *("Settled", "UUID"),
    )
    rows = []
    for row, name in asked.session.execute(query):
        clock = row.due_time.isoformat("minutes") if row.due_time else ""
        settled = (str(row.state), asked.local(row.made_at), asked.local(row.settled_at), row.uuid)
        rows.append((row.customer_id, name or "", row.what, row.due_date, clock, row.zone, *settled))
    return Table("promises", "Promises", columns, tuple(rows))


def _follow_ups(asked: _Asked) -> Table:
    query = (
        select(FollowUpRow.customer_id, CustomerRow.name, FollowUpRow.purpose, FollowUpRow.source, FollowUpRow.journey)
        .add_columns(FollowUpRow.touchpoint, FollowUpRow.state, FollowUpRow.outcome, FollowUpRow.outcome_why)
        .add_columns(FollowUpRow.why_here, FollowUpRow.uuid)
        .add_columns(FollowUpRow.opens, FollowUpRow.due, FollowUpRow.closes, FollowUpRow.ended_at)
        .join(CustomerRow, CustomerRow.id == FollowUpRow.customer_id)
        .order_by(FollowUpRow.due, FollowUpRow.id)
    )
    columns = (
        *("Customer number", "Customer", "Purpose", "Source", "Journey", "Touchpoint", "State", "Outcome"),
        *("Why it ended", "Why it is here", "UUID", "Opens", "Due", "Closes", "Ended"),
    )
    rows = ((*row[:11], *map(asked.local, row[11:])) for row in asked.session.execute(query))
    return Table("follow-ups", "Follow-ups", columns, tuple(rows))


def _cases(asked: _Asked) -> Table:
    query = (
        select(CaseRow.customer_id, CustomerRow.name, CaseRow.what, CaseRow.state, CaseRow.uuid)
        .add_columns(CaseRow.how, CauseRow.name, CaseRow.standard, CaseRow.why, CaseRow.prevention, CaseRow.reopened)
        .add_columns(CaseRow.opened_at, CaseRow.put_right_at, CaseRow.closed_at, CaseRow.told_at)
        .join(CustomerRow, CustomerRow.id == CaseRow.customer_id)
        .outerjoin(CauseRow, CauseRow.id == CaseRow.cause_id)
        .order_by(CaseRow.opened_at, CaseRow.id)
    )
    columns = (
        *("Customer number", "Customer", "What went wrong", "State", "UUID", "Reported", "Cause", "Standard missed"),
        *("Why", "What stops it", "Opened again", "Opened", "Put right", "Closed", "Told what changed"),
    )
    rows = ((*row[:11], *map(asked.local, row[11:])) for row in asked.session.execute(query))
    return Table("cases", "Cases", columns, tuple(rows))


def _goodwill(asked: _Asked) -> Table:
    query = (
        select(CaseOfferRow.customer_id, CustomerRow.name, CaseRow.uuid, CaseRow.what, CaseOfferRow.kind)
        .add_columns(CaseOfferRow.cost, CaseOfferRow.currency, CaseOfferRow.offered_at, CaseOfferRow.given_at)
        .join(CaseRow, CaseRow.id == CaseOfferRow.case_id)
        .join(CustomerRow, CustomerRow.id == CaseOfferRow.customer_id)
        .order_by(CaseOfferRow.offered_at, CaseOfferRow.id)
    )
    columns = (
        "Customer number",
        "Customer",
        "Case",
        "What went wrong",
        "Offered",
        "Cost",
        "When offered",
        "When given",
    )
    rows = (
        (*row[:5], _money(row.cost, row.currency), asked.local(row.offered_at), asked.local(row.given_at))
        for row in asked.session.execute(query)
    )
    return Table("goodwill", "Goodwill", columns, tuple(rows))


def _stops(asked: _Asked) -> Table:
    query = (
        select(RouteRow.name, RouteRow.weekday, RouteRow.technician, StopRow.position, StopRow.customer_id)
        .add_columns(CustomerRow.name, StopRow.every_weeks, StopRow.from_day)
        .join(StopRow, StopRow.route_id == RouteRow.id)
        .join(CustomerRow, CustomerRow.id == StopRow.customer_id)
        .order_by(RouteRow.weekday, RouteRow.name, StopRow.position, StopRow.id)
    )
    columns = (
        *("Route", "Weekday (Monday is 1)", "Technician", "Stop", "Customer number", "Customer", "Every so many weeks"),
        "From",
    )
    rows = ((name, weekday + 1, *rest) for name, weekday, *rest in asked.session.execute(query))
    return Table("routes", "Routes", columns, tuple(rows))


def _consents(asked: _Asked) -> Table:
    query = (
        select(ConsentRow.customer_id, CustomerRow.name, ConsentRow.channel, ConsentRow.allowed, ConsentRow.source)
        .add_columns(ConsentRow.at)
        .join(CustomerRow, CustomerRow.id == ConsentRow.customer_id)
        .order_by(CustomerRow.sort_name, ConsentRow.id)
    )
    columns = ("Customer number", "Customer", "Channel", "Allowed", "Said where", "When")
    rows = ((*rest, asked.local(at)) for *rest, at in asked.session.execute(query))
    return Table("consents", "Consents", columns, tuple(rows))


def _suppressions(asked: _Asked) -> Table:
    query = select(SuppressionRow.kind, SuppressionRow.value, SuppressionRow.reason, SuppressionRow.at).order_by(
        SuppressionRow.id
    )
    columns = ("Kind", "Address", "Why", "When")
    rows = ((kind, value, why, asked.local(at)) for kind, value, why, at in asked.session.execute(query))
    return Table("suppressions", "Never to be written to", columns, tuple(rows))


_LISTS: tuple[Callable[[_Asked], Table], ...] = (
    _customers,
    _history,
    _messages,
    _promises,
    _follow_ups,
    _cases,
    _goodwill,
    _stops,
    _consents,
    _suppressions,
)


def _addresses(session: Session) -> dict[tuple[int, str], list[str]]:
    query = select(AddressRow.customer_id, AddressRow.kind, AddressRow.value).order_by(AddressRow.id)
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for key, kind, value in session.execute(query):
        found[key, kind].append(value)
    return found


def _routes(session: Session) -> dict[int, list[str]]:
    query = (
        select(StopRow.customer_id, RouteRow.name)
        .join(RouteRow, RouteRow.id == StopRow.route_id)
        .order_by(RouteRow.weekday, RouteRow.name)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for key, name in session.execute(query):
        found[key].append(name)
    return found


def _money(amount: int | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)


def _filled(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
