"""Writing the demo in bulk: a batch of lives at a time, each table in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import func, insert, select

from followup_desktop.core.cases.tables import CaseOfferRow, CaseRow, CaseStepRow, CauseRow
from followup_desktop.core.consent.tables import ConsentRow, SuppressionRow
from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.customers.model import Person
from followup_desktop.core.customers.rules import sort_name
from followup_desktop.core.customers.tables import CustomerRow, HouseholdRow
from followup_desktop.core.demo.model import CURRENCY, Entry, Extra, Letter, Life, Place, Planned, Round, Vow, Wrong
from followup_desktop.core.demo.rules.business import in_order
from followup_desktop.core.demo.rules.plan import Numbers, Planning, number, planned, reminder
from followup_desktop.core.demo.rules.righting import Righting, righting
from followup_desktop.core.equipment.tables import AgreementRow, EquipmentRow
from followup_desktop.core.history.tables import EventRow
from followup_desktop.core.journeys.model import Outcome
from followup_desktop.core.journeys.tables import FollowUpRow
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.core.promises.tables import PromiseRow, ReminderRow
from followup_desktop.core.routes.tables import RouteRow, StopRow
from followup_desktop.store.schema import Table
from followup_desktop.store.store import Work

BATCH = 250

Row = dict[str, Any]

_ORDER: tuple[type[Table], ...] = (
    HouseholdRow, CustomerRow, EquipmentRow, AgreementRow, ConsentRow, SuppressionRow, MessageRow, EventRow,
    PromiseRow, ReminderRow, CauseRow, CaseRow, CaseStepRow, CaseOfferRow, FollowUpRow,
)  # fmt: skip
"""Tables in the order their rows may be written: what is pointed to comes first."""

_SEARCHED = (CustomerRow, EventRow)


@dataclass
class _Page:
    """What is about to be written, and the keys and ids it is given."""

    planning: Planning
    rng: Random
    numbers: Numbers
    address: str
    rows: dict[type[Table], list[Row]] = field(default_factory=dict)
    households: dict[str, int] = field(default_factory=dict)
    causes: dict[str, int] = field(default_factory=dict)
    next_cause: int = 1

    def new_id(self) -> str:
        """Return a fresh id, drawn from the demo's own lots so that the same seed gives the same store."""
        bits = f"{self.rng.getrandbits(128):032x}"
        return f"{bits[:8]}-{bits[8:12]}-4{bits[13:16]}-{'89ab'[int(bits[16], 16) & 3]}{bits[17:20]}-{bits[20:]}"

    def add(self, table: type[Table], row: Row) -> None:
        """Put a row on the page."""
        self.rows.setdefault(table, []).append(row)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a whole demo is written with: the planning it must agree with, its seed, the business's address."""

    planning: Planning
    seed: int
    address: str


def write(work: Work, lives: Iterable[Life], rounds: Sequence[Round], head: Letterhead) -> int:
    """Write the business: every life with its history, messages, promises, cases and follow-ups; return how many."""
    page = _Page(head.planning, Random(f"{head.seed}/ids"), _numbers(work), head.address)
    page.causes = {row.name: row.id for row in work.session.scalars(select(CauseRow))}
    page.next_cause = _free(work, CauseRow)
    places: list[tuple[int, Place]] = []
    keys: list[int] = []
    coming = iter(lives)
    while batch := list(islice(coming, BATCH)):
        for life in batch:
            number(life, page.numbers)
            _life(page, life)
            keys.append(life.key)
            if life.place:
                places.append((life.key, life.place))
        _write_page(work, page)
    _write_routes(work, page, rounds, places)
    for kind in ("events", "messages", "promises", "cases", "routes", "follow_ups", "equipment"):
        work.recorder.touch(kind)
    work.recorder.touch("customers", *keys)
    return len(keys)


def _numbers(work: Work) -> Numbers:
    """Return the first free keys: the store may have held something before."""
    tables = {
        "customers": CustomerRow,
        "events": EventRow,
        "messages": MessageRow,
        "promises": PromiseRow,
        "cases": CaseRow,
        "stops": StopRow,
        "follow_ups": FollowUpRow,
        "households": HouseholdRow,
        "equipment": EquipmentRow,
        "agreements": AgreementRow,
    }
    return Numbers(**{name: _free(work, table) for name, table in tables.items()})


def _free(work: Work, table: Any) -> int:
    return int(work.session.execute(select(func.coalesce(func.max(table.id), 0))).scalar_one()) + 1


def _write_page(work: Work, page: _Page) -> None:
    connection = work.session.connection()
    for table in _ORDER:
        rows = page.rows.pop(table, None)
        if not rows:
            continue
        if table in _SEARCHED:
            # Asking for something back makes one statement of many rows: the full-text index, which is written out
            # after every statement, is then six times faster.
            connection.execute(insert(table).returning(table.id), rows).all()
        else:
            connection.execute(insert(table), rows)


