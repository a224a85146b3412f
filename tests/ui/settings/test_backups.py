"""Copies of the store: made, listed, and put back."""

import sqlite3

import pytest

from followup_desktop.store import backup
from followup_desktop.system.paths import Places

pytestmark = pytest.mark.row("D8")


@pytest.fixture
def at(whole):
    return whole("settings", section="Backups")


def listed(at):
    return [(copy.path.name, copy.where) for copy in at.page.section().table.rows()]


def test_a_copy_is_made_now_checked_and_listed(at, program):
    section = at.page.section()
    assert "There is no copy yet." in section.last.accessibleName()
    at.press(section.copy)
    assert "Last copy: today, 9:00 am." in section.last.accessibleName()
    ((name, where),) = listed(at)
    assert where == "this computer"
    backup.verify(Places(program.path.parent).backups / name)


def test_copies_go_to_the_second_folder_as_well(at, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    at.page.context.settings.change("computer.backup_folder", str(stick))
    at.press(at.page.section().copy)
    assert len(list(stick.glob("business-*.db"))) == 1


def test_a_copy_is_put_back_only_after_a_question_and_the_program_restarts_with_it(at, program, asked):
    section = at.page.section()
    at.press(section.copy)
    assert not section.restore.isEnabled()
    section.table.selectRow(0)
    at.press(section.restore)
    assert "What is here now is kept beside it." in section.asks.accessibleName()
    at.press(section.no)
    assert (section.question.isVisible(), asked.restored) == (False, [])
    at.press(section.restore)
    at.press(section.yes)
    assert asked.restored == [section.table.rows()[0].path]


def test_a_damaged_copy_is_refused_and_nothing_is_changed(at, tmp_path, asked):
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    at.page.section()._ask(damaged, "“damaged.db”")
    at.press(at.page.section().yes)
    assert "damaged.db is not a whole backup." in at.page.section().asks.accessibleName()
    assert asked.restored == []


def test_a_copy_made_by_a_newer_version_is_refused(at, program, asked, tmp_path):
    newer = backup.copy_store(program.path, tmp_path / "newer.db")
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    at.page.section()._ask(newer, "“newer.db”")
    at.press(at.page.section().yes)
    assert "made by a newer version" in at.page.section().asks.accessibleName()
    assert asked.restored == []


def test_what_a_restore_replaced_is_listed_too(at, program, clock):
    made = backup.copy_store(program.path, program.path.with_name("copy.db"))
    other = program.path.with_name("other.db")
    other.write_bytes(made.read_bytes())
    backup.restore(made, other, clock.now())
    kept = next(program.path.parent.glob("other.before-restore-*.db"))
    kept.rename(kept.with_name(kept.name.replace("other", "business")))
    at.page.reload()
    at.settle()
    assert [where for _, where in listed(at)] == ["kept before a restore"]
