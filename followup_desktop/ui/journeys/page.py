"""The place called Journeys: which stages are served by what, and each journey in plain words."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from followup_desktop.base.wording import count_words
from followup_desktop.commands.journeys import switch_journey
from followup_desktop.core.journeys.model import Journey
from followup_desktop.core.journeys.rules.stages import stage_map
from followup_desktop.core.journeys.rules.wording import trigger_words
from followup_desktop.ui.journeys.map import StageMap
from followup_desktop.ui.journeys.pane import JourneyPane
from followup_desktop.ui.journeys.reading import JourneysView, journeys_view
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.grouped import Group, GroupedList, Item
from followup_desktop.ui.widgets.split import SplitPane
from followup_desktop.ui.widgets.text import Line, plain

LIST_PX = 300
LOW_PX = 640
"""Below this height the map only counts."""
MOST_PROBLEMS = 5


class JourneysPage(PageBase):
    """The map of stages above; below it the journeys and, beside them, the one that is selected."""

    key: ClassVar[str] = "journeys"
    title: ClassVar[str] = "Journeys"
    icon: ClassVar[str] = "map-trifold"
    kinds: ClassVar[tuple[str, ...]] = ("settings", "customers", "cases", "follow_ups")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: JourneysView | None = None
        self._follow = False
        self.map = StageMap(self.theme, len(stage_map(())))
        self.map.chosen.connect(self._on_mapped)
        self.problems = Banner(self.theme, tone="warning")
        self.list = GroupedList(self.theme, "Journeys")
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self.pane = JourneyPane(self.theme)
        self.pane.switched.connect(self._on_switched)
        self.pane.words_wanted.connect(self._on_words)
        self._right = QStackedWidget()
        self._right.addWidget(QWidget())
        self._right.addWidget(self.pane)
        self.split = SplitPane(self.theme, self.list, self._right, list_px=LIST_PX)
        self.campaigns_button = Button(self.theme, "Campaigns", icon="megaphone")
        self.campaigns_button.clicked.connect(self._on_campaigns)
        self.bar.add(self.campaigns_button)
        self._build()
        self.on("next", self.list.next)
        self.on("previous", self.list.previous)
        self.on("open", self.split.show_pane)

    def reload(self) -> None:
        """Ask which journeys are on, and how many people stand where."""
        view = partial(journeys_view, library=self.context.program.library)
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
        on = len(view.standings) - len(view.off)
        off = len(view.off)
        self.set_subtitle(f"{on} on" + (f" · {off} off" if off else ""))
        self.map.show_map(stage_map(view.journeys), view)
        self.list.show_groups(self._groups(view))
        if self._follow:  # the one that was switched stands in the other group now
            self._follow = False
            self.list.scrollTo(self.list.currentIndex())
        self._show_selected()

    def _groups(self, view: JourneysView) -> list[Group]:
        on = [_item(journey, view) for journey in view.journeys if journey.key not in view.off]
        off = [_item(journey, view) for journey in view.journeys if journey.key in view.off]
        return [group for group in (Group("on", "On", on), Group("off", "Off", off)) if group.items]

    def _show_selected(self) -> None:
        journey = self.selected()
        if journey is not None and self._view is not None:
            self.pane.show_journey(journey, self._view, self._view.templates)
        self._right.setCurrentIndex(0 if journey is None else 1)

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
        self._show_selected()

    @Slot(object)
    def _on_opened(self, _journey: object) -> None:
        self.split.show_pane()


def _item(journey: Journey, view: JourneysView) -> Item:
    waiting = view.waiting.get(journey.key, 0)
    note = f"{waiting} open" if waiting else ""
    tip = f"{journey.objective} {count_words(len(journey.touchpoints), 'touchpoint', 'touchpoints')}."
    return Item(
        journey.key, journey.name, f"When {trigger_words(journey)}", note, tip=plain(tip), plain=journey.key in view.off
    )
