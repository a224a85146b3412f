import re
import ssl
from socket import gaierror

import pytest

from followup_desktop.mail import troubles
from followup_desktop.mail.account import Server
from followup_desktop.mail.sayings import OF_THEM, SAYINGS, Meaning, meaning_of
from followup_desktop.mail.troubles import LIMIT, not_reached, plain, refused, way_out

SERVER = Server("mail.clearwater.example", 993)

SAID = [
    # (host, what it says, a piece of what the owner is told, and of what to do)
    ("smtp.office365.com", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the "
     "Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.", "turned off sending", "Save to Drafts"),
    ("smtp.office365.com", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the "
     "Mailbox.", "turned off sending", "Authenticated SMTP"),
    ("smtp-mail.outlook.com", "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. "
     "[AM6P191CA0001.EURP191.PROD.OUTLOOK.COM 2026-11-23]", "takes no passwords", "browser"),
    ("smtp.office365.com", "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.",
     "not right", "Type it again"),
    ("smtp.office365.com", "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be "
     "authenticated successfully. Contact your administrator.", "rules", "Microsoft 365"),
    ("outlook.office365.com", "User is authenticated but not connected.", "this mailbox was not opened", "full address"),
    ("outlook.office365.com", "LOGIN failed.", "Outlook.com did not accept", "browser"),
    ("outlook.office365.com", "AUTHENTICATE failed. AuthFailed:LogonDenied-BasicAuthBlocked-A", "takes no passwords",
     "browser"),
    ("smtp.office365.com", "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", "Too many programs",
     "wait a few minutes"),
    ("smtp.office365.com", "421 4.3.2 The maximum number of concurrent connections has exceeded a limit",
     "Too many programs", "wait a few minutes"),
    ("smtp.office365.com", "554 5.2.252 SendAsDenied; dana@x.example not allowed to send as info@x.example",
     "may not send with that From", "own address"),
    ("smtp.office365.com", "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
     "may not send with that From", "own address"),
    ("mail.heron.example", "553 5.7.1 <info@heron.example>: Sender address rejected: not owned by user dana",
     "may not send with that From", "own address"),
    ("smtp.office365.com", "550 5.1.8 Access denied, bad outbound sender AS(42004)", "took something for spam",
     "browser"),
    ("smtp.office365.com", "550 5.2.2 Submission quota exceeded", "limit for one day", "tomorrow"),
    ("smtp.gmail.com", "534-5.7.9 Application-specific password required. Learn more at\n534 5.7.9  "
     "https://support.google.com/mail/?p=InvalidSecondFactor d2e1a72 - gsmtp", "Google wants an app password",
     "myaccount.google.com/apppasswords"),
    ("smtp.gmail.com", "534 5.7.9 Application-specific password required", "Gmail wants an app password", "apppasswords"),
    ("mail.heron.example", "534 5.7.9 Application-specific password required", "This provider wants", "app password"),
    ("imap.gmail.com", "[ALERT] Application-specific password required: https://support.google.com/accounts/answer/"
     "185833 (Failure)", "Google wants an app password", "myaccount.google.com/apppasswords"),
    ("smtp.gmail.com", "535-5.7.8 Username and Password not accepted. For more information, go to\n535 5.7.8  "
     "https://support.google.com/mail/?p=BadCredentials x12-20020a - gsmtp", "Google did not accept", "apppasswords"),
    ("imap.gmail.com", "[AUTHENTICATIONFAILED] Invalid credentials (Failure)", "Gmail did not accept", "apppasswords"),
    ("smtp.gmail.com", "534-5.7.14 <https://accounts.google.com/signin/continue?x> Please log in via your web browser "
     "and\n534-5.7.14 then try again.", "in the browser first", "browser"),
    ("imap.gmail.com", "[WEBALERT https://accounts.google.com/x] Web login required.", "in the browser first", "browser"),
    ("imap.gmail.com", "[ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page and "
     "enable your account for IMAP access. (Failure)", "IMAP is switched off", "Forwarding and POP/IMAP"),
    ("imap.gmail.com", "[ALERT] IMAP access is disabled for your domain. Please contact your domain administrator for "
     "questions about this feature. (Failure)", "Whoever runs your domain", "Google Workspace"),
    ("smtp.gmail.com", "550 5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go "
     "to https://support.google.com/a/answer/166852 - gsmtp", "limit for one day", "tomorrow"),
    ("imap.gmail.com", "[ALERT] Too many simultaneous connections. (Failure)", "Too many programs", "Close one"),
    ("imap.gmail.com", "[OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)", "too much was read", "hours"),
    ("imap.mail.yahoo.com", "[AUTHENTICATIONFAILED] LOGIN Invalid credentials", "Yahoo did not accept",
     "login.yahoo.com/account/security"),
    ("smtp.mail.yahoo.com", "535 5.7.0 (#AUTH005) Too many bad auth attempts.", "locked for a while", "half an hour"),
    ("imap.mail.me.com", "[AUTHENTICATIONFAILED] Authentication Failed", "iCloud did not accept", "account.apple.com"),
    ("smtp.mail.me.com", "535 5.7.8 Error: authentication failed: authentication failure", "iCloud did not accept",
     "account.apple.com"),
    ("imap.fastmail.com", "[AUTHENTICATIONFAILED] Incorrect username, password or access token",
     "Fastmail did not accept", "app.fastmail.com/settings/security/apps"),
    ("smtp.fastmail.com", "535 5.7.0 Sorry, you need to use an app password to log in", "Fastmail wants an app password", "paste"),
    ("imap.aol.com", "[AUTHENTICATIONFAILED] LOGIN Invalid credentials", "AOL did not accept", "login.aol.com"),
    ("imap.gmx.net", "[AUTHENTICATIONFAILED] authentication failed: IMAP access is not enabled for this account",
     "does not let programs", "Switch on IMAP"),
    ("imap.qq.com", "Login fail. Account is abnormal, service is not open, password is incorrect, login frequency "
     "limited, or system is busy.", "does not let programs", "Switch on IMAP"),
    ("mail.heron.example", "NO [LIMIT] Maximum number of connections from user+IP exceeded "
     "(mail_max_userip_connections=10)", "Too many programs", "Close one"),
    ("mail.heron.example", "[UNAVAILABLE] Temporary authentication failure. [mail:2026]", "cannot check passwords",
     "may be right"),
    ("mail.heron.example", "454 4.7.0 Temporary authentication failure: Connection lost to authentication server",
     "cannot check passwords", "may be right"),
    ("mail.heron.example", "NO [OVERQUOTA] Quota exceeded (mailbox for user is full)", "The mailbox is full", "Delete"),
    ("mail.heron.example", "[PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.",
     "wants the connection encrypted", "STARTTLS"),
    ("mail.heron.example", "530 5.7.0 Must issue a STARTTLS command first", "wants the connection encrypted", "STARTTLS"),
    ("mail.heron.example", "[EXPIRED] Password expired", "has run out", "new one"),
    ("mail.heron.example", "[CONTACTADMIN] Account is locked, contact the administrator", "closed to you", "Ask whoever"),
]  # fmt: skip
"""What real servers say when a sign-in or a message is refused."""


