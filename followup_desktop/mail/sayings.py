"""What mail servers say, and what it means for the owner. Add a line when a provider changes its words.

The first pattern that is found holds, so what is particular stands above what is general.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from followup_desktop.mail.providers import PROVIDERS, provider_sending_at


@dataclass(frozen=True, slots=True)
class Meaning:
    """What happened and what to do about it, in the owner's words."""

    happened: str
    to_do: str


GOOGLE_PASSWORDS = "myaccount.google.com/apppasswords"
GOOGLE_IMAP = "mail.google.com, Settings, Forwarding and POP/IMAP"
BY_ITSELF = "Nothing is lost: it goes on by itself."

WANTS_APP_PASSWORD = "This provider wants an app password here, not your usual one."

SAYINGS: tuple[tuple[str, str, str], ...] = (
    # Microsoft
    (r"5\.7\.139.*(credentials|password).{0,20}(incorrect|wrong)", "The user name or the password is not right.",
     "Type it again; with two-step sign-in, sign in through the browser (OAuth)."),
    (r"5\.7\.139.*(criteria|conditional access|security defaults|policy)", "Your organisation's rules keep programs "
     "from sending.", "Ask whoever runs your Microsoft 365 to allow it. Save to Drafts still works."),
    (r"5\.7\.139.*(locked|blocked)", "Your account is locked.", "Sign in at outlook.com and follow what it says."),
    (r"(basic ?auth\w*|basic authentication|BasicAuth)[ -]?(is |has been )?(disabled|blocked|not supported)|5\.7\.57\b",
     "This provider takes no passwords from programs.", "Sign in through the browser (OAuth). Until then, Save to "
     "Drafts and your mail program still work."),
    (r"5\.7\.139|SmtpClientAuth\w* is disabled", "Your organisation has turned off sending with a password.",
     "Whoever runs your Microsoft 365 can allow “Authenticated SMTP” for your mailbox. Save to Drafts still works."),
    (r"authenticated but not connected", "You are signed in, but this mailbox was not opened.",
     "The user name belongs to another mailbox, or IMAP is off for this one. Use the full address as the user name."),
    (r"5\.7\.60\b|5\.2\.252|send ?as ?denied|not allowed to send as|permissions? to send as|not owned by (the )?user"
     r"|from:? address (is )?not verified|sender address (is )?not allowed", "This account may not send with that From "
     "address.", "Use the account's own address, or let the provider allow the other one."),
    (r"5\.1\.8\b|5\.7\.50[123]\b|5\.7\.70[58]\b|bad outbound sender|(account|user).{0,30}(restricted|suspended)"
     r"|suspicious activity|unusual (activity|sending)", "The provider has stopped this account from sending, because "
     "it took something for spam.", "Sign in to the mailbox in your browser and follow what it says there."),
    # Google
    (r"InvalidSecondFactor|(application.specific password|534.{0,6}5\.7\.9\b).*(google|gsmtp)", "Google wants an app password here, not "
     "your usual one.", f"Make an app password at {GOOGLE_PASSWORDS} and paste it in the place of the password."),
    (r"5\.7\.8\b.*(gsmtp|google)|BadCredentials", "Google did not accept the user name or the password.",
     f"Your usual password does not work here: make an app password at {GOOGLE_PASSWORDS}."),
    (r"5\.7\.14\b|web ?login|webalert|log ?in (via|through|with|using) (your|the|a) (web|browser)|MBR1240|login via web",
     "The provider wants to see you in the browser first.", "Sign in to the mailbox in your browser, confirm that it "
     "was you, then try again."),
    (r"imap access is disabled for your domain", "Whoever runs your domain has switched IMAP off.",
     "Ask them to allow IMAP in the Google Workspace settings."),
    (r"not enabled for imap", "IMAP is switched off for this mailbox.", f"Switch it on: {GOOGLE_IMAP}."),
    (r"(command|bandwidth) (or \w+ )?limits?|OVERBANDWIDTH", "The provider has closed the mailbox to programs for a "
     "while, because too much was read.", f"Wait some hours. {BY_ITSELF}"),
    # Other providers' own words
    (r"(imap|pop3?|smtp|protocol|external|third.party|service).{0,40}(not (yet )?(enabled|activated|allowed|open|"
     r"permitted)|disabled|deactivated|switched off|turned off)|unsafe login", "The provider does not let programs "
     "into this mailbox yet.", "Switch on IMAP (or “other mail programs”) in the provider's settings on the web."),
    (r"app(lication)?[ -]?(specific )?pass(word|code)|5\.7\.9\b|authorization code|secure mail key", WANTS_APP_PASSWORD,
     "Make an app password in its security settings and paste it in the place of the password."),
    # What many say
    (r"\[EXPIRED\]|password (has |is )?expired|must (be )?change", "The password has run out.",
     "Sign in to the mailbox in your browser, choose a new one, and enter it here."),
    (r"too many (\w+ ){0,3}(login|logon|auth\w*|bad auth|failed|sign.?in)|login (attempts|failures)|AUTH005"
     r"|temporarily locked|temporarily blocked", "The mailbox is locked for a while after too many tries to sign in.",
     "Wait half an hour before you try again, with the right password."),
    (r"432.{0,3}4\.3\.2|concurrent connections|too many (\w+ ){0,2}connections|max(imum)? (number of )?connections"
     r"|mail_max_userip|connection limit", "Too many programs are connected to this mailbox.",
     f"Close one of your mail programs, or wait a few minutes. {BY_ITSELF}"),
    (r"5\.4\.5\b|5\.1\.90\b|(submission|sending) (quota|limit)|(daily|per day|24.hour).{0,40}(limit|quota|exceed)|(limit|quota).{0,30}(daily|per day)"
     r"|reached your (daily )?limit", "The provider's limit for one day is reached.",
     f"Sending goes on tomorrow. {BY_ITSELF}"),
    (r"over ?quota|(mailbox|storage|disk|account).{0,20}(is )?full|quota ?exceeded|exceeded.{0,30}quota"
     r"|insufficient (system )?storage|[45]\.2\.2\b", "The mailbox is full.",
     "Delete something in it, or have it made larger, then try again."),
    (r"5\.3\.4\b|(message|size).{0,20}(too (large|big)|exceeds)", "The message is too large for this provider.",
     "Leave the enclosure out, or send a smaller one."),
    (r"\[PRIVACYREQUIRED\]|must issue a starttls|plain ?text (auth\w*|login).{0,30}(disallowed|disabled|not allowed)"
     r"|encryption required", "The server wants the connection encrypted first.",
     "Choose STARTTLS in the account's settings, or TLS with its own port."),
    (r"temporary auth\w* failure|4\.7\.0 temporary|\[UNAVAILABLE\]|internal (server )?error|\[SERVERBUG\]",
     "The provider cannot check passwords just now.", f"Your password may be right. {BY_ITSELF}"),
    (r"gr[ea]y.?list", "Their server asks every newcomer to come again later.", BY_ITSELF),
    (r"\[CONTACTADMIN\]|contact (your|the|an) admin", "The mailbox is closed to you for now.",
     "Ask whoever runs your mail."),
    (r"account (is |has been )?(disabled|deactivated|inactive)|\[ALERT\].*disabled", "This mailbox is switched off.",
     "Sign in to it in your browser, and see what the provider says."),
    (r"authentication required|not logged in|5\.7\.0 must authenticate", "The server wants you to sign in before it "
     "takes anything.", "Check the account's server and port: 465 or 587 is for sending."),
)  # fmt: skip
"""What servers say (as a pattern), what it means, and what to do."""


