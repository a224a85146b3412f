"""Reading what is new in a folder: all heads in chunks, then the few whole messages that are asked for.

Nothing is marked as read. A folder is known by its UIDVALIDITY; where that changed, its numbers mean nothing any more
and it is read again from a day on (RFC 9051 2.3.1.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from followup_desktop.mail.imap import Box, Place, expect, look_into, talking

CHUNK = 500
"""Heads asked for at a time: larger chunks are no quicker, and Cancel would wait for them."""
LARGEST = 400_000
"""Bytes of a message that are fetched; what a customer wrote stands at its beginning."""
HEADS = (
    "FROM TO CC SUBJECT DATE MESSAGE-ID IN-REPLY-TO REFERENCES CONTENT-TYPE RETURN-PATH AUTO-SUBMITTED PRECEDENCE "
    "LIST-ID LIST-UNSUBSCRIBE X-FAILED-RECIPIENTS X-AUTOREPLY X-AUTORESPOND X-AUTO-RESPONSE-SUPPRESS "
    "X-MICROSOFT-ORIGINAL-MESSAGE-ID"
)


@dataclass(frozen=True, slots=True)
class Head:
    """A message in its folder: its number and its headers as they came.

    Where the server is Gmail's, `number` is the message's in every folder (X-GM-MSGID), `thread` that of its thread
    (X-GM-THRID); elsewhere they are empty.
    """

    uid: int
    raw: bytes
    number: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some heads of a folder, and how many of how many have been read with them."""

    validity: int
    heads: tuple[Head, ...]
    done: int
    total: int


def new_heads(box: Box, folder: str, last: Place | None, since: date) -> Iterator[Chunk]:
    """Yield the heads of what came after `last`, or since a day where that place is not known here any more.

    Where there is nothing, one chunk without heads tells the folder's UIDVALIDITY.
    """
    validity = look_into(box, folder)
    if last is not None and last[0] == validity:
        uids = [uid for uid in _uids(box, "UID", f"{last[1] + 1}:*") if uid > last[1]]
    else:
        uids = _uids(box, "SINCE", f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}")
    for start in range(0, len(uids) or 1, CHUNK):
        some = uids[start : start + CHUNK]
        yield Chunk(validity, tuple(_heads(box, some)) if some else (), start + len(some), len(uids))


def whole(box: Box, uids: Sequence[int]) -> dict[int, bytes]:
    """Return messages of the folder that is open, each cut at `LARGEST` bytes; those gone since are left out."""
    found: dict[int, bytes] = {}
    for start in range(0, len(uids), 50):
        fetched = _fetched(box, uids[start : start + 50], f"BODY.PEEK[]<0.{LARGEST}>")
        found |= {uid: raw for uid, raw, _ in fetched}
    return found


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _uids(box: Box, *criteria: str) -> list[int]:
    with talking(box):
        answer, numbers = box.client.uid("SEARCH", *criteria)
        expect(answer, numbers)
    return sorted(int(number) for line in numbers if line for number in line.split())


def _heads(box: Box, uids: Sequence[int]) -> list[Head]:
    numbers = "X-GM-MSGID X-GM-THRID " if box.is_gmail else ""
    fetched = _fetched(box, uids, f"{numbers}BODY.PEEK[HEADER.FIELDS ({HEADS})]")
    return [Head(uid, raw, _number("MSGID", told), _number("THRID", told)) for uid, raw, told in fetched]


def _number(what: str, told: bytes) -> str:
    found = re.search(rf"X-GM-{what} (\d+)".encode("ascii"), told, re.IGNORECASE)
    return found[1].decode("ascii") if found else ""


def _fetched(box: Box, uids: Sequence[int], what: str) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield of each message its UID, the bytes asked for, and what the server told beside them, before or after."""
    with talking(box):
        answer, parts = box.client.uid("FETCH", _ranges(uids), f"(UID {what})")
        expect(answer, parts)
    for part, after in zip(parts, [*parts[1:], b""], strict=True):
        if isinstance(part, tuple):
            told = part[0] + b" " + (after if isinstance(after, bytes) else b"")
            if number := re.search(rb"\bUID (\d+)", told):
                yield int(number[1]), part[1], told


def _ranges(uids: Sequence[int]) -> str:
    """Return numbers as a set of ranges, so that a command stays short."""
    spans: list[tuple[int, int]] = []
    for uid in uids:
        if spans and uid == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], uid)
        else:
            spans.append((uid, uid))
    return ",".join(str(first) if first == last else f"{first}:{last}" for first, last in spans)
