"""Whole processes as one measures them: from the moment they are started to what they say on their output."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

HERE = Path(__file__).parents[2]
SCREEN = ("-screen", "0", "1280x800x24", "-nolisten", "tcp")
PATIENCE_S = 90
"""A program that is not through by then hangs."""


class Started:
    """A program that was started and is listened to; it stays until its input is closed."""

    def __init__(self, module: str, arguments: Sequence[str], environment: dict[str, str]) -> None:
        self.began = time.monotonic_ns()
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"tests.bench.programs.{module}", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=HERE,
            env=environment,
            text=True,
        )
        self.pid = self._process.pid
        self._hangs = Timer(PATIENCE_S, self._process.kill)  # then listening ends with what it said on its errors
        self._hangs.daemon = True
        self._hangs.start()

    def heard(self, word: str) -> tuple[float, list[float]]:
        """Wait until it says a word; return the milliseconds since its start, and what else it says with the word."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            said, at, *more = line.split()
            if said == word:
                return (int(at) - self.began) / 1e6, [float(part) for part in more]
        assert self._process.stderr is not None
        raise RuntimeError(f"it ended without saying {word}: {self._process.stderr.read()[-2000:]}")

    def end(self) -> None:
        """Close its input, and wait until it is gone."""
        self._hangs.cancel()
        self._process.communicate(timeout=PATIENCE_S)


@contextmanager
def running(module: str, *arguments: str, **environment: str) -> Iterator[Started]:
    """Start a program of `programs/`, and end it afterwards."""
    started = Started(module, arguments, _environment() | environment)
    try:
        yield started
    finally:
        started.end()


def _environment() -> dict[str, str]:
    # A start that compiles its modules first says nothing about how quick a start is.
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"QT_QPA_PLATFORM": "xcb", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Open a private screen that nobody sees; give what a program on it needs in its environment."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), *SCREEN], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield {"DISPLAY": f":{told.readline().strip()}"}
    finally:
        server.terminate()
        server.wait(PATIENCE_S)


def has_screen() -> bool:
    """Whether a private screen can be opened here."""
    return shutil.which("Xvfb") is not None


def whole(command: Sequence[str]) -> Callable[[], float]:
    """Return a measure of a process from its start to its end, in milliseconds."""

    def measure() -> float:
        began = time.perf_counter()
        subprocess.run(command, cwd=HERE, env=_environment(), check=True, stdout=subprocess.DEVNULL)
        return (time.perf_counter() - began) * 1e3

    return measure
