"""Building messages. Pure: no clock, no network, the same letter always gives the same bytes.

The header policy is our own because `email.policy.SMTP` of Python 3.11 folds long quoted names into wrong
address lists (gh-80222, gh-100884), subjects that do not read back (gh-121284) and References as encoded
words, which breaks threads (gh-79986).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address, HeaderRegistry, UniqueAddressHeader, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import format_datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from followup_desktop.base.errors import Problem

LONGEST_MAILTO = 1800
"""Characters a mailto link may have; Windows and some mail programs cut longer ones off."""


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message, under the name it arrives with."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Letter:
    """One plain-text message to one person; everything that becomes bytes.

    `date` is aware. `message_id`, `in_reply_to` and `references` are whole ids with their angle brackets.
    `list_unsubscribe` is a mailto link (a web link would need a server of ours).
    """

    from_name: str
    from_address: str
    to_name: str
    to_address: str
    subject: str
    text: str
    message_id: str
    date: datetime
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    list_unsubscribe: str | None = None
    attachments: tuple[Attachment, ...] = ()
    reply_to: str = ""
    """Where answers go, if not to `from_address`."""
    signature: str = ""
    """Lines below the text."""
    asks_receipt: bool = False
    """Whether the reader's program is asked to say that it was shown (RFC 8098); most ask the reader first."""


def compose(letter: Letter) -> bytes:
    """Return the message as it goes out: CRLF line ends, ASCII only, nothing added later. Raises `Problem`."""
    message = _letter_head(letter)
    message["Date"] = format_datetime(_aware(letter.date))
    message["Message-ID"] = _checked_id(letter.message_id)
    if letter.in_reply_to and _is_id(letter.in_reply_to):
        message["In-Reply-To"] = letter.in_reply_to
    if references := _references(letter.references):
        message["References"] = references
    if letter.asks_receipt:
        message["Disposition-Notification-To"] = letter.from_address
    if letter.list_unsubscribe:
        message["List-Unsubscribe"] = _unsubscribe(letter.list_unsubscribe)
    _put_text(message, signed(letter.text, letter.signature))
    _attach(message, letter.attachments)
    return message.as_bytes()


def signed(text: str, signature: str) -> str:
    """Put a signature below a text, with the line before it by which mail programs know one (RFC 3676 4.3)."""
    return f"{text.rstrip()}\n\n-- \n{signature.strip()}\n" if signature.strip() else text


def redated(raw: bytes, date: datetime) -> bytes:
    """Return a message that was never tried with another date; nothing else of it changes."""
    head, blank, body = raw.partition(b"\r\n\r\n")
    line = f"Date: {format_datetime(_aware(date))}".encode("ascii")
    return re.sub(rb"(?im)^Date:[^\r\n]*", line, head, count=1) + blank + body


def eml(letter: Letter) -> bytes:
    """Return the message as a file that a mail program opens for sending: it puts Date and Message-ID itself.

    Without `from_address` it puts the sender too.
    """
    message = _letter_head(letter, sender=bool(letter.from_address))
    message["X-Unsent"] = "1"
    _put_text(message, letter.text)
    _attach(message, letter.attachments)
    return message.as_bytes()


def mailto(to: str, subject: str, text: str) -> str:
    """Return a link that opens the mail program with the message filled in (RFC 6068).

    Raises `Problem` when it would be longer than mail programs read: half a message is worse than none.
    """
    fields = [("subject", subject), ("body", _lines(text).replace("\n", "\r\n") if text else "")]
    _refuse_control_characters({"subject": subject})
    given = "&".join(f"{name}={quote(_unicode(value), safe='')}" for name, value in fields if value)
    link = f"mailto:{quote(check_address(to), safe='@')}" + (f"?{given}" if given else "")
    if len(link) > LONGEST_MAILTO:
        raise Problem(
            "The message is too long to hand to the mail program in a link.",
            "Nothing was opened.",
            "Use Copy text, or save it as a file and open that.",
        )
    return link


def new_message_id(domain: str, token: str) -> str:
    """Return a Message-ID from a token that is used only once, such as a UUID in hexadecimal."""
    return _checked_id(f"<{token}@{_ascii_domain(domain)}>")


