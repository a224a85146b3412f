"""Delivery reports as a real Postfix writes them: they come into a real mailbox, to the message and the customer."""

import os
import threading
from email.utils import localtime

import pytest

from tests.fakes import postfix
from tests.fakes.dovecot import Dovecot, installed
from tests.mailservers import missing

pytestmark = pytest.mark.mailserver
ANSWERS = {
    "gone@customers.example": "550 5.1.1 <gone@customers.example>: Recipient address rejected: User unknown",
    "full@customers.example": "552 5.2.2 Mailbox full",
    "strict@customers.example": "550 5.7.1 Message rejected due to local policy",
}
TOLD = {
    "gone@customers.example": ("bounced", "the address does not exist (5.1.1)"),
    "full@customers.example": ("note", "their mailbox is full (5.2.2)"),
    "strict@customers.example": ("note", "their server refused it; the address may be right (5.7.1)"),
}


@pytest.fixture
def servers():
    """A Dovecot that takes mail, and a Postfix before it whose relay refuses some recipients."""
    if os.geteuid() != 0:
        pytest.skip("Postfix starts as root only")
    if not installed() or postfix.installed():
        missing("Postfix, or Dovecot's LMTP,", "postfix dovecot-imapd dovecot-lmtpd")
    with Dovecot(lmtp=True) as dovecot, postfix.Postfix(dovecot.lmtp_port, ANSWERS) as server:
        yield dovecot, server


@pytest.mark.row("A3", "X6")
def test_reports_of_a_real_postfix_come_to_their_customers(run, servers, mailbox, password):
    dovecot, server = servers
    run(
        "account", "add", "--address", mailbox, "--imap", f"127.0.0.1:{dovecot.imap_port}",
        "--smtp", f"127.0.0.1:{server.port}", "--security", "none", "--name", "Dana Whitlock", stdin=password + "\n",
    )  # fmt: skip
    people = {}
    for address in (*ANSWERS, "fine@customers.example"):
        people[address] = run("add", "--given-name", address.partition("@")[0].title(), "--email", address)["id"]
        run("send", run("write", people[address])["follow_up_id"])
    assert run("outbox", "run", now="2026-11-23T09:01", stdin=password + "\n")["accepted"] == 4
    wait_for(dovecot, mailbox, len(ANSWERS))
    now = localtime().isoformat()  # the reports carry the time of this computer
    found = run("mail", "sync", now=now, stdin=password + "\n")
    assert (found["bounces"], found["unmatched"]) == (3, 0)
    for address, (what, said) in TOLD.items():
        history = run("customer", people[address], now=now)["history"]
        [told] = [one for one in history if one["what"] != "message_out"]
        assert told["what"] == what
        assert said in told["note"]
    fine = run("customer", people["fine@customers.example"], now=now)["history"]
    assert [one["what"] for one in fine] == ["message_out"]


def wait_for(dovecot, user, count):
    """Wait until so many messages lie in the inbox."""
    for _ in range(200):
        if len(dovecot.messages(user)) >= count:
            return
        threading.Event().wait(0.05)
    raise AssertionError(f"{len(dovecot.messages(user))} of {count} reports came")
