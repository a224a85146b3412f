"""The window: rail, pages, and the bar that says what was done."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from followup_desktop.base.changes import Done
from followup_desktop.base.clock import Clock
from followup_desktop.base.errors import Problem
from followup_desktop.base.settings import Settings
from followup_desktop.ui.keys import KEYS, Keyboard, KeysPage, key_of
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.kit.remembered import Remembered
from followup_desktop.ui.pages import PAGES, PageEntry, build
from followup_desktop.ui.palette import Entry, Palette, Search
from followup_desktop.ui.runner import Runner, Unexpected
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.busy import BusyLine
from followup_desktop.ui.widgets.rail import Rail, RailEntry
from followup_desktop.ui.widgets.strip import Strip
from followup_desktop.ui.widgets.undobar import UndoBar

logger = logging.getLogger(__name__)

SMALLEST = (900, 600)
FIRST = (1280, 800)
SHRINK_PX = 1000
"""Below this width the rail shows icons only."""
KEEP_MS = 2000


def _nothing(*_args: Any, **_kwargs: Any) -> None:
    """Nobody listens yet."""


def _no_entries() -> Sequence[Entry]:
    return ()


def _no_tray() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Program:
    """What the window asks of the program around it."""

    undo: Callable[[int | None], None] = _nothing
    """Take back a step, or the newest when None."""
    log: Callable[..., None] = _nothing
    """Open "Log something", perhaps for customer_id=…."""
    search: Search | None = None
    """Find customers and history for the palette."""
    commands: Callable[[], Sequence[Entry]] = _no_entries
    """Return what else the palette offers."""
    manual: Callable[[], None] = _nothing
    promise: Callable[[], None] = _nothing
    """Open the one-line capture of a promise."""
    put_right: Callable[..., None] = _nothing
    """Ask what went wrong, perhaps for customer_id=…, and open a case."""
    quit: Callable[[], None] = _nothing
    """End the program; the window has kept its places by then."""
    tray_available: Callable[[], bool] = _no_tray
    """Say whether the window may hide in a tray now."""
    program: Any = None
    """The program behind the window (`app.Program`): templates, journeys, the path of the store."""
    wake_outbox: Callable[[], None] = _nothing
    """Something may wait in the outbox now."""
    passwords: Any = None
    """Where mail passwords are kept (`passwords.Passwords`)."""
    places: Any = None
    """The data folder (`system.paths.Places`)."""
    switch_store: Callable[[Path], None] = _nothing
    """Go on with another store, such as the demo."""
    leave_demo: Callable[[], None] = _nothing
    """Go back from the invented business to the owner's own."""
    start_over: Callable[[], None] = _nothing
    """Open the file that took the place of the store: start again."""
    restore: Callable[[Path], None] = _nothing
    """Put a copy in the place of the store and start again."""
    test_reminder: Callable[[], str] = str
    """Send a reminder to try it out; return how it was shown."""


