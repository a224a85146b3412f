"""A real gnome-keyring on a bus of the test's own, so that nobody's own keyring is ever touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from pathlib import Path

MASTER = b"test-password"


def installed() -> bool:
    """Whether gnome-keyring is there."""
    return shutil.which("gnome-keyring-daemon") is not None


class KeyringDaemon:
    """The daemon on the bus in DBUS_SESSION_BUS_ADDRESS, with its files in `home`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, master: bytes | None = MASTER) -> None:
        """Start it, unlocked by `master`; locked with None. Returns once it is on the bus."""
        for folder in ("run", "share"):
            (self.home / folder).mkdir(mode=0o700, exist_ok=True)
        environment = {
            "PATH": os.environ["PATH"],
            "DBUS_SESSION_BUS_ADDRESS": os.environ["DBUS_SESSION_BUS_ADDRESS"],
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.home / "run"),
            "XDG_DATA_HOME": str(self.home / "share"),
        }
        unlock = ["--unlock"] if master is not None else []
        self._process = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--components=secrets", *unlock],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdin is not None
        if master is not None:
            self._process.stdin.write(master)
        self._process.stdin.close()
        for _ in range(200):
            if _on_the_bus():
                return
            threading.Event().wait(0.05)
        raise RuntimeError("gnome-keyring did not come up")

    def stop(self) -> None:
        """End it; what it kept stays in `home`."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def files(self) -> list[Path]:
        """Return the files the passwords lie in."""
        return [file for file in (self.home / "share").rglob("*") if file.is_file()]

    @property
    def process(self) -> int:
        """The id of its process."""
        assert self._process is not None
        return self._process.pid


def _on_the_bus() -> bool:
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import Proxy, open_dbus_connection

    with open_dbus_connection() as connection:
        return bool(Proxy(message_bus, connection).NameHasOwner("org.freedesktop.secrets")[0])
