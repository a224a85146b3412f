"""Passwords for the mail account while the window is open: from the keyring, else asked once."""

from __future__ import annotations

from followup_desktop.base.errors import Problem
from followup_desktop.core.messages.model import MailAccount
from followup_desktop.system.secrets import SessionSecrets, system_keyring


class Passwords:
    """Reads the keyring, and keeps in memory what a computer without one was told."""

    def __init__(self) -> None:
        self._session = SessionSecrets()

    def of(self, account: MailAccount) -> str:
        """Return the password of an account; may take seconds. Raises Problem when none is known."""
        known = self._session.read(account.uuid)
        if known:
            return known
        found = system_keyring().read(account.uuid)
        if not found:
            raise Problem(
                f"No password is kept for {account.address}.", "Your messages wait.", "Enter it in Settings, Mail."
            )
        self._session.write(account.uuid, found)
        return found

    def keep(self, account: MailAccount, password: str) -> str:
        """Keep a password in the keyring, else until the program ends; say where, as the end of a sentence."""
        self._session.write(account.uuid, password)
        try:
            keyring = system_keyring()
            keyring.write(account.uuid, password)
        except Problem:
            return self._session.kind()
        return keyring.kind()

    def proven(self) -> str:
        """Let the keyring show that it can keep a word, and name it; raises Problem where there is none."""
        keyring = system_keyring()
        keyring.prove()
        return keyring.kind()

    def forget(self, account: MailAccount) -> None:
        """Let go of a password."""
        self._session.delete(account.uuid)
        try:
            system_keyring().delete(account.uuid)
        except Problem:
            return
