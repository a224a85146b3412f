"""How Today is laid out: notices and list at the left, the card at the right, and what stands where there is none."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from followup_desktop.base.wording import count_words
from followup_desktop.ui.keys import key_of
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.today import lines
from followup_desktop.ui.today.notices import Notices
from followup_desktop.ui.today.pane import CardPane
from followup_desktop.ui.today.sight import Sight
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Panel
from followup_desktop.ui.widgets.emptyplace import EmptyPlace
from followup_desktop.ui.widgets.grouped import GroupedList
from followup_desktop.ui.widgets.split import SplitPane

if TYPE_CHECKING:  # its queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.ui.today.reading import TodayView


class Board(QStackedWidget):
    """The parts of the page: the split of list and card, or one large empty place."""

    pressed = Signal()  # the button of an empty place
    through = Signal()  # the button below the list

    def __init__(self, theme: Theme, sight: Sight) -> None:
        super().__init__()
        self._theme, self._sight, self._any_row = theme, sight, False
        self.list = GroupedList(theme, "Today")
        self.notices = Notices(theme)
        self.pane = CardPane(theme)
        self.begin = Button(theme, "Work through", icon="arrow-right", key=key_of("work_through"))
        self.empty = EmptyPlace(theme, "sun", "", "")
        self.nothing = EmptyPlace(theme, "sun", "", "")
        self._right = QStackedWidget()
        left = Panel()
        left.column.addWidget(self.notices)
        left.column.addWidget(self.list, 1)
        left.column.addWidget(self._foot())
        left.setFocusProxy(self.list)
        self._right.addWidget(self.empty)
        self._right.addWidget(self.pane)
        self.split = SplitPane(theme, left, self._right)
        self.addWidget(self.split)
        self.addWidget(self.nothing)
        self._order_focus()
        for place in (self.empty, self.nothing):
            place.pressed.connect(self.pressed)

    def show_day(self, view: TodayView) -> None:
        """Show what needs the owner, and the rows; the list keeps its selection."""
        self.notices.show_day(view)
        groups = lines.groups(view)
        self._any_row = bool(groups)
        self.list.show_groups(groups)
        self.begin.setEnabled(bool(view.queue.cards) and not view.to_decide())

    def show_pane(self) -> None:
        """Have the pane in place of the empty place beside the list."""
        self._right.setCurrentWidget(self.pane)

    def show_place(self) -> None:
        """Show the split, or one large empty place where there is nothing at all."""
        view = self._sight.day
        if view is not None and not view.queue.cards:
            self._say_empty(view)
        self._turn_to(self.nothing if view is not None and self._is_empty(view) else self.split)
        if self._sight.chosen is None:
            self._right.setCurrentWidget(self.empty)
            if view is not None and (view.queue.cards or self._any_row):
                self.empty.say("eye", "See why", "Enter opens the group; each line says what holds it back.")

    def _turn_to(self, part: QWidget) -> None:
        """Show a part; the focus of what goes away stays on the board."""
        focused = self.focusWidget()  # asked before: hiding what has the focus hands it to whatever comes next
        goes = part is not self.currentWidget() and focused is not None and focused.hasFocus()
        self.setCurrentWidget(part)
        if goes:
            (self.list if part is self.split else self.nothing.button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_empty(self, view: TodayView) -> None:
        for place in (self.empty, self.nothing):
            if view.anybody:
                coming = count_words(view.tomorrow, "person", "people") if view.tomorrow else "Nobody yet"
                words = f"Tomorrow: {coming}. What you log today decides who hears from you next."
                place.say("sun", "Nobody is waiting", words, "Log something")
            else:
                words = "Bring your customers, and this says every morning who to contact, and why."
                place.say("sun", "Nobody is here yet", words, "Start")

    def _is_empty(self, view: TodayView) -> bool:
        noticed = view.unsure or view.refused or view.paused
        return not self._any_row and view.off is None and not noticed

    def _foot(self) -> QWidget:
        """Below the list, the way into working through."""
        px = self._theme.px
        foot = QWidget()
        self.begin.clicked.connect(self.through)
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(16), px(8), px(16), px(12))
        row.addWidget(self.begin)
        row.addStretch(1)
        return foot

    def _order_focus(self) -> None:
        draft = self.pane.draft
        order: list[QWidget] = [self.list, draft.subject_line, draft.text_edit, *self.pane.action_row.in_order()]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
