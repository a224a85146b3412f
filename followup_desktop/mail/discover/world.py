"""The world outside as the search reaches it: pages over https, name servers, and a look at a server's greeting."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from followup_desktop.mail.account import Server
from followup_desktop.mail.discover.model import NoSuchDomain, NotThere, Service, World
from followup_desktop.mail.discover.published import LARGEST, host_name

if TYPE_CHECKING:
    from dns.resolver import Answer, Resolver

REDIRECTS = 3
MOST_LINES = 50
"""Lines in which a server says what it can do."""

Connect = Callable[[str, int, float], socket.socket]
"""Opens a connection to a host and port within some seconds."""

OFFLINE = (socket.EAI_AGAIN,)
"""What a name that cannot be looked up for want of a network says (getaddrinfo)."""


def connect(host: str, port: int, seconds: float) -> socket.socket:
    """Open a connection over the network."""
    return socket.create_connection((host, port), seconds)


def real_world(seconds: float = 5) -> World:
    """Return the world as it is."""
    return World(Pages(seconds), NameServers(seconds), Greetings(seconds), seconds)


class Pages:
    """Fetches pages over https: the server proves its name, and nothing about the owner is said."""

    def __init__(self, seconds: float, connect: Connect = connect, ca_file: str | None = None) -> None:
        self._seconds, self._connect, self._ca_file = seconds, connect, ca_file

    def __call__(self, url: str) -> bytes:
        """Return what is at an https address; redirections are followed to https addresses only."""
        for _ in range(REDIRECTS + 1):
            answer = self._fetch(url)
            if isinstance(answer, bytes):
                return answer
            url = urljoin(url, answer)
        raise NotThere("It sends us on and on.")

    def _fetch(self, url: str) -> bytes | str:
        try:
            parts = urlsplit(url)
            host, port = host_name(parts.hostname or ""), parts.port or 443
        except ValueError:
            host = None
        if host is None or parts.scheme != "https" or parts.username is not None:
            raise NotThere("It sends us on to a page that is not protected.")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if re.search(r"[^!-~]", path):
            raise NotThere("It sends us on to a page that cannot be meant.")
        context = ssl.create_default_context(cafile=self._ca_file)
        line = http.client.HTTPSConnection(host, port, timeout=self._seconds, context=context)
        try:
            bare = self._connect(host, port, self._seconds)
            try:
                line.sock = context.wrap_socket(bare, server_hostname=host)
            except BaseException:
                bare.close()
                raise
            line.request("GET", path, headers={"Accept": "text/xml, application/xml"})
            with line.getresponse() as answer:
                return _read(answer)
        except (OSError, http.client.HTTPException) as error:
            raise _not_there(host, error) from None
        finally:
            line.close()


def _read(answer: http.client.HTTPResponse) -> bytes | str:
    if answer.status in (301, 302, 303, 307, 308):
        return answer.getheader("Location") or ""
    if answer.status != 200:
        raise NotThere(f"Nothing is published there ({answer.status}).")
    data = answer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise NotThere("The settings published there are too large to be real.")
    return data


def _not_there(host: str, error: Exception) -> NotThere:
    if isinstance(error, socket.gaierror):
        if error.errno in OFFLINE:
            return NotThere("The name could not be looked up.", offline=True)
        return NotThere(f"There is no {host}.")
    if isinstance(error, ssl.SSLError):
        return NotThere(f"{host} could not prove that it is {host}, so nothing was read from it.")
    if isinstance(error, TimeoutError):
        return NotThere("No answer in time.")
    if isinstance(error, ConnectionRefusedError):
        return NotThere("Nothing answers there.")
    if isinstance(error, OSError) and error.errno in _unreachable():
        return NotThere("The network cannot be reached.", offline=True)
    return NotThere("The connection was lost.")


def _unreachable() -> tuple[int, ...]:
    import errno

    return errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN


class NameServers:
    """Asks the name servers this computer uses, or the one at `at` (address and port)."""

    def __init__(self, seconds: float, at: tuple[str, int] | None = None) -> None:
        self._seconds, self._at = seconds, at

    def exchangers(self, domain: str) -> Sequence[str]:
        """Return the mail exchangers of a domain, the preferred one first."""
        found = sorted(self._ask(domain, "MX"), key=lambda each: (each.preference, str(each.exchange)))
        return [host for each in found if (host := host_name(str(each.exchange)))]

    def services(self, name: str) -> Sequence[Service]:
        """Return the servers for a service; one that is expressly not offered (a target of ".") is none."""
        found = [
            Service(host, each.port, each.priority, each.weight)
            for each in self._ask(name, "SRV")
            if (host := host_name(str(each.target))) and each.port
        ]
        return sorted(found, key=lambda each: (each.priority, -each.weight, each.host))

    def _ask(self, name: str, kind: str) -> Answer | tuple[()]:
        # 60 ms to load; only a search for settings needs it.
        import dns.exception
        import dns.resolver

        try:
            return self._resolver().resolve(name, kind, search=False)
        except dns.resolver.NoAnswer:
            return ()
        except dns.resolver.NXDOMAIN:
            raise NoSuchDomain(f"There is no {name}.") from None
        except (dns.exception.DNSException, OSError, UnicodeError, ValueError):
            raise NotThere("No name server answered.", offline=True) from None

    def _resolver(self) -> Resolver:
        import dns.resolver

        resolver = dns.resolver.Resolver(configure=self._at is None)
        if self._at is not None:
            resolver.nameservers, resolver.port = [self._at[0]], self._at[1]
        resolver.timeout, resolver.lifetime = self._seconds / 2, self._seconds
        return resolver


class Greetings:
    """Looks at a server's greeting over a connection on which it proved its name, and hangs up."""

    def __init__(self, seconds: float, connect: Connect = connect, ca_file: str | None = None) -> None:
        self._seconds, self._connect, self._ca_file = seconds, connect, ca_file

    def __call__(self, server: Server, protocol: str) -> bool:
        """Say whether a mail server answers there and can protect the connection."""
        try:
            with self._connect(server.host, server.port, self._seconds) as line:
                return self._greeted(line, server, protocol)
        except (OSError, ValueError):
            return False

    def _greeted(self, line: socket.socket, server: Server, protocol: str) -> bool:
        context = ssl.create_default_context(cafile=self._ca_file)
        if server.security == "tls":
            with context.wrap_socket(line, server_hostname=server.host) as protected:
                return _greets(_line(protected), protocol)
        if not _greets(_line(line), protocol):
            return False
        if protocol == "smtp":
            line.sendall(b"EHLO [127.0.0.1]\r\n")
            said = next((said for _ in range(MOST_LINES) if (said := _line(line))[3:4] != b"-"), b"")
            if not said.startswith(b"250"):
                return False
        line.sendall(b"STARTTLS\r\n" if protocol == "smtp" else b"a STARTTLS\r\n")
        if not re.match(rb"220|a OK", _line(line), re.IGNORECASE):
            return False
        with context.wrap_socket(line, server_hostname=server.host):
            return True


def _greets(said: bytes, protocol: str) -> bool:
    return said.startswith((b"* OK", b"* PREAUTH") if protocol == "imap" else b"220")


def _line(line: socket.socket) -> bytes:
    """Read one line, byte by byte: what follows it may be meant for TLS."""
    said = b""
    while not said.endswith(b"\n") and len(said) < 2000:
        byte = line.recv(1)
        if not byte:
            break
        said += byte
    return said
