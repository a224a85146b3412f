"""Files kept beside the store, each under the hash of its bytes and readable by their owner alone."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from followup_desktop.base.errors import Problem

FOLDER = "enclosures"


def put(folder: Path, source: Path, most: int) -> tuple[str, int]:
    """Copy a file into the data folder and return its SHA-256 and size. Raises Problem where it cannot be kept."""
    try:
        size = source.stat().st_size
        if size > most:
            raise Problem(
                f"{source.name} is {size / 1024 / 1024:.1f} MB.",
                "It was not kept.",
                f"Up to {most // 1024 // 1024} MB can go with a message; make it smaller.",
            )
        if not source.is_file():
            raise Problem(f"{source.name} is no file.", "It was not kept.", "Choose a file.")
        data = source.read_bytes()
    except OSError as error:
        raise Problem(
            f"{source.name} could not be read: {error.strerror}.", "It was not kept.", "Look for it."
        ) from error
    if not data:
        raise Problem(f"{source.name} is empty.", "It was not kept.", "Choose another file.")
    name = hashlib.sha256(data).hexdigest()
    _write(folder / FOLDER / name, data)
    return name, len(data)


def get(folder: Path, sha256: str, name: str) -> bytes:
    """Return the bytes kept under a hash. Raises Problem where they are gone or were changed."""
    try:
        data = (folder / FOLDER / sha256).read_bytes()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Problem(f"The file “{name}” is gone or was changed.", "Nothing was sent.", "Enclose it again.")
    return data


def is_there(folder: Path, sha256: str) -> bool:
    """Whether a file is kept under this hash; what is in it is looked at when it is sent."""
    return (folder / FOLDER / sha256).is_file()


def _write(path: Path, data: bytes) -> None:
    if path.exists():
        return
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        scratch = path.with_suffix(".new")
        with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except OSError as error:
        raise Problem(
            f"The file could not be kept: {error.strerror}.", "Nothing was changed.", "See whether the disk is full."
        ) from error
