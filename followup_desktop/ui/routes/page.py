"""The place called Routes: a day's stops, what to know and ask at each, and what happened."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget, QVBoxLayout, QWidget

from followup_desktop.base.changes import Changes, Done
from followup_desktop.base.errors import Problem
from followup_desktop.base.wording import date_words
from followup_desktop.base.zones import local_day, resolve
from followup_desktop.commands import history
from followup_desktop.commands.feedback import add_answer
from followup_desktop.commands.routes import move_stop, remove_stop
from followup_desktop.core.cases.queries import open_case_of
from followup_desktop.core.feedback.model import How, NewAnswer, Scale
from followup_desktop.core.history.model import LABELS, Happening, NewEvent
from followup_desktop.core.queue.queries.route_day import route_day
from followup_desktop.core.routes.model import WEEKDAYS, RouteDay
from followup_desktop.ui.keys import key_of
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.routes.adding import AddStopDialog
from followup_desktop.ui.routes.lines import StopLine, cut, day_title, first_day, stop_lines
from followup_desktop.ui.routes.sheet import write_sheet
from followup_desktop.ui.routes.table import StopsTable
from followup_desktop.ui.runner import Progress
from followup_desktop.ui.widgets.actions import ActionRow
from followup_desktop.ui.widgets.buttons import Button, MenuButton, Segments
from followup_desktop.ui.widgets.card import Panel, ToolRow
from followup_desktop.ui.widgets.emptyplace import EmptyPlace
from followup_desktop.ui.widgets.entryrow import EntryRow

ALL = ""
WEEK = timedelta(days=7)
ROOMY_PX = 960


class RoutesPage(PageBase):
    """One day at a time; the days of the week are buttons, the weeks arrows."""

    key: ClassVar[str] = "routes"
    title: ClassVar[str] = "Routes"
    icon: ClassVar[str] = "path"
    kinds: ClassVar[tuple[str, ...]] = (
        "routes", "stops", "events", "promises", "cases", "customers", "settings",
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._day: date | None = None
        self._found: RouteDay | None = None
        self._offered: tuple[int, ...] = ()
        self._score: int | None = None
        self.days = Segments(self.theme, name="Day")
        self.days.chosen.connect(self._on_day)
        self.earlier = Button(self.theme, "", "flat", icon="caret-left", size="small", name="The week before")
        self.later = Button(self.theme, "", "flat", icon="caret-right", size="small", name="The week after")
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)
        self.route = MenuButton(self.theme, "Route")
        self.route.chosen.connect(self._on_route)
        self.route.hide()
        self.print_button = Button(self.theme, "Print route sheet", icon="printer", size="small")
        self.print_button.clicked.connect(self.print_sheet)
        self.all_done = Button(self.theme, "Mark all done", icon="checks", size="small")
        self.all_done.clicked.connect(self.mark_all_done)
        self.table = StopsTable(self.theme)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.empty = EmptyPlace(self.theme, "path", "", "", "Put someone on it")
        self.empty.pressed.connect(self.add_stop)
        self.answer = EntryRow(self.theme, "What they said", "Note it")
        self.answer.given.connect(self._on_answer)
        self.answer.left.connect(self.table.setFocus)
        self._build()
        self._connect()

    def reload(self) -> None:
        """Ask for the day again; at first for today, or the next day with stops."""
        day = self._day or local_day(self.context.clock.now(), self._zone())
        question = partial(route_day, now=self.context.clock.now(), day=day)
        self.runner.ask(self, question, self._show, newest="day")

    def show_day(self, day: date) -> None:
        """Show another day."""
        self._day = day
        self.reload()

    def day(self) -> date | None:
        """Return the day shown."""
        return self._found.day if self._found else None

    def focus_on(self, **focus: Any) -> None:
        """Show a `day` (a date), select a `stop`."""
        if isinstance(focus.get("day"), date):
            self.show_day(focus["day"])
        if focus.get("stop") is not None:
            self.table.select(int(focus["stop"]))

    def _zone(self) -> str:
        return str(self.context.settings.value("business.zone")) or "UTC"

    def _build(self) -> None:
        tools = ToolRow(self.theme)
        for widget in (self.days, self.earlier, self.later, self.route):
            tools.add(widget)
        self.add_button = Button(self.theme, "Add a stop", icon="plus", size="small")
        self.add_button.clicked.connect(self.add_stop)
        for button in (self.add_button, self.print_button, self.all_done):
            tools.add_right(button)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        panel = Panel()
        panel.column.addWidget(tools)
        panel.column.addWidget(self._stack, 1)
        self._foot = self._made_foot()
        panel.column.addWidget(self._foot)
        self.set_content(panel)

    def _made_foot(self) -> QWidget:
        px, theme = self.theme.px, self.theme
        self.actions_row = ActionRow(theme, "What happened at this stop")
        add = self.actions_row.add
        self.done_button = add(Button(theme, "Done", icon="check", key=key_of("visit_done")))
        self.missed_button = add(Button(theme, "Missed", icon="x", key=key_of("visit_missed")))
        self.late_button = add(Button(theme, "Late", icon="clock", key=key_of("visit_late")))
        self.answer_button = add(Button(theme, "What they said", icon="chat-text", key=key_of("answer")))
        self.wrong_button = add(Button(theme, "Put right", icon="lifebuoy"))
        self.wrong_button.setToolTip(key_of("put_right"))
        self.open_button = self.actions_row.add_right(Button(theme, "Customer", icon="user", key=key_of("open")))
        seldom = self.actions_row.add_to_menu
        self.up_button = seldom(Button(theme, "Earlier on the route", key=key_of("stop_up")))
        self.down_button = seldom(Button(theme, "Later on the route", key=key_of("stop_down")))
        self.off_button = seldom(Button(theme, "Take off the route"))
        foot = QFrame()
        foot.setObjectName("foot")
        column = QVBoxLayout(foot)
        column.setContentsMargins(px(16), px(8), px(16), px(8))
        column.setSpacing(px(8))
        column.addWidget(self.answer)
        column.addWidget(self.actions_row)
        return foot

    def _connect(self) -> None:
        keys = (
            ("visit_done", self.done_button, self.mark_done),
            ("visit_missed", self.missed_button, self.mark_missed),
            ("visit_late", self.late_button, self.mark_late),
            ("answer", self.answer_button, self.ask),
            ("put_right", self.wrong_button, self.put_right),
            ("open", self.open_button, self.open_customer),
            ("stop_up", self.up_button, self.move_up),
            ("stop_down", self.down_button, self.move_down),
            ("", self.off_button, self.take_off),
        )
        for action, button, slot in keys:
            button.clicked.connect(slot)
            if action:
                self.on(action, slot)
        for score in range(1, 6):
            self.on(f"score_{score}", partial(self.score, score))
        self.on("next", self.table.next)
        self.on("previous", self.table.previous)

    def _show(self, found: RouteDay) -> None:
        if self._day is None and found.day.weekday() not in found.weekdays and found.weekdays:
            self.show_day(first_day(found))
            return
        self._found, self._day = found, found.day
        self._offer_days(found)
        self._offer_routes(found)
        lines = self._lines()
        self.table.show_rows(lines)
        if lines and self.table.selected() is None:
            self.table.select(next((line.stop for line in lines if line.planned), lines[0].stop))
        self.set_subtitle(day_title(found, lines))
        self._say_empty(found)
        self._stack.setCurrentWidget(self.table if lines else self.empty)
        self._foot.setVisible(bool(lines))
        self._allow()

    def _lines(self) -> list[StopLine]:
        chosen = self.route.value()
        return stop_lines(self._found, int(chosen) if chosen else None) if self._found else []

    def _offer_days(self, found: RouteDay) -> None:
        offered = tuple(day for day in range(7) if day < 5 or day in found.weekdays or day == found.day.weekday())
        if offered != self._offered:
            self._offered = offered
            self.days.set_choices([(str(day), WEEKDAYS[day]) for day in offered])
        self.days.choose(str(found.day.weekday()))
        monday = found.day - timedelta(days=found.day.weekday())
        self.days.setToolTip(f"The week of {date_words(monday, found.today)}")

    def _offer_routes(self, found: RouteDay) -> None:
        offered = [(str(int(route.id)), cut(route.name, 18)) for route in found.routes if route.stops]
        several = len(offered) > 1
        if not several:
            self.route.choose(ALL)
        self.route.set_choices([(ALL, "all"), *offered] if several else [(ALL, "all")])
        self.route.setVisible(several)

    def _say_empty(self, found: RouteDay) -> None:
        if found.weekdays:
            heading = f"No stops on {date_words(found.day, found.today)}"
            self.empty.say("path", heading, "Put a customer on this day's route, and every visit can be marked here.",
                           "Put someone on it")  # fmt: skip
        else:
            self.empty.say(
                "path",
                "No routes yet",
                "Put customers on the day you visit them. Then each morning this says what to know before you knock, "
                "what to ask, and what is owed.",
                "Put someone on a route",
            )

    def _allow(self) -> None:
        """Let be pressed what can be done: a day that has not come cannot be marked."""
        found, line = self._found, self._line()
        may_mark = found is not None and found.day <= found.today
        tip = "" if may_mark else "That day has not come yet"
        for button in (self.done_button, self.missed_button, self.late_button, self.answer_button):
            button.setEnabled(may_mark and line is not None)
            button.setToolTip(tip)
        self.all_done.setEnabled(may_mark and any(row.planned for row in self._lines()))
        self.all_done.setToolTip(tip)
        self.print_button.setEnabled(bool(self.table.rows()))

    def _line(self) -> StopLine | None:
        return self.table.selected_row()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: in a narrow window the tools show their words alone."""
        super().resizeEvent(event)
        for button in (self.add_button, self.print_button, self.all_done):
            button.show_mark(self.width() >= self.theme.px(ROOMY_PX))

    # What can be done

    @Slot()
    def mark_done(self) -> None:
        """Say that the selected visit was done."""
        self._mark(Happening.VISIT_DONE)

    @Slot()
    def mark_missed(self) -> None:
        """Say that the selected visit was missed."""
        self._mark(Happening.VISIT_MISSED)

    @Slot()
    def mark_late(self) -> None:
        """Say that the selected visit was late."""
        self._mark(Happening.VISIT_LATE)

    def _mark(self, what: Happening) -> None:
        line, found = self._line(), self._found
        if line is None or found is None:
            return
        if not line.planned:
            said = LABELS[Happening(line.state)].lower()
            self.context.problem(
                Problem(f"{line.name} is marked already: {said}.", "Nothing was changed.", "Undo takes the mark back.")
            )
            return
        self.runner.do(
            self, history.close_stop, self._on_marked, line.customer, int(line.stop), found.day, what, line.technician
        )

    def _on_marked(self, _done: Done[Any]) -> None:
        self._select_next_planned()

    def _select_next_planned(self) -> None:
        rows, at = self.table.rows(), self._line()
        after = [row for row in rows if at is None or row.number > at.number or row.route != at.route]
        for row in after:
            if row.planned:
                self.table.select(row.stop)
                return

    @Slot()
    def mark_all_done(self) -> None:
        """Say that every visit that is still planned was done; one step back undoes it."""
        if self._found is not None:
            stops = [(line.customer, int(line.stop), line.technician) for line in self._lines() if line.planned]
            self.runner.do(self, history.close_day, None, stops, self._found.day)

    @Slot()
    def ask(self) -> None:
        """Take down what they said."""
        line = self._line()
        if line is not None and self.answer_button.isEnabled():
            self._score = None
            self.answer.ask(f"{line.name}: “{line.question}”" if line.question else f"What {line.name} said")

    def score(self, score: int) -> None:
        """Take down how satisfied they are, 1 to 5; Enter keeps it, with a word or without, and goes to the next."""
        line = self._line()
        if line is not None and self.answer_button.isEnabled():
            self._score = score
            said = f"{line.name}: {score} of 5. A word with it, or Enter alone"
            self.answer.ask(said, may_be_empty=True)

    def _keep_score(self, score: int, words: str) -> None:
        line, found = self._line(), self._found
        if line is not None and found is not None:
            told = NewAnswer(Scale.CSAT, score, words, How.IN_PERSON, self._moment(found), line.technician)
            self.runner.do(self, add_answer, None, line.customer, told)
            self.table.setFocus()
            self.table.next()

    @Slot(str)
    def _on_answer(self, words: str) -> None:
        line, found = self._line(), self._found
        if line is None or found is None:
            return
        if self._score is not None:
            score, self._score = self._score, None
            self._keep_score(score, words)
            return
        said = NewEvent(
            Happening.IN_PERSON,
            at=self._moment(found),
            note=words,
            about=line.question,
            by=line.technician,
            counts=True,
        )
        self.runner.do(self, history.log, None, line.customer, said)
        self.table.setFocus()
        self.table.next()

    def _moment(self, found: RouteDay) -> datetime | None:
        return None if found.day == found.today else resolve(found.day, time(12), self._zone())

    @Slot()
    def put_right(self) -> None:
        """Go to the case that a missed or late visit opened; else ask what went wrong at this stop."""
        line = self._line()
        if line is None:
            self.context.put_right()
        elif line.state in (Happening.VISIT_MISSED, Happening.VISIT_LATE):
            question = partial(open_case_of, customer=int(line.customer))
            self.runner.ask(self, question, partial(self._go_to_case, int(line.customer)))
        else:
            self.context.put_right(customer_id=int(line.customer), how="in_person")

    def _go_to_case(self, customer: int, case: int | None) -> None:
        if case is None:
            self.context.put_right(customer_id=customer, how="visit")
        else:
            self.context.go("recovery", case_id=case)

    @Slot()
    def open_customer(self) -> None:
        """Show the selected customer."""
        line = self._line()
        if line is not None:
            self.context.go("customers", customer_id=int(line.customer))

    @Slot()
    def add_stop(self) -> None:
        """Ask who is to be put on this day's route."""
        if self._found is not None:
            dialog = AddStopDialog(self.context, self._found.day, self._found.routes, self)
            dialog.added.connect(self.table.select)
            dialog.show()

    @Slot()
    def take_off(self) -> None:
        """Take the selected stop off its route."""
        line = self._line()
        if line is not None:
            self.runner.do(self, remove_stop, None, int(line.stop))

    @Slot()
    def move_up(self) -> None:
        """Visit the selected stop before the one above it."""
        self._move(-1)

    @Slot()
    def move_down(self) -> None:
        """Visit the selected stop after the one below it."""
        self._move(1)

    def _move(self, by: int) -> None:
        line = self._line()
        if line is None:
            return
        same = [row for row in self.table.rows() if row.route == line.route]
        place = same.index(line) + by
        if 0 <= place < len(same):
            self.runner.do(self, move_stop, None, int(line.stop), int(same[place].stop))

    @Slot()
    def print_sheet(self) -> None:
        """Ask where, then write the route sheet of the day."""
        if self._found is None:
            return
        name = f"route-{self._found.day.isoformat()}.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(self, "Print route sheet", name, "PDF (*.pdf)")
        if chosen:
            self.write_sheet(Path(chosen))

    def write_sheet(self, path: Path) -> None:
        """Write the route sheet in the background."""
        if self._found is None:
            return
        lines = self._lines()
        title, region = day_title(self._found, lines), str(self.context.settings.value("business.region")) or "US"

        def work(_progress: Progress) -> str:
            write_sheet(path, title, lines, region)
            return path.name

        self.runner.run(self, work, self._on_written, self.context.problem)

    def _on_written(self, name: str) -> None:
        self.context.say(Done(None, Changes(), None, f"Route sheet saved: {name}"))

    @Slot(str)
    def _on_day(self, weekday: str) -> None:
        if self._day is not None:
            self.show_day(self._day + timedelta(days=int(weekday) - self._day.weekday()))

    @Slot()
    def _on_earlier(self) -> None:
        if self._day is not None:
            self.show_day(self._day - WEEK)

    @Slot()
    def _on_later(self) -> None:
        if self._day is not None:
            self.show_day(self._day + WEEK)

    @Slot(str)
    def _on_route(self, _route: str) -> None:
        if self._found is not None:
            self._show(self._found)

    @Slot(object)
    def _on_chosen(self, _stop: object) -> None:
        self.answer.leave()
        self._allow()

    @Slot(object)
    def _on_opened(self, _stop: object) -> None:
        self.open_customer()
