"""What a customer owns and has agreed: listed in the details, and the form of one thing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from followup_desktop.base import money
from followup_desktop.base.changes import Done
from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import date_words
from followup_desktop.commands import equipment as commands
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.equipment.model import (
    PERIODS,
    Agreement,
    AgreementEntry,
    Equipment,
    EquipmentEntry,
    price_words,
)
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.dialog import EntryDialog
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.formline import FormLine
from followup_desktop.ui.widgets.text import Text

EQUIPMENT, AGREEMENT = "equipment", "agreement"
MOST = 34
"""So many letters of a name fit beside the list."""
Owned = Equipment | Agreement


def words_of(thing: Owned) -> str:
    """Return "warranty until Wed 20 Nov 2028 · service on Thu 20 May 2027", or "until …, $1,200"."""
    entry = thing.entry
    if isinstance(entry, EquipmentEntry):
        days = (("fitted", entry.fitted_on), ("warranty until", entry.warranty_until), ("service on", entry.service_on))
        parts = [f"{label} {_day_words(day)}" for label, day in days if day]
    else:
        parts = [f"until {_day_words(entry.renews_on)}"] if entry.renews_on else []
        if entry.price is not None:
            parts.append(price_words(entry))
    return " · ".join([*parts, *([entry.note] if entry.note else [])])


def short(what: str) -> str:
    """Return a name that fits beside the list; the whole of it is in the tip and in the form."""
    return what if len(what) <= MOST else f"{what[: MOST - 1].rstrip()}…"


def _day_words(day: date) -> str:
    return f"{date_words(day)} {day.year}"


class OwnedPart(QWidget):
    """What is owned and agreed, one below the other; each opens its form, and two buttons add."""

    wanted = Signal(str, object)  # EQUIPMENT or AGREEMENT, and the thing, or None for a new one

    def __init__(self, theme: Theme, things: Sequence[Owned]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(6), 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(Text("What they own", "strong"))
        self._buttons: dict[Button, Owned] = {}
        for thing in things:
            button = Button(theme, short(thing.entry.what).replace("&", "&&"), "link", name=f"Open {thing.entry.what}")
            button.setToolTip(escape(thing.entry.what))
            button.clicked.connect(self._on_thing)
            self._buttons[button] = thing
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            if words := words_of(thing):
                column.addWidget(Text(words, "label", wrap=True))
        if not things:
            column.addWidget(Text("Nothing yet. A warranty or a contract entered here comes up in time.", "label",
                                  wrap=True))  # fmt: skip
        self.add_equipment = Button(theme, "Add equipment", icon="plus", size="small")
        self.add_equipment.clicked.connect(self._on_equipment)
        self.add_agreement = Button(theme, "Add agreement", icon="plus", size="small")
        self.add_agreement.clicked.connect(self._on_agreement)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.add_equipment)
        row.addWidget(self.add_agreement)
        row.addStretch(1)
        column.addSpacing(theme.px(4))
        column.addLayout(row)

    def buttons(self) -> list[Button]:
        """Return what opens each thing, in order."""
        return list(self._buttons)

    @Slot()
    def _on_thing(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            thing = self._buttons[button]
            self.wanted.emit(EQUIPMENT if isinstance(thing, Equipment) else AGREEMENT, thing)

    @Slot()
    def _on_equipment(self) -> None:
        self.wanted.emit(EQUIPMENT, None)

    @Slot()
    def _on_agreement(self) -> None:
        self.wanted.emit(AGREEMENT, None)


class OwnedDialog(EntryDialog):
    """One thing a customer owns, or one agreement. Ctrl+Enter saves; what was removed comes back with Undo."""

    def __init__(self, context: Context, parent: QWidget, customer: CustomerId, kind: str, thing: Owned | None) -> None:
        name = "equipment" if kind == EQUIPMENT else "agreement"
        title = f"Edit {thing.entry.what}" if thing else f"Add {name}"
        super().__init__(context, title, "Save" if thing else "Add", parent)
        self._customer, self._kind, self._thing = customer, kind, thing
        self._lines: dict[str, FormLine] = {}
        for key, label, hint in _FIELDS[kind]:
            line = FormLine(self.theme, label, _periods() if key == "per" else QLineEdit(), hint)
            self._lines[key] = line
            self.column.addWidget(line)
        if thing is not None:
            self._fill(thing)
            self.remove = Button(self.theme, "Remove", icon="trash", size="small", name=f"Remove {thing.entry.what}")
            self.remove.clicked.connect(self._on_remove)
            self.column.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.resize(self.theme.px(440), self.theme.px(520))
        self.line("what").setFocus()

    def line(self, key: str) -> Any:
        """Return the field of `key`, such as "what"."""
        return self._lines[key].control

    def problem_of(self, key: str) -> str:
        """Return what is said beside a field, or nothing."""
        return self._lines[key].problem()

    def save(self) -> None:
        """Check every field; keep the thing when all can be meant."""
        self.clear_problem()
        read = self._read()
        if read is None:
            return
        self.busy(True)
        runner, thing = self.context.runner, self._thing
        if self._kind == EQUIPMENT:
            entry = EquipmentEntry(**read)
            if thing is None:
                runner.attempt(self, commands.add_equipment, self._on_saved, self.show_problem, self._customer, entry)
            else:
                runner.attempt(self, commands.change_equipment, self._on_saved, self.show_problem, thing.id, entry)
        else:
            agreed = AgreementEntry(**read)
            if thing is None:
                runner.attempt(self, commands.add_agreement, self._on_saved, self.show_problem, self._customer, agreed)
            else:
                runner.attempt(self, commands.change_agreement, self._on_saved, self.show_problem, thing.id, agreed)

    def _fill(self, thing: Owned) -> None:
        entry: Any = thing.entry
        for key in self._lines:
            value = getattr(entry, key)
            if key == "price" and value is not None:
                value = money.Money(value, entry.currency).amount
            if key == "per":
                self.line(key).setCurrentIndex(max(0, self.line(key).findData(value)))
            else:
                self.line(key).setText("" if value is None else str(value))

    def _read(self) -> dict[str, Any] | None:
        """Return what was entered, or None after saying beside each field what is wrong."""
        read: dict[str, Any] = {}
        wrong: list[FormLine] = []
        for key, line in self._lines.items():
            problem = ""
            try:
                read[key] = self._value(key, _entered(line.control))
            except Problem as found:
                problem = f"{found.happened} {found.to_do}".strip()
                wrong.append(line)
            line.show_problem(problem)
        if wrong:
            self.reveal(wrong[0].control)
            return None
        return read

    def _value(self, key: str, text: str) -> Any:
        if key == "what" and not text:
            raise Problem("It has no name.", "", "Write what it is.")
        if key == "price":
            return self._price(text)
        return (_day(text) if text else None) if key in _DAYS else text

    def _price(self, text: str) -> int | None:
        if not text:
            return None
        read = money.parse_amount(text, str(self.context.settings.value("business.currency")))
        if isinstance(read, money.Money):
            return read.minor
        raise Problem(read.happened, "", read.to_do)

    @Slot()
    def _on_remove(self) -> None:
        if self._thing is not None:
            command = commands.remove_equipment if self._kind == EQUIPMENT else commands.remove_agreement
            self.context.runner.do(self.context.runner, command, None, self._thing.id)
            self.accept()

    def _on_saved(self, _done: Done[Any]) -> None:
        self.accept()


_DAYS = frozenset({"fitted_on", "warranty_until", "service_on", "renews_on"})
_FIELDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    EQUIPMENT: (
        ("what", "What it is", "Short, such as pool heater: it stands in messages after “the”."),
        ("fitted_on", "Fitted on", "A day such as 2026-11-20."),
        ("warranty_until", "Warranty until", "They hear of it before it ends."),
        ("service_on", "Filter or service due on", "They hear of it before."),
        ("note", "Note", ""),
    ),
    AGREEMENT: (
        ("what", "What was agreed", "Short, such as service contract: it stands in messages after “the”."),
        ("renews_on", "Renews or runs out on", "A day such as 2027-02-01. They hear of it before."),
        ("price", "Price from then on", ""),
        ("per", "The price is for", "Messages say it behind the price: “$165 a month”."),
        ("note", "Note", ""),
    ),
}


def _periods() -> QComboBox:
    combo = QComboBox()
    combo.addItem("Not said", "")
    for key, said in PERIODS.items():
        combo.addItem(said["en"], key)
    combo.view().setAccessibleName("Choices")
    return combo


def _entered(control: QWidget) -> str:
    if isinstance(control, QComboBox):
        return str(control.currentData())
    return control.text().strip() if isinstance(control, QLineEdit) else ""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem(f"“{text}” is not a day.", "", "Write it like 2026-11-20.") from None
