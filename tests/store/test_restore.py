"""Putting a copy back: whole, or not at all."""

import sqlite3

import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.store import backup

pytestmark = pytest.mark.row("D8")


@pytest.fixture
def copy(program, tmp_path):
    """A copy of the store, which is closed."""
    made = backup.copy_store(program.path, tmp_path / "copies" / "copy.db")
    program.close()
    return made


def names(store):
    connection = sqlite3.connect(store)
    found = connection.execute("SELECT value FROM settings WHERE key = 'business.name'").fetchone()
    connection.close()
    return found[0]


def rename(store, name):
    connection = sqlite3.connect(store)
    connection.execute("UPDATE settings SET value = ? WHERE key = 'business.name'", (f'"{name}"',))
    connection.commit()
    connection.close()


def test_a_copy_takes_the_place_of_the_store_and_what_was_there_is_kept(program, copy, clock):
    rename(program.path, "Another business")
    kept = backup.restore(copy, program.path, clock.now())
    assert names(program.path) == '"Blue Heron Pools"'
    assert names(kept) == '"Another business"'
    assert program.path.stat().st_mode & 0o077 == 0


def test_where_the_copy_cannot_be_written_the_store_stays_in_its_place(program, copy, clock):
    program.path.with_name(program.path.name + ".restored").mkdir()
    with pytest.raises(Problem, match=r"business\.db\.restored"):
        backup.restore(copy, program.path, clock.now())
    assert names(program.path) == '"Blue Heron Pools"'


def test_a_damaged_copy_changes_nothing(program, copy, clock):
    copy.write_bytes(copy.read_bytes()[:5000])
    before = program.path.read_bytes()
    with pytest.raises(Problem, match="not a whole backup"):
        backup.restore(copy, program.path, clock.now())
    assert program.path.read_bytes() == before
