"""The program as it runs, on a store of its own with two customers in it."""

from __future__ import annotations

import pytest
import shiboken6

from followup_desktop.app import Program
from followup_desktop.commands.customers import add_customer
from followup_desktop.core.customers.model import Person
from followup_desktop.system.paths import Places
from followup_desktop.ui.running import Running


@pytest.fixture
def running(qapp, qtbot, fresh_store, clock, tmp_path, monkeypatch):
    """The program with Ana and Ben in it, at the window."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    path = tmp_path / "business.db"
    path.write_bytes(fresh_store.read_bytes())
    path.chmod(0o600)
    program = Program(path, clock, looks_through=False)
    for given in ("Ana", "Ben"):
        add_customer(program.desk, Person(given, "Abel", email=f"{given}@example.com".lower()))
    running = Running(qapp, program, Places(tmp_path), tmp_path)
    with qtbot.waitSignal(running.runner.opened):
        running.window.show()
    running.window.activateWindow()
    qtbot.waitUntil(lambda: not running.runner._waiting)
    yield running
    running.window.hide()
    running.close()
    program.close()
    shiboken6.delete(running.window)
    shiboken6.delete(running.theme)
