"""What is known of what a customer owns and has agreed, for a draft that is about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from followup_desktop.core.drafts.model import Fact
from followup_desktop.core.drafts.rules.days import day_ahead, left_words
from followup_desktop.core.equipment import queries as equipment
from followup_desktop.core.equipment.model import AgreementEntry, EquipmentEntry, price_words
from followup_desktop.core.history.model import Event, Happening
from followup_desktop.core.journeys.model import FollowUp
from followup_desktop.core.journeys.rules.planner import occurrence_of


def owned(session: Session, follow_up: FollowUp, event: Event | None, today: datetime, language: str) -> Iterable[Fact]:
    """Give the agreement or the equipment that a follow-up comes from, or that its visit was about."""
    kind, _, rest = occurrence_of(follow_up.key).partition("-")
    key = rest.partition("-")[0]
    if kind == "agreement" and key.isdigit():
        agreed = equipment.agreement(session, int(key))
        return _agreement(agreed.entry, today.date(), language) if agreed else ()
    if kind in ("warranty", "service") and key.isdigit():
        thing = equipment.equipment(session, int(key))
        return _equipment(thing.entry, today.date(), language) if thing else ()
    if event is not None and event.what is Happening.CONTRACT_CHANGED:
        agreements = equipment.belongings(session, follow_up.customer).agreements
        about = event.about.strip().casefold()
        match = next((one.entry for one in agreements if about and one.entry.what.casefold() == about), None)
        return _agreement(match, today.date(), language) if match else ()
    if event is not None and event.about:
        same = (
            each.entry
            for each in equipment.belongings(session, follow_up.customer).equipment
            if each.entry.what.casefold() == event.about.strip().casefold()
        )
        entry = next(same, None)
        return _equipment(entry, today.date(), language) if entry else ()
    return ()


def _agreement(entry: AgreementEntry, today: date, language: str) -> Iterable[Fact]:
    source = "their agreement, under What they own"
    yield Fact("agreement.what", entry.what, source)
    if entry.renews_on:
        yield Fact("agreement.until", day_ahead(entry.renews_on, today, language), source)
        yield Fact("agreement.left", left_words(entry.renews_on, today, language), source)
    yield Fact("agreement.price", price_words(entry, language), source)


def _equipment(entry: EquipmentEntry, today: date, language: str) -> Iterable[Fact]:
    source = "their equipment, under What they own"
    yield Fact("equipment.what", entry.what, source)
    if entry.warranty_until:
        yield Fact("equipment.warranty_until", day_ahead(entry.warranty_until, today, language), source)
