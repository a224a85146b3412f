"""Where passwords are kept: in the system's keyring and nowhere else, or in memory until the program closes.

The keyring library would take any backend it finds, among them one that writes passwords readably into a
file. So only the backends named here are ever used, each has to give back what it was given before it is
trusted with a password, and no environment variable or file can put another in their place.
"""

from __future__ import annotations

import contextlib
import importlib
import queue
import threading
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from followup_desktop.base.errors import Problem

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "followup_desktop"
PATIENCE = 10.0
"""Seconds a keyring may take: it may be asking its owner to unlock it."""

WINDOWS = "keyring.backends.Windows.WinVaultKeyring"
WINDOWS_LETTERS = 1_280
"""Letters of a secret that Windows keeps (2,560 bytes, CRED_MAX_CREDENTIAL_BLOB_SIZE)."""

ALLOWED = {
    "keyring.backends.SecretService.Keyring": "the system keyring (Secret Service)",
    "keyring.backends.kwallet.DBusKeyring": "KDE Wallet",
    "keyring.backends.libsecret.Keyring": "the system keyring (libsecret)",
    WINDOWS: "the Windows credential manager",
    "keyring.backends.macOS.Keyring": "the macOS keychain",
}
"""The backends that may be used, by their full names, each in words."""

WITHOUT = "The password can be asked for each time the program starts instead; it is never written to a file."


class Secrets(Protocol):
    """A place for one password per account."""

    def read(self, account: str) -> str | None:
        """Return the password of an account (its UUID), or None when there is none."""
        ...

    def write(self, account: str, secret: str) -> None:
        """Keep the password of an account in place of any other."""
        ...

    def delete(self, account: str) -> None:
        """Forget the password of an account; there need not be one."""
        ...

    def kind(self) -> str:
        """Say where passwords are kept, as the end of a sentence."""
        ...


class SessionSecrets:
    """Passwords in memory, gone when the program closes: for a computer without a keyring."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def read(self, account: str) -> str | None:
        """Return the password of an account, or None when it was not given since the program started."""
        return self._kept.get(account)

    def write(self, account: str, secret: str) -> None:
        """Remember a password until the program closes."""
        self._kept[account] = secret

    def delete(self, account: str) -> None:
        """Forget a password."""
        self._kept.pop(account, None)

    def kind(self) -> str:
        """Say where passwords are kept."""
        return "memory only, until the program closes"


class KeyringSecrets:
    """Passwords in the system's keyring. Made by `system_keyring`; every call may take `patience` seconds."""

    def __init__(self, backend: KeyringBackend, patience: float = PATIENCE) -> None:
        self._backend, self._patience = backend, patience
        self._proven = False

    def read(self, account: str) -> str | None:
        """Return the password of an account, or None. Raises `Problem` when the keyring does not answer."""
        return _ask(lambda: self._backend.get_password(SERVICE, username(account)), self._patience)

    def write(self, account: str, secret: str) -> None:
        """Keep a password, and read it back before saying so. Raises `Problem`."""
        self.prove()
        if full_name(type(self._backend)) == WINDOWS and len(secret) > WINDOWS_LETTERS:
            raise Problem(
                f"This is longer ({len(secret)} letters) than {ALLOWED[WINDOWS]} keeps ({WINDOWS_LETTERS}).",
                "It was not kept.",
                "It is remembered until the program closes.",
            )
        _ask(lambda: self._keep(username(account), secret), self._patience)

    def delete(self, account: str) -> None:
        """Forget a password; a missing one is fine. Raises `Problem`."""
        _ask(lambda: _remove(self._backend, username(account)), self._patience)

    def kind(self) -> str:
        """Say which keyring it is."""
        return ALLOWED[full_name(type(self._backend))]

    def prove(self) -> None:
        """Let the keyring keep, give back and forget a word that is no secret. Raises `Problem`."""
        if self._proven:
            return
        word = uuid.uuid4().hex
        _ask(lambda: self._keep(f"probe:{word}", word), self._patience)
        _ask(lambda: _remove(self._backend, f"probe:{word}"), self._patience)
        self._proven = True

    def _keep(self, name: str, secret: str) -> None:
        self._backend.set_password(SERVICE, name, secret)
        if self._backend.get_password(SERVICE, name) != secret:
            raise Problem("The keyring did not give back what it was given.", "No password was kept.", WITHOUT)


