"""Writing an import in bulk, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from followup_desktop.base.errors import Stale
from followup_desktop.core.consent.tables import ConsentRow
from followup_desktop.core.customers.model import Person
from followup_desktop.core.customers.rules import sort_name
from followup_desktop.core.customers.tables import AddressRow, CustomerRow, HouseholdRow
from followup_desktop.core.exchange.model import FileReading, Incoming, Plan, PlanRow, Verdict
from followup_desktop.core.exchange.tables import ColumnChoiceRow, ImportRow
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.core.promises.tables import PromiseRow
from followup_desktop.core.routes.model import WEEKDAYS
from followup_desktop.core.routes.tables import RouteRow, StopRow
from followup_desktop.store.person import says
from followup_desktop.store.schema import Table, new_uuid
from followup_desktop.store.steps import typed
from followup_desktop.store.store import Work

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    id: int
    new: int
    changed: int
    unchanged: int


def apply(work: Work, reading: FileReading, plan: Plan) -> Imported:
    """Write what a plan says: new customers in bulk, changed ones with their before-images."""
    new = [row for row in plan.rows if row.verdict in (Verdict.NEW, Verdict.ASK)]
    changed = [row for row in plan.rows if row.verdict is Verdict.CHANGED]
    row = work.add(_import_row(work, reading, plan, len(new), len(changed)))
    ids = _add_customers(work, row.id, reading.format, [r.incoming for r in new])
    _add_addresses(work, zip(ids, (r.incoming for r in new), strict=True))
    _add_consents(work, row.id, zip(ids, (r.incoming for r in new), strict=True), reading.format)
    _honour_refusals(work, row.id, plan, reading.format)
    _add_stops(work, row.id, [(key, r.incoming) for key, r in zip(ids, new, strict=True)])
    rows = {r.incoming.row: key for key, r in zip(ids, new, strict=True)}
    row.changed_images = [_change(work, r) for r in changed] + _households(work, row.id, plan, rows)
    work.session.flush()
    work.import_id = row.id
    work.recorder.touch("customers")
    work.recorder.customers.update(int(r.known) for r in changed if r.known is not None)
    return Imported(row.id, len(new), len(changed), plan.count(Verdict.UNCHANGED))


def keep_choice(work: Work, header: str, mapping: Mapping[str, str]) -> None:
    """Remember where the owner sent the columns of a file with this header."""
    row = work.session.get(ColumnChoiceRow, header)
    if row is None:
        work.add(ColumnChoiceRow(header=header, mapping=dict(mapping)))
    else:
        row.mapping = dict(mapping)


def undo_import(work: Work, key: int) -> None:
    """Delete what an import added and restore what it changed.

    Raises Stale when one of its customers has a history, a promise or other changes since.
    """
    row = work.session.get(ImportRow, key)
    if row is None or row.undone:
        raise Stale("This import is taken back already.", "Nothing was changed.", "")
    mine = select(CustomerRow.id).where(CustomerRow.import_id == key)
    for table in (EventRow, PromiseRow, MessageRow):
        if work.session.execute(select(table.id).where(table.customer_id.in_(mine)).limit(1)).first():
            raise Stale(
                "Something has happened with customers of this import since.",
                "Nothing was changed.",
                "Undo that first, or delete single customers.",
            )
    connection = work.session.connection()
    for image in reversed(row.changed_images):
        _restore(work, image)
    connection.execute(delete(CustomerRow).where(CustomerRow.import_id == key))
    connection.execute(delete(HouseholdRow).where(HouseholdRow.import_id == key, ~_has_members()))
    connection.execute(delete(RouteRow).where(RouteRow.import_id == key, ~_has_stops()))
    connection.execute(update(ImportRow).where(ImportRow.id == key).values(undone=True))
    work.recorder.touch("customers")
    work.recorder.touch("routes")


def forget(work: Work, customer: int, words: Sequence[str]) -> None:
    """Let imports keep nothing of a customer: neither what they changed of them nor what they said about their row."""
    for row in work.session.scalars(select(ImportRow)):
        images = [image for image in row.changed_images if image["id"] != customer]
        problems = [problem for problem in row.problems if not says(problem, words)]
        if len(images) < len(row.changed_images) or len(problems) < len(row.problems):
            values = {"changed_images": images, "problems": problems}
            work.session.connection().execute(update(ImportRow).where(ImportRow.id == row.id).values(**values))
            work.session.expire(row)


def _has_stops() -> Any:
    return select(StopRow.id).where(StopRow.route_id == RouteRow.id).exists()


def _has_members() -> Any:
    return select(CustomerRow.id).where(CustomerRow.household_id == HouseholdRow.id).exists()


def _import_row(work: Work, reading: FileReading, plan: Plan, new: int, changed: int) -> ImportRow:
    return ImportRow(
        at=work.now,
        file_name=reading.file_name,
        format=reading.format,
        new=new,
        changed=changed,
        unchanged=plan.count(Verdict.UNCHANGED),
        problems=[asdict(p) for p in plan.problems],
        changed_images=[],
    )


def _add_customers(work: Work, import_id: int, source: str, items: Sequence[Incoming]) -> list[int]:
    ids: list[int] = []
    statement = insert(CustomerRow).returning(CustomerRow.id, sort_by_parameter_order=True)
    for start in range(0, len(items), BATCH):
        rows = [_customer(i, import_id, source, work) for i in items[start : start + BATCH]]
        ids += [key for (key,) in work.session.connection().execute(statement, rows)]
    return ids


def _customer(item: Incoming, import_id: int, source: str, work: Work) -> dict[str, Any]:
    person = Person(item.given_name, item.family_name, item.company)
    return {
        "uuid": new_uuid(),
        "name": person.name or item.name,
        "sort_name": sort_name(person) or item.name.casefold(),
        "given_name": item.given_name,
        "family_name": item.family_name,
        "company": item.company,
        "email": item.emails[0] if item.emails else "",
        "phone": item.phones[0][1] if item.phones else "",
        "street": item.street,
        "city": item.city,
        "region": item.region,
        "postal_code": item.postal_code,
        "country": item.country,
        "language": item.language,
        "zone": "",
        "stage": "former" if item.archived else "lead" if item.lead else "regular",
        "channel": "",
        "notes": item.notes,
        "access_note": item.access_note,
        "since": item.since,
        "household_id": None,
        "source": source,
        "source_key": item.source_key,
        "import_id": import_id,
        "extra": _extra(item),
        "created_at": work.now,
    }


def _extra(item: Incoming) -> dict[str, Any]:
    extra: dict[str, Any] = dict(item.extra)
    if item.tags:
        extra["_tags"] = list(item.tags)
    if item.phones and item.phones[0][0]:
        extra["_phone_label"] = item.phones[0][0]
    return extra


def _add_addresses(work: Work, pairs: Iterable[tuple[int, Incoming]]) -> None:
    rows = []
    for key, item in pairs:
        rows += [{"customer_id": key, "kind": "email", "value": v, "label": ""} for v in item.emails[1:]]
        rows += [{"customer_id": key, "kind": "phone", "value": v, "label": label} for label, v in item.phones[1:]]
    if rows:
        work.session.connection().execute(insert(AddressRow), rows)


def _add_consents(work: Work, import_id: int, pairs: Iterable[tuple[int, Incoming]], source: str) -> None:
    rows = []
    for key, item in pairs:
        for channel, allowed in (("email", item.email_consent), ("text", item.text_consent)):
            if allowed is not None:
                rows.append(
                    {
                        "customer_id": key,
                        "channel": channel,
                        "allowed": allowed,
                        "source": f"import from {source}",
                        "at": work.now,
                        "import_id": import_id,
                    }
                )
    if rows:
        work.session.connection().execute(insert(ConsentRow), rows)


def _honour_refusals(work: Work, import_id: int, plan: Plan, source: str) -> None:
    """Keep that customers known already say no by now; a permission the owner entered by hand stays."""
    sure = [r for r in plan.rows if r.verdict in (Verdict.CHANGED, Verdict.UNCHANGED)]
    said = {(r.known, "email") for r in sure if r.incoming.email_consent is False}
    said |= {(r.known, "text") for r in sure if r.incoming.text_consent is False}
    if not said:
        return
    there = {(c.customer_id, c.channel): c for c in work.session.scalars(select(ConsentRow))}
    values = {"allowed": False, "source": f"import from {source}", "at": work.now, "import_id": import_id}
    for customer, channel in sorted((key, channel) for key, channel in said if key is not None):
        row = there.get((customer, channel))
        if row is None:
            work.session.add(ConsentRow(customer_id=customer, channel=channel, **values))
        elif row.allowed and row.import_id is not None:
            row.allowed, row.source, row.at, row.import_id = False, f"import from {source}", work.now, import_id


def _add_stops(work: Work, import_id: int, pairs: Sequence[tuple[int, Incoming]]) -> None:
    routed = [(key, item) for key, item in pairs if item.route]
    if not routed:
        return
    routes = _routes(work, import_id, {item.route for _, item in routed})
    query = select(StopRow.route_id, func.max(StopRow.position)).group_by(StopRow.route_id)
    last = {route: position for route, position in work.session.execute(query)}
    rows = []
    for key, item in routed:
        route = routes[item.route]
        position = item.stop_order if item.stop_order is not None else last.get(route, 0) + 1
        last[route] = max(last.get(route, 0), position)
        rows.append(
            {
                "uuid": new_uuid(),
                "route_id": route,
                "customer_id": key,
                "position": position,
                "every_weeks": 1,
                "from_day": None,
                "import_id": import_id,
            }
        )
    work.session.connection().execute(insert(StopRow), rows)
    work.recorder.touch("routes")


def _routes(work: Work, import_id: int, names: set[str]) -> dict[str, int]:
    there = {name: key for name, key in work.session.execute(select(RouteRow.name, RouteRow.id))}
    for name in sorted(names - there.keys()):
        row = RouteRow(uuid=new_uuid(), name=name, weekday=weekday_of(name), technician="", import_id=import_id)
        work.session.add(row)
        work.session.flush()
        there[name] = row.id
    return there


def weekday_of(name: str) -> int:
    """Return the weekday a route's name begins with (0 is Monday), else -1."""
    short = name.strip()[:3].capitalize()
    return WEEKDAYS.index(short) if short in WEEKDAYS else -1


