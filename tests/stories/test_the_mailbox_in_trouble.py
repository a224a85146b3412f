"""Reading a real mailbox whose server hangs, restarts, is slow or says little: nothing is lost, nothing comes twice."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.core.messages.queries import outbox as outbox_lines
from followup_desktop.jobs import mailbox as job
from followup_desktop.jobs import outbox
from followup_desktop.jobs.post import Post
from followup_desktop.mail import arrived, imap
from followup_desktop.mail.account import Patience
from followup_desktop.ui.settings.outbox import state_words
from tests.fakes.dovecot import Dovecot
from tests.mail.parse.world import letter
from tests.outbox.servers import BadLine
from tests.stories.conftest import Refused

pytestmark = [pytest.mark.mailserver, pytest.mark.row("A3")]
NOON = "2026-11-25T12:00"
COUNT = 6


@pytest.fixture
def ana(run):
    return run("add", "--given-name", "Ana", "--email", "ana@pereira.example")["id"]


@pytest.fixture
def account_at(run, mailbox, password, smtp_server) -> Callable[[int], str]:
    def add(port):
        servers = ("--imap", f"127.0.0.1:{port}", "--smtp", f"127.0.0.1:{smtp_server.port}", "--security", "none")
        run("account", "add", "--address", mailbox, *servers, "--name", "Dana Whitlock", stdin=password + "\n")
        return mailbox

    return add


@pytest.fixture
def sync(run, password):
    return lambda: run("mail", "sync", now=NOON, stdin=password + "\n")


@pytest.fixture
def written(run, ana):
    """What of Ana's mail is in her history, sorted."""
    return lambda: sorted(
        one["note"] for one in run("customer", ana, now=NOON)["history"] if one["what"] == "message_in"
    )


@pytest.fixture
def in_the_middle(monkeypatch) -> Callable[[Callable[[], object]], None]:
    """Read two messages at a time, and let something happen once, after the first two are kept."""
    monkeypatch.setattr(arrived, "CHUNK", 2)
    real = job._arrived

    def arrange(happens):
        calls = []

        def looked_at(*given):
            calls.append(given)
            if len(calls) == 2:
                happens()
            return real(*given)

        monkeypatch.setattr(job, "_arrived", looked_at)

    return arrange


def fill(server, user):
    for number in range(COUNT):
        raw = letter(f"Line {number}", sender="Ana <ana@pereira.example>", Message_ID=f"<l{number}@p.example>")
        server.deliver(user, raw)
    return [f"Line {number}" for number in range(COUNT)]


def test_a_server_that_hangs_is_given_up_in_time_and_the_next_look_goes_on(
    account_at, ana, sync, written, in_the_middle, dovecot, monkeypatch
):
    lines = fill(dovecot, account_at(dovecot.imap_port))
    real = imap.connect
    short = Patience(connect=2, command=0.4, verdict=1)
    with monkeypatch.context() as once:
        once.setattr(imap, "connect", lambda account, password, _patience: real(account, password, short))
        frozen = dovecot.frozen()
        in_the_middle(frozen.__enter__)
        try:
            with pytest.raises(Refused, match="did not answer in time"):
                sync()
        finally:
            frozen.__exit__(None, None, None)
    assert written() == lines[:2]
    assert sync()["new"] == COUNT - 2
    assert written() == lines
    assert sync()["new"] == 0


def test_a_server_that_restarts_in_the_middle_loses_nothing(account_at, ana, sync, written, in_the_middle, dovecot):
    lines = fill(dovecot, account_at(dovecot.imap_port))
    in_the_middle(dovecot.restart)
    with pytest.raises(Refused, match="lost"):
        sync()
    assert written() == lines[:2]
    assert sync()["new"] == COUNT - 2
    assert written() == lines


def test_a_slow_line_only_takes_longer(account_at, ana, sync, written, dovecot):
    with BadLine(dovecot.imap_port, slow=1, cut=0) as line:
        lines = fill(dovecot, account_at(line.port))
        assert sync()["new"] == COUNT
        assert line.happened["slow"] >= 1
    assert written() == lines


