"""Sending: one message at a time over a connection, with the moment the body leaves marked for the caller.

What is safe to try again and what is not depends on that moment alone (RFC 5321 4.5.3.2.6): before it
`NotReached` and `Refused`, after it `Refused` when the server said so, else `Unsure`.
"""

from __future__ import annotations

import base64
import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from followup_desktop.mail import sasl
from followup_desktop.mail.account import PATIENT, AccessToken, Account, Patience, Server
from followup_desktop.mail.connecting import check_before, check_peer, renewing, trust
from followup_desktop.mail.troubles import (
    NotReached,
    Unsure,
    no_encryption,
    no_pass_taken,
    not_reached,
    plain,
    refused,
    sign_in_again,
    sign_in_refused,
    turned_away,
)

MOST_MESSAGES = 20
"""How many messages one connection carries before a new one is made."""

LONGEST_COMMAND = 510
"""Letters of a command that every server takes (RFC 5321 4.5.3.1.4)."""

OURSELVES = "[127.0.0.1]"
"""What we call ourselves in EHLO: the machine's own name is nobody's business, and slow to look up."""


@dataclass(frozen=True)
class Accepted:
    """The server has taken the message and answers for it from now on."""

    code: int
    text: str


class Line:
    """An open, signed-in connection for up to 20 messages. Use it in a `with`, or close it."""

    def __init__(self, server: Server, session: smtplib.SMTP, patience: Patience) -> None:
        self.server, self.patience = server, patience
        self._session = session
        self._left = MOST_MESSAGES
        self._open = True

    @property
    def usable(self) -> bool:
        """Whether another message may go over this connection."""
        return self._open and self._left > 0

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Say good-bye; never fails, and says nothing about the messages sent."""
        if self._open:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._wait(min(2, self.patience.command))
                self._session.docmd("QUIT")
        self.cut()

    def cut(self) -> None:
        """Drop the connection without a word."""
        self._open = False
        self._session.close()

    def _wait(self, seconds: float) -> None:
        if self._session.sock is not None:
            self._session.sock.settimeout(seconds)

    def deliver(self, sender: str, recipient: str, raw: bytes, before_body: Callable[[], None]) -> Accepted:
        """Go through MAIL, RCPT and DATA for one message; see `send`, which checks what it is given."""
        self._left -= 1
        self._wait(self.patience.command)
        size = [f"SIZE={len(raw)}"] if self._session.has_extn("size") else []
        self._say("mail", " ".join([f"MAIL FROM:<{sender}>", *size]), 250)
        self._say("rcpt", f"RCPT TO:<{recipient}>", 250, 251, 252)
        self._say("data", "DATA", 354)
        self._record(before_body)
        try:
            self._wait(self.patience.verdict)
            self._session.send(dotted(raw) + b".\r\n")
            code, answer = self._session.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.cut()
            raise Unsure(plain(str(error))) from error
        return self._verdict(code, plain(answer))

    def _record(self, before_body: Callable[[], None]) -> None:
        try:
            before_body()
        except BaseException:
            # The server waits for a body that will not come; a cut line makes it forget the message.
            self.cut()
            raise

    def _say(self, step: str, command: str, *expected: int) -> None:
        with lost_means_not_reached(self.server, self.cut):
            code, answer = self._session.docmd(command)
        if code in expected:
            return
        self._forget(code)
        if step == "mail" and code == 421:
            # Said to a line that was idle for too long, and read only now: nothing against the account.
            raise turned_away(self.server, f"{code} {plain(answer)}")
        raise refused(step, code, plain(answer))

    def _verdict(self, code: int, text: str) -> Accepted:
        if 200 <= code < 300:
            return Accepted(code, text)
        self._forget(code)
        if 400 <= code < 600:
            raise refused("dot", code, text)
        self.cut()
        raise Unsure(f"{code} {text}")

    def _forget(self, code: int) -> None:
        """Let the server forget a refused message, so that the next one can use the line; 421 closes it."""
        if code == 421:
            self.cut()
            return
        self._wait(self.patience.command)
        try:
            if self._session.docmd("RSET")[0] != 250:
                self.cut()
        except (OSError, smtplib.SMTPException):
            self.cut()


def connect(account: Account, password: str, patience: Patience = PATIENT) -> Line:
    """Open a protected connection and sign in. Raises `NotReached`, `NotTrusted`, `SignInRefused` or `Refused`."""
    check_before(account.smtp, account.user, password)
    return renewing(partial(_connected, account, patience=patience), password)


def _connected(account: Account, password: str, patience: Patience) -> Line:
    server, context = account.smtp, trust(account, account.smtp)
    session = _open(server, context, patience)
    try:
        with lost_means_not_reached(server):
            _protect(session, server, context)
            if session.sock is not None:
                session.sock.settimeout(patience.command)
            _sign_in(session, account, password)
    except BaseException:
        session.close()
        raise
    return Line(server, session, patience)


def send(connection: Line, from_address: str, to_address: str, raw: bytes, before_body: Callable[[], None]) -> Accepted:
    """Hand one message to the server; `before_body` runs after 354 and before the first byte of the body leaves.

    `raw` has CRLF line ends (as `compose` makes it). Raises `NotReached` and `Refused` when it has surely
    not been taken, `Unsure` when the connection broke after `before_body`, and whatever `before_body` raises.
    """
    if not connection.usable:
        raise ValueError("the connection is used up or closed: open another one")
    if not raw.count(b"\r\n") == raw.count(b"\n") == raw.count(b"\r"):
        raise ValueError("the message has line ends other than CRLF")
    if not all(re.fullmatch(r"[!-;=?-~]+", address) for address in (from_address, to_address)):
        raise ValueError("an address on the envelope was not checked")
    return connection.deliver(from_address, to_address, raw, before_body)


def dotted(raw: bytes) -> bytes:
    """Double the dots that begin a line (RFC 5321 4.5.2) and end the last line."""
    body = (b"." if raw.startswith(b".") else b"") + raw.replace(b"\n.", b"\n..")
    return body if body.endswith(b"\r\n") else body + b"\r\n"


def _open(server: Server, context: ssl.SSLContext, patience: Patience) -> smtplib.SMTP:
    try:
        with lost_means_not_reached(server):
            if server.security == "tls":
                return smtplib.SMTP_SSL(server.host, server.port, OURSELVES, timeout=patience.connect, context=context)
            return smtplib.SMTP(server.host, server.port, OURSELVES, timeout=patience.connect)
    except NotReached as trouble:
        if isinstance(trouble.__cause__, smtplib.SMTPConnectError):
            greeting = trouble.__cause__
            raise refused("greeting", greeting.smtp_code, plain(greeting.smtp_error)) from None
        raise


def _protect(session: smtplib.SMTP, server: Server, context: ssl.SSLContext) -> None:
    if session.sock is not None:
        check_peer(server, session.sock)
    _introduce(session)
    if server.security == "starttls":
        try:
            session.starttls(context=context)
        except (smtplib.SMTPNotSupportedError, smtplib.SMTPResponseException):
            raise no_encryption(server) from None
        _introduce(session)


def _introduce(session: smtplib.SMTP) -> None:
    code, answer = session.ehlo()
    if code != 250:
        raise refused("ehlo", code, plain(answer))


def _sign_in(session: smtplib.SMTP, account: Account, password: str) -> None:
    ways = session.esmtp_features.get("auth", "").upper().split()
    if not ways and account.smtp.security == "none":
        # A server on this computer that asks nobody who they are.
        return
    try:
        # Not smtplib's login: it takes only ASCII passwords.
        if isinstance(password, AccessToken):
            code, answer, why = _show_pass(session, ways, account, password)
        else:
            (code, answer), why = _say_who(session, ways, account.user, password), ""
    except smtplib.SMTPNotSupportedError:
        raise sign_in_refused(account.smtp, "no way to sign in") from None
    except smtplib.SMTPAuthenticationError as error:
        code, answer = error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else b""
        why = ""
    if code == 235:
        return
    said = f"{code} {plain(answer)}"
    if code < 500:
        # Not now: too many connections, or the server cannot look up passwords.
        raise refused("ehlo", code, plain(answer))
    if isinstance(password, AccessToken):
        raise sign_in_again(account.smtp.host, f"{said} {why}")
    raise sign_in_refused(account.smtp, said)


def _show_pass(session: smtplib.SMTP, ways: list[str], account: Account, token: str) -> tuple[int, bytes, str]:
    """Sign in with the pass of a sign-in in the browser; also return the reason a server gives before it refuses."""
    way = sasl.way_of(ways)
    if way is None:
        raise no_pass_taken(account.smtp)
    first = base64.b64encode(sasl.first_words(way, account.smtp, account.user, token)).decode()
    if len(f"AUTH {way} {first}") <= LONGEST_COMMAND:
        code, answer = session.docmd("AUTH", f"{way} {first}")
    else:
        # A long pass goes on a line of its own (RFC 4954 4).
        code, answer = session.docmd("AUTH", way)
        if code == 334:
            code, answer = session.docmd(first)
    if code != 334:
        return code, answer, ""
    why = _decoded(answer)
    code, answer = session.docmd(base64.b64encode(sasl.last_words(way)).decode())
    return code, answer, why


def _decoded(answer: bytes) -> str:
    """Return the reason for a refusal as it can be read: it comes in base64."""
    try:
        return plain(base64.b64decode(answer, validate=True))
    except ValueError:
        return plain(answer)


def _say_who(session: smtplib.SMTP, ways: list[str], user: str, password: str) -> tuple[int, bytes]:
    if "PLAIN" in ways:
        return session.docmd("AUTH", "PLAIN " + _base64(f"\0{user}\0{password}"))
    if "LOGIN" in ways:
        code, answer = session.docmd("AUTH", "LOGIN " + _base64(user))
        return session.docmd(_base64(password)) if code == 334 else (code, answer)
    return session.login(user, password)


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@contextlib.contextmanager
def lost_means_not_reached(server: Server, then: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Turn a connection that cannot be made or breaks into `NotReached`, with its cause in words."""
    try:
        yield
    except (OSError, smtplib.SMTPException) as error:
        then()
        raise _in_words(server, error) from error


def _in_words(server: Server, error: Exception) -> NotReached:
    # smtplib hides what broke the line behind its own error; the cause is kept in the context.
    cause = error.__context__ if isinstance(error, smtplib.SMTPServerDisconnected) else None
    return not_reached(server, cause or error)
