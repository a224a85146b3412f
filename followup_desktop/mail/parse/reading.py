"""Taking a message apart: tolerant of what is malformed, and never more than a bounded part of it.

The standard library's compat32 policy is used because its newer policies raise on malformed mail.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from itertools import islice
from quopri import decodestring

from followup_desktop.mail.parse.html import text_of
from followup_desktop.mail.parse.model import Attachment, Mail

MOST_CHARACTERS = 64_000
"""What is read of a text; a longer one is cut."""
MOST_LINES = 2_000
DEEPEST = 12
"""Messages within messages are opened so far and no further."""
MOST_PARTS = 200
MOST_HEADERS = 400

LONGEST_HEADER = 20_000
LARGEST = 10_000_000
"""Bytes of a message that are looked at."""

REPORTS = ("message/delivery-status", "message/disposition-notification", "message/feedback-report")
_GLOBAL = {
    "message/global-delivery-status": "message/delivery-status",
    "message/global-disposition-notification": "message/disposition-notification",
    "message/x-delivery-status": "message/delivery-status",
    "text/x-delivery-status": "message/delivery-status",
}
"""Reports under other names: those of RFC 6533, and of servers that did not wait for RFC 1894."""
_RETURNED = (
    "message/rfc822",
    "text/rfc822-headers",
    "text/rfc822",
    "message/rfc822-headers",
    "message/global",
    "message/global-headers",
    "message/partial",
)


def read_mail(raw: bytes) -> Mail:
    """Take a message apart. Whatever the bytes are, this answers."""
    message = _message(raw[:LARGEST])
    headers = _headers(message)
    parts = _Parts()
    parts.take(message, 0)
    sender = _addresses(headers.get("from", ()) or headers.get("sender", ()))
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
        reports={kind: capped(report) for kind, report in parts.reports.items()},
        returned=capped(parts.returned),
        is_plain=bool(plain.strip()),
    )


def _message(raw: bytes) -> Message:
    """Parse a message; one built to exhaust the parser is a message without parts."""
    raw = raw.lstrip(b"\r\n\t ") if raw[:1].isspace() else raw
    if re.match(rb"(>?From |>From )[^\r\n]*\r?\n", raw):  # the first line of a message kept in an mbox
        raw = raw.partition(b"\n")[2]
    try:
        return message_from_bytes(raw, policy=policy.compat32)
    except (RecursionError, ValueError, LookupError, AssertionError, TypeError):
        head, _, body = raw.partition(b"\n\n")
        plain = re.sub(rb"(?im)^content-[a-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*", b"", head + b"\n")
        return message_from_bytes(plain + b"\n" + body, policy=policy.compat32)


def capped(text: str) -> str:
    """Return as much of a text as is looked at, with one kind of line end."""
    lines = text[:MOST_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(lines[:MOST_LINES])


def ids(text: str) -> tuple[str, ...]:
    """Return the message ids in a header, with their angle brackets."""
    return tuple(re.findall(r"<[^<>\s]{1,900}>", text))


def decoded(value: object) -> str:
    """Return a header's words, however they were encoded."""
    text = str(value)[:LONGEST_HEADER]
    if "=?" not in text:
        return _repaired(text)
    try:
        # A letter cut in two over encoded words is whole again once the bytes of one charset are joined.
        return "".join(_piece(piece, charset) for piece, charset in decode_header(_repaired(text)))
    except (ValueError, LookupError, TypeError, AssertionError):
        return text


def _piece(piece: bytes | str, charset: str | None) -> str:
    return piece if isinstance(piece, str) else _text(piece, charset or "")


def _repaired(text: str) -> str:
    """Return text whose raw bytes a sender put into a header as they were."""
    if not re.search("[\udc80-\udcff]", text):
        return text
    return _text(text.encode("utf-8", "surrogateescape"), "")


_CHARSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "cp-850": "cp850",
    "x-mac-roman": "mac-roman",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
}
"""Names that stand for more than they say, as browsers read them too (WHATWG Encoding)."""