def check_address(text: str) -> str:
    """Return an address as mail servers take it: its domain in ASCII and small letters. Raises `Problem`."""
    # Loads its tables in 30 ms or more; only where an address is typed, imported or written to.
    from email_validator import EmailNotValidError, validate_email

    address = text.strip()
    try:
        # Whether the domain exists is for the mail server to say; a domain without a dot is a typing mistake.
        checked = validate_email(address, check_deliverability=False, globally_deliverable=False, test_environment=True)
    except EmailNotValidError:
        raise _not_an_address(address) from None
    if "." not in checked.domain:
        raise _not_an_address(address)
    if checked.ascii_email is None:
        raise Problem(
            f"{_shown(address)} has letters before the @ that many mail servers do not take.",
            to_do="Ask for another address.",
        )
    return checked.ascii_email


class _Control(Problem):
    """A header holds a character that would end it."""

    def __init__(self, name: str) -> None:
        words = {"subject": "The subject", "from": "Your name", "to": "The customer's name"}
        super().__init__(
            f"{words.get(name.lower(), name)} has a line break or another invisible character in it.",
            "Nothing was sent.",
            "Type it again.",
        )


_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_PLAIN_PHRASE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>\Z")


def _words(text: str, room: int) -> str:
    """Return `text` as encoded words (RFC 2047), none of which makes a line longer than `room`."""
    encoded = Header(text, "utf-8", maxlinelen=room).encode(linesep="\n")
    return encoded.replace("\n ", "\r\n ")


