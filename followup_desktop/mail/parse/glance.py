"""A first glance at the head of a message, for the many of a first sync: surely bulk mail of nobody we know, or not.

Taking a head apart costs ten times what fetching it does. What this says is never more than what the whole reading
would find: anything that is not plain to see is left to that.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from followup_desktop.mail.parse.answer import link_answer
from followup_desktop.mail.parse.bounce import may_be_bounce
from followup_desktop.mail.parse.model import Mail
from followup_desktop.mail.parse.reading import decoded

_FROM = re.compile(
    rb"[ \t]*(?:[^\r\n@<]*<([a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9.-]+)>|"
    rb"([a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9.-]+))[ \t]*\r?\n(?![ \t])"
)
_SUBJECT = re.compile(rb"([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)")
_UNSURE = (
    *(b"\nin-reply-to", b"\nreferences", b"\nx-failed-recipients", b"\nx-microsoft-original-message-id", b"<>"),
    *(b"report", b"disposition", b"rfc822"),
)
"""What makes a whole reading necessary, wherever it stands: a glance that is mistaken so costs time only."""


def is_surely_bulk(head: bytes, is_known: Callable[[str], bool]) -> bool:
    """Whether a head is plainly that of bulk mail which answers nothing, reports nothing, and is of nobody known."""
    # Looking for letters in small ones is many times quicker than patterns that know no case.
    low = b"\n" + head.lower()
    if _value(low, b"\nprecedence:") not in (b"bulk", b"junk") or any(mark in low for mark in _UNSURE):
        return False
    at = low.find(b"\nfrom:")
    named = _FROM.match(low, at + 6) if at >= 0 and low.count(b"\nfrom") == 1 else None
    if named is None or is_known((named[1] or named[2]).decode("ascii")):
        return False
    sender, subject = (named[1] or named[2]).decode("ascii"), _subject(head, low.find(b"\nsubject:"))
    return link_answer(subject) is None and not may_be_bounce(Mail({}, sender=sender, subject=subject))


def _value(low: bytes, name: bytes) -> bytes:
    """Return what stands on the line of a field that is there once."""
    at = low.find(name)
    return low[at + len(name) : low.find(b"\n", at + 1)].strip() if at >= 0 and low.count(name) == 1 else b""


def _subject(head: bytes, at: int) -> str:
    """Return the subject that begins at a place (of the head with a line end before it)."""
    said = _SUBJECT.match(head, at + 8) if at >= 0 else None
    return " ".join(decoded(said[1].decode("utf-8", "replace")).split()) if said else ""
