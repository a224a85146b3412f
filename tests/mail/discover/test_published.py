import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.mail.discover.model import NotThere
from followup_desktop.mail.discover.published import read_published

ADDRESS = "dana@heron.example"
IMAP, SMTP = "incomingServer type='imap'", "outgoingServer type='smtp'"


def server(kind, host="m.example", port="993", security="SSL", user="%EMAILADDRESS%", ways=("password-cleartext",)):
    said = "".join(f"<authentication>{way}</authentication>" for way in ways)
    return (
        f"<{kind}><hostname>{host}</hostname><port>{port}</port><socketType>{security}</socketType>"
        f"<username>{user}</username>{said}</{kind.split()[0]}>"
    )


def config(*servers, before=""):
    return f"{before}<clientConfig><emailProvider>{''.join(servers)}</emailProvider></clientConfig>".encode()


GOOD = server(SMTP, port="465")


@pytest.mark.parametrize(
    "imap",
    [
        server(IMAP, security="plain", port="143"),
        server(IMAP, host="evil.example/x"),
        server(IMAP, host="a b.example"),
        server(IMAP, host=""),
        server(IMAP, port="0"),
        server(IMAP, port="99999"),
        server(IMAP, port="９９３"),
        server(IMAP, user="%REALNAME%"),
        server(IMAP, ways=["GSSAPI"]),
        server("incomingServer type='pop3'"),
        "",
    ],
)
def test_what_is_not_protected_or_cannot_be_meant_is_not_taken(imap):
    with pytest.raises(NotThere):
        read_published(config(imap, GOOD), ADDRESS)


def test_signing_in_through_the_browser_is_known():
    found = read_published(config(server(IMAP, ways=["OAuth2", "password-cleartext"]), GOOD), ADDRESS)
    assert found.candidates.imap[0].kinds == ("oauth", "password")


def test_a_server_that_takes_a_password_goes_before_one_that_does_not():
    only = server(IMAP, host="o.example", ways=["OAuth2"])
    found = read_published(config(only, server(IMAP, port="143", security="STARTTLS"), GOOD), ADDRESS)
    assert [offer.server.host for offer in found.candidates.imap] == ["m.example", "o.example"]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "data",
    [
        config(server(IMAP, host="&b;"), GOOD, before=BOMB),
        config(server(IMAP), GOOD, before=BOMB).decode().encode("utf-16"),
        config(server(IMAP), GOOD, before="<!DOCTYPE clientConfig SYSTEM 'file:///etc/passwd'>"),
        b"<a>" * 30 + b"</a>" * 30,
        b"<html>Not found</html>",
        b"",
        b"\x00\xff",
        b" " * 300_000,
        b"<?xml version='1.0' encoding='x-nonsense'?><clientConfig/>",
    ],
)
def test_bombs_and_nonsense_are_not_read(data):
    with pytest.raises(NotThere):
        read_published(data, ADDRESS)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(max_examples=100, deadline=None)
def test_whatever_is_published_is_read_or_refused(data):
    with pytest.raises(NotThere):
        read_published(data, ADDRESS)
