"""Row 20: messages through the outbox, each step of each of them kept, beside smtplib alone on one connection.

Pauses and the day's number are off. The server is a process of its own; the same bytes go to it on both sides. Copies
in Sent are the mailbox's affair and not counted: its server is not there.
"""

from __future__ import annotations

import shutil
import smtplib
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.core.messages import queries
from followup_desktop.core.messages.model import MessageState
from followup_desktop.jobs.outbox import run
from followup_desktop.jobs.post import Post
from tests.bench.pairing import Figure, Setting, milliseconds, paired
from tests.fakes.dovecot import PASSWORD, free_port
from tests.outbox.harness import BEGIN, OWNER, approve

ROW = "20"
GOAL = 1.5
MESSAGES, PAIRS = 500, 5


def measure(setting: Setting) -> Sequence[Figure]:
    """Send the messages by the outbox and by smtplib."""
    count = min(MESSAGES, setting.customers)
    with _server() as port:
        store = setting.folder / "outbox.db"
        approve(store, count, free_port(), port)
        raw = _bytes(store)
        pairs = paired(partial(_through_the_outbox, store, count), partial(_plainly, port, raw), setting.pairs(PAIRS))
        store.unlink()
    return [
        Figure(ROW, f"{count} messages through the outbox / smtplib on one connection", pairs.ratio, GOAL, pairs.note())
    ]


@contextmanager
def _server() -> Iterator[int]:
    command = [sys.executable, "-m", "tests.bench.programs.mail_server"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield int(server.stdout.readline())
        server.communicate()


def _bytes(store: Path) -> list[tuple[str, bytes]]:
    program = Program(store, FixedClock(BEGIN))
    with program.desk.store.read() as session:
        found = [(one.to_address, one.raw) for one in queries.outgoing(session, [MessageState.QUEUED])]
    program.close()
    return found


def _through_the_outbox(store: Path, count: int) -> float:
    copy = store.with_name("outbox-copy.db")
    shutil.copy(store, copy)
    clock = FixedClock(BEGIN.replace(minute=31))
    program = Program(copy, clock)
    desk = program.desk
    took = milliseconds(lambda: run(desk, Post(lambda _account: PASSWORD), at_once=True))
    with desk.store.read() as session:
        assert queries.states(session) == {"accepted": count}
    program.close()
    copy.unlink()
    return took


def _plainly(port: int, messages: Sequence[tuple[str, bytes]]) -> float:
    return milliseconds(lambda: _send(port, messages))


def _send(port: int, messages: Sequence[tuple[str, bytes]]) -> None:
    with smtplib.SMTP("127.0.0.1", port, "[127.0.0.1]") as line:
        line.ehlo()
        line.docmd("AUTH", "PLAIN " + _plain(f"\0{OWNER}\0{PASSWORD}"))
        for to, raw in messages:
            line.sendmail(OWNER, [to], raw)


def _plain(text: str) -> str:
    import base64

    return base64.b64encode(text.encode()).decode()
