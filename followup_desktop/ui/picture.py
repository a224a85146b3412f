"""Draw the window to a PNG without a screen: `python -m followup_desktop.ui.picture STORE PICTURE [arguments]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from followup_desktop.app import Program
from followup_desktop.cli.main import clock_of
from followup_desktop.system.paths import Places
from followup_desktop.ui.running import Running
from followup_desktop.ui.start_up import application

SETTLE_MS = 1500


def draw(
    store: Path,
    picture: Path,
    *,
    now: str | None = None,
    page: str = "today",
    size: tuple[int, int] = (1280, 800),
    mode: str = "light",
    settle_ms: int = SETTLE_MS,
) -> None:
    """Draw one page of the window of a store."""
    app = application()
    program = Program(store, clock_of(now, store))
    with tempfile.TemporaryDirectory() as folder:
        running = Running(app, program, Places(store.parent), Path(folder))
        running.theme.set_mode(mode)  # type: ignore[arg-type]
        running.window.resize(*size)
        running.window.show()
        running.window.go(page)
        _let_settle(app, settle_ms)
        running.window.grab().save(str(picture))
        running.window.hide()
        running.close()
    program.close()


def _let_settle(app: QApplication, milliseconds: int) -> None:
    """Let questions be answered and everything be painted."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def main(arguments: Sequence[str]) -> int:
    """Draw what the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("store", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--store", dest="_store")
    parser.add_argument("--now")
    parser.add_argument("--tray", action="store_true")
    parser.add_argument("--page", default="today")
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--mode", default="light")
    given = parser.parse_args(list(arguments))
    width, _, height = given.size.partition("x")
    draw(given.store, given.picture, now=given.now, page=given.page, size=(int(width), int(height)), mode=given.mode)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
