"""Draws the widgets with invented content, to be looked at: `python -m tests.ui.gallery OUT.png --theme dark`.

Without `--place` one picture for each place is written: OUT-today.png, OUT-customers.png, …
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.base.clock import FixedClock
from followup_desktop.base.settings import SETTINGS, Kind, Setting, Value
from followup_desktop.ui.keys import key_of
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.form import SettingsForm
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.pages import PageEntry
from followup_desktop.ui.palette import Entry
from followup_desktop.ui.runner import Runner
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.actions import ActionRow
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.busy import BusyLine
from followup_desktop.ui.widgets.buttons import Button, MenuButton, Segments, Tabs
from followup_desktop.ui.widgets.card import Card, ChoiceCard, FactsCard, Figure, Panel, ToolRow
from followup_desktop.ui.widgets.charts import Bar, BarChart, LineChart, Point, SharesBar
from followup_desktop.ui.widgets.emptyplace import EmptyPlace
from followup_desktop.ui.widgets.facts import FactHighlighter
from followup_desktop.ui.widgets.fields import DraftEdit, LabelledLine
from followup_desktop.ui.widgets.flow import FlowLayout
from followup_desktop.ui.widgets.grouped import Group, GroupedList, Item
from followup_desktop.ui.widgets.split import SplitPane
from followup_desktop.ui.widgets.table import Column, RecordTable
from followup_desktop.ui.widgets.tag import Tag
from followup_desktop.ui.widgets.text import Line, ShortText, Text
from followup_desktop.ui.window import MainWindow, Program

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


class _Store:
    def __init__(self):
        self.listeners = []

    def data_version(self):
        return 1


class _Desk:
    def __init__(self):
        self.store = _Store()


class Values:
    def __init__(self):
        self.kept: dict[str, Value] = {}

    def value(self, key):
        known = (*SOME_SETTINGS, *SETTINGS)
        return self.kept.get(key, next(setting.default for setting in known if setting.key == key))

    def change(self, key, value):
        self.kept[key] = value


SOME_SETTINGS = (
    Setting("business", Kind.TEXT, "Business", "Blue Heron Pools", "Business", "As it stands under your messages."),
    Setting("address", Kind.ADDRESS, "Address for answers", "dana@blueheronpools.example", "Business"),
    Setting("weekly", Kind.NUMBER, "Messages to one customer in a week", 1, "Rules", "Counted over all channels.",
            maximum=7, unit="at most"),
    Setting("quiet", Kind.TIME, "Quiet from", time(20, 0), "Rules"),
    Setting("theme", Kind.CHOICE, "Light or dark", "system", "Looks",
            choices=(("system", "As the system"), ("light", "Light"), ("dark", "Dark"))),
    Setting("tray", Kind.TOGGLE, "Keep running in the tray when the window is closed", True, "Reminders"),
    Setting("backups", Kind.PATH, "Folder for backups", "/home/dana/Backups", "Backups"),
)  # fmt: skip

QUEUE = (
    Group("promised", "You promised", (
        Item(1, "Maria Alvarez", "Send the filter quote you promised on Thursday", "due 3:00 pm", "danger"),
        Item(2, "Tom Becker", "Call back about the green water at 18 Palm Ct", "1 day late", "danger"),
    )),
    Group("right", "Put right", (
        Item(3, "Priya Nair", "Missed visit on 6 Nov, put right on 9 Nov. Did it hold?", "day 14 check"),
    )),
    Group("answer", "Answers waiting for you", (
        Item(4, "Greta Lindqvist", "She rated Friday 3 of 5: “gate left open”", "since Sat"),
    )),
    Group("closing", "Closing soon", (
        Item(5, "Lakeside HOA", "Thank you: first service visit, Friday", "6 h left"),
        Item(6, "Sam Osei", "Confirm heater install and what happens next", "9 h left"),
        Item(7, "Joe Marchetti", "Thank you: salt cell replacement", "23 h left"),
    )),
    Group("rest", "This week", (Item(8, "Ana Pereira", "Quote sent 5 days ago, no answer yet", "this week"),)),
    Group("held", "Held back", (Item(9, "Noah Fitch", "Weekly limit"),), "5 · see why", foldable=True, folded=True),
    Group("waiting", "Awaiting their reply", (), "6", foldable=True, folded=True),
)  # fmt: skip

DRAFT = """Hi Priya,

