"""A mail account set up in the real window: its password goes to a real keyring and is found there again."""

import pytest

from followup_desktop.base.clock import SystemClock
from followup_desktop.core.messages import queries
from followup_desktop.system.secrets import system_keyring
from followup_desktop.ui.passwords import Passwords
from tests.desktop.test_keyring import daemon
from tests.ui.conftest import theme, themes
from tests.ui.opened import desk, runner
from tests.ui.whole import asked, whole

__all__ = ["asked", "daemon", "desk", "runner", "theme", "themes", "whole"]

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.mailserver,
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]


@pytest.fixture
def no_keyring(daemon):
    """There is one here."""
    daemon.start()


@pytest.mark.row("A1")
def test_the_password_is_kept_in_the_keyring_and_found_after_a_restart(
    whole, dovecot, smtp_server, mailbox, password, read, qtbot
):
    at = whole("settings", section="Mail accounts")
    section = at.page.section()
    at.press(section.finding.hand)
    form = section.entry
    form.address.edit.setText(mailbox)
    form.password.edit.setText(password)
    form.imap.edit.setText(f"127.0.0.1:{dovecot.imaps_port}")
    form.smtp.edit.setText(f"127.0.0.1:{smtp_server.port}")
    form.smtp_security.setCurrentIndex(form.smtp_security.findData("none"))
    form.certificate.edit.setText(str(dovecot.certificates.authority))
    form.trial.click()
    qtbot.waitUntil(lambda: not section.trying.running(), timeout=20_000)
    assert "Where the password is kept the system keyring (Secret Service)" in section.trying.steps.text()
    at.press(section.trying.use)
    account = read(queries.account)
    assert system_keyring().read(account.uuid) == password
    assert Passwords(SystemClock()).of(account) == password
    at.press(section.card.remove_button)
    qtbot.waitUntil(lambda: system_keyring().read(account.uuid) is None)
