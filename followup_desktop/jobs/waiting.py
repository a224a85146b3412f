"""Waiting at an inbox for what comes (IDLE, RFC 2177), so that an answer is here in seconds and not in minutes.

A thread per account holds one connection and only says that something moved; what it was is found by an ordinary
look. The line is renewed within nine minutes, since routers forget quiet lines; made anew after the computer slept,
since nobody tells either side that it is gone; and tried again later and later, never in step with others.
"""

from __future__ import annotations

import contextlib
import imaplib
import random
import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from followup_desktop.base.clock import Clock
from followup_desktop.base.errors import Problem
from followup_desktop.core.messages.model import MailAccount
from followup_desktop.jobs.post import Post, as_account
from followup_desktop.mail import imap
from followup_desktop.mail.troubles import NotReached, SignInRefused, not_reached

INBOX = "INBOX"
RENEW = 9 * 60.0
"""Seconds after which IDLE is said anew."""
LOOK_UP = 60.0
"""Seconds after which it is asked whether the computer slept."""
SLEPT = timedelta(seconds=60)
FIRST_WAIT, LONGEST_WAIT = 15.0, 15 * 60.0
"""Seconds before the next try after one failure, and after many."""

Chance = Callable[[], float]
"""Returns something from 0 to 1."""


def again_in(failures: int, chance: float) -> float:
    """Return for how many seconds to leave a server alone: twice as long each time, half of it by chance."""
    longest = min(LONGEST_WAIT, FIRST_WAIT * float(2 ** min(failures - 1, 20)))
    return longest * (0.5 + chance / 2)


def slept(before: datetime, now: datetime, waited: float) -> bool:
    """Whether the wall clock went on by more than was waited for: then the computer slept, and lines are dead."""
    return now - before > timedelta(seconds=waited) + SLEPT


def moved(lines: Sequence[bytes]) -> bool:
    """Whether what a server says means that something changed; some only say that they are still there."""
    return any(not line.upper().startswith((b"* OK", b"* NO", b"* BAD")) for line in lines)


class Waiter:
    """Waits at the inbox of one account, in a thread of its own. `woke` is called there."""

    def __init__(
        self, account: MailAccount, post: Post, clock: Clock, woke: Callable[[], None], chance: Chance = random.random
    ) -> None:
        self.account = account
        self._post, self._clock, self._woke, self._chance = post, clock, woke, chance
        self._stop = threading.Event()
        self._bell, self._door = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)
        self.waiting = False
        """Whether a line stands, for those who look."""
        self.useless = False
        """Whether the server knows no IDLE: then it is looked into every few minutes only."""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Let go at once; a server that is being connected to is not waited for."""
        self._stop.set()
        with contextlib.suppress(OSError):
            self._bell.send(b"\0")

    def join(self, seconds: float) -> bool:
        """Wait until it has let go; whether it has."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def alive(self) -> bool:
        """Whether it still waits, or tries to."""
        return self._thread.is_alive()

    def _run(self) -> None:
        failures = 0
        try:
            while not self._stop.is_set():
                try:
                    if not self._wait_once():
                        return
                    failures = 0
                except SignInRefused:
                    return  # the next look tells the owner
                except Problem:
                    failures = 1 if self.waiting else failures + 1
                    self.waiting = False
                    self._stop.wait(again_in(failures, self._chance()))
        finally:
            self.waiting = False
            self._bell.close()
            self._door.close()

    def _wait_once(self) -> bool:
        """Wait on one line until it has to be made anew; False where the server knows no IDLE, or it was stopped."""
        with imap.connect(as_account(self.account), self._post.password(self.account), self._post.patience) as box:
            self.useless = not box.has("IDLE")
            if self.useless or self._stop.is_set():
                return False
            imap.look_into(box, INBOX)
            told = False
            while not self._stop.is_set():
                with _idle(box, self._woke):
                    self.waiting = True
                    if not told:
                        # What came before the line stood would be told by nobody.
                        told = True
                        self._woke()
                    if self._slept_on(box):
                        box.cut()
                        return True
            return False

    def _slept_on(self, box: imap.Box) -> bool:
        """Wait until IDLE has to be renewed, telling what moves; whether the computer slept meanwhile."""
        for _ in range(round(RENEW / LOOK_UP)):
            before = self._clock.now()
            ready, _, _ = select.select([box.client.sock, self._door], [], [], LOOK_UP)
            if slept(before, self._clock.now(), LOOK_UP):
                return True
            if self._stop.is_set():
                box.cut()
                return False
            if ready and moved(_heard(box)):
                self._woke()
        return False


@contextlib.contextmanager
def _idle(box: imap.Box, woke: Callable[[], None]) -> Iterator[None]:
    """Let the server tell what moves; say DONE at the end, where the line still stands, and hear what comes then."""
    with imap.talking(box):
        box.mailbox.idle.start()  # type: ignore[no-untyped-call]
    try:
        with imap.talking(box):
            yield
    finally:
        if box.open:
            heard = box.client.untagged_responses
            heard.clear()
            with contextlib.suppress(NotReached), imap.talking(box):
                box.mailbox.idle.stop()  # type: ignore[no-untyped-call]
            if heard.keys() & {"EXISTS", "EXPUNGE", "FETCH", "VANISHED"}:
                woke()


def _heard(box: imap.Box) -> list[bytes]:
    """Return the lines that have come, without waiting for more. Raises `NotReached` where the other side hung up."""
    client, connection, lines = box.client, box.client.sock, list[bytes]()
    usual = connection.gettimeout()
    connection.settimeout(0)
    try:
        while True:
            lines.append(client._get_line())  # noqa: SLF001  (as imap_tools does)
    except imaplib.IMAP4.abort as end:
        # The end of the line; on an open connection also said where nothing more is there just now, or half a line.
        if "EOF" not in str(end):
            return [*lines, b"half a line"]
        if isinstance(connection, ssl.SSLSocket) or _hung_up(connection):
            raise not_reached(box.server, end) from None
    except (BlockingIOError, ssl.SSLWantReadError):
        pass
    finally:
        with contextlib.suppress(OSError):
            connection.settimeout(usual)
    return lines


def _hung_up(connection: socket.socket) -> bool:
    try:
        return connection.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False


class WaitingRoom:
    """The waiters of all accounts."""

    def __init__(self, post: Post, clock: Clock, woke: Callable[[], None]) -> None:
        self._post, self._clock, self._woke = post, clock, woke
        self._waiters: dict[str, Waiter] = {}

    def be_at(self, accounts: Sequence[MailAccount]) -> None:
        """Wait at these inboxes and no others; one that is paused or was changed is left, or begun anew."""
        wanted = {account.uuid: account for account in accounts if not account.paused}
        for key, waiter in list(self._waiters.items()):
            if key not in wanted or _differs(wanted[key], waiter.account) or not (waiter.alive() or waiter.useless):
                waiter.stop()
                del self._waiters[key]
        for key, account in wanted.items():
            if key not in self._waiters:
                self._waiters[key] = Waiter(account, self._post, self._clock, self._woke)
                self._waiters[key].start()

    def leave(self) -> None:
        """Wait nowhere any more."""
        self.be_at(())

    def waiters(self) -> list[Waiter]:
        """Return who waits."""
        return list(self._waiters.values())


def _differs(one: MailAccount, other: MailAccount) -> bool:
    """Whether the server that is waited at or the way to sign in changed."""
    return _at(one) != _at(other)


def _at(account: MailAccount) -> tuple[object, ...]:
    told = as_account(account)
    return told.imap, told.user, told.ca_file, told.pins, account.sign_in
