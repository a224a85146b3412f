"""The running program looks into the mailbox by itself, and says what it found when asked."""

import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import shiboken6
from PySide6.QtWidgets import QLabel
from sqlalchemy import func, select

from followup_desktop.app import Program
from followup_desktop.commands.customers import add_customer
from followup_desktop.commands.messages import add_account
from followup_desktop.core.customers.model import Person
from followup_desktop.core.messages import queries
from followup_desktop.core.messages.model import NewAccount
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.jobs.mailbox import Synced
from followup_desktop.system.paths import Places
from followup_desktop.ui.heartbeat import Heartbeat
from followup_desktop.ui.mailbox import STOPPED, Look, found_words
from followup_desktop.ui.running import Running
from followup_desktop.ui.start_up import SWITCH_SECONDS
from tests.bench.mail_sync import Mailbox, fill
from tests.mail.parse.world import letter

pytestmark = pytest.mark.mailserver


@pytest.fixture
def account(fresh_store, tmp_path, clock, dovecot, smtp_server, mailbox):
    """A store with Priya in it and a mail account on a real server."""
    path = tmp_path / "business.db"
    path.write_bytes(fresh_store.read_bytes())
    path.chmod(0o600)
    program = Program(path, clock, looks_through=False)
    add_customer(program.desk, Person("Priya", "Nair", email="priya@nair.example"))
    servers = ("127.0.0.1", dovecot.imap_port, "none", "127.0.0.1", smtp_server.port, "none")
    found = add_account(program.desk, NewAccount(mailbox, "Dana", mailbox, *servers)).result
    program.close()
    return found


@pytest.fixture
def running(qapp, qtbot, account, clock, tmp_path, monkeypatch, password):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    running = Running(qapp, Program(tmp_path / "business.db", clock, looks_through=False), Places(tmp_path), tmp_path)
    running.passwords._session.write(account.uuid, password)
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)  # as the start does
    yield running
    sys.setswitchinterval(before)
    running.window.hide()
    running.close()
    running._program.close()
    shiboken6.delete(running.window)
    shiboken6.delete(running.theme)


def said(running):
    return [getattr(label, "whole", label.text)() for label in running.window.undo_bar.findChildren(QLabel)]


@pytest.mark.row("A3")
def test_what_came_is_found_when_asked_and_told(running, account, dovecot, qtbot):
    dovecot.deliver(account.address, letter("Could Luis come on Thursday?", subject="Thursday"))
    with qtbot.waitSignal(running.runner.opened):
        running.window.show()
    with qtbot.waitSignal(running.mailbox.looked, timeout=10_000):
        running.mailbox.ask()
    qtbot.waitUntil(lambda: "Mail checked: 1 answer" in said(running))
    with qtbot.waitSignal(running.mailbox.looked, timeout=10_000):
        running.mailbox.ask()
    qtbot.waitUntil(lambda: "Mail checked: nothing new" in said(running))


@pytest.mark.row("A3")
def test_what_came_by_itself_a_moment_ago_is_told_whoever_asks_then_and_once():
    now, one, none = datetime(2026, 11, 23, 14, tzinfo=UTC), Synced(replies=1), Synced()
    assert found_words(none, Look(now, one), now + timedelta(seconds=90)) == "Mail checked: 1 answer"
    assert found_words(none, Look(now, one), now + timedelta(minutes=5)) == "Mail checked: nothing new"
    assert found_words(none, None, now) == "Mail checked: nothing new"


@pytest.mark.row("A3")
def test_what_comes_is_filed_by_itself_within_seconds(running, account, dovecot, qtbot):
    def filed():
        with running._program.desk.store.read() as session:
            return session.scalar(select(func.count(MessageRow.id)))

    with qtbot.waitSignal(running.runner.opened):
        running.window.show()
    running._resting.stop()  # what the window begins later looks as well
    running.mailbox.account_changed = lambda: None
    running.mailbox.start()
    looks = []
    look = running.mailbox._look
    running.mailbox._look = lambda: (looks.append(True), look())
    qtbot.waitUntil(lambda: running.mailbox._reader.room is not None, timeout=10_000)
    room = running.mailbox._reader.room
    qtbot.waitUntil(lambda: any(waiter.waiting for waiter in room.waiters()), timeout=10_000)
    qtbot.waitUntil(lambda: len(looks) > 0 and not running.mailbox._busy, timeout=10_000)  # the one as the line stood
    dovecot.deliver(account.address, letter("Could Luis come on Thursday?", subject="Thursday"))
    qtbot.waitUntil(lambda: filed() == 1, timeout=10_000)
    waiters = running.mailbox._reader.room.waiters()
    running.mailbox.stop()
    assert all(waiter.join(10) for waiter in waiters)


