"""Commands about what customers own and have agreed."""

from __future__ import annotations

from dataclasses import replace

from followup_desktop.base.errors import Problem
from followup_desktop.commands.door import business_of, command
from followup_desktop.core.customers import records as customers
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.equipment import records
from followup_desktop.core.equipment.model import PERIODS, AgreementEntry, AgreementId, EquipmentEntry, EquipmentId
from followup_desktop.core.equipment.tables import AgreementRow
from followup_desktop.core.history import records as history
from followup_desktop.core.history.model import Happening, NewEvent
from followup_desktop.store.store import Work


@command("equipment.add", says="Equipment added")
def add_equipment(work: Work, customer: CustomerId, entry: EquipmentEntry) -> EquipmentId:
    """Note something a customer owns; what runs out with it comes up in time."""
    row = customers.get(work, customer)
    checked = _checked_equipment(entry)
    work.says = f"{row.name} has the {checked.what}"
    return records.add_equipment(work, customer, checked)


@command("equipment.change", says="Equipment changed")
def change_equipment(work: Work, key: int, entry: EquipmentEntry) -> None:
    """Change what is known of something a customer owns."""
    records.change(records.equipment_row(work, key), _checked_equipment(entry))


@command("equipment.remove", says="Equipment removed")
def remove_equipment(work: Work, key: int) -> None:
    """Take something away that a customer no longer owns."""
    row = records.equipment_row(work, key)
    work.says = f"Removed the {row.what}"
    work.session.delete(row)


@command("agreement.add", says="Agreement added")
def add_agreement(work: Work, customer: CustomerId, entry: AgreementEntry) -> AgreementId:
    """Note an agreement with a customer; its renewal comes up in time."""
    row = customers.get(work, customer)
    checked = _checked_agreement(work, entry)
    work.says = f"Agreement with {row.name}: {checked.what}"
    return records.add_agreement(work, customer, checked)


@command("agreement.change", says="Agreement changed")
def change_agreement(work: Work, key: int, entry: AgreementEntry) -> None:
    """Change an agreement. Another price or another thing agreed is written into the history; a later day renews it."""
    row = records.agreement_row(work, key)
    checked = _checked_agreement(work, entry)
    changed = _what_changed(row, checked)
    records.change(row, checked)
    if changed:
        new = NewEvent(Happening.CONTRACT_CHANGED, about=checked.what, amount=checked.price, currency=checked.currency)
        history.note(work, CustomerId(row.customer_id), new)


@command("agreement.remove", says="Agreement removed")
def remove_agreement(work: Work, key: int) -> None:
    """Take an agreement away that was ended."""
    row = records.agreement_row(work, key)
    work.says = f"Removed the {row.what}"
    work.session.delete(row)


def _what_changed(row: AgreementRow, entry: AgreementEntry) -> bool:
    before = (row.what, row.price, row.currency, row.per if row.per else entry.per)
    return before != (entry.what, entry.price, entry.currency, entry.per)


def _named(what: str) -> str:
    words = " ".join(what.split())
    if not words:
        raise Problem("It has no name.", "Nothing was changed.", "Write what it is, such as “pool heater”.")
    return words


def _checked_equipment(entry: EquipmentEntry) -> EquipmentEntry:
    if entry.fitted_on and entry.warranty_until and entry.warranty_until < entry.fitted_on:
        raise Problem("The warranty would end before it was fitted.", "Nothing was changed.", "Look at the two days.")
    return replace(entry, what=_named(entry.what), note=entry.note.strip())


def _checked_agreement(work: Work, entry: AgreementEntry) -> AgreementEntry:
    if entry.price is not None and entry.price < 0:
        raise Problem("A price cannot be below zero.", "Nothing was changed.", "Leave it out, or give what it costs.")
    if entry.per and entry.per not in PERIODS:
        raise Problem(f"“{entry.per}” is no time for a price.", "Nothing was changed.", f"Say {', '.join(PERIODS)}.")
    currency = (entry.currency or business_of(work).currency) if entry.price is not None else ""
    per = entry.per if entry.price is not None else ""
    return replace(entry, what=_named(entry.what), currency=currency, note=entry.note.strip(), per=per)