def _households(work: Work, import_id: int, plan: Plan, new: Mapping[int, int]) -> list[dict[str, Any]]:
    """Put customers who share a service address under one roof; return the before-images of those known already."""
    images: list[dict[str, Any]] = []
    for proposal in plan.households:
        added = [new[row] for row in proposal.rows if row in new]
        if added:
            images += _one_roof(work, import_id, added, list(proposal.known))
    return images


def _one_roof(work: Work, import_id: int, added: list[int], known: list[int]) -> list[dict[str, Any]]:
    query = select(CustomerRow.id, CustomerRow.household_id, CustomerRow.family_name, CustomerRow.name)
    members = list(work.session.execute(query.where(CustomerRow.id.in_([*added, *known])).order_by(CustomerRow.id)))
    household = next((m.household_id for m in members if m.household_id is not None), None)
    if household is None:
        name = members[0].family_name or members[0].name
        household = work.add(HouseholdRow(uuid=new_uuid(), name=name, import_id=import_id)).id
    alone = [m.id for m in members if m.household_id is None]
    work.session.connection().execute(
        update(CustomerRow).where(CustomerRow.id.in_(alone)).values(household_id=household)
    )
    return [
        {"id": key, "old": {"household_id": None}, "new": {"household_id": household}, "addresses": None, "stops": None}
        for key in alone
        if key in set(known)
    ]


