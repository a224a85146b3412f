"""The two doors to the database: `read` and `write`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from followup_desktop.base.changes import Changes
from followup_desktop.base.clock import Clock
from followup_desktop.base.errors import Problem, Replaced
from followup_desktop.store.schema import Table
from followup_desktop.store.steps import Recorder, StepRow

R = TypeVar("R", bound=Table)

READERS = 4


@dataclass
class Work:
    """One command under way: one transaction, one step back."""

    session: Session
    now: datetime
    recorder: Recorder
    folder: Path = Path()
    """Where the files beside the store lie."""
    step: int | None = None
    import_id: int | None = None
    message_id: int | None = None
    says: str = ""
    undoable: bool = True
    """False where there turned out to be nothing to take back."""

    @property
    def changes(self) -> Changes:
        """What has been touched so far."""
        return Changes(frozenset(self.recorder.kinds), frozenset(self.recorder.customers))

    def add(self, row: R) -> R:
        """Add a row and give it its key."""
        self.session.add(row)
        self.session.flush()
        return row


class Store:
    """A database of one business."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path, self.clock = path, clock
        self._file = _identity(path)
        self._writer = _writer_engine(path, self._must_be_the_same)
        self._readers = _reader_engine(path)
        self._write_sessions = sessionmaker(self._writer, expire_on_commit=False)
        self._read_sessions = sessionmaker(self._readers, expire_on_commit=False)
        self.listeners: list[Callable[[Changes], None]] = []

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that cannot write."""
        with say_what_failed("Nothing was changed."), self._read_sessions() as session:
            event.listen(session, "before_flush", _refuse)
            yield session
            session.rollback()

    @contextmanager
    def write(self, op: str, says: str, *, undoable: bool = True) -> Iterator[Work]:
        """Run one command: commit it whole, remember how to take it back, tell who listens."""
        recorder = Recorder()
        with say_what_failed("Nothing was changed; what you typed is still there."), self._write_sessions() as session:
            session.begin()
            work = Work(session, self.clock.now(), recorder, self.path.parent, says=says)
            event.listen(session, "before_flush", recorder.before_flush)
            event.listen(session, "after_flush_postexec", recorder.after_flush_postexec)
            try:
                yield work
                session.flush()
                if undoable and work.undoable and (recorder.images or work.import_id):
                    _keep_step(work, op)
                session.commit()
            except BaseException:
                _roll_back(session)
                raise
        self.tell(work.changes)

    def tell(self, changes: Changes) -> None:
        """Announce what was committed."""
        if changes.kinds:
            for listener in list(self.listeners):
                listener(changes)

    def data_version(self) -> int:
        """Return a number that differs once another process has committed (PRAGMA data_version of our writer).

        Raises Replaced once a backup has taken the place of the file.
        """
        self._must_be_the_same()
        connection = self._writer.raw_connection()
        try:
            return int(connection.cursor().execute("PRAGMA data_version").fetchone()[0])
        finally:
            connection.close()

    def hurry(self) -> None:
        """Write without waiting for the disk: only for a copy that is thrown away."""
        connection = self._writer.raw_connection()
        try:
            connection.cursor().execute("PRAGMA synchronous=OFF")
        finally:
            connection.close()

    def sweep(self) -> None:
        """Write the file anew without what was deleted in it: until then deleted text can still be found there."""
        with say_what_failed("What was deleted is gone from the program, but its traces are still in the file."):
            connection = self._writer.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute("PRAGMA cache_spill=ON")
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA cache_spill=OFF")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    def close(self) -> None:
        """Give up all connections."""
        self._writer.dispose()
        self._readers.dispose()

    def _must_be_the_same(self) -> None:
        if _identity(self.path) != self._file:
            raise Replaced


def _keep_step(work: Work, op: str) -> None:
    row = StepRow(
        at=work.now,
        op=op,
        says=work.says,
        import_id=work.import_id,
        message_id=work.message_id,
        images=list(work.recorder.images),
    )
    work.step = work.add(row).id


def _roll_back(session: Session) -> None:
    # A full disk has rolled the statement back already; rolling back again then says "no transaction".
    with suppress(DBAPIError):
        session.rollback()


def _refuse(*_: object) -> None:
    raise RuntimeError("a read session must not write")


FIXED_WAL = (3, 51, 3)


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug (sqlite.org/wal.html#walresetbug)."""
    return version >= FIXED_WAL or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def pragmas(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> tuple[str, ...]:
    """Return the settings under which a committed change survives a power cut, for this SQLite."""
    journal = ("journal_mode=WAL", "synchronous=FULL") if wal_is_safe(version) else _TRUNCATE
    return (*journal, *_EVERY)


_TRUNCATE = ("journal_mode=TRUNCATE", "synchronous=EXTRA")
_EVERY = (
    "foreign_keys=ON",
    "busy_timeout=10000",
    "cell_size_check=ON",
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
)


def _uri(path: Path, mode: str) -> str:
    return f"{path.resolve().as_uri()}?mode={mode}"


def connect_writer(path: Path) -> sqlite3.Connection:
    """Open the file for writing, durable, with foreign keys on and BEGIN left to us.

    The schema is trusted here, since SQLite before 3.41 calls its own full-text index unsafe inside a trigger;
    opening a store refuses one with triggers or views that are not this program's.
    """
    connection = sqlite3.connect(_uri(path, "rw"), uri=True, isolation_level=None, check_same_thread=False, timeout=10)
    try:
        for pragma in (*pragmas(), "cache_spill=OFF"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _connect_reader(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(_uri(path, "ro"), uri=True, isolation_level=None, check_same_thread=False, timeout=10)
    for pragma in (*_EVERY[1:3], "trusted_schema=OFF", "query_only=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _writer_engine(path: Path, must_be_the_same: Callable[[], None]) -> Engine:
    def connect() -> sqlite3.Connection:
        return connect_writer(path)

    def on_begin(connection: Any) -> None:
        # Held from here on: nobody can put another file in its place before this command ends.
        try:
            must_be_the_same()
        except Replaced:
            connection.exec_driver_sql("ROLLBACK")
            raise

    engine = _engine(connect, "BEGIN IMMEDIATE", 1)
    event.listen(engine, "begin", on_begin)
    return engine


def _identity(path: Path) -> int:
    try:
        return path.stat().st_ino
    except OSError:
        return -1


def _reader_engine(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        return _connect_reader(path)

    return _engine(connect, "BEGIN", READERS)


def _engine(connect: Callable[[], sqlite3.Connection], begin: str, size: int) -> Engine:
    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=size, max_overflow=0)

    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", on_begin)
    return engine


def checkpoint(store: Store) -> None:
    """Fold a write-ahead log into the file, where there is one."""
    with store._writer.connect() as connection:  # noqa: SLF001
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


@contextmanager
def say_what_failed(kept: str) -> Iterator[None]:
    """Turn what the database says of disk, rights and damage into words for the owner."""
    try:
        yield
    except DBAPIError as error:
        problem = database_problem(error.orig, kept)
        if problem is None:
            raise
        raise problem from error
    except sqlite3.Error as error:
        problem = database_problem(error, kept)
        if problem is None:
            raise
        raise problem from error


_SAID = {
    "SQLITE_FULL": ("The disk is full.", "Free some space and try again."),
    "SQLITE_READONLY": ("The store cannot be written to.", "Give yourself the right to write the file and its folder."),
    "SQLITE_CANTOPEN": ("The store could not be opened.", "See whether the file and its folder are still there."),
    "SQLITE_IOERR": ("The disk could not be written.", "See whether the disk is full or damaged, then try again."),
    "SQLITE_BUSY": ("Another program is using the store.", "Wait a moment and try again."),
    "SQLITE_LOCKED": ("Another program is using the store.", "Wait a moment and try again."),
    "SQLITE_CORRUPT": ("The store is damaged.", "Restore the last backup: Settings, Backups."),
    "SQLITE_NOTADB": ("The file is not a store of this program.", "Choose another file, or restore a backup."),
}


def database_problem(error: BaseException | None, kept: str) -> Problem | None:
    """Say what went wrong with the database, or None where it is a bug of ours."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for code, (happened, to_do) in _SAID.items():
        if name.startswith(code):
            return Problem(happened, kept, to_do)
    return None
