"""Which folder of a mailbox holds drafts, and which sent messages. Pure: works on the server's answer to LIST."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Listed:
    """One folder as the server lists it (RFC 3501 7.2.2)."""

    name: str
    flags: frozenset[str]
    delimiter: str

    @property
    def depth(self) -> int:
        """How many folders it lies in; what lies in INBOX counts as lying in none, as on many servers all do."""
        inside = self.parts[1:] if self.parts[0].upper() == "INBOX" else self.parts
        return max(len(inside) - 1, 0)

    @property
    def parts(self) -> list[str]:
        """The names on the way to it, its own last."""
        return self.name.split(self.delimiter) if self.delimiter else [self.name]


@dataclass(frozen=True)
class Folders:
    """Where drafts and sent messages lie (None: not found, so the owner is asked), and all folders there are."""

    drafts: str | None
    sent: str | None
    names: tuple[str, ...]


DRAFTS = frozenset(
    name.casefold()
    for name in (
        *("Drafts", "Draft", "Entwürfe", "Entwurf", "Brouillons", "Brouillon", "Borradores", "Borrador", "Bozze"),
        *("Rascunhos", "Rascunho", "Concepten", "Concept", "Utkast", "Kladder", "Kladde", "Luonnokset", "Drög"),
        *("Szkice", "Kopie robocze", "Wersje robocze", "Robocze", "Koncepty", "Rozepsané", "Rozpísané", "Piszkozatok"),
        *("Ciorne", "Schițe", "Чернови", "Черновики", "Чернетки", "Чарнавікі", "Skice", "Osnutki", "Nacrti"),
        *("Mustandid", "Melnraksti", "Juodraščiai", "Πρόχειρα", "Taslaklar", "טיוטות", "مسودات", "المسودات"),
        *(
            "پیش‌نویس‌ها",
            "草稿",
            "草稿箱",
            "草稿匣",
            "下書き",
            "임시 보관함",
            "임시보관함",
            "ฉบับร่าง",
            "Thư nháp",
            "Draf",
            "Konsep",
        ),
        *("Esborranys", "Zirriborroak", "Borradores de correo", "Drafts Messages", "Draft Messages"),
    )
)
SENT = frozenset(
    name.casefold()
    for name in (
        *("Sent", "Sent Items", "Sent Messages", "Sent Mail", "Sent-Mail", "Outbox Sent", "Sent Objects"),
        *("Gesendet", "Gesendete Objekte", "Gesendete Elemente", "Gesendete Nachrichten", "Gesendete Mails"),
        *("Envoyés", "Envoyé", "Éléments envoyés", "Messages envoyés", "Courrier envoyé", "Objets envoyés"),
        *("Enviados", "Enviado", "Elementos enviados", "Mensajes enviados", "Correo enviado", "Itens enviados"),
        *("Mensagens enviadas", "E-mails enviados", "Posta inviata", "Inviata", "Inviati", "Messaggi inviati"),
        *("Elementi inviati", "Verzonden", "Verzonden items", "Verzonden berichten", "Skickat", "Skickade"),
        *("Skickade objekt", "Sendt", "Sendt post", "Sendte elementer", "Sendte", "Sende elementer", "Lähetetyt"),
        *("Lähetetyt viestit", "Sent póstur", "Send póstur", "Wysłane", "Elementy wysłane", "Wysłana poczta"),
        *("Odeslané", "Odeslaná pošta", "Odoslané", "Odoslaná pošta", "Elküldött", "Elküldött elemek"),
        *("Elküldött levelek", "Trimise", "Mesaje trimise", "Elemente trimise", "Изпратени", "Отправленные"),
        *("Отправленная почта", "Надіслані", "Відправлені", "Адпраўленыя", "Poslano", "Poslane stavke", "Poslato"),
        *("Послато", "Saadetud", "Saadetud kirjad", "Nosūtītie", "Nosūtītās vēstules", "Išsiųsti", "Išsiųstieji"),
        *("Απεσταλμένα", "Gönderilmiş Öğeler", "Gönderilenler", "Gönderilmiş", "פריטים שנשלחו", "דואר יוצא", "נשלח"),
        *(
            "المرسل",
            "المرسلة",
            "العناصر المرسلة",
            "البريد المرسل",
            "已发送",
            "已傳送",
            "已发送邮件",
            "寄件備份",
            "寄件备份",
            "送信済み",
        ),
        *(
            "送信済みアイテム",
            "送信済みメール",
            "보낸 편지함",
            "보낸편지함",
            "ส่งแล้ว",
            "จดหมายที่ส่ง",
            "Đã gửi",
            "Thư đã gửi",
            "Terkirim",
        ),
        *("Item Terkirim", "Mel Terkirim", "Enviats", "Elements enviats", "Bidalita", "Bidaliak"),
    )
)

_LINE = re.compile(rb'\((?P<flags>[^)]*)\) (?P<delimiter>NIL|"(?:\\.|[^"\\])") (?P<name>.*)', re.DOTALL)


def parse_listing(answers: Iterable[bytes | tuple[bytes, bytes] | None]) -> list[Listed]:
    """Read the answers to LIST as imaplib gives them: lines, or a line and a literal with the name."""
    found = (_parse(answer) for answer in answers if answer)
    return [folder for folder in found if folder is not None]


def choose(listed: Sequence[Listed]) -> Folders:
    """Find the folders for drafts and sent messages: by their special use (RFC 6154), else by their names."""
    usable = [folder for folder in listed if not folder.flags & {"\\noselect", "\\nonexistent"}]
    return Folders(
        drafts=_find(usable, "\\drafts", DRAFTS),
        sent=_find(usable, "\\sent", SENT),
        names=tuple(folder.name for folder in usable),
    )


def on_the_wire(name: str) -> bytes:
    """Return a folder's name in modified UTF-7 (RFC 3501 5.1.3), quoted."""
    encoded = re.sub(r"[^\x20-\x7e]+|&", _shifted, name)
    return b'"' + encoded.replace("\\", "\\\\").replace('"', '\\"').encode() + b'"'


