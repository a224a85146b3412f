"""A child that does a piece of work and is killed after so many steps: statements, and words to a mail server."""

from __future__ import annotations

import imaplib
import os
import signal
import smtplib
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.jobs import sendlog
from followup_desktop.jobs.sendlog import SendLog


def run_and_kill(store: Path, now: str, steps: int, what: str, *words: str) -> bool:
    """Run `what` in a child that kills itself (SIGKILL) after `steps` steps; whether it came to its end first."""
    command = [sys.executable, "-m", "tests.stories.killing", str(store), now, str(steps), what, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode not in (0, -signal.SIGKILL):
        raise AssertionError(done.stderr)
    return done.returncode == 0


def count_down(steps: int) -> None:
    """Kill this process after so many statements, commits, lines of the outbox's log, and words to a mail server."""
    left = [steps]

    def step(*_: Any, **__: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
    spoken: list[tuple[Any, str]] = [(smtplib.SMTP, "send"), (smtplib.SMTP, "getreply"), (imaplib.IMAP4, "send")]
    for owner, name in [*spoken, (SendLog, "_write"), (SendLog, "clear"), (sendlog, "keep")]:
        setattr(owner, name, _stepping(getattr(owner, name), step))


def _stepping(do: Callable[..., Any], step: Callable[..., None]) -> Callable[..., Any]:
    def stepping(*args: Any, **kwargs: Any) -> Any:
        step()
        answer = do(*args, **kwargs)
        step()
        return answer

    return stepping


def main(store: str, now: str, steps: str, what: str, *words: str) -> None:
    """Do the work that was asked for, as the program does it."""
    program = Program(Path(store), FixedClock(datetime.fromisoformat(now)))
    desk = program.desk
    count_down(int(steps))
    if what == "send":
        from followup_desktop.jobs.outbox import run
        from followup_desktop.jobs.post import Post

        run(desk, Post(lambda _account: words[0]), at_once=True)
    elif what == "import":
        from followup_desktop.commands.exchange import import_customers
        from followup_desktop.core.exchange.rules.reading import read_file

        path = Path(words[0])
        done = import_customers(desk, read_file(path.read_bytes(), path.name)).result
        Path(words[1]).write_text(str(done.new))
    program.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
