"""Row 19: the first sync of a mailbox, and one with nothing new, on a real server on this computer.

Beside plain imaplib: the first look is the chosen headers of every message in chunks, taken apart by the standard
library's compat32, with nothing kept; the second is EXAMINE and a fetch of what comes after the last UID, in both
folders. The goal is for a mailbox of bulk mail with a customer's letter now and then; how much filing adds is shown by
one in which every ninth message is read whole and filed, which the floor does not do.
"""

from __future__ import annotations

import contextlib
import email
import imaplib
import os
import pwd
import random
import re
import shutil
import sqlite3
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands.messages import add_account
from followup_desktop.core.messages.model import NewAccount
from followup_desktop.jobs import mailbox
from followup_desktop.jobs.post import Post
from followup_desktop.mail import arrived
from tests.bench import business
from tests.bench.pairing import Figure, Setting, milliseconds, paired
from tests.fakes.dovecot import Dovecot, installed

ROW = "19"
GOAL = 1.5
FIRST_PAIRS, AGAIN_PAIRS = 5, 20
PEOPLE = 200


@dataclass(frozen=True)
class Mailbox:
    """A mailbox: every so-manieth message is a customer's, or a stranger's; the rest is bulk mail."""

    address: str
    known_every: int
    stranger_every: int


QUIET = Mailbox("dana@heron.example", 500, 100_000_000)
BUSY = Mailbox("luis@heron.example", 50, 10)


def measure(setting: Setting) -> Sequence[Figure]:
    """Read two mailboxes with as many messages as there are to be customers."""
    if not installed():
        return [Figure(ROW, "the first sync / imaplib", None, GOAL, "Dovecot is not installed")]
    path, size = business.store_of(min(PEOPLE, setting.customers), setting.folder), setting.customers
    with Dovecot() as server:
        fill(server, QUIET, size, people_of(path))
        fill(server, BUSY, size, people_of(path))
        with _business(server, QUIET, setting.folder, path) as (fresh, used):
            first = paired(fresh.first, lambda: _floor_first(server, QUIET), setting.pairs(FIRST_PAIRS))
            used.first()
            again = paired(used.again, lambda: _floor_again(server, QUIET, size), setting.pairs(AGAIN_PAIRS))
        with _business(server, BUSY, setting.folder, path) as (fresh, _):
            busy = paired(fresh.first, lambda: _floor_first(server, BUSY), setting.pairs(FIRST_PAIRS))
    return [
        Figure(ROW, f"the first sync of {size:,} messages / imaplib", first.ratio, GOAL, first.note()),
        Figure(ROW, "a sync with nothing new / imaplib", again.ratio, GOAL, again.note()),
        Figure(ROW, "a first sync in which every ninth is filed / imaplib", busy.ratio, None, busy.note()),
    ]


class Reading:
    """A business with its account; `first` reads the mailbox as if for the first time."""

    def __init__(self, empty: Path, place: Path, server: Dovecot) -> None:
        self._empty, self._place, self._post = empty, place, Post(lambda _: server.password)
        self._program: Program | None = None

    def first(self) -> float:
        """Read everything into a fresh copy of the business."""
        self.close()
        for ending in ("", "-journal", "-wal", "-shm"):
            self._place.with_name(self._place.name + ending).unlink(missing_ok=True)
        shutil.copyfile(self._empty, self._place)
        self._program = Program(self._place, FixedClock(business.NOW), looks_through=False)
        return self.again()

    def again(self) -> float:
        """Look once more."""
        program = self._program
        assert program is not None
        return milliseconds(lambda: mailbox.sync(program.desk, self._post))

    def close(self) -> None:
        if self._program is not None:
            self._program.close()
            self._program = None


@contextmanager
def _business(server: Dovecot, box: Mailbox, folder: Path, made: Path) -> Iterator[tuple[Reading, Reading]]:
    path = folder / "mail.db"
    shutil.copyfile(made, path)
    program = Program(path, FixedClock(business.NOW), looks_through=False)
    servers = ("127.0.0.1", server.imaps_port, "tls", "127.0.0.1", 1, "tls")
    add_account(
        program.desk,
        NewAccount(box.address, "Dana", box.address, *servers, str(server.certificates.authority), "Drafts", "Sent"),
    )
    program.close()
    readings = Reading(path, folder / "mail-first.db", server), Reading(path, folder / "mail-again.db", server)
    try:
        yield readings
    finally:
        for reading in readings:
            reading.close()


