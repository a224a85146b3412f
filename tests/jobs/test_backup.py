"""Copies are made without being asked: hourly where something changed, and at the end."""

import os
from datetime import timedelta

import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.jobs import backup
from followup_desktop.store.backup import backups, superfluous, verify
from tests.conftest import MONDAY


def changed_at(program, moment):
    os.utime(program.path, (moment.timestamp(), moment.timestamp()))


@pytest.mark.row("D8")
def test_a_changed_store_is_copied_once_an_hour_and_at_the_end(program, desk, clock, tmp_path, add):
    add("Maria Alvarez")
    folder = tmp_path / "backups"
    changed_at(program, MONDAY)
    first = backup.run(desk.store, folder)
    verify(first)
    assert first.stat().st_mode & 0o777 == 0o600
    clock.moment = MONDAY + timedelta(minutes=30)
    changed_at(program, MONDAY + timedelta(minutes=20))
    assert backup.run(desk.store, folder) is None
    assert backup.run(desk.store, folder, at_quit=True) is not None
    clock.moment = MONDAY + timedelta(hours=3)
    assert backup.run(desk.store, folder, at_quit=True) is None
    assert len(backups(folder, "business")) == 1, "one a day is kept of the same day"


def test_old_copies_go_but_for_days_weeks_and_months():
    stamps = [MONDAY - timedelta(hours=6 * n) for n in range(365 * 4)]
    kept = set(stamps) - superfluous(stamps)
    assert max(stamps) in kept
    assert 12 <= len(kept) <= 17
    assert len({s.date() for s in kept if MONDAY - s < timedelta(days=7)}) == 7


def test_a_copy_onto_a_full_place_leaves_the_store_and_says_so(desk, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(Problem):
        backup.copy_now(desk.store, blocked)
