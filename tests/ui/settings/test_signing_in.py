"""An account that signs in through the browser, set up in the window against real servers."""

import threading

import pytest

from followup_desktop.commands import outbox as commands
from followup_desktop.core.messages import queries
from followup_desktop.core.messages.model import NewAccount
from followup_desktop.system import open as opening
from tests.fakes.authorization_server import CLIENT, browse
from tests.fakes.smtp_server import SmtpServer

pytestmark = [pytest.mark.mailserver, pytest.mark.row("A1")]


@pytest.fixture
def opened(monkeypatch):
    """A browser that does what the page says."""
    urls = []

    def show(link):
        urls.append(link.url)
        threading.Thread(target=browse, args=[link.url], daemon=True).start()

    monkeypatch.setattr(opening, "open_link", show)
    return urls


@pytest.fixture
def at(whole, no_keyring, opened):
    return whole("settings", section="Mail accounts")


@pytest.fixture
def step(at, authorization, oauth_dovecot):
    """The step of the browser, reached with the servers entered by hand."""
    server = oauth_dovecot("xoauth2")
    with SmtpServer(mechanisms=frozenset({"OAUTHBEARER"}), passes=authorization) as smtp:
        section = at.page.section()
        at.press(section.finding.hand)
        form = section.entry
        form.address.edit.setText(authorization.user)
        form.imap.edit.setText(f"127.0.0.1:{server.imaps_port}")
        form.smtp.edit.setText(f"127.0.0.1:{smtp.port}")
        form.smtp_security.setCurrentIndex(form.smtp_security.findData("none"))
        form.certificate.edit.setText(str(server.certificates.authority))
        at.press(form.to_browser)
        signing = section.signing_in
        assert signing.isVisible()
        signing.where.edit.setText(authorization.issuer)
        signing.client.edit.setText(CLIENT)
        yield signing


def sign_in(at, step):
    step.go.click()
    at._qtbot.waitUntil(lambda: not step.waiting(), timeout=20_000)


def test_the_owner_signs_in_in_the_browser_and_the_account_is_used(at, step, read, authorization, opened, qtbot):
    sign_in(at, step)
    section = at.page.section()
    qtbot.waitUntil(lambda: section.trying.isVisible() and not section.trying.running(), timeout=20_000)
    assert section.trying.steps.text().startswith("Signed in to read")
    assert "Where the permission is kept" in section.trying.steps.text(), "there is no password"
    at.press(section.trying.use)
    account = read(queries.account)
    assert (account.sign_in, account.client_id, account.paused) == (authorization.issuer, CLIENT, "")
    assert len(opened) == 1
    assert section.card.isVisible()
    assert "in the browser, at" in " ".join(at.texts())
    assert at.page.context.passwords.of(account) in authorization.grants[0].access


def test_an_account_that_lost_its_permission_offers_to_sign_in_again(at, step, read, authorization, desk, qtbot):
    sign_in(at, step)
    section = at.page.section()
    qtbot.waitUntil(lambda: section.trying.isVisible() and not section.trying.running(), timeout=20_000)
    at.press(section.trying.use)
    account = read(queries.account)
    commands.pause(desk, account.id, "127.0.0.1 lets this program in no longer. Sign in again in Settings, Mail.")
    qtbot.waitUntil(lambda: section.card.paused.isVisible())
    section.card.paused._action.click()
    qtbot.waitUntil(lambda: read(queries.account).paused == "", timeout=20_000)
    at.settle()
    assert len(authorization.grants) == 2
    assert section.card.isVisible()
    assert not section.card.paused.isVisible()
    at.press(section.card.remove_button)
    qtbot.waitUntil(lambda: authorization.grants[1].revoked)


def test_what_goes_wrong_in_the_browser_is_said_and_can_be_tried_again(at, step, authorization, read):
    authorization.next_sign_in.append("denied")
    sign_in(at, step)
    assert "was not allowed to let this program in" in " ".join(at.texts())
    assert step.go.isVisible()
    assert step.client.edit.text() == CLIENT
    assert read(queries.accounts) == []


def test_a_browser_that_stays_away_can_be_left(at, step, authorization, opened, qtbot):
    authorization.next_sign_in.append("silent")
    step.go.click()
    qtbot.waitUntil(lambda: step.copy.isEnabled() and len(opened) == 1, timeout=10_000)
    assert "Your browser shows the page of your server." in " ".join(at.texts())
    step.copy.click()
    assert at._qtbot is not None
    step.cancel.click()
    assert step.go.isVisible()
    step.cancel.click()
    assert at.page.section().entry.isVisible()
    at.settle()


def test_without_a_client_id_it_is_said_beside_the_field(at, step, opened):
    step.client.edit.setText("")
    step.go.click()
    assert step.client.problem() == "The client id is missing."
    assert opened == []


def test_a_large_provider_is_known_and_its_client_id_comes_from_the_settings(at, desk, opened):
    servers = ("outlook.office365.com", 993, "tls", "smtp-mail.outlook.com", 587, "starttls")
    signing = at.page.section().signing_in
    signing.start(NewAccount("dana@outlook.com", "Dana", "dana@outlook.com", *servers))
    assert signing._known.name == "Microsoft"
    assert not signing.waiting()
    assert signing.where.isHidden()
    assert signing.secret.isHidden()
