"""Keeping verified copies without being asked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from followup_desktop.jobs.schedule import backup_is_due
from followup_desktop.store import backup as copies
from followup_desktop.store.store import Store


def run(store: Store, folder: Path, second: Path | None = None, *, at_quit: bool = False) -> Path | None:
    """Copy the store where a copy is due, into the second folder as well, and let old copies go.

    Returns the new copy, or None when none was due. Raises Problem when it cannot be written.
    """
    stem, now = store.path.stem, store.clock.now()
    made = copies.backups(folder, stem)
    if not backup_is_due(made[0].at if made else None, _changed(store.path), now, at_quit=at_quit):
        return None
    return copy_now(store, folder, second)


def copy_now(store: Store, folder: Path, second: Path | None = None) -> Path:
    """Copy the store now, verified, and let old copies go."""
    stem, now = store.path.stem, store.clock.now()
    target = copies.copy_store(store.path, folder / copies.backup_name(stem, now))
    if second is not None:
        copies.copy_store(target, second / target.name)
    for place in (folder, second):
        if place is not None:
            _tidy(place, stem)
    return target


def _tidy(folder: Path, stem: str) -> None:
    made = copies.backups(folder, stem)
    gone = copies.superfluous([b.at for b in made])
    for old in made:
        if old.at in gone:
            old.path.unlink(missing_ok=True)


def _changed(path: Path) -> datetime | None:
    if not path.exists():
        return None
    times = [p.stat().st_mtime for p in (path, path.with_name(path.name + "-wal")) if p.exists()]
    return datetime.fromtimestamp(max(times), UTC)