@pytest.mark.row("A1")
@pytest.mark.parametrize(("host", "said", "happened", "to_do"), SAID)
def test_every_failure_of_a_provider_has_its_own_sentence_and_way_out(host, said, happened, to_do):
    trouble = troubles.sign_in_refused(Server(host, 993), plain(said))
    assert happened in trouble.happened
    assert to_do in trouble.to_do


def test_a_line_of_the_table_is_there_because_some_server_says_so():
    found = {meaning_of(plain(said)) for _, said, _, _ in SAID}
    unused = [line for line in SAYINGS if Meaning(line[1], line[2]) not in found]
    assert len(unused) <= 7


@pytest.mark.parametrize("said", ["535 5.7.8 Error: authentication failed", "LOGIN failed.", "535 Incorrect data", ""])
def test_a_wrong_password_at_a_server_nobody_knows_is_only_that(said):
    trouble = troubles.sign_in_refused(SERVER, said)
    assert trouble.happened == "mail.clearwater.example did not accept the user name or the password."
    assert "app password" in trouble.to_do


@pytest.mark.parametrize(
    ("said", "happened"),
    [
        ("5.2.2 The recipient's mailbox is full", "Their mailbox is full."),
        (
            "5.1.1 <ana@x.example>: Recipient address rejected: User unknown in virtual table",
            "There is no such address.",
        ),
        ("5.2.1 The email account that you tried to reach is disabled", "Their mailbox is switched off."),
        ("5.7.1 Service unavailable; client host blocked using Spamhaus", "Their server took it for unwanted mail."),
    ],
)
def test_what_is_said_of_one_recipient_is_not_said_of_the_owner(said, happened):
    refusal = refused("rcpt", 550, said)
    assert refusal.happened.startswith(happened)
    assert refusal.scope == "message"


