"""A small IMAP server on loopback that speaks as Gmail does where Gmail differs (X-GM-EXT-1).

Only what the program asks: signing in, listing, opening, searching (by header and by Gmail's own words), reading
heads and bodies, appending. It looks for a Message-ID with Gmail's words alone, so a test sees which way was taken.
"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from dataclasses import dataclass, field
from email import message_from_bytes
from types import TracebackType
from typing import BinaryIO

SENT = "[Gmail]/Sent Mail"
FOLDERS = {"INBOX": "", "[Gmail]/All Mail": r"\All", "[Gmail]/Drafts": r"\Drafts", SENT: r"\Sent"}


@dataclass
class GmailImap:
    """The server: start it with `with`, fill it with `deliver`; `searched` is what was asked."""

    boxes: dict[str, list[bytes]] = field(default_factory=lambda: {name: [] for name in FOLDERS})
    searched: list[str] = field(default_factory=list)

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

    def deliver(self, raw: bytes, folder: str = "INBOX") -> None:
        """Put a message into a folder and, as every message of Gmail's, into All Mail."""
        self.boxes[folder].append(raw)
        self.boxes["[Gmail]/All Mail"].append(raw)

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
            wire.write(f"* {len(self.boxes[folder])} EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n".encode())
        elif word == "SEARCH":
            self.searched.append(words)
            found = [str(n) for n, raw in enumerate(self.boxes[folder], 1) if _matches(raw, words)]
            wire.write(f"* SEARCH {' '.join(found)}\r\n".encode())
        elif word == "FETCH":
            self._fetch(wire, words, folder)
        elif word == "APPEND":
            return self._append(wire, words)
        elif word == "LOGOUT":
            wire.write(b"* BYE\r\n")
        elif word not in ("LOGIN", "NOOP"):
            return "BAD Unknown command"
        return "OK Success"

    def _fetch(self, wire: BinaryIO, words: str, folder: str) -> None:
        number = int(words.split()[0])
        for raw in self.boxes[folder][number - 1 : number]:
            head = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            part = head if "HEADER" in words else raw
            wire.write(f"* {number} FETCH (UID {number} BODY[] {{{len(part)}}}\r\n".encode() + part + b")\r\n")

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
        return f"OK [APPENDUID 7 {len(self.boxes[name[1]])}] (Success)"


def _matches(raw: bytes, words: str) -> bool:
    ours = message_from_bytes(raw)
    if asked := re.match(r'X-GM-RAW "?rfc822msgid:([^"]+)"?', words):
        return str(ours["Message-ID"]).strip("<>") == asked[1]
    if asked := re.match(r'HEADER (\S+) "?([^"]+)"?', words):
        return asked[1].upper() != "MESSAGE-ID" and asked[2] in str(ours[asked[1]] or "")
    return False
