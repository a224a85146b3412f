"""The head of a card: the name, where they stand, and how they like to be reached."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from followup_desktop.base.zones import local_day
from followup_desktop.core.cases.model import Case, CaseState
from followup_desktop.core.customers.model import CustomerLine, Stage, Standing
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.tag import Tag, Tone
from followup_desktop.ui.widgets.text import ShortText

if TYPE_CHECKING:  # its queries bring SQLAlchemy, 0.3 s: not before the window is painted
    from followup_desktop.ui.today.reading import Beside

DAYS = {"Mon": "Monday", "Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Fri": "Friday", "Sat": "Saturday",
        "Sun": "Sunday"}  # fmt: skip
STANDINGS: dict[str, tuple[str, Tone]] = {
    Standing.AT_RISK: ("At risk", "danger"),
    Standing.WATCH: ("Watch", "warning"),
}
STAGES = {Stage.LEAD: "Lead", Stage.QUOTED: "Quoted", Stage.NEW: "New", Stage.FORMER: "Former", Stage.PAUSED: "Paused"}
CHANNELS = {"email": "email", "text": "texts", "call": "calls", "card": "letters", "in_person": "to talk in person"}
WEEK = timedelta(days=7)


class Whom(QWidget):
    """Name, route, stage or standing, and the channel they prefer."""

    opened = Signal()  # show the customer

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.name = ShortText("", "heading")
        self._tags: list[Tag] = []
        self._prefers = ShortText("", "muted")
        self._open = Button(theme, "", "flat", icon="user", size="small", name="Open in Customers")
        self._open.setToolTip("Open in Customers")
        self._open.clicked.connect(self.opened)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(10))
        self._row.addWidget(self.name)
        self._row.addStretch(1)
        self._row.addWidget(self._prefers)
        self._row.addWidget(self._open)

    def show_person(self, beside: Beside) -> None:
        """Show whom the card is about."""
        self.name.setText(beside.name)
        self._open.setVisible(beside.customer != 0)  # somebody unknown has no place in Customers yet
        channel = CHANNELS.get(beside.prefers, beside.prefers)
        self._prefers.setText(f"Prefers {channel}" if channel else "")
        self._show_tags(tags(beside))

    def tags(self) -> list[str]:
        """Return what the tags say."""
        return [tag.text() for tag in self._tags]

    def _show_tags(self, wanted: list[tuple[str, Tone]]) -> None:
        for tag in self._tags:
            self._row.removeWidget(tag)
            tag.hide()
            tag.deleteLater()
        self._tags = [Tag(self._theme, text, tone) for text, tone in wanted]
        for place, tag in enumerate(self._tags, start=1):
            self._row.insertWidget(place, tag)


def tags(beside: Beside) -> list[tuple[str, Tone]]:
    """Return route, and the most important of case, standing and stage."""
    found: list[tuple[str, Tone]] = []
    if beside.line is not None and beside.line.route:
        found.append((route_words(beside.line.route), "neutral"))
    if beside.case is not None:
        found.append((_case_words(beside.case, beside), "warning"))
    elif beside.line is not None:
        found += _standing(beside.line)
    return found


def route_words(route: str) -> str:
    """Make "Fri · 7" into "Friday route · stop 7"."""
    day, dot, stop = route.partition(" · ")
    name = f"{DAYS[day]} route" if day in DAYS else day
    return f"{name} · stop {stop}" if dot else name


def _standing(line: CustomerLine) -> list[tuple[str, Tone]]:
    if line.standing in STANDINGS:
        return [STANDINGS[line.standing]]
    stage = STAGES.get(Stage(line.stage)) if line.stage in set(Stage) else None
    return [(stage, "neutral")] if stage else []


def _case_words(case: Case, beside: Beside) -> str:
    since = case.put_right_at if case.state is CaseState.PUT_RIGHT and case.put_right_at else case.opened_at
    weeks = (beside.today - local_day(since, beside.business.zone)) // WEEK
    return f"{'Put right' if case.state is CaseState.PUT_RIGHT else 'Recovery'}, week {weeks + 1}"
