"""Demo businesses, filled once for all tests that only look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands.demo import fill

TOWN = ZoneInfo("America/New_York")
MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=TOWN)

Fill = Callable[..., Program]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fill]:
    """Fill a store with a demo, as of a moment; the same one is made only once."""
    made: dict[tuple[object, ...], Program] = {}

    def one(now: datetime = MONDAY_MORNING, customers: int = 200, seed: int = 1) -> Program:
        wanted = (now, customers, seed)
        if wanted not in made:
            made[wanted] = filled_store(tmp_path_factory.mktemp("demo") / "demo.db", now, customers, seed)
        return made[wanted]

    yield one
    for program in made.values():
        program.close()


def filled_store(path: Path, now: datetime, customers: int, seed: int) -> Program:
    """Fill a new store."""
    program = Program(path, FixedClock(now))
    fill(program.desk, customers, seed)
    return program
