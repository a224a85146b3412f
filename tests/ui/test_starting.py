"""How the window comes up: the frame first, then the store, then what is less urgent."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from followup_desktop.app import Program
from followup_desktop.commands.customers import add_customer
from followup_desktop.commands.equipment import add_agreement
from followup_desktop.commands.journeys import switch_journey
from followup_desktop.core.customers.model import Person
from followup_desktop.core.equipment.model import AgreementEntry
from followup_desktop.core.journeys.queries import of_customer
from followup_desktop.store import backup
from followup_desktop.system.paths import Places
from followup_desktop.ui.running import Running
from tests.conftest import MONDAY


@pytest.fixture
def running(qapp, qtbot, store_path, clock, tmp_path):
    program = Program(store_path, clock, looks_through=False)
    running = Running(qapp, program, Places(tmp_path), tmp_path)
    yield running
    running.window.hide()
    running.close()
    program.close()
    shiboken6.delete(running.window)
    shiboken6.delete(running.theme)


@pytest.fixture
def store_path(fresh_store, tmp_path):
    path = tmp_path / "business.db"
    path.write_bytes(fresh_store.read_bytes())
    path.chmod(0o600)
    return path


def damage(store, table):
    """Overwrite the first page of a table."""
    with closing(sqlite3.connect(store)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    raw = bytearray(store.read_bytes())
    raw[(page - 1) * size : page * size] = b"\xff" * size
    store.write_bytes(raw)


def test_the_window_is_painted_before_the_store_is_opened(running, qtbot):
    opened = []
    running.runner.opened.connect(lambda: opened.append(running.window.isVisible()))
    qtbot.wait(50)
    assert opened == []
    with qtbot.waitSignal(running.runner.opened):
        running.window.show()
    assert opened == [True]


def test_what_nobody_waits_for_steps_back_for_todays_list(running, qtbot, monkeypatch):
    begun, waits = [], iter((True, True, False))
    monkeypatch.setattr(running, "_refresh", lambda: begun.append("rest"))
    monkeypatch.setattr(running.runner, "busy", lambda: next(waits))
    running._resting.setInterval(1)
    with qtbot.waitSignal(running.runner.opened):
        running.window.show()
    qtbot.waitUntil(lambda: "rest" in begun)
    assert list(waits) == []


def test_in_the_tray_the_store_is_opened_at_once(running, qtbot):
    with qtbot.waitSignal(running.runner.opened):
        running.start(hidden=True)
    assert not running.window.isVisible()


def test_a_window_that_never_came_up_closes_without_waiting_for_the_store(running):
    running.runner.ask(running, lambda session: None, lambda answer: None)


def test_damage_inside_the_store_is_said_in_the_window(running, qtbot, store_path):
    damage(store_path, "column_choices")  # what no start reads
    with qtbot.waitSignal(running.runner.opened):
        running.window.show()
    running._on_look_through()
    qtbot.waitUntil(lambda: any("damaged" in said.text() for said in running.window.undo_bar.findChildren(QLabel)))


def put_another_in_its_place(store):
    copy = store.with_name("copy.db")
    backup.copy_store(store, copy)
    backup.restore(copy, store, MONDAY)


@pytest.mark.row("D8")
def test_an_open_window_says_that_a_backup_took_the_place_of_the_store_and_opens_it(running, qtbot, store_path):
    with qtbot.waitSignal(running.runner.opened):
        running.window.show()
    with qtbot.waitSignal(running.runner.replaced):
        put_another_in_its_place(store_path)
        running.runner.look()
    assert running.window._replaced.isVisible()
    assert not running.goes_on
    qtbot.mouseClick(running.window._replaced.button, Qt.MouseButton.LeftButton)
    assert (running.goes_on, running.hides_again) == (True, False)


@pytest.mark.row("D8", "P5")
def test_in_the_tray_the_program_goes_on_with_the_backup_by_itself(running, qtbot, store_path):
    with qtbot.waitSignal(running.runner.opened):
        running.start(hidden=True)
    put_another_in_its_place(store_path)
    running._on_look()
    qtbot.waitUntil(lambda: running.goes_on)
    assert running.hides_again


def test_what_time_alone_asks_for_is_looked_for_soon_after_the_start(running, qtbot, clock, store_path):
    before = Program(store_path, clock)
    (renewal,) = (j for j in before.journeys if j.key == "renewal")
    switch_journey(before.desk, renewal, on=True)
    priya = add_customer(before.desk, Person("Priya")).result
    add_agreement(before.desk, priya, AgreementEntry("service contract", date(2027, 6, 1)))
    with before.desk.store.read() as session:
        assert of_customer(session, priya) == []
    before.close()
    clock.moment = MONDAY + timedelta(days=170)
    running._checking.setInterval(1)
    with qtbot.waitSignal(running.runner.opened):
        running.window.show()

    def planned():
        with running._program.desk.store.read() as session:
            return [each.journey for each in of_customer(session, priya)] == ["renewal", "renewal"]

    qtbot.waitUntil(planned)
