"""A mailbox at Gmail: answers are known by its threads, and a message is one however many labels it has."""

import queue

import pytest

from followup_desktop.base.clock import FixedClock
from followup_desktop.core.messages.model import MailAccount
from followup_desktop.jobs.post import Post
from followup_desktop.jobs.waiting import Waiter
from tests.conftest import MONDAY
from tests.fakes.gmail_imap import SENT, GmailImap
from tests.mail.parse.world import letter
from tests.mailservers import IMPATIENT

pytestmark = pytest.mark.row("A3")
NOON, LATER = "2026-11-25T12:00", "2026-11-25T15:00"
DANA = "dana@clearwater.example"


@pytest.fixture
def gmail(run, smtp_server, password):
    """The owner's account at Gmail, which files what it sends."""
    with GmailImap() as server:
        smtp_server.on_taken = lambda taken: server.file_sent(taken.raw)
        servers = ("--imap", f"127.0.0.1:{server.port}", "--smtp", f"127.0.0.1:{smtp_server.port}")
        run("account", "add", "--address", DANA, *servers, "--security", "none", stdin=password + "\n")
        yield server


@pytest.fixture
def sync(run, password):
    return lambda now=LATER: run("mail", "sync", now=now, stdin=password + "\n")


@pytest.fixture
def customer(run):
    def make(name):
        return run("add", "--given-name", name, "--email", f"{name.lower()}@pereira.example", now=NOON)["id"]

    return make


@pytest.fixture
def written(run, gmail, password):
    """Write to a customer and let it leave; returns the message as Gmail has it."""

    def write(customer):
        run("send", run("write", customer, now=NOON)["follow_up_id"], now=NOON)
        run("outbox", "run", now="2026-11-25T12:05", stdin=password + "\n")
        return list(gmail.boxes[SENT].values())[-1]

    return write


def from_elsewhere(text, sender="Ana at work <ana@office.example>", **headers):
    """Return an answer that names nothing of ours: another address, another subject, no In-Reply-To."""
    raw = letter(text, sender=sender, subject="The heater", **headers)
    return raw.replace(b"Mon, 23 Nov 2026 14:00", b"Wed, 25 Nov 2026 18:00").replace(b"\n", b"\r\n")


def came_in(run, customer):
    return [one["text"] for one in run("mail", "show", customer, now=LATER) if not one["ours"]]


def test_an_answer_in_the_thread_is_filed_to_whom_we_wrote(run, gmail, customer, written, sync):
    ana, ben = customer("Ana"), customer("Ben")
    ours = written(ana)
    gmail.deliver(from_elsewhere("Yes, Friday suits me."), thread=ours.thread)
    assert sync()["replies"] == 1
    assert came_in(run, ana) == ["Yes, Friday suits me."]
    [theirs] = [one for one in run("mail", "show", ana, now=LATER) if not one["ours"]]
    assert theirs["message_id"] is not None
    gmail.deliver(from_elsewhere("I am Ben, and mean nothing of it.", "Ben <ben@pereira.example>"), thread=ours.thread)
    assert sync()["replies"] == 1
    assert (len(came_in(run, ana)), came_in(run, ben)) == (1, ["I am Ben, and mean nothing of it."])


def test_a_thread_in_which_we_wrote_to_several_proves_nothing(run, gmail, customer, written, sync):
    ana, ben = customer("Ana"), customer("Ben")
    ours, also = written(ana), written(ben)
    for uid, kept in list(gmail.boxes[SENT].items()):
        if kept is also:
            gmail.boxes[SENT][uid] = type(kept)(kept.raw, kept.number, ours.thread)
    gmail.deliver(from_elsewhere("Yes, Friday suits me."), thread=ours.thread)
    found = sync()
    assert (found["replies"], found["unmatched"]) == (0, 1)
    assert came_in(run, ana) == came_in(run, ben) == []


def test_a_message_is_filed_once_and_fetched_once_however_often_its_folder_is_read(run, gmail, customer, sync):
    ana = customer("Ana")
    nameless = from_elsewhere("No program of mine gives ids.", "Ana <ana@pereira.example>")
    assert b"Message-ID" not in nameless
    gmail.deliver(nameless)
    assert sync()["replies"] == 1
    gmail.forget_uids()
    gmail.fetched.clear()
    assert sync("2026-11-25T16:00")["replies"] == 0
    assert came_in(run, ana) == ["No program of mine gives ids."]
    assert not any("BODY.PEEK[]" in asked for asked in gmail.fetched), "what is filed is not fetched again"
    assert any("X-GM-MSGID" in asked for asked in gmail.fetched)


def test_what_comes_is_told_while_one_waits_at_gmails_inbox(gmail):
    rung = queue.Queue()
    servers = ("127.0.0.1", gmail.port, "none", "127.0.0.1", 1, "none")
    account = MailAccount(1, "uuid", DANA, "Dana", DANA, *servers, "", "", "", None, "")
    waiter = Waiter(account, Post(lambda _account: "secret", IMPATIENT), FixedClock(MONDAY), lambda: rung.put(True))
    waiter.start()
    try:
        rung.get(timeout=10)  # the line stands
        gmail.deliver(from_elsewhere("Are you there?"))
        rung.get(timeout=10)
        assert not waiter.useless
    finally:
        waiter.stop()
        assert waiter.join(10)
