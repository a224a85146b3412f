"""The log of what is being sent: what it says after a crash, and when it has to be on the disk."""

import errno
import os
from contextlib import closing
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.base.errors import Problem
from followup_desktop.core.messages.model import AccountId, Came, CustomerId, Fate, MessageId, MessageState, Outgoing
from followup_desktop.jobs import sendlog
from followup_desktop.jobs.sendlog import SendLog

AT = datetime(2026, 11, 23, 14, tzinfo=UTC)


def message(name, attempts):
    return Outgoing(
        MessageId(1), CustomerId(1), AccountId(1), "sam@osei.example", f"<{name}@heron.example>", b"",
        MessageState.SENDING, "", attempts, 0, None, None,
    )  # fmt: skip


@pytest.fixture
def log(tmp_path):
    with closing(SendLog(tmp_path / "business.db.sending")) as found:
        yield found


def again(tmp_path):
    """Return what a process that comes later reads."""
    with closing(SendLog(tmp_path / "business.db.sending")) as found:
        return found.read()


def test_each_message_is_known_by_its_last_line(tmp_path, log):
    log.claims([message("one", 0), message("two", 3), message("three", 0)])
    log.leaves(message("one", 1))
    log.note(message("one", 1), Came(Fate.TAKEN, "250 2.0.0 Ok: “queued”", AT))
    log.leaves(message("two", 4))
    assert again(tmp_path) == {
        ("<one@heron.example>", 1): Came(Fate.TAKEN, "250 2.0.0 Ok: “queued”", AT),
        ("<two@heron.example>", 4): Came(Fate.LEAVES),
        ("<three@heron.example>", 1): Came(Fate.CLAIMED),
    }
    log.clear()
    assert again(tmp_path) == {}


def test_a_claim_and_a_body_that_leaves_wait_for_the_disk(log, monkeypatch):
    sizes = []
    monkeypatch.setattr(sendlog, "keep", lambda handle: sizes.append(os.fstat(handle).st_size))
    log.claims([message("one", 0)])
    log.leaves(message("one", 1))
    assert 0 < sizes[0] < sizes[1] == os.fstat(log._handle).st_size


@given(st.data())
def test_a_log_that_is_cut_short_or_spoiled_never_says_that_what_left_did_not(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("log") / "business.db.sending"
    with closing(SendLog(path)) as log:
        log.claims([message("one", 0), message("two", 0)])
        log.leaves(message("one", 1))
        relied_on = path.stat().st_size
        log.note(message("one", 1), Came(Fate.TAKEN, "250 OK", AT))
        log.leaves(message("two", 1))
    whole = path.read_bytes()
    kept = whole[: data.draw(st.integers(relied_on, len(whole)))]
    path.write_bytes(kept + data.draw(st.sampled_from([b"", b"\0" * 7, b"\0\n", b"[1, 2]\n", b"\xff\xfe\n"])))
    assert again(path.parent).get(("<one@heron.example>", 1), Came(Fate.LEAVES)).fate in (Fate.LEAVES, Fate.TAKEN)


def test_where_the_disk_is_full_nothing_leaves_and_what_was_said_stands(tmp_path, log, monkeypatch):
    log.claims([message("one", 0)])
    write = os.write

    def full(handle, data):
        if len(data) <= 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, data[:5])

    with monkeypatch.context() as patched:
        patched.setattr(sendlog.os, "write", full)
        with pytest.raises(Problem, match="No space left"):
            log.leaves(message("one", 1))
    assert again(tmp_path) == {("<one@heron.example>", 1): Came(Fate.CLAIMED)}
