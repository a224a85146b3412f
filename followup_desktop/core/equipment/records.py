"""Writing what customers own and have agreed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from followup_desktop.base.errors import Problem
from followup_desktop.core.equipment.model import AgreementEntry, AgreementId, EquipmentEntry, EquipmentId
from followup_desktop.core.equipment.tables import AgreementRow, EquipmentRow
from followup_desktop.store.store import Work


def add_equipment(work: Work, customer: int, entry: EquipmentEntry) -> EquipmentId:
    """Note something a customer owns."""
    row = work.add(EquipmentRow(customer_id=customer, recorded_at=work.now, **asdict(entry)))
    return EquipmentId(row.id)


def add_agreement(work: Work, customer: int, entry: AgreementEntry) -> AgreementId:
    """Note an agreement with a customer."""
    row = work.add(AgreementRow(customer_id=customer, recorded_at=work.now, **asdict(entry)))
    return AgreementId(row.id)


def change(row: EquipmentRow | AgreementRow, entry: EquipmentEntry | AgreementEntry) -> None:
    """Write what is different into a row."""
    values: dict[str, Any] = asdict(entry)
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def equipment_row(work: Work, key: int) -> EquipmentRow:
    """Return the row of something owned; raises Problem when it is gone."""
    row = work.session.get(EquipmentRow, key)
    if row is None:
        raise Problem(f"There is no equipment {key}.", "Nothing was changed.", "Look the number up at the customer.")
    return row


def agreement_row(work: Work, key: int) -> AgreementRow:
    """Return the row of an agreement; raises Problem when it is gone."""
    row = work.session.get(AgreementRow, key)
    if row is None:
        raise Problem(f"There is no agreement {key}.", "Nothing was changed.", "Look the number up at the customer.")
    return row
