"""Trying a mail account before it is used: each step says what was found, or what went wrong and what to do."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from time import monotonic

from followup_desktop.base.errors import Problem
from followup_desktop.mail import imap, smtp
from followup_desktop.mail.account import Account, Patience
from followup_desktop.mail.compose import Letter, compose, new_message_id
from followup_desktop.mail.connecting import shown_by
from followup_desktop.mail.folders import Folders
from followup_desktop.mail.troubles import NotTrusted, SignInRefused

BRISK = Patience(connect=15, command=20, verdict=60)
"""Somebody is watching: a server that takes longer is called silent."""


class Part(StrEnum):
    """The steps, in the order they are tried."""

    READ = "read"
    SEND = "send"
    FOLDERS = "folders"
    PASSWORD = "password"
    TEST = "test"
    FILING = "filing"


class Mark(StrEnum):
    """How a step ended; one left out was not tried because an earlier one failed."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one step found: `says` in a sentence, `beside` the details."""

    part: Part
    mark: Mark
    says: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Wanted:
    """What to try. `password` and `keyring`, which proves the place for it and names it, may raise Problem.

    With `test_at` a message is sent to the account's own address, with that time as its date, and waited for.
    """

    account: Account
    password: Callable[[], str]
    keyring: Callable[[], str]
    test_at: datetime | None = None
    token: str = ""
    patience: Patience = BRISK
    arrival: float = 60
    """Seconds a test message may take to arrive."""
    browser: bool = False
    """Whether the owner signed in in the browser, so that there is no password."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate nobody known has signed, as a server shows it: the owner may compare it and trust it."""

    host: str
    fingerprint: str


