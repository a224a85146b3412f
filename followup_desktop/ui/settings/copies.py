"""Which copies of the store there are. May wait for a slow disk, so it is asked in the background."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from followup_desktop.store.backup import backups

HERE = "this computer"
SECOND = "second folder"
BEFORE = "kept before a restore"


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of the store; `at` is UTC."""

    path: Path
    at: datetime
    size: int
    where: str


def copies_of(store: Path, folder: Path, second: Path | None) -> list[Copy]:
    """Return every copy of a store that can be found, the newest first."""
    found = [Copy(b.path, b.at, b.size, HERE) for b in backups(folder, store.stem)]
    if second is not None and second.is_dir():
        known = {copy.path.name for copy in found}
        found += [Copy(b.path, b.at, b.size, SECOND) for b in backups(second, store.stem) if b.path.name not in known]
    found += _before_restores(store)
    return sorted(found, key=_newest, reverse=True)


def _before_restores(store: Path) -> list[Copy]:
    found = []
    start = f"{store.stem}.before-restore-"
    for path in store.parent.glob(f"{start}*{store.suffix}"):
        with contextlib.suppress(ValueError, OSError):
            at = datetime.strptime(path.stem.removeprefix(start), "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
            found.append(Copy(path, at, path.stat().st_size, BEFORE))
    return found


def _newest(copy: Copy) -> tuple[datetime, str]:
    return copy.at, copy.path.name
