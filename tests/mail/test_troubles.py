import re
import ssl
from socket import gaierror

import pytest

from followup_desktop.mail import troubles
from followup_desktop.mail.account import Server
from followup_desktop.mail.troubles import LIMIT, WAYS_OUT, not_reached, plain, refused, way_out

SERVER = Server("mail.clearwater.example", 993)

SAID = [
    "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant",
    "User is authenticated but not connected.",
    "432 4.3.2 STOREDRV; concurrent connections limit exceeded",
    "554 5.2.252 SendAsDenied; dana@x.example not allowed to send as info@x.example",
    "534-5.7.9 Application-specific password required",
    "534-5.7.14 <https://accounts.example/> Please log in via your web browser",
    "535 5.7.3 Authentication unsuccessful, basic authentication is disabled",
    "NO [OVERQUOTA] Quota exceeded (mailbox for user is full)",
]
"""One thing servers say for each way out, in the order of the table."""


def test_every_way_out_is_found_by_what_servers_say():
    assert len(SAID) == len(WAYS_OUT)
    assert [way_out(said) for said in SAID] == [way for _, way in WAYS_OUT]


def test_words_without_a_known_way_out_get_none():
    assert way_out("550 5.1.1 user unknown") == ""


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
    assert "nothing from this account just now" in refusal.happened


@pytest.mark.parametrize(
    "said", ["5.2.2 mailbox full, quota exceeded", "5.3.4 message size limit exceeded", "5.1.1 unknown user"]
)
def test_what_concerns_one_recipient_or_one_message_does_not_pause_the_account(said):
    refusal = refused("dot", 550, said)
    assert (refusal.permanent, refusal.scope) == (True, "message")
    assert "did not take the message (" in refusal.happened


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
    sentences = [way for _, way in WAYS_OUT] + [
        troubles.no_encryption(SERVER).sentence(),
        troubles.sign_in_refused(SERVER, "").sentence(),
        troubles.turned_away(SERVER, "busy").sentence(),
        troubles.Unsure("x").sentence(),
    ]
    assert not [sentence for sentence in sentences if re.search(r"!|SMTP|IMAP|socket|exception", sentence)]