def test_sent_is_found_by_its_name_where_nothing_says_what_it_is_for(account_at, ana, sync, run, german_dovecot):
    user = account_at(german_dovecot.imap_port)
    mine = letter("I come on Friday.", sender=f"Dana <{user}>", subject="Friday")
    mine = mine.replace(b"To: ", b"To: Ana <ana@pereira.example>\nX-Was: ", 1)
    german_dovecot.deliver(user, mine, "Gesendete Objekte")
    assert sync()["own"] == 1
    [written] = run("customer", ana, now=NOON)["history"]
    assert (written["what"], written["note"]) == ("message_out", "I come on Friday.")


def test_a_full_mailbox_takes_nothing_back_and_the_copy_follows(account_at, ana, run, smtp_server, password):
    with Dovecot(quota="4k") as small:
        user = account_at(small.imap_port)
        small.deliver(user, letter("x" * 3500))
        run("log", "--customer", ana, "--what", "quote_sent", "--about", "heater", "--amount", "2340")
        [card] = run("queue", now="2026-11-25T10:00")["cards"]
        run("send", card["follow_ups"][0]["id"], now="2026-11-25T10:00")
        assert run("outbox", "run", now="2026-11-25T10:05", stdin=password + "\n")["accepted"] == 1
        with pytest.raises(Refused, match="mailbox is full"):
            run("outbox", "run", now="2026-11-25T10:20", stdin=password + "\n")
        standing = run("outbox", "status", now="2026-11-25T10:21")[0]
        assert standing["not_filed"] == "The mailbox is full."
        [sent] = run("outbox", "list", now="2026-11-25T10:21")
        assert (sent["state"], small.messages(user, "Sent")) == ("accepted", [])
        with small.signed_in(user) as client:
            client.select("INBOX")
            client.store("1:*", "+FLAGS", r"(\Deleted)")
            client.expunge()
        for now in ("2026-11-25T10:40", "2026-11-25T10:50"):
            run("outbox", "run", now=now, stdin=password + "\n")
        assert len(small.messages(user, "Sent")) == 1
    assert len(smtp_server.taken) == 1


@pytest.mark.row("A1")
def test_a_full_sent_folder_is_told_once_and_told_when_the_copy_lies_there(account_at, ana, run, store, password):
    """As the window runs it: tries of its own are no news, until one works."""
    clock = FixedClock(datetime.fromisoformat("2026-11-25T10:05-05:00"))
    with Dovecot(quota="4k") as small, closing(Program(store, clock)) as program:
        user = account_at(small.imap_port)
        small.deliver(user, letter("x" * 3500))
        run("send", run("write", ana, now="2026-11-25T10:00")["follow_up_id"], now="2026-11-25T10:00")
        told = []
        for _ in range(4):
            clock.moment = outbox.next_due(program.desk) or clock.moment
            done = outbox.run(program.desk, Post(lambda _account: password))
            told.append((done.trouble.happened if done.trouble else "", done.says))
            clock.moment += timedelta(minutes=5)
        full = ("The mailbox is full.", "")
        assert sorted(told) == [("", ""), ("", ""), ("", ""), full], "a copy is watched for first, then it is said once"
        with program.desk.store.read() as session:
            [line] = outbox_lines(session)
        words, _tone = state_words(line, clock.now(), "America/New_York", paused=False)
        assert words == "Sent. Its copy is not in Sent yet: The mailbox is full. It is tried again by itself."
        with small.signed_in(user) as client:
            client.select("INBOX")
            client.store("1:*", "+FLAGS", r"(\Deleted)")
            client.expunge()
        clock.moment = outbox.next_due(program.desk)
        done = outbox.run(program.desk, Post(lambda _account: password))
        assert (done.trouble, done.says) == (None, "The copies that waited are in Sent now.")
        assert len(small.messages(user, "Sent")) == 1
        assert outbox.next_due(program.desk) is None
