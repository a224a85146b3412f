"""The log of what is being sent: on the disk before a body leaves, and afterwards it tells what came of each message.

A line names a message, the how-manieth time it is sent, and what came of it; the last line of a message counts. The
store is brought in line with the log after each batch, and in the same way after a crash. A message of which the log
knows nothing may have left, and so may all where it cannot be read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from followup_desktop.base.errors import Problem
from followup_desktop.core.messages.model import Came, Fate, Outgoing, Try
from followup_desktop.system.disk import keep


class SendLog:
    """The log beside a store. One process at a time has it."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._handle)

    def claims(self, messages: Sequence[Outgoing]) -> None:
        """Note, before it is done, that messages are claimed: what has no later line did not begin to leave."""
        came = Came(Fate.CLAIMED)
        self._write("".join(_line((one.message_id, one.attempts + 1), came) for one in messages))
        keep(self._handle)

    def leaves(self, message: Outgoing) -> None:
        """Have it on the disk that a body leaves now."""
        self.note(message, Came(Fate.LEAVES))
        keep(self._handle)

    def note(self, message: Outgoing, came: Came) -> None:
        """Note what came of a message that was claimed."""
        self._write(_line((message.message_id, message.attempts), came))

    def read(self) -> dict[Try, Came]:
        """Return what came of each message; nothing where any of it cannot be read."""
        os.lseek(self._handle, 0, os.SEEK_SET)
        with os.fdopen(os.dup(self._handle), "rb") as file:
            lines = file.read().split(b"\n")
        try:
            return dict(_read(line) for line in lines[:-1])  # a last line that was cut short was not relied on
        except ValueError:
            return {}

    def clear(self) -> None:
        """Forget everything: the store knows it."""
        os.ftruncate(self._handle, 0)

    def _write(self, lines: str) -> None:
        before = os.fstat(self._handle).st_size
        try:
            left = memoryview(lines.encode())
            while left:
                left = left[os.write(self._handle, left) :]
        except OSError as error:
            os.ftruncate(self._handle, before)
            raise Problem(f"The disk could not be written: {error.strerror}.", "Nothing was sent.", "") from error


def _line(which: Try, came: Came) -> str:
    return json.dumps([*which, came.fate, came.said, came.at.isoformat() if came.at else None]) + "\n"


def _read(line: bytes) -> tuple[Try, Came]:
    message_id, number, fate, said, at = json.loads(line)
    return (message_id, number), Came(Fate(fate), said, datetime.fromisoformat(at) if at else None)
