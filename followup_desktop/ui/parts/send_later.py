"""Choosing when a message leaves: this evening, in the morning, or a day and time, by the customer's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QDate, Qt, QTime, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QSizePolicy, QTimeEdit, QWidget

from followup_desktop.base.wording import clock_words, moment_words
from followup_desktop.base.zones import Quiet, local, local_day, resolve
from followup_desktop.core.messages.rules import MORNING, next_morning, this_evening
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.dialog import EntryDialog
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class Clocks:
    """By whose clock a message leaves: the customer's zone and hours, and the owner's zone beside it."""

    name: str
    zone: str
    own: str
    quiet: Quiet


class SendLaterDialog(EntryDialog):
    """Asks when. A digit takes a moment that is offered, Ctrl+Enter the day and time chosen; Escape lets go."""

    chosen = Signal(object)  # when (UTC)

    def __init__(self, context: Context, parent: QWidget, clocks: Clocks, *, planned: datetime | None = None) -> None:
        super().__init__(context, f"When to send to {clocks.name}", "Send then", parent)
        self._clocks, self._now = clocks, context.clock.now()
        self.setWindowModality(Qt.WindowModality.WindowModal)
        if _differ(self._now, clocks):
            self.column.addWidget(Text("By their clock.", "muted"))
        self.offers = [self._offer(number, *each) for number, each in enumerate(_offered(self._now, clocks), start=1)]
        self.day, self.clock = QDateEdit(), QTimeEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("ddd d MMM yyyy")
        self.day.setAccessibleName("Day")
        self.clock.setAccessibleName("Time")
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        for field in (self.day, self.clock):
            field.lineEdit().setTextMargins(self.theme.px(6), 0, 0, 0)
            row.addWidget(field)
        row.addStretch(1)
        self.says = Text("", "muted", wrap=True)
        self.column.addSpacing(self.theme.px(4))
        self.column.addWidget(Text("Or another time", "strong"))
        self.column.addLayout(row)
        self.column.addWidget(self.says)
        self.column.addStretch(1)
        self._start_from(planned)
        self.day.dateChanged.connect(self._on_changed)
        self.clock.timeChanged.connect(self._on_changed)
        self._on_changed()
        self.resize(self.theme.px(420), self.theme.px(340))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: begin at the first moment offered."""
        super().showEvent(event)
        self.offers[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: a digit takes a moment."""
        digit = event.text()
        if digit.isdecimal() and 1 <= int(digit) <= len(self.offers):
            self.offers[int(digit) - 1].click()
        else:
            super().keyPressEvent(event)

    def moment(self) -> datetime:
        """Return the day and time chosen, by the customer's clock (UTC)."""
        day, clock = self.day.date(), self.clock.time()
        on = date(day.year(), day.month(), day.day())
        return resolve(on, time(clock.hour(), clock.minute()), self._clocks.zone)

    def save(self) -> None:
        """Take the day and time chosen."""
        if self.moment() > self.context.clock.now():
            self._take(self.moment())

    def _take(self, moment: datetime) -> None:
        self.chosen.emit(moment)
        self.accept()

    def _start_from(self, planned: datetime | None) -> None:
        shown = local(planned, self._clocks.zone) if planned is not None and planned > self._now else None
        today = local_day(self._now, self._clocks.zone)
        day, clock = (shown.date(), shown.time()) if shown is not None else (today + timedelta(days=1), MORNING)
        self.day.setMinimumDate(QDate(today.year, today.month, today.day))
        self.day.setDate(QDate(day.year, day.month, day.day))
        self.clock.setTime(QTime(clock.hour, clock.minute))

    def _offer(self, number: int, label: str, moment: datetime) -> Button:
        button = Button(self.theme, f"{label}: {_time_words(moment, self._clocks)}", key=str(number))
        button.setProperty("moment", moment)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self._on_offer)
        self.column.addWidget(button)
        return button

    @Slot()
    def _on_offer(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self._take(button.property("moment"))

    @Slot()
    def _on_changed(self) -> None:
        clocks, moment = self._clocks, self.moment()
        leaves = clocks.quiet.next_allowed(moment, clocks.zone)
        self.save_button.setEnabled(moment > self._now)
        if moment <= self._now:
            self.says.setText("That time has gone by.")
        elif leaves != moment:
            self.says.setText(f"In the quiet hours. It leaves {_words(leaves, self._now, clocks)}.")
        else:
            self.says.setText(f"It leaves {_words(moment, self._now, clocks)}.")


def _offered(now: datetime, clocks: Clocks) -> list[tuple[str, datetime]]:
    evening, morning = this_evening(now, clocks.zone, clocks.quiet), next_morning(now, clocks.zone, clocks.quiet)
    is_tomorrow = local_day(morning, clocks.zone) == local_day(now, clocks.zone) + timedelta(days=1)
    found = [("This evening", evening)] if evening is not None else []
    return [*found, ("Tomorrow morning" if is_tomorrow else f"{local(morning, clocks.zone):%A} morning", morning)]


def _words(moment: datetime, now: datetime, clocks: Clocks) -> str:
    """Return on which day and when it leaves by the customer's clock, and by the owner's where that differs."""
    return f"{moment_words(moment, now, clocks.zone)}{_here(moment, clocks)}"


def _time_words(moment: datetime, clocks: Clocks) -> str:
    return f"{clock_words(local(moment, clocks.zone).time())}{_here(moment, clocks)}"


def _here(moment: datetime, clocks: Clocks) -> str:
    if not _differ(moment, clocks):
        return ""
    there, here = local(moment, clocks.zone), local(moment, clocks.own)
    day = "" if there.date() == here.date() else f"{here:%a} "
    return f" ({day}{clock_words(here.time())} here)"


def _differ(moment: datetime, clocks: Clocks) -> bool:
    """Whether the customer's clocks show another time than the owner's."""
    return local(moment, clocks.zone).utcoffset() != local(moment, clocks.own).utcoffset()
