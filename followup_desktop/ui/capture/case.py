"""Something went wrong: whose, what, in their words; it opens a case, and the case is shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from followup_desktop.base.changes import Done
from followup_desktop.base.wording import sentence
from followup_desktop.commands.cases import open_case
from followup_desktop.core.cases.model import HOW_LABELS, CaseId, How
from followup_desktop.core.customers.model import Customer, CustomerId
from followup_desktop.core.customers.queries import customer as customer_of
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.dialog import EntryDialog
from followup_desktop.ui.parts.finder import CustomerFinder
from followup_desktop.ui.widgets.choices import Choices
from followup_desktop.ui.widgets.formline import FormLine
from followup_desktop.ui.widgets.text import Text

NOT_SAID = "Not said"


class CaseDialog(EntryDialog):
    """Whose, what went wrong, and how you know. Ctrl+Enter opens the case and goes there."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        customer_id: int | None = None,
        *,
        text: str = "",
        how: str = "",
        event: int | None = None,
        message: int | None = None,
    ) -> None:
        """Start with a customer, their words, how they said them, and the event or the mail it is about."""
        super().__init__(context, "Something went wrong", "Open the case", parent)
        theme, self._event = self.theme, event
        self._message = message
        self.finder = CustomerFinder(context)
        self.words = QPlainTextEdit(text)
        self.words.setTabChangesFocus(True)
        self.words.setMinimumHeight(theme.px(96))
        self.how = Choices()
        self.how.addItem(NOT_SAID, "")
        for each, label in HOW_LABELS.items():
            self.how.addItem(sentence(label), str(each))
        self.how.setCurrentIndex(max(0, self.how.findData(how)))
        self._whom = FormLine(theme, "Whose", self.finder)
        self._what = FormLine(theme, "What went wrong, in their words", self.words)
        self._known = FormLine(theme, "How you know", self.how)
        self.column.addWidget(self._whom)
        self.column.addWidget(self._what, 1)
        self.column.addWidget(self._known)
        self.column.addWidget(
            Text(
                "It stays in Recovery until it is put right and has held. Until then nothing else goes to them.",
                "muted",
                wrap=True,
            )
        )
        self.finder.chosen.connect(self._on_customer)
        self.resize(theme.px(520), theme.px(476))
        if customer_id is None:
            self.finder.setFocus()
        else:
            self.words.setFocus()
            self._ask_customer(customer_id)
        if event is not None or message is not None:
            self.finder.fix()

    def save(self) -> None:
        """Open the case when it is said whose it is and what went wrong."""
        self.clear_problem()
        customer, words = self.finder.customer(), self.words.toPlainText().strip()
        self._whom.show_problem("" if customer is not None else "Choose whose case this is.")
        self._what.show_problem("" if words else "Say it in a few words.")
        if customer is None:
            self.reveal(self.finder.field)
        elif not words:
            self.reveal(self.words)
        else:
            self.busy(True)
            how = How(self.how.currentData()) if self.how.currentData() else None
            command = partial(open_case, event=self._event, message=self._message)
            given = (CustomerId(customer), words, how)
            self.context.runner.attempt(self, command, self._on_opened, self.show_problem, *given)

    def _ask_customer(self, customer: int) -> None:
        question = partial(customer_of, key=customer)
        self.context.runner.ask(self, question, self._show_customer, failed=self.show_problem, newest="customer")

    def _show_customer(self, customer: Customer) -> None:
        self.finder.show_customer(int(customer.id), customer.name, customer.person.street)
        self._whom.show_problem("")

    def _on_opened(self, done: Done[CaseId]) -> None:
        self.accept()
        self.context.go("recovery", case_id=int(done.result))

    @Slot(object)
    def _on_customer(self, customer: int | None) -> None:
        if customer is not None:
            self._ask_customer(customer)
            self.words.setFocus()
