"""One round of screenshots: every page of one window, in one theme and size (called by `tests.screenshots`)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from followup_desktop.app import Program
from followup_desktop.cli.main import clock_of
from followup_desktop.system.paths import Places
from followup_desktop.ui.pages import PAGES
from followup_desktop.ui.running import Running
from followup_desktop.ui.start_up import application

QUIET_MS, LONGEST_MS = 100, 30_000
"""A page stands once nothing was asked of the store for three times so long."""


def main(store: str, folder: str, mode: str, size: str, now: str, pages: str = "") -> None:
    app = application()
    path = Path(store)
    program = Program(path, clock_of(now, path))
    width, _, height = size.partition("x")
    with tempfile.TemporaryDirectory() as scratch:
        running = Running(app, program, Places(path.parent), Path(scratch))
        running.theme.set_mode(mode)  # type: ignore[arg-type]
        running.window.resize(int(width), int(height))
        running.window.show()
        until_quiet(running)
        for entry in PAGES:
            if pages and entry.key not in pages.split(","):
                continue
            running.window.go(entry.key)
            until_quiet(running)
            running.window.grab().save(f"{folder}/{entry.key}-{mode}-{size}.png")
        running.window.hide()
        running.close()
    program.close()


def until_quiet(running: Running) -> None:
    """Let the program work until the store is open and every question has its answer."""
    quiet = 0
    for _ in range(LONGEST_MS // QUIET_MS):
        loop = QEventLoop()
        QTimer.singleShot(QUIET_MS, loop.quit)
        loop.exec()
        busy = running.runner._waiting or running.runner._letterbox._letters or running._summary is None
        quiet = 0 if busy else quiet + 1
        if quiet == 3:
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