_COLUMNS = frozenset(
    {"given_name", "family_name", "company", "street", "city", "region", "postal_code", "country", "language", "since",
     "notes", "access_note", "source_key"}
)  # fmt: skip


def _change(work: Work, planned: PlanRow) -> dict[str, Any]:
    """Change one customer as planned and return the before-image."""
    row = work.session.execute(select(CustomerRow).where(CustomerRow.id == planned.known)).scalar_one()
    before = _plain(row)
    _set_columns(row, planned)
    row.name = Person(row.given_name, row.family_name, row.company).name or row.name
    row.sort_name = sort_name(Person(row.given_name, row.family_name, row.company)) or row.sort_name
    addresses = _replace_addresses(work, row.id, planned)
    stops = _move_stop(work, planned)
    after = _plain(row)
    changed = {k: v for k, v in before.items() if after[k] != v}
    # The import keeps its own before-images: a step of ten thousand rows would be slow to keep and to read.
    if changed:  # nothing where only their stop moved
        work.session.connection().execute(
            update(CustomerRow).where(CustomerRow.id == row.id).values(**{k: getattr(row, k) for k in changed})
        )
    work.session.expunge(row)
    return {
        "id": planned.known,
        "old": changed,
        "new": {k: after[k] for k in changed},
        "addresses": addresses,
        "stops": stops,
    }


