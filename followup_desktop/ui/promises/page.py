"""The place called Promises: one line to make one, and every one that is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from followup_desktop.base.changes import Changes, Done
from followup_desktop.commands import messages
from followup_desktop.commands import promises as commands
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.journeys.model import FollowUpId
from followup_desktop.core.promises.model import Offer, Promise, PromiseState
from followup_desktop.ui.capture.promise import PromiseLine
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.promises import lines
from followup_desktop.ui.promises.offered import OfferPane
from followup_desktop.ui.promises.pane import PromisePane
from followup_desktop.ui.promises.reading import PromisesView, follow_up_of, promises_view
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Panel
from followup_desktop.ui.widgets.emptyplace import EmptyPlace
from followup_desktop.ui.widgets.grouped import GroupedList
from followup_desktop.ui.widgets.split import SplitPane
from followup_desktop.ui.widgets.text import Line

EXAMPLE = "ring Carl about the heater Friday 9am"
PANE_PX = 420


class PromisesPage(PageBase):
    """Promises in groups by when they are due; beside the list, the one that is selected."""

    key: ClassVar[str] = "promises"
    title: ClassVar[str] = "Promises"
    icon: ClassVar[str] = "handshake"
    kinds: ClassVar[tuple[str, ...]] = ("promises", "promise_offers", "reminders", "customers", "settings")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._tell_of: int | None = None
        self._view: PromisesView | None = None
        self.line = PromiseLine(context)
        self.list = GroupedList(self.theme, "Promises")
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self.empty = EmptyPlace(
            self.theme,
            "handshake",
            "Nothing is promised",
            "Whatever you told a customer you would do becomes a reminder here. Type it in the line above as you would "
            f"say it: “{EXAMPLE}”.",
            "Make the first one",
        )
        self.empty.pressed.connect(self._on_first)
        self.pane = PromisePane(self.theme)
        self.offered = OfferPane(self.theme)
        self.calendar = Button(self.theme, "Calendar file", icon="calendar-blank")
        self.calendar.clicked.connect(self.ask_for_calendar)
        self.bar.add(self.calendar)
        self._build()
        self._connect()

    def reload(self) -> None:
        """Ask for the promises again."""
        self.runner.ask(self, partial(promises_view, now=self.context.clock.now()), self._show, newest="promises")

    def focus_on(self, **focus: Any) -> None:
        """Show the promise of `promise_id`, with `tell` asking for the later time to tell, or with `new` start one."""
        if focus.get("new"):
            self.line.setFocus()
        if focus.get("found") and self._view is not None and self._view.offers:
            self.list.select(lines.offer_id(self._view.offers[0]))
            self.split.show_pane()
        if focus.get("promise_id") is not None:
            self._tell_of = int(focus["promise_id"]) if focus.get("tell") else None
            if self.list.select(int(focus["promise_id"])):
                self._show_selected()
            self.split.show_pane()

    def state(self) -> dict[str, Any]:
        """Return the width of the pane and the selection."""
        return {"width": self.split.width_of_list(), "selected": self.list.selected()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up width and selection."""
        self.split.set_width_of_list(int(state.get("width") or 0))
        if isinstance(state.get("selected"), int):
            self.list.select(state["selected"])

    def selected(self) -> Promise | None:
        """Return the promise shown in the pane."""
        key, view = self.list.selected(), self._view
        return next((p for p in (*view.open, *view.settled) if p.id == key), None) if view and key is not None else None

    def offer(self) -> Offer | None:
        """Return the promise found that is shown in the pane."""
        key, view = self.list.selected(), self._view
        return next((one for one in view.offers if lines.offer_id(one) == key), None) if view else None

    def _build(self) -> None:
        px = self.theme.px
        capture = QWidget()
        column = QVBoxLayout(capture)
        column.setContentsMargins(px(16), px(12), px(16), px(10))
        column.addWidget(self.line)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        left = Panel()
        left.column.addWidget(capture)
        left.column.addWidget(Line())
        left.column.addWidget(self._stack, 1)
        self._right = QStackedWidget()
        self._right.addWidget(QWidget())
        self._right.addWidget(self.pane)
        self._right.addWidget(self.offered)
        self.split = SplitPane(self.theme, left, self._right, list_px=-PANE_PX)
        self.set_content(self.split)

    def _connect(self) -> None:
        pane = self.pane
        self.line.made.connect(self._on_made)
        self.line.cleared.connect(self.list.setFocus)
        pane.kept.connect(self.keep)
        pane.broken.connect(self._on_broken)
        pane.withdrawn.connect(self._on_withdrawn)
        pane.moved.connect(self._on_moved)
        pane.late_told.connect(self._on_late_told)
        pane.write_wanted.connect(self.write)
        pane.customer_wanted.connect(self._on_customer)
        pane.source_wanted.connect(self._on_source)
        self.offered.source_wanted.connect(self._on_source)
        self.offered.accepted.connect(self._on_accepted)
        self.offered.refused.connect(self.refuse)
        self.offered.customer_wanted.connect(self._on_customer)
        self.on("next", self.list.next)
        self.on("previous", self.list.previous)
        self.on("open", self._open_customer)
        self.on("skip", self.refuse)
        self.on("done", self.keep)
        self.on("later", pane.offer_later)
        self.on("tell_late", pane.offer_to_tell)
        self.on("write", self.write)
        self.on("promise", self._on_first)

    def take_focus(self) -> None:
        """Give the focus to the list, or to the line where there is none."""
        (self.line if self._is_empty() else self.list).setFocus()

    def _is_empty(self) -> bool:
        return self._view is not None and not (self._view.open or self._view.settled or self._view.offers)

    def _show(self, view: PromisesView) -> None:
        with_list = self.window().focusWidget() is self.list  # also while the window is not in front yet
        self._view = view
        self.set_subtitle(lines.subtitle(view))
        self.list.show_groups(lines.groups(view))
        self._stack.setCurrentWidget(self.empty if self._is_empty() else self.list)
        self._show_selected()
        if with_list:
            self.take_focus()

    def _show_selected(self) -> None:
        promise, offer = self.selected(), self.offer()
        if promise is not None and self._view is not None:
            self.pane.show_promise(promise, self._view)
            if promise.id == self._tell_of:
                self._tell_of = None
                self.pane.offer_to_tell()
        if offer is not None and self._view is not None:
            self.offered.show_offer(offer, self._view)
        self._right.setCurrentIndex(1 if promise is not None else 2 if offer is not None else 0)

    @Slot()
    def ask_for_calendar(self) -> None:
        """Ask where, then write everything open as a file for another calendar."""
        chosen, _kind = QFileDialog.getSaveFileName(self, "Calendar file", "followup.ics", "Calendar (*.ics)")
        if chosen:
            self.write_calendar(Path(chosen))

    def write_calendar(self, path: Path) -> None:
        """Write the calendar file in the background."""
        from followup_desktop.jobs.export import export_calendar  # what it writes with is seldom needed

        question = partial(export_calendar, path=path, now=self.context.clock.now())
        self.runner.ask(self, question, self._on_written)

    def _on_written(self, path: Path) -> None:
        self.context.say(Done(None, Changes(), None, f"Calendar file saved: {path.name}"))

    @Slot()
    def keep(self) -> None:
        """Say that the selected promise was kept, or keep the one that was found in mind."""
        if self.offer() is not None:
            self.offered.accept()
        else:
            self._settle(commands.keep_promise)

    @Slot()
    def refuse(self) -> None:
        """Say that what was found is no promise."""
        offer = self.offer()
        if offer is not None:
            self.runner.do(self, commands.refuse_offer, None, offer.id)

    @Slot(object, object)
    def _on_accepted(self, day: date | None, at: time | None) -> None:
        offer = self.offer()
        if offer is not None:
            self.runner.do(self, commands.accept_offer, None, offer.id, day, at)

    def _open_customer(self) -> None:
        offer = self.offer()
        if offer is not None:
            self._on_customer(offer.customer_id)
        else:
            self.pane.open_customer()

    @Slot()
    def write(self) -> None:
        """Write to the customer: open Today's card of the selected promise, or, before its day, a new one."""
        promise = self._open_one()
        if promise is not None and promise.customer_id is not None:
            question = partial(follow_up_of, promise=promise.id, now=self.context.clock.now())
            self.runner.ask(self, question, partial(self._go_to_card, CustomerId(promise.customer_id)))

    def _go_to_card(self, customer: CustomerId, follow_up: int | None) -> None:
        if follow_up is None:
            self.runner.do(self, messages.write, self._on_started, customer, Purpose.PROMISE)
        else:
            self.context.go("today", follow_up_id=follow_up)

    def _on_started(self, done: Done[FollowUpId]) -> None:
        self.context.go("today", follow_up_id=int(done.result))

    def _open_one(self) -> Promise | None:
        promise = self.selected()
        return promise if promise is not None and promise.state is PromiseState.OPEN else None

    def _settle(self, command: Callable[..., Any]) -> None:
        promise = self._open_one()
        if promise is not None:
            self.runner.do(self, command, None, promise.id)

    @Slot()
    def _on_broken(self) -> None:
        self._settle(commands.break_promise)

    @Slot()
    def _on_withdrawn(self) -> None:
        self._settle(commands.withdraw_promise)

    @Slot(object, bool)
    def _on_moved(self, until: datetime, timed: bool) -> None:
        promise = self._open_one()
        if promise is not None:
            self.runner.do(self, commands.move_promise, None, promise.id, until, timed=timed)

    @Slot(object, bool)
    def _on_late_told(self, until: datetime, timed: bool) -> None:
        promise = self._open_one()
        if promise is not None:
            self.runner.do(self, commands.tell_late, self._on_started, promise.id, until, timed=timed)

    @Slot(int)
    def _on_made(self, promise: int) -> None:
        self.list.select(promise)

    @Slot(object)
    def _on_chosen(self, _promise: object) -> None:
        self._show_selected()

    @Slot(object)
    def _on_opened(self, _promise: object) -> None:
        self.split.show_pane()

    @Slot()
    def _on_first(self) -> None:
        self.split.show_list()
        self.line.setFocus()

    @Slot(object)
    def _on_source(self, one: Promise | Offer) -> None:
        if one.customer_id is None:
            return
        if one.message is not None:
            self.context.go("customers", customer_id=one.customer_id, message_id=one.message)
        else:
            self.context.go("customers", customer_id=one.customer_id, event_id=one.event)

    @Slot(int)
    def _on_customer(self, customer: int) -> None:
        self.context.go("customers", customer_id=customer)
