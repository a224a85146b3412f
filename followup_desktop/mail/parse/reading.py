"""Taking a message apart: tolerant of what is malformed, and never more than a bounded part of it.

The standard library's compat32 policy is used because its newer policies raise on malformed mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from followup_desktop.mail.parse.html import text_of
from followup_desktop.mail.parse.model import Attachment, Mail

MOST_CHARACTERS = 64_000
"""What is read of a text; a longer one is cut."""
MOST_LINES = 2_000
DEEPEST = 12
"""Messages within messages are opened so far and no further."""
MOST_PARTS = 200
MOST_HEADERS = 400

REPORTS = ("message/delivery-status", "message/disposition-notification", "message/feedback-report")
_RETURNED = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global")


def read_mail(raw: bytes) -> Mail:
    """Take a message apart. Whatever the bytes are, this answers."""
    message = message_from_bytes(raw, policy=policy.compat32)
    headers = _headers(message)
    parts = _Parts()
    parts.take(message, 0)
    sender = _addresses(headers.get("from", ()))
    plain, html = "\n".join(parts.plain), "\n".join(parts.html)
    return Mail(
        headers=headers,
        text=capped(plain) if plain.strip() else capped(text_of(html[: 4 * MOST_CHARACTERS])),
        html=html[: 4 * MOST_CHARACTERS],
        sender=sender[0][1] if sender else "",
        sender_name=sender[0][0] if sender else "",
        to=tuple(address for _, address in _addresses((*headers.get("to", ()), *headers.get("cc", ())))),
        subject=" ".join("".join(headers.get("subject", ())[:1]).split()),
        message_id=next(iter(ids("".join(headers.get("message-id", ())[:1]))), ""),
        answers=_answers(headers),
        date=_moment("".join(headers.get("date", ())[:1])),
        attachments=tuple(parts.attachments),
        reports=parts.reports,
        returned=capped(parts.returned),
    )


def capped(text: str) -> str:
    """Return as much of a text as is looked at, with one kind of line end."""
    lines = text[:MOST_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(lines[:MOST_LINES])


def ids(text: str) -> tuple[str, ...]:
    """Return the message ids in a header, with their angle brackets."""
    return tuple(re.findall(r"<[^<>\s]{1,900}>", text))


def decoded(value: object) -> str:
    """Return a header's words, however they were encoded."""
    text = str(value)
    if "=?" not in text:
        return _repaired(text)
    try:
        return "".join(_piece(piece, charset) for piece, charset in decode_header(text))
    except (ValueError, LookupError, TypeError, AssertionError):
        return text


def _piece(piece: bytes | str, charset: str | None) -> str:
    return piece if isinstance(piece, str) else _text(piece, charset or "")


def _repaired(text: str) -> str:
    """Return text whose raw bytes a sender put into a header as they were."""
    if not re.search("[\udc80-\udcff]", text):
        return text
    return _text(text.encode("utf-8", "surrogateescape"), "")


def _text(data: bytes, charset: str) -> str:
    for name in (charset, "utf-8", "cp1252"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("latin-1")


def _headers(message: Message) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, value in message.items()[:MOST_HEADERS]:
        found.setdefault(name.strip().casefold(), []).append(decoded(value)[:20_000])
    return {name: tuple(values) for name, values in found.items()}


def _addresses(values: tuple[str, ...]) -> list[tuple[str, str]]:
    try:
        pairs = getaddresses([value.replace("\n", " ").replace("\r", " ") for value in values])
    except (ValueError, IndexError, TypeError):
        pairs = []
    found = [(name.strip(), address.strip().casefold()) for name, address in pairs if "@" in address]
    # What the standard library makes nothing of still shows an address to the eye.
    return found or [("", a.casefold()) for value in values for a in re.findall(r"[^\s<>,;:\"]+@[^\s<>,;:\"]+", value)]


def _answers(headers: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the ids it answers, the nearest first."""
    direct = ids(" ".join(headers.get("in-reply-to", ())))
    earlier = reversed(ids(" ".join(headers.get("references", ()))))
    return tuple(dict.fromkeys((*direct, *earlier)))


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


class _Parts:
    """The parts of a message, sorted as they are found."""

    def __init__(self) -> None:
        self.plain: list[str] = []
        self.html: list[str] = []
        self.attachments: list[Attachment] = []
        self.reports: dict[str, str] = {}
        self.returned = ""
        self._left = MOST_PARTS

    def take(self, part: Message, depth: int) -> None:
        """Look at a part and all within it."""
        self._left -= 1
        if self._left < 0 or depth > DEEPEST:
            return
        kind = part.get_content_type()
        if kind in REPORTS:
            self.reports.setdefault(kind, _inside(part))
        elif kind in _RETURNED:
            self.returned = self.returned or _inside(part)
            if kind == "message/rfc822":
                self._attached(part, kind)
        elif part.is_multipart():
            for inner in _within(part):
                self.take(inner, depth + 1)
        elif _is_text(part, kind):
            (self.html if kind == "text/html" else self.plain).append(_body(part))
        else:
            self._attached(part, kind)

    def _attached(self, part: Message, kind: str) -> None:
        name = _name(part)
        if name or kind != "message/rfc822":
            size = len(part.get_payload(decode=True) or b"") if not part.is_multipart() else 0
            self.attachments.append(Attachment(name, kind, size))


def _within(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (inner for inner in payload if isinstance(inner, Message))


def _is_text(part: Message, kind: str) -> bool:
    attached = str(part.get("Content-Disposition", "")).strip().casefold().startswith("attachment")
    return kind in ("text/plain", "text/html") and not attached and not _name(part)


def _name(part: Message) -> str:
    try:
        name = part.get_filename()
    except (ValueError, TypeError, LookupError):
        name = None
    return re.sub(r"[\x00-\x1f\x7f/\\]", "_", decoded(name).strip())[:200] if name else ""


def _body(part: Message) -> str:
    try:
        data = part.get_payload(decode=True)
        charset = str(part.get_content_charset() or "")
    except (ValueError, LookupError, TypeError, AssertionError):
        data, charset = None, ""
    text = _text(data, charset) if isinstance(data, bytes) else str(part.get_payload())
    return _flowing(text, part) if str(part.get_param("format", "")).casefold() == "flowed" else text


def _flowing(text: str, part: Message) -> str:
    """Join the lines of flowed text (RFC 3676): one that ends in a blank goes on in the next of the same depth."""
    gone = str(part.get_param("delsp", "")).casefold() == "yes"
    lines: list[str] = []
    going_on = False
    for line in text.replace("\r\n", "\n").split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        before = lines[-1] if lines else ""
        same = going_on and len(before) - len(before.lstrip(">")) == depth
        rest = line[depth:].removeprefix(" ") if same else line
        if same:
            lines[-1] = (before[:-1] if gone else before) + rest
        else:
            lines.append(line)
        going_on = line.endswith(" ") and line.rstrip("> ") != "--" and line != "-- "
    return "\n".join(lines)


def _inside(part: Message) -> str:
    """Return what a report or a returned message holds, as text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return "\n\n".join(_as_text(inner) for inner in payload if isinstance(inner, Message))
    return _body(part)


def _as_text(message: Message) -> str:
    head = "\n".join(f"{name}: {decoded(value)}" for name, value in message.items()[:MOST_HEADERS])
    if message.is_multipart():
        bodies = "\n".join(_as_text(inner) for inner in list(_within(message))[:20])
    else:
        bodies = _body(message)
    return f"{head}\n\n{bodies}"
