"""The passes of accounts that sign in through the browser: got when needed, renewed before they end.

Only the permission (the refresh token) and the secret of a client are kept, where passwords are; a pass lives in
memory. Every renewal may bring a new permission, and the old one is worth nothing then: so one thread renews at a time.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from followup_desktop.base.clock import Clock
from followup_desktop.base.errors import Problem
from followup_desktop.core.messages.model import MailAccount
from followup_desktop.mail import oauth
from followup_desktop.mail.account import AccessToken
from followup_desktop.mail.authorities import Authority, authority_called
from followup_desktop.mail.oauth import Client, Tokens
from followup_desktop.mail.troubles import SignInAgain
from followup_desktop.system.secrets import Secrets

EARLY = timedelta(minutes=5)
"""How long before its end a pass is renewed: a message under way should not meet the end."""


@dataclass(frozen=True, slots=True)
class _Held:
    access: str = field(repr=False)
    until: datetime


class Passes:
    """Passes by account. Safe in any thread; a question may take as long as the provider does."""

    def __init__(self, clock: Clock, kept: Secrets) -> None:
        self._clock, self._kept = clock, kept
        self._held: dict[str, _Held] = {}
        self._found: dict[str, Authority] = {}
        self._one: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def of(self, account: MailAccount) -> AccessToken:
        """Return a pass for an account. Raises `SignInAgain` when the owner has to sign in, and `NotReached`."""
        with self._one[account.uuid]:
            held = self._held.get(account.uuid)
            if held is None or held.until <= self._clock.now():
                held = self._renew(account)
            return AccessToken(held.access, partial(self._after, account, held.access))

    def keep(self, account: MailAccount, tokens: Tokens, client: Client) -> None:
        """Keep what a sign-in gave. Raises `Problem`."""
        with self._one[account.uuid]:
            self._hold(account, tokens)
            if client.secret:
                self._kept.write(secret_of(account.sign_in), client.secret)
            self._kept.write(account.uuid, tokens.refresh)

    def secret(self, sign_in: str) -> str:
        """Return the client secret that is kept for an authority, or nothing."""
        try:
            return self._kept.read(secret_of(sign_in)) or ""
        except Problem:
            return ""

    def take_back(self, account: MailAccount) -> str:
        """Give the permission of an account back to the provider; return what is left for the owner to do."""
        with self._one[account.uuid]:
            self._held.pop(account.uuid, None)
            name, page = account.sign_in, ""
            try:
                authority = self.authority(account)
                name, page = authority.name, authority.permissions
                refresh = self._kept.read(account.uuid)
                if not refresh or oauth.revoke(authority, self._client(account), refresh):
                    return ""
            except Problem:
                pass
        where = f" on {page.removeprefix('https://')}" if page else ""
        return f"{name} still has this program on its list. You can take it off there{where}."

    def authority(self, account: MailAccount) -> Authority:
        """Return whom an account signs in with; a server of the owner's own is asked once."""
        known = authority_called(account.sign_in) or self._found.get(account.sign_in)
        if known is None:
            known = oauth.find_authority(account.sign_in, account.ca_file or None)
            self._found[account.sign_in] = known
        return known

    def _client(self, account: MailAccount) -> Client:
        return Client(account.client_id, self.secret(account.sign_in))

    def _after(self, account: MailAccount, refused: str) -> str:
        """Return a pass other than the one that was refused."""
        with self._one[account.uuid]:
            held = self._held.get(account.uuid)
            if held is None or held.access == refused:
                held = self._renew(account)
            return held.access

    def _renew(self, account: MailAccount) -> _Held:
        refresh = self._kept.read(account.uuid)
        if not refresh:
            raise SignInAgain(
                f"No sign-in is kept for {account.address}.", "Your messages wait.", "Sign in again in Settings, Mail."
            )
        authority, client = self.authority(account), self._client(account)
        try:
            tokens = oauth.refreshed(authority, client, refresh)
        except SignInAgain:
            # Another window or command may have renewed it a moment ago.
            newer = self._kept.read(account.uuid)
            if not newer or newer == refresh:
                raise
            refresh = newer
            tokens = oauth.refreshed(authority, client, refresh)
        held = self._hold(account, tokens)
        if tokens.refresh != refresh:
            self._kept.write(account.uuid, tokens.refresh)
        return held

    def _hold(self, account: MailAccount, tokens: Tokens) -> _Held:
        good = timedelta(seconds=tokens.seconds)
        held = _Held(tokens.access, self._clock.now() + max(good - EARLY, good / 2))
        self._held[account.uuid] = held
        return held


def secret_of(sign_in: str) -> str:
    """Return the name under which an authority's client secret is kept."""
    return f"client:{sign_in}"