def _text(data: bytes, charset: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") and len(data) % 2 == 0:
        charset = "utf-16"
    name = charset.strip().strip("'\"").casefold()
    for one in (_CHARSETS.get(name, name), "utf-8", "cp1252"):
        try:
            text = data.decode(one)
            return text if isinstance(text, str) else data.decode("latin-1")
        except (LookupError, UnicodeDecodeError, ValueError, AttributeError, TypeError):
            continue
    known = _CHARSETS.get(name, name) if name not in ("", "utf-8", "utf8", "us-ascii", "ascii") else "latin-1"
    try:
        return data.decode(known, "replace")
    except (LookupError, ValueError):
        return data.decode("latin-1")


def _headers(message: Message) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, value in islice(message.raw_items(), MOST_HEADERS):  # items() would lose bytes that stand there raw
        found.setdefault(name.strip().casefold(), []).append(decoded(value))
    return {name: tuple(values) for name, values in found.items()}


def _addresses(values: tuple[str, ...]) -> list[tuple[str, str]]:
    lines = [" ".join(value.split()) for value in values]
    try:
        pairs = getaddresses(lines)
    except (ValueError, IndexError, TypeError, RecursionError):
        pairs = []
    found = [
        (name.strip().strip("'\""), _on_the_wire(bare))
        for name, address in pairs
        if "@" in (bare := "".join(address.split()).strip("<>'\"").casefold())
    ]
    # What the standard library makes nothing of still shows an address to the eye.
    return found or [("", found.casefold()) for line in lines for found in _SHOWN.findall(line)]


def _on_the_wire(address: str) -> str:
    """Return an address with its domain in ASCII, as customers' are kept (RFC 5890); one that cannot be stays."""
    if address.isascii():
        return address
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return address


_SHOWN = re.compile(r"(?<![^\s<>,;:\"'()\[\]])[^\s<>,;:\"'()\[\]@]{1,64}@[^\s<>,;:\"'()\[\]@]{1,255}")


def _answers(headers: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the ids it answers, the nearest first."""
    direct = ids(" ".join(headers.get("in-reply-to", ())))
    earlier = reversed(ids(" ".join(headers.get("references", ()))))
    # Microsoft and Yahoo name what is answered in fields of their own as well.
    more = ids(" ".join(one for name in _ALSO_ANSWERS for one in headers.get(name, ())))
    return tuple(dict.fromkeys((*direct, *earlier, *more)))[:200]


_ALSO_ANSWERS = ("x-original-message-id", "x-microsoft-original-message-id", "original-message-id", "x-in-reply-to")


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        moment.astimezone(UTC)
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
        kind = _GLOBAL.get(kind, kind)
        if kind in REPORTS:
            before = self.reports.get(kind, "")
            self.reports[kind] = f"{before}\n\n{_inside(part)}".strip()
        elif kind in _RETURNED and depth:
            self.returned = self.returned or _inside(part)
            if kind == "message/rfc822":
                self._attached(part, kind)
        elif part.is_multipart():
            for inner in _within(part):
                self.take(inner, depth + 1)
        elif _is_text(part, kind):
            (self.html if kind == "text/html" else self.plain).append(_body(part))
        elif not depth and not kind.startswith(("image/", "audio/", "video/", "application/")):
            self.plain.append(_body(part))  # a message that is nothing but this part, whatever it calls itself
        else:
            self._attached(part, kind)

    def _attached(self, part: Message, kind: str) -> None:
        name = _name(part)
        if name or kind != "message/rfc822":
            self.attachments.append(Attachment(name, kind, _size(part)))


def _size(part: Message) -> int:
    if part.is_multipart():
        return 0
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        return 0
    return len(data) if isinstance(data, bytes) else 0


def _within(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (inner for inner in payload if isinstance(inner, Message))


def _is_text(part: Message, kind: str) -> bool:
    placed = str(part.get("Content-Disposition", "")).strip().casefold()
    if kind not in ("text/plain", "text/html") or placed.startswith("attachment"):
        return False
    return not _name(part) or (placed.startswith("inline") and kind == "text/html")


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
    text = text.replace("\0", "")
    return _flowing(text, part) if _parameter(part, "format") == "flowed" else text


def _parameter(part: Message, name: str) -> str:
    try:
        value = part.get_param(name, "")
    except (ValueError, LookupError, TypeError, AssertionError):
        return ""
    return value.casefold() if isinstance(value, str) else ""


def _flowing(text: str, part: Message) -> str:
    """Join the lines of flowed text (RFC 3676): one that ends in a blank goes on in the next of the same depth."""
    gone = _parameter(part, "delsp") == "yes"
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
    if not isinstance(payload, list):
        return _body(part)
    text = "\n\n".join(_as_text(inner) for inner in payload if isinstance(inner, Message))
    coding = str(part.get("Content-Transfer-Encoding", "")).strip().casefold()
    return _uncoded(text, coding) if coding in ("base64", "quoted-printable") else text


def _uncoded(text: str, coding: str) -> str:
    """Return an encoded report as it was: the parser took it for clear text, which the standard asks for."""
    data = text.strip().encode("utf-8", "replace")
    try:
        plain = b64decode(b"".join(data.split())) if coding == "base64" else decodestring(data)
    except ValueError:
        return text
    clear = _text(plain, "")
    return clear if ":" in clear[:400] else text


def _as_text(message: Message, depth: int = 0) -> str:
    head = "\n".join(f"{name}: {decoded(value)}" for name, value in islice(message.raw_items(), MOST_HEADERS))
    if message.is_multipart():
        inside = list(_within(message))[:20] if depth < DEEPEST else []
        bodies = "\n".join(_as_text(inner, depth + 1) for inner in inside)
    else:
        bodies = _body(message)
    return f"{head}\n\n{bodies}"


def attachment(raw: bytes, name: str) -> bytes | None:
    """Return the bytes of the first part of a message with this name, as `attachments` tell it; None without one."""
    for place, part in enumerate(_message(raw).walk()):
        if place > MOST_PARTS:
            break
        if not part.is_multipart() and _name(part) == name:
            data = part.get_payload(decode=True)
            return data if isinstance(data, bytes) else None
    return None
