import logging
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.mail import smtp
from followup_desktop.mail.account import Patience, Server
from followup_desktop.mail.troubles import NotReached, NotTrusted, Refused, SignInRefused, Unsure
from tests.fakes.certificates import make_certificates
from tests.fakes.dovecot import free_port
from tests.fakes.smtp_server import SmtpServer
from tests.mailservers import IMPATIENT

RAW = b"Subject: The filter price\r\nMessage-ID: <4f1c@clearwater.example>\r\n\r\nHi Priya,\r\n.\r\n..two\r\n.end\r\n"
DANA, PRIYA = "dana@clearwater.example", "priya@natarajan.example"
AT_ONCE = Patience(connect=0.3, command=0.3, verdict=0.3)


@pytest.fixture(scope="module")
def certificates():
    with tempfile.TemporaryDirectory() as folder:
        yield make_certificates(Path(folder))


@pytest.fixture
def left():
    """How often the moment before a body leaves was recorded."""
    return []


@pytest.fixture
def send(smtp_server, smtp_account, password, left):
    """Send one message over a connection of its own."""

    def go(patience=IMPATIENT):
        with smtp.connect(smtp_account(smtp_server), password, patience) as line:
            return smtp.send(line, DANA, PRIYA, RAW, lambda: left.append(len(smtp_server.taken)))

    return go


def test_a_message_arrives_byte_for_byte(send, smtp_server, left):
    assert send() == smtp.Accepted(250, "2.0.0 taken")
    assert [(m.mail_from, m.rcpt_to, m.raw, m.signed_in_as) for m in smtp_server.taken] == [
        (DANA, (PRIYA,), RAW, "dana")
    ]
    assert left == [0], "recorded once, before the server had the message"


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_message_goes_over_an_encrypted_connection(security, certificates, smtp_account, password):
    with SmtpServer(security=security, certificates=certificates) as server:
        with smtp.connect(smtp_account(server), password, IMPATIENT) as line:
            smtp.send(line, DANA, PRIYA, RAW, list)
        assert server.taken[0].raw == RAW


@pytest.mark.parametrize("way", ["PLAIN", "LOGIN"])
def test_a_password_with_any_letters_signs_in(way, smtp_account, password):
    with SmtpServer(mechanisms=frozenset({way})) as server, smtp.connect(smtp_account(server), password, IMPATIENT):
        assert not password.isascii()


def test_a_server_on_this_computer_may_ask_nobody_who_they_are(smtp_account):
    with SmtpServer(sign_in=False) as server:
        with smtp.connect(smtp_account(server), "", IMPATIENT) as line:
            smtp.send(line, DANA, PRIYA, RAW, list)
        assert server.taken[0].signed_in_as is None


def test_one_connection_carries_twenty_messages(smtp_server, smtp_account, password):
    with smtp.connect(smtp_account(smtp_server), password, IMPATIENT) as line:
        for _ in range(20):
            assert line.usable
            smtp.send(line, DANA, PRIYA, RAW, list)
        assert not line.usable
        with pytest.raises(ValueError, match="used up"):
            smtp.send(line, DANA, PRIYA, RAW, list)
    assert (len(smtp_server.taken), smtp_server.connections) == (20, 1)


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
@pytest.mark.parametrize(("reply", "permanent"), [("451 4.3.0 try later", False), ("554 5.6.0 no", True)])
def test_a_refusal_before_the_body_is_known_as_one(step, reply, permanent, send, smtp_server, left):
    smtp_server.fail(step, reply)
    with pytest.raises(Refused) as refusal:
        send()
    assert refusal.value.code == int(reply[:3])
    assert refusal.value.permanent is permanent
    assert (left, smtp_server.taken) == ([], [])


@pytest.mark.parametrize(("reply", "permanent"), [("452 4.3.1 disk full", False), ("550 5.7.1 looks like spam", True)])
def test_a_refusal_of_the_whole_message_is_not_unsure(reply, permanent, send, smtp_server, left):
    smtp_server.fail("dot", reply)
    with pytest.raises(Refused) as refusal:
        send()
    assert (refusal.value.permanent, refusal.value.scope) == (permanent, "message")
    assert left == [0]


def test_after_a_refusal_the_next_message_goes_over_the_same_connection(smtp_server, smtp_account, password):
    smtp_server.fail("rcpt", "550 5.1.1 no such user")
    with smtp.connect(smtp_account(smtp_server), password, IMPATIENT) as line:
        with pytest.raises(Refused):
            smtp.send(line, DANA, "nobody@natarajan.example", RAW, list)
        smtp.send(line, DANA, PRIYA, RAW, list)
    assert [message.rcpt_to for message in smtp_server.taken] == [(PRIYA,)]
    assert smtp_server.connections == 1


