"""Reading what an import compares with, and past imports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup_desktop.core.customers.tables import AddressRow, CustomerRow
from followup_desktop.core.exchange.model import Known
from followup_desktop.core.exchange.tables import ColumnChoiceRow, ImportRow
from followup_desktop.core.routes.tables import RouteRow, StopRow


@dataclass(frozen=True, slots=True)
class PastImport:
    """One import of the past; `at` is UTC."""

    id: int
    at: datetime
    file_name: str
    format: str
    new: int
    changed: int
    unchanged: int
    problems: tuple[dict[str, Any], ...]
    undone: bool


def known(session: Session) -> list[Known]:
    """Return every customer as an import compares them."""
    more, stops = _more(session), _stops(session)
    query = select(CustomerRow.__table__)
    return [_known(row, more.get(row.id, {}), stops.get(row.id)) for row in session.execute(query)]


def imports(session: Session) -> list[PastImport]:
    """Return past imports, the newest first."""
    rows = session.scalars(select(ImportRow).order_by(ImportRow.id.desc()))
    return [
        PastImport(r.id, r.at, r.file_name, r.format, r.new, r.changed, r.unchanged, tuple(r.problems), r.undone)
        for r in rows
    ]


def column_choice(session: Session, header: str) -> dict[str, str]:
    """Return where the owner sent the columns of a file with this header, the last time."""
    row = session.get(ColumnChoiceRow, header)
    return dict(row.mapping) if row else {}


_Extra = Mapping[str, tuple[tuple[str, str], ...]]


def _more(session: Session) -> dict[int, dict[str, tuple[tuple[str, str], ...]]]:
    found: dict[int, dict[str, tuple[tuple[str, str], ...]]] = defaultdict(dict)
    query = select(AddressRow.customer_id, AddressRow.kind, AddressRow.label, AddressRow.value).order_by(AddressRow.id)
    for customer, kind, label, value in session.execute(query):
        found[customer][kind] = (*found[customer].get(kind, ()), (label, value))
    return found


def _stops(session: Session) -> dict[int, tuple[str, int]]:
    query = select(StopRow.customer_id, RouteRow.name, StopRow.position).join(RouteRow, RouteRow.id == StopRow.route_id)
    return {customer: (name, position) for customer, name, position in session.execute(query)}


def _known(row: Any, more: _Extra, stop: tuple[str, int] | None) -> Known:
    phones = ((row.extra.get("_phone_label", ""), row.phone),) if row.phone else ()
    return Known(
        id=row.id,
        source=row.source,
        source_key=row.source_key,
        given_name=row.given_name,
        family_name=row.family_name,
        company=row.company,
        emails=((row.email,) if row.email else ()) + tuple(value for _, value in more.get("email", ())),
        phones=phones + more.get("phone", ()),
        street=row.street,
        city=row.city,
        region=row.region,
        postal_code=row.postal_code,
        country=row.country,
        language=row.language,
        since=row.since,
        notes=row.notes,
        access_note=row.access_note,
        route=stop[0] if stop else "",
        stop_order=stop[1] if stop else None,
        tags=tuple(row.extra.get("_tags", ())),
        archived=row.stage == "former",
        lead=row.stage == "lead",
        extra={k: v for k, v in row.extra.items() if not k.startswith("_")},
        remembered=row.extra.get("_imported", {}),
    )
