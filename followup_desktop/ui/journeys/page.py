"""The place called Journeys: which stages are served by what, and each journey in plain words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from followup_desktop.base.changes import Done
from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import count_words, month_words
from followup_desktop.commands.journeys import NewVersion, put_aside, restore_version, save_journey, switch_journey
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.journeys.model import Journey, Source, Standing, Touchpoint, Trigger, Where
from followup_desktop.core.journeys.queries import Step
from followup_desktop.core.journeys.rules.stages import stage_map
from followup_desktop.core.journeys.rules.wording import trigger_words
from followup_desktop.core.journeys.rules.writing import journey_text, key_of
from followup_desktop.ui.journeys.map import StageMap
from followup_desktop.ui.journeys.pane import JourneyPane, month_before
from followup_desktop.ui.journeys.reading import (
    Edited,
    JourneysView,
    Rehearsal,
    journeys_view,
    read_edited,
    read_rehearsal,
    version_lines,
)
from followup_desktop.ui.journeys.side import outlook_says
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.runner import Progress, Task
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import ToolRow
from followup_desktop.ui.widgets.grouped import Group, GroupedList, Item
from followup_desktop.ui.widgets.split import SplitPane
from followup_desktop.ui.widgets.text import Line, plain

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

T = TypeVar("T")

LIST_PX = 300
LOW_PX = 640
"""Below this height the map only counts."""
MOST_PROBLEMS = 5


class JourneysPage(PageBase):
    """The map of stages above; below it the journeys and, beside them, the one that is selected."""

    key: ClassVar[str] = "journeys"
    title: ClassVar[str] = "Journeys"
    icon: ClassVar[str] = "map-trifold"
    kinds: ClassVar[tuple[str, ...]] = (
        "settings", "customers", "cases", "follow_ups", "journey_versions", "journey_choices", "template_versions",
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: JourneysView | None = None
        self._follow = False
        self._editing = ""
        self._begun: dict[str, Journey] = {}
        self._wanted = ""
        self._task: Task | None = None
        self.map = StageMap(self.theme, len(stage_map(())))
        self.map.chosen.connect(self._on_mapped)
        self.problems = Banner(self.theme, tone="warning")
        self.list = GroupedList(self.theme, "Journeys")
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self.pane = JourneyPane(self.theme)
        self.new_button = Button(self.theme, "New journey", size="small", icon="plus")
        self.new_button.clicked.connect(self._on_new)
        self._connect_pane()
        self._right = QStackedWidget()
        self._right.addWidget(QWidget())
        self._right.addWidget(self.pane)
        self.split = SplitPane(self.theme, self._left_side(), self._right, list_px=LIST_PX)
        self.campaigns_button = Button(self.theme, "Campaigns", icon="megaphone")
        self.campaigns_button.clicked.connect(self._on_campaigns)
        self.bar.add(self.campaigns_button)
        self._build()
        self.on("next", self.list.next)
        self.on("previous", self.list.previous)
        self.on("open", self.split.show_pane)
        self.on("edit_journey", self._on_edit)
        self.on("save_journey", self._on_save_key)
        self.on("journey_versions", self._on_versions)
        self.on("try_journey", self._on_try)

    def reload(self) -> None:
        """Ask which journeys are on, and how many people stand where."""
        view = partial(_view, program=self.context.program, now=self.context.clock.now())
        self.runner.ask(self, view, self._show, newest="journeys")

    def focus_on(self, **focus: Any) -> None:
        """Show the journey of `journey` (its key)."""
        if focus.get("journey"):
            self.list.select(str(focus["journey"]))
            self.split.show_pane()

    def state(self) -> dict[str, Any]:
        """Return the width of the list and the selection."""
        return {"width": self.split.width_of_list(), "selected": self.list.selected()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up width and selection."""
        self.split.set_width_of_list(int(state.get("width") or 0))
        if isinstance(state.get("selected"), str):
            self.list.select(state["selected"])

    def selected(self) -> Journey | None:
        """Return the journey shown."""
        standing = self._view.standing(self.list.selected() or "") if self._view is not None else None
        return standing.journey if standing is not None else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: in a low window the map only counts."""
        super().resizeEvent(event)
        self.map.set_compact(event.size().height() < self.theme.px(LOW_PX))

    def _left_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        tools = ToolRow(self.theme)
        tools.add(self.new_button)
        column.addWidget(tools)
        column.addWidget(self.list, 1)
        return side

    def _connect_pane(self) -> None:
        pane = self.pane
        for signal, slot in (
            (pane.switched, self._on_switched),
            (pane.edit_wanted, self._on_edit),
            (pane.words_wanted, self._on_words),
            (pane.copy_wanted, self._on_copy),
            (pane.versions_wanted, self._on_versions),
            (pane.try_wanted, self._on_try),
            (pane.aside_wanted, self._on_aside),
            (pane.compare_wanted, self._on_take_shipped),
            (pane.keep_mine_wanted, self._on_keep_mine),
            (pane.keep_wanted, self._on_keep),
            (pane.discarded, self._on_discard),
            (pane.editor.edited, self._on_edited),
            (pane.side.back_wanted, self._on_back),
            (pane.side.cancelled, self._on_cancel),
        ):
            signal.connect(slot)

    def _build(self) -> None:
        px = self.theme.px
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        above = QVBoxLayout()
        above.setContentsMargins(px(20), px(14), px(20), px(12))
        above.setSpacing(px(10))
        above.addWidget(self.problems)
        above.addWidget(self.map)
        column.addLayout(above)
        column.addWidget(Line())
        column.addWidget(self.split, 1)
        self.set_content(content)

    def _say_problems(self, view: JourneysView) -> None:
        found = [problem.sentence() for problem in view.problems]
        found += [f"{each.journey.name}, your version: {each.trouble}" for each in view.standings if each.trouble]
        self.problems.setVisible(bool(found))
        if found:
            more = f"\nand {len(found) - MOST_PROBLEMS} more" if len(found) > MOST_PROBLEMS else ""
            lead = "A journey file cannot be used." if len(found) == 1 else "Some journey files cannot be used."
            self.problems.say(lead, "\n".join(found[:MOST_PROBLEMS]) + more, tone="warning")

    def _show(self, view: JourneysView) -> None:
        self._view = view
        self._say_problems(view)
        on, off, more = len(view.standings) - len(view.off), len(view.off), len(view.proposals.reasons)
        parts = [f"{on} on", f"{off} off" if off else "", f"{more} proposed" if more else ""]
        self.set_subtitle(" · ".join(part for part in parts if part))
        self.map.show_map(stage_map(view.journeys), view)
        self.list.show_groups(self._groups(view))
        if self._follow:  # the one that was switched stands in the other group now
            self._follow = False
            self.list.scrollTo(self.list.currentIndex())
        if self._wanted:  # one that was just kept for the first time
            self.list.select(self._wanted)
            self._wanted = ""
        self._show_selected()

    def _groups(self, view: JourneysView) -> list[Group]:
        proposed = [each for each in view.standings if each.key in view.proposals.reasons]
        groups = (
            Group("proposed", "Proposed", [self._item(each, view) for each in proposed]),
            Group("on", "On", [self._item(each, view) for each in view.standings if each.on]),
            Group("off", "Off", [self._item(e, view) for e in view.standings if not e.on and e not in proposed]),
        )
        return [group for group in groups if group.items]

    def _item(self, standing: Standing, view: JourneysView) -> Item:
        return _item(standing.journey, view, begun=standing.key in self._begun)

    def _show_selected(self) -> None:
        journey = self.selected()
        if journey is not None and self._view is not None:
            self.pane.show_journey(journey, self._view, self._view.templates)
        self._right.setCurrentIndex(0 if journey is None and not self._editing else 1)

    def _edit(self, journey: Journey) -> None:
        """Show the form of a journey; what was begun with it before and not kept goes on."""
        if self._view is None:
            return
        self._editing = journey.key
        standing = self._view.standing(journey.key)
        self.pane.editor.speak(self._view.said)
        self.pane.edit(standing.journey if standing else journey, sorted({each.key for each in self._view.templates}))
        if journey.key in self._begun:
            self.pane.editor.take_up(self._begun[journey.key])
        self._right.setCurrentIndex(1)
        self.split.show_pane()
        self._on_edited()

    def _leave(self) -> None:
        """Leave the form; what was changed in it is remembered until it is kept or discarded."""
        if self._editing and self.pane.editor.is_changed():
            self._begun[self._editing] = self.pane.editor.journey()
        self._end()

    def _end(self) -> None:
        self._on_cancel()
        self._editing = ""
        self.pane.end_editing()
        self._show_selected()

    def _run(self, heading: str, says: str, work: Callable[[Session, Step], T], then: Callable[[T], None]) -> None:
        """Work something out in the background and show it beside the journey."""
        self._on_cancel()
        self.pane.side.start(heading, says, closes=not self._editing)
        self.pane.show_side(True)
        program = self.context.program

        def labour(progress: Progress) -> T:
            def step(done: int, total: int) -> None:
                progress.step(done, total)

            with program.desk.store.read() as session:
                return work(session, step)

        self._task = self.runner.run(self, labour, then)
        self._task.progressed.connect(self.pane.side.busy.step)
        self._task.finished.connect(self.pane.side.busy.finish)

    def _show_edited(self, edited: Edited) -> None:
        if self._editing and edited.journey == self.pane.editor.journey():
            self.pane.editor.show_problems(edited.problems)
            self.pane.editor.show_differences(edited.differences)
            self.pane.editor.show_effect(outlook_says(edited) if edited.differences or edited.problems else "")
            self.pane.side.show_outlook(edited)

    def _kept(self, done: Done[int]) -> None:
        self._wanted = self._editing
        self._begun.pop(self._editing, None)
        self._end()
        self.reload()

    def _not_kept(self, problem: Problem) -> None:
        self.pane.side.busy.finish()
        self.pane.editor.show_problems(getattr(problem, "problems", ()))
        if not getattr(problem, "problems", ()):
            self.context.problem(problem)

    @Slot()
    def _on_edit(self) -> None:
        journey = self.selected()
        if journey is not None and not self._editing:
            self._edit(journey)

    @Slot()
    def _on_copy(self) -> None:
        journey = self.selected()
        if journey is not None and self._view is not None:
            name = f"{journey.name}, my own"
            self._edit(replace(journey, key=key_of(name, self._keys()), name=name, version=1, on_at_start=False))

    @Slot()
    def _on_new(self) -> None:
        if self._view is not None:
            self._edit(replace(NEW, key=key_of("my journey", self._keys())))

    def _keys(self) -> set[str]:
        return {each.key for each in self._view.standings} | set(self._begun) if self._view is not None else set()

    @Slot()
    def _on_edited(self) -> None:
        if not self._editing:
            return
        journey = self.pane.editor.journey()
        program, now = self.context.program, self.context.clock.now()

        def work(session: Session, step: Step) -> Edited:
            return read_edited(session, journey, program.library, now, step)

        self._run("In the next 30 days", "Working out what it changes", work, self._show_edited)

    @Slot()
    def _on_keep(self) -> None:
        editor = self.pane.editor
        version = NewVersion(self._editing, journey_text(editor.journey()), editor.note.text())
        self._on_cancel()
        self.pane.side.busy.start("Keeping it, and bringing everyone in line")
        self.runner.attempt(self, save_journey, self._kept, self._not_kept, version)

    @Slot()
    def _on_save_key(self) -> None:
        if self._editing and self.pane.editor.keep.isEnabled():
            self._on_keep()

    @Slot()
    def _on_discard(self) -> None:
        self._begun.pop(self._editing, None)
        self._end()
        if self._view is not None:
            self.list.show_groups(self._groups(self._view))

    @Slot()
    def _on_cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.pane.side.busy.finish()

    @Slot()
    def _on_versions(self) -> None:
        if self._editing:
            return
        standing = self._view.standing(self.list.selected() or "") if self._view is not None else None
        if standing is not None and self._view is not None:
            self._on_cancel()
            self.pane.side.show_versions(version_lines(standing, self.context.program.library, self._view.zone))
            self.pane.show_side(True)

    @Slot(object)
    def _on_back(self, number: int | None) -> None:
        journey = self.selected()
        if journey is not None:
            self.runner.do(self, restore_version, self._went_back, journey.key, number)

    def _went_back(self, _done: Done[int]) -> None:
        self.pane.show_side(False)

    @Slot()
    def _on_take_shipped(self) -> None:
        self._on_back(None)

    @Slot()
    def _on_keep_mine(self) -> None:
        standing = self._view.standing(self.list.selected() or "") if self._view is not None else None
        if standing is not None and standing.is_own:
            text = standing.versions[0].text or ""
            version = NewVersion(standing.key, text, "Kept beside the newer one that ships")
            self.runner.do(self, save_journey, None, version)

    @Slot()
    def _on_aside(self) -> None:
        journey = self.selected()
        if journey is not None:
            self.runner.do(self, put_aside, None, journey)

    @Slot()
    def _on_try(self) -> None:
        journey = self.selected()
        if journey is None or self._view is None or self._editing:
            return
        month = month_before(self._view.now, self._view.zone)

        def work(session: Session, step: Step) -> Rehearsal:
            return read_rehearsal(session, journey, month, step)

        heading = f"Tried on {month_words(month)}"
        self._run(heading, "Going through what happened", work, self.pane.side.show_rehearsal)

    @Slot(str)
    def _on_words(self, key: str) -> None:
        self.context.go("templates", key=key)

    @Slot(bool)
    def _on_switched(self, on: bool) -> None:
        journey = self.selected()
        if journey is not None:
            self._follow = True
            self.runner.do(self, switch_journey, None, journey, on=on)

    @Slot()
    def _on_campaigns(self) -> None:
        self.context.go("campaigns")

    @Slot(str)
    def _on_mapped(self, key: str) -> None:
        self.list.select(key)
        self.split.show_pane()

    @Slot(object)
    def _on_chosen(self, _journey: object) -> None:
        key = self.list.selected()
        if self._editing and key != self._editing:
            self._leave()
        self.pane.show_side(self.pane.is_editing())
        self._show_selected()
        journey = self.selected()
        if journey is not None and journey.key in self._begun and not self._editing:
            self._edit(journey)

    @Slot(object)
    def _on_opened(self, _journey: object) -> None:
        self.split.show_pane()


def _view(session: Session, *, program: Any, now: datetime) -> JourneysView:
    return journeys_view(session, program.library, now)


def _item(journey: Journey, view: JourneysView, *, begun: bool) -> Item:
    waiting = view.waiting.get(journey.key, 0)
    note = "not saved" if begun else f"{waiting} open" if waiting else ""
    tip = f"{journey.objective} {count_words(len(journey.touchpoints), 'touchpoint', 'touchpoints')}."
    return Item(
        journey.key,
        journey.name,
        view.said(f"When {trigger_words(journey)}"),
        note,
        tip=plain(tip),
        plain=journey.key in view.off,
    )


NEW = Journey(
    key="my_journey",
    name="My journey",
    objective="So that ",
    trigger=Trigger("visit_done", Where(frozenset({"repair"}))),
    source=Source.JOURNEY,
    stages=("regular",),
    touchpoints=(
        Touchpoint(
            key="first",
            name="Ask how it went",
            purpose=Purpose.CHECK_IN,
            template="check_in/ad_hoc",
            offset=timedelta(days=3),
            at=time(9),
            closes_after=timedelta(days=7),
            channels=("email", "call"),
            stops_on=frozenset({"reply", "complaint", "left"}),
        ),
    ),
    on_at_start=False,
)
"""What a journey of one's own begins as."""
