"""What the outbox makes of messages it was sending when the program ended."""

from contextlib import closing
from datetime import timedelta

import pytest

from followup_desktop.core.messages.model import Came, Fate
from followup_desktop.core.messages.queries import message
from followup_desktop.jobs import outbox
from followup_desktop.jobs.sendlog import SendLog
from tests.outbox.steps import claimed
from tests.stories.test_the_outbox import AT, approve, window

__all__ = ["approve", "window"]
pytestmark = pytest.mark.mailserver


@pytest.mark.row("A1")
def test_the_log_tells_what_left_and_what_did_not(approve, connected, window, smtp_server, run):
    keys = [approve() for _ in range(4)]
    run("setting", "business.pause_to", 0)
    window.desk.store.clock.moment = AT + timedelta(minutes=1)
    with closing(SendLog(outbox.log_file(window.desk))) as log:
        first, second, third, _unlogged = [claimed(window.desk, key) for key in keys]
        for one in (first, second, third):
            log.note(one, Came(Fate.CLAIMED))
        log.leaves(first)
        log.note(first, Came(Fate.TAKEN, "250 OK", AT))
        log.leaves(second)
    window(AT + timedelta(minutes=2))
    with window.desk.store.read() as session:
        states = [message(session, key).state for key in keys]
    assert states[0] in ("accepted", "filed")
    assert (states[1], states[3]) == ("unknown", "unknown"), "nothing that may have left goes again"
    assert [taken.rcpt_to for taken in smtp_server.taken] == [("c2@example.com",)]


@pytest.mark.row("A1")
def test_that_a_body_leaves_is_in_the_log_before_it_does(approve, connected, window, smtp_server):
    approve()
    held = []
    smtp_server.on_taken = lambda taken: held.append(outbox.log_file(window.desk).read_text())
    window(AT + timedelta(minutes=1))
    assert held[0].count('"leaves"') == 1
    assert outbox.log_file(window.desk).read_bytes() == b"", "the store knows it"
