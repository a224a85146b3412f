"""A child that sends what waits, and kills itself (SIGKILL) after so many steps."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.jobs.outbox import run
from followup_desktop.jobs.post import Post
from followup_desktop.mail.account import Patience
from tests.stories.killing import count_down

HASTY = Patience(connect=2, command=2, verdict=1)


def main(store: str, now: str, steps: str, password: str) -> None:
    """Send once, as the program does it when the owner presses Send."""
    program = Program(Path(store), FixedClock(datetime.fromisoformat(now)))
    desk = program.desk
    count_down(int(steps))
    run(desk, Post(lambda _account: password, HASTY), at_once=True)
    program.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
