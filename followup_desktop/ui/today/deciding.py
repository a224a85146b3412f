"""Answers to rows that are no cards: what waited for a case, what fell due in days off, what nobody answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from followup_desktop.base.changes import Done
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.today.pane import CardPane
from followup_desktop.ui.today.popover import LaterPopover, Popover
from followup_desktop.ui.today.sight import Sight


class Deciding(QObject):
    """Carries the answers out, for the row shown. Each is one command, and can be undone."""

    written = Signal(int)  # follow-up made to write to someone again
    answered = Signal()

    def __init__(
        self,
        context: Context,
        page: QWidget,
        pane: CardPane,
        sight: Sight,
    ) -> None:
        super().__init__(page)
        self._context, self._page, self._pane, self._sight = context, page, pane, sight
        self._runner = context.runner
        self.popover: Popover | None = None

    def acts(self) -> dict[str, Callable[[], None]]:
        """Return what each answer does."""
        return {
            "resume": partial(self._after_case, "resume"),
            "start_over": partial(self._after_case, "start_over"),
            "drop_waited": partial(self._after_case, "drop"),
            "back_today": self._do_today,
            "take_up": self._do_today,
            "back_drop": self._drop,
            "later": self.later,
            "write_again": self._write_again,
            "let_rest": self._let_rest,
            "stop_mail": partial(self._asked, "stop_mail_as_asked"),
            "stop_everything": partial(self._asked, "stop_everything_as_asked"),
            "not_so": partial(self._asked, "not_meant_so"),
            "grant": partial(self._asked, "grant"),
            "correct": self._correct,
            "ring": self._ring,
            "adopt": self._adopt,
            "no_customer": self._no_customer,
        }

    def answers(self, key: str) -> bool:
        """Give the answer that stands on a key, if the row shown has one there."""
        action = self._pane.choices.by_key(key) if self._pane.choices.isVisibleTo(self._pane) else ""
        if action:
            self.give(action)
        return bool(action)

    def give(self, action: str) -> None:
        """Give an answer of the row shown."""
        kind, _, customer = action.partition("_")
        if kind == "adopt" and customer.isdigit():
            self._adopt(int(customer))
        else:
            self.acts()[action]()

    def stop_journey(self, follow_up: int) -> None:
        """Stop the journey a follow-up belongs to, for this customer."""
        from followup_desktop.commands.queue import stop_journey

        self._runner.do(self._page, stop_journey, None, follow_up)

    @Slot()
    def begin(self) -> None:
        """Begin the day: what is undecided stands on the list as usual."""
        from followup_desktop.commands.queue import begin_day

        self._runner.do(self._page, begin_day, None)

    def look(self) -> None:
        """Remember that Today was looked at; after days off, also that they are to be come back from."""
        from followup_desktop.commands.queue import seen

        self._runner.do(self._page, seen, None)

    @Slot()
    def later(self) -> None:
        """Ask until when something that fell due in days off is put off."""
        self.popover = LaterPopover(self._context.theme, self._sight.today(), self._page)
        self.popover.answered.connect(self._put_off)
        self.popover.open_above(self._pane.choices)

    @Slot(str)
    def _put_off(self, day: str) -> None:
        from followup_desktop.commands.messages import later

        self._do(later, date.fromisoformat(day))

    def _after_case(self, decision: str) -> None:
        from followup_desktop.commands.queue import AfterCase, after_case

        self._do(after_case, AfterCase(decision))

    def _do_today(self) -> None:
        from followup_desktop.commands.queue import do_today

        self._do(do_today)

    def _drop(self) -> None:
        from followup_desktop.commands.queue import drop

        self._do(drop)

    def _let_rest(self) -> None:
        from followup_desktop.commands.queue import let_rest

        self._do(let_rest)

    def _asked(self, name: str) -> None:
        """Say what a customer meant who seems to ask for something."""
        from followup_desktop.commands import consent

        self._do(getattr(consent, name))

    def _correct(self) -> None:
        """Open the form of the customer whose address is gone."""
        self._context.go("customers", customer_id=self._pane.customer(), edit=True, field="email")

    def _ring(self) -> None:
        self._context.log(customer_id=self._pane.customer(), what="call")

    def _adopt(self, customer: int | None = None) -> None:
        from followup_desktop.commands.mailbox import adopt

        self._do(adopt, customer)

    def _no_customer(self) -> None:
        from followup_desktop.commands.mailbox import not_a_customer

        self._do(not_a_customer)

    def _write_again(self) -> None:
        from followup_desktop.commands.messages import write

        if self._pane.customer():
            self._runner.do(self._page, write, self._on_written, self._pane.customer())  # type: ignore[arg-type]

    def _on_written(self, done: Done[Any]) -> None:
        self.written.emit(int(done.result))

    def _do(self, command: Any, *given: Any) -> None:
        if self._sight.chosen is not None:
            self._runner.do(self._page, command, self._on_done, self._sight.chosen[1], *given)

    def _on_done(self, _done: Done[Any]) -> None:
        self.answered.emit()
