"""A real screen and a real bus; each test gets a bus of its own, on which nothing starts by itself."""

import json
import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QWidget

from tests.fakes.program import Program, python

ROOT = Path(__file__).parents[2]

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


def missing_parts():
    """Say what a desktop test lacks here, or nothing."""
    if not os.environ.get("DISPLAY"):
        return "there is no screen (DISPLAY)"
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return "there is no session bus (DBUS_SESSION_BUS_ADDRESS)"
    if os.environ.get("QT_QPA_PLATFORM") not in (None, "", "xcb"):
        return f"the window is not drawn on the screen (QT_QPA_PLATFORM={os.environ['QT_QPA_PLATFORM']})"
    tools = [tool for tool in ("dbus-daemon", "trayer", "dunst", "xdotool") if shutil.which(tool) is None]
    return f"{', '.join(tools)} is not installed" if tools else ""


@pytest.fixture(scope="session", autouse=True)
def desktop():
    """Skip without a desktop; where one is required, its absence is a failure."""
    if missing := missing_parts():
        if os.environ.get("FOLLOWUP_REQUIRE_DESKTOP") == "1":
            pytest.fail(f"Desktop tests are required here, but {missing}.", pytrace=False)
        pytest.skip(f"Needs a desktop: {missing}. Run: python3 packaging/run.py desktop-test")


@pytest.fixture
def run(qtbot, tmp_path):
    """Run another program, and end it with the test."""
    running = []

    def run(command, **env):
        program = Program(command, {"PYTHONPATH": str(ROOT), "NO_AT_BRIDGE": "1", **env})
        running.append(program)
        return program

    yield run
    for program in reversed(running):
        program.stop()


@pytest.fixture
def bus(qtbot, run, tmp_path, monkeypatch):
    """A session bus of this test's own, in the environment of everything that is started after it."""
    (tmp_path / "services").mkdir()
    (tmp_path / "bus.conf").write_text(BUS.format(folder=tmp_path))
    daemon = run(["dbus-daemon", f"--config-file={tmp_path}/bus.conf", "--print-address=1", "--nofork", "--nopidfile"])
    qtbot.waitUntil(lambda: daemon.lines != [])
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.lines[0])
    return daemon


class Talk:
    """A program that takes and gives JSON lists, line by line."""

    def __init__(self, qtbot, program):
        self.qtbot, self.program = qtbot, program
        self.wait_for("ready")

    def tell(self, *command):
        self.program.tell(json.dumps(command))

    def ask(self, *command):
        """Tell it a command and return what it says next that was not said before."""
        known = len(self.program.lines)
        self.tell(*command)
        self.qtbot.waitUntil(lambda: len(self.program.lines) > known)
        return json.loads(self.program.lines[known])

    @property
    def said(self):
        return [json.loads(line) for line in self.program.lines]

    def wait_for(self, *what, timeout=5000):
        """Wait until it has said something that begins like this, and return the last such thing."""
        self.qtbot.waitUntil(lambda: self._heard(what) != [], timeout=timeout)
        return self._heard(what)[-1]

    def _heard(self, what):
        return [said for said in self.said if said[: len(what)] == list(what)]


@pytest.fixture
def host(qtbot, bus, run):
    """Offer a tray or a notification service on the test's bus: `host(tray=True)`."""

    def host(**offers):
        return Talk(qtbot, run(python("desktop_host.py", json.dumps(offers))))

    return host


@pytest.fixture
def tray(qtbot, bus, run):
    """Start the program's tray: `tray()` in a visible program, `tray(hidden=True)` as started with the session."""

    def tray(*, hidden=False):
        program = Talk(qtbot, run(python("tray_program.py")))
        program.tell("promises", [[7, "Maria Alvarez", "3:00 pm"], [9, "Smith & Sons", "9:00 am", True]], 2, 14)
        program.tell("start", hidden)
        program.wait_for("started")
        return program

    return tray


def colour_at(x, y):
    """What colour the screen has there."""
    return QColor(QGuiApplication.primaryScreen().grabWindow(0, x, y, 1, 1).toImage().pixel(0, 0)).name()


@pytest.fixture
def cover(qtbot):
    """Another program's window, red, over everything."""
    cover = QWidget()
    cover.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    cover.setStyleSheet("background: #ff0000")
    cover.setGeometry(0, 0, 600, 400)
    qtbot.addWidget(cover)
    return cover
