"""What is open with a customer: follow-ups, promises, cases."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from followup_desktop.base.wording import clock_words, day_words, sentence
from followup_desktop.base.zones import local_day
from followup_desktop.core.cases.model import Case, CaseState
from followup_desktop.core.journeys.model import FollowUp
from followup_desktop.core.promises.model import Promise
from followup_desktop.core.queue.model import About
from followup_desktop.core.queue.rules.next_step import purpose_label
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.grouped import Group, GroupedList, Item
from followup_desktop.ui.widgets.text import Text


class OpenTab(QStackedWidget):
    """A list in groups; Enter opens a row in its place."""

    opened = Signal(str, int)  # "follow_up", "promise" or "case", and its id

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.list = GroupedList(theme, "What is open")
        self.list.opened.connect(self._on_opened)
        self.list.setStyleSheet("QListView { background: transparent; }")
        self._nothing = Text("Nothing is open: no follow-up, no promise, no case.", "muted", wrap=True)
        self._nothing.setContentsMargins(0, theme.px(4), 0, 0)
        self.addWidget(self.list)
        self.addWidget(self._nothing)

    def show_open(self, about: About, now: datetime) -> None:
        """Show what is open with a customer."""
        zone = about.business.zone
        today = local_day(now, zone)
        groups = [
            Group("promises", "Promises", [_promise(p, now, today) for p in about.promises]),
            Group("cases", "Cases", [_case(c, zone, today) for c in about.cases]),
            Group(
                "follow_ups",
                "Follow-ups",
                [_follow_up(f, zone, today) for f in about.follow_ups if f.source != "promise"],
            ),
        ]
        kept = [group for group in groups if group.items]
        self.list.show_groups(kept)
        self.setCurrentIndex(0 if kept else 1)

    @Slot(object)
    def _on_opened(self, identity: tuple[str, int] | None) -> None:
        if identity is not None:
            self.opened.emit(*identity)


def _promise(promise: Promise, now: datetime, today: date) -> Item:
    late = promise.due < now
    when = day_words(promise.due_date, today)
    second = sentence(f"{when}, {clock_words(promise.due_time)}" if promise.due_time else when)
    note = "late" if late else ""
    return Item(("promise", int(promise.id)), sentence(promise.what), second, note, "danger", promise.what)


def _case(case: Case, zone: str, today: date) -> Item:
    opened = day_words(local_day(case.opened_at, zone), today)
    state = f"open since {opened}" if case.state is CaseState.OPEN else "put right, to be checked"
    return Item(("case", int(case.id)), sentence(case.what), sentence(state), "", "muted", case.what)


def _follow_up(follow_up: FollowUp, zone: str, today: date) -> Item:
    note = day_words(max(local_day(follow_up.due, zone), today), today)
    return Item(
        ("follow_up", int(follow_up.id)),
        purpose_label(follow_up.purpose),
        follow_up.why_here,
        note,
        tip=follow_up.why_here,
    )
