"""Filling an empty store with the invented business."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import select

from followup_desktop.base.changes import Done
from followup_desktop.base.errors import Problem
from followup_desktop.base.resources import resource
from followup_desktop.base.zones import local_day
from followup_desktop.commands.desk import Desk
from followup_desktop.commands.door import command, plan_of
from followup_desktop.commands.journeys import standing_now
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.demo import records
from followup_desktop.core.demo.model import CURRENCY, Material
from followup_desktop.core.demo.records import Letterhead
from followup_desktop.core.demo.rules.business import Size, lives, rounds_of, town_of
from followup_desktop.core.demo.rules.plan import Planning
from followup_desktop.core.demo.rules.reading import material_of
from followup_desktop.core.feedback.model import ReviewLine
from followup_desktop.core.feedback.records import bring_reviews
from followup_desktop.core.feedback.tables import ReviewRow
from followup_desktop.core.journeys.records import choose_journey
from followup_desktop.core.operators.records import set_setting
from followup_desktop.store.store import Work

MOST = 100_000


def fill(desk: Desk, customers: int = 200, seed: int = 1) -> Done[int]:
    """Fill an empty store with a business that has a year behind it; return how many customers it has.

    Raises Problem when the store has customers already. The same seed gives the same business at the same time.
    """
    if not 1 <= customers <= MOST:
        raise Problem(f"A demo has 1 to {MOST:,} customers.", "Nothing was changed.", "Give such a number.")
    return _fill(desk, desk, Size(customers, seed))


@command("demo.fill", says="")
def _fill(work: Work, desk: Desk, size: Size) -> int:
    _check_empty(work)
    material = material_of(demo_files())
    _settle_in(work, material)
    _switch_all_on(work, desk)
    plan = plan_of(work, desk)
    planning = Planning(plan.journeys, plan.quiet, material.zone, work.now, plan.business)
    town = town_of(material, plan.journeys, work.now, plan.quiet, size)
    head = Letterhead(planning, size.seed, str(material.business["email"]))
    written = records.write(work, lives(town, size), rounds_of(town), head)
    _bring_reviews(work, material.zone)
    work.says = f"{material.business['name']}, an invented business: {written:,} customers"
    return written


def _bring_reviews(work: Work, zone: str) -> None:
    """Bring in what stands about the business on other sites."""
    today = local_day(work.now, zone)
    told = tomllib.loads(demo_files()["reviews"])["reviews"]
    lines = [
        ReviewLine(r["author"], today - timedelta(days=r["days_ago"]), r["rating"], r["text"], r["site"]) for r in told
    ]
    bring_reviews(work, lines, "")
    work.session.flush()
    for row in work.session.scalars(select(ReviewRow)):
        row.uuid = str(uuid5(NAMESPACE_OID, row.fingerprint))  # the same seed gives the same store


def demo_files() -> dict[str, str]:
    """Return the texts of the files the demo is made of, by name without ending."""
    return {path.stem: path.read_text("utf-8") for path in sorted(resource("demo").glob("*.toml"))}


def _check_empty(work: Work) -> None:
    if customers.any_customer(work.session):
        raise Problem(
            "The store has customers already.", "Nothing was changed.", "Fill another store: --store NAME.db demo."
        )


def _switch_all_on(work: Work, desk: Desk) -> None:
    """Switch on every journey that ships for the trade: the invented business has been at it for a year."""
    for each in standing_now(work, desk).values():
        if not each.on:
            choose_journey(work, each.key, on=True)
    work.session.flush()


def _settle_in(work: Work, material: Material) -> None:
    business = material.business
    values = {
        "name": business["name"],
        "owner": business["owner"],
        "phone": business["phone"],
        "postal_address": business["postal_address"],
        "zone": business["zone"],
        "region": business["country"],
        "currency": CURRENCY,
        "language": "en",
        "trade": "pools",
        "demo": True,
    }
    for key, value in values.items():
        set_setting(work, f"business.{key}", value)
    work.session.flush()
