"""A certificate nobody has signed is shown by its fingerprint, and trusted for one host only once it was looked at."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from followup_desktop.mail import imap, smtp
from followup_desktop.mail.account import Server, pin_lines, read_pins
from followup_desktop.mail.connecting import shown_by, trust
from followup_desktop.mail.troubles import NotTrusted, not_reached
from tests.fakes.certificates import make_certificates
from tests.fakes.smtp_server import SmtpServer
from tests.mailservers import IMPATIENT

pytestmark = pytest.mark.row("A1")


@pytest.fixture(scope="module")
def certificates():
    with TemporaryDirectory() as folder:
        yield make_certificates(Path(folder))


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_what_a_server_of_ones_own_shows_can_be_looked_at_and_trusted(security, certificates, smtp_account, password):
    with SmtpServer(security=security, certificates=certificates) as server:
        account = replace(smtp_account(server), ca_file=None)
        with pytest.raises(NotTrusted) as trouble:
            smtp.connect(account, password, IMPATIENT)
        shown = shown_by(trouble.value.server, "smtp", 5)
        assert len(shown.split(":")) == 32
        smtp.connect(replace(account, pins=(("127.0.0.1", shown),)), password, IMPATIENT).close()


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_another_certificate_than_the_trusted_one_never_hears_the_password(
    security, certificates, smtp_account, password
):
    with SmtpServer(security=security, certificates=certificates) as server:
        account = replace(smtp_account(server), ca_file=None, pins=(("127.0.0.1", "AB:CD"),))
        with pytest.raises(NotTrusted, match="another certificate than the one you trusted") as trouble:
            smtp.connect(account, password, IMPATIENT)
        assert trouble.value.server == account.smtp


def test_a_pin_is_for_its_own_host_only(certificates, smtp_account, password):
    with SmtpServer(security="tls", certificates=certificates) as server:
        shown = shown_by(Server("127.0.0.1", server.port), "smtp", 5)
        account = replace(smtp_account(server), ca_file=None, pins=(("mail.heron.example", shown),))
        with pytest.raises(NotTrusted, match="signed by nobody"):
            smtp.connect(account, password, IMPATIENT)


@pytest.mark.mailserver
def test_a_mailbox_is_read_over_a_trusted_certificate(account, dovecot, password):
    for server in (account.imap, Server("127.0.0.1", dovecot.imap_port, "starttls")):
        shown = shown_by(server, "imap", 5)
        pinned = replace(account, imap=server, ca_file=None, pins=(("127.0.0.1", shown),))
        imap.connect(pinned, password, IMPATIENT).close()


def test_nobody_is_offered_to_trust_a_false_certificate_of_a_large_provider():
    import ssl

    for host, offered in (("imap.gmail.com", False), ("mail.heron.example", True)):
        error = ssl.SSLCertVerificationError(1, "no")
        error.verify_code = 18
        trouble = not_reached(Server(host, 993), error)
        assert (getattr(trouble, "server", None) is not None) == offered


def test_without_pins_only_what_is_signed_is_believed(account):
    assert type(trust(account, Server("mail.heron.example", 993))).__name__ == "SSLContext"
    assert read_pins(pin_lines((("a", "AB:CD"), ("b", "EF")))) == (("a", "AB:CD"), ("b", "EF"))
