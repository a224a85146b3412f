"""A real SMTP server on loopback (aiosmtpd) that keeps what it takes, delivers nothing, and fails on request.

Steps that can be told to fail, in the order of a conversation:

    greeting   the first line                       mail, rcpt   the envelope
    ehlo                                            data         the DATA command, before 354
    auth       the sign-in                          body         after 354, before the body is taken
                                                    dot          the whole message has arrived, not taken
                                                    taken        taken, and then the answer goes wrong
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import logging
import re
import ssl
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.fakes.certificates import Certificates
from tests.fakes.dovecot import PASSWORD

# aiosmtpd warns of its own deprecated attributes at each sign-in.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)


WAYS = {"PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"}


@dataclass(frozen=True)
class Taken:
    """A message the server has accepted."""

    mail_from: str
    rcpt_to: tuple[str, ...]
    raw: bytes
    signed_in_as: str | None


@dataclass(frozen=True)
class Fault:
    """What goes wrong at a step: a reply instead of the usual one, a cut connection, or silence."""

    reply: str | None = None
    cut: bool = False


@dataclass
class SmtpServer:
    """The server. `security` is tls, starttls or none; `sign_in` whether it asks for a password."""

    security: str = "none"
    certificates: Certificates | None = None
    sign_in: bool = True
    password: str = PASSWORD
    mechanisms: frozenset[str] = frozenset({"PLAIN", "LOGIN"})
    passes: Any = None
    """The authorization server asked about the passes of XOAUTH2 and OAUTHBEARER, where these are among the ways."""
    taken: list[Taken] = field(default_factory=list)
    attempts: list[str] = field(default_factory=list)
    """The recipients for whom DATA was asked, taken or not."""
    on_taken: Callable[[Taken], None] | None = None
    """Called for each message before the answer, as by a provider that files what it sends."""

    port: int = 0
    """The port it listens on; a free one is taken at the first start and kept over restarts."""

    def __post_init__(self) -> None:
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.connections = 0
        self._lines: set[_Line] = set()
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()

    def fail(self, step: str, reply: str, *, times: int = 1) -> None:
        """Answer `reply` at `step` instead of going on."""
        self._faults[step].extend([Fault(reply=reply)] * times)

    def cut(self, step: str, *, times: int = 1) -> None:
        """Cut the connection at `step`."""
        self._faults[step].extend([Fault(cut=True)] * times)

    def fall_silent(self, step: str, *, times: int = 1) -> None:
        """Say nothing at `step`, until the client gives up."""
        self._faults[step].extend([Fault()] * times)

    def start(self) -> None:
        """Start listening, in a thread of its own."""
        self._ready.clear()
        self._thread = threading.Thread(target=asyncio.run, args=[self._serve()], name="smtp-server", daemon=True)
        self._thread.start()
        assert self._ready.wait(10), "the SMTP server did not start"

    def stop(self) -> None:
        """Stop listening and cut every connection; what was taken stays."""
        if self._thread is None:
            return
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)
        self._thread = None

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        context = self.certificates.server_context() if self.certificates else None
        immediately = context if self.security == "tls" else None
        upgrade = context if self.security == "starttls" else None
        server = await self._loop.create_server(
            lambda: _Line(self, upgrade), "127.0.0.1", self.port, ssl=immediately, reuse_address=True
        )
        self.port = int(server.sockets[0].getsockname()[1])
        self._ready.set()
        await self._stopping.wait()
        server.close()
        for line in tuple(self._lines):
            line.cut()
        await server.wait_closed()

    def __enter__(self) -> SmtpServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def goes_wrong(self, step: str, line: _Line) -> bool:
        """Do what was asked for at `step`; whether that ends the step."""
        if not self._faults[step]:
            return False
        fault = self._faults[step].popleft()
        if fault.reply is not None:
            await line.push(fault.reply)
            return True
        if not fault.cut:
            # The client's own time-out ends this; the stop of the server does at the latest.
            await asyncio.Event().wait()
        line.cut()
        return True


class _Line(SMTP):
    """One connection."""

    def __init__(self, owner: SmtpServer, upgrade: ssl.SSLContext | None) -> None:
        self._owner = owner
        self._greeted = False
        super().__init__(
            _Handler(owner),
            hostname="smtp.test",
            tls_context=upgrade,
            require_starttls=upgrade is not None,
            auth_require_tls=upgrade is not None,
            auth_exclude_mechanism={"PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"}
            - (owner.mechanisms if owner.sign_in else frozenset()),
            authenticator=_let_in(owner),
            enable_SMTPUTF8=False,
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._owner._lines.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._owner._lines.discard(self)
        super().connection_lost(error)

    def cut(self) -> None:
        """Cut the connection without a word."""
        if isinstance(self.transport, asyncio.WriteTransport):
            with contextlib.suppress(AttributeError):  # Python 3.11.2 trips over a connection closed twice
                self.transport.abort()

    async def push(self, status: Any) -> None:
        if not self._greeted:
            self._greeted = True
            self._owner.connections += 1
            if await self._owner.goes_wrong("greeting", self):
                return
        await super().push(status)

    async def smtp_EHLO(self, hostname: str) -> None:
        if not await self._owner.goes_wrong("ehlo", self):
            await super().smtp_EHLO(hostname)

    async def smtp_AUTH(self, arg: str) -> None:
        if not await self._owner.goes_wrong("auth", self):
            await super().smtp_AUTH(arg)

    async def auth_XOAUTH2(self, _: SMTP, words: list[str]) -> AuthResult:
        return await self._pass(words, r"user=([^\x01]*)\x01auth=Bearer ([^\x01]+)\x01\x01")

    async def auth_OAUTHBEARER(self, _: SMTP, words: list[str]) -> AuthResult:
        return await self._pass(
            words, r"n,a=([^\x01,]*),\x01(?:host=[^\x01]+\x01port=\d+\x01)?auth=Bearer ([^\x01]+)\x01\x01"
        )

    async def _pass(self, words: list[str], shape: str) -> AuthResult:
        """Let in whom the authorization server knows by this pass; else say why first, as RFC 7628 3.2.3 wants."""
        said = base64.b64decode(words[1]) if len(words) > 1 else await self.challenge_auth("")
        given = re.fullmatch(shape, said.decode()) if isinstance(said, bytes) else None
        grants = self._owner.passes.grants
        if given and any(given[2] in grant.access for grant in grants):
            return AuthResult(success=True, auth_data=given[1].encode())
        await self.challenge_auth('{"status":"invalid_token"}')
        return AuthResult(success=False, handled=False, message="535 5.7.8 Authentication credentials invalid")

    async def smtp_MAIL(self, arg: str) -> None:
        assert self.session is not None
        if self._owner.sign_in and not self.session.authenticated:
            await self.push("530 5.7.0 Authentication required")
        elif not await self._owner.goes_wrong("mail", self):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:
        if not await self._owner.goes_wrong("rcpt", self):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        assert self.envelope is not None
        self._owner.attempts.extend(self.envelope.rcpt_tos)
        if await self._owner.goes_wrong("data", self):
            return
        if self._owner._faults["body"]:
            await self.push("354 go on")
            await self._owner.goes_wrong("body", self)
            return
        await super().smtp_DATA(arg)


class _Handler:
    def __init__(self, owner: SmtpServer) -> None:
        self._owner = owner

    async def handle_DATA(self, line: _Line, session: Session, envelope: Envelope) -> str:
        if await self._owner.goes_wrong("dot", line):
            return "250 said already"
        assert isinstance(envelope.content, bytes)
        who = session.auth_data.decode() if isinstance(session.auth_data, bytes) else None
        taken = Taken(envelope.mail_from or "", tuple(envelope.rcpt_tos), envelope.content, who)
        self._owner.taken.append(taken)
        if self._owner.on_taken is not None:
            await asyncio.get_running_loop().run_in_executor(None, self._owner.on_taken, taken)
        if await self._owner.goes_wrong("taken", line):
            return "250 said already"
        return "250 2.0.0 taken"


def _let_in(owner: SmtpServer) -> Callable[..., AuthResult]:
    """Let every user in who knows the one password."""

    def check(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: LoginPassword
    ) -> AuthResult:
        if given.password.decode() == owner.password:
            return AuthResult(success=True, auth_data=given.login)
        return AuthResult(success=False, handled=False, message="535 5.7.8 Authentication credentials invalid")

    return check
