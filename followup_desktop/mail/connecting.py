"""Protecting a connection before the first secret is said on it."""

from __future__ import annotations

import contextlib
import hashlib
import imaplib
import smtplib
import socket
import ssl
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar

from followup_desktop.base.errors import Problem
from followup_desktop.mail.account import AccessToken, Account, Server, check_server, is_this_computer
from followup_desktop.mail.troubles import NotTrusted, OtherCertificate, SignInAgain

T = TypeVar("T")


class Pinning(ssl.SSLContext):
    """Trusts, for hosts the owner has looked at, the one certificate that was seen; for all others as usual."""

    pins: Mapping[str, str] = {}

    def wrap_socket(self, sock: socket.socket, *given: Any, **more: Any) -> ssl.SSLSocket:
        """Protect a connection; raise before anything is said on it when another certificate is shown."""
        wanted = self.pins.get(str(more.get("server_hostname")))
        if wanted is None:
            return super().wrap_socket(sock, *given, **more)
        line = _unproven().wrap_socket(sock, *given, **more)
        if fingerprint_of(line) != wanted:
            line.close()
            raise OtherCertificate
        return line


def trust(account: Account, server: Server) -> ssl.SSLContext:
    """Return what a server has to prove: its name, signed by a public authority or by the account's own file.

    A host the owner has pinned has to show that very certificate instead.
    """
    if server.security == "none" and account.ca_file is None:
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody; loading whom the system trusts takes 50 ms
    try:
        if not account.pins:
            return ssl.create_default_context(cafile=account.ca_file)
        context = Pinning(ssl.PROTOCOL_TLS_CLIENT)
        context.pins = dict(account.pins)
        if account.ca_file:
            context.load_verify_locations(account.ca_file)
        else:
            context.load_default_certs()
        return context
    except (OSError, ssl.SSLError):
        raise Problem(
            f"The certificate file {account.ca_file} could not be read.",
            "Nothing was sent.",
            "It has to be a file in PEM form (it begins with BEGIN CERTIFICATE).",
        ) from None


def fingerprint_of(line: ssl.SSLSocket) -> str:
    """Return the SHA-256 of the certificate a server shows, in pairs of letters as it is read aloud."""
    return hashlib.sha256(line.getpeercert(binary_form=True) or b"").digest().hex(":").upper()


def shown_by(server: Server, protocol: Literal["imap", "smtp"], seconds: float) -> str:
    """Return the fingerprint of the certificate a server shows, to be looked at; nothing else is said to it.

    Empty where it cannot be seen.
    """
    with contextlib.suppress(OSError, ssl.SSLError, imaplib.IMAP4.error, smtplib.SMTPException):
        if server.security == "tls":
            with socket.create_connection((server.host, server.port), seconds) as bare:
                return _fingerprint(_unproven().wrap_socket(bare, server_hostname=server.host))
        if protocol == "imap":
            client = imaplib.IMAP4(server.host, server.port, seconds)
            with contextlib.closing(client.sock):
                client.starttls(_unproven())
                return _fingerprint(client.sock)
        session = smtplib.SMTP(server.host, server.port, "[127.0.0.1]", timeout=seconds)
        session.starttls(context=_unproven())
        return _fingerprint(session.sock)
    return ""


def _fingerprint(line: Any) -> str:
    with contextlib.closing(line):
        return fingerprint_of(line)


def _unproven() -> ssl.SSLContext:
    """Return an encryption that believes whoever answers: the certificate is compared with the one that is known."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def check_before(server: Server, user: str, password: str) -> None:
    """Refuse, before connecting, what must never go out on a line."""
    check_server(server)
    if any(ord(character) < 32 or ord(character) == 127 for character in user + password):
        raise Problem("The user name or the password has a line break in it.", to_do="Type it again.")


def check_peer(server: Server, connection: socket.socket) -> None:
    """Refuse an unencrypted connection that, whatever the name said, does not end on this computer."""
    if server.security == "none" and not is_this_computer(str(connection.getpeername()[0])):
        raise NotTrusted(
            f"{server.host} is not on this computer, and the connection would not be encrypted.",
            "Nothing was sent to it.",
            "Choose tls or starttls.",
        )


def renewing(sign_in: Callable[[str], T], password: str) -> T:
    """Sign in with a password or a pass; where a pass is refused, once more with the next one.

    A pass may end before its time: only the next one tells whether the permission itself is gone. Raises what `sign_in`
    raises, `SignInAgain` where there is no next pass.
    """
    try:
        return sign_in(password)
    except SignInAgain:
        if not isinstance(password, AccessToken):
            raise
    return sign_in(password.renewed())