def test_a_wrong_password_is_told_once_and_not_tried_again(running, account, qtbot):
    running.passwords._session.write(account.uuid, "wrong")
    told = []
    running.mailbox.failed.connect(told.append)
    with qtbot.waitSignal(running.runner.opened):
        running.window.show()
    running.mailbox.start()
    qtbot.waitUntil(lambda: len(told) == 1, timeout=10_000)
    running.mailbox._on_due()
    assert not running.mailbox._busy


def test_a_server_that_is_away_disturbs_nobody(running, account, qtbot, dovecot):
    told = []
    running.mailbox.failed.connect(told.append)
    with qtbot.waitSignal(running.runner.opened):
        running.window.show()
    dovecot.stop()
    try:
        running.mailbox._on_due()
        qtbot.waitUntil(lambda: not running.mailbox._busy, timeout=10_000)
    finally:
        dovecot.start()
    assert told == []


@pytest.fixture
def many(dovecot, account, people, clock, monkeypatch):
    """A mailbox of 400 messages, read 50 at a time, in which 50 are many."""
    monkeypatch.setattr("followup_desktop.ui.mailbox.LONG", 50)
    monkeypatch.setattr("followup_desktop.mail.arrived.CHUNK", 50)
    fill(dovecot, Mailbox(account.address, 20, 10), 400, people, clock.now())


@pytest.fixture
def people():
    return ["priya@nair.example"]


@pytest.mark.row("A3")
def test_a_long_look_shows_how_far_it_is_and_holds_the_window_up_nowhere(running, many, qtbot):
    with qtbot.waitSignal(running.runner.opened):
        running.window.show()
    told, heart = [], Heartbeat()
    running.mailbox.reading.connect(lambda done, total: told.append((done, total)))
    running._resting.stop()
    qtbot.waitUntil(lambda: not running.runner.busy())  # Today stands: what follows is the look's own doing
    heart.start()
    with qtbot.waitSignal(running.mailbox.looked):
        running.mailbox.ask()
    assert heart.stop() < 1000  # a machine with other things to do; measured alone it is a twentieth of it
    assert told[-1] == (401, 401)  # with the one that made the folders
    assert all(earlier <= later for earlier, later in pairwise(told))
    assert running.window.busy.isHidden()
    assert not running.window.busy.is_under_way()


@pytest.mark.row("A3")
def test_a_long_look_that_is_stopped_keeps_what_it_read_and_goes_on_at_the_next(running, many, account, qtbot):
    def read_to():
        with running._program.desk.store.read() as session:
            found = queries.read_to(session, account.id, "INBOX")
            return found.last_uid if found else 0

    with qtbot.waitSignal(running.runner.opened):
        running.window.show()
    running._resting.stop()
    told = []
    running.mailbox.reading.connect(lambda done, total: told.append((done, total)))
    running.mailbox.reading.connect(lambda done, _total: done >= 100 and running.window.busy.cancelled.emit())
    with qtbot.waitSignal(running.mailbox.stopped):
        running.mailbox.ask()
    kept = read_to()
    assert 50 <= kept < 400
    assert running.window.busy.isHidden()
    assert STOPPED in said(running)
    told.clear()
    running.mailbox.reading.disconnect()
    running.mailbox.reading.connect(lambda done, total: told.append((done, total)))
    with qtbot.waitSignal(running.mailbox.looked):
        running.mailbox.ask()
    assert read_to() == 401
    assert told[-1][1] <= 401 - kept
