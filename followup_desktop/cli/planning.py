"""Verbs about what is to come: the plan, what runs out when, and a year lived through on a copy."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from typing import Any

from followup_desktop.app import Program
from followup_desktop.base.errors import Problem
from followup_desktop.cli import shapes
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.commands import equipment as commands
from followup_desktop.commands.planning import leave_alone, look_ahead_if_possible
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.equipment import queries as equipment
from followup_desktop.core.equipment.model import PERIODS, AgreementEntry, Belongings, EquipmentEntry
from followup_desktop.core.operators import queries as operators
from followup_desktop.core.queue.model import Ahead
from followup_desktop.core.queue.queries.outlook import outlook

LONGEST_PLAN = 366


def _plan(parser: ArgumentParser) -> None:
    parser.add_argument("--days", metavar="N", type=shapes.count, default=30, help="how many days ahead")
    parser.add_argument("--customer", metavar="ID", type=shapes.number, help="one customer alone")


def plan(program: Program, given: Namespace) -> Answer:
    """Show what is planned for the coming days, and why what is not to be done is not."""
    if given.days > LONGEST_PLAN:
        raise Problem(f"{given.days} days are too far ahead.", "Nothing was planned.", f"At most {LONGEST_PLAN}.")
    look_ahead_if_possible(program.desk)
    now = program.clock.now()
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
        found = outlook(session, plan_in(program, session), now, given.days, given.customer)
    data = [_ahead(each, zone) for each in found]
    return Answer(data, [f"{row['due'][:16]}  {row['customer_id']:>5}  {each.state:8} {each.reason_text}"
                         for row, each in zip(data, found, strict=True)])  # fmt: skip


def plan_in(program: Program, session: Any) -> Any:
    """Return what planning goes by in a store."""
    from followup_desktop.commands.door import plan_for

    return plan_for(session, program.desk)


def _ahead(each: Ahead, zone: str) -> dict[str, Any]:
    return {
        "customer_id": each.customer,
        "source": each.source,
        "journey": each.journey or None,
        "touchpoint": each.touchpoint,
        "purpose": each.purpose,
        "channel": each.channel,
        "opens": shapes.iso(each.opens, zone),
        "due": shapes.iso(each.due, zone),
        "closes": shapes.iso(each.closes, zone),
        "state": each.state,
        "reason_text": each.reason_text,
    }


def _customer(parser: ArgumentParser) -> None:
    parser.add_argument("customer", metavar="CUSTOMER_ID", type=shapes.number)


def _equipment(parser: ArgumentParser) -> None:
    _customer(parser)
    parser.add_argument("--what", metavar="TEXT", required=True, help="what it is, such as “pool heater”")
    parser.add_argument("--fitted", metavar="DATE", type=shapes.day)
    parser.add_argument("--warranty", metavar="DATE", type=shapes.day, help="until when its warranty lasts")
    parser.add_argument("--service", metavar="DATE", type=shapes.day, help="when its filter or service is due")
    parser.add_argument("--note", metavar="TEXT", default="")


def equipment_add(program: Program, given: Namespace) -> Answer:
    """Note something a customer owns."""
    entry = EquipmentEntry(given.what, given.fitted, given.warranty, given.service, given.note)
    done = commands.add_equipment(program.desk, CustomerId(given.customer), entry)
    return Answer({"id": done.result}, [done.says])


def _agreement(parser: ArgumentParser) -> None:
    _customer(parser)
    parser.add_argument("--what", metavar="TEXT", required=True, help="what was agreed, such as “service contract”")
    parser.add_argument("--renews", metavar="DATE", type=shapes.day, help="when it renews or runs out")
    parser.add_argument("--price", metavar="N", help="what it costs from then on, in the store's currency")
    parser.add_argument("--per", choices=tuple(PERIODS), default="", help="what that price is for")
    parser.add_argument("--note", metavar="TEXT", default="")


def agreement_add(program: Program, given: Namespace) -> Answer:
    """Note an agreement with a customer."""
    done = commands.add_agreement(program.desk, CustomerId(given.customer), _agreement_entry(program, given))
    return Answer({"id": done.result}, [done.says])


def _agreement_entry(program: Program, given: Namespace) -> AgreementEntry:
    with program.desk.store.read() as session:
        currency = operators.business(session).currency
    price = shapes.amount(given.price, currency)
    return AgreementEntry(given.what, given.renews, price, currency if price is not None else "", given.note, given.per)


def _agreement_change(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="AGREEMENT_ID", type=shapes.number)
    parser.add_argument("--what", metavar="TEXT", required=True)
    parser.add_argument("--renews", metavar="DATE", type=shapes.day)
    parser.add_argument("--price", metavar="N")
    parser.add_argument("--per", choices=tuple(PERIODS), default="")
    parser.add_argument("--note", metavar="TEXT", default="")


def agreement_change(program: Program, given: Namespace) -> Answer:
    """Change an agreement; a later day renews it, another price is written into the history."""
    done = commands.change_agreement(program.desk, given.id, _agreement_entry(program, given))
    return Answer({"id": given.id}, [done.says])


def equipment_list(program: Program, given: Namespace) -> Answer:
    """Show what a customer owns and has agreed."""
    with program.desk.store.read() as session:
        found = equipment.belongings(session, given.customer)
    return Answer(_belongings(found), _belongings_lines(found))


def _belongings(found: Belongings) -> dict[str, Any]:
    owned = [
        {
            "id": each.id,
            "what": each.entry.what,
            "fitted": _iso(each.entry.fitted_on),
            "warranty": _iso(each.entry.warranty_until),
            "service": _iso(each.entry.service_on),
            "note": each.entry.note,
        }
        for each in found.equipment
    ]
    agreed = [
        {
            "id": each.id,
            "what": each.entry.what,
            "renews": _iso(each.entry.renews_on),
            "price": each.entry.price,
            "currency": each.entry.currency or None,
            "per": each.entry.per or None,
            "note": each.entry.note,
        }
        for each in found.agreements
    ]
    return {"equipment": owned, "agreements": agreed}


def _belongings_lines(found: Belongings) -> list[str]:
    owned = [f"{each.id:>5}  {each.entry.what}" for each in found.equipment]
    agreed = [
        f"{each.id:>5}  {each.entry.what}, until {_iso(each.entry.renews_on) or '?'}" for each in found.agreements
    ]
    return ["Equipment", *owned, "Agreements", *agreed]


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _leave(parser: ArgumentParser) -> None:
    _customer(parser)
    parser.add_argument("--journey", metavar="KEY", help="one journey alone")
    parser.add_argument("--why", metavar="TEXT", required=True)


def leave(program: Program, given: Namespace) -> Answer:
    """End what journeys ask of a customer, with the reason."""
    with program.desk.store.read() as session:
        known = {each.key: each for each in plan_in(program, session).journeys}
    if given.journey and given.journey not in known:
        raise Problem(f"There is no journey “{given.journey}” that is on.", "Nothing was changed.", "Look it up.")
    done = leave_alone(program.desk, CustomerId(given.customer), known.get(given.journey or ""), given.why)
    return Answer({"left": True}, [done.says])


def _simulate(parser: ArgumentParser) -> None:
    parser.add_argument("--days", metavar="N", type=shapes.count, required=True)
    parser.add_argument("--seed", metavar="S", type=shapes.number, default=1, help="the same gives the same days")


def simulate(program: Program, given: Namespace) -> Answer:
    """Live through days on a copy of the store, and show every contact and every outcome."""
    from followup_desktop.jobs.simulate import simulate as live  # brings every command there is

    if given.days > LONGEST_PLAN:
        raise Problem(f"{given.days} days are too many.", "Nothing was simulated.", f"At most {LONGEST_PLAN}.")
    with program.desk.store.read() as session:
        zone = operators.business(session).zone
    lived = live(program.path, program.desk.library, program.clock.now(), given.days, given.seed)
    data = {
        "contacts": [
            {
                "customer_id": each.customer,
                "at": shapes.iso(each.at, zone),
                "channel": each.channel,
                "purpose": each.purpose,
                "transactional": each.transactional,
            }
            for each in lived.contacts
        ],
        "follow_ups": [
            {
                "id": each.id,
                "customer_id": each.customer,
                "purpose": each.purpose,
                "due": shapes.iso(each.due, zone),
                "outcome": each.outcome,
            }
            for each in lived.follow_ups
        ],
    }
    counts = sorted(Counter(each.outcome for each in lived.follow_ups).items())
    said = ", ".join(f"{outcome} {count}" for outcome, count in counts)
    return Answer(data, [f"{len(lived.contacts)} contacts", f"{len(lived.follow_ups)} follow-ups: {said}"])


VERBS: tuple[Verb, ...] = (
    Verb("plan", "what the coming days ask for, and why", plan, _plan),
    Verb("equipment add", "note something a customer owns", equipment_add, _equipment),
    Verb("equipment list", "what a customer owns and has agreed", equipment_list, _customer),
    Verb("agreement add", "note an agreement with a customer", agreement_add, _agreement),
    Verb("agreement change", "change or renew an agreement", agreement_change, _agreement_change),
    Verb("simulate", "live through days on a copy", simulate, _simulate),
    Verb("leave", "end what journeys ask of a customer", leave, _leave),
)
