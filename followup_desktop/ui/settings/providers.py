"""What is known of mail providers, so that less has to be typed. Correct it here when a provider changes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provider:
    """Servers as they are typed, how sending is protected, and what the owner should know."""

    imap: str
    smtp: str
    smtp_security: str = "tls"
    hint: str = ""


APP_PASSWORD = "This provider wants an app password: make one in its security settings and use it here."
BROWSER_ONLY = (
    "Outlook.com takes no passwords from programs, and signing in through the browser is not built in yet. "
    "Until then, messages open in your mail program, filled in."
)

KNOWN: tuple[tuple[tuple[str, ...], Provider], ...] = (
    (("gmail.com", "googlemail.com"), Provider("imap.gmail.com:993", "smtp.gmail.com:465", hint=APP_PASSWORD)),
    (
        ("icloud.com", "me.com", "mac.com"),
        Provider("imap.mail.me.com:993", "smtp.mail.me.com:587", "starttls", APP_PASSWORD),
    ),
    (("yahoo.com", "aol.com"), Provider("imap.mail.yahoo.com:993", "smtp.mail.yahoo.com:465", hint=APP_PASSWORD)),
    (("fastmail.com",), Provider("imap.fastmail.com:993", "smtp.fastmail.com:465", hint=APP_PASSWORD)),
    (
        ("outlook.com", "hotmail.com", "live.com"),
        Provider("outlook.office365.com:993", "smtp-mail.outlook.com:587", "starttls", BROWSER_ONLY),
    ),
)


def provider_of(address: str) -> Provider | None:
    """Return what to fill in for an address: what is known of its provider, else the usual names and ports."""
    domain = address.strip().rpartition("@")[2].lower()
    if "." not in domain:
        return None
    for domains, provider in KNOWN:
        if domain in domains:
            return provider
    return Provider(f"imap.{domain}:993", f"smtp.{domain}:465")
