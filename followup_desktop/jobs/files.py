"""Files that leave the program: whole or not at all, and readable by their owner alone."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from followup_desktop.base.errors import Problem


def write_file(path: Path, content: bytes | Iterable[bytes]) -> Path:
    """Write a file in place of any of that name, 0600, making its folder; return it. Raises Problem.

    What was there stays until the new one is whole on the disk.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            part.unlink()
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise Problem(
            f"{path.name} could not be written to {path.parent}: {_why(error)}.",
            "Your data is as it was.",
            "Choose a folder you may write to, with free space.",
        ) from error
    return path


def _why(error: OSError) -> str:
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "there is a file where a folder should be"
    return os.strerror(error.errno or 0)
