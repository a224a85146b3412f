"""What a customer owns and has agreed with us, with the days on which something of it runs out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NewType

from followup_desktop.base import money
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
    """What the owner enters about an agreement; `price` is in minor units of `currency`, from the renewal on.

    `per` says what the price is for, one of `PERIODS`; empty where nobody said.
    """

    what: str
    renews_on: date | None = None
    price: int | None = None
    currency: str = ""
    note: str = ""
    per: str = ""


PERIODS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "visit": {"en": "a visit", "es": "por visita"},
        "week": {"en": "a week", "es": "a la semana"},
        "month": {"en": "a month", "es": "al mes"},
        "quarter": {"en": "a quarter", "es": "al trimestre"},
        "season": {"en": "a season", "es": "por temporada"},
        "year": {"en": "a year", "es": "al año"},
    }
)
"""What a price may be for, and how that is said behind it: “$165 a month”."""


def price_words(entry: AgreementEntry, language: str = "en") -> str:
    """Return "$165 a month", or the price alone; nothing where there is none."""
    if entry.price is None:
        return ""
    locale = f"{language[:2]}_US" if entry.currency == "USD" else language
    price = money.format(money.Money(entry.price, entry.currency), locale)
    said = PERIODS.get(entry.per, {})
    return f"{price} {said.get(language[:2], said.get('en', ''))}".strip()


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
