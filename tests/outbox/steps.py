"""What the outbox does with a message, without a server: for tests that need one in a state."""

from __future__ import annotations

from typing import Any

from followup_desktop.commands import outbox
from followup_desktop.core.messages.model import Came, Fate, Outgoing


def claimed(desk: Any, key: int) -> Outgoing:
    """Claim a message for sending."""
    [message] = outbox.claim(desk, [key]).result
    return message


def settled(desk: Any, message: Outgoing, fate: Fate, said: str = "") -> None:
    """Let something come of a message that was claimed."""
    outbox.settle(desk, {(message.message_id, message.attempts): Came(fate, said)})


def became(desk: Any, key: int, fate: Fate, said: str = "") -> None:
    """Claim a message and let something come of it."""
    settled(desk, claimed(desk, key), fate, said)