def people_of(path: Path) -> list[str]:
    """Return the addresses of the customers."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return [address for (address,) in connection.execute("SELECT email FROM customers WHERE email != ''")]


def fill(server: Dovecot, box: Mailbox, messages: int, people: Sequence[str], now: datetime = business.NOW) -> None:
    """Put messages into the mailbox as files: delivering them one by one would take minutes."""
    server.deliver(box.address, b"Subject: first\r\n\r\n")  # the server makes the folders
    inbox = server.folder / "home" / box.address / "Maildir" / "cur"
    owner = pwd.getpwnam("mail") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    chance = random.Random(19)
    for number in range(messages):
        raw = letter(box, number, chance, people, now)
        # A server that delivers names the sizes; one that has to find them takes a second at the first message read.
        file = inbox / f"{1_700_000_000 + number}.M{number}P1.bench,S={len(raw)},W={len(raw)}:2,S"
        file.write_bytes(raw)
        os.utime(file, ((now - timedelta(days=30)).timestamp(),) * 2)
        os.chown(file, owner.pw_uid, owner.pw_gid)
    with server.signed_in(box.address) as client:
        client.select("INBOX", readonly=True)


def letter(
    box: Mailbox, number: int, chance: random.Random, people: Sequence[str], now: datetime = business.NOW
) -> bytes:
    """Return a message as many come: bills, lists, and now and then a customer."""
    known = number % box.known_every == 0
    stranger = number % box.stranger_every == 1
    sender = f"news{number % 300}@shop{number % 40}.example"
    if known:
        key = number // box.known_every % PEOPLE + 1
        sender = people[key % len(people)]
    elif stranger:
        sender = f"somebody{number}@mail{number % 7}.example"
    at = format_datetime(now - timedelta(minutes=3 * (number % 10_000)))
    words = " ".join(chance.choice(("pump", "filter", "Thursday", "price", "gate", "water")) for _ in range(120))
    return (
        f"Return-Path: <{sender}>\r\nReceived: from mx.example (mx.example [192.0.2.1]) by heron.example; {at}\r\n"
        f"From: =?utf-8?Q?J=C3=BCrgen?= No. {number} <{sender}>\r\nTo: Dana <{box.address}>\r\n"
        f"Subject: About the {words[:30]}\r\nDate: {at}\r\nMessage-ID: <{number}.{chance.random()}@mx.example>\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        + ("" if known or stranger else "List-Unsubscribe: <mailto:off@shop.example>\r\nPrecedence: bulk\r\n")
        + f"\r\n{words}\r\n"
    ).encode()


@contextmanager
def _signed_in(server: Dovecot, box: Mailbox) -> Iterator[imaplib.IMAP4]:
    context = ssl.create_default_context(cafile=str(server.certificates.authority))
    client = imaplib.IMAP4_SSL("127.0.0.1", server.imaps_port, ssl_context=context, timeout=60)
    plain = f"\0{box.address}\0{server.password}".encode()
    client.authenticate("PLAIN", lambda _challenge: plain)
    try:
        yield client
    finally:
        client.logout()


def _floor_first(server: Dovecot, box: Mailbox) -> float:
    def read() -> None:
        with _signed_in(server, box) as client:
            for folder in ("INBOX", "Sent"):
                client.select(folder, readonly=True)
                uids = client.uid("SEARCH", "ALL")[1][0].split()
                for start in range(0, len(uids), arrived.CHUNK):
                    some = f"{uids[start].decode()}:{uids[min(start + arrived.CHUNK, len(uids)) - 1].decode()}"
                    what = f"(UID BODY.PEEK[HEADER.FIELDS ({arrived.HEADS})])"
                    for part in client.uid("FETCH", some, what)[1]:
                        if isinstance(part, tuple):
                            email.message_from_bytes(part[1])

    return milliseconds(read)


def _floor_again(server: Dovecot, box: Mailbox, messages: int) -> float:
    def look() -> None:
        with _signed_in(server, box) as client:
            for folder, last in (("INBOX", messages + 1), ("Sent", 0)):
                client.select(folder, readonly=True)
                _, parts = client.uid("FETCH", f"{last + 1}:*", "(UID)")
                assert [part for part in parts if part and int(re.findall(rb"UID (\d+)", part)[0]) > last] == []

    return milliseconds(look)
