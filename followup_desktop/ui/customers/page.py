"""The place called Customers: the list, and the person beside it."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from followup_desktop.base.changes import Done
from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import number_words
from followup_desktop.commands.accounts import write_as
from followup_desktop.commands.messages import write
from followup_desktop.commands.operators import look_after
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.history.model import Event
from followup_desktop.core.messages.model import Letter
from followup_desktop.core.queue.model import About, Move, NextStep
from followup_desktop.core.queue.queries.about import about
from followup_desktop.ui.customers.edit import PersonDialog
from followup_desktop.ui.customers.lines import Listed
from followup_desktop.ui.customers.list import CustomerList
from followup_desktop.ui.customers.owned import Owned, OwnedDialog
from followup_desktop.ui.customers.person import PersonPane
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.parts.events import about_event, promise_about
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.emptyplace import EmptyPlace
from followup_desktop.ui.widgets.split import SplitPane

PANE_PX = 380


class CustomersPage(PageBase):
    """Every customer, found as one types; everything about one of them."""

    key: ClassVar[str] = "customers"
    title: ClassVar[str] = "Customers"
    icon: ClassVar[str] = "users-three"
    kinds: ClassVar[tuple[str, ...]] = (
        "customers", "customer_addresses", "contacts", "events", "follow_ups", "promises", "cases", "consents",
        "wishes", "contact_laws", "messages",
        "suppressions", "routes", "stops", "households", "settings", "equipment", "agreements", "operators",
        "accounts", "identities", "senders",
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._about: About | None = None
        self._wanted: int | None = None
        self._to_edit = ""  # the field of the form to begin with, where it is to be opened
        self._to_show: tuple[int | None, int | None] = (None, None)
        self.list = CustomerList(context)
        self.pane = PersonPane(context)
        self.split = SplitPane(context.theme, self.list, self.pane, list_px=-PANE_PX)
        self.empty = EmptyPlace(
            context.theme,
            "users-three",
            "No customers yet",
            "Bring them in from a file of the program you used so far, or add the person you saw today.",
            "Import a file",
        )
        self._first = Button(context.theme, "Add a customer", "link")
        self._first.clicked.connect(self.add)
        below = self.empty.layout()
        if isinstance(below, QVBoxLayout):
            below.insertWidget(below.count() - 1, self._first, 0, Qt.AlignmentFlag.AlignHCenter)
        self._places = QStackedWidget()
        self._places.addWidget(self.split)
        self._places.addWidget(self.empty)
        self.set_content(self._places)
        self._connect()
        self._keys()

    def reload(self) -> None:
        """Ask for the list, and for the person shown."""
        self.list.reload()
        self._ask(self._wanted if self._wanted is not None else self.pane.shown())

    def focus_on(
        self,
        customer_id: int | None = None,
        add: bool = False,
        edit: bool = False,
        field: str = "given_name",
        message_id: int | None = None,
        event_id: int | None = None,
        **_focus: Any,
    ) -> None:
        """Show a customer, a letter or a line of their history, with `edit` the form, or the form for a new one.

        `field` is where the form begins.
        """
        if add:
            self.add()
        if customer_id is not None:
            self._wanted, self._to_edit = customer_id, field if edit else ""
            self._to_show = (message_id, event_id)
            self.list.reveal(customer_id)
            self._ask(customer_id)
            self.split.show_pane()

    def state(self) -> dict[str, Any]:
        """Return what to remember over a restart."""
        return {**self.list.state(), "pane": self.split.width_of_list()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what was remembered."""
        self.list.restore(state)
        if isinstance(state.get("pane"), int) and state["pane"] < 0:
            self.split.set_width_of_list(state["pane"])

    def selected(self) -> int | None:
        """Return who is shown beside the list."""
        return self.pane.shown()

    @Slot()
    def add(self) -> None:
        """Open the form for a new customer."""
        dialog = PersonDialog(self.context, self.window())
        dialog.saved.connect(self._on_added)
        dialog.show()

    @Slot()
    def edit(self) -> None:
        """Open the form of the customer shown."""
        self._open_form("given_name")

    def _open_form(self, field: str) -> None:
        if self._about is not None:
            about = self._about
            PersonDialog(self.context, self.window(), about.customer, about.household, begin=field).show()

    @Slot()
    def write(self) -> None:
        """Put a message to the customer shown on today's list, and go there."""
        if (customer := self.selected()) is not None:
            self.runner.do(self, write, self._on_written, CustomerId(customer))

    @Slot()
    def call(self) -> None:
        """Show the number, and note what was said."""
        if (customer := self.selected()) is not None:
            self.context.log(customer_id=customer, what="call")

    @Slot()
    def promise(self) -> None:
        """Promise the customer shown something."""
        customer = self.selected()
        self.context.promise(**({} if customer is None else {"customer_id": customer}))

    @Slot()
    def log(self) -> None:
        """Log something about the customer shown."""
        customer = self.selected()
        self.context.log(**({} if customer is None else {"customer_id": customer}))

    @Slot()
    def put_right(self) -> None:
        """Ask what went wrong for the customer shown, and open a case."""
        customer = self.selected()
        self.context.put_right(**({} if customer is None else {"customer_id": customer}))

    @Slot(object)
    def _on_put_right_about(self, event: Event) -> None:
        self.context.put_right(**about_event(event))

    @Slot(object)
    def _on_promise_about(self, event: Event) -> None:
        self.context.promise(**promise_about(event))

    @Slot(object)
    def _on_letter_wrong(self, letter: Letter) -> None:
        customer = self.selected()
        if customer is not None:
            self.context.put_right(customer_id=customer, text=letter.text, how="email", message=int(letter.id))

    @Slot(object)
    def _on_letter_promise(self, letter: Letter) -> None:
        customer = self.selected()
        if customer is not None:
            self.context.promise(customer_id=customer, message=int(letter.id))

    def _connect(self) -> None:
        self.list.listed.connect(self._on_listed)
        self.list.import_wanted.connect(self._on_import)
        self.list.add_wanted.connect(self.add)
        self.list.table.chosen.connect(self._on_chosen)
        self.list.table.opened.connect(self._on_opened)
        self.empty.pressed.connect(self._on_import)
        self.pane.write_wanted.connect(self.write)
        self.pane.call_wanted.connect(self.call)
        self.pane.promise_wanted.connect(self.promise)
        self.pane.log_wanted.connect(self.log)
        self.pane.put_right_wanted.connect(self.put_right)
        self.pane.history.put_right_wanted.connect(self._on_put_right_about)
        self.pane.history.promise_wanted.connect(self._on_promise_about)
        self.pane.mail.put_right_wanted.connect(self._on_letter_wrong)
        self.pane.mail.promise_wanted.connect(self._on_letter_promise)
        self.pane.edit_wanted.connect(self.edit)
        self.pane.given.connect(self._on_given)
        self.pane.sender_chosen.connect(self._on_sender)
        self.pane.step_wanted.connect(self._on_step)
        self.pane.opened.connect(self._on_thing)
        self.pane.owned_wanted.connect(self._on_owned)
        self.pane.left.connect(self._on_left)

    def _keys(self) -> None:
        table = self.list.table
        self.on("next", table.next)
        self.on("previous", table.previous)
        self.on("open", self._on_open)
        self.on("search", self._on_search)
        self.on("write", self.write)
        self.on("call", self.call)
        self.on("promise", self.promise)
        self.on("log", self.log)
        self.on("put_right", self.put_right)

    def _ask(self, customer: int | None) -> None:
        if customer is None:
            return
        now = self.context.clock.now()
        self.runner.ask(
            self, partial(about, key=customer, now=now), self._show_person, failed=self._on_gone, newest="person"
        )

    def _show_person(self, found: About) -> None:
        self._about, self._wanted = found, None
        self.pane.show_person(found, self.context.clock.now())
        message, event = self._to_show
        self._to_show = (None, None)
        if message is not None:
            self.pane.show_letter(message)
        elif event is not None:
            self.pane.show_event(event)
        if self._to_edit:
            field, self._to_edit = self._to_edit, ""
            self._open_form(field)

    def _on_gone(self, _problem: Problem) -> None:
        self._about, self._wanted = None, None
        self.pane.show_nobody()

    @Slot(object)
    def _on_listed(self, found: Listed) -> None:
        self._places.setCurrentWidget(self.split if found.all else self.empty)
        risk = f" · {number_words(found.at_risk)} at risk" if found.at_risk else ""
        self.set_subtitle(f"{number_words(found.active)} active{risk}" if found.all else "")
        if self.list.table.selected() is None and self._wanted is None and found.rows and self.pane.shown() is None:
            self.list.table.selectRow(0)

    @Slot(object)
    def _on_chosen(self, customer: int | None) -> None:
        if customer is not None and customer != self._wanted:
            self._wanted = None
            self._ask(customer)

    @Slot(object)
    def _on_opened(self, customer: int) -> None:
        self._ask(customer)
        self.split.show_pane()
        self.pane.take_focus()

    @Slot()
    def _on_open(self) -> None:
        if (customer := self.list.table.selected()) is not None:
            self._on_opened(customer)

    @Slot()
    def _on_left(self) -> None:
        self.split.show_list()
        self.list.table.setFocus()

    @Slot()
    def _on_search(self) -> None:
        self.split.show_list()
        self.list.search.setFocus()
        self.list.search.selectAll()

    @Slot()
    def _on_import(self) -> None:
        self.context.go("importing")

    @Slot()
    def _on_log(self) -> None:
        self.log()

    def _on_added(self, customer: int) -> None:
        self.focus_on(customer_id=customer)

    def _on_written(self, done: Done[Any]) -> None:
        self.context.go("today", follow_up_id=done.result)

    @Slot(object)
    def _on_given(self, operator: int | None) -> None:
        key = self.pane.shown()
        if key is not None:
            self.runner.do(self, look_after, None, CustomerId(key), operator)

    @Slot(int, object)
    def _on_sender(self, account: int, identity: int | None) -> None:
        key, about = self.pane.shown(), self._about
        if key is not None and about is not None:
            usual = identity is None and any(
                each.account.id == account and each.account.is_usual for each in about.senders
            )
            self.runner.do(self, write_as, None, key, None if usual else account, identity)

    @Slot(object)
    def _on_step(self, step: NextStep) -> None:
        match step.move:
            case Move.CALL:
                self.call()
            case Move.WRITE:
                self.write()
            case Move.NONE:
                return
            case _:
                self._on_thing(str(step.move), step.key or 0)

    @Slot(str, object)
    def _on_owned(self, kind: str, thing: Owned | None) -> None:
        """Open the form of something the customer shown owns or has agreed."""
        if self._about is not None:
            OwnedDialog(self.context, self.window(), self._about.customer.id, kind, thing).show()

    @Slot(str, int)
    def _on_thing(self, what: str, key: int) -> None:
        match what:
            case "promise":
                self.context.go("promises", promise_id=key)
            case "case":
                self.context.go("recovery", case_id=key)
            case "follow_up":
                self.context.go("today", follow_up_id=key)
            case "customer":
                self.focus_on(customer_id=key)
