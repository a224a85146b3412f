from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.core.queue.rules.absence import AWAY_AFTER, Uses, away_since, days_away, days_off

NOW = datetime(2026, 11, 27, 14, tzinfo=UTC)
ZONE = "America/New_York"
DAY = timedelta(days=1)


def test_three_days_without_use_are_an_absence_and_a_weekend_is_not():
    assert away_since(Uses(NOW - 3 * DAY), None, NOW, ZONE) == NOW - 3 * DAY
    friday_evening, monday = datetime(2026, 11, 20, 22, tzinfo=UTC), datetime(2026, 11, 23, 14, tzinfo=UTC)
    assert away_since(Uses(friday_evening), None, monday, ZONE) is None
    assert away_since(Uses(), None, NOW, ZONE) is None


def test_deciding_the_first_thing_does_not_end_the_return():
    before = NOW - 5 * DAY
    assert away_since(Uses(NOW, returned=before), None, NOW, ZONE) == before
    assert away_since(Uses(NOW), None, NOW, ZONE) is None


def test_marked_days_off_count_however_few():
    off = (date(2026, 11, 26), date(2026, 11, 26))
    assert away_since(Uses(NOW - DAY), off, NOW, ZONE) == datetime(2026, 11, 26, 5, tzinfo=UTC)
    assert away_since(Uses(NOW - DAY), (date(2026, 11, 28), date(2026, 11, 29)), NOW, ZONE) is None
    assert days_off({"desk.off_from": "2026-11-26", "desk.off_until": None}) is None


@given(st.integers(0, 400))
def test_whoever_is_away_was_away_long_enough(hours):
    since = away_since(Uses(NOW - timedelta(hours=hours)), None, NOW, ZONE)
    assert (since is None) == (timedelta(hours=hours) < AWAY_AFTER)
    assert since is None or days_away(since, NOW, ZONE) >= 3
