"""What mail accounts sign in with while the window is open: from the keyring, else asked once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_desktop.base.clock import Clock
from followup_desktop.base.errors import Problem
from followup_desktop.core.messages.model import MailAccount
from followup_desktop.system.secrets import RememberedSecrets, SessionSecrets, system_keyring

if TYPE_CHECKING:
    from followup_desktop.jobs.passes import Passes
    from followup_desktop.mail.oauth import Client, Tokens


class Passwords:
    """Reads the keyring, and keeps in memory what a computer without one was told."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._session = SessionSecrets()
        self._permissions = RememberedSecrets()
        self._passes: Passes | None = None

    def of(self, account: MailAccount) -> str:
        """Return the password or the pass of an account; may take seconds. Raises Problem when none is known."""
        if account.sign_in:
            return self.passes().of(account)
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

    def keep_sign_in(self, account: MailAccount, tokens: Tokens, client: Client) -> str:
        """Keep what a sign-in in the browser gave; say where, as the end of a sentence."""
        self.passes().keep(account, tokens, client)
        return self._permissions.kind_of(account.uuid)

    def passes(self) -> Passes:
        """Return the passes of this window. Their module is loaded where an account needs one."""
        if self._passes is None:
            from followup_desktop.jobs.passes import Passes

            self._passes = Passes(self._clock, self._permissions)
        return self._passes

    def proven(self) -> str:
        """Let the keyring show that it can keep a word, and name it; raises Problem where there is none."""
        keyring = system_keyring()
        keyring.prove()
        return keyring.kind()

    def forget(self, account: MailAccount) -> str:
        """Let go of a password, or give a permission back; return what is left for the owner to do."""
        left = self.passes().take_back(account) if account.sign_in else ""
        self._session.delete(account.uuid)
        self._permissions.delete(account.uuid)
        return left
