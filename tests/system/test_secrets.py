import logging
import threading

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringLocked, PasswordDeleteError, PasswordSetError

from followup_desktop.base.errors import Problem
from followup_desktop.system import secrets
from followup_desktop.system.secrets import KeyringSecrets, SessionSecrets, system_keyring

ACCOUNT = "7d4c8a52-9f06-4f0e-9d53-1d6d6a1d7f10"


class Kept(KeyringBackend):
    """A backend that keeps passwords in memory, and can be told to misbehave."""

    priority = 1

    def __init__(self):
        self.entries, self.trouble, self.forgets = {}, None, False

    def get_password(self, service, username):
        self._stumble()
        return self.entries.get((service, username))

    def set_password(self, service, username, password):
        self._stumble()
        self.entries[service, username] = "?" if self.forgets else password

    def delete_password(self, service, username):
        self._stumble()
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError("No such password!")

    def _stumble(self):
        if isinstance(self.trouble, threading.Event):
            self.trouble.wait(30)
        elif self.trouble is not None:
            raise self.trouble


@pytest.fixture
def backend():
    return Kept()


@pytest.fixture
def no_bus(monkeypatch, tmp_path):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


@pytest.mark.parametrize("kept", [SessionSecrets(), KeyringSecrets(Kept())])
def test_a_password_is_kept_given_back_and_forgotten(kept):
    assert kept.read(ACCOUNT) is None
    kept.write(ACCOUNT, "pä55")
    kept.write("another", "x")
    assert kept.read(ACCOUNT) == "pä55"
    kept.delete(ACCOUNT)
    kept.delete(ACCOUNT)
    assert kept.read(ACCOUNT) is None
    assert kept.read("another") == "x"


def test_a_password_is_kept_under_the_account_and_not_its_address(backend):
    KeyringSecrets(backend).write(ACCOUNT, "secret")
    assert backend.entries == {("followup_desktop", f"smtp:{ACCOUNT}"): "secret"}


def test_a_keyring_that_forgets_is_not_trusted_with_the_password(backend):
    backend.forgets = True
    with pytest.raises(Problem, match="did not give back"):
        KeyringSecrets(backend).write(ACCOUNT, "secret")
    assert "secret" not in backend.entries.values()
    assert ("followup_desktop", f"smtp:{ACCOUNT}") not in backend.entries


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (KeyringLocked("x"), "is locked"),
        (InitError("the word secret"), "could not be used"),
        (PasswordSetError("the word secret"), "could not be used"),
        (RuntimeError("the word secret"), "could not be used"),
    ],
)
def test_a_keyring_in_trouble_is_said_without_its_own_words(trouble, said, backend, caplog):
    caplog.set_level(logging.DEBUG)
    backend.trouble = trouble
    with pytest.raises(Problem, match=said) as problem:
        KeyringSecrets(backend).write(ACCOUNT, "secret")
    assert "secret" not in problem.value.sentence()
    assert not [record for record in caplog.records if "secret" in record.getMessage()]


def test_a_keyring_that_waits_for_its_owner_does_not_block_for_ever(backend):
    backend.trouble = threading.Event()
    with pytest.raises(Problem, match="did not answer") as problem:
        KeyringSecrets(backend, patience=0.1).read(ACCOUNT)
    backend.trouble.set()
    assert "unlocked" in problem.value.to_do


def test_a_password_that_could_not_be_forgotten_is_said(backend):
    kept = KeyringSecrets(backend)
    kept.write(ACCOUNT, "secret")

    def denied(*_):
        raise PasswordDeleteError("denied")

    backend.delete_password = denied
    with pytest.raises(Problem, match="could not be used"):
        kept.delete(ACCOUNT)


def test_without_a_keyring_the_program_says_so_and_what_can_be_done(no_bus):
    with pytest.raises(Problem, match="no keyring") as problem:
        system_keyring()
    assert "asked for each time" in problem.value.to_do


@pytest.mark.parametrize("forced", ["keyring.backends.null.Keyring", "keyrings.alt.file.PlaintextKeyring"])
def test_no_setting_of_the_library_puts_another_backend_in_place(no_bus, forced, monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", forced)
    with pytest.raises(Problem, match="no keyring"):
        system_keyring()


def test_a_backend_that_is_not_named_is_never_used_however_eager(no_bus):
    class Eager(Kept):
        priority = 99

    assert secrets.full_name(Eager) not in secrets.ALLOWED
    with pytest.raises(Problem, match="no keyring"):
        system_keyring()


def test_no_environment_variable_is_a_password(monkeypatch):
    for name in ("FOLLOWUP_PASSWORD", "FOLLOWUP_SMTP_PASSWORD", "PASSWORD", f"smtp:{ACCOUNT}"):
        monkeypatch.setenv(name, "secret")
    assert SessionSecrets().read(ACCOUNT) is None
    assert KeyringSecrets(Kept()).read(ACCOUNT) is None


def test_every_backend_that_may_be_used_has_words():
    assert all(" " in words for words in secrets.ALLOWED.values())
    assert "memory" in SessionSecrets().kind()