class Trial:
    """A trial under way. `outcomes` grows as the steps end; it is read by others while the trial runs."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.outcomes: list[Outcome] = []
        self.folders = Folders(None, None, ())
        self.files_sent: bool | None = None
        self.certificates: list[Certificate] = []
        """What servers showed that could not be believed, to be trusted by the owner or not."""
        self.refused = False
        """Whether a server took the user name or the password not."""
        self._stop = threading.Event()
        self._since = monotonic()
        self._password_known = ""

    def parts(self) -> tuple[Part, ...]:
        """Return the steps this trial has."""
        return tuple(Part) if self.wanted.test_at else (Part.READ, Part.SEND, Part.FOLDERS, Part.PASSWORD)

    def may_be_used(self) -> bool:
        """Whether the account can be read and sent with."""
        good = {outcome.part for outcome in self.outcomes if outcome.mark is Mark.GOOD}
        return {Part.READ, Part.SEND} <= good

    def waited(self) -> int:
        """Return for how many seconds the step under way has been going on."""
        return int(monotonic() - self._since)

    def stop(self) -> None:
        """Let it end after the step under way."""
        self._stop.set()

    def run(self) -> None:
        """Try everything; may take as long as servers do. A Problem becomes the outcome of its step."""
        try:
            self._password_known = self.wanted.password()
        except Problem as problem:
            self.outcomes.append(Outcome(Part.READ, Mark.BAD, _sentence(problem)))
            self.outcomes += [Outcome(part, Mark.LEFT_OUT) for part in self.parts()[1:]]
            return
        for part, step in (
            (Part.READ, self._read),
            (Part.SEND, self._send),
            (Part.FOLDERS, self._folders),
            (Part.PASSWORD, self._password),
        ):
            self._tell(part, step)
        if self.wanted.test_at is not None and not self._stop.is_set():
            self._test(self.wanted.test_at)

    def _tell(self, part: Part, step: Callable[[], Outcome]) -> None:
        if self._stop.is_set():
            return
        self._since = monotonic()
        try:
            self.outcomes.append(step())
        except Problem as problem:
            if isinstance(problem, NotTrusted) and part in (Part.READ, Part.SEND):
                self._look_at_certificate(problem, part)
            self.refused |= isinstance(problem, SignInRefused)
            self.outcomes.append(Outcome(part, Mark.BAD, _sentence(problem)))

    def _look_at_certificate(self, problem: NotTrusted, part: Part) -> None:
        server = problem.server
        known = server is None or server.host in [each.host for each in self.certificates]
        if server is not None and not known:
            shown = shown_by(server, "imap" if part is Part.READ else "smtp", self.wanted.patience.connect)
            if shown:
                self.certificates.append(Certificate(server.host, shown))

    def _read(self) -> Outcome:
        wanted = self.wanted
        with imap.connect(wanted.account, self._password_known, wanted.patience) as box:
            self.folders = imap.folders(box)
        return Outcome(Part.READ, Mark.GOOD, "", str(wanted.account.imap))

    def _send(self) -> Outcome:
        wanted = self.wanted
        smtp.connect(wanted.account, self._password_known, wanted.patience).close()
        return Outcome(Part.SEND, Mark.GOOD, "", str(wanted.account.smtp))

    def _folders(self) -> Outcome:
        if self.outcomes[0].mark is not Mark.GOOD:
            return Outcome(Part.FOLDERS, Mark.LEFT_OUT)
        drafts, sent = self.folders.drafts, self.folders.sent
        beside = f"Drafts: {drafts or 'not found'} · Sent: {sent or 'not found'}"
        if drafts and sent:
            return Outcome(Part.FOLDERS, Mark.GOOD, "", beside)
        missing = "Sent" if drafts else "Drafts"
        lost = "Copies of what you send are not filed." if drafts else "Saving to Drafts does not work."
        return Outcome(
            Part.FOLDERS, Mark.DOUBTFUL, f"The mailbox has no folder called {missing}. {lost} Make one there.", beside
        )

    def _password(self) -> Outcome:
        try:
            kind = self.wanted.keyring()
        except Problem as problem:
            asks = "It is kept until the program closes, and asked for again then."
            return Outcome(Part.PASSWORD, Mark.DOUBTFUL, f"{problem.happened} {asks}", "memory only")
        return Outcome(Part.PASSWORD, Mark.GOOD, "", kind)

    def _test(self, at: datetime) -> None:
        if not self.may_be_used():
            self.outcomes += [Outcome(Part.TEST, Mark.LEFT_OUT), Outcome(Part.FILING, Mark.LEFT_OUT)]
            return
        account = self.wanted.account
        message_id = new_message_id(account.domain, self.wanted.token)
        letter = Letter(account.name, account.address, account.name, account.address, SUBJECT, TEXT, message_id, at)
        self._tell(Part.TEST, lambda: self._sent_and_arrived(compose(letter), message_id))
        self._tell(Part.FILING, lambda: self._filed(message_id))

    def _sent_and_arrived(self, raw: bytes, message_id: str) -> Outcome:
        wanted, address = self.wanted, self.wanted.account.address
        with smtp.connect(wanted.account, self._password_known, wanted.patience) as line:
            smtp.send(line, address, address, raw, _nothing)
        with imap.connect(wanted.account, self._password_known, wanted.patience) as box:
            if self._found(box, "INBOX", message_id, wanted.arrival):
                return Outcome(Part.TEST, Mark.GOOD, "", f"arrived after {max(1, self.waited())} s")
        late = f"It was sent, and is not in your inbox after {int(wanted.arrival)} s. Some servers take longer."
        return Outcome(Part.TEST, Mark.DOUBTFUL, late, "not seen yet")

    def _filed(self, message_id: str) -> Outcome:
        if self.outcomes[-1].mark is Mark.BAD or self.folders.sent is None:
            return Outcome(Part.FILING, Mark.LEFT_OUT)
        wanted = self.wanted
        with imap.connect(wanted.account, self._password_known, wanted.patience) as box:
            if self._found(box, self.folders.sent, message_id, min(4, wanted.arrival)):
                self.files_sent = True
                return Outcome(Part.FILING, Mark.GOOD, "", "your server files what it sends")
        return Outcome(Part.FILING, Mark.GOOD, "", "this program files what it sends")

    def _found(self, box: imap.Box, folder: str, message_id: str, seconds: float) -> bool:
        until = monotonic() + seconds
        while not imap.find(box, folder, message_id):
            if monotonic() >= until or self._stop.wait(min(2, seconds)):
                return False
        return True


SUBJECT = "A test from Followup Desktop"
TEXT = "This message went from your own account to yourself, to see whether sending works. You can delete it.\n"


def _nothing() -> None:
    """Record nothing: a test message is not in the outbox."""


def _sentence(problem: Problem) -> str:
    """Return what happened and what to do; that nothing was sent is plain here."""
    return " ".join(part for part in (problem.happened, problem.to_do) if part)
