import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.mail.account import Account, Server, parse_server


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "127.0.0.1", "127.3.2.1", "::1"])
def test_an_unencrypted_server_may_be_on_this_computer(host):
    assert Server(host, 1143, "none").security == "none"


@pytest.mark.parametrize(
    "host", ["imap.example.com", "192.168.1.5", "localhost.example.com", "127.0.0.1.example.com", "10.0.0.1", "0.0.0.0"]
)
def test_an_unencrypted_server_may_be_nowhere_else(host):
    with pytest.raises(Problem, match="would not be encrypted") as trouble:
        Server(host, 143, "none")
    assert "tls or starttls" in trouble.value.to_do


@pytest.mark.parametrize(
    ("host", "port", "security"),
    [("", 993, "tls"), ("imap example.com", 993, "tls"), ("a\nb", 993, "tls"), ("a", 0, "tls"), ("a", 993, "ssl")],
)
def test_settings_that_cannot_work_are_said_at_once(host, port, security):
    with pytest.raises(Problem):
        Server(host, port, security)


@pytest.mark.parametrize(
    ("typed", "host", "port"),
    [
        ("mail.example.com:1993", "mail.example.com", 1993),
        (" mail.example.com ", "mail.example.com", 993),
        ("[::1]:1993", "::1", 1993),
        ("[::1]", "::1", 993),
    ],
)
def test_a_server_is_read_as_it_is_typed(typed, host, port):
    server = parse_server(typed, "tls", 993)
    assert (server.host, server.port) == (host, port)
    assert parse_server(str(server), "tls", 1) == server


@pytest.mark.parametrize("typed", ["mail.example.com:imap", "mail.example.com:", ":993", "mail.example.com:99999"])
def test_what_is_no_server_is_said(typed):
    with pytest.raises(Problem):
        parse_server(typed, "tls", 993)


def test_an_account_knows_its_domain():
    server = Server("mail.example.com", 993)
    assert Account("dana@clearwater.example", "Dana", server, server, "dana").domain == "clearwater.example"
