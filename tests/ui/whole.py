"""One page in the real window with everything around it real: settings, passwords, data folder."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QListView, QTableView

from followup_desktop.commands.undo import undo_last
from followup_desktop.system.paths import Places
from followup_desktop.ui.pages import PAGES
from followup_desktop.ui.passwords import Passwords
from followup_desktop.ui.settings_store import StoredSettings
from followup_desktop.ui.window import MainWindow, Program
from tests.ui.opened import Opened, _listen


class Asked:
    """What the window asked of the program around it."""

    def __init__(self):
        self.stores, self.restored, self.outbox, self.homeward = [], [], [], []
        self.tray = False

    def tray_available(self):
        return self.tray

    def test_reminder(self):
        return "It was shown by the desktop."


@pytest.fixture
def asked():
    return Asked()


@pytest.fixture
def no_keyring(monkeypatch, tmp_path):
    """A computer without a keyring, whatever this one has."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def whole(theme, runner, program, asked, no_keyring, tmp_path, qtbot):
    """Return a function that opens the window at a page: `whole("settings")`, or with `every=True` with all of them."""

    def open_at(key, size=(1280, 800), *, every=False, **focus):
        def take_back(_step):
            runner.do(window, lambda desk: undo_last(desk), None)

        settings = StoredSettings(runner, tmp_path / "computer.json")
        window = MainWindow(
            theme,
            runner,
            program.clock,
            settings,
            _program(take_back, program, asked),
            pages=PAGES if every else _entries(key),
        )
        settings.setParent(window)
        settings.reload()
        page = window.page(key)
        shown = Opened(window, page, runner, qtbot)
        _listen(page, shown)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        shown.settle()
        if focus:
            page.focus_on(**focus)
            shown.settle()
        return shown

    return open_at


def _entries(key):
    return [entry for entry in PAGES if entry.key == key]


def _program(take_back, program, asked):
    return Program(
        undo=take_back,
        program=program,
        passwords=Passwords(program.clock),
        places=Places(program.path.parent),
        wake_outbox=lambda: asked.outbox.append("woken"),
        switch_store=asked.stores.append,
        leave_demo=lambda: asked.homeward.append("home"),
        restore=asked.restored.append,
        test_reminder=asked.test_reminder,
        tray_available=asked.tray_available,
    )


def nameless(window):
    """Every control of a window that a screen reader could not name."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QListView, QTableView)
    return [
        widget
        for kind in kinds
        for widget in window.findChildren(kind)
        if not widget.accessibleName() and not widget.isHidden() and not widget.objectName().startswith("qt_")
    ]
