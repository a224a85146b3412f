import threading

import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.mail.account import Server
from followup_desktop.mail.discover.model import NotThere, World
from followup_desktop.mail.discover.search import Search, keepers
from tests.mail.discover.conftest import SECONDS

CONFIG = """<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1"><emailProvider id="heron.example">
 <domain>heron.example</domain><displayName>Heron Mail</displayName>
 <incomingServer type="pop3"><hostname>pop.heron.example</hostname><port>995</port><socketType>SSL</socketType>
  <username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></incomingServer>
 <incomingServer type="imap"><hostname>imap.heron.example</hostname><port>143</port><socketType>STARTTLS</socketType>
  <username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication></incomingServer>
 <incomingServer type="imap"><hostname>imap.%EMAILDOMAIN%</hostname><port>993</port><socketType>SSL</socketType>
  <username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication></incomingServer>
 <outgoingServer type="smtp"><hostname>smtp.heron.example</hostname><port>587</port><socketType>STARTTLS</socketType>
  <username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></outgoingServer>
 <enable visiturl="https://heron.example/imap"><instruction lang="en">Switch on IMAP here.</instruction></enable>
</emailProvider></clientConfig>"""

AUTOCONFIG = "autoconfig.heron.example/mail/config-v1.1.xml"
WELL_KNOWN = "heron.example/.well-known/autoconfig/mail/config-v1.1.xml"


def found(world, address="dana@heron.example"):
    return Search(address, world).run()


def steps(discovery):
    return [str(tried.step) for tried in discovery.tried]


def test_a_known_provider_is_found_without_asking_anybody():
    discovery = found(World(None, None, None), "Dana@GMail.com")
    assert discovery.settings.imap == Server("imap.gmail.com", 993)
    assert discovery.settings.sign_in.page == "https://myaccount.google.com/apppasswords"
    assert steps(discovery) == ["table"]


def test_a_domain_publishes_its_settings_and_nobody_is_told_the_address(world, web, names):
    web.pages[AUTOCONFIG] = CONFIG.encode()
    discovery = found(world)
    settings = discovery.settings
    assert (settings.how, settings.provider) == ("autoconfig", "Heron Mail")
    assert (settings.imap, settings.smtp) == (
        Server("imap.heron.example", 993),
        Server("smtp.heron.example", 587, "starttls"),
    )
    assert (settings.user, settings.sign_in.page) == ("dana", "https://heron.example/imap")
    assert settings.others == (Server("imap.heron.example", 143, "starttls"),)
    assert settings.confirm == ""
    told = "\n".join([*web.requests, *names.asked])
    assert "dana" not in told
    assert "User-Agent" not in told


def test_the_well_known_place_and_redirections_over_https(world, web):
    web.pages[WELL_KNOWN] = "https://autoconfig.keeper.example/heron.xml"
    web.pages["autoconfig.keeper.example/heron.xml"] = CONFIG.encode()
    assert found(world).settings.how == "well-known"


@pytest.mark.parametrize("place", ["http://heron.example/x", "https://dana:secret@heron.example/x", "/", ""])
def test_a_redirection_to_nowhere_or_without_protection_is_not_followed(world, web, place):
    web.pages[WELL_KNOWN] = place
    web.pages["heron.example/x"] = CONFIG.encode()
    assert found(world).settings is None


def test_a_server_that_cannot_prove_its_name_is_not_read(world, web, certificates):
    web.pages["heron.example.evil/x"] = CONFIG.encode()
    web.pages[WELL_KNOWN] = "https://heron.example.evil/x"
    discovery = found(world)
    assert discovery.settings is None
    assert "could not prove" in discovery.tried[2].says
    assert len(web.requests) == 1


@pytest.mark.parametrize(
    ("exchanger", "provider"),
    [
        ("10 aspmx.l.google.com.", "Google Workspace"),
        ("0 heron-example.mail.protection.outlook.com.", "Microsoft 365"),
        ("10 in1-smtp.messagingengine.com.", "Fastmail"),
        ("10 MX01.MAIL.ICLOUD.COM.", "iCloud"),
        ("0 smtp.secureserver.net.", "GoDaddy Workspace"),
        ("10 mx00.kundenserver.de.", "IONOS (Europe)"),
    ],
)
def test_a_business_domain_is_known_by_who_takes_its_mail(world, names, exchanger, provider):
    names.records["heron.example", "MX"] = ["50 backup.heron.example.", exchanger]
    settings = found(world).settings
    assert (settings.how, settings.provider) == ("mx", provider)


def test_who_takes_the_mail_may_publish_the_settings(world, names, web):
    names.records["heron.example", "MX"] = ["10 mx1.in.keeper.example."]
    web.pages["autoconfig.keeper.example/mail/config-v1.1.xml"] = CONFIG.replace(
        "%EMAILDOMAIN%", "keeper.example"
    ).encode()
    settings = found(world).settings
    assert (settings.how, settings.imap.host) == ("mx", "imap.keeper.example")
    assert settings.confirm.startswith("imap.keeper.example is not heron.example.")


