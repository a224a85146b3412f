"""What can go wrong with a mail server, each in words the owner can act on."""

from __future__ import annotations

import re
import ssl
from socket import gaierror
from typing import Literal

from followup_desktop.base.errors import Problem
from followup_desktop.mail.account import Server
from followup_desktop.mail.sayings import Meaning, is_a_providers, meaning_of, recipient_meaning, sign_in_meaning

Scope = Literal["message", "account"]


class NotReached(Problem):
    """The server could not be talked to, and no message left: trying again later is safe."""


class NotTrusted(NotReached):
    """The connection could not be protected, so nothing was said on it.

    `server` is one whose certificate nobody known has signed: the owner may look at it and trust it.
    """

    server: Server | None = None


class OtherCertificate(ssl.SSLError):
    """A server showed another certificate than the one that was pinned."""


class SignInRefused(Problem):
    """The server knows the user name or the password not, or not this way of signing in."""


class SignInAgain(SignInRefused):
    """The permission to read and send is gone: taken back, run out, or never given. Only the owner can give it."""


class Refused(Problem):
    """The server said no to a message (or, by `scope`, to everything from this account for now)."""

    def __init__(self, code: int, text: str, *, permanent: bool, scope: Scope, step: str = "") -> None:
        known = _meaning(code, text, scope, step)
        happened = _refusal(code, text, permanent=permanent, scope=scope, known=known)
        super().__init__(happened, "The message is kept.", known.to_do if known else "")
        self.code, self.text, self.permanent, self.scope = code, text, permanent, scope


class NotKept(Problem):
    """The mailbox took no message into a folder; `full` says that it would take no other one either."""

    full = False


class Unsure(Problem):
    """The connection broke while the message was leaving: it may have arrived; never send it again unasked."""

    def __init__(self, why: str) -> None:
        super().__init__(
            "The connection broke while the message was leaving, so it may or may not have arrived.",
            "It will not be sent again by itself.",
            "Look in the Sent folder of your mailbox.",
        )
        self.why = why


LIMIT = re.compile(
    r"(daily|hourly|sending|message|rate|submission|user) (\w+ ){0,2}(limit|quota)|(limit|quota) (was )?exceeded"
    r"|max(imum)? (number of )?(emails|messages)|per (hour|day)|throttl|rate.?limit|4\.3\.2\b|5\.4\.5\b|5\.1\.90"
    r"|too many (messages|mails|connections|simultaneous|login|requests|concurrent)",
    re.IGNORECASE,
)
"""A limit of the account: it passes, whatever the code says, and the next message would meet it too."""

PROVIDER_NOT_PROVEN = (
    "Somebody on this network may be in between, or the computer's clock is wrong. Try another network."
)

OUR_QUOTA = re.compile(r"(submission|sending) (quota|limit)", re.IGNORECASE)
"""A limit on sending, whatever number comes with it (Microsoft: 5.2.2 Submission quota exceeded)."""

OF_THIS_MESSAGE = re.compile(r"\b[45]\.(1\.(?!90)|2\.|3\.4)|message size|too (large|big)|mailbox", re.IGNORECASE)
"""Words of limits that concern one recipient or one message (RFC 3463: x.1 addresses, x.2 mailboxes, x.3.4 size)."""

OF_THE_ACCOUNT = re.compile(
    r"5\.7\.60|5\.7\.139|5\.7\.57|send ?as ?denied|authentication required|5\.1\.8\b|5\.7\.50[123]\b|5\.7\.70[58]\b"
    r"|bad outbound sender",
    re.IGNORECASE,
)


def refused(step: str, code: int, text: str) -> Refused:
    """Judge a 4xx or 5xx reply given at `step` (greeting, ehlo, mail, rcpt, data, dot): how long, and for whom."""
    permanent, scope = code >= 500, _scope(step, code, text)
    if OUR_QUOTA.search(text) or (LIMIT.search(text) and not OF_THIS_MESSAGE.search(text)):
        permanent, scope = False, "account"
    return Refused(code, text, permanent=permanent, scope=scope, step=step)


def _scope(step: str, code: int, text: str) -> Scope:
    """Say whom a refusal is meant for. 421 closes the line; 530 and 535 ask for another sign-in (RFC 4954)."""
    if step in ("greeting", "ehlo") or code in (421, 530, 535) or OF_THE_ACCOUNT.search(text):
        return "account"
    # A refused sender is refused for every message; a message that is too large is only too large itself.
    too_large = code == 552 or "5.3.4" in text
    return "account" if step == "mail" and code >= 500 and not too_large else "message"


