"""The moments offered for a message that is to leave later: always ahead, and never in the quiet hours."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.base.zones import Quiet, local
from followup_desktop.core.messages.rules import next_morning, this_evening
from followup_desktop.mail.compose import redated

pytestmark = pytest.mark.row("G2")
ZONES = st.sampled_from(["America/New_York", "Pacific/Auckland", "Asia/Kathmandu", "UTC", "America/St_Johns"])
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
HOURS = st.builds(Quiet, st.times(), st.times(), st.booleans()).filter(lambda quiet: quiet.start != quiet.end)


@given(MOMENTS, ZONES, HOURS)
def test_they_lie_ahead_and_outside_the_quiet_hours(now, zone, quiet):
    morning, evening = next_morning(now, zone, quiet), this_evening(now, zone, quiet)
    assert now < morning < now + timedelta(days=9)
    assert not quiet.is_quiet(morning, zone)
    if evening is not None:
        assert now < evening < now + timedelta(days=1)
        assert not quiet.is_quiet(evening, zone)
        assert local(evening, zone).time() == time(18)


def test_the_morning_after_a_saturday_is_monday():
    zone = "America/New_York"
    saturday = datetime(2026, 11, 28, 20, tzinfo=UTC)
    assert local(next_morning(saturday, zone, Quiet()), zone).strftime("%a %H:%M") == "Mon 09:00"
    assert next_morning(saturday, zone, Quiet(sundays=False)) == saturday + timedelta(hours=18)


def test_only_the_date_of_a_message_changes():
    raw = b"From: a@b.example\r\nDate: Mon, 23 Nov 2026 14:00:00 +0000\r\nSubject: Date: x\r\n\r\nDate: stays\r\n"
    later = redated(raw, datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert later == raw.replace(b"Mon, 23 Nov 2026 14:00:00", b"Tue, 24 Nov 2026 09:00:00")
