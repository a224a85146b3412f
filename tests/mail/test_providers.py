from urllib.parse import urlsplit

import pytest

from followup_desktop.mail.account import is_this_computer
from followup_desktop.mail.discover.published import HOST
from followup_desktop.mail.providers import PROVIDERS, provider_at, provider_of, provider_sending_at


def test_every_provider_can_be_used_as_it_is_written_down():
    for provider in PROVIDERS:
        servers = provider.servers() or ()
        assert all(HOST.match(server.host) for server in servers), provider.name
        assert all(server.security != "none" for server in servers), provider.name
        assert not any(is_this_computer(s.host) for s in servers) or "Bridge" in provider.words
        assert provider.domains or provider.mx
        assert not provider.page or urlsplit(provider.page).scheme == "https"
        # Where a password made for programs is wanted, it is said where to make one.
        assert provider.kind == "password" or (provider.page and provider.words), provider.name
        provider.words.format(name=provider.name)


def test_no_domain_is_written_down_twice():
    domains = [domain for provider in PROVIDERS for domain in provider.domains.split()]
    ends = [end for provider in PROVIDERS for end in provider.mx.split()]
    assert len(domains) == len(set(domains))
    assert len(ends) == len(set(ends))


@pytest.mark.parametrize(
    ("domain", "name"),
    [("gmail.com", "Gmail"), ("Outlook.com", "Outlook.com"), ("clearwater.onmicrosoft.com", "Microsoft 365")],
)
def test_a_provider_is_known_by_the_domain_of_an_address(domain, name):
    assert provider_of(domain).name == name


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        ("outlook.com.br", "Outlook.com"),
        ("live.ie", "Outlook.com"),
        ("yahoo.com.vn", "Yahoo"),
        ("yahoo.co.jp", "Yahoo Japan"),
    ],
)
def test_the_addresses_of_other_countries_are_known(domain, name):
    assert provider_of(domain).name == name


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("smtp.gmail.com", "Gmail"),
        ("smtp-relay.gmail.com", "Gmail"),
        ("smtp.office365.com", "Microsoft 365"),
        ("SMTP.mail.me.com.", "iCloud"),
        ("smtp.googlemail.com", "Gmail"),
        ("smtp.somebody.co.nz", None),
        ("mail.clearwater.example", None),
        ("127.0.0.1", None),
    ],
)
def test_a_provider_is_known_by_its_server(host, name):
    found = provider_sending_at(host)
    assert (found.name if found else None) == name


def test_a_name_that_only_ends_alike_is_nobodys():
    assert provider_of("notgmail.com") is None
    assert provider_at("mx.notgoogle.com") is None
    assert provider_at("aspmx.l.google.com.").name == "Google Workspace"