class MainWindow(QMainWindow):
    """Seven places and Settings, one window."""

    file_dropped = Signal(str)  # path of a file dragged into the window
    page_shown = Signal(str)  # key of the place

    def __init__(
        self,
        theme: Theme,
        runner: Runner,
        clock: Clock,
        settings: Settings,
        program: Program | None = None,
        *,
        state_file: Path | None = None,
        pages: Sequence[PageEntry] = PAGES,
    ) -> None:
        super().__init__()
        self.theme, self.runner, self._program = theme, runner, program or Program()
        self.context = Context(
            runner=runner,
            clock=clock,
            theme=theme,
            settings=settings,
            go=self.go,
            say=self.say,
            problem=self.show_problem,
            count_down=self.count_down,
            find=self.find_anything,
            log=self.log_something,
            promise=self._program.promise,
            put_right=self._program.put_right,
            program=self._program.program,
            wake_outbox=self._program.wake_outbox,
            passwords=self._program.passwords,
            places=self._program.places,
            switch_store=self._program.switch_store,
            restore=self._program.restore,
            test_reminder=self._program.test_reminder,
            tray_available=self._program.tray_available,
        )
        self._entries = {entry.key: entry for entry in pages}
        self._pages: dict[str, PageBase] = {}
        self._current = ""
        self._step: int | None = None
        self._remembered = Remembered(state_file)
        self.rail = Rail(theme, [_in_rail(entry) for entry in pages if not entry.under])
        self._demo = Strip(theme, "This is an invented business.", "Nothing is sent.", action="Back to my business")
        self._replaced = Strip(
            theme,
            "A backup took the place of this business.",
            "Nothing can be kept in this window any more.",
            action="Open the backup",
            icon="database",
        )
        self._stack = QStackedWidget()
        self.busy = BusyLine(theme)
        self.undo_bar = UndoBar(theme)
        self.palette_box = Palette(
            theme, self, search=self._program.search, entries=self._command_entries, places=self._place_entries
        )
        self._keeping = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._build()
        self._connect()
        self._restore()

    @Slot(str)
    def go(self, page_key: str, /, **focus: Any) -> None:
        """Open a place, with what to show there."""
        page = self.page(page_key)
        if page is None:
            return
        # Asked before the switch: hiding what had the focus hands it to whatever comes next, perhaps the rail.
        from_rail = self.rail.isAncestorOf(self.focusWidget() or self)
        if page_key != self._current:
            self._leave()
            self._current = page_key
            self._stack.setCurrentWidget(page)
            self.rail.choose(self._entries[page_key].under or page_key)
            self.setWindowTitle(f"{self._entries[page_key].label} · Followup Desktop")
            self._keeping.start()
        if self.isVisible():
            page.shown()
            if not from_rail:
                page.take_focus()
        if focus:
            page.focus_on(**focus)
        self.page_shown.emit(page_key)

    def current(self) -> str:
        """Return the key of the place shown."""
        return self._current

    def page(self, key: str) -> PageBase | None:
        """Return a place, made when first asked for; None when it cannot be made."""
        if key not in self._pages and key in self._entries:
            try:
                page = build(self._entries[key], self.context)
            except Exception:
                logger.exception("a page could not be opened")
                self.show_problem(Unexpected(traceback.format_exc()))
                return None
            page.badge_changed.connect(self.set_count)
            page.restore(self._remembered.get("pages", {}).get(key, {}))
            self._pages[key] = page
            self._stack.addWidget(page)
        return self._pages.get(key)

    @Slot(str, int, bool)
    def set_count(self, key: str, count: int, urgent: bool = False) -> None:
        """Show in the rail how much waits in a place."""
        self.rail.set_count(key, count, urgent=urgent)

    def set_business(self, business: str, owner: str) -> None:
        """Show whose business this is."""
        self.rail.set_business(business, owner)

    def set_demo(self, demo: bool) -> None:
        """Say above every place that the business is an invented one."""
        self._demo.setVisible(demo)

    def say_replaced(self) -> None:
        """Say above every place that a backup took the place of what is shown."""
        self._replaced.show()

    def set_status(self, first: str, second: str = "", *, good: bool = True) -> None:
        """Show at the foot of the rail how mail and backups stand."""
        self.rail.set_status(first, second, good=good)

    @Slot(object)
    def say(self, done: Done[Any]) -> None:
        """Say what a command did, with Undo when it can be taken back."""
        if done.says:
            self._step = done.step
            self.undo_bar.show_done(done.says, undoable=done.step is not None)

    @Slot(object)
    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong."""
        self.undo_bar.show_problem(problem.happened, problem.kept, problem.to_do, getattr(problem, "details", ""))

    def count_down(self, says: str, seconds: int, undo: Callable[[], None]) -> None:
        """Count down before something leaves the computer."""
        self.undo_bar.count_down(says, seconds, undo)

    @Slot()
    def find_anything(self) -> None:
        """Open the palette."""
        self.palette_box.open()

    def log_something(self, **about: Any) -> None:
        """Open "Log something"."""
        self._program.log(**about)

    @Slot()
    def raise_window(self) -> None:
        """Come to the front: from the tray, or when the program was started a second time."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def keep_places(self) -> None:
        """Write down geometry, page, widths and selections."""
        kept = dict(self._remembered.get("pages", {}))
        kept |= {key: page.state() for key, page in self._pages.items()}
        self._remembered.put("pages", kept)
        self._remembered.put("page", self._current)
        self._remembered.put("geometry", bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        self._remembered.save()

    def act(self, action: str) -> bool:
        """Do what a key means: what the place says first, then the window."""
        page = self._pages.get(self._current)
        if action == "undo":
            return self._undo()
        if page is not None and not self.palette_box.isVisible() and page.act(action):
            return True
        if action.startswith("place-"):
            return self._go_to_number(int(action.removeprefix("place-")))
        own = {
            "find": self.find_anything,
            "log": self.log_something,
            "keys": self.show_keys,
            "manual": self._program.manual,
            "promise": self._program.promise,
            "put_right": self._program.put_right,
            "quit": self.quit,
        }.get(action)
        if own is not None:
            own()
        return own is not None

    @Slot()
    def show_keys(self) -> None:
        """Show all keys."""
        sheet = KeysPage(self.theme, self)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.show()

    @Slot()
    def quit(self) -> None:
        """Keep the places and end the program."""
        self.keep_places()
        self._program.quit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: hide in the tray where there is one now, else end."""
        self.keep_places()
        if self._program.tray_available():
            event.ignore()
            self.hide()
        else:
            event.accept()
            self._program.quit()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: the page shown may look again."""
        super().showEvent(event)
        self.runner.watch(True)
        page = self._pages.get(self._current)
        if page is not None:
            page.shown()
            page.take_focus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: nothing is looked up for a window nobody sees."""
        super().hideEvent(event)
        self.runner.watch(False)
        page = self._pages.get(self._current)
        if page is not None:
            page.hidden()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: a minimised window does not look for changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.runner.watch(self.isVisible() and not self.isMinimized())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the rail shrinks in a narrow window."""
        super().resizeEvent(event)
        narrow = self.width() < self.theme.px(SHRINK_PX)
        if narrow != self.rail.is_narrow():
            self.rail.set_narrow(narrow)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: accept one file."""
        if _dragged_file(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: hand the file on."""
        path = _dragged_file(event)
        if path:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    def _build(self) -> None:
        self.setObjectName("window")
        self.setWindowTitle("Followup Desktop")
        self.setAccessibleName("Followup Desktop")
        self.setWindowIcon(self.theme.icon("handshake", "accent"))
        self.setAcceptDrops(True)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._replaced)
        right.addWidget(self._demo)
        right.addWidget(self._stack, 1)
        right.addWidget(self.busy)
        right.addWidget(self.undo_bar)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
        room = self.screen().availableGeometry()
        self.setMinimumSize(min(SMALLEST[0], room.width()), min(SMALLEST[1], room.height()))
        self.resize(min(FIRST[0], room.width()), min(FIRST[1], room.height()))

    def _connect(self) -> None:
        self._keyboard = Keyboard(self, self.act)
        self.rail.chosen.connect(self.go)
        self.undo_bar.undo.connect(self._on_undo)
        self._demo.pressed.connect(self._program.leave_demo)
        self._replaced.pressed.connect(self._program.start_over)
        self.runner.done.connect(self.say)
        self.runner.problem.connect(self.show_problem)
        self._keeping.timeout.connect(self.keep_places)

    def _restore(self) -> None:
        geometry = self._remembered.get("geometry", "")
        if isinstance(geometry, str) and geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore")))
        page = self._remembered.get("page")
        known = isinstance(page, str) and page in self._entries and not self._entries[page].under
        self.go(page if known else next(iter(self._entries)))

    def _leave(self) -> None:
        page = self._pages.get(self._current)
        if page is not None:
            page.hidden()

    def _undo(self) -> bool:
        if self.undo_bar.isVisible() and self.undo_bar.can_take_back():
            self.undo_bar.take_back()
        else:
            self._program.undo(None)
        return True

    def _go_to_number(self, number: int) -> bool:
        places = [entry.key for entry in self._entries.values() if not entry.under]
        if 1 <= number <= len(places):
            self.go(places[number - 1])
            self._pages[self._current].take_focus()  # also from the rail, where choosing with Space keeps it
        return True

    def _place_entries(self) -> list[Entry]:
        return [
            Entry(entry.label, partial(self.go, entry.key), icon=entry.icon, key=entry.shortcut.replace("+", " "))
            for entry in self._entries.values()
            if entry.found or not entry.under
        ]

    def _command_entries(self) -> list[Entry]:
        given = list(self._program.commands())
        taken = {entry.key for entry in given if entry.key}
        own = ("log", "promise", "put_right", "undo", "keys", "manual", "quit")
        says = {key.action: key.says for key in KEYS}
        mine = [Entry(says[action], partial(self.act, action), key=key_of(action)) for action in own]
        return [*given, *(entry for entry in mine if entry.key not in taken)]

    @Slot()
    def _on_undo(self) -> None:
        self._program.undo(self._step)


def _in_rail(entry: PageEntry) -> RailEntry:
    return RailEntry(entry.key, entry.label, entry.icon, entry.shortcut, entry.at_bottom)


def _dragged_file(event: QDropEvent) -> str:
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    return urls[0].toLocalFile() if len(urls) == 1 else ""
