"""What is looked for and what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from followup_desktop.mail.account import Server
from followup_desktop.mail.providers import Kind


class Step(StrEnum):
    """Where settings are looked for, in this order; what comes first holds."""

    TABLE = "table"
    AUTOCONFIG = "autoconfig"
    WELL_KNOWN = "well-known"
    MX = "mx"
    SRV = "srv"
    GUESS = "guess"


@dataclass(frozen=True, slots=True)
class SignIn:
    """How to sign in: the kind, the page to visit first (https, or nothing), and what to do there."""

    kind: Kind
    page: str = ""
    words: str = ""
    also: Kind | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings found for an address. The servers are None at a provider that lets no program in.

    `confirm` is a sentence where the owner should look at the names first: they belong to somebody else's domain
    and came by a way that is not protected (RFC 6186 6). `others` are servers that were offered as well.
    """

    how: Step
    provider: str
    imap: Server | None
    smtp: Server | None
    user: str
    sign_in: SignIn
    per_day: int | None = None
    files_sent: bool | None = None
    confirm: str = ""
    others: tuple[Server, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """One step that was taken: whether it found the settings, and how it went in words."""

    step: Step
    found: bool
    says: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """What came of it all; without settings `to_do` says how to go on, with the usual servers to begin from."""

    address: str
    settings: Settings | None
    tried: tuple[Tried, ...]
    to_do: str = ""
    suggestion: tuple[Server, Server] | None = None


class NotThere(Exception):
    """A place has nothing for us; the words say why. `offline` when the network could not be reached at all."""

    def __init__(self, says: str, *, offline: bool = False) -> None:
        super().__init__(says)
        self.says, self.offline = says, offline


class NoSuchDomain(NotThere):
    """The domain itself does not exist."""


@dataclass(frozen=True, slots=True)
class Service:
    """A server named in the DNS (RFC 2782)."""

    host: str
    port: int
    priority: int = 0
    weight: int = 0


class Dns(Protocol):
    """Asks name servers. Raises `NotThere`, `NoSuchDomain`."""

    def exchangers(self, domain: str) -> Sequence[str]:
        """Return the mail exchangers of a domain, the preferred one first."""

    def services(self, name: str) -> Sequence[Service]:
        """Return the servers for a service such as _imaps._tcp.example.com, the preferred one first."""


Web = Callable[[str], bytes]
"""Fetches a page over https from a server that proved its name. Raises `NotThere`."""

Probe = Callable[[Server, str], bool]
"""Says whether a server of a protocol (imap, smtp) answers and proves its name. Nothing is told to it."""


@dataclass(frozen=True)
class World:
    """How the search reaches the world outside, and how many seconds each step may take."""

    web: Web
    dns: Dns
    probe: Probe
    seconds: float = 5


@dataclass(slots=True)
class Candidates:
    """The servers a domain offers for reading and for sending, the best first, with the user name of each."""

    imap: list[Offer] = field(default_factory=list)
    smtp: list[Offer] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Offer:
    """A server that was offered, the user name it wants, and the ways to sign in it names."""

    server: Server
    user: str
    kinds: tuple[Kind, ...] = ("password",)
