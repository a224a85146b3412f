"""An account that signs in through the browser, by the command line: a real Dovecot, and a keyring in memory."""

import threading

import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.system import open as system_open
from followup_desktop.system import secrets
from tests.fakes.authorization_server import CLIENT, browse
from tests.fakes.smtp_server import SmtpServer
from tests.stories.conftest import Refused
from tests.stories.test_the_mailbox import wrote

pytestmark = [pytest.mark.mailserver, pytest.mark.row("A1", "A3")]
NOON = "2026-11-25T12:00"
OWNER = "dana@clearwater.example"


@pytest.fixture
def ana(run):
    words = ("--given-name", "Ana", "--family-name", "Pereira", "--email", "ana@pereira.example")
    return run("add", *words, "--phone", "+15552103344")["id"]


@pytest.fixture
def browser(monkeypatch):
    """A browser that opens what the program opens."""
    opened = []

    def show(link):
        opened.append(link.url)
        threading.Thread(target=browse, args=[link.url], daemon=True).start()

    monkeypatch.setattr(system_open, "open_link", show)
    return opened


class Keyring(secrets.SessionSecrets):
    def prove(self):
        pass


@pytest.fixture
def keyring(monkeypatch):
    """A keyring that outlives one command."""
    kept = Keyring()
    monkeypatch.setattr(secrets, "system_keyring", lambda *_: kept)
    return kept


@pytest.fixture
def smtp(authorization):
    with SmtpServer(mechanisms=frozenset({"XOAUTH2"}), passes=authorization) as server:
        yield server


@pytest.fixture
def signed_in(run, authorization, oauth_dovecot, smtp, browser):
    """Set the account up; returns the mail server."""
    server = oauth_dovecot("xoauth2 oauthbearer")
    made = run(
        "account", "add", "--address", OWNER, "--imap", f"127.0.0.1:{server.imap_port}", "--smtp",
        f"127.0.0.1:{smtp.port}", "--security", "none", "--sign-in", authorization.issuer, "--client-id", CLIENT,
    )  # fmt: skip
    assert made["signed_in"] == "127.0.0.1"
    return server


def ask(run, ana):
    run(
        "log",
        "--customer",
        ana,
        "--what",
        "quote_sent",
        "--about",
        "heater",
        "--amount",
        "2340",
        now="2026-11-23T09:00",
    )
    [card] = run("queue", now="2026-11-25T10:00")["cards"]
    run("send", card["follow_ups"][0]["id"], now="2026-11-25T10:00")


def test_mail_is_read_and_sent_and_a_pass_is_renewed_without_asking(
    run, ana, keyring, authorization, signed_in, smtp, browser
):
    signed_in.deliver(OWNER, wrote("Yes, go ahead.", Message_ID="<r1@p.example>"))
    assert run("mail", "sync", now=NOON)["replies"] == 1
    ask(run, ana)
    authorization.end_access()
    assert run("outbox", "run", now=NOON)["accepted"] == 1
    assert smtp.taken[0].signed_in_as == OWNER
    assert len(browser) == 1, "the owner was asked once"
    assert authorization.times("refresh_token") >= 2


def test_a_permission_taken_back_pauses_the_account_and_signing_in_again_goes_on(
    run, ana, keyring, authorization, signed_in, smtp
):
    ask(run, ana)
    authorization.take_back()
    with pytest.raises(Refused, match=r"lets this program in no longer\. Your messages wait\. Sign in again"):
        run("outbox", "run", now=NOON)
    with pytest.raises(Refused, match="Sign in again"):
        run("mail", "sync", now=NOON)
    assert [m["state"] for m in run("outbox", "list")] == ["queued"]
    assert "Sign in again" in run("outbox", "status", now=NOON)[0]["paused"]
    run("account", "sign-in")
    assert run("outbox", "run", now=NOON)["accepted"] == 1
    assert len(smtp.taken) == 1


def test_a_mailbox_whose_permission_ended_pauses_the_account_too(run, keyring, authorization, signed_in):
    authorization.take_back()
    with pytest.raises(Refused, match="Sign in again"):
        run("mail", "sync", now=NOON)
    assert "Sign in again" in run("outbox", "status", now=NOON)[0]["paused"]


def test_an_account_that_goes_gives_its_permission_back(run, keyring, authorization, signed_in):
    assert run("account", "remove") == {"account_id": 1, "to_do": None}
    assert authorization.grants[0].revoked
    assert not any(keyring._kept.values())


def test_a_provider_that_cannot_be_reached_does_not_keep_an_account(run, keyring, authorization, signed_in):
    authorization.fails.append((503, ""))
    run("account", "remove")
    assert run("outbox", "status") == []


def test_nothing_is_kept_of_an_account_nobody_signed_in_with(run, keyring, authorization, oauth_dovecot, smtp, browser):
    authorization.next_sign_in.append("denied")
    with pytest.raises(Refused, match="was not allowed to let this program in"):
        run(
            "account", "add", "--address", OWNER, "--imap", "127.0.0.1:1", "--smtp", f"127.0.0.1:{smtp.port}",
            "--security", "none", "--sign-in", authorization.issuer, "--client-id", CLIENT,
        )  # fmt: skip
    assert run("outbox", "status") == []


def test_without_a_keyring_each_command_signs_in(run, authorization, signed_in, browser):
    assert run("mail", "sync", now=NOON)["new"] == 0
    assert len(browser) == 2


def test_no_secret_is_in_the_store_or_in_what_is_said(
    run, ana, keyring, authorization, signed_in, store, capsys, caplog
):
    ask(run, ana)
    run("outbox", "run", now=NOON)
    held = b"".join(path.read_bytes() for path in store.parent.iterdir() if path.is_file())
    said = "".join(capsys.readouterr()) + caplog.text
    for grant in authorization.grants:
        for token in (grant.refresh, *grant.access):
            assert token.encode() not in held
            assert token not in said
    assert keyring.read(next(iter(keyring._kept))) == authorization.grants[0].refresh


def test_without_a_client_id_it_is_said_where_to_enter_it(run, smtp):
    with pytest.raises(Refused, match="Microsoft lets a program in only by a client id"):
        run("account", "add", "--address", OWNER, "--imap", "outlook.office365.com", "--smtp", f"127.0.0.1:{smtp.port}",
            "--sign-in", "microsoft")  # fmt: skip


def test_the_windows_keyring_says_what_it_cannot_keep(monkeypatch):
    kind = type("WinVaultKeyring", (), {"__module__": "keyring.backends.Windows"})
    keyring = secrets.KeyringSecrets(kind())
    keyring._proven = True
    with pytest.raises(Problem, match=r"longer \(1500 letters\) than the Windows credential manager keeps \(1280\)"):
        keyring.write("a", "x" * 1500)
