"""Opening a store: is it ours, is it whole, is it of our format; and bringing an older one up to date."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Any

from followup_desktop.base.clock import Clock
from followup_desktop.base.errors import Problem
from followup_desktop.store import backup, search
from followup_desktop.store.store import Store, connect_writer, database_problem, say_what_failed

APPLICATION_ID = 0x46555044  # "FUPD"
FORMAT = 1
"""The format this version writes; every migration raises it by one (PRAGMA user_version)."""

MIGRATIONS = Path(__file__).parent / "migrations"

_HEADER_BYTES = 100


def open_store(path: Path, clock: Clock, *, create: bool = True, looks_through: bool = True) -> Store:
    """Open the store at `path`, making or upgrading it where needed.

    Raises Problem, and touches nothing, when the file is empty, foreign, damaged, newer than this program, or
    cannot be written. Without `looks_through`, damage inside the file is not looked for: the caller does that later.
    """
    if not _is_there(path):
        if not create:
            raise Problem(f"There is no store at {path}.", "", "Check the path.")
        _create(path)
    found = _gate(path, looks_through=looks_through)
    if found < FORMAT:
        _upgrade(path, found, clock)
    return Store(path, clock)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise Problem(
            f"{path.parent} cannot be looked into: {error.strerror}.",
            "Nothing was changed.",
            "Give yourself the right to read it, or choose another store.",
        ) from error


def must_fit(path: Path) -> None:
    """Raise Problem unless this version can open the file; one made by a newer version cannot be put back."""
    _gate(path)


def looks_like_a_store(path: Path) -> bool:
    """Whether `path` is a store of this program, of any format."""
    try:
        _gate(path, newest=None)
    except Problem:
        return False
    return True


def check(path: Path) -> list[str]:
    """Return what is wrong with the file in words, or nothing (integrity_check and foreign_key_check)."""
    try:
        with contextlib.closing(_read_only(path)) as connection:
            said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
            loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.Error as error:
        problem = database_problem(error, "")
        return [problem.sentence() if problem else str(error)]
    found = [text for text in said if text != "ok"]
    return found + [f"A record in {table} points to one that is not there (row {row})." for table, row, *_ in loose]


def _gate(path: Path, newest: int | None = FORMAT, *, looks_through: bool = True) -> int:
    """Return the format of the file; raise Problem unless it is a whole store that this program may write."""
    if path.is_dir():
        raise Problem(f"{path} is a folder, not a store.", "Nothing was changed.", "Name a file.")
    if path.stat().st_size < _HEADER_BYTES:
        raise Problem(
            f"The store {path.name} is empty ({path.stat().st_size} bytes): something cut it off.",
            "Nothing was changed.",
            "Restore a backup, or move the empty file away to start anew.",
        )
    try:
        application, version, tables, strange = _look(path)
    except sqlite3.Error as error:
        raise database_problem(error, "Nothing was changed.") or error from error
    if application != APPLICATION_ID or not tables:
        raise Problem(f"{path.name} is not a store of this program.", "Nothing was changed.", "Choose another file.")
    if strange:
        raise Problem(
            f"{path.name} holds parts that are not of this program ({strange}).",
            "Nothing was changed.",
            "Restore a backup of your own.",
        )
    if newest is not None and version > newest:
        raise Problem(
            f"{path.name} was made by a newer version (format {version}, this one reads up to {newest}).",
            "Nothing was changed.",
            "Install the newer version of the program.",
        )
    if looks_through:
        look_through(path)
    return version


def look_through(path: Path) -> None:
    """Read the whole file and raise Problem where it is damaged (PRAGMA quick_check; 0.2 s for 100 MB)."""
    try:
        with contextlib.closing(_read_only(path)) as connection:
            said = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise database_problem(error, "Nothing was changed.") or error from error
    if said != ("ok",):
        raise Problem("The store is damaged.", "Nothing was changed.", "Restore the last backup: Settings, Backups.")


def _look(path: Path) -> tuple[int, int, int, str]:
    with contextlib.closing(_read_only(path)) as connection:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        live = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchall()
    return application, version, tables, ", ".join(name for (name,) in live if not name.startswith(search.INDEXES))


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)


def _create(path: Path) -> None:
    """Make a new store beside its place and move it there whole, so that a kill leaves either none or all of it."""
    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh.unlink(missing_ok=True)
        os.close(os.open(fresh, os.O_CREAT | os.O_RDWR | os.O_EXCL, 0o600))
    except OSError as error:
        raise Problem(
            f"No store can be made in {path.parent}: {error.strerror or error}.",
            "Nothing was changed.",
            "Choose a folder you may write to, with free space.",
        ) from error
    with say_what_failed("Nothing was kept of the new store."):
        with contextlib.closing(connect_writer(fresh)) as connection:
            connection.execute("PRAGMA journal_mode=TRUNCATE")
        _migrate(fresh)
    backup.sync_file(fresh)
    os.replace(fresh, path)
    fresh.with_name(fresh.name + "-journal").unlink(missing_ok=True)
    backup.sync_folder(path.parent)


def _upgrade(path: Path, found: int, clock: Clock) -> None:
    """Bring an older store up to date: a verified copy first, then everything in one transaction."""
    copy = path.with_name(f"{path.name}.format-{found}")
    backup.copy_store(path, copy)
    with say_what_failed(f"The store is as it was; a copy is at {copy.name}."):
        _migrate(path)


def _migrate(path: Path) -> None:
    from alembic import command  # slow to load, and only needed when the format differs
    from alembic.config import Config
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool

    def connect() -> sqlite3.Connection:
        connection = connect_writer(path)
        connection.execute("PRAGMA foreign_keys=OFF")  # a rebuilt parent table would otherwise lose its children
        return connection

    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    event.listen(engine, "begin", begin)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _must_be_whole(connection)
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={FORMAT}")
    finally:
        engine.dispose()


def _must_be_whole(connection: Any) -> None:
    loose = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    made = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'customers'").fetchone()
    if loose or made is None:
        raise Problem("The upgrade would have lost records.", "The store is as it was.", "Please report this.")
