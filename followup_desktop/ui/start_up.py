"""Starting the window: one instance, the frame first, the store right after on a thread."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from followup_desktop.app import Program
from followup_desktop.base.clock import Clock
from followup_desktop.base.errors import Problem
from followup_desktop.system import paths

APPLICATION = "followup_desktop"
STANDS_MS = 3000
"""After this, what the start made is taken to stay."""
SWITCH_SECONDS = 0.0005
"""So soon a worker that counts gives way to the window: by Python's own 5 ms each call to Qt could wait for it."""


def run(arguments: Sequence[str]) -> int:
    """Open the window, or hand over to the one that is open; return the exit code."""
    given = _read(arguments)
    gc.disable()  # collecting while everything is being made costs a tenth of the start; later it is Collector's work
    try:
        program = Program(*_where(given), looks_through=False)
        places = paths.Places(program.path.parent)
        paths.make_private_folder(places.data)
        paths.make_private_folder(places.logs)
        paths.make_private_folder(window_folder(program.path))
    except Problem as problem:
        print(problem.sentence(), file=sys.stderr)  # noqa: T201
        return 1
    _log_to(places.logs)
    return _show(program, places, given, list(arguments))


def window_folder(store: Path) -> Path:
    """Return the folder for what the window of a store keeps: its lock, and where everything was."""
    return store.with_name(f"{store.name}.window")


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("followup-desktop")
    parser.add_argument("--store")
    parser.add_argument("--now")
    parser.add_argument("--tray", action="store_true")
    return parser.parse_args(list(arguments))


def _where(given: argparse.Namespace) -> tuple[Path, Clock]:
    from followup_desktop.cli.main import clock_of, store_path

    path = store_path(given.store)
    return path, clock_of(given.now, path)


def _show(program: Program, places: paths.Places, given: argparse.Namespace, arguments: list[str]) -> int:
    sys.setswitchinterval(SWITCH_SECONDS)
    app = application()
    from followup_desktop.ui.garbage import Collector
    from followup_desktop.ui.instance import only_instance
    from followup_desktop.ui.running import Running, start_again

    try:
        instance = only_instance(window_folder(program.path), arguments)
    except Problem as problem:
        print(problem.sentence(), file=sys.stderr)  # noqa: T201
        return 1
    if instance is None:
        return 0
    running = Running(app, program, places, window_folder(program.path))
    instance.handed_over.connect(running.on_started_again)
    running.start(hidden=given.tray)
    collector = Collector(running)
    QTimer.singleShot(STANDS_MS, collector.begin)
    code = app.exec()
    running.close()
    running.copy_at_quit()
    program.close()
    if running.to_restore is not None:
        code = _restore(program, running.to_restore)
    instance.close()
    if running.goes_on:
        start_again(program.path, program.clock, hidden=running.hides_again)
    return int(code)


def _restore(program: Program, copy: Path) -> int:
    """Put a copy in the place of the store, which nobody has open now: the lock of the window is still held."""
    from followup_desktop.store.backup import restore

    try:
        restore(copy, program.path, program.clock.now())
    except Problem as problem:
        logging.getLogger(__name__).error("a copy could not be restored: %s", problem.happened)
        print(problem.sentence(), file=sys.stderr)  # noqa: T201
        return 1
    return 0


def application() -> QApplication:
    """Make the application object, once."""
    QCoreApplication.setApplicationName(APPLICATION)
    QGuiApplication.setDesktopFileName(APPLICATION)
    QGuiApplication.setApplicationDisplayName("")
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication.instance() or QApplication([APPLICATION])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)  # reminders go on in the tray
    return app


def _log_to(folder: Path) -> None:
    """Keep three small log files, for the owner alone, without words of any message."""
    from logging.handlers import RotatingFileHandler

    handler = RotatingFileHandler(folder / "followup.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger("followup_desktop").addHandler(handler)
    logging.getLogger("followup_desktop").setLevel(logging.INFO)
    os.chmod(folder / "followup.log", 0o600)