def test_servers_named_in_the_name_servers_the_better_protected_first(world, names):
    names.records["_imaps._tcp.heron.example", "SRV"] = ["20 1 993 b.heron.example.", "10 1 993 a.heron.example."]
    names.records["_imap._tcp.heron.example", "SRV"] = ["0 1 143 c.heron.example."]
    names.records["_submissions._tcp.heron.example", "SRV"] = ["0 0 0 ."]
    names.records["_submission._tcp.heron.example", "SRV"] = ["0 1 587 mail.keeper.example."]
    settings = found(world).settings
    assert (settings.how, settings.imap) == ("srv", Server("a.heron.example", 993))
    assert settings.smtp == Server("mail.keeper.example", 587, "starttls")
    assert "mail.keeper.example" in settings.confirm


def test_usual_names_are_looked_at_last(world, greeting, names):
    greeting |= {("mail.heron.example", 993), ("mail.heron.example", 587), ("imap.heron.example", 143)}
    discovery = found(world)
    assert discovery.settings.imap == Server("mail.heron.example", 993)
    assert discovery.settings.smtp == Server("mail.heron.example", 587, "starttls")
    assert steps(discovery) == ["table", "autoconfig", "well-known", "mx", "srv", "guess"]


def test_nothing_found_says_how_to_go_on(world):
    discovery = found(world)
    assert discovery.settings is None
    assert "by hand" in discovery.to_do
    assert discovery.suggestion[0] == Server("imap.heron.example", 993)


def test_a_mistyped_domain_is_said_to_be_one(world):
    discovery = found(world, "dana@gmial.com")
    assert "Did you mean gmail.com?" in discovery.to_do
    assert "guess" not in steps(discovery)


def test_a_domain_in_foreign_letters_is_asked_for_in_ascii_and_said_as_typed(world, names):
    discovery = found(world, "info@müller.example")
    assert "xn--mller-kva.example MX" in names.asked
    assert "There is no domain called müller.example." in discovery.to_do


@pytest.mark.parametrize("address", ["dana", "dana@", "@heron.example", "dana@heron", "a b@heron.example", ""])
def test_what_is_no_address_is_said_before_anybody_is_asked(address):
    with pytest.raises(Problem, match="email address"):
        Search(address, World(None, None, None))


def offline(*_):
    raise NotThere("The network cannot be reached.", offline=True)


class NoNames:
    exchangers = services = staticmethod(offline)


def test_without_a_network_it_says_so_and_guesses_nothing():
    discovery = found(World(offline, NoNames(), pytest.fail))
    assert "The internet was not reached." in discovery.to_do
    assert len(discovery.tried) == 5


@pytest.fixture
def deaf():
    """A world in which nobody ever answers."""
    let_go = threading.Event()

    def wait(*_):
        let_go.wait(20)
        raise NotThere("late")

    class Names:
        exchangers = services = staticmethod(wait)

    yield World(wait, Names(), lambda *_: False, 60)
    let_go.set()


def test_each_step_can_be_skipped_and_all_of_it_stopped(deaf):
    search = Search("dana@heron.example", deaf)
    done = []
    thread = threading.Thread(target=lambda: done.append(search.run()))
    thread.start()
    for number in range(1, 3):
        while len(search.tried) < number:
            thread.join(0.001)
        search.skip()
    while len(search.tried) < 3:
        thread.join(0.001)
    search.stop()
    thread.join(10)
    assert [tried.says for tried in done[0].tried] == [
        "heron.example is not in the list.", "Skipped.", "Skipped.", "Stopped.", "Stopped.",
    ]  # fmt: skip


def test_a_silent_world_is_left_in_time(deaf):
    quick = World(deaf.web, deaf.dns, deaf.probe, 0.05)
    assert [tried.says for tried in found(quick).tried][1:5] == ["No answer in time."] * 4


def test_a_silent_name_server_counts_as_no_network(names, world):
    names.silent = True
    quick = World(offline, type(world.dns)(0.1, names.at), world.probe, SECONDS)
    assert "The internet was not reached." in found(quick).to_do


def test_whose_an_exchanger_may_be():
    assert keepers("mx1.in.keeper.example") == ["in.keeper.example", "keeper.example"]
    assert keepers("mx.keeper.co.uk") == ["keeper.co.uk"]


def test_the_greeting_of_a_server_is_looked_at_only_once_it_proved_its_name(greetings, certificates):
    from tests.fakes.smtp_server import SmtpServer

    with SmtpServer("tls", certificates) as tls, SmtpServer("starttls", certificates) as starttls:
        greetings.ports.update({465: tls.port, 587: starttls.port})
        assert greetings(Server("heron.example", 465), "smtp")
        assert greetings(Server("heron.example", 587, "starttls"), "smtp")
        assert not greetings(Server("heron.example", 465), "imap")
        assert not greetings(Server("somebody-else.example", 465), "smtp")
        assert not greetings(Server("somebody-else.example", 587, "starttls"), "smtp")