class RememberedSecrets:
    """The system's keyring; what it cannot keep is remembered until the program closes, and only then is newer.

    Nothing is in both: a permission changes each time it is used, and an old copy would end it.
    """

    def __init__(self) -> None:
        self._session = SessionSecrets()
        self._why: dict[str, str] = {}

    def read(self, account: str) -> str | None:
        """Return a secret, or None when there is none. Raises `Problem` when the keyring does not answer."""
        known = self._session.read(account)
        if known:
            return known
        try:
            keyring = system_keyring()
        except Problem:
            return None
        return keyring.read(account)

    def write(self, account: str, secret: str) -> None:
        """Keep a secret, or remember it."""
        try:
            system_keyring().write(account, secret)
        except Problem as problem:
            self._session.write(account, secret)
            self._why[account] = problem.happened
        else:
            self._session.delete(account)

    def delete(self, account: str) -> None:
        """Forget a secret; there need not be one."""
        self._session.delete(account)
        with contextlib.suppress(Problem):
            system_keyring().delete(account)

    def kind(self) -> str:
        """Say where secrets are kept in general."""
        try:
            return system_keyring().kind()
        except Problem:
            return self._session.kind()

    def kind_of(self, account: str) -> str:
        """Say where one secret is, and why it is not in the keyring, as the end of a sentence."""
        if self._session.read(account):
            return f"{self._session.kind()}: {self._why.get(account, '')}".rstrip(": ")
        return self.kind()


def system_keyring(patience: float = PATIENCE) -> KeyringSecrets:
    """Find the system's keyring. Raises `Problem` when there is none, or none that may be used.

    May take as long as `patience`, so it is called off the window's thread.
    """
    backend = _ask(_best_backend, patience)
    if backend is None:
        raise Problem("This computer has no keyring that can keep the password.", "No password was kept.", WITHOUT)
    return KeyringSecrets(backend, patience)


def username(account: str) -> str:
    """Return the name an account's password is kept under; not its address, which may change."""
    return f"smtp:{account}"


def full_name(backend: type) -> str:
    """Return the name by which a backend is allowed or not."""
    return f"{backend.__module__}.{backend.__qualname__}"


def _best_backend() -> KeyringBackend | None:
    """Make the allowed backend that this system prefers; those that cannot work here say so by raising."""
    found: list[tuple[float, type[KeyringBackend]]] = []
    for name in ALLOWED:
        module, _, kind = name.rpartition(".")
        try:
            # Loads D-Bus or the system's own library, a tenth of a second or more: only when a secret is asked for.
            backend = cast("type[KeyringBackend]", getattr(importlib.import_module(module), kind))
            priority = backend.priority
        except Exception:
            continue
        if priority >= 1:
            found.append((priority, backend))
    return max(found, key=_priority)[1]() if found else None


def _priority(found: tuple[float, type[KeyringBackend]]) -> float:
    return found[0]


def _remove(backend: KeyringBackend, name: str) -> None:
    from keyring.errors import PasswordDeleteError

    try:
        backend.delete_password(SERVICE, name)
    except PasswordDeleteError:
        # Also what some say when they could not: then it is still there.
        if backend.get_password(SERVICE, name) is not None:
            raise


def _ask(question: Callable[[], T], patience: float) -> T:
    """Ask the keyring in a thread of its own: a locked one waits for its owner, for ever if need be."""
    answers: queue.Queue[T | Exception] = queue.Queue()

    def ask() -> None:
        try:
            answers.put(question())
        except Exception as error:
            answers.put(error)

    threading.Thread(target=ask, name="keyring", daemon=True).start()
    try:
        answer = answers.get(timeout=patience)
    except queue.Empty:
        raise Problem(
            "The keyring did not answer.", "Nothing was changed.", "It may be waiting to be unlocked. Then try again."
        ) from None
    if isinstance(answer, Problem):
        raise answer
    if isinstance(answer, Exception):
        raise _in_words(answer) from None
    return answer


def _in_words(error: Exception) -> Problem:
    from keyring.errors import KeyringLocked

    if isinstance(error, KeyringLocked):
        return Problem("The keyring is locked.", "Nothing was changed.", "Unlock it, then try again.")
    # Not the error's own words: some name what they were given.
    return Problem(f"The keyring could not be used ({type(error).__name__}).", "Nothing was changed.", WITHOUT)
