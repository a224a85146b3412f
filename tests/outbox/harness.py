"""Messages through random kills, cut lines, refusals and lost answers, and what may never come of it."""

from __future__ import annotations

import email
import random
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands import messages as commands
from followup_desktop.commands.business import change_settings
from followup_desktop.commands.customers import add_customer
from followup_desktop.commands.messages import Approved
from followup_desktop.core.customers.model import Person
from followup_desktop.core.messages.model import NewAccount
from followup_desktop.jobs.outbox import run
from followup_desktop.jobs.post import Post
from tests.fakes.dovecot import PASSWORD, Dovecot
from tests.outbox.child import HASTY
from tests.outbox.servers import KINDS, BadLine, Unlucky, filing

__all__ = ["KINDS", "through"]

OWNER = "dana@clearwater.example"
BEGIN = datetime.fromisoformat("2026-11-23T08:30-05:00")
CUSTOMERS = 40
EACH = 6
"""How many messages a child sends before it is killed, about."""
STEPS_OF_ONE = 40
"""How many statements, lines of the log and words to servers a message takes, about."""
LONGEST = 200
"""How many children are started at most."""


@dataclass
class Came:
    """What came of the messages."""

    kills: int = 0
    happened: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def said(self) -> str:
        """Return it in one line."""
        faults = ", ".join(f"{name} {count}" for name, count in sorted(self.happened.items()))
        return (
            f"{sum(self.states.values())} messages, {self.kills} kills, {dict(self.states)}, "
            f"of those asked about {dict(self.asked)}; {faults}"
        )


def through(kind: str, count: int, folder: Path, *, seed: int, each: int = EACH) -> Came:
    """Send `count` messages over a server of one kind while everything goes wrong, then let it be and look."""
    came, chance = Came(), random.Random(seed)
    with ExitStack() as stack:
        dovecot = stack.enter_context(Dovecot())
        smtp = Unlucky(seed=seed)
        if kind != "plain":
            smtp.on_taken = filing(dovecot, OWNER, renames=kind == "renames")
        stack.enter_context(smtp)
        lines = [stack.enter_context(BadLine(port, seed)) for port in (dovecot.imap_port, smtp.port)]
        store = folder / "business.db"
        approve(store, count, *(line.port for line in lines))
        now = BEGIN + timedelta(minutes=1)
        for _ in range(LONGEST):
            if not _queued(store):
                break
            came.kills += _child(store, now, chance.randrange(0, 2 * each * STEPS_OF_ONE))
            now += timedelta(minutes=chance.choice((1, 2, 3)))
        smtp.on = lines[0].on = lines[1].on = False
        _settle(store, now)
        came.happened = smtp.happened + Counter({f"line {k}": v for one in lines for k, v in one.happened.items()})
        _judge(came, store, smtp, dovecot)
    return came


def approve(store: Path, count: int, imap_port: int, smtp_port: int) -> None:
    """Set up an account, and approve so many messages to a few customers."""
    program = Program(store, FixedClock(BEGIN))
    desk = program.desk
    settings = {"zone": "America/New_York", "mails_a_day": 0, "owner": "Dana Whitlock"}
    change_settings(desk, {f"business.{key}": value for key, value in settings.items()})
    imap, smtp = ("127.0.0.1", imap_port, "none"), ("127.0.0.1", smtp_port, "none")
    commands.add_account(desk, NewAccount(OWNER, "Dana Whitlock", OWNER, *imap, *smtp))
    people = [
        add_customer(desk, Person("Customer", str(number), email=f"c{number}@example.com")).result
        for number in range(min(CUSTOMERS, count))
    ]
    for number in range(count):
        follow_up = commands.write(desk, people[number % len(people)]).result
        commands.send(desk, Approved(follow_up, f"Number {number}", f"Hi,\n\n.this is number {number}.\n\nDana"))
    program.close()


def _child(store: Path, now: datetime, steps: int) -> bool:
    """Send in a child that kills itself after so many steps; whether it was killed."""
    command = [sys.executable, "-m", "tests.outbox.child", str(store), now.isoformat(), str(steps), PASSWORD]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode not in (0, -signal.SIGKILL):
        raise AssertionError(done.stderr)
    return done.returncode != 0


def _settle(store: Path, now: datetime) -> None:
    """Let the program run undisturbed, until what is unknown was looked for often enough."""
    clock = FixedClock(now)
    program = Program(store, clock)
    for _ in range(5):
        run(program.desk, Post(lambda _account: PASSWORD, HASTY), at_once=True)
        clock.moment += timedelta(minutes=6)
    program.close()


def _rows(store: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute("SELECT message_id, state FROM messages").fetchall()


def _queued(store: Path) -> bool:
    return any(state in ("queued", "sending") for _, state in _rows(store))


def _judge(came: Came, store: Path, smtp: Unlucky, dovecot: Dovecot) -> None:
    """Compare what the program believes with what the servers have."""
    taken = Counter(_id(one.raw) for one in smtp.taken)
    copies = Counter(_id(one.raw) for one in dovecot.messages(OWNER, "Sent"))
    for key, state in _rows(store):
        came.states[state] += 1
        times, lie = taken[key], copies[key]
        if state == "ask":
            came.asked["had left" if times else "had not"] += 1
        if times > 1:
            came.wrong.append(f"{key} was sent {times} times")
        if lie > 1:
            came.wrong.append(f"{key} lies in Sent {lie} times")
        if state == "filed" and (times, lie) != (1, 1):
            came.wrong.append(f"{key} counts as sent: taken {times}, in Sent {lie}")
        if state == "failed" and times:
            came.wrong.append(f"{key} counts as refused and was taken")
        if state not in ("filed", "failed", "ask"):
            came.wrong.append(f"{key} is still {state}")


def _id(raw: bytes) -> str:
    """Return the id we gave a message, whatever its server did to it."""
    head = email.message_from_bytes(raw)
    own = (head["References"] or "").split()
    return str(head["X-Microsoft-Original-Message-ID"] or (own[0] if len(own) == 1 else head["Message-ID"])).strip()
