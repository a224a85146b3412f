"""How many messages are taken for sending at a time."""

from dataclasses import replace
from datetime import timedelta

from followup_desktop.core.messages.rules import LARGEST_BATCH, MOST, batch_of, first_of
from tests.jobs.test_sendlog import message


def test_as_many_are_taken_as_leave_in_a_second():
    assert batch_of(timedelta(seconds=2), 5) == 2
    assert batch_of(timedelta(seconds=30), 5) == 1, "one at least"
    assert batch_of(timedelta(milliseconds=20), 5) == MOST
    assert batch_of(timedelta(0), 5) == MOST


def test_large_messages_are_taken_one_by_one():
    small, large = replace(message("small", 0), size=3_000), replace(message("large", 0), size=LARGEST_BATCH)
    assert first_of([small, small, small], 2) == [small, small]
    assert first_of([small, large, small], 5) == [small]
    assert first_of([large, small], 5) == [large]
    assert first_of([replace(large, size=30_000_000), small], 5) == [replace(large, size=30_000_000)]
