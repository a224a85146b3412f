"""An address is enough: its servers are found from it, and nobody is told it."""

import pytest

from followup_desktop.mail.discover import world as outside
from tests.mail.discover.conftest import certificates, greeting, names, web, world
from tests.mail.discover.test_search import AUTOCONFIG, CONFIG
from tests.stories.conftest import Refused

__all__ = ["certificates", "greeting", "names", "web", "world"]


@pytest.fixture
def here(monkeypatch, world):
    """The world outside is on this computer."""
    monkeypatch.setattr(outside, "real_world", lambda: world)


@pytest.mark.row("A1")
@pytest.mark.parametrize(
    ("address", "imap", "kind"),
    [
        ("dana@googlemail.com", "imap.gmail.com", "app_password"),
        ("dana@hotmail.co.uk", "outlook.office365.com", "oauth"),
        ("dana@yahoo.es", "imap.mail.yahoo.com", "app_password"),
        ("dana@me.com", "imap.mail.me.com", "app_password"),
        ("dana@fastmail.fm", "imap.fastmail.com", "app_password"),
    ],
)
def test_the_large_providers_are_known_and_how_to_sign_in_is_said(run, address, imap, kind):
    found = run("account", "discover", address)
    assert (found["found"], found["imap"]["host"], found["sign_in"]["kind"]) == ("table", imap, kind)
    assert found["sign_in"]["page"].startswith("https://")
    assert found["sign_in"]["words"]


@pytest.mark.row("A1")
@pytest.mark.row("G6")
def test_a_domain_of_ones_own_is_asked_for_its_servers_and_not_told_who_asks(run, here, web, names):
    names.records["heron.example", "MX"] = ["10 aspmx.l.google.com."]
    assert run("account", "discover", "dana@heron.example")["provider"] == "Google Workspace"
    web.pages[AUTOCONFIG] = CONFIG.encode()
    found = run("account", "discover", "dana@heron.example")
    assert found["found"] == "autoconfig"
    assert found["imap"] == {"host": "imap.heron.example", "port": 993, "security": "tls"}
    assert [tried["step"] for tried in found["tried"]] == ["table", "autoconfig"]
    asked = "\n".join([*web.requests, *names.asked])
    assert "dana" not in asked
    assert all("heron.example" in line for line in names.asked)


@pytest.mark.row("A1")
def test_an_account_is_added_with_the_servers_found_for_it(run, here, web, names):
    run("account", "add", "--address", "dana@me.com", stdin="secret\n")
    web.pages[AUTOCONFIG] = CONFIG.encode()
    run("account", "add", "--address", "dana@heron.example", "--smtp", "out.heron.example:587", stdin="secret\n")
    icloud, heron = run("account", "list")
    assert icloud["smtp"] == {"host": "smtp.mail.me.com", "port": 587, "security": "starttls"}
    assert (heron["user"], heron["imap"]["host"]) == ("dana", "imap.heron.example")
    assert heron["smtp"] == {"host": "out.heron.example", "port": 587, "security": "starttls"}
    web.pages.clear()
    names.records["_imaps._tcp.heron.example", "SRV"] = ["0 1 993 imap.keeper.example."]
    names.records["_submissions._tcp.heron.example", "SRV"] = ["0 1 465 smtp.keeper.example."]
    for address, said in (
        ("dana@heron.example", "imap.keeper.example and smtp.keeper.example are not heron.example"),
        ("dana@outlook.com", "--sign-in microsoft"),
        ("dana@tuta.com", "lets no other program in"),
        ("dana@nowhere.example", "There is no domain called nowhere.example"),
    ):
        with pytest.raises(Refused, match=said):
            run("account", "add", "--address", address, stdin="secret\n")
    assert len(run("account", "list")) == 2


@pytest.mark.row("A1")
def test_where_nothing_is_found_the_servers_are_entered_by_hand(run, here):
    with pytest.raises(Refused) as nothing:
        run("account", "discover", "dana@heron.example")
    assert nothing.value.code == 1
    with pytest.raises(Refused, match="not an email address"):
        run("account", "discover", "dana at heron")
