"""The lines vCards and calendars are made of: escaped text, folded at 75 octets."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST_OCTETS = 75

_UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def escaped(text: str) -> str:
    """Return text as a value (RFC 5545 3.3.11, RFC 2426 4): commas, semicolons and line breaks escaped."""
    plain = _UNSPEAKABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def document(lines: Iterable[str]) -> bytes:
    """Return lines as a file: UTF-8, each folded where it is too long (RFC 5545 3.1) and ended by CRLF."""
    return b"".join(folded(line) for line in lines)


def folded(line: str) -> bytes:
    """Return one line, continued on the next with a space wherever 75 octets are full; no letter is cut in two."""
    octets = line.encode("utf-8", "replace")
    if len(octets) <= MOST_OCTETS:
        return octets + b"\r\n"
    parts, room = [], MOST_OCTETS
    while len(octets) > room:
        end = room
        while octets[end] & 0xC0 == 0x80:  # in the middle of a letter
            end -= 1
        parts.append(octets[:end])
        octets, room = octets[end:], MOST_OCTETS - 1
    return b"\r\n ".join([*parts, octets]) + b"\r\n"
