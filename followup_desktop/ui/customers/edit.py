"""The form of a customer: added or changed, with what is wrong beside the field."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from followup_desktop.base.changes import Done
from followup_desktop.base.errors import Problem
from followup_desktop.base.phones import shown
from followup_desktop.base.wording import list_words
from followup_desktop.base.zones import zone_named
from followup_desktop.commands.customers import (
    add_customer,
    edit_customer,
    join_household,
    leave_household,
    tidied_phone,
)
from followup_desktop.core.customers.model import Customer, CustomerId, Person
from followup_desktop.core.customers.queries import reached_by
from followup_desktop.core.customers.rules import checked
from followup_desktop.mail.compose import check_address
from followup_desktop.ui.customers.details import BEST_WORDS, CHANNELS, LANGUAGES
from followup_desktop.ui.customers.lines import STAGES
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.dialog import EntryDialog
from followup_desktop.ui.parts.finder import CustomerFinder
from followup_desktop.ui.widgets.formline import FormLine
from followup_desktop.ui.widgets.text import Text

_SEVERAL = re.compile(r"[,;\n]+")


class PersonDialog(EntryDialog):
    """Everything that can be entered about a customer. Ctrl+Enter saves."""

    saved = Signal(int)  # id of the customer

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        customer: Customer | None = None,
        household: Sequence[Customer] = (),
        *,
        begin: str = "given_name",
    ) -> None:
        """Open the form with the cursor in the field `begin`."""
        title = f"Edit {customer.name}" if customer else "Add a customer"
        super().__init__(context, title, "Save" if customer else "Add", parent)
        self._customer, self._household = customer, household
        self._lines: dict[str, FormLine] = {}
        self._extra: dict[str, FormLine] = {}
        self._person = customer.person if customer else Person()
        self.finder = CustomerFinder(context, "Who else lives there")
        self.leaves = QCheckBox("Lives alone from now on")
        self._build()
        self._fill(self._person)
        self._connect()
        self.resize(self.theme.px(560), self.theme.px(640))
        self.line(begin).setFocus()
        self.line(begin).selectAll()

    def line(self, key: str) -> Any:
        """Return the field of `key`, such as "email"."""
        return self._lines[key].control

    def problem_of(self, key: str) -> str:
        """Return what is said beside a field, or nothing."""
        return self._lines[key].problem()

    def save(self) -> None:
        """Check every field; keep the customer when all can be meant."""
        self.clear_problem()
        person = self._entered()
        if person is None:
            return
        self.busy(True)
        runner = self.context.runner
        if self._customer is None:
            runner.attempt(self, add_customer, self._on_added, self.show_problem, person)
        elif person == self._person:
            self._on_edited(None)
        else:
            runner.attempt(self, edit_customer, self._on_edited, self.show_problem, self._customer.id, person)

    def _connect(self) -> None:
        for kind in ("email", "phone"):
            self.line(kind).setProperty("kind", kind)
            self.line(kind).editingFinished.connect(self._on_contact)

    @Slot()
    def _on_contact(self) -> None:
        """Look whether somebody else has the address or number just entered."""
        field = self.sender()
        kind = str(field.property("kind")) if field is not None else "email"
        try:
            value = self._read(kind, _text(self.line(kind)))
        except Problem:
            value = ""  # said when saving
        if not value or value == getattr(self._person, kind):
            self._lines[kind].show_hint("")
            return
        question = partial(reached_by, kind=kind, value=value)
        self.context.runner.ask(self, question, partial(self._show_others, kind), newest=kind)

    def _show_others(self, kind: str, found: list[Customer]) -> None:
        own = self._customer.id if self._customer else None
        others = list_words(other.name for other in found if other.id != own)
        word = "address" if kind == "email" else "number"
        self._lines[kind].show_hint(f"This is the {word} of {others} too." if others else "")

    def _build(self) -> None:
        px = self.theme.px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(10))
        for column in range(6):
            grid.setColumnStretch(column, 1)
        self._put(grid, 0, ("given_name", "Given name", QLineEdit(), 3), ("family_name", "Family name", QLineEdit(), 3))
        self._put(grid, 1, ("company", "Company", QLineEdit(), 6))
        self._put(grid, 2, ("email", "Email", QLineEdit(), 3), ("phone", "Phone", QLineEdit(), 3))
        self._put(
            grid, 3, ("more_emails", "More email addresses", QLineEdit(), 3),
            ("more_phones", "More phones", QLineEdit(), 3),
        )  # fmt: skip
        self._put(grid, 4, ("street", "Street", QLineEdit(), 6))
        self._put(
            grid, 5, ("postal_code", "Postal code", QLineEdit(), 1), ("city", "Town", QLineEdit(), 3),
            ("region", "State", QLineEdit(), 1), ("country", "Country", QLineEdit(), 1),
        )  # fmt: skip
        self._put(
            grid, 6, ("stage", "Stage", _combo(STAGES), 3), ("since", "Customer since", _dated(), 3),
        )  # fmt: skip
        self._put(
            grid, 7, ("channel", "Likes to be reached by", _combo((("", "Any way"), *CHANNELS.items())), 3),
            ("language", "Language", _combo((("", "As the business"), *LANGUAGES.items())), 3),
        )  # fmt: skip
        self._put(
            grid, 8, ("best_time", "Best reached", _combo((("", "At any time"), *BEST_WORDS.items())), 3),
            ("zone", "Time zone", self._zone(), 3),
        )  # fmt: skip
        self._put(grid, 9, ("access_note", "How to get in", self._paragraph(), 6))
        self._put(grid, 10, ("notes", "Notes", self._paragraph(), 6))
        self._build_extra(grid, 11)
        self.column.addLayout(grid)
        self._build_household()
        self.column.addStretch(1)

    def _put(self, grid: QGridLayout, row: int, *fields: tuple[str, str, QWidget, int]) -> None:
        column = 0
        for key, label, control, width in fields:
            line = FormLine(self.theme, label, control)
            self._lines[key] = line
            grid.addWidget(line, row, column, 1, width, Qt.AlignmentFlag.AlignTop)
            column += width

    def _build_extra(self, grid: QGridLayout, row: int) -> None:
        labels = sorted(label for label in self._person.extra if not label.startswith("_"))
        for number, label in enumerate(labels):
            line = FormLine(self.theme, label, QLineEdit(str(self._person.extra[label])))
            self._extra[label] = line
            grid.addWidget(line, row + number // 2, 3 * (number % 2), 1, 3, Qt.AlignmentFlag.AlignTop)

    def _build_household(self) -> None:
        names = list_words(other.name for other in self._household)
        if self._household:
            self.column.addWidget(Text(f"Same household as {names}", "label", wrap=True))
            self.column.addWidget(self.leaves)
        else:
            self.column.addWidget(FormLine(self.theme, "Same household as", self.finder, "Leave empty if alone."))

    def _zone(self) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(f"As the business: {self.context.settings.value('business.zone')}")
        names = QCompleter(sorted(available_timezones()), line)
        names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        names.setFilterMode(Qt.MatchFlag.MatchContains)
        line.setCompleter(names)
        return line

    def _paragraph(self) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(self.theme.px(64))
        return field

    def _fill(self, person: Person) -> None:
        region = self._region()
        values = {name: getattr(person, name) for name in self._lines}
        values |= {
            "phone": shown(person.phone, region) if person.phone else "",
            "more_emails": ", ".join(person.more_emails),
            "more_phones": ", ".join(shown(number, region) for number in person.more_phones),
            "since": person.since.isoformat() if person.since else "",
        }
        for key, value in values.items():
            _show(self.line(key), str(value))

    def _entered(self) -> Person | None:
        """Return the person as entered, or None after saying beside each field what is wrong."""
        read: dict[str, Any] = {}
        wrong: list[FormLine] = []
        for key, line in self._lines.items():
            problem = ""
            try:
                read[key] = self._read(key, _text(line.control))
            except Problem as found:
                problem = f"{found.happened} {found.to_do}".strip()
                wrong.append(line)
            line.show_problem(problem)
        if not wrong and (nameless := self._nameless(read)):
            self._lines["given_name"].show_problem(nameless)
            wrong.append(self._lines["given_name"])
        if wrong:
            self.reveal(wrong[0].control)
            return None
        extra = {label: _text(line.control) for label, line in self._extra.items()}
        return replace(self._person, **read, extra=self._person.extra | extra)

    def _nameless(self, read: dict[str, Any]) -> str:
        try:
            checked(Person(read["given_name"], read["family_name"], read["company"]))
        except Problem as problem:
            return f"{problem.happened} {problem.to_do}"
        return ""

    def _read(self, key: str, text: str) -> Any:
        reader = self._readers().get(key)
        return reader(text) if reader else text

    def _readers(self) -> dict[str, Callable[[str], Any]]:
        return {
            "email": _address,
            "phone": self._number,
            "more_emails": _addresses,
            "more_phones": self._numbers,
            "since": _day,
            "zone": _zone_of,
        }

    def _number(self, text: str) -> str:
        return tidied_phone(text, self._region())

    def _numbers(self, text: str) -> tuple[str, ...]:
        return tuple(self._number(part) for part in _SEVERAL.split(text) if part.strip())

    def _region(self) -> str:
        return str(self.context.settings.value("business.region"))

    def _on_added(self, done: Done[CustomerId]) -> None:
        self._settle(int(done.result))

    def _on_edited(self, _done: Done[None] | None) -> None:
        if self._customer is not None:
            self._settle(int(self._customer.id))

    def _settle(self, customer: int) -> None:
        """Put the customer under the roof chosen, then leave."""
        runner, other = self.context.runner, self.finder.customer()
        if other is not None:
            runner.do(self.context.runner, join_household, None, CustomerId(customer), CustomerId(other))
        elif self.leaves.isChecked():
            runner.do(self.context.runner, leave_household, None, CustomerId(customer))
        self.saved.emit(customer)
        self.accept()


def _address(text: str) -> str:
    return check_address(text) if text else ""


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(check_address(part) for part in _SEVERAL.split(text) if part.strip())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Problem(f"“{text}” is not a day.", "", "Write it like 2021-03-02.") from None


def _zone_of(text: str) -> str:
    if text:
        zone_named(text)
    return text


def _combo(choices: Sequence[tuple[str, str]]) -> QComboBox:
    combo = QComboBox()
    for value, label in choices:
        combo.addItem(label, value)
    combo.view().setAccessibleName("Choices")
    return combo


def _dated() -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText("2021-03-02")
    return line


def _text(control: QWidget) -> str:
    if isinstance(control, QLineEdit):
        return control.text().strip()
    if isinstance(control, QPlainTextEdit):
        return control.toPlainText().strip()
    return str(control.currentData()) if isinstance(control, QComboBox) else ""


def _show(control: QWidget, value: str) -> None:
    if isinstance(control, QLineEdit):
        control.setText(value)
        control.setCursorPosition(0)
    elif isinstance(control, QPlainTextEdit):
        control.setPlainText(value)
    elif isinstance(control, QComboBox):
        if control.findData(value) < 0:
            control.addItem(value, value)
        control.setCurrentIndex(control.findData(value))