OF_THEM: tuple[tuple[str, str, str], ...] = (
    (r"5\.1\.(1|2|3|10)\b|user unknown|unknown (user|recipient|mailbox|address)|no such (user|recipient|mailbox|address)"
     r"|(does not|doesn't) exist|no mailbox|address rejected|not found", "There is no such address.",
     "Ask the customer for the right one."),
    (r"[45]\.2\.2\b|over ?quota|full\b|quota ?exceeded|insufficient", "Their mailbox is full.",
     "Ring them, or try again in some days."),
    (r"[45]\.2\.1\b|disabled|inactive|suspended|not accepting", "Their mailbox is switched off.",
     "Ask the customer for another address."),
    (r"gr[ea]y.?list", "Their server asks every newcomer to come again later.", BY_ITSELF),
    (r"spam|blacklist|block ?list|spamhaus|reputation|junk|unsolicited|policy", "Their server took it for unwanted "
     "mail.", "The address may be right: ring them, or write it in other words."),
)  # fmt: skip
"""What servers say of one recipient."""


def recipient_meaning(answer: str) -> Meaning | None:
    """Return what a server's words about one recipient mean."""
    found = (line for line in OF_THEM if re.search(line[0], answer, re.IGNORECASE))
    return next((Meaning(happened, to_do) for _, happened, to_do in found), None)


def meaning_of(answer: str) -> Meaning | None:
    """Return what a server's words mean, or None for words nobody wrote down."""
    found = (line for line in SAYINGS if re.search(line[0], answer, re.IGNORECASE))
    return next((Meaning(happened, to_do) for _, happened, to_do in found), None)


def sign_in_meaning(host: str, answer: str) -> Meaning | None:
    """Return what a refused sign-in means, also by whose server refused it; None when nothing more is known."""
    known = meaning_of(answer)
    provider = provider_sending_at(host)
    if provider is None or provider.kind == "password":
        return known
    if known is not None and known.happened == WANTS_APP_PASSWORD:
        happened = f"{provider.name} wants an app password here, not your usual one."
    elif known is not None:
        return known
    else:
        happened = f"{provider.name} did not accept the user name or the password."
    words = (provider.words or "").format(name=provider.name)
    page = f" The page: {provider.page.removeprefix('https://')}" if provider.page else ""
    return Meaning(happened, f"{words}{page}")


def is_a_providers(host: str) -> bool:
    """Whether a server is one of a known provider: it never has a certificate nobody has signed."""
    name = host.rstrip(".").casefold()
    servers = {server.partition(":")[0] for each in PROVIDERS for server in (each.imap, each.smtp)}
    return name in servers and not name.startswith("127.")
