"""The program itself, started as it starts; beside it a watch that tells how far it is.

It says "painted" when the frame of the window stands, "ready" when the store is open and today's list is on the screen,
so that every key answers, "drafted" when the first draft stands beside the list, and "settled" two seconds later. With
each comes the longest time, in milliseconds, in which the window did not answer since it was painted. It stays while
its input is open.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from followup_desktop.ui import start_up
from followup_desktop.ui.heartbeat import Heartbeat
from followup_desktop.ui.today.page import TodayPage
from followup_desktop.ui.window import MainWindow

SETTLE_MS = 2000


class Watch(QObject):
    """Watches the window come up, by what is painted of it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app, self._said, self._opened = app, set[str](), False
        self._heartbeat = Heartbeat(self)
        self._ended = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._ended.activated.connect(app.quit)
        self._settling = QTimer(self, singleShot=True)
        self._settling.timeout.connect(self.on_settled)
        QTimer.singleShot(0, self.begin)

    def begin(self) -> None:
        """Watch; the window is made by now, and not yet painted."""
        window = next(w for w in self._app.topLevelWidgets() if isinstance(w, MainWindow))
        page = window.page("today")
        assert isinstance(page, TodayPage)
        self._page = page
        window.runner.opened.connect(self.on_opened)
        for watched in (window, page.list.viewport(), page.pane.draft.text_edit.viewport()):
            watched.installEventFilter(self)

    def on_opened(self) -> None:
        self._opened = True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self.look)
        return False

    def look(self) -> None:
        """See what is on the screen."""
        if "painted" not in self._said:
            self._heartbeat.start()
            self._say("painted")
        if self._opened and self._page.list.model().rowCount():
            self._say("ready")
        if "ready" in self._said and self._page.pane.draft.words()[1]:
            self._say("drafted")
            if not self._settling.isActive():
                self._settling.start(SETTLE_MS)

    def on_settled(self) -> None:
        self._say("settled")

    def _say(self, what: str) -> None:
        if what not in self._said:
            self._said.add(what)
            print(what, time.monotonic_ns(), self._heartbeat.longest_ms(), flush=True)


def main() -> None:
    watch = Watch(start_up.application())
    start_up.run(sys.argv[1:])
    del watch


if __name__ == "__main__":
    main()
