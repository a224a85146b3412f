"""A mail account: where its servers are and how the connection is protected. No password in here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal, get_args

from followup_desktop.base.errors import Problem

Security = Literal["tls", "starttls", "none"]
Pins = tuple[tuple[str, str], ...]
"""Certificates the owner trusts: a host and a SHA-256 fingerprint each."""


@dataclass(frozen=True)
class Server:
    """One server of an account. Raises `Problem` for an unencrypted one that is not on this computer."""

    host: str
    port: int
    security: Security = "tls"

    def __post_init__(self) -> None:
        check_server(self)

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True)
class Account:
    """A mailbox to read and a way to send, signed in to as `user`.

    `ca_file` is a file with the one certificate authority to trust, where the server's is not publicly known.
    `pins` are certificates the owner has looked at and trusts: a host and a SHA-256 fingerprint each, for that host
    only.
    """

    address: str
    name: str
    imap: Server
    smtp: Server
    user: str
    ca_file: str | None = None
    pins: Pins = ()

    @property
    def domain(self) -> str:
        """The part of the address after the @."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds (RFC 5321 4.5.3.2): for a connection, an answer, the verdict on a message."""

    connect: float = 30
    command: float = 60
    verdict: float = 600


PATIENT = Patience()


class AccessToken(str):
    """A pass in place of a password: servers are shown it as such. `renew` gets the next one when it is refused."""

    __slots__ = ("renew",)
    renew: Callable[[], str]

    def __new__(cls, token: str, renew: Callable[[], str]) -> AccessToken:
        """Take the token itself, and how to get another."""
        made = super().__new__(cls, token)
        made.renew = renew
        return made

    def renewed(self) -> AccessToken:
        """Return the next pass. Raises `SignInAgain` where there is none any more, and `NotReached`."""
        return AccessToken(self.renew(), self.renew)

    def __repr__(self) -> str:
        """Show nothing of it, wherever it might be printed."""
        return "<access token>"


def pin_lines(pins: Pins) -> str:
    """Write trusted certificates down, one a line."""
    return "\n".join(f"{host} {fingerprint}" for host, fingerprint in pins)


def read_pins(lines: str) -> Pins:
    """Read what `pin_lines` wrote."""
    parts = (line.partition(" ") for line in lines.splitlines())
    return tuple((host, fingerprint) for host, _, fingerprint in parts if fingerprint)


def check_server(server: Server) -> None:
    """Refuse what no password may be sent to."""
    if server.security not in get_args(Security):
        raise Problem(f"{server.security} is not a way to protect a connection.", to_do="Use tls, starttls or none.")
    if not server.host or any(character.isspace() or not character.isprintable() for character in server.host):
        raise Problem("The name of the mail server is missing or has a space in it.", to_do="Check it for typing.")
    if not 0 < server.port < 65536:
        raise Problem(f"{server.port} is not a port number.", to_do="Most servers use 993 to read and 587 to send.")
    if server.security == "none" and not is_this_computer(server.host):
        raise Problem(
            f"The connection to {server.host} would not be encrypted.",
            "Nothing was sent to it.",
            "Choose tls or starttls; an open connection is only for a server on this computer.",
        )


def is_this_computer(host: str) -> bool:
    """Whether a host name or address means the loopback interface."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.rstrip(".").lower() == "localhost"


def parse_server(text: str, security: Security, default_port: int) -> Server:
    """Read HOST, HOST:PORT or [IPV6]:PORT as it is typed. Raises `Problem`."""
    host, colon, port = text.strip().rpartition(":")
    if not colon or port.endswith("]"):
        return Server(text.strip().strip("[]"), default_port, security)
    if not port.isascii() or not port.isdigit():
        raise Problem(f"{text} is not a server.", to_do="Write it as mail.example.com:993.")
    return Server(host.strip("[]"), int(port), security)
