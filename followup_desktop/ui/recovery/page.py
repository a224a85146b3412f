"""The place called Recovery: what went wrong, until it is put right and has held."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from followup_desktop.base.changes import Done
from followup_desktop.commands import cases as commands
from followup_desktop.commands import messages
from followup_desktop.core.cases.model import Case, CaseState
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.history.model import Happening
from followup_desktop.core.journeys.model import FollowUpId
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.recovery import lines
from followup_desktop.ui.recovery.pane import CasePane
from followup_desktop.ui.recovery.reading import CaseView, RecoveryView, case_view, recovery_view
from followup_desktop.ui.widgets.emptyplace import EmptyPlace
from followup_desktop.ui.widgets.grouped import GroupedList
from followup_desktop.ui.widgets.split import SplitPane

LIST_PX = 300


class RecoveryPage(PageBase):
    """Cases in groups by where they stand; beside the list, the one that is selected."""

    key: ClassVar[str] = "recovery"
    title: ClassVar[str] = "Recovery"
    icon: ClassVar[str] = "lifebuoy"
    kinds: ClassVar[tuple[str, ...]] = ("cases", "events", "follow_ups", "promises", "customers", "settings")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: RecoveryView | None = None
        self._case: CaseView | None = None
        self.list = GroupedList(self.theme, "Cases")
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self.pane = CasePane(self.theme)
        self._right = QStackedWidget()
        self._right.addWidget(QWidget())
        self._right.addWidget(self.pane)
        self.split = SplitPane(self.theme, self.list, self._right, list_px=LIST_PX)
        self.empty = EmptyPlace(
            self.theme,
            "lifebuoy",
            "Nothing needs putting right",
            "Log a complaint, a late or a missed visit, and it is owned here until it is put right and has held, "
            "however long that takes.",
            "Log a complaint",
        )
        self.empty.pressed.connect(self._on_empty)
        self._whole = QStackedWidget()
        self._whole.addWidget(self.split)
        self._whole.addWidget(self.empty)
        self.set_content(self._whole)
        self._connect()

    def reload(self) -> None:
        """Ask for the cases again."""
        self.runner.ask(self, partial(recovery_view, now=self.context.clock.now()), self._show, newest="cases")

    def focus_on(self, **focus: Any) -> None:
        """Show the case of `case_id`."""
        if focus.get("case_id") is not None:
            self.list.select(int(focus["case_id"]))
            self.split.show_pane()

    def state(self) -> dict[str, Any]:
        """Return the width of the list and the selection."""
        return {"width": self.split.width_of_list(), "selected": self.list.selected()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up width and selection."""
        self.split.set_width_of_list(int(state.get("width") or 0))
        if isinstance(state.get("selected"), int):
            self.list.select(state["selected"])

    def _connect(self) -> None:
        pane = self.pane
        pane.write_wanted.connect(self.write)
        pane.put_right.connect(self._on_put_right)
        pane.how.left.connect(self.list.setFocus)
        pane.held.connect(self.close_case)
        pane.did_not_hold.connect(self.reopen)
        pane.promise_wanted.connect(self.promise)
        pane.customer_wanted.connect(self.open_customer)
        self.on("next", self.list.next)
        self.on("previous", self.list.previous)
        self.on("write", self.write)
        self.on("done", self.go_on)
        self.on("promise", self.promise)
        self.on("open", self.open_customer)

    def _show(self, view: RecoveryView) -> None:
        self._view = view
        self.set_subtitle(lines.subtitle(view))
        self.list.show_groups(lines.groups(view))
        self._whole.setCurrentWidget(self.split if view.cases else self.empty)
        self._ask_case()

    def _ask_case(self) -> None:
        key = self.list.selected()
        if key is None:
            self._show_case(None)
        else:
            self.runner.ask(self, partial(case_view, key=int(key)), self._show_case, newest="case")

    def _show_case(self, case: CaseView | None) -> None:
        self._case = case
        if case is not None and self._view is not None:
            self.pane.show_case(case, self._view)
        self._right.setCurrentIndex(0 if case is None else 1)

    def _shown(self) -> Case | None:
        return self._case.case if self._case is not None else None

    @Slot()
    def write(self) -> None:
        """Say sorry, or ask whether it held: open Today's card of the case, or a new one."""
        view, case = self._view, self._case
        if view is None or case is None or case.case.state is CaseState.CLOSED:
            return
        if case.next is not None and case.next.opens <= view.now:
            self.context.go("today", follow_up_id=int(case.next.id))
            return
        purpose = Purpose.APOLOGY if case.case.state is CaseState.OPEN else Purpose.RECOVERY_CHECK
        self.runner.do(self, messages.write, self._on_started, case.case.customer, purpose)

    def _on_started(self, done: Done[FollowUpId]) -> None:
        self.context.go("today", follow_up_id=int(done.result))

    @Slot()
    def go_on(self) -> None:
        """Take the case one step on: ask how it was put right, or close it."""
        case = self._shown()
        if case is not None and case.state is CaseState.OPEN:
            self.pane.ask_how()
        elif case is not None and case.state is CaseState.PUT_RIGHT:
            self.close_case()

    @Slot(str)
    def _on_put_right(self, how: str) -> None:
        case = self._shown()
        if case is not None:
            self.runner.do(self, commands.put_right, None, int(case.id), how)
            self.list.setFocus()

    @Slot()
    def close_case(self) -> None:
        """Say that it held."""
        case = self._shown()
        if case is not None:
            self.runner.do(self, commands.close_case, None, int(case.id))

    @Slot()
    def reopen(self) -> None:
        """Say that it did not hold."""
        case = self._shown()
        if case is not None:
            self.runner.do(self, commands.reopen_case, None, int(case.id))

    @Slot()
    def promise(self) -> None:
        """Promise them something."""
        case = self._shown()
        if case is not None:
            self.context.promise(customer_id=int(case.customer))

    @Slot()
    def open_customer(self) -> None:
        """Show the customer."""
        case = self._shown()
        if case is not None:
            self.context.go("customers", customer_id=int(case.customer))

    @Slot(object)
    def _on_chosen(self, _case: object) -> None:
        self._ask_case()

    @Slot(object)
    def _on_opened(self, _case: object) -> None:
        self.split.show_pane()

    @Slot()
    def _on_empty(self) -> None:
        self.context.log(what=str(Happening.COMPLAINT))
