"""Where the program keeps its files, readable by their owner alone."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from platformdirs import user_data_path

from followup_desktop.base.errors import Problem

APPLICATION = "followup_desktop"
OVERRIDE = "FOLLOWUP_DATA"
"""Environment variable naming another data folder, for tests and for a store on a stick."""

NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "davfs2", "9p", "afs", "ncpfs"}
    | {"ceph", "glusterfs", "lustre", "sshfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.glusterfs"}
    | {"fuse.s3fs", "fuse.gvfsd-fuse", "fuse.smbnetfs", "fuse.curlftpfs", "fuse.google-drive-ocamlfuse"}
)
"""File systems over a network, where the locks a store needs cannot be trusted."""

SYNCED = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "a cloud service",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
}
"""Folders that a program copies elsewhere while they are written, by how their names begin."""


@dataclass(frozen=True)
class Places:
    """The data folder and what lies in it."""

    data: Path

    @property
    def business(self) -> Path:
        """The store of the owner's business."""
        return self.data / "business.db"

    @property
    def demo(self) -> Path:
        """The store of the demo business."""
        return self.data / "demo.db"

    @property
    def logs(self) -> Path:
        """The folder of the logs."""
        return self.data / "logs"

    @property
    def backups(self) -> Path:
        """The folder of the copies."""
        return self.data / "backups"


def places() -> Places:
    """Return where everything lies, with the folders made. Raises `Problem` when they cannot be."""
    found = Places(data_folder())
    for folder in (found.data, found.logs, found.backups):
        make_private_folder(folder)
    return found


def data_folder() -> Path:
    """Return the folder for the program's data, existing or not."""
    chosen = os.environ.get(OVERRIDE)
    return Path(chosen).expanduser().absolute() if chosen else user_data_path(APPLICATION, appauthor=False)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner can enter; one that was there is left as it is. Raises `Problem`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(
            f"The folder {folder} cannot be used ({os.strerror(error.errno or 0)}).",
            "Nothing was changed.",
            f"Make it writable, or name another with {OVERRIDE}.",
        ) from None


def keep_private() -> None:
    """Let every file this program makes be readable by its owner alone; called once at the start."""
    os.umask(0o077)


def is_network_or_synced(path: Path) -> str | None:
    """Say in a sentence why a store should not lie at `path`; None when nothing speaks against it."""
    # Resolved, so that a link in the home folder does not hide where it leads.
    whole = path.expanduser().resolve()
    if str(path).startswith(("\\\\", "//")) and os.name == "nt":
        return _network_sentence(whole)
    if (service := synced_by(whole)) is not None:
        return (
            f"{whole.parent} is copied elsewhere by {service} while it is being written, which can damage the store. "
            "Keep the store on this computer and put backups there."
        )
    return _network_sentence(whole) if file_system(whole, _mounts()) in NETWORK else None


def synced_by(path: PurePath) -> str | None:
    """Return the service that copies the folder `path` lies in, told by the names of the folders above it."""
    for part in path.parts[:-1]:
        for beginning, service in SYNCED.items():
            name = part.lower()
            # "OneDrive - Clearwater Pools", "Dropbox (Personal)"; but not "dropbox-notes".
            if name == beginning or name.startswith((f"{beginning} -", f"{beginning} (")):
                return service
    return None


def file_system(path: PurePath, mounts: Iterable[tuple[str, str]]) -> str:
    """Return the kind of file system `path` lies on, given (mount point, kind) of each; "" when unknown.

    A computer whose root comes over a network has nowhere else, so the root itself is never held against it.
    """
    around = [(PurePath(point), kind) for point, kind in mounts if path.is_relative_to(point)]
    if not around:
        return ""
    point, kind = max(around, key=_length)
    return "" if point == PurePath(point.anchor) and os.name == "posix" else kind.lower()


def _length(mount: tuple[PurePath, str]) -> int:
    return len(mount[0].parts)


def _mounts() -> list[tuple[str, str]]:
    if not sys.platform.startswith("linux"):
        return _mounts_elsewhere()
    return mounts_in(Path("/proc/self/mounts"))


def _mounts_elsewhere() -> list[tuple[str, str]]:
    # Slow to load, and needed once when a store is opened.
    import psutil

    try:
        return [
            (part.mountpoint, "cifs" if "remote" in part.opts.split(",") else part.fstype)
            for part in psutil.disk_partitions(all=True)
        ]
    except OSError:
        return []


def mounts_in(file: Path) -> list[tuple[str, str]]:
    """Return mount point and kind of each line of a mount table as Linux keeps it (proc_pid_mounts(5), fstab(5))."""
    try:
        lines = file.read_bytes().splitlines()
    except OSError:
        return []
    parts = [line.split() for line in lines]
    return [(os.fsdecode(_unescaped(part[1])), os.fsdecode(part[2])) for part in parts if len(part) > 2]


def _unescaped(word: bytes) -> bytes:
    return re.sub(rb"\\([0-7]{3})", _byte, word)


def _byte(octal: re.Match[bytes]) -> bytes:
    return bytes([int(octal[1], 8)])


def _network_sentence(path: Path) -> str:
    return (
        f"{path.parent} is on another computer, where a store can be damaged by a lost connection. "
        "Keep the store on this computer and put backups there."
    )
