"""Passwords in a real gnome-keyring, on a bus of the test's own."""

import gc
import os
import signal

import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.system.secrets import SERVICE, system_keyring
from tests.fakes.keyring_daemon import KeyringDaemon, installed

pytestmark = [
    pytest.mark.desktop,
    # The keyring library leaves its connection to the bus open when the keyring fails it.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]

ACCOUNT = "7d4c8a52-9f06-4f0e-9d53-1d6d6a1d7f10"
SECRET = 'pä55 wörd – "1"'


@pytest.fixture
def daemon(bus, tmp_path, monkeypatch):
    """A keyring that is not running yet."""
    if not installed():
        if os.environ.get("FOLLOWUP_REQUIRE_DESKTOP") == "1":
            pytest.fail("gnome-keyring is not installed", pytrace=False)
        pytest.skip("gnome-keyring is not installed (Debian: apt-get install gnome-keyring)")
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    daemon = KeyringDaemon(home)
    yield daemon
    daemon.stop()
    gc.collect()


def test_a_password_is_kept_given_back_changed_and_forgotten(daemon):
    daemon.start()
    secrets = system_keyring()
    assert secrets.kind() == "the system keyring (Secret Service)"
    assert secrets.read(ACCOUNT) is None
    secrets.write(ACCOUNT, SECRET)
    assert system_keyring().read(ACCOUNT) == SECRET
    secrets.write(ACCOUNT, "another")
    assert secrets.read(ACCOUNT) == "another"
    secrets.delete(ACCOUNT)
    assert secrets.read(ACCOUNT) is None
    secrets.delete(ACCOUNT)


def test_a_password_survives_the_keyring_starting_anew_and_is_nowhere_in_clear(daemon):
    daemon.start()
    system_keyring().write(ACCOUNT, SECRET)
    daemon.stop()
    assert daemon.files()
    assert all(SECRET.encode() not in file.read_bytes() for file in daemon.files())
    assert all(file.stat().st_mode & 0o077 == 0 for file in daemon.files())
    daemon.start()
    assert system_keyring().read(ACCOUNT) == SECRET


def test_only_the_password_is_left_behind_by_the_trial(daemon):
    import secretstorage

    daemon.start()
    system_keyring().write(ACCOUNT, SECRET)
    with secretstorage.dbus_init() as connection:
        kept = [item.get_attributes() for item in secretstorage.get_default_collection(connection).get_all_items()]
    assert [(item["service"], item["username"]) for item in kept] == [(SERVICE, f"smtp:{ACCOUNT}")]


def test_a_locked_keyring_says_so_and_keeps_nothing(daemon):
    daemon.start()
    system_keyring().write(ACCOUNT, SECRET)
    daemon.stop()
    daemon.start(master=None)
    with pytest.raises(Problem) as trouble:
        system_keyring().read(ACCOUNT)
    assert "unlock" in trouble.value.sentence().lower()


def test_a_keyring_that_hangs_does_not_hang_the_program(daemon):
    daemon.start()
    secrets = system_keyring(patience=0.5)
    os.kill(daemon.process, signal.SIGSTOP)
    try:
        with pytest.raises(Problem, match="did not answer"):
            secrets.read(ACCOUNT)
    finally:
        os.kill(daemon.process, signal.SIGCONT)


def test_a_keyring_that_went_away_is_said(daemon):
    daemon.start()
    secrets = system_keyring()
    daemon.stop()
    with pytest.raises(Problem) as trouble:
        secrets.write(ACCOUNT, SECRET)
    assert "never written to a file" in trouble.value.sentence()
    assert SECRET not in trouble.value.sentence()


def test_a_bus_without_a_keyring_is_said(daemon):
    with pytest.raises(Problem, match="no keyring"):
        system_keyring()
