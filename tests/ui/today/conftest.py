"""The Today page in a real window over a real store."""

import shutil
from collections import namedtuple
from functools import partial
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands.undo import undo_last
from followup_desktop.core.journeys import queries as journeys
from followup_desktop.ui import window as frame
from followup_desktop.ui.pages import PAGES
from followup_desktop.ui.runner import Runner
from tests.ui.gallery import Values
from tests.ui.today import scene

Row = namedtuple("Row", "group title second note")


class Passwords:
    def of(self, account):
        return "secret"


class Today:
    """The window on Today, and what a person sees and presses there."""

    def __init__(self, qtbot, theme, path, now=scene.NOW):
        self.qtbot, self.path = qtbot, path
        self.clock = FixedClock(now)
        self.program = Program(path, self.clock)
        self.desk = self.program.desk
        self.runner = Runner(self.desk)
        self.woken, self.logged, self.promised, self.wrong = [], [], [], []
        around = frame.Program(
            undo=self._undo,
            log=self._log,
            promise=self._promise,
            put_right=self._put_right,
            program=self.program,
            wake_outbox=partial(self.woken.append, True),
            passwords=Passwords(),
        )
        self.window = frame.MainWindow(theme, self.runner, self.clock, Values(), around, pages=PAGES)
        self.window.resize(1280, 800)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.page = cast("object", self.window.page("today"))
        qtbot.waitUntil(lambda: self.page.sight.day is not None)
        if self.page.sight.day.queue.cards and self.page.sight.day.back is None:
            self.card()

    def _undo(self, _step):
        self.runner.do(self.window, undo_last, None)

    def _log(self, **about):
        self.logged.append(about)

    def _promise(self, **about):
        self.promised.append(about)

    def _put_right(self, **about):
        self.wrong.append(about)

    def close(self):
        self.window.keep_places()
        self.window.hide()
        self.runner.close()
        self.program.close()
        self.window.deleteLater()

    def rows(self):
        """What the list shows, each with the group it stands in."""
        found, group = [], ""
        for row in self.page.list._list_model.rows.items:
            if hasattr(row, "count"):
                group = row.title
            else:
                found.append(Row(group, row.title, row.second, row.note))
        return found

    def names(self):
        return [row.title for row in self.rows()]

    def card(self):
        """Wait for the card of the selected row and return it."""
        self.qtbot.waitUntil(lambda: self.page.sight.current is not None and self.page.sight.current.view is not None)
        return self.page.sight.current

    def choose(self, name):
        """Select someone's row and wait for the card."""
        row = next(
            row for row in self.page.list._list_model.rows.items if getattr(row, "id", None) and row.title == name
        )
        self.page.list.select(row.id)
        self.page.list.setFocus()
        return self.card()

    def selected(self):
        row = self.page.list.currentIndex().data(Qt.ItemDataRole.DisplayRole)
        return str(row)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, text):
        self.qtbot.keyClicks(QApplication.focusWidget(), text)

    def until_gone(self, name):
        """Wait until no card or line is about someone; an open case stays in sight all the same."""
        self.qtbot.waitUntil(lambda: name not in [r.title for r in self.rows() if r.group != "Still to be put right"])

    def until_there(self, name):
        self.qtbot.waitUntil(lambda: name in self.names())

    def words(self):
        return self.page.pane.draft.words()

    def bar(self):
        """What the bar at the foot says."""
        bar = self.window.undo_bar
        return bar._lead.whole() if not bar.isHidden() else ""

    def until_said(self, words):
        self.qtbot.waitUntil(lambda: words in self.bar())

    def ask(self, question, *given):
        with self.desk.store.read() as session:
            return question(session, *given)

    def outcome(self, follow_up):
        return self.ask(journeys.follow_up, follow_up).outcome


@pytest.fixture(scope="session")
def small_store(tmp_path_factory):
    path = tmp_path_factory.mktemp("today") / "small.db"
    scene.small(path).program.close()
    return path


@pytest.fixture(scope="session")
def crowded_store(tmp_path_factory):
    path = tmp_path_factory.mktemp("today") / "crowded.db"
    scene.crowded(path).program.close()
    return path


@pytest.fixture
def open_today(qtbot, theme, tmp_path):
    """Open the window over a copy of a store, or over the same one again."""
    opened = []

    def open_(store, **more):
        path = store if store.parent == tmp_path else tmp_path / store.name
        if path != store:
            shutil.copy(store, path)
        opened.append(Today(qtbot, theme, path, **more))
        return opened[-1]

    yield open_
    for today in opened:
        if "desk" in today.program.__dict__:
            today.close()


@pytest.fixture
def today(open_today, small_store):
    return open_today(small_store)
