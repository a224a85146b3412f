"""All that is kept of one person: in one file for them, or erased for good once their name was typed."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from followup_desktop.base.changes import Changes, Done
from followup_desktop.core.customers.model import Customer, CustomerId
from followup_desktop.core.customers.rules import is_named, proof_of
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.dialog import EntryDialog
from followup_desktop.ui.runner import Progress
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.formline import FormLine
from followup_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from followup_desktop.app import Program
    from followup_desktop.jobs.person import Erased

WHAT_GOES = (
    "Everything kept about {name} is erased for good: history, messages, promises, cases, what waits for them. "
    "There is no undo. The proof of it stays, without the name."
)
ELSEWHERE = "Copies made before this day and your mailbox are not changed by it."
NOTHING_MORE = "Nothing goes to their addresses and numbers any more, also when an import brings them back"


class TheirData(QWidget):
    """Two ways a customer may ask for: everything in one file, or nothing any more."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._customer: Customer | None = None
        theme, px = context.theme, context.theme.px
        self.save = Button(theme, "Save all that is kept about them…", icon="download-simple", size="small")
        self.erase = Button(theme, "Erase…", icon="trash", size="small", name="Erase this customer")
        self.save.clicked.connect(self._on_save)
        self.erase.clicked.connect(self._on_erase)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(Text("When they ask for their data", "strong"))
        column.addWidget(self.save)
        column.addWidget(self.erase)

    def show_person(self, customer: Customer) -> None:
        """Show whose it is."""
        self._customer = customer

    @Slot()
    def _on_save(self) -> None:
        if self._customer is None:
            return
        name = re.sub(r"[^\w .-]+", "_", self._customer.name).strip(" .") or "customer"
        kinds = "Page to read (*.html);;JSON (*.json)"
        chosen, _kind = QFileDialog.getSaveFileName(self, "Save all that is kept", f"{name}.html", kinds)
        if chosen:
            work = partial(_write, self._context.program, self._customer.id, Path(chosen))
            self._context.runner.run(self, work, self._on_saved, self._context.problem)

    def _on_saved(self, path: Path) -> None:
        self._context.say(Done(None, Changes(frozenset()), None, f"Saved as {path.name}"))

    @Slot()
    def _on_erase(self) -> None:
        if self._customer is not None:
            EraseDialog(self._context, self.window(), self._customer).show()


class EraseDialog(EntryDialog):
    """Asks for the name before somebody is erased, and shows the proof."""

    erased = Signal(int)

    def __init__(self, context: Context, parent: QWidget, customer: Customer) -> None:
        super().__init__(context, f"Erase {customer.name}", "Erase for good", parent)
        self._customer = customer
        self.name = QLineEdit()
        self.stop = QCheckBox("They want to hear nothing more")
        self.stop.setChecked(True)
        self.stop.setAccessibleDescription(NOTHING_MORE)
        self.proof = Banner(self.theme, tone="good")
        self.proof.hide()
        self._line = FormLine(self.theme, f"Type “{customer.name}”", self.name, "")
        self._asked = (
            Text(WHAT_GOES.format(name=customer.name), wrap=True),
            Text(ELSEWHERE, "muted", wrap=True),
            self._line,
            self.stop,
            Text(f"{NOTHING_MORE}.", "label", wrap=True),
        )
        for part in (*self._asked, self.proof):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.save_button.setEnabled(False)
        self.name.textChanged.connect(self._on_typed)
        self.name.returnPressed.connect(self._on_save)
        self.resize(self.theme.px(460), self.theme.px(420))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: begin in the field."""
        super().showEvent(event)
        self.name.setFocus()

    def save(self) -> None:
        """Erase them."""
        self.clear_problem()
        self.busy(True)
        may_write = not self.stop.isChecked()
        work = partial(_erase, self.context.program, self._customer.id, self.name.text(), may_write)
        self.context.runner.run(self, work, self._on_erased, self.show_problem)

    @Slot()
    def _on_typed(self) -> None:
        self.save_button.setEnabled(is_named(self._customer.name, self.name.text()))

    def _on_erased(self, done: Erased) -> None:
        settings = self.context.settings
        words = proof_of(done.proof, str(settings.value("business.name")), str(settings.value("business.zone")))
        named = [name for _key, name in done.named_by]
        also = f" They are still named in the history of {', '.join(named)}." if named else ""
        for part in self._asked:
            part.hide()
        first, _, rest = words.partition("\n")
        self.proof.say("Erased.", f"{first} {rest}{also}".replace("\n", " "), tone="good")
        self.proof.show()
        self.save_button.hide()
        self._cancel.setText("Close")
        self._cancel.setFocus()
        self.erased.emit(self._customer.id)


# Done in the background. Nothing of it is Qt's.


def _write(program: Program, customer: CustomerId, path: Path, _progress: Progress) -> Path:
    from followup_desktop.jobs.person import export_person

    with program.desk.store.read() as session:
        return export_person(session, customer, path, program.clock.now())


def _erase(program: Program, customer: CustomerId, name: str, may_write: bool, _progress: Progress) -> Erased:
    from followup_desktop.jobs.person import erase

    return erase(program.desk, customer, name, may_write=may_write)