On 6 November we missed your visit, and I am still sorry about that. Luis serviced the pool on Monday the 9th \
and has been on time both Fridays since.

Has the water been clear, and was the gate latched each time?

Your $40 credit is on the December bill, as I said it would be. If anything is not right, reply here or ring me \
on 555-0142 and I will come by myself.

Dana
Blue Heron Pools"""


class TodaySample(PageBase):
    key: ClassVar[str] = "today"
    title: ClassVar[str] = "Today"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = self.theme
        px = theme.px
        self.set_subtitle("Monday 23 November · 14 to review, about 9 minutes")
        self.list = GroupedList(theme, "Today")
        self.list.show_groups(QUEUE)
        self.list.select(3)
        self.on("next", self.list.next)
        self.on("previous", self.list.previous)
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(Text("Priya Nair", "heading"))
        head.addWidget(Tag(theme, "Friday route · stop 7"))
        head.addWidget(Tag(theme, "Recovery, week 2", "warning"))
        head.addStretch(1)
        head.addWidget(ShortText("Prefers email · mornings", "muted"))
        column.addLayout(head)
        column.addWidget(Banner(
            theme, "Why now.",
            "A visit was missed on Fri 6 Nov. You apologised and serviced the pool on Mon 9 Nov. Two weeks later comes "
            "the question whether it held, with the credit you offered.",
            "It leaves when she answers or you settle the case.",
        ))  # fmt: skip
        middle = QHBoxLayout()
        middle.setSpacing(px(14))
        middle.addLayout(self._draft(), 1)
        middle.addLayout(self._history())
        column.addLayout(middle, 1)
        actions = ActionRow(theme)
        actions.add(Button(theme, "Send", "primary", icon="paper-plane-tilt", key=key_of("send")))
        actions.add(Button(theme, "Save to Drafts"))
        actions.add(Button(theme, "Call", icon="phone"))
        actions.add(Button(theme, "Text", icon="qr-code"))
        for text, action in (("Done", "done"), ("Later", "later"), ("Skip", "skip")):
            actions.add_right(Button(theme, text, key=key_of(action)))
        column.addWidget(actions)
        self.split = SplitPane(theme, self.list, pane)
        self.list.opened.connect(self.split.show_pane)
        self.set_content(self.split)

    def _draft(self):
        px = self.theme.px
        column = QVBoxLayout()
        column.setSpacing(px(8))
        subject = LabelledLine(self.theme, "Subject")
        subject.setText("Has the pool been right since the 9th?")
        text = DraftEdit(self.theme, "Message")
        text.set_text(DRAFT)
        text.setMinimumHeight(px(120))
        self.marks = FactHighlighter(self.theme, text.document())
        self.marks.show_facts(["6 November we missed your visit", "Luis serviced the pool on Monday the 9th",
                               "$40 credit", "555-0142"])  # fmt: skip
        chips = QWidget()
        flow = FlowLayout(chips)
        for word in ("Names what happened", "One question", "Clear next step", "No excuses"):
            flow.addWidget(Tag(self.theme, word, "good", "check"))
        flow.addWidget(Tag(self.theme, "86 words: 60 reads better", "warning", "warning"))
        for widget in (subject, text, chips):
            column.addWidget(widget, 1 if widget is text else 0)
        return column

    def _history(self):
        px = self.theme.px
        column = QVBoxLayout()
        column.setSpacing(px(8))
        column.addWidget(Text("History", "strong"))
        for day, what in (("20 Nov", "Visit done, Luis. Chlorine 2.4"), ("9 Nov", "Serviced. Apology sent, replied"),
                          ("6 Nov", "Visit missed. Cause: truck repair"), ("30 Oct", "Visit done, Luis")):  # fmt: skip
            column.addWidget(ShortText(f"{day}  {what}", "label"))
        column.addStretch(1)
        card = Card(self.theme)
        card.column.addWidget(Text("Next visit Fri 27 Nov", "strong"))
        card.column.addWidget(Text("Ask in person: “Has the gate been latched since?”", "muted", wrap=True))
        card.setFixedWidth(px(220))
        column.addWidget(card)
        return column


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    route: str
    stage: str
    standing: str
    last: str
    next: str


TONES = {"Good": "good", "Watch": "warning", "At risk": "danger", "No history": "neutral"}
PEOPLE = tuple(
    Person(number, *row)
    for number, row in enumerate((
        ("Wendell Price", "Thu · 3", "Regular", "At risk", "61 days", "Check in, this week"),
        ("Tom Becker", "Mon · 9", "Regular", "At risk", "4 days", "Promised call, late"),
        ("Greta Lindqvist", "Fri · 2", "New", "Watch", "3 days", "Answer her rating"),
        ("Priya Nair", "Fri · 7", "Regular", "Watch", "14 days", "Did it hold?"),
        ("Ana Pereira", "–", "Quoted", "No history", "5 days", "Quote check-in"),
        ("Lakeside HOA", "Fri · 1", "New", "Good", "3 days", "Thank you"),
        ("Sam Osei", "Wed · 4", "Regular", "Good", "1 day", "Confirm install"),
        ("Joe Marchetti", "Mon · 2", "Regular", "Good", "1 day", "Thank you"),
    ))
)  # fmt: skip

PEOPLE_COLUMNS = (
    Column[Person]("name", "Name", lambda p: p.name, "strong", 142, sort="name"),
    Column[Person]("route", "Route", lambda p: p.route, width=81, sort="route"),
    Column[Person]("stage", "Stage", lambda p: p.stage, width=95),
    Column[Person]("standing", "Standing", lambda p: p.standing, "tag", 105, tone=lambda p: TONES[p.standing]),
    Column[Person]("last", "Last contact", lambda p: p.last, width=104, sort="last", optional=True),
    Column[Person]("next", "Next", lambda p: p.next, "muted", 120, stretch=True),
)


class CustomersSample(PageBase):
    key: ClassVar[str] = "customers"
    title: ClassVar[str] = "Customers"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = self.theme
        self.set_subtitle("214 active · 9 at risk")
        left = Panel()
        column = left.column
        filters = ToolRow(theme)
        filters.add(MenuButton(theme, "Route", (("", "any"), ("fri", "Friday"))))
        filters.add(MenuButton(theme, "Stage", (("", "any"), ("new", "New"))))
        filters.add(MenuButton(theme, "", (("risk", "At risk first"), ("name", "By name")), name="Order"))
        filters.add_right(Button(theme, "Import", "flat", icon="upload-simple", size="small"))
        column.addWidget(filters)
        self.table: RecordTable[Person] = RecordTable(theme, "Customers", PEOPLE_COLUMNS, lambda p: p.id)
        self.table.show_rows(PEOPLE)
        self.table.show_sorted("name")
        self.table.select(0)
        column.addWidget(self.table, 1)
        self.set_content(SplitPane(theme, left, self._person(), list_px=-380))

    def _person(self):
        theme, px = self.theme, self.theme.px
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(Text("Wendell Price", "heading"))
        column.addWidget(ShortText("18 Orchard Way · Thursday route, stop 3 · weekly", "muted"))
        buttons = ActionRow(theme)
        buttons.add(Button(theme, "Write", "primary", icon="pencil-simple"))
        buttons.add(Button(theme, "Call", icon="phone"))
        buttons.add(Button(theme, "Promise", icon="handshake"))
        buttons.add(Button(theme, "Log", icon="plus"))
        column.addWidget(buttons)
        card = FactsCard(theme, "Why at risk")
        card.show_facts([("No contact from us", "61 days, his usual is 21"), ("Rating fell", "5, then 4"),
                         ("One message unanswered", "22 Sep")])  # fmt: skip
        link = Button(theme, "Best next step: ring him, do not email", "link", icon="arrow-right")
        card.column.addWidget(link)
        column.addWidget(card)
        column.addWidget(
            Tabs(theme, [(word, word) for word in ("History", "Details", "Pool", "Consent")], name="About")
        )
        column.addWidget(Line())
        for line in ("19 Nov  Visit done, Luis", "12 Nov  Visit done, Luis", "21 Sep  Rated 4: “A bit loud.”"):
            column.addWidget(ShortText(line, "muted"))
        column.addStretch(1)
        return pane


@dataclass(frozen=True)
class Stop:
    id: int
    name: str
    street: str
    know: str
    ask: str
    why: str
    tone: str = ""


STOPS = (
    Stop(1, "Maria Alvarez", "7 Cove Rd", "You owe her the filter quote", "“Did the quote reach you?”", "Promise due"),
    Stop(2, "Carl Jensen", "22 Cove Rd", "New dog, ring first", "“Is the water the way you like it?”", "Since August"),
    Stop(3, "Ivy Chandra", "5 Mill Ln", "–", "“Anything you want changed?”", "Season change"),
    Stop(6, "Paul Sato", "14 Bay St", "Reply waiting since Sunday", "“I saw your note.”", "He wrote", "warning"),
)


class RoutesSample(PageBase):
    key: ClassVar[str] = "routes"
    title: ClassVar[str] = "Routes"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = self.theme
        self.set_subtitle("Tuesday · 24 November · 8 stops · Luis")
        content = Panel()
        column = content.column
        row = ToolRow(theme)
        days = Segments(theme, [(day, day) for day in ("Mon", "Tue", "Wed", "Thu", "Fri")], name="Day")
        days.choose("Tue")
        row.add(days)
        row.add_right(Button(theme, "Print route sheet", icon="printer", size="small"))
        row.add_right(Button(theme, "Mark all done", icon="checks", size="small"))
        column.addWidget(row)
        columns = (
            Column[Stop]("n", "", lambda s: str(s.id), "strong", 34),
            Column[Stop]("name", "Customer", lambda s: s.name, "strong", 170, second=lambda s: s.street),
            Column[Stop]("know", "Know before you knock", lambda s: s.know, "tag", 300, stretch=True,
                         tone=lambda s: s.tone),
            Column[Stop]("ask", "Ask in person", lambda s: s.ask, "strong", 240, second=lambda s: s.why),
            Column[Stop]("after", "After the visit", lambda _s: "Planned", "tag", 160),
        )  # fmt: skip
        table: RecordTable[Stop] = RecordTable(theme, "Stops", columns, lambda s: s.id, lines=2)
        table.show_rows(STOPS)
        column.addWidget(table, 1)
        self.set_content(content)


class InsightsSample(PageBase):
    key: ClassVar[str] = "insights"
    title: ClassVar[str] = "Insights"
    with_search: ClassVar[bool] = False
    with_log: ClassVar[bool] = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, px = self.theme, self.theme.px
        self.bar.add_beside_title(
            MenuButton(theme, "", (("10", "October 2026"), ("9", "September 2026")), name="Month")
        )
        self.set_subtitle("compared with September")
        self.bar.add(Button(theme, "Export report", "primary", icon="file-pdf"))
        content = QWidget()
        content.setObjectName("page")
        grid = QGridLayout(content)
        grid.setContentsMargins(px(20), px(16), px(20), px(16))
        grid.setSpacing(px(12))
        figures = (
            ("Promises kept on time", "47 of 49", "September 41 of 46", ""),
            ("Answered", "41%", "62 of 151 · no real change", ""),
            ("Reached within 24 h", "88%", "97 of 110 · up from 71%", "good"),
            ("Satisfied", "92%", "35 of 38 rated 4 or 5", ""),
            ("Time to put right", "2.1 d", "median of 6 cases", ""),
            ("Customers kept", "212 of 214", "2 left, both moved house", ""),
        )
        for number, figure in enumerate(figures):
            grid.addWidget(Figure(theme, *figure), 0, number)
        answers = Card(theme, "Which messages get an answer")
        bars = BarChart(theme, "Which messages get an answer")
        bars.show_bars([Bar("Put right, week 2", 5 / 7, "5 of 7"), Bar("Thank you, first visit", 10 / 18, "10 of 18"),
                        Bar("Quote check-in", 0.4, "8 of 20"), Bar("Repair check-in", 16 / 44, "16 of 44"),
                        Bar("Season reminder", 9 / 62, "9 of 62")])  # fmt: skip
        answers.column.addWidget(bars)
        answers.column.addWidget(Banner(theme, "Season reminder is read but not answered.",
                                        "It asks nothing. Give it one question, or stop counting it as a check-in.",
                                        icon="lightbulb", action="Edit the template"))  # fmt: skip
        answers.column.addStretch(1)
        grid.addWidget(answers, 1, 0, 1, 3)
        said = Card(theme, "What customers said")
        said.column.addWidget(Text("Promoters 24 · Passive 9 · Detractors 5 · NPS +50", "muted"))
        shares = SharesBar(theme, "What customers said")
        shares.show_shares([("Promoters", 24, "good"), ("Passive", 9, "line"), ("Detractors", 5, "danger")])
        said.column.addWidget(shares)
        said.column.addStretch(1)
        grid.addWidget(said, 1, 3, 1, 3)
        rate = Card(theme, "Answer rate, last 12 months")
        line = LineChart(theme, "Answer rate, last 12 months")
        months = (24, 25.5, 26.5, 26, 30, 31.5, 33.5, 36, 37.5, 41, 44, 41)
        names = ("Nov 2025", *(f"month {n}" for n in range(2, 12)), "Oct 2026")
        line.show_points([Point(name, value / 100) for name, value in zip(names, months, strict=True)])
        rate.column.addWidget(line, 1)
        grid.addWidget(rate, 2, 0, 1, 6)
        grid.setRowStretch(2, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(content)
        self.set_content(area)


class SettingsSample(PageBase):
    key: ClassVar[str] = "settings"
    title: ClassVar[str] = "Settings"
    with_search: ClassVar[bool] = False
    with_log: ClassVar[bool] = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        px = self.theme.px
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        form = SettingsForm(self.theme, SOME_SETTINGS, context.settings)
        form.field("address").show_problem("Address for answers: “dana@” cannot be used. Please enter an address.")
        column.addWidget(form)
        for tone, lead in (("good", "Signed in."), ("warning", "No tray here."), ("danger", "The server said no.")):
            column.addWidget(Banner(self.theme, lead, "What follows from it, in a sentence.", tone=tone))
        busy = BusyLine(self.theme)
        column.addWidget(busy)
        busy.start("Checking 214 rows")
        busy.step(120, 214)
        busy.show()
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(Button(self.theme, "Use this account", "primary"))
        row.addWidget(Button(self.theme, "Change settings by hand"))
        row.addWidget(Button(self.theme, "Cancel", "flat"))
        row.addWidget(Button(self.theme, "Remove", "danger", icon="trash"))
        disabled = Button(self.theme, "Not now", "primary")
        disabled.setEnabled(False)
        row.addWidget(disabled)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        content.setObjectName("page")
        area.setWidget(content)
        self.set_content(area)


class StartSample(PageBase):
    key: ClassVar[str] = "start"
    title: ClassVar[str] = "Start"
    with_bar: ClassVar[bool] = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        px = self.theme.px
        content = QWidget()
        row = QHBoxLayout(content)
        row.setSpacing(px(14))
        row.addStretch(1)
        cards = (
            ("upload-simple", "Bring a file", "An export from Jobber, Skimmer, QuickBooks, or any list."),
            ("user-plus", "Add one customer", "Someone you saw today. It takes half a minute."),
            ("swimming-pool", "Look around first", "An invented pool business. Nothing is sent."),
        )
        for number, card in enumerate(cards):
            row.addWidget(ChoiceCard(self.theme, *card, first=number == 0))
        row.addStretch(1)
        self.set_content(content)


class EmptySample(PageBase):
    key: ClassVar[str] = "journeys"
    title: ClassVar[str] = "Journeys"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.set_subtitle("5 on · 3 more suggested")
        self.set_content(EmptyPlace(self.theme, "map-trifold", "No journeys yet",
                                    "A journey says who hears from you after a visit, and when.",
                                    "Choose three to begin with"))  # fmt: skip


_HERE = "tests.ui.gallery"
SAMPLES = (
    PageEntry("today", "Today", "sun", "Ctrl+1", f"{_HERE}:TodaySample"),
    PageEntry("promises", "Promises", "handshake", "Ctrl+2", f"{_HERE}:EmptySample"),
    PageEntry("customers", "Customers", "users-three", "Ctrl+3", f"{_HERE}:CustomersSample"),
    PageEntry("routes", "Routes", "path", "Ctrl+4", f"{_HERE}:RoutesSample"),
    PageEntry("recovery", "Recovery", "lifebuoy", "Ctrl+5", f"{_HERE}:EmptySample"),
    PageEntry("insights", "Insights", "chart-line-up", "Ctrl+6", f"{_HERE}:InsightsSample"),
    PageEntry("journeys", "Journeys", "map-trifold", "Ctrl+7", f"{_HERE}:EmptySample"),
    PageEntry("settings", "Settings", "gear-six", "Ctrl+8", f"{_HERE}:SettingsSample", at_bottom=True),
    PageEntry("start", "Start", "sun", "", f"{_HERE}:StartSample", under="today"),
)
PLACES = ("today", "customers", "routes", "insights", "settings", "start", "journeys", "palette", "problem")


def sample_search(text, then):
    visit = "6 Nov · truck repair, no cover arranged"
    then([Entry("Priya Nair", int, "Friday route", "user"), Entry("Priya Nair: visit missed", int, visit, "clock")])


def sample_window(theme: Theme, runner: Runner) -> MainWindow:
    window = MainWindow(
        theme, runner, FixedClock(NOW), Values(), Program(search=sample_search), pages=SAMPLES
    )  # fmt: skip
    window.set_business("Blue Heron Pools", "Dana Whitlock · owner")
    for key, count, urgent in (("today", 14, False), ("promises", 2, True), ("customers", 214, False),
                               ("recovery", 3, False)):  # fmt: skip
        window.set_count(key, count, urgent)
    window.set_status("Mail checked 2 min ago", "Backed up today 06:30")
    return window


def picture(window: MainWindow, place: str, path: Path) -> None:
    """Draw one place as it looks once everything has settled."""
    window.undo_bar.dismiss()
    window.palette_box.dismiss()
    window.go({"palette": "today", "problem": "customers"}.get(place, place))
    if place == "palette":
        window.find_anything()
        window.palette_box.field.setText("pri")
    if place == "today":
        window.count_down("Sending to Priya Nair", 10, window.undo_bar.hide)
    if place == "problem":
        window.undo_bar.show_problem(
            "The server refused the password.", "The message is kept in Drafts.", "Enter it anew in Settings.", "535"
        )
    _settle()
    window.grab().save(str(path))


def _settle() -> None:
    loop = QEventLoop()
    QTimer.singleShot(120, loop.quit)
    loop.exec()


def main(arguments: list[str]) -> int:
    """Draw one place or all."""
    parser = argparse.ArgumentParser(prog="tests.ui.gallery")
    parser.add_argument("out", type=Path)
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--place", choices=PLACES)
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    runner = Runner(_Desk())
    window = sample_window(Theme(app, chosen.theme), runner)
    window.resize(*(int(side) for side in chosen.size.split("x")))
    window.show()
    for place in (chosen.place,) if chosen.place else PLACES:
        picture(window, place, chosen.out if chosen.place else chosen.out.with_stem(f"{chosen.out.stem}-{place}"))
    runner.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
