"""Real mail servers for the tests, as fixtures: load with `pytest_plugins = ["tests.mailservers"]`.

Where a server is not installed the tests that need it are skipped with the reason; with
FOLLOWUP_REQUIRE_REAL=1 (continuous integration) that is a failure.
"""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Callable, Iterator

import pytest

from followup_desktop.mail.account import Account, Patience, Server
from tests.fakes.authorization_server import AuthorizationServer
from tests.fakes.dovecot import GERMAN, PASSWORD, Dovecot, installed
from tests.fakes.smtp_server import SmtpServer

IMPATIENT = Patience(connect=5, command=5, verdict=5)
"""For tests in which the server answers: short enough to fail soon, long enough for a busy machine."""


def missing(what: str, package: str) -> None:
    """Skip the test, or fail it where every real part has to run."""
    reason = f"{what} is not installed (Debian: apt-get install {package})"
    if os.environ.get("FOLLOWUP_REQUIRE_REAL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A real IMAP server with English folders and their special uses; any user, password `dovecot.password`."""
    if not installed():
        missing("Dovecot", "dovecot-imapd")
    with Dovecot() as server:
        yield server


@pytest.fixture(scope="session")
def german_dovecot() -> Iterator[Dovecot]:
    """A real IMAP server with German folders that says nothing of what they are for."""
    if not installed():
        missing("Dovecot", "dovecot-imapd")
    with Dovecot(special=GERMAN) as server:
        yield server


@pytest.fixture
def authorization() -> Iterator[AuthorizationServer]:
    """A real authorization server on loopback."""
    with AuthorizationServer() as server:
        yield server


@pytest.fixture
def oauth_dovecot(authorization: AuthorizationServer) -> Iterator[Callable[[str], Dovecot]]:
    """Start a real IMAP server that asks the authorization server about passes, in the ways named."""
    if not installed():
        missing("Dovecot", "dovecot-imapd")
    with contextlib.ExitStack() as running:
        url = f"{authorization.issuer}/introspect"
        yield lambda ways: running.enter_context(Dovecot(introspection_url=url, mechanisms=ways))


@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
    """A real SMTP server on loopback, without encryption, that keeps what it takes and fails on request."""
    with SmtpServer() as server:
        yield server


@pytest.fixture
def mailbox() -> str:
    """The address of a mailbox nobody has used yet."""
    return f"dana-{uuid.uuid4().hex[:12]}@clearwater.example"


@pytest.fixture
def password() -> str:
    """The one password of the test servers."""
    return PASSWORD


@pytest.fixture
def account(dovecot: Dovecot, smtp_server: SmtpServer, mailbox: str) -> Account:
    """An account on both servers, encrypted to Dovecot, with an empty mailbox of its own."""
    return account_on(dovecot, smtp_server, mailbox)


def account_on(imap: Dovecot, smtp: SmtpServer, address: str) -> Account:
    """Return the settings for `address` on two test servers."""
    return Account(
        address=address,
        name="Dana Ortiz",
        imap=Server("127.0.0.1", imap.imaps_port, "tls"),
        smtp=Server("127.0.0.1", smtp.port, smtp.security),
        user=address,
        ca_file=str(imap.certificates.authority),
    )


@pytest.fixture
def smtp_account() -> Callable[[SmtpServer], Account]:
    """Make an account for a test that only sends."""

    def make(server: SmtpServer) -> Account:
        authority = str(server.certificates.authority) if server.certificates else None
        outgoing = Server("127.0.0.1", server.port, server.security)
        nowhere = Server("127.0.0.1", 1, "none")
        return Account("dana@clearwater.example", "Dana Ortiz", nowhere, outgoing, "dana", authority)

    return make
