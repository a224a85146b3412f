"""Wall times become the right moments, also on the days when clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from followup_desktop.base.walltime import instant, remind_at

ZONES = (
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "America/Phoenix",
    "Africa/Casablanca",
    "America/St_Johns",
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("wall", "zone", "moment"),
    [
        ("2026-07-01 09:00", "Europe/Paris", "2026-07-01T07:00Z"),
        ("2026-03-29 02:30", "Europe/Paris", "2026-03-29T01:30Z"),  # skipped: shown as 3:30
        ("2026-10-25 02:30", "Europe/Paris", "2026-10-25T00:30Z"),  # twice: the first
        ("2026-03-08 02:30", "America/New_York", "2026-03-08T07:30Z"),
        ("2026-11-01 01:30", "America/New_York", "2026-11-01T05:30Z"),
        ("2026-04-05 01:45", "Australia/Lord_Howe", "2026-04-04T14:45Z"),  # half an hour comes twice
        ("2026-10-04 02:15", "Australia/Lord_Howe", "2026-10-03T15:45Z"),  # half an hour is skipped
        ("2011-12-30 09:00", "Pacific/Apia", "2011-12-30T19:00Z"),  # a day that never was
        ("2026-07-01 09:00", "Asia/Kathmandu", "2026-07-01T03:15Z"),
    ],
)
def test_a_wall_time_is_one_moment(wall, zone, moment):
    local = at(wall)
    assert instant(local.date(), local.time(), ZoneInfo(zone)) == at(moment)


@given(
    some.dates(date(2000, 1, 1), date(2040, 12, 31)),
    some.times().map(lambda t: t.replace(fold=0)),
    some.sampled_from(ZONES),
)
def test_every_wall_time_is_kept_or_moved_on_by_the_change_never_back(day, clock, name):
    zone = ZoneInfo(name)
    shown = instant(day, clock, zone).astimezone(zone).replace(tzinfo=None)
    wanted = datetime.combine(day, clock)
    assert timedelta(0) <= shown - wanted <= timedelta(days=1)
    if shown != wanted:
        assert zone.utcoffset(wanted) != zone.utcoffset(wanted.replace(fold=1))


@given(
    some.dates(date(2000, 1, 1), date(2040, 1, 1)),
    some.times().map(lambda t: t.replace(fold=0)),
    some.timedeltas(timedelta(0), timedelta(days=400)),
    some.sampled_from(ZONES),
)
def test_a_later_wall_time_outside_changes_is_a_later_moment(day, clock, by, name):
    zone = ZoneInfo(name)
    first = datetime.combine(day, clock)
    then = first + by
    moments = [instant(one.date(), one.time(), zone) for one in (first, then)]
    if by >= timedelta(days=2):
        assert moments[0] < moments[1]
    assert all(moment.tzinfo is UTC for moment in moments)


@pytest.mark.parametrize(
    ("day", "clock", "zone", "moment"),
    [
        ("2026-11-27", "09:00", "America/New_York", "2026-11-27T13:45Z"),  # 15 minutes before
        ("2026-11-27", None, "America/New_York", "2026-11-27T13:00Z"),  # 8:00 on the day
        ("2026-11-27", "00:05", "America/New_York", "2026-11-27T04:50Z"),  # the evening before
        ("2026-03-08", "03:05", "America/New_York", "2026-03-08T06:50Z"),  # 1:50, before the clocks went on
        ("2026-11-01", "01:00", "America/New_York", "2026-11-01T04:45Z"),
        ("2026-03-29", None, "Europe/Paris", "2026-03-29T06:00Z"),
        ("2026-10-25", None, "Europe/Paris", "2026-10-25T07:00Z"),
        ("2026-04-05", None, "Australia/Lord_Howe", "2026-04-04T21:30Z"),
    ],
)
def test_the_reminder_comes_before_the_time_or_at_eight(day, clock, zone, moment):
    due_time = time.fromisoformat(clock) if clock else None
    assert remind_at(date.fromisoformat(day), due_time, ZoneInfo(zone)) == at(moment)
