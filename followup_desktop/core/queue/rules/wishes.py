"""Who seems to ask for something leads: what they wrote is answered once it is said what they meant. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from followup_desktop.core.consent.model import Wish, WishKind
from followup_desktop.core.queue.model import Card, Group, Queue


def led_by_wishes(queue: Queue, wishes: Iterable[Wish]) -> tuple[Queue, tuple[Card, ...]]:
    """Return the queue without the answers to those who seem to ask for no more mail, and these answers."""
    asked = {wish.customer for wish in wishes if wish.what.kind is WishKind.STOP}
    behind = tuple(card for card in queue.cards if card.group is Group.ANSWER and card.customer in asked)
    return replace(queue, cards=tuple(card for card in queue.cards if card not in behind)), behind