def not_reached(server: Server, error: BaseException) -> NotReached:
    """Say why a server could not be talked to."""
    name, kept = server.host, "Nothing was sent."
    if isinstance(error, OtherCertificate):
        trouble = NotTrusted(
            f"{name} shows another certificate than the one you trusted.",
            "Nothing was sent to it.",
            "If it was renewed, look at the new one and trust it; if it was not, somebody is in between.",
        )
        trouble.server = server
        return trouble
    if isinstance(error, ssl.SSLCertVerificationError):
        trouble = NotTrusted(
            f"{name} could not prove that it is {name}: {_certificate_trouble(error)}.",
            "Nothing was sent to it.",
            PROVIDER_NOT_PROVEN
            if is_a_providers(name)
            else "Check the server name; on your own server, look at its "
            "certificate and trust it, or give its certificate file in the settings.",
        )
        trouble.server = None if is_a_providers(name) else server
        return trouble
    if isinstance(error, ssl.SSLError):
        return NotTrusted(
            f"{server} does not speak encrypted mail in the way that was chosen.",
            "Nothing was sent to it.",
            "Try starttls instead of tls, or the other way round, and check the port.",
        )
    if isinstance(error, gaierror):
        return NotReached(f"No server called {name} was found.", kept, "Check the name and the internet connection.")
    if isinstance(error, ConnectionRefusedError):
        return NotReached(f"Nothing answers at {server}.", kept, "Check the port number.")
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return NotReached(f"{name} did not answer in time.", kept)
    return NotReached(f"The connection to {name} was lost.", kept)


def no_encryption(server: Server) -> NotTrusted:
    """Say that a server offers no STARTTLS where it was asked for."""
    return NotTrusted(
        f"{server} does not offer an encrypted connection.",
        "Nothing was sent to it, the password neither.",
        "Try tls with its own port, or ask the provider.",
    )


def turned_away(server: Server, answer: str) -> NotReached:
    """Say that a server is there and does not want to talk now."""
    known = meaning_of(answer)
    happened = known.happened if known else f"{server.host} turned the connection away."
    return NotReached(f"{happened} ({answer})", "Nothing was sent.", way_out(answer) or "Try again in a few minutes.")


def sign_in_refused(server: Server, answer: str) -> SignInRefused:
    """Say that the user name or password was not accepted."""
    known = sign_in_meaning(server.host, answer)
    return SignInRefused(
        known.happened if known else f"{server.host} did not accept the user name or the password.",
        "Nothing was sent.",
        known.to_do if known else "Type the password again; many providers want an app password here.",
    )


def sign_in_again(name: str, answer: str = "") -> SignInAgain:
    """Say that a permission given in the browser does not hold any more."""
    return SignInAgain(
        f"{name} lets this program in no longer.",
        "Your messages wait.",
        way_out(answer) or "Sign in again in Settings, Mail.",
    )


def no_pass_taken(server: Server) -> SignInRefused:
    """Say that a server knows no sign-in through the browser (neither XOAUTH2 nor OAUTHBEARER)."""
    return SignInRefused(
        f"{server.host} takes no sign-in through the browser.", "Nothing was sent.", "Use a password for this account."
    )


def plain(answer: str | bytes) -> str:
    """Return a server's words as one short printable line."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]


def way_out(answer: str) -> str:
    """Return what the owner can do about a server's words, or nothing."""
    known = meaning_of(answer)
    return known.to_do if known else ""


def _meaning(code: int, text: str, scope: Scope, step: str) -> Meaning | None:
    """Return what a refusal means: said of one recipient, words such as "mailbox full" are about theirs."""
    said = f"{code} {text}"
    if scope == "account":
        return meaning_of(said)
    return recipient_meaning(said) or (None if step == "rcpt" else meaning_of(said))


def _refusal(code: int, text: str, *, permanent: bool, scope: Scope, known: Meaning | None) -> str:
    said = f"({code} {text})" if text else f"({code})"
    if known is not None:
        return f"{known.happened} {said}"
    if scope == "account":
        return f"The mail server takes nothing from this account {'' if permanent else 'just now '}{said}."
    return f"The mail server did not take the message{'' if permanent else ' yet'} {said}."


def _certificate_trouble(error: ssl.SSLCertVerificationError) -> str:
    """Name what is wrong with a certificate, by OpenSSL's own numbers (X509_V_ERR_...)."""
    return {
        10: "its certificate has run out",
        18: "its certificate is signed by nobody but itself",
        19: "its certificate is signed by nobody this computer trusts",
        20: "its certificate is signed by nobody this computer trusts",
        62: "its certificate is for another name",
        64: "its certificate is for another name",
    }.get(error.verify_code, "its certificate is not valid")