def _set_columns(row: CustomerRow, planned: PlanRow) -> None:
    extra = dict(row.extra)
    for change in planned.changes:
        value: Any = change.new
        if change.field in _COLUMNS:
            setattr(row, change.field, value)
        elif change.field == "emails":
            row.email = value[0] if value else ""
        elif change.field == "phones":
            row.phone = value[0][1] if value else ""
        elif change.field == "tags":
            extra["_tags"] = list(value)
        elif change.field == "extra":
            extra = {k: v for k, v in extra.items() if k.startswith("_")} | dict(value)
        elif change.field == "archived":
            row.stage = "former" if value else "regular"
        elif change.field == "lead":
            row.stage = "lead" if value else "regular" if row.stage == "lead" else row.stage
    row.extra = extra


def _replace_addresses(work: Work, customer: int, planned: PlanRow) -> dict[str, Any] | None:
    fields = {c.field: c.new for c in planned.changes if c.field in ("emails", "phones")}
    if not fields:
        return None
    query = select(AddressRow.kind, AddressRow.value, AddressRow.label).where(AddressRow.customer_id == customer)
    before = [list(r) for r in work.session.execute(query)]
    rows = []
    for name, kind in (("emails", "email"), ("phones", "phone")):
        if name in fields:
            work.session.connection().execute(
                delete(AddressRow).where(AddressRow.customer_id == customer, AddressRow.kind == kind)
            )
            values: Any = fields[name]
            more = [("", v) for v in values[1:]] if kind == "email" else list(values[1:])
            rows += [{"customer_id": customer, "kind": kind, "value": v, "label": label} for label, v in more]
    if rows:
        work.session.connection().execute(insert(AddressRow), rows)
    return {"before": before}


def _move_stop(work: Work, planned: PlanRow) -> list[Any] | None:
    fields = {c.field: c.new for c in planned.changes if c.field in ("route", "stop_order")}
    if not fields:
        return None
    query = select(StopRow.__table__).where(StopRow.customer_id == planned.known)
    rows = [dict(row) for row in work.session.execute(query).mappings()]
    before = [row | {"from_day": row["from_day"] and row["from_day"].isoformat()} for row in rows]
    connection = work.session.connection()
    name = planned.incoming.route
    if name:
        route = _routes(work, 0, {name})[name]
        connection.execute(delete(StopRow).where(StopRow.customer_id == planned.known))
        connection.execute(
            insert(StopRow).values(
                uuid=new_uuid(),
                route_id=route,
                customer_id=planned.known,
                position=planned.incoming.stop_order or 1,
                every_weeks=rows[0]["every_weeks"] if rows else 1,
                from_day=rows[0]["from_day"] if rows else None,
            )
        )
        work.recorder.touch("routes")
    return before


def _restore(work: Work, image: Mapping[str, Any]) -> None:
    row = work.session.execute(select(CustomerRow.__table__).where(CustomerRow.id == image["id"])).first()
    now = _plain(row) if row else {}
    if row is None or any(now[k] != v for k, v in image["new"].items()):
        raise Stale(
            "A customer this import changed was changed again since.", "Nothing was changed.", "Change it by hand."
        )
    connection = work.session.connection()
    if image["old"]:
        connection.execute(update(CustomerRow).where(CustomerRow.id == image["id"]).values(**_typed(image["old"])))
    if image["addresses"] is not None:
        connection.execute(delete(AddressRow).where(AddressRow.customer_id == image["id"]))
        rows = [
            {"customer_id": image["id"], "kind": kind, "value": value, "label": label}
            for kind, value, label in image["addresses"]["before"]
        ]
        if rows:
            connection.execute(insert(AddressRow), rows)
    if image["stops"] is not None:
        connection.execute(delete(StopRow).where(StopRow.customer_id == image["id"]))
        if image["stops"]:
            stops = Table.metadata.tables[StopRow.__tablename__]
            connection.execute(insert(StopRow), [typed(stops, row) for row in image["stops"]])
    work.recorder.customers.add(image["id"])


_KEPT = (*sorted(_COLUMNS), "name", "sort_name", "email", "phone", "stage", "extra", "household_id")


def _plain(row: Any) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in _KEPT}
    values["since"] = values["since"].isoformat() if values["since"] else None
    return values


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: date.fromisoformat(v) if k == "since" and v else v for k, v in values.items()}
