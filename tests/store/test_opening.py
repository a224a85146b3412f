"""What happens to files that are not what they should be: one clear sentence, and nothing is touched."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys

import pytest

from followup_desktop.base.clock import SystemClock
from followup_desktop.base.errors import Problem
from followup_desktop.store import opening
from followup_desktop.store.opening import FORMAT, check, open_store


def opened(path):
    store = open_store(path, SystemClock())
    store.close()
    return path


def test_a_new_store_is_private_and_whole(tmp_path):
    os.umask(0o022)
    path = opened(tmp_path / "data" / "business.db")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert check(path) == []
    assert [p.name for p in path.parent.iterdir()] == ["business.db"]


def test_an_empty_file_is_not_taken_for_a_new_store(tmp_path):
    path = tmp_path / "business.db"
    path.touch()
    with pytest.raises(Problem, match="empty") as told:
        opened(path)
    assert "backup" in told.value.to_do
    assert path.stat().st_size == 0


def test_a_damaged_page_is_noticed_before_anything_is_written(fresh_store, tmp_path):
    path = tmp_path / "business.db"
    content = bytearray(fresh_store.read_bytes())
    content[8192:12288] = b"\xff" * 4096
    path.write_bytes(content)
    with pytest.raises(Problem, match="damaged"):
        opened(path)
    assert path.read_bytes() == content


def test_a_newer_store_is_read_only_looked_at(fresh_store, tmp_path):
    path = tmp_path / "business.db"
    path.write_bytes(fresh_store.read_bytes())
    with sqlite3.connect(path) as newer:
        newer.execute(f"PRAGMA user_version={FORMAT + 8}")
    newer.close()
    before = path.read_bytes()
    with pytest.raises(Problem, match=f"format {FORMAT + 8}, this one reads up to {FORMAT}"):
        opened(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"hello, I am a text file\n" * 40, b"\0" * 4096])
def test_a_file_that_is_no_store_says_so(tmp_path, content):
    path = tmp_path / "business.db"
    path.write_bytes(content)
    with pytest.raises(Problem, match="not a store"):
        opened(path)
    assert path.read_bytes() == content


def test_a_half_store_is_damaged_and_says_what_to_do(fresh_store, tmp_path):
    path = tmp_path / "business.db"
    path.write_bytes(fresh_store.read_bytes()[: fresh_store.stat().st_size // 2])
    with pytest.raises(Problem, match="damaged") as told:
        opened(path)
    assert "backup" in told.value.to_do


def test_someone_elses_database_is_left_alone(tmp_path):
    path = tmp_path / "business.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE t(x)")
    other.close()
    with pytest.raises(Problem, match="not a store of this program"):
        opened(path)


def test_a_store_with_a_strange_trigger_is_refused(fresh_store, tmp_path):
    path = tmp_path / "business.db"
    path.write_bytes(fresh_store.read_bytes())
    with sqlite3.connect(path) as other:
        other.execute("CREATE TRIGGER steal AFTER INSERT ON customers BEGIN SELECT 1; END")
    other.close()
    with pytest.raises(Problem, match="steal"):
        opened(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_says_so(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(Problem, match="No store can be made"):
        opened(tmp_path / "business.db")


def test_a_full_disk_loses_nothing(program, add):
    """A file-size limit stands in for a full disk: SQLite sees the same kind of failure (platform study, 5.3)."""
    add("Maria Alvarez")
    size = program.path.stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        with pytest.raises(Problem, match="disk"):
            add_many(add)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert check(program.path) == []
    add("After the disk was freed")


def add_many(add):
    for number in range(400):
        add(f"Customer {number}", notes="x" * 2000)


KILLED = """
import os, signal, sys
from pathlib import Path
from followup_desktop.base.clock import SystemClock
from followup_desktop.store import opening
from sqlalchemy import event
from sqlalchemy.engine import Engine
left = int(sys.argv[2])
@event.listens_for(Engine, "before_cursor_execute")
def count(*_):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
opening.open_store(Path(sys.argv[1]), SystemClock())
"""


@pytest.mark.parametrize("after", range(0, 120, 8))
def test_a_kill_while_the_store_is_made_leaves_none_or_all(tmp_path, after):
    path = tmp_path / "business.db"
    subprocess.run([sys.executable, "-c", KILLED, str(path), str(after)], check=False)
    if path.exists():
        assert check(path) == []
    opened(path)
    assert check(path) == []


@pytest.mark.parametrize("after", range(0, 120, 10))
def test_a_kill_while_an_older_store_is_upgraded_loses_nothing(older_store, after):
    subprocess.run([sys.executable, "-c", KILLED, str(older_store), str(after)], check=False)
    with sqlite3.connect(older_store) as store:
        assert store.execute("SELECT name FROM customers").fetchall() == [("Maria Alvarez",)]
    store.close()
    opened(older_store)
    assert check(older_store) == []
    with sqlite3.connect(older_store) as store:
        assert store.execute("SELECT name FROM customers").fetchall() == [("Maria Alvarez",)]
        assert store.execute("PRAGMA user_version").fetchone() == (FORMAT,)
    store.close()


@pytest.fixture
def older_store(tmp_path):
    """A store before its last migration: no released format is older than the first one yet."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    path = tmp_path / "business.db"
    engine = create_engine(f"sqlite:///{path}", poolclass=StaticPool)
    config = Config()
    config.set_main_option("script_location", str(opening.MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(f"PRAGMA application_id={opening.APPLICATION_ID}")
        connection.exec_driver_sql("PRAGMA user_version=0")
        names = "uuid name sort_name given_name family_name company email phone street city region postal_code country"
        names += " language zone stage channel notes access_note source source_key extra created_at"
        values = dict.fromkeys(names.split(), "") | {"uuid": "u", "name": "Maria Alvarez", "extra": "{}"}
        values["created_at"] = "2026-11-01 00:00:00"
        places = ", ".join("?" * len(values))
        statement = f"INSERT INTO customers ({', '.join(values)}) VALUES ({places})"
        connection.exec_driver_sql(statement, tuple(values.values()))
    engine.dispose()
    return path


def test_the_tables_are_what_the_code_expects(fresh_store):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    from followup_desktop.store.migrations.everything import METADATA
    from followup_desktop.store.search import INDEXES

    engine = create_engine(f"sqlite:///{fresh_store}")

    def ours(thing, name, kind, reflected, compared):
        return not (kind == "table" and name.startswith(INDEXES))

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()
