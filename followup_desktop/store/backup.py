"""Verified copies of a store, taken while it is in use, and the way back."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from followup_desktop.base.errors import Problem

KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS = 7, 4, 6


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup in the backups folder; `at` is read from its name, in UTC."""

    path: Path
    at: datetime
    size: int


def copy_store(source: Path, target: Path) -> Path:
    """Copy a store whole (SQLite online backup), verify the copy, and only then put it in place, 0600.

    Raises Problem when the copy cannot be written or does not verify; an older file at `target` is then kept.
    """
    part = target.with_name(target.name + ".part")
    if target.is_dir() or (target.exists() and target.samefile(source)):
        what = "a folder" if target.is_dir() else "the store itself"
        raise Problem(f"{target} is {what}.", "Nothing was changed.", "Give the copy a file name of its own.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_RDWR | os.O_EXCL, 0o600))
        _copy(source, part)
        verify(part)
        sync_file(part)
        os.replace(part, target)
        sync_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        why = getattr(error, "strerror", None) or error
        raise Problem(
            f"The copy could not be written: {why}.",
            "The store is as it was.",
            "Choose a folder you may write to, with free space.",
        ) from error
    return target


def _copy(source: Path, part: Path) -> None:
    # All pages in one step: with a step size the copy never ends while somebody keeps writing.
    with (
        contextlib.closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as live,
        contextlib.closing(sqlite3.connect(part)) as copy,
    ):
        live.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")


def verify(path: Path) -> None:
    """Raise Problem unless the file is a whole store: readable, integral, no loose references."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            application = copy.execute("PRAGMA application_id").fetchone()[0]
            whole = copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            loose = copy.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.Error as error:
        raise Problem(f"{path.name} is not a whole backup.", "The store is as it was.", "Choose another.") from error
    if application != 0x46555044 or not whole or loose:
        raise Problem(f"{path.name} is not a whole backup.", "The store is as it was.", "Choose another.")


def restore(candidate: Path, store: Path, now: datetime) -> Path | None:
    """Put a verified backup in the place of a store; return where the replaced one was kept.

    Whether its format is one this version reads is for the caller to see first (opening.must_fit).
    The replaced file is kept beside it as a backup, damaged or not. A command under way in another process is waited
    for; one that still has the replaced file open is told so when it wants to write.
    """
    verify(candidate)
    # Written beside the store first: where that fails, for want of room perhaps, the store is still in its place.
    fresh = copy_store(candidate, store.with_name(store.name + ".restored"))
    kept = None
    if store.exists():
        kept = store.with_name(f"{store.stem}.before-restore-{now:%Y%m%d-%H%M%S}{store.suffix}")
        with _nobody_writes(store):
            os.replace(store, kept)
        kept.chmod(0o600)
        # What was under way when the program died is in these, and belongs to the file that was replaced.
        for suffix in ("-wal", "-journal"):
            with contextlib.suppress(FileNotFoundError):
                os.replace(store.with_name(store.name + suffix), kept.with_name(kept.name + suffix))
    for suffix in ("-wal", "-shm", "-journal"):
        store.with_name(store.name + suffix).unlink(missing_ok=True)
    os.replace(fresh, store)
    sync_folder(store.parent)
    return kept


@contextlib.contextmanager
def _nobody_writes(store: Path) -> Iterator[None]:
    """Hold the store for ourselves, as far as it can be held: a damaged one cannot, and needs not."""
    if os.name == "nt":  # an open file cannot be moved there, so nobody else can have it open either
        yield
        return
    with contextlib.closing(sqlite3.connect(store, isolation_level=None, timeout=10)) as held:
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                raise Problem(
                    "Another program is using the store.", "The store is as it was.", "Close it and try again."
                ) from error
        yield


def backup_name(stem: str, now: datetime) -> str:
    """Return the file name of a backup taken now (UTC)."""
    return f"{stem}-{now:%Y%m%dT%H%M%SZ}.db"


def backups(folder: Path, stem: str) -> list[BackupFile]:
    """Return the backups of a store, newest first."""
    found = []
    for path in folder.glob(f"{stem}-*.db"):
        with contextlib.suppress(ValueError, OSError):
            at = datetime.strptime(path.stem.removeprefix(f"{stem}-"), "%Y%m%dT%H%M%S%z")
            found.append(BackupFile(path, at, path.stat().st_size))
    return sorted(found, key=lambda b: b.at, reverse=True)


def superfluous(stamps: Sequence[datetime]) -> set[datetime]:
    """Return which backups may go: kept are one a day for 7 days, one a week for 4, one a month for 6."""
    keep: set[datetime] = set()
    newest_first = sorted(stamps, reverse=True)
    for count, part in ((KEEP_DAYS, "%Y-%m-%d"), (KEEP_WEEKS, "%G-%V"), (KEEP_MONTHS, "%Y-%m")):
        groups: dict[str, datetime] = {}
        for stamp in newest_first:
            groups.setdefault(stamp.strftime(part), stamp)
        keep.update(list(groups.values())[:count])
    return set(stamps) - keep


def sync_file(path: Path) -> None:
    """Have the file's bytes on the disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Have a rename on the disk before going on, where the system can (not on Windows)."""
    with contextlib.suppress(OSError, PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
