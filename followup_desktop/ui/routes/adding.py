"""Putting a customer on a day's route."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from followup_desktop.base.changes import Done
from followup_desktop.base.errors import Problem
from followup_desktop.commands.routes import add_stop
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.routes.model import WEEKDAY_NAMES, NewStop, Route, StopId
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.dialog import EntryDialog
from followup_desktop.ui.parts.finder import CustomerFinder
from followup_desktop.ui.widgets.formline import FormLine

RHYTHMS = (("Every week", 1), ("Every 2 weeks", 2), ("Every 4 weeks", 4))


class AddStopDialog(EntryDialog):
    """Asks who, and how often; on a weekday without a route also who drives it."""

    added = Signal(int)  # the stop

    def __init__(self, context: Context, day: date, routes: Sequence[Route], parent: QWidget | None = None) -> None:
        weekday = WEEKDAY_NAMES[day.weekday()]
        super().__init__(context, f"Put someone on the {weekday} route", "Put on the route", parent)
        self._day, self._routes = day, list(routes)
        theme = self.theme
        self.finder = CustomerFinder(context)
        self.finder.chosen.connect(self._on_chosen)
        self.who = FormLine(theme, "Customer", self.finder)
        self.route = QComboBox()
        for route in self._routes:
            self.route.addItem(f"{route.name}, {route.technician}" if route.technician else route.name, int(route.id))
        self.driver = QLineEdit()
        self.rhythm = QComboBox()
        for words, weeks in RHYTHMS:
            self.rhythm.addItem(words, weeks)
        self.column.addWidget(self.who)
        which = FormLine(theme, "Route", self.route)
        which.setVisible(len(self._routes) > 1)
        self.column.addWidget(which)
        drives = FormLine(
            theme, "Who drives it", self.driver, "The name that stands in messages: “Luis was with you on Tuesday”."
        )
        drives.setVisible(not self._routes)
        self.column.addWidget(drives)
        self.column.addWidget(FormLine(theme, "How often", self.rhythm))
        self.column.addStretch(1)
        self.resize(theme.px(440), theme.px(420))
        self.finder.setFocus()

    def save(self) -> None:
        """Put them on the route."""
        customer = self.finder.customer()
        if customer is None:
            self.show_problem(Problem("Nobody is chosen yet.", "", "Type a part of the name and press Enter."))
            self.reveal(self.finder)
            return
        new = NewStop(
            CustomerId(customer),
            self._day.weekday(),
            route=self.route.currentData(),
            technician=self.driver.text().strip(),
            every_weeks=int(self.rhythm.currentData()),
            from_day=self._day,
        )
        self.busy(True)
        self.context.runner.attempt(self, add_stop, self._on_added, self.show_problem, new)

    def _on_added(self, done: Done[StopId]) -> None:
        self.added.emit(int(done.result))
        self.accept()

    @Slot(object)
    def _on_chosen(self, _customer: object) -> None:
        self.clear_problem()
