"""How the outbox decides: which state follows which, when to try again, when to look, when to ask. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

LOOKS = 3
LOOKING = timedelta(minutes=5)
"""An unknown message is asked about after at least this many looks over at least this time."""

_BACK_OFF = (1, 2, 5, 15, 30, 60)


def try_again_at(now: datetime, attempts: int) -> datetime:
    """Return when to try again after `attempts` failures that may pass: 1, 2, 5, 15, 30, then every 60 minutes."""
    return now + timedelta(minutes=_BACK_OFF[min(max(attempts, 1), len(_BACK_OFF)) - 1])


def look_at(unknown_since: datetime, looks: int) -> datetime:
    """Return when to look for the next time whether an unknown message left."""
    return unknown_since + LOOKING / LOOKS * (looks + 1)


def ask_now(unknown_since: datetime, looks: int, now: datetime) -> bool:
    """Whether enough was looked for to ask the owner."""
    return looks >= LOOKS and now - unknown_since >= LOOKING


def quoted(text: str) -> str:
    """Return one line of `text` for lists, at most 90 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:89].rstrip() + "…"


_QUESTION = re.compile(r"""\w["”’)»]*\?(?=[\s"”’)»?!]|$)""")


def asks_something(text: str) -> bool:
    """Whether a message asks its reader something: a question of its own, not one in a link or in what it quotes."""
    own = "\n".join(line for line in text.splitlines() if not line.startswith(">"))
    return _QUESTION.search(own) is not None
