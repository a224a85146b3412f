"""The way from any thread to the window's: a list and a pair of sockets, and nothing of Qt."""

from __future__ import annotations

import contextlib
import socket
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier, Slot

Put = Callable[[Callable[[], None]], None]
"""Has something run on the window's thread, never before it returns. Safe in any thread."""


class _Slit:
    """What other threads see of the letterbox: no part of it is Qt's."""

    def __init__(self, bell: socket.socket) -> None:
        self.letters: deque[Callable[[], None]] = deque()
        self._bell = bell

    def put(self, letter: Callable[[], None]) -> None:
        """Put something in."""
        self.letters.append(letter)
        self.ring()

    def ring(self) -> None:
        """Have the window look."""
        with contextlib.suppress(OSError):  # full: it is ringing already; closed: nobody is in
            self._bell.send(b"\0")


class Letterbox(QObject):
    """Runs on the window's thread, in order, what other threads put in.

    Other threads are given `put` and nothing else: not the letterbox, nor any other object of Qt's.

    A worker never emits a signal: PySide's signals carry Python objects from one thread to another at the risk of
    losing count of them, and the program then ends with a segmentation fault, once in some thousand answers.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bell, self._door = socket.socketpair()
        for end in (self._bell, self._door):
            end.setblocking(False)
        slit = _Slit(self._bell)
        self._letters, self._ring = slit.letters, slit.ring
        self.put: Put = slit.put
        self._notifier = QSocketNotifier(self._door.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_rung)

    def close(self) -> None:
        """Take nothing more; what lies there is dropped."""
        self._notifier.setEnabled(False)
        self._letters.clear()
        self._bell.close()
        self._door.close()

    @Slot()
    def _on_rung(self) -> None:
        with contextlib.suppress(OSError):
            self._door.recv(4096)
        try:
            # What comes meanwhile waits for its turn, so that the window can paint; and a letter that opens a dialog
            # has the others read while it is open.
            for _ in range(len(self._letters)):
                if len(self._letters) > 1:
                    self._ring()
                if self._letters:
                    self._letters.popleft()()
        finally:
            if self._letters:
                self._ring()