def test_words_without_a_known_way_out_get_none():
    assert way_out("550 5.1.1 user unknown") == ""
    assert way_out("Everything is fine") == ""


@pytest.mark.parametrize(
    "said",
    [
        "5.4.5 Daily user sending limit exceeded",
        "5.1.90 You have reached your daily limit for message recipients",
        "4.3.2 concurrent connections",
        "too many messages from this account, try later",
        "Domain has exceeded the max emails per hour (100/100 (100%)) allowed",
        "4.7.1 rate limited",
        "message submission rate for this client has exceeded the configured limit; throttled",
        "5.7.0 hourly quota exceeded",
    ],
)
@pytest.mark.parametrize("code", [450, 550])
def test_a_limit_pauses_the_account_and_passes_whatever_the_code(said, code):
    assert LIMIT.search(said)
    refusal = refused("dot", code, said)
    assert (refusal.permanent, refusal.scope) == (False, "account")
    assert refusal.to_do or "nothing from this account just now" in refusal.happened


@pytest.mark.parametrize(
    "said", ["5.2.2 mailbox full, quota exceeded", "5.3.4 message size limit exceeded", "5.1.1 unknown user"]
)
def test_what_concerns_one_recipient_or_one_message_does_not_pause_the_account(said):
    refusal = refused("dot", 550, said)
    assert (refusal.permanent, refusal.scope) == (True, "message")
    assert said in refusal.happened
    assert refusal.to_do


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (gaierror(-2, "x"), "No server called mail.clearwater.example was found."),
        (ConnectionRefusedError(), "Nothing answers at mail.clearwater.example:993."),
        (TimeoutError(), "mail.clearwater.example did not answer in time."),
        (ConnectionResetError(), "The connection to mail.clearwater.example was lost."),
        (ssl.SSLError(), "mail.clearwater.example:993 does not speak encrypted mail in the way that was chosen."),
    ],
)
def test_each_way_of_not_being_reached_has_its_own_sentence(error, said):
    trouble = not_reached(SERVER, error)
    assert trouble.happened == said
    assert "Nothing was sent" in trouble.kept


def test_a_servers_words_are_shown_short_and_printable():
    assert plain(b"550\r\n 5.7.1 \x1b[31mno\xff " + b"x" * 1000)[:20] == "550 5.7.1 [31mno\ufffd xx"[:20]
    assert len(plain("x" * 1000)) == 300


def test_no_sentence_shouts_or_speaks_of_protocols():
    sentences = [f"{line[1]} {line[2]}" for line in (*SAYINGS, *OF_THEM)] + [
        troubles.no_encryption(SERVER).sentence(),
        troubles.sign_in_refused(SERVER, "").sentence(),
        troubles.turned_away(SERVER, "busy").sentence(),
        troubles.Unsure("x").sentence(),
    ]
    assert not [
        sentence for sentence in sentences if re.search(r"!|(?<!“Authenticated )SMTP|socket|exception", sentence)
    ]