def _phrase(name: str) -> str:
    """Return a display name so that no program can read it as addresses."""
    if not name.isascii() or "=?" in name or len(name) > 200:
        return _words(name, 72)
    if _PLAIN_PHRASE.match(name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


class _People(UniqueAddressHeader):
    """From and To: each address whole on a line, names quoted or encoded as one."""

    name: str

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: " + ",\r\n ".join(self._one(address) for address in self.addresses) + "\r\n"

    @staticmethod
    def _one(address: Address) -> str:
        phrase = _phrase(address.display_name)
        if not phrase:
            return address.addr_spec
        gap = "\r\n " if len(phrase) > 60 else " "
        return f"{phrase}{gap}<{address.addr_spec}>"


class _AsWritten(UnstructuredHeader):
    """A header that means what it says: words that look encoded are the writer's own, and stay as they are."""

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        """Keep the value, which the standard library would decode; what it folds by is not needed."""
        kwds["parse_tree"], kwds["decoded"] = None, value


class _Verbatim(_AsWritten):
    """Ids and links: broken only at the spaces that are there, never encoded."""

    max_count = 1
    name: str

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: " + "\r\n ".join(str(self).split()) + "\r\n"


class _Subject(_AsWritten):
    """The subject: as it is while it fits on one line, else in encoded words."""

    max_count = 1
    name: str

    def fold(self, *, policy: Policy) -> str:
        text = str(self)
        if text.isascii() and len(text) < 68 and "=?" not in text and text == text.strip():
            return f"{self.name}: {text}\r\n"
        # The first line is shorter by the header's name, and "Subject: " is as long as a line may be indented.
        return f"{self.name}: {_words(text, 66)}\r\n"


class _SafePolicy(EmailPolicy):
    """Refuses what could end a header early."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        if not re.fullmatch(r"[!-9;-~]+", name):
            raise ValueError(f"not a header name: {name!r}")
        if isinstance(value, str) and _CONTROL.search(value):
            raise _Control(name)
        return super().header_store_parse(name, value)


def _registry() -> HeaderRegistry:
    registry = HeaderRegistry()
    kinds = {"from": _People, "to": _People, "subject": _Subject}
    kinds |= dict.fromkeys(("message-id", "in-reply-to", "references", "list-unsubscribe"), _Verbatim)
    for name, kind in kinds.items():
        # The stubs ask for BaseHeader, which the registry mixes in itself.
        registry.map_to_type(name, kind)  # type: ignore[arg-type]
    return registry


_POLICY = _SafePolicy(
    linesep="\r\n", max_line_length=78, header_factory=_registry(), refold_source="none", cte_type="7bit", utf8=False
)


def _letter_head(letter: Letter, *, sender: bool = True) -> EmailMessage:
    _refuse_control_characters({"from": letter.from_name, "to": letter.to_name, "subject": letter.subject})
    message = EmailMessage(policy=_POLICY)
    if sender:
        message["From"] = _person(letter.from_name, letter.from_address)
        if letter.reply_to and letter.reply_to.casefold() != letter.from_address.casefold():
            message["Reply-To"] = _person(letter.from_name, letter.reply_to)
    message["To"] = _person(letter.to_name, letter.to_address)
    message["Subject"] = letter.subject
    return message


def _person(name: str, address: str) -> Address:
    user, _, domain = check_address(address).rpartition("@")
    return Address(" ".join(name.split()), user, domain)


def _put_text(message: EmailMessage, text: str) -> None:
    lines = _lines(_unicode(text))
    # Bare control characters may not travel as they are; encoded they arrive.
    hidden = re.search("[\x00-\x08\x0b-\x1f\x7f]", lines) is not None
    message.set_content(lines, cte="quoted-printable" if hidden else None)


_OTHER = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_KINDS = MappingProxyType(
    {
        "pdf": "application/pdf", "txt": "text/plain", "csv": "text/csv", "ics": "text/calendar", "vcf": "text/vcard",
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
        "doc": "application/msword", "docx": f"{_OFFICE}.wordprocessingml.document", "rtf": "application/rtf",
        "xls": "application/vnd.ms-excel", "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
        "odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet",
    }
)  # fmt: skip
"""What a file is, by its ending. Not the system's own table, which differs from one computer to the next."""


def _attach(message: EmailMessage, attachments: Iterable[Attachment]) -> None:
    for number, one in enumerate(attachments):
        if number == 0:
            message.make_mixed(boundary=_boundary(message))
        main, _, sub = _KINDS.get(one.name.rpartition(".")[2].lower(), _OTHER).partition("/")
        part = EmailMessage(policy=_POLICY)
        part.set_content(one.data, main, sub, disposition="attachment", filename=_file_name(one.name))
        del part["MIME-Version"]
        message.attach(part)


def _boundary(message: EmailMessage) -> str:
    """Return a boundary that follows from the message: the same letter always gives the same bytes."""
    return f"=_{hashlib.sha256(str(message.get('Message-ID', message.as_bytes())).encode()).hexdigest()[:40]}"


def _file_name(name: str) -> str:
    """Return a file name without what could end a header or name a folder."""
    clean = _CONTROL.sub("", _unicode(name)).replace("/", "-").replace("\\", "-").strip(" .")
    return clean or "enclosure"


def _lines(text: str) -> str:
    """Return text with one kind of line end, ending in one."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if lines.endswith("\n") else lines + "\n"


def _unicode(text: str) -> str:
    if re.search("[\ud800-\udfff]", text):
        raise Problem("The text has a broken character in it.", "Nothing was sent.", "Type that part again.")
    return text


def _refuse_control_characters(headers: dict[str, str]) -> None:
    for name, value in headers.items():
        if _CONTROL.search(value):
            raise _Control(name)


def _references(ids: Iterable[str]) -> str:
    """Return the ids of a thread: its first and its last twenty, without those no program could match."""
    whole = [one for one in ids if _is_id(one)]
    return " ".join(whole if len(whole) <= 21 else [whole[0], *whole[-20:]])


def _is_id(text: str) -> bool:
    """Whether an id is one; a foreign program's broken id costs the thread, not the message."""
    if _CONTROL.search(text):
        raise _Control("The thread of this message")
    return _MESSAGE_ID.match(text) is not None


def _checked_id(text: str) -> str:
    if not _MESSAGE_ID.match(text) or text.count("@") != 1:
        raise ValueError(f"not a Message-ID: {text!r}")
    return text


def _unsubscribe(link: str) -> str:
    link = link.strip()
    bare = link[1:-1] if link.startswith("<") and link.endswith(">") else link
    if _CONTROL.search(bare):
        raise _Control("The way to unsubscribe")
    if not re.fullmatch(r"mailto:[!-;=?-~]+", bare):
        raise ValueError(f"not a mailto link: {bare!r}")
    return f"<{bare}>"


def _aware(date: datetime) -> datetime:
    if date.tzinfo is None:
        raise ValueError("the date of a letter needs a time zone")
    return date


def _ascii_domain(domain: str) -> str:
    return check_address(f"postmaster@{domain}").rpartition("@")[2]


def _shown(address: str) -> str:
    """Return what was typed, short and printable, for a sentence."""
    text = "".join(character for character in address if character.isprintable())
    return f"“{text[:60]}{'…' if len(text) > 60 else ''}”"


def _not_an_address(address: str) -> Problem:
    if not address:
        return Problem("There is no email address.", to_do="Type one, like name@example.com.")
    return Problem(f"{_shown(address)} is not an email address.", to_do="It should look like name@example.com.")
