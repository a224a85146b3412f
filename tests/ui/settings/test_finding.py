"""A mail account set up from its address, by keyboard, with the world outside on this computer."""

import pytest
from PySide6.QtCore import Qt

from followup_desktop.mail.discover import world as outside
from followup_desktop.mail.discover.model import NotThere, Service, World
from followup_desktop.system import open as opening

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
        "Settings found gmail.com is Gmail. imap.gmail.com 993, TLS\nsmtp.gmail.com 465, TLS"
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
