"""Wall time into instants, through every oddity of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.base.errors import Problem
from followup_desktop.base.zones import Quiet, day_bounds, end_of_day, local_day, resolve, zone_named

WALL_TIMES = [
    ("2026-11-27 09:00", "America/New_York", "2026-11-27T14:00"),
    ("2026-03-29 02:30", "Europe/Paris", "2026-03-29T01:30"),  # skipped: 03:30 on the new clock
    ("2026-10-25 02:30", "Europe/Paris", "2026-10-25T00:30"),  # twice: the first
    ("2026-03-08 02:30", "America/New_York", "2026-03-08T07:30"),
    ("2026-11-01 01:30", "America/New_York", "2026-11-01T05:30"),
    ("2026-04-05 01:45", "Australia/Lord_Howe", "2026-04-04T14:45"),  # half an hour twice
    ("2026-10-04 02:15", "Australia/Lord_Howe", "2026-10-03T15:45"),  # half an hour skipped
    ("2011-12-30 09:00", "Pacific/Apia", "2011-12-30T19:00"),  # a day that never was
    ("2026-07-01 09:00", "Asia/Kathmandu", "2026-07-01T03:15"),
]


@pytest.mark.parametrize(("wall", "zone", "utc"), WALL_TIMES)
def test_a_wall_time_is_one_instant(wall, zone, utc):
    there = datetime.fromisoformat(wall)
    assert resolve(there.date(), there.time(), zone) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_a_skipped_time_is_shown_after_the_gap():
    at = resolve(date(2026, 3, 29), time(2, 30), "Europe/Paris")
    assert at.astimezone(zone_named("Europe/Paris")).time() == time(3, 30)


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2026, 11, 27), "America/New_York", 24),
        (date(2026, 3, 29), "Europe/Paris", 23),
        (date(2026, 10, 25), "Europe/Paris", 25),
        (date(2026, 4, 5), "Australia/Lord_Howe", 24.5),
        (date(2011, 12, 30), "Pacific/Apia", 0),
        (date(2026, 3, 8), "America/Havana", 23),  # midnight itself is skipped
    ],
)
def test_a_day_is_as_long_as_its_clocks_make_it(day, zone, hours):
    begins, ends = day_bounds(day, zone)
    assert ends - begins == timedelta(hours=hours)


def test_the_end_of_a_day_is_still_that_day():
    assert local_day(end_of_day(date(2026, 10, 25), "Europe/Paris"), "Europe/Paris") == date(2026, 10, 25)


def test_the_same_moment_is_another_day_elsewhere():
    late = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    assert local_day(late, "America/New_York") == date(2026, 11, 23)
    assert local_day(late, "Asia/Kathmandu") == date(2026, 11, 24)


@pytest.mark.parametrize("name", ["", "Nowhere/Land", "../etc/passwd", "America/", "\0"])
def test_a_zone_that_is_none_is_said_to_be_none(name):
    with pytest.raises(Problem, match="no time zone"):
        zone_named(name)


NEW_YORK = "America/New_York"


def _new_york(text: str) -> datetime:
    there = datetime.fromisoformat(text)
    return resolve(there.date(), there.time(), NEW_YORK)


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        ("2026-11-23 12:00", "2026-11-23 12:00"),
        ("2026-11-23 20:00", "2026-11-24 08:00"),
        ("2026-11-24 07:59", "2026-11-24 08:00"),
        ("2026-11-24 08:00", "2026-11-24 08:00"),
        ("2026-11-28 20:30", "2026-11-30 08:00"),  # Saturday evening waits for Monday
        ("2026-11-29 12:00", "2026-11-30 08:00"),  # Sunday
    ],
)
def test_quiet_hours_wait_for_the_morning(asked, allowed):
    assert Quiet().next_allowed(_new_york(asked), NEW_YORK) == _new_york(allowed)


def test_sundays_may_be_allowed():
    sunday = _new_york("2026-11-29 12:00")
    assert Quiet(sundays=False).next_allowed(sunday, NEW_YORK) == sunday


def test_equal_hours_are_never_quiet_but_sunday_is():
    quiet = Quiet(time(8), time(8))
    assert not quiet.is_quiet(_new_york("2026-11-23 03:00"), NEW_YORK)
    assert quiet.next_allowed(_new_york("2026-11-29 12:00"), NEW_YORK) == _new_york("2026-11-30 00:00")


def test_a_quiet_noon_ends_on_the_same_day():
    assert Quiet(time(12), time(14)).next_allowed(_new_york("2026-11-23 13:00"), NEW_YORK) == _new_york(
        "2026-11-23 14:00"
    )


ZONES = st.sampled_from(["America/New_York", "Europe/Paris", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"])
MOMENTS = st.integers(1293840000, 1893456000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))  # 2011 to 2030


@given(MOMENTS, ZONES, st.booleans())
def test_the_next_allowed_moment_is_the_first_one(moment, zone, sundays):
    quiet = Quiet(sundays=sundays)
    allowed = quiet.next_allowed(moment, zone)
    assert allowed >= moment
    assert not quiet.is_quiet(allowed, zone)
    assert allowed == moment or quiet.is_quiet(allowed - timedelta(minutes=1), zone)


@given(MOMENTS, ZONES)
def test_every_moment_lies_within_its_local_day(moment, zone):
    begins, ends = day_bounds(local_day(moment, zone), zone)
    assert begins <= moment < ends
