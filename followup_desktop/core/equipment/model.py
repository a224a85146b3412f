"""What a customer owns and has agreed with us, with the days on which something of it runs out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NewType

from followup_desktop.core.customers.model import CustomerId

EquipmentId = NewType("EquipmentId", int)
AgreementId = NewType("AgreementId", int)


@dataclass(frozen=True, slots=True)
class EquipmentEntry:
    """What the owner enters about something a customer owns; `what` is short enough to stand after “the”."""

    what: str
    fitted_on: date | None = None
    warranty_until: date | None = None
    service_on: date | None = None
    """When its filter or service is due next."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgreementEntry:
    """What the owner enters about an agreement; `price` is in minor units of `currency`, from the renewal on."""

    what: str
    renews_on: date | None = None
    price: int | None = None
    currency: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Equipment:
    """Something a customer owns."""

    id: EquipmentId
    customer: CustomerId
    entry: EquipmentEntry


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement with a customer: a service contract, a season, a subscription."""

    id: AgreementId
    customer: CustomerId
    entry: AgreementEntry


@dataclass(frozen=True, slots=True)
class Belongings:
    """Everything a customer owns and has agreed, in the order it was entered."""

    equipment: tuple[Equipment, ...] = ()
    agreements: tuple[Agreement, ...] = ()
