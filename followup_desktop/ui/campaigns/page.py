"""The place called Campaigns: one topic to one segment, each message read and sent on its own."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from followup_desktop.base.changes import Done
from followup_desktop.base.wording import count_words
from followup_desktop.commands import campaigns as commands
from followup_desktop.core.campaigns.model import Campaign, State
from followup_desktop.ui.campaigns.form import CampaignForm
from followup_desktop.ui.campaigns.pane import STATES, CampaignPane, PlaceLine
from followup_desktop.ui.campaigns.reading import (
    CampaignDetail,
    CampaignsView,
    WouldBe,
    campaign_detail,
    campaigns_view,
    who_fits,
    would_be,
)
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.emptyplace import EmptyPlace
from followup_desktop.ui.widgets.grouped import Group, GroupedList, Item
from followup_desktop.ui.widgets.split import SplitPane

LIST_PX = 300
NOTHING = (
    "Write to many about one thing, such as the leaf season. Everyone gets a draft of their own on Today, spread over "
    "the days; you read and send each. Nobody hears from you more often than your rules allow."
)


class CampaignsPage(PageBase):
    """Campaigns in a list; beside it the selected one, or the form of a new one."""

    key: ClassVar[str] = "campaigns"
    title: ClassVar[str] = "Campaigns"
    icon: ClassVar[str] = "megaphone"
    kinds: ClassVar[tuple[str, ...]] = (
        *("campaigns", "invited", "segments", "follow_ups", "customers", "events", "cases", "consents"),
        *("suppressions", "settings", "households", "routes", "stops", "operators"),
    )
    with_log: ClassVar[bool] = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = self.theme
        self._view: CampaignsView | None = None
        self._new_wanted = False
        self.new_button = Button(theme, "New campaign", icon="plus")
        self.new_button.clicked.connect(self._on_new)
        self.journeys_button = Button(theme, "Journeys", "flat", icon="arrow-left", size="small")
        self.journeys_button.clicked.connect(self._on_journeys)
        self.bar.add_beside_title(self.journeys_button)
        self.bar.add(self.new_button)
        self.list = GroupedList(theme, "Campaigns")
        self.pane = CampaignPane(theme)
        self.form = CampaignForm(theme)
        self.empty = EmptyPlace(theme, "megaphone", "No campaign yet", NOTHING, "New campaign")
        self._right = QStackedWidget()
        for widget in (QWidget(), self.pane, self.form):
            self._right.addWidget(widget)
        self.split = SplitPane(theme, self.list, self._right, list_px=LIST_PX)
        self._whole = QStackedWidget()
        self._whole.addWidget(self.split)
        self._whole.addWidget(self.empty)
        self.set_content(self._whole)
        self._connect()

    def reload(self) -> None:
        """Ask for the campaigns again."""
        now = self.context.clock.now()
        self.runner.ask(self, partial(_view, now, self.context.program.templates), self._show, newest="campaigns")

    def focus_on(self, **focus: Any) -> None:
        """Open the form of a new campaign (`new`), or show one (`campaign_id`)."""
        if focus.get("new"):
            self._on_new()
        elif focus.get("campaign_id"):
            self.list.select(int(focus["campaign_id"]))
            self.split.show_pane()

    def state(self) -> dict[str, Any]:
        """Return the width of the list and the selection."""
        return {"width": self.split.width_of_list(), "selected": self.list.selected()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up width and selection."""
        self.split.set_width_of_list(int(state.get("width") or 0))
        if isinstance(state.get("selected"), int):
            self.list.select(state["selected"])

    def writing(self) -> bool:
        """Whether the form of a new campaign is open."""
        return self._right.currentWidget() is self.form

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self.pane.stop_wanted.connect(self._on_stop)
        self.pane.resume_wanted.connect(self._on_resume)
        self.pane.opened.connect(self._on_place)
        self.form.whom_changed.connect(self._on_whom)
        self.form.changed.connect(self._on_form)
        self.form.start_wanted.connect(self._on_start)
        self.form.left.connect(self._on_left)
        self.form.save_wanted.connect(self._on_save_segment)
        self.form.remove_wanted.connect(self._on_remove_segment)
        self.empty.pressed.connect(self._on_new)
        self.on("next", self.list.next)
        self.on("previous", self.list.previous)
        self.on("open", self.split.show_pane)
        self.on("send", self._on_send_key)

    # Showing

    def _show(self, view: CampaignsView) -> None:
        self._view = view
        running = sum(c.state is State.RUNNING for c in view.campaigns)
        self.set_subtitle(f"{running} running" if running else "")
        self.list.show_groups(_groups(view), select_first=not self.writing())
        self.form.offer(view)
        if self._new_wanted:
            self._new_wanted = False
            self._open_form(view)
        self._show_place()
        if self.writing():
            self._on_whom()
            self._on_form()
        else:
            self._ask_chosen()

    def _show_place(self) -> None:
        empty = self._view is not None and not self._view.campaigns and not self.writing()
        self._whole.setCurrentWidget(self.empty if empty else self.split)
        self.list.setEnabled(not empty)
        self.new_button.setVisible(not empty and not self.writing())

    def _open_form(self, view: CampaignsView) -> None:
        self._right.setCurrentWidget(self.form)
        self._whole.setCurrentWidget(self.split)
        self.form.begin(view)
        self.split.show_pane()
        self._show_place()
        self.form.topic.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_chosen(self) -> None:
        key = self.list.selected()
        if key is None:
            self._right.setCurrentIndex(0)
            return
        question = partial(_detail, int(key), self.context.clock.now())
        self.runner.ask(self, question, self._show_detail, failed=self.context.problem, newest="campaign")

    def _show_detail(self, detail: CampaignDetail) -> None:
        if not self.writing() and self.list.selected() == detail.campaign.id:
            self.pane.show_campaign(detail)
            self._right.setCurrentWidget(self.pane)

    def _show_would_be(self, found: WouldBe) -> None:
        self.form.show_would_be(found)

    # What the owner does

    @Slot()
    def _on_new(self) -> None:
        if self._view is None:
            self._new_wanted = True
        elif not self._view.anybody:
            self.context.go("start")
        else:
            self._open_form(self._view)

    @Slot()
    def _on_left(self) -> None:
        if self.writing():
            self._close_form()

    def _close_form(self) -> None:
        self._right.setCurrentIndex(0)
        self._show_place()
        self._ask_chosen()
        self.split.show_list()

    @Slot(object)
    def _on_chosen(self, _key: object) -> None:
        if self.list.selected() is not None and self.list.hasFocus() and self.writing():
            self._right.setCurrentIndex(0)
            self._show_place()
        if not self.writing():
            self._ask_chosen()

    @Slot(object)
    def _on_opened(self, _key: object) -> None:
        self.split.show_pane()

    @Slot()
    def _on_journeys(self) -> None:
        self.context.go("journeys")

    @Slot()
    def _on_stop(self) -> None:
        key = self.list.selected()
        if key is not None:
            self.runner.do(self, commands.stop, None, int(key))

    @Slot()
    def _on_resume(self) -> None:
        key = self.list.selected()
        if key is not None:
            self.runner.do(self, commands.resume, None, int(key))

    @Slot(object)
    def _on_place(self, line: PlaceLine) -> None:
        if line.follow_up is not None:
            self.context.go("today", follow_up_id=line.follow_up)
        else:
            self.context.go("customers", customer_id=line.customer)

    @Slot()
    def _on_whom(self) -> None:
        question = partial(_who, self.form.conditions.conditions(), self.context.clock.now())
        self.runner.ask(self, question, self.form.show_who, failed=self.form.show_problem, newest="who")

    @Slot()
    def _on_form(self) -> None:
        if not self.writing():
            return
        self.form.clear_problem()
        new, now = self.form.new_campaign(), self.context.clock.now()
        question = partial(_would_be, new, self.context.program.templates, now)
        self.runner.ask(self, question, self._show_would_be, failed=self.form.show_problem, newest="would")

    @Slot()
    def _on_send_key(self) -> None:
        if self.writing() and self.form.start_button.isEnabled():
            self._on_start()

    @Slot()
    def _on_start(self) -> None:
        self.form.start_button.setEnabled(False)
        new = self.form.new_campaign()
        self.runner.attempt(self, commands.start, self._on_started, self.form.show_problem, new)

    def _on_started(self, done: Done[Any]) -> None:
        self._right.setCurrentIndex(0)
        self.list.select(int(done.result))
        self.reload()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_save_segment(self, name: str) -> None:
        conditions = self.form.conditions.conditions()
        then, failed = self._on_segment_saved, self.form.show_problem
        self.runner.attempt(self, commands.save_segment, then, failed, name, conditions)

    def _on_segment_saved(self, done: Done[Any]) -> None:
        self.form.name.clear()
        self.form.clear_problem()
        now = self.context.clock.now()
        self.runner.ask(
            self, partial(_view, now, self.context.program.templates), partial(self._choose_saved, int(done.result))
        )

    def _choose_saved(self, key: int, view: CampaignsView) -> None:
        self._view = view
        self.form.offer(view)
        self.form.choose_segment(key)

    @Slot(int)
    def _on_remove_segment(self, key: int) -> None:
        self.runner.do(self, commands.remove_segment, None, key)


def _groups(view: CampaignsView) -> list[Group]:
    found = []
    for state in State:
        items = [_item(campaign) for campaign in view.campaigns if campaign.state is state]
        if items:
            found.append(Group(state, STATES[state][0], items))
    return found or [Group("none", "No campaign yet", count=" ")]


def _item(campaign: Campaign) -> Item:
    progress = campaign.progress
    whom = campaign.segment or count_words(progress.places, "customer", "customers")
    note = f"{progress.sent} of {progress.places}"
    return Item(int(campaign.id), campaign.topic, whom, note, plain=campaign.state is State.DONE)


def _view(now: Any, templates: Any, session: Any) -> CampaignsView:
    return campaigns_view(session, now, templates)


def _detail(key: int, now: Any, session: Any) -> CampaignDetail:
    return campaign_detail(session, key, now)


def _who(conditions: Any, now: Any, session: Any) -> Any:
    return who_fits(session, conditions, now)


def _would_be(new: Any, templates: Any, now: Any, session: Any) -> WouldBe:
    return would_be(session, new, templates, now)