def _life(page: _Page, life: Life) -> None:
    page.add(CustomerRow, _customer(page, life))
    _add_permissions(page, life)
    _add_belongings(page, life)
    for letter in life.letters:
        page.add(MessageRow, _message(page, life, letter))
    for entry in life.entries:
        page.add(EventRow, _event(page, life, entry))
    for vow in life.vows:
        page.add(PromiseRow, _promise(page, life, vow))
        if vow.state != "open" or reminder(vow, page.planning.zone) < page.planning.now:
            page.add(ReminderRow, _reminder(page, vow))
    for wrong in life.wrongs:
        _add_case(page, life, wrong)
    _add_follow_ups(page, life, list(planned(life, page.planning)))


def _customer(page: _Page, life: Life) -> Row:
    person = life.person
    return {
        "id": life.key,
        "uuid": page.new_id(),
        **{k: v for k, v in asdict(person).items() if k not in ("more_emails", "more_phones")},
        "stage": str(person.stage),
        "name": person.name,
        "sort_name": sort_name(Person(person.given_name, person.family_name, person.company)),
        "household_id": _household(page, life.household),
        "created_at": life.known_since,
        "source": "",
        "source_key": "",
    }


def _household(page: _Page, name: str) -> int | None:
    if not name:
        return None
    if name not in page.households:
        page.households[name] = page.numbers.households
        page.add(HouseholdRow, {"id": page.numbers.households, "uuid": page.new_id(), "name": name})
        page.numbers.households += 1
    return page.households[name]


def _add_permissions(page: _Page, life: Life) -> None:
    for channels, allowed in ((life.agreed, True), (life.refuses, False)):
        for channel in channels:
            source = "service agreement" if allowed else "said so on the phone"
            row = {"customer_id": life.key, "channel": channel, "allowed": allowed, "source": source}
            page.add(ConsentRow, row | {"at": life.known_since})
    if life.suppressed:
        value = {"kind": "email", "value": life.person.email.casefold(), "reason": life.suppressed}
        page.add(SuppressionRow, value | {"at": page.planning.now})


def _add_belongings(page: _Page, life: Life) -> None:
    for key, owned in enumerate(life.owns, life.first_equipment):
        row = {"id": key, "uuid": page.new_id(), "customer_id": life.key, "recorded_at": life.known_since}
        page.add(EquipmentRow, row | asdict(owned))
    for key, agreed in enumerate(life.agreements, life.first_agreement):
        row = {"id": key, "uuid": page.new_id(), "customer_id": life.key, "recorded_at": life.known_since}
        page.add(AgreementRow, row | asdict(agreed))


def _message(page: _Page, life: Life, letter: Letter) -> Row:
    ident = page.new_id()
    return {
        "id": letter.key,
        "uuid": ident,
        "customer_id": life.key,
        "channel": "email",
        "state": "filed" if letter.out else "received",
        "purpose": str(letter.purpose),
        "template": letter.template,
        "counts": letter.counts,
        "to_address": life.person.email if letter.out else page.address,
        "to_name": life.person.name if letter.out else "",
        "subject": letter.subject,
        "text": letter.text,
        "message_id": f"<{ident}@example.com>",
        "answers_id": letter.answers.key if letter.answers else None,
        "at": letter.at,
        "sent_at": letter.at,
    }


def _event(page: _Page, life: Life, entry: Entry) -> Row:
    return {
        "id": entry.key,
        "uuid": page.new_id(),
        "customer_id": life.key,
        "what": str(entry.what),
        "at": entry.at,
        "visit": entry.visit,
        "note": entry.note,
        "about": entry.about,
        "by": entry.by,
        "amount": entry.amount,
        "currency": "" if entry.amount is None else CURRENCY,
        "rating": entry.rating,
        "counts": entry.counts,
        "message_id": entry.letter.key if entry.letter else None,
        "stop_id": life.place.key if life.place and entry.at_stop else None,
        "purpose": str(entry.purpose),
        "recorded_at": entry.at,
    }


def _promise(page: _Page, life: Life, vow: Vow) -> Row:
    return {
        "id": vow.key,
        "uuid": page.new_id(),
        "customer_id": life.key,
        "what": vow.what,
        "line": "",
        "due_date": vow.due_date,
        "due_time": vow.due_time,
        "zone": page.planning.zone,
        "due": vow.due,
        "remind_at": reminder(vow, page.planning.zone),
        "state": vow.state,
        "made_at": vow.made_at,
        "settled_at": vow.settled_at,
    }


def _reminder(page: _Page, vow: Vow) -> Row:
    at = reminder(vow, page.planning.zone)
    return {"promise_id": vow.key, "remind_at": at, "shown_at": at}


