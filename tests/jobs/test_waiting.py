"""Waiting at an inbox on a real server: told at once, renewed, and made anew after sleep and trouble."""

import queue
from datetime import timedelta

import pytest

from followup_desktop.base.clock import FixedClock
from followup_desktop.core.messages.model import MailAccount
from followup_desktop.jobs import waiting
from followup_desktop.jobs.post import Post
from followup_desktop.jobs.waiting import Waiter, WaitingRoom, again_in, moved, slept
from tests.conftest import MONDAY
from tests.mail.parse.world import letter
from tests.mailservers import IMPATIENT

pytestmark = pytest.mark.row("A3")


def test_a_server_in_trouble_is_left_alone_longer_and_longer_and_never_in_step():
    assert [again_in(count, 1.0) for count in (1, 2, 3, 7, 500)] == [15, 30, 60, 900, 900]
    assert again_in(1, 0.0) == 7.5
    assert again_in(3, 0.2) != again_in(3, 0.9)


def test_a_wall_clock_that_ran_ahead_means_sleep():
    assert not slept(MONDAY, MONDAY + timedelta(seconds=61), 60)
    assert slept(MONDAY, MONDAY + timedelta(seconds=121), 60)
    assert not slept(MONDAY, MONDAY - timedelta(hours=1), 60), "only set right"


@pytest.mark.parametrize(
    ("line", "is_news"),
    [
        (b"* 23 EXISTS", True), (b"* 3 EXPUNGE", True), (b"* 4 FETCH (FLAGS (\\Seen))", True), (b"* BYE", True),
        (b"* OK Still here", False), (b"* ok still there", False), (b"* NO low on space", False),
    ],
)  # fmt: skip
def test_only_what_moves_is_news(line, is_news):
    assert moved([line]) is is_news


def test_idle_is_renewed_in_time():
    assert waiting.RENEW <= 9 * 60


@pytest.fixture
def account(dovecot, mailbox):
    return made_of(dovecot, mailbox, "tls")


def made_of(dovecot, mailbox, security):
    port = dovecot.imaps_port if security == "tls" else dovecot.imap_port
    servers = ("127.0.0.1", port, security, "127.0.0.1", 1, "none")
    return MailAccount(
        1, "uuid", mailbox, "Dana", mailbox, *servers, str(dovecot.certificates.authority), "", "", None, ""
    )


class Bell:
    """What a waiter rings."""

    def __init__(self):
        self._rung = queue.Queue()

    def ring(self):
        self._rung.put(True)

    def heard(self, seconds=10):
        return self._rung.get(timeout=seconds)

    def silent(self):
        return self._rung.empty()


@pytest.fixture
def bell():
    return Bell()


@pytest.fixture
def clock():
    return FixedClock(MONDAY)


@pytest.fixture
def wait_at(password, bell, clock):
    started = []

    def start(account, said=None):
        post = Post(lambda _: said or password, IMPATIENT)
        started.append(Waiter(account, post, clock, bell.ring, lambda: 0.0))
        started[-1].start()
        return started[-1]

    yield start
    for waiter in started:
        waiter.stop()
    assert all(waiter.join(10) for waiter in started)


@pytest.mark.mailserver
@pytest.mark.parametrize("security", ["tls", "none"])
def test_what_comes_is_told_at_once(security, dovecot, mailbox, wait_at, bell):
    wait_at(made_of(dovecot, mailbox, security))
    assert bell.heard(), "what came before the line stood"
    for _ in range(2):
        dovecot.deliver(mailbox, letter("Yes please."))
        assert bell.heard()


@pytest.mark.mailserver
def test_a_line_is_renewed_without_a_word(dovecot, account, mailbox, wait_at, bell, monkeypatch):
    monkeypatch.setattr(waiting, "LOOK_UP", 0.05)
    monkeypatch.setattr(waiting, "RENEW", 0.1)
    wait_at(account)
    bell.heard()
    dovecot.deliver(mailbox, letter("Yes please."))
    assert bell.heard()
    dovecot.deliver(mailbox, letter("And the gate?"))
    assert bell.heard()


@pytest.mark.mailserver
@pytest.mark.parametrize("security", ["tls", "none"])
def test_a_server_that_restarts_is_waited_at_again(security, dovecot, mailbox, wait_at, bell, monkeypatch):
    monkeypatch.setattr(waiting, "FIRST_WAIT", 0.2)
    wait_at(made_of(dovecot, mailbox, security))
    bell.heard()
    dovecot.restart()
    assert bell.heard(), "a look after the gap"
    dovecot.deliver(mailbox, letter("Yes please."))
    assert bell.heard()


@pytest.mark.mailserver
def test_after_sleep_the_line_is_made_anew(dovecot, account, wait_at, bell, clock, monkeypatch):
    monkeypatch.setattr(waiting, "LOOK_UP", 0.05)
    wait_at(account)
    bell.heard()
    clock.moment += timedelta(hours=8)
    assert bell.heard()


@pytest.mark.mailserver
def test_a_server_that_hangs_is_left_at_the_renewal_and_let_go_at_once(dovecot, account, wait_at, bell):
    waiter = wait_at(account)
    bell.heard()
    with dovecot.frozen():
        waiter.stop()
        assert waiter.join(8)


@pytest.mark.mailserver
def test_a_refused_sign_in_ends_the_waiting(account, wait_at, bell):
    waiter = wait_at(account, "wrong")
    assert waiter.join(10)
    assert bell.silent()


@pytest.mark.mailserver
def test_only_accounts_in_use_are_waited_at(account, password, clock, bell):
    from dataclasses import replace

    room = WaitingRoom(Post(lambda _: password, IMPATIENT), clock, bell.ring)
    room.be_at([account])
    bell.heard()
    (first,) = room.waiters()
    room.be_at([replace(account, name="Dana W.", next_send_at=MONDAY)])
    assert room.waiters() == [first]
    room.be_at([replace(account, paused="Sign in again.")])
    assert room.waiters() == []
    assert first.join(10)