@pytest.mark.parametrize(
    ("step", "reply", "permanent", "scope"),
    [
        ("rcpt", "550 5.1.1 user unknown", True, "message"),
        ("rcpt", "452 4.2.2 user over quota", False, "message"),
        ("rcpt", "421 4.7.0 closing", False, "account"),
        ("mail", "553 5.7.1 sender address rejected: not owned by user", True, "account"),
        ("mail", "552 5.3.4 message size limit exceeded", True, "message"),
        ("dot", "550 5.4.5 Daily user sending limit exceeded", False, "account"),
        ("dot", "550 5.1.90 You have reached your daily limit for message recipients", False, "account"),
        ("dot", "554 5.2.252 SendAsDenied; not allowed to send as", True, "account"),
        ("dot", "552 5.3.4 message size limit exceeded", True, "message"),
        ("rcpt", "550 exceeded the max emails per hour (100/100) allowed", False, "account"),
        ("greeting", "554 5.7.1 your address is blocked", True, "account"),
        ("ehlo", "421 4.3.2 too many connections", False, "account"),
    ],
)
def test_a_refusal_says_how_long_and_for_whom(step, reply, permanent, scope, send, smtp_server):
    smtp_server.fail(step, reply, times=2)
    with pytest.raises(Refused) as refusal:
        send()
    assert (refusal.value.permanent, refusal.value.scope) == (permanent, scope)
    assert reply[4:] in refusal.value.happened


@pytest.mark.parametrize("step", ["greeting", "ehlo", "auth", "mail", "rcpt", "data"])
def test_a_connection_cut_before_the_body_is_safe_to_try_again(step, send, smtp_server, left):
    smtp_server.cut(step)
    with pytest.raises(NotReached, match="lost"):
        send()
    assert left == []
    assert send().code == 250


def test_a_line_that_was_idle_too_long_is_not_held_against_the_account(send, smtp_server):
    smtp_server.fail("mail", "421 4.4.2 timeout exceeded")
    with pytest.raises(NotReached, match="turned the connection away"):
        send()
    assert send().code == 250


@pytest.mark.parametrize("step", ["body", "dot", "taken"])
def test_a_connection_cut_after_the_body_began_is_unsure(step, send, smtp_server, left):
    smtp_server.cut(step)
    with pytest.raises(Unsure) as trouble:
        send()
    assert left == [0]
    assert "may or may not have arrived" in trouble.value.happened
    assert len(smtp_server.taken) == (1 if step == "taken" else 0)


@pytest.mark.parametrize("step", ["greeting", "ehlo", "auth", "mail", "rcpt", "data"])
def test_a_server_that_falls_silent_before_the_body_was_not_reached(step, send, smtp_server, left):
    smtp_server.fall_silent(step)
    with pytest.raises(NotReached, match="did not answer in time"):
        send(AT_ONCE)
    assert left == []


@pytest.mark.parametrize("step", ["dot", "taken"])
def test_a_server_that_never_confirms_leaves_us_unsure(step, send, smtp_server, left):
    smtp_server.fall_silent(step)
    with pytest.raises(Unsure):
        send(AT_ONCE)
    assert left == [0]


def test_what_is_no_reply_at_all_leaves_us_unsure(send, smtp_server):
    smtp_server.fail("taken", "what?")
    with pytest.raises(Unsure):
        send()


def test_when_the_record_fails_the_body_does_not_leave(smtp_server, smtp_account, password):
    def disk_full():
        raise OSError("disk full")

    with smtp.connect(smtp_account(smtp_server), password, IMPATIENT) as line:
        with pytest.raises(OSError, match="disk full"):
            smtp.send(line, DANA, PRIYA, RAW, disk_full)
        assert not line.usable
    assert smtp_server.taken == []


def test_a_good_bye_that_fails_does_not_undo_the_sending(smtp_server, smtp_account, password):
    line = smtp.connect(smtp_account(smtp_server), password, AT_ONCE)
    smtp.send(line, DANA, PRIYA, RAW, list)
    smtp_server.stop()
    line.close()
    assert len(smtp_server.taken) == 1


def test_a_wrong_password_is_said(smtp_server, smtp_account):
    with pytest.raises(SignInRefused, match="did not accept the user name or the password") as trouble:
        smtp.connect(smtp_account(smtp_server), "wrong", IMPATIENT)
    assert "app password" in trouble.value.to_do


