"""The place called Recovery: what went wrong, until it is put right and has held."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from followup_desktop.base.changes import Done
from followup_desktop.base.errors import Problem
from followup_desktop.base.money import Money, parse_amount
from followup_desktop.base.wording import clock_words, long_date_words
from followup_desktop.base.zones import local_day
from followup_desktop.commands import cases as commands
from followup_desktop.commands.promises import keep_promise
from followup_desktop.core.cases.model import CHANGED, Case, CaseState, Closing, Step
from followup_desktop.core.cases.rules import CaseGroup
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.journeys.model import FollowUpId
from followup_desktop.core.promises.model import Match, NewPromise, Understood
from followup_desktop.core.promises.rules import questions, understand
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.recovery import lines
from followup_desktop.ui.recovery.counts import CountsPane
from followup_desktop.ui.recovery.pane import CasePane
from followup_desktop.ui.recovery.reading import CaseView, RecoveryView, advice_on_apology, case_view, recovery_view
from followup_desktop.ui.widgets.emptyplace import EmptyPlace
from followup_desktop.ui.widgets.grouped import GroupedList
from followup_desktop.ui.widgets.split import SplitPane

LIST_PX = 300


class RecoveryPage(PageBase):
    """Cases in groups by where they stand; beside the list, the one that is selected."""

    key: ClassVar[str] = "recovery"
    title: ClassVar[str] = "Recovery"
    icon: ClassVar[str] = "lifebuoy"
    kinds: ClassVar[tuple[str, ...]] = (
        *("cases", "case_steps", "case_offers", "case_promises", "case_events", "causes"),
        *("events", "follow_ups", "promises", "customers", "settings"),
    )

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
        self.counts = CountsPane(self.theme)
        self._right.addWidget(self.counts)
        self.split = SplitPane(self.theme, self.list, self._right, list_px=LIST_PX)
        self.empty = EmptyPlace(
            self.theme,
            "lifebuoy",
            "Nothing needs putting right",
            "A complaint, a late or a missed visit, a low rating is owned here until it is put right and has held, "
            "however long that takes.",
            "Something went wrong",
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
        elif focus.get("ledger"):
            self.list.select((lines.LEDGER, ""))
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
        self._connect_steps()
        self.on("next", self.list.next)
        self.on("previous", self.list.previous)
        self.on("write", self.write)
        self.on("done", self.go_on)
        self.on("promise", self.promise)
        self.on("open", self.open_customer)

    def _connect_steps(self) -> None:
        steps, loop = self.pane.steps, self.pane.loop
        steps.noted.connect(self._on_noted)
        steps.done.connect(self._on_step_done)
        steps.apology_typed.connect(self._on_apology)
        steps.offered.connect(self._on_offered)
        steps.given.connect(self._on_given)
        steps.withdrawn.connect(self._on_withdrawn)
        steps.promise_typed.connect(self._on_promise_typed)
        steps.assured.connect(self._on_assured)
        steps.kept.connect(self._on_kept)
        loop.closed.connect(self._on_closed)
        loop.told.connect(self._on_told)
        loop.tell_wanted.connect(self.tell)
        self.counts.renamed.connect(self._on_renamed)
        self.counts.merged.connect(self._on_merged)
        self.counts.removed.connect(self._on_removed)
        self.counts.added.connect(self._on_added)
        self.counts.left.connect(self.list.setFocus)
        self.counts.case_wanted.connect(self._on_case)

    def _show(self, view: RecoveryView) -> None:
        self._view = view
        self.set_subtitle(lines.subtitle(view))
        shown = self._shown()
        if shown is not None and lines.was_closed(shown, view):
            self.list.unfold(str(CaseGroup.CLOSED))  # the case stays in sight, beside Undo
        self.list.show_groups(lines.groups(view))
        self._whole.setCurrentWidget(self.split if view.cases else self.empty)
        self._ask_case()

    def _ask_case(self) -> None:
        key = self.list.selected()
        if isinstance(key, tuple):
            self._show_counts(*key)
        elif key is None:
            self._show_case(None)
        else:
            self.runner.ask(self, partial(case_view, key=int(key)), self._show_case, newest="case")

    def _show_case(self, case: CaseView | None) -> None:
        self._case = case
        if case is not None and self._view is not None:
            self.pane.show_case(case, self._view)
        self._right.setCurrentIndex(0 if case is None else 1)

    def _show_counts(self, kind: str, name: str) -> None:
        self._case, view = None, self._view
        if view is not None and kind == lines.LEDGER:
            self.counts.show_ledger(view)
        elif view is not None:
            self.counts.show_cause(view.count(name), view)
        self._right.setCurrentWidget(self.counts)

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
        self.runner.do(self, commands.write, self._on_started, int(case.case.id), purpose)

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
    def tell(self) -> None:
        """Write to them what was changed."""
        case = self._shown()
        if case is not None:
            self.runner.do(self, commands.write, self._on_started, int(case.id), Purpose.ANSWER, CHANGED)

    @Slot(str, str)
    def _on_noted(self, step: str, note: str) -> None:
        case = self._shown()
        if case is not None:
            # Words of apology are no apology yet: that step is done once they were sent or said.
            done = bool(note) or None if step != Step.APOLOGISE else None
            self.runner.do(self, commands.note_step, None, int(case.id), Step(step), note, done=done)

    @Slot(str, bool)
    def _on_step_done(self, step: str, done: bool) -> None:
        case = self._shown()
        if case is not None:
            self.runner.do(self, commands.note_step, None, int(case.id), Step(step), None, done=done)

    @Slot(str)
    def _on_apology(self, words: str) -> None:
        if self._case is not None:
            self.pane.steps.show_advice(advice_on_apology(words, self._case))

    @Slot(str, str)
    def _on_offered(self, kind: str, cost: str) -> None:
        case = self._case
        if case is None:
            return
        read = parse_amount(cost, case.currency) if cost else None
        problem = read if isinstance(read, Problem) else None
        if not kind:
            problem = Problem("What do you offer?", to_do="Say it in a few words.")
        elif isinstance(read, Money) and read.minor < 0:
            problem = Problem("A cost cannot be below zero.", to_do="Give what it costs you, or leave it out.")
        self.pane.steps.say_problem(problem.sentence() if problem else "")
        if problem is None:
            money = read if isinstance(read, Money) else None
            self.pane.steps.forget_offer()
            self.runner.do(self, commands.offer, None, int(case.case.id), kind, money)

    @Slot(int, bool)
    def _on_given(self, offer: int, given: bool) -> None:
        self.runner.do(self, commands.give, None, offer, given=given)

    @Slot(int)
    def _on_withdrawn(self, offer: int) -> None:
        self.runner.do(self, commands.withdraw_offer, None, offer)

    def _understood(self, line: str) -> Understood | None:
        case, view = self._case, self._view
        if case is None or view is None or not line.strip():
            return None
        whose = Match(int(case.case.customer), case.case.name)
        return understand(line, self.context.clock.now(), view.zone, [], case.language, case.region, customer=whose)

    @Slot(str)
    def _on_promise_typed(self, line: str) -> None:
        said, view, case = self._understood(line), self._view, self._case
        if said is None or view is None or case is None:
            self.pane.steps.say_promise("")
        elif said.complete and said.due_date is not None:
            day = long_date_words(said.due_date, local_day(view.now, view.zone))
            self.pane.steps.say_promise(
                f"{said.what}: {day}{f', {clock_words(said.due_time)}' if said.due_time else ''}"
            )
        else:
            asked = questions(said, self.context.clock.now(), view.zone, case.language)
            self.pane.steps.say_promise(" ".join(asked))

    @Slot(str)
    def _on_assured(self, line: str) -> None:
        said, view, case = self._understood(line), self._view, self._shown()
        if said is None or view is None or case is None:
            return
        if not said.complete or said.due_date is None:
            asked = questions(said, self.context.clock.now(), view.zone, self._case.language if self._case else "en")
            self.pane.steps.say_promise(" ".join(asked), good=False)
            return
        new = NewPromise(said.what, said.due_date, said.due_time, view.zone, line=line)
        self.pane.steps.forget_promise()
        self.runner.do(self, commands.assure, None, int(case.id), new)

    @Slot(int)
    def _on_kept(self, promise: int) -> None:
        self.runner.do(self, keep_promise, None, promise)

    @Slot(object)
    def _on_closed(self, closing: Closing) -> None:
        case = self._shown()
        if case is not None:
            self.runner.do(self, commands.close_the_loop, None, int(case.id), closing)

    @Slot(int)
    def _on_case(self, key: int) -> None:
        """Show a case that is counted, also one that was closed long ago and is not listed any more."""
        if self._view is not None and any(case.id == key for case in self._view.cases):
            for group in CaseGroup:
                self.list.unfold(str(group))
            self.list.select(key)
        else:
            self.runner.ask(self, partial(case_view, key=key), self._show_case, newest="case")

    @Slot(str, str)
    def _on_renamed(self, name: str, new: str) -> None:
        if name != new:
            self.runner.do(self, commands.rename_cause, partial(self._go_to_cause, new), name, new)
        self.list.setFocus()

    @Slot(str, str)
    def _on_merged(self, name: str, into: str) -> None:
        self.runner.do(self, commands.merge_cause, partial(self._go_to_cause, into), name, into)

    @Slot(str)
    def _on_removed(self, name: str) -> None:
        self.runner.do(self, commands.remove_cause, None, name)

    @Slot(str)
    def _on_added(self, name: str) -> None:
        self.runner.do(self, commands.add_cause, partial(self._go_to_cause, name), name)
        self.list.setFocus()

    def _go_to_cause(self, name: str, _done: Done[Any]) -> None:
        self.list.unfold(lines.OTHERS)
        self.list.select((lines.CAUSE, " ".join(name.split())))

    @Slot()
    def _on_told(self) -> None:
        case = self._shown()
        if case is not None:
            self.runner.do(self, commands.told, None, int(case.id))

    @Slot()
    def promise(self) -> None:
        """Promise them something."""
        case = self._shown()
        if case is not None:
            source = {"event": case.event} if case.event is not None else {}
            self.context.promise(customer_id=int(case.customer), **source)

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
        self.context.put_right()
