"""Who lets programs into mailboxes by a sign-in in the browser, and where: correct it here when one of them changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from followup_desktop.base.errors import Problem
from followup_desktop.mail.account import is_this_computer


def check_url(url: str) -> None:
    """Refuse an address to which no permission may be sent: not encrypted, and not on this computer."""
    try:
        parts = urlsplit(url)
        safe = parts.scheme == "https" or (parts.scheme == "http" and is_this_computer(parts.hostname or ""))
        good = bool(parts.hostname) and "@" not in parts.netloc and not parts.fragment and url.isprintable()
    except ValueError:
        safe = good = False
    if not safe or not good or " " in url:
        raise Problem(
            f"{url} is not a place to sign in at.", "Nothing was sent to it.", "It has to begin with https://."
        )


@dataclass(frozen=True, slots=True)
class Authority:
    """Where to sign in and what to ask for (RFC 6749). `key` is what an account remembers it by.

    `answers_at` is the name the browser comes back to; it always means this computer. `revoke` is empty where a
    program cannot take back its permission; the owner can, on `permissions`. `clients` is the page on which an
    owner makes a client id of their own.
    """

    key: str
    name: str
    authorize: str
    token: str
    scopes: tuple[str, ...] = ()
    revoke: str = ""
    permissions: str = ""
    clients: str = ""
    answers_at: str = "127.0.0.1"
    issuer: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    needs_secret: bool = False
    ca_file: str | None = None
    """The one certificate authority to trust, where the server is the owner's own."""
    hosts: tuple[str, ...] = field(default=())
    """Mail servers that belong to it, by the end of their names."""

    def __post_init__(self) -> None:
        for url in (self.authorize, self.token, self.revoke):
            if url:
                check_url(url)


GOOGLE = Authority(
    key="google",
    name="Google",
    authorize="https://accounts.google.com/o/oauth2/v2/auth",
    token="https://oauth2.googleapis.com/token",
    scopes=("https://mail.google.com/",),
    revoke="https://oauth2.googleapis.com/revoke",
    permissions="https://myaccount.google.com/connections",
    clients="https://console.cloud.google.com/auth/clients",
    issuer="https://accounts.google.com",
    # Without these two Google gives a permission that ends after an hour, or none to keep at the second sign-in.
    extra=(("access_type", "offline"), ("prompt", "consent")),
    # Google asks for one from programs too, and says itself that it is no secret there.
    needs_secret=True,
    hosts=("gmail.com", "googlemail.com"),
)
MICROSOFT = Authority(
    key="microsoft",
    name="Microsoft",
    authorize="https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
    token="https://login.microsoftonline.com/common/oauth2/v2.0/token",
    scopes=(
        "https://outlook.office.com/IMAP.AccessAsUser.All",
        "https://outlook.office.com/SMTP.Send",
        "offline_access",
    ),
    permissions="https://account.live.com/consent/Manage",
    clients="https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade",
    # Microsoft lets any port of localhost pass, and 127.0.0.1 only where somebody edited the registration by hand.
    answers_at="localhost",
    hosts=("outlook.com", "office365.com", "hotmail.com", "live.com"),
)
AUTHORITIES: tuple[Authority, ...] = (GOOGLE, MICROSOFT)


def authority_called(key: str) -> Authority | None:
    """Return the authority an account remembers by `key`, if it is in the table; others are found by their address."""
    return next((one for one in AUTHORITIES if one.key == key), None)


def authority_of(host: str) -> Authority | None:
    """Return whom a mail server asks about a sign-in, by the server's name."""
    name = "." + host.strip().rstrip(".").casefold()
    return next((one for one in AUTHORITIES if any(name.endswith("." + end) for end in one.hosts)), None)
