"""A lock between processes that the system lets go of by itself when its holder dies."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from followup_desktop.base.errors import Problem


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[bool]:
    """Hold the lock file at `path`; gives False, without waiting, where another process holds it.

    Raises Problem where there can be no such file.
    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise Problem(
            f"{path.parent} cannot be written to: {error.strerror}.",
            "Nothing was changed.",
            "Give yourself the right to write there, and free some space.",
        ) from error
    try:
        held = _take(handle)
        yield held
        if held:
            _let_go(handle)
    finally:
        os.close(handle)


if sys.platform == "win32":  # not run yet on that system
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _let_go(handle: int) -> None:
        with contextlib.suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _let_go(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