def _find(usable: Sequence[Listed], use: str, names: frozenset[str]) -> str | None:
    by_use = [folder for folder in usable if use in folder.flags]
    by_name = [folder for folder in usable if folder.parts[-1].casefold() in names]
    # A folder called Sent inside a customer's folder is that customer's.
    found = by_use or sorted((folder for folder in by_name if folder.depth <= 1), key=_nearness)
    return found[0].name if found else None


def _nearness(folder: Listed) -> tuple[int, str]:
    return folder.depth, folder.name


def _parse(answer: bytes | tuple[bytes, bytes]) -> Listed | None:
    line, literal = answer if isinstance(answer, tuple) else (answer, None)
    match = _LINE.match(line)
    if match is None:
        return None
    flags = frozenset(match["flags"].decode("ascii", "replace").lower().split())
    delimiter = "" if match["delimiter"] == b"NIL" else _unquoted(match["delimiter"])
    return Listed(
        _decoded(_unquoted(match["name"]) if literal is None else literal.decode("utf-8", "replace")), flags, delimiter
    )


def _unquoted(token: bytes) -> str:
    text = token.decode("utf-8", "replace")
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = re.sub(r"\\(.)", r"\1", text[1:-1])
    return text


def _decoded(name: str) -> str:
    return re.sub(r"&([A-Za-z0-9+,]*)-", _unshifted, name)


def _unshifted(match: re.Match[str]) -> str:
    if not match[1]:
        return "&"
    packed = match[1].replace(",", "/")
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-16-be")
    except (binascii.Error, UnicodeDecodeError):
        # Not encoded at all, as some servers list what another program made.
        return match[0]


def _shifted(match: re.Match[str]) -> str:
    if match[0] == "&":
        return "&-"
    packed = base64.b64encode(match[0].encode("utf-16-be")).decode().rstrip("=")
    return "&" + packed.replace("/", ",") + "-"
