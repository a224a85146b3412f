"""A mail account set up from its address, by keyboard, with the world outside on this computer."""

import pytest
from PySide6.QtCore import Qt

from followup_desktop.core.messages import queries
from followup_desktop.mail.account import Server
from followup_desktop.mail.connecting import shown_by
from followup_desktop.mail.discover import world as outside
from followup_desktop.mail.discover.model import NotThere, Service, World
from followup_desktop.system import open as opening
from followup_desktop.ui.settings.trying import in_rows
from tests.fakes.smtp_server import SmtpServer

pytestmark = pytest.mark.row("A1")


class Names:
    """Name servers that know what they are told."""

    def __init__(self):
        self.taken_by, self.named = [], {}

    def exchangers(self, domain):
        return self.taken_by

    def services(self, name):
        return self.named.get(name, [])


@pytest.fixture
def names():
    return Names()


@pytest.fixture
def at(whole, names, monkeypatch):
    def web(url):
        raise NotThere("Nothing is published there.")

    monkeypatch.setattr(outside, "real_world", lambda: World(web, names, lambda *_: False, 5))
    return whole("settings", section="Mail accounts")


@pytest.fixture
def links(monkeypatch):
    opened = []
    monkeypatch.setattr(opening, "open_link", lambda link: opened.append(link.url))
    return opened


def look(at, address, qtbot):
    """Type the address and press Enter."""
    finding = at.page.section().finding
    finding.address.edit.setFocus()
    finding.address.edit.clear()
    qtbot.keyClicks(finding.address.edit, address)
    qtbot.keyClick(finding.address.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not finding.searching(), timeout=20_000)
    return finding


def test_a_known_provider_is_explained_with_the_page_to_visit(at, qtbot, links):
    finding = look(at, "dana@gmail.com", qtbot)
    assert finding.found_row.text() == (
        "Settings found gmail.com is Gmail.\nReads at imap.gmail.com:993, TLS\nSends at smtp.gmail.com:465, TLS"
    )
    assert "sixteen letters" in finding.guide.accessibleName()
    finding.guide.pressed.emit()
    at.settle()
    assert links == ["https://myaccount.google.com/apppasswords"]
    assert finding.password.edit.hasFocus()
    assert finding.password.control.accessibleName() == "An app password"


def test_where_no_program_is_let_in_no_password_is_asked_for(at, qtbot):
    finding = look(at, "dana@tuta.com", qtbot)
    assert "lets no other program in" in finding.guide.accessibleName()
    assert not finding.password.isVisible()
    assert not finding.sign_in.isVisible()


def test_servers_of_somebody_else_are_to_be_looked_at_first(at, qtbot, names):
    names.named = {
        "_imaps._tcp.heron.example": [Service("imap.keeper.example", 993)],
        "_submissions._tcp.heron.example": [Service("smtp.keeper.example", 465)],
    }
    finding = look(at, "dana@heron.example", qtbot)
    assert finding.confirm.isVisible()
    assert "are not heron.example" in finding.confirm.accessibleName()


def test_what_is_no_address_is_said_beside_it_and_nobody_is_asked(at, qtbot):
    finding = look(at, "dana at heron", qtbot)
    assert "not an email address" in finding.address.problem()
    assert not finding.steps.isVisible()


def test_what_is_not_found_is_shown_step_by_step_and_entered_by_hand(at, qtbot):
    finding = look(at, "dana@heron.example", qtbot)
    assert "Who takes its mail heron.example names no server that takes its mail." in finding.steps.text()
    assert "by hand" in finding.nothing.accessibleName()
    at.press(finding.hand)
    form = at.page.section().entry
    assert (form.address.edit.text(), form.imap.edit.text()) == ("dana@heron.example", "imap.heron.example:993")
    at.press(form.cancel)
    assert finding.isVisible()


def test_another_address_begins_anew(at, qtbot):
    finding = look(at, "dana@gmail.com", qtbot)
    qtbot.keyClicks(finding.address.edit, "x")
    assert not finding.found.isVisible()
    assert finding.look.isVisible()


def published(imap, smtp):
    server = (
        "<{0}Server type='{1}'><hostname>127.0.0.1</hostname><port>{2}</port><socketType>{3}</socketType></{0}Server>"
    )
    servers = server.format("incoming", "imap", imap, "SSL") + server.format("outgoing", "smtp", smtp, "STARTTLS")
    return f"<clientConfig><emailProvider>{servers}</emailProvider></clientConfig>".encode()


@pytest.mark.mailserver
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_from_an_address_to_an_account_in_use_by_keyboard_alone(
    whole, names, monkeypatch, qtbot, dovecot, mailbox, password, read
):
    """A server of one's own: published by the domain, its certificate looked at, a test sent and read back."""
    with SmtpServer(security="starttls", certificates=dovecot.certificates) as smtp_server:
        smtp_server.on_taken = lambda taken: [dovecot.deliver(mailbox, taken.raw, box) for box in ("INBOX", "Sent")]
        pages = {
            "https://autoconfig.clearwater.example/mail/config-v1.1.xml": published(
                dovecot.imaps_port, smtp_server.port
            )
        }
        monkeypatch.setattr(outside, "real_world", lambda: World(pages.__getitem__, names, None, 5))
        at = whole("settings", section="Mail accounts")
        finding, trying = look(at, mailbox, qtbot), at.page.section().trying
        assert "Published by clearwater.example." in finding.found_row.text()
        finding.password.edit.insert(password)  # as if pasted
        qtbot.keyClick(finding.password.edit, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not trying.running(), timeout=20_000)
        assert "could not prove that it is 127.0.0.1" in trying.steps.text()
        shown = in_rows(shown_by(Server("127.0.0.1", dovecot.imaps_port), "imap", 5))
        assert shown in trying.unknown.accessibleName()
        trying.unknown.pressed.emit()
        qtbot.waitUntil(lambda: not trying.running(), timeout=20_000)
        assert "A test to yourself arrived" in trying.steps.text()
        assert trying.use.hasFocus()
        qtbot.keyClick(trying.use, Qt.Key.Key_Space)
        at.settle()
    account = read(queries.account)
    assert (account.address, account.pins[0][0], account.is_usual) == (mailbox, "127.0.0.1", True)
