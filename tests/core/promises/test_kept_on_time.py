"""How many promises of a month were kept on time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from followup_desktop.commands import promises
from followup_desktop.core.promises.model import NewPromise
from followup_desktop.core.promises.queries import kept_on_time, promise

ZONE = "America/New_York"
OCTOBER = datetime(2026, 10, 1, 4, tzinfo=UTC), datetime(2026, 11, 1, 4, tzinfo=UTC)


@pytest.fixture
def made(desk, clock, add):
    carl = add("Carl Jensen")

    def make(day, ended=None, after=timedelta()):
        clock.moment = datetime(2026, 10, 1, 12, tzinfo=UTC)
        new = NewPromise("ring", date(2026, 10, day), time(9), ZONE, carl, line="ring Carl")
        key = promises.make_promise(desk, new).result
        clock.moment = datetime(2026, 10, day, 13, tzinfo=UTC) + after
        if ended is not None:
            ended(desk, key)
        return key

    return make


def test_only_what_was_kept_before_it_was_due_counts(made, read):
    made(5, promises.keep_promise)
    made(6, promises.keep_promise, timedelta(hours=3))
    made(7, promises.break_promise)
    made(8, promises.withdraw_promise)
    made(9)
    assert read(kept_on_time, *OCTOBER) == (1, 4)
    assert read(kept_on_time, OCTOBER[1], OCTOBER[1] + timedelta(days=30)) == (0, 0)


def test_a_promise_knows_the_line_it_was_made_from(made, read):
    assert read(promise, made(5)).line == "ring Carl"
