"""What speaking to an account's servers needs, and what came of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from followup_desktop.base.errors import Problem
from followup_desktop.core.messages.model import MailAccount, NewAccount
from followup_desktop.mail.account import PATIENT, Account, Patience, Server, read_pins


@dataclass(frozen=True, slots=True)
class Sent:
    """What one run of the outbox did, and what still waits."""

    accepted: int = 0
    failed: int = 0
    unknown: int = 0
    waiting: int = 0
    ask: int = 0
    trouble: Problem | None = None
    says: str = ""
    """What came right again, for the owner who was told that it was wrong."""


@dataclass(frozen=True)
class Post:
    """What sending needs besides the desk: the password of an account, and how long to wait for servers."""

    password: Callable[[MailAccount], str]
    patience: Patience = PATIENT
    chance: Callable[[int, int], int] = random.randint
    """Picks the pause between two messages, in seconds."""
    watch: bool = True
    """Whether a copy that the server may file itself is waited for; without, the time for it counts as gone by."""


def as_account(account: MailAccount | NewAccount) -> Account:
    """Return what the mail protocols need of an account, kept or still to be tried."""
    return Account(
        account.address,
        account.name,
        Server(account.imap_host, account.imap_port, account.imap_security),  # type: ignore[arg-type]
        Server(account.smtp_host, account.smtp_port, account.smtp_security),  # type: ignore[arg-type]
        account.user,
        account.ca_file or None,
        account.pins if isinstance(account, MailAccount) else read_pins(account.pins),
    )
