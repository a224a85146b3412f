"""Reading what customers own and have agreed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.equipment.model import (
    Agreement,
    AgreementEntry,
    AgreementId,
    Belongings,
    Equipment,
    EquipmentEntry,
    EquipmentId,
)
from followup_desktop.core.equipment.tables import AgreementRow, EquipmentRow

_E, _A = EquipmentRow, AgreementRow
_EQUIPMENT: Any = select(
    _E.id, _E.customer_id, _E.what, _E.fitted_on, _E.warranty_until, _E.service_on, _E.note
).order_by(_E.id)  # fmt: skip
_AGREEMENTS: Any = select(
    _A.id, _A.customer_id, _A.what, _A.renews_on, _A.price, _A.currency, _A.note, _A.per
).order_by(_A.id)  # fmt: skip


def belongings(session: Session, customer: int) -> Belongings:
    """Return what a customer owns and has agreed."""
    return of_customers(session, [customer]).get(customer, Belongings())


def of_customers(session: Session, customers: Collection[int]) -> dict[int, Belongings]:
    """Return what customers own and have agreed; those without anything are left out."""
    owned: dict[int, list[Equipment]] = defaultdict(list)
    agreed: dict[int, list[Agreement]] = defaultdict(list)
    for key, customer, *entry in session.execute(_EQUIPMENT.where(_E.customer_id.in_(customers))):
        owned[customer].append(Equipment(EquipmentId(key), CustomerId(customer), EquipmentEntry(*entry)))
    for key, customer, *entry in session.execute(_AGREEMENTS.where(_A.customer_id.in_(customers))):
        agreed[customer].append(Agreement(AgreementId(key), CustomerId(customer), AgreementEntry(*entry)))
    return {key: Belongings(tuple(owned[key]), tuple(agreed[key])) for key in {*owned, *agreed}}


def equipment(session: Session, key: int) -> Equipment | None:
    """Return one thing a customer owns, or None when it is gone."""
    row = session.execute(_EQUIPMENT.where(_E.id == key)).first()
    return Equipment(EquipmentId(row[0]), CustomerId(row[1]), EquipmentEntry(*row[2:])) if row else None


def agreement(session: Session, key: int) -> Agreement | None:
    """Return one agreement, or None when it is gone."""
    row = session.execute(_AGREEMENTS.where(_A.id == key)).first()
    return Agreement(AgreementId(row[0]), CustomerId(row[1]), AgreementEntry(*row[2:])) if row else None
