"""A small IMAP server on loopback that speaks as Gmail does where Gmail differs (X-GM-EXT-1).

Only what the program asks: signing in, listing, opening, searching (by UID, by day, by header and by Gmail's own
words), reading heads and bodies with Gmail's numbers, waiting (IDLE) and appending. A message has one number
(X-GM-MSGID) however many folders it lies in, and one for its thread (X-GM-THRID); its UID differs from folder to
folder. It looks for a Message-ID with Gmail's words alone, so a test sees which way was taken.
"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from types import TracebackType
from typing import BinaryIO

SENT, ALL = "[Gmail]/Sent Mail", "[Gmail]/All Mail"
FOLDERS = {"INBOX": "", ALL: r"\All", "[Gmail]/Drafts": r"\Drafts", SENT: r"\Sent"}
FIRST_NUMBER = 1_278_455_344_230_334_000
"""Gmail's numbers are larger than 32 bits hold."""


@dataclass(frozen=True)
class Kept:
    """A message as Gmail has it: once, with its numbers."""

    raw: bytes
    number: int
    thread: int


@dataclass
class GmailImap:
    """The server: start it with `with`, fill it with `deliver`; `searched` and `fetched` are what was asked."""

    boxes: dict[str, dict[int, Kept]] = field(default_factory=lambda: {name: {} for name in FOLDERS})
    searched: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    validity: int = 7
    numbers_last: bool = False
    """Whether the numbers are told after the body, as servers are free to."""
    _idle: dict[BinaryIO, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> GmailImap:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def file_sent(self, raw: bytes) -> None:
        """File what was sent, as Gmail does by itself."""
        self.deliver(raw, SENT)

    def deliver(self, raw: bytes, *folders: str, thread: int = 0) -> Kept:
        """Put a message into folders and, as every message of Gmail's, into All Mail; return it with its numbers."""
        with self._lock:
            number = FIRST_NUMBER + len(self.boxes[ALL])
            kept = Kept(raw, number, thread or self._thread_of(raw) or number)
            for folder in dict.fromkeys((*(folders or ("INBOX",)), ALL)):
                box = self.boxes[folder]
                box[max(box, default=10 * len(folder)) + 3] = kept
            for wire, folder in self._idle.items():
                if folder in (folders or ("INBOX",)):
                    wire.write(f"* {len(self.boxes[folder])} EXISTS\r\n".encode())
        return kept

    def forget_uids(self) -> None:
        """Number all folders anew, as after a restore."""
        with self._lock:
            self.validity += 1
            self.boxes = {name: dict(enumerate(box.values(), 1)) for name, box in self.boxes.items()}

    def waiting(self) -> int:
        """Return how many wait for what comes."""
        return len(self._idle)

    def _thread_of(self, raw: bytes) -> int:
        head = message_from_bytes(raw)
        named = f"{head['References'] or ''} {head['In-Reply-To'] or ''}".split()
        return next((one.thread for one in self.boxes[ALL].values() if _id(one.raw) in named), 0)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        folder = "INBOX"
        with line, line.makefile("rwb", buffering=0) as wire, contextlib.suppress(OSError):
            wire.write(b"* OK Gimap ready\r\n")
            while said := wire.readline().decode("utf-8", "replace").strip():
                tag, _, rest = said.partition(" ")
                word, _, words = rest.partition(" ")
                if word.upper() == "UID":
                    word, _, words = words.partition(" ")
                if word.upper() in ("SELECT", "EXAMINE"):
                    folder = words.strip('"')
                done = self._answer(wire, word.upper(), words, folder)
                wire.write(f"{tag} {done}\r\n".encode())
                if word.upper() == "LOGOUT":
                    return

    def _answer(self, wire: BinaryIO, word: str, words: str, folder: str) -> str:
        if word == "CAPABILITY":
            wire.write(b"* CAPABILITY IMAP4rev1 UIDPLUS IDLE X-GM-EXT-1 SPECIAL-USE\r\n")
        elif word == "LIST":
            for name, use in FOLDERS.items():
                wire.write(f'* LIST (\\HasNoChildren {use}) "/" "{name}"\r\n'.encode())
        elif word in ("SELECT", "EXAMINE"):
            if folder not in self.boxes:
                return "NO [NONEXISTENT] Unknown Mailbox"
            count = len(self.boxes[folder])
            wire.write(f"* {count} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] valid\r\n".encode())
        elif word == "SEARCH":
            self.searched.append(words)
            box = self.boxes[folder]
            found = [str(uid) for uid, kept in box.items() if _matches(uid, kept.raw, words, max(box))]
            wire.write(f"* SEARCH {' '.join(found)}\r\n".encode())
        elif word == "FETCH":
            self._fetch(wire, words, folder)
        elif word == "APPEND":
            return self._append(wire, words)
        elif word == "AUTHENTICATE":
            wire.write(b"+ \r\n")
            wire.readline()
        elif word == "IDLE":
            return self._wait(wire, folder)
        elif word == "LOGOUT":
            wire.write(b"* BYE\r\n")
        elif word not in ("LOGIN", "NOOP"):
            return "BAD Unknown command"
        return "OK Success"

    def _wait(self, wire: BinaryIO, folder: str) -> str:
        with self._lock:
            self._idle[wire] = folder
            wire.write(b"+ idling\r\n")
        said = wire.readline().strip().upper()
        with self._lock:
            del self._idle[wire]
        return "OK IDLE terminated" if said == b"DONE" else "BAD Expected DONE"

    def _fetch(self, wire: BinaryIO, words: str, folder: str) -> None:
        self.fetched.append(words)
        sets, box = words.split()[0], self.boxes[folder]
        for place, (uid, kept) in enumerate(box.items(), 1):
            if not _is_in(uid, sets, max(box)):
                continue
            head = kept.raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            part = head if "HEADER" in words else kept.raw
            numbers = ""
            if "X-GM-THRID" in words:
                numbers = f"X-GM-THRID {kept.thread} X-GM-MSGID {kept.number}"
            first, last = (f"UID {uid} ", f" {numbers}") if self.numbers_last else (f"{numbers} UID {uid} ", "")
            wire.write(f"* {place} FETCH ({first}BODY[] {{{len(part)}}}\r\n".encode() + part + f"{last})\r\n".encode())

    def _append(self, wire: BinaryIO, words: str) -> str:
        name = re.match(r'"([^"]+)"', words)
        size = re.search(r"\{(\d+)\}$", words)
        assert name is not None
        assert size is not None
        wire.write(b"+ go ahead\r\n")
        raw = b""
        while len(raw) < int(size[1]):
            raw += wire.read(int(size[1]) - len(raw))
        wire.readline()
        self.deliver(raw, name[1])
        return f"OK [APPENDUID {self.validity} {max(self.boxes[name[1]])}] (Success)"


def _id(raw: bytes) -> str:
    return str(message_from_bytes(raw)["Message-ID"] or "")


def _is_in(uid: int, sets: str, largest: int) -> bool:
    """Whether a UID is in a set such as 3,5:7,9:* (the largest is in any that ends with a star)."""
    return any(first <= uid <= last for first, last in _ranges(sets, largest))


def _ranges(sets: str, largest: int) -> Iterator[tuple[int, int]]:
    for one in sets.split(","):
        first, _, last = one.partition(":")
        ends = sorted(largest if end == "*" else int(end) for end in (first, last or first))
        yield ends[0], ends[1]


def _matches(uid: int, raw: bytes, words: str, largest: int) -> bool:
    ours = message_from_bytes(raw)
    if asked := re.match(r"UID (\S+)$", words):
        return _is_in(uid, asked[1], largest)
    if words.startswith("SINCE "):
        return True
    if asked := re.match(r'X-GM-RAW "?rfc822msgid:([^"]+)"?', words):
        return str(ours["Message-ID"]).strip("<>") == asked[1]
    if asked := re.match(r'HEADER (\S+) "?([^"]+)"?', words):
        return asked[1].upper() != "MESSAGE-ID" and asked[2] in str(ours[asked[1]] or "")
    return False
