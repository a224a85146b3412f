"""When a promise is due, late, or kept late."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from followup_desktop.base.zones import resolve
from followup_desktop.core.promises.model import Promise, PromiseGroup, PromiseId, PromiseState
from followup_desktop.core.promises.rules import due_at, group_of, is_late, remind_at, settled_as, when_words
from tests.core.promises.phrasings import NOW, TODAY, ZONE


def _promise(due_date, due_time=None, zone=ZONE, state=PromiseState.OPEN):
    return Promise(
        id=PromiseId(1),
        uuid="",
        customer_id=1,
        customer="Carl Jensen",
        what="ring about the heater",
        due_date=due_date,
        due_time=due_time,
        zone=zone,
        due=due_at(due_date, due_time, zone),
        remind_at=remind_at(due_date, due_time, zone),
        state=state,
        shown_at=None,
        made_at=NOW,
        settled_at=None,
    )


def _days(n):
    return TODAY + timedelta(days=n)


def test_a_timed_promise_is_due_at_its_time_and_a_dated_one_at_the_end_of_its_day():
    assert due_at(date(2026, 11, 27), time(9), ZONE) == datetime(2026, 11, 27, 14, tzinfo=UTC)
    assert due_at(date(2026, 11, 27), None, ZONE) == datetime(2026, 11, 28, 4, 59, 59, tzinfo=UTC)
    assert due_at(date(2026, 10, 25), None, "Europe/Paris") == datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)


def test_the_reminder_comes_a_quarter_of_an_hour_before_or_at_eight():
    assert remind_at(date(2026, 11, 27), time(9), ZONE) == resolve(date(2026, 11, 27), time(8, 45), ZONE)
    assert remind_at(date(2026, 11, 27), None, ZONE) == resolve(date(2026, 11, 27), time(8), ZONE)


def test_kept_on_time_or_late():
    promise = _promise(TODAY, time(15))
    assert settled_as(promise, NOW) is PromiseState.KEPT
    assert settled_as(promise, promise.due) is PromiseState.KEPT
    assert settled_as(promise, promise.due + timedelta(seconds=1)) is PromiseState.KEPT_LATE


def test_a_dated_promise_is_on_time_all_day():
    promise = _promise(TODAY)
    assert settled_as(promise, resolve(TODAY, time(23, 59), ZONE)) is PromiseState.KEPT
    assert settled_as(promise, resolve(_days(1), time(0), ZONE)) is PromiseState.KEPT_LATE


def test_only_open_promises_are_late():
    assert is_late(_promise(_days(-1)), NOW)
    assert not is_late(_promise(TODAY), NOW)
    assert not is_late(_promise(_days(-1), state=PromiseState.KEPT), NOW)


@pytest.mark.parametrize(
    ("due_date", "due_time", "group", "words"),
    [
        (_days(-1), None, PromiseGroup.LATE, "1 day late"),
        (_days(-3), time(9), PromiseGroup.LATE, "3 days late"),
        (TODAY, time(12, 30), PromiseGroup.LATE, "32 min late"),
        (TODAY, time(15), PromiseGroup.TODAY, "3:00 pm, in 2 h"),
        (TODAY, None, PromiseGroup.TODAY, "today"),
        (_days(1), time(17), PromiseGroup.THIS_WEEK, "Tue 5:00 pm"),
        (_days(2), None, PromiseGroup.THIS_WEEK, "Wed"),
        (_days(6), None, PromiseGroup.THIS_WEEK, "Sun"),
        (_days(7), None, PromiseGroup.LATER, "30 Nov"),
        (_days(8), time(9), PromiseGroup.LATER, "1 Dec 9:00 am"),
        (date(2027, 1, 3), None, PromiseGroup.LATER, "3 Jan 2027"),
    ],
)
def test_promises_stand_in_groups_with_their_time(due_date, due_time, group, words):
    promise = _promise(due_date, due_time)
    assert group_of(promise, NOW) is group
    assert when_words(promise, NOW) == words


def test_the_list_is_in_spanish_too():
    assert when_words(_promise(_days(-1)), NOW, "es") == "1 día de retraso"
    assert when_words(_promise(_days(1), time(17)), NOW, "es") == "mar 17:00"


def test_a_promise_keeps_the_zone_it_was_made_in():
    abroad = _promise(_days(1), time(9), "Asia/Tokyo")
    assert abroad.due == datetime(2026, 11, 24, 0, tzinfo=UTC)
    assert group_of(abroad, NOW) is PromiseGroup.TODAY  # it is Tuesday in Tokyo already
