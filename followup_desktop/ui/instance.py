"""One running program per data folder: a second start hands over what it was asked and ends.

Knows QtCore and QtNetwork only, so that a second start answers before anything heavy is loaded. A `QCoreApplication`
must exist.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from followup_desktop.base.errors import Problem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

log = logging.getLogger(__name__)

_PATIENCE_MS = 2200
_MOMENT_MS = 100
_LONGEST = 64 * 1024
_LONGEST_ADDRESS = 100  # a socket's path has room for 108 bytes, and Qt makes it under a longer name first
_OK = b"ok\n"


@dataclass(frozen=True, slots=True)
class Handover:
    """What a second start was asked, in which folder, and its right to bring a window to the front."""

    arguments: tuple[str, ...]
    folder: str
    token: str

    def to_line(self) -> bytes:
        """Return it as one line of JSON."""
        return json.dumps([self.arguments, self.folder, self.token]).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Handover:
        """Read it back; raise ValueError when it is anything else."""
        match json.loads(line):
            case [[*arguments], str(folder), str(token)] if all(isinstance(one, str) for one in arguments):
                return cls(tuple(arguments), folder, token)
        raise ValueError("not a handover")


class Instance(QObject):
    """The first start: keeps the lock and listens for later ones until `close`."""

    handed_over = Signal(object)
    """A later start handed over: a `Handover`."""

    def __init__(self, lock: QLockFile, data_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = lock
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_call)
        for address in _addresses(data_folder):
            QLocalServer.removeServer(address)  # left behind by a program that was killed; the lock is ours
            if self._server.listen(address):
                return
        log.warning("A second start cannot reach this one: %s", self._server.errorString())

    def close(self) -> None:
        """Stop listening, then let the next start take over."""
        self._server.close()
        self._lock.unlock()

    def _on_call(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            _Caller(socket, self).said.connect(self.handed_over)


class _Caller(QObject):
    """A later start on the line."""

    said = Signal(object)

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket, self._heard = socket, b""
        socket.setParent(self)
        socket.readyRead.connect(self._on_words)
        socket.disconnected.connect(self.deleteLater)
        self._on_words()

    def _on_words(self) -> None:
        self._heard += bytes(self._socket.readAll().data())
        line, end, _ = self._heard.partition(b"\n")
        if not end and len(self._heard) <= _LONGEST:
            return
        self._socket.readyRead.disconnect(self._on_words)
        try:
            asked = Handover.from_line(line if end else b"")
        except (ValueError, RecursionError):
            self._socket.abort()
            return
        self._socket.write(_OK)
        self._socket.flush()
        self.said.emit(asked)


def only_instance(data_folder: Path, arguments: Sequence[str], *, patience_ms: int = _PATIENCE_MS) -> Instance | None:
    """Become the one running program for `data_folder`, or hand over to the one that runs.

    Returns None when the running program took `arguments`: there is nothing left to do here. Raises Problem when it
    holds the folder but does not answer; the store must then not be opened.
    """
    try:
        data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(data_folder) from error
    lock = QLockFile(str(data_folder / "app.lock"))
    lock.setStaleLockTime(0)  # however long it runs, it is not stale
    asked = Handover(tuple(arguments), str(Path.cwd()), os.environ.get("XDG_ACTIVATION_TOKEN", ""))
    time_left = QDeadlineTimer(patience_ms)
    while True:
        if lock.tryLock(_MOMENT_MS):
            return Instance(lock, data_folder)
        if lock.error() is not QLockFile.LockError.LockFailedError:
            raise _cannot_write(data_folder)
        if _hand_over(asked, data_folder, time_left):
            return None
        if time_left.hasExpired():
            break
    # Nobody answers. The system knows whether the lock's owner still lives, also when the machine was renamed since.
    if lock.removeStaleLockFile() and lock.tryLock(_MOMENT_MS):
        return Instance(lock, data_folder)
    raise Problem(
        "Followup Desktop is already open, but does not answer.",
        "Your data was not touched.",
        "Wait a moment and try again. If that does not help, end the program and start it once more.",
    )


def bring_to_front(window: QWidget, token: str = "") -> None:
    """Show `window` above all others, as far as the desktop lets us; `token` is the asker's right to do so."""
    if token:
        os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt takes it from here on Wayland, and removes it
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _cannot_write(data_folder: Path) -> Problem:
    return Problem(
        "Followup Desktop cannot write to the folder of its data.",
        "Nothing was changed.",
        f"Check that {data_folder} belongs to you and that the disk is not full.",
    )


def _hand_over(asked: Handover, data_folder: Path, time_left: QDeadlineTimer) -> bool:
    _let_it_come_to_front()
    for address in _addresses(data_folder):
        socket = QLocalSocket()
        socket.connectToServer(address)
        if not socket.waitForConnected(_ms(time_left)):
            continue
        socket.write(asked.to_line())
        socket.flush()
        return socket.waitForReadyRead(_ms(time_left)) and socket.readAll().data() == _OK
    return False


def _ms(time_left: QDeadlineTimer) -> int:
    return max(1, int(time_left.remainingTime()))


def _addresses(data_folder: Path) -> list[str]:
    """Return where the running program may listen, best first: the user's own runtime folder, then the data's."""
    user = str(os.getuid()) if hasattr(os, "getuid") else getpass.getuser()
    name = "followup-" + hashlib.sha256(f"{user}|{os.path.realpath(data_folder)}".encode()).hexdigest()[:16]
    if sys.platform == "win32":
        return [name]
    folders = [os.environ.get("XDG_RUNTIME_DIR", ""), os.path.realpath(data_folder)]
    paths = [os.path.join(folder, name) for folder in folders if folder and os.path.isdir(folder)]
    fitting = [path for path in paths if len(os.fsencode(path)) <= _LONGEST_ADDRESS]
    return fitting if fitting and fitting == paths else [*fitting, name]


def _let_it_come_to_front() -> None:
    """Pass on the right to come to the front, which Windows gives to the program the user just started."""
    if sys.platform == "win32":  # not run yet: needs a Windows machine
        import ctypes  # only Windows has this

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