def _add_case(page: _Page, life: Life, wrong: Wrong) -> None:
    done = righting(wrong)
    page.add(CaseRow, _case(page, life, wrong, done))
    whose = {"case_id": wrong.key, "customer_id": life.key}
    for step, note, at in done.steps:
        page.add(CaseStepRow, whose | {"step": str(step), "note": note, "done_at": at})
    if done.offer is not None:
        kind, cost = done.offer
        row = whose | {"uuid": page.new_id(), "kind": kind, "cost": cost, "currency": CURRENCY}
        page.add(CaseOfferRow, row | {"offered_at": wrong.entry.at, "given_at": wrong.put_right_at})


def _cause(page: _Page, name: str) -> int | None:
    if not name:
        return None
    if name not in page.causes:
        page.causes[name] = page.next_cause
        page.add(CauseRow, {"id": page.next_cause, "uuid": page.new_id(), "name": name})
        page.next_cause += 1
    return page.causes[name]


def _case(page: _Page, life: Life, wrong: Wrong, done: Righting) -> Row:
    return {
        "how": done.how,
        "cause_id": _cause(page, done.cause),
        "standard": done.standard,
        "why": done.why,
        "prevention": done.prevention,
        "prevented_at": done.prevented_at,
        "told_at": done.told_at,
        "id": wrong.key,
        "uuid": page.new_id(),
        "customer_id": life.key,
        "event_id": wrong.entry.key,
        "what": wrong.what,
        "state": wrong.state,
        "opened_at": wrong.entry.at,
        "put_right_at": wrong.put_right_at,
        "closed_at": wrong.closed_at,
    }


def _add_follow_ups(page: _Page, life: Life, found: Sequence[Planned]) -> None:
    first = page.numbers.follow_ups
    keys = {each.wanted.key: first + place for place, each in enumerate(found)}
    for each in found:
        page.add(FollowUpRow, _follow_up(page, each, keys))
    page.numbers.follow_ups = first + len(found)
    for extra in life.extras:
        page.add(FollowUpRow, _extra(page, life, extra))
        page.numbers.follow_ups += 1


def _follow_up(page: _Page, each: Planned, keys: dict[str, int]) -> Row:
    item = each.wanted
    return {
        "id": keys[item.key],
        "uuid": page.new_id(),
        "customer_id": item.customer,
        "key": item.key,
        "source": str(item.source),
        "journey": item.journey,
        "touchpoint": item.touchpoint,
        "purpose": str(item.purpose),
        "template": item.template,
        "channels": list(item.channels),
        "transactional": item.transactional,
        "priority": item.priority,
        "event_id": item.event,
        "promise_id": item.promise,
        "case_id": item.case,
        "opens": item.opens,
        "due": item.due,
        "closes": item.closes,
        "later_until": None,
        "state": each.state,
        "outcome": str(each.outcome),
        "outcome_why": each.why,
        "ended_at": each.ended_at,
        "message_id": each.message,
        "covered_by": keys.get(each.covered_by),
        "why_here": item.why_here,
        "removed_by": item.removed_by,
        "question": item.question,
    }


_WHY = {"ad_hoc": "You chose to write.", "campaign": "You wrote to many about the season."}


def _extra(page: _Page, life: Life, extra: Extra) -> Row:
    done = extra.settled
    purpose = Purpose(extra.purpose)
    ident = page.new_id()
    return {
        "id": page.numbers.follow_ups,
        "uuid": ident,
        "customer_id": life.key,
        "key": f"{extra.source}/{ident}",
        "source": extra.source,
        "journey": "",
        "touchpoint": "",
        "purpose": str(purpose),
        "template": f"{purpose}/ad_hoc",
        "channels": ["email", "call", "text"],
        "transactional": PURPOSES[purpose].transactional,
        "priority": 0,
        "event_id": None,
        "promise_id": None,
        "case_id": None,
        "opens": extra.at,
        "due": extra.due or extra.at,
        "closes": None,
        "later_until": None,
        "state": "ended" if done else "open",
        "outcome": str(Outcome(done.outcome)) if done else "",
        "outcome_why": "",
        "ended_at": done.at if done else None,
        "message_id": done.letter.key if done and done.letter else None,
        "covered_by": None,
        "why_here": _WHY[extra.source],
        "removed_by": "It leaves when you settle it.",
        "question": "",
    }


def _write_routes(work: Work, page: _Page, rounds: Sequence[Round], places: Sequence[tuple[int, Place]]) -> None:
    routes = [
        work.add(
            RouteRow(uuid=page.new_id(), name=r.name, weekday=r.weekday, technician=r.technician, import_id=None)
        ).id
        for r in rounds
    ]
    positions = in_order([place for _, place in places])
    rows = [
        {
            "id": place.key,
            "uuid": page.new_id(),
            "route_id": routes[place.route],
            "customer_id": customer,
            "position": position,
            "every_weeks": place.weeks,
            "from_day": place.from_day,
        }
        for (customer, place), position in zip(places, positions, strict=True)
    ]
    if rows:
        work.session.connection().execute(insert(StopRow), rows)