@pytest.mark.parametrize(
    ("reply", "way_out"),
    [
        ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled", "Save to Drafts"),
        ("534 5.7.9 Application-specific password required", "app password"),
        ("535 5.7.8 Username and Password not accepted - gsmtp", "app password"),
    ],
)
def test_what_providers_say_about_a_password_is_put_into_words(reply, way_out, smtp_server, smtp_account, password):
    smtp_server.fail("auth", reply)
    with pytest.raises(SignInRefused) as trouble:
        smtp.connect(smtp_account(smtp_server), password, IMPATIENT)
    assert way_out in trouble.value.to_do


def test_too_many_connections_pause_the_account_and_do_not_blame_the_password(smtp_server, smtp_account, password):
    smtp_server.fail("auth", "432 4.3.2 Concurrent connections limit exceeded")
    with pytest.raises(Refused) as refusal:
        smtp.connect(smtp_account(smtp_server), password, IMPATIENT)
    assert (refusal.value.permanent, refusal.value.scope) == (False, "account")


def test_a_server_that_is_away_is_said(smtp_server, smtp_account, password):
    account = smtp_account(smtp_server)
    smtp_server.stop()
    with pytest.raises(NotReached, match=r"Nothing answers at 127\.0\.0\.1"):
        smtp.connect(account, password, IMPATIENT)


def test_an_unknown_server_name_is_said(smtp_server, smtp_account, password):
    account = replace(smtp_account(smtp_server), smtp=Server("mail.clearwater.invalid", 587, "tls"))
    with pytest.raises(NotReached, match="No server called mail"):
        smtp.connect(account, password, IMPATIENT)


def test_a_certificate_nobody_vouches_for_is_said(certificates, smtp_account, password):
    with SmtpServer(security="tls", certificates=certificates) as server:
        account = replace(smtp_account(server), ca_file=None)
        with pytest.raises(NotTrusted, match="signed by nobody this computer trusts"):
            smtp.connect(account, password, IMPATIENT)


@pytest.mark.parametrize(
    ("made", "said"), [({"name": "other.example"}, "is for another name"), ({"expired": True}, "has run out")]
)
def test_a_certificate_that_does_not_fit_is_said(made, said, tmp_path, smtp_account, password):
    certificates = make_certificates(tmp_path, **made)
    with SmtpServer(security="tls", certificates=certificates) as server, pytest.raises(NotTrusted, match=said):
        smtp.connect(smtp_account(server), password, IMPATIENT)


def test_a_server_without_encryption_never_hears_the_password(smtp_server, smtp_account, password):
    account = smtp_account(smtp_server)
    for security, said in (("starttls", "does not offer an encrypted connection"), ("tls", "does not speak encrypted")):
        with pytest.raises(NotTrusted, match=said):
            smtp.connect(replace(account, smtp=Server("127.0.0.1", smtp_server.port, security)), password, IMPATIENT)


def test_an_open_connection_to_elsewhere_is_refused_before_it_is_made(smtp_account, password, smtp_server):
    elsewhere = Server("127.0.0.1", free_port(), "none")
    object.__setattr__(elsewhere, "host", "mail.example.com")
    with pytest.raises(Problem, match="would not be encrypted"):
        smtp.connect(replace(smtp_account(smtp_server), smtp=elsewhere), password, IMPATIENT)


def test_a_certificate_file_that_is_none_is_said(smtp_server, smtp_account, password, tmp_path):
    (tmp_path / "authority.pem").write_text("hello")
    for name in ("missing.pem", "authority.pem"):
        with pytest.raises(Problem, match="certificate file"):
            smtp.connect(replace(smtp_account(smtp_server), ca_file=str(tmp_path / name)), password, IMPATIENT)


def test_a_line_break_in_the_password_is_refused(smtp_server, smtp_account):
    with pytest.raises(Problem, match="line break"):
        smtp.connect(smtp_account(smtp_server), "secret\r\nQUIT", IMPATIENT)


def test_bytes_that_mail_servers_would_change_are_a_mistake_of_the_program(smtp_server, smtp_account, password):
    with smtp.connect(smtp_account(smtp_server), password, IMPATIENT) as line:
        with pytest.raises(ValueError, match="CRLF"):
            smtp.send(line, DANA, PRIYA, b"Subject: x\n\nhi\n", list)
        with pytest.raises(ValueError, match="envelope"):
            smtp.send(line, DANA, "priya@natarajan.example> SIZE=1", RAW, list)


def test_nothing_about_a_message_is_logged(send, smtp_server, caplog):
    caplog.set_level(logging.DEBUG, "followup_desktop")
    smtp_server.fail("dot", "550 5.7.1 no")
    with pytest.raises(Refused):
        send()
    assert not [record for record in caplog.records if record.name.startswith("followup_desktop")]
