"""Promises and follow-ups in another calendar: a file that it takes in."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from followup_desktop.core.report.model import Planned
from followup_desktop.core.report.rules.calendar import calendar
from tests.conftest import MONDAY
from tests.stories.conftest import Refused

FRIDAY = date(2026, 11, 27)


@pytest.fixture
def made(run):
    """Two promises and one that was kept, and a quote that waits for an answer."""
    ana = run("add", "--given-name", "Ana", "--family-name", "Bo; Sons, Inc.", "--email", "ana@bo.example")["id"]
    run("promise", "add", "ring Ana about the heater Friday 9am")
    run("promise", "add", "order filters Friday")
    kept = run("promise", "add", "send the list Friday")
    run("promise", "keep", kept["id"])
    run("log", "--customer", ana, "--what", "quote_sent", "--about", "heater")
    return ana


def events(path):
    """Return the events of a file by what they are called."""
    return {str(event["summary"]): event for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")}


@pytest.mark.row("P6")
def test_what_is_open_goes_into_a_calendar_file_and_what_is_settled_does_not(run, made, tmp_path):
    path = tmp_path / "mine.ics"
    told = run("calendar", path)
    found = events(path)
    assert told["promises"] == 2
    assert told["follow_ups"] == len(Calendar.from_ical(path.read_bytes()).walk("VEVENT")) - 2 > 0
    timed, dated = found["ring about the heater (Ana Bo; Sons, Inc.)"], found["order filters"]
    assert timed.decoded("dtstart") == datetime(2026, 11, 27, 14, tzinfo=UTC)
    assert timed.decoded("description") == "ring Ana about the heater Friday 9am"
    assert dated.decoded("dtstart") == FRIDAY
    assert not any("list" in name for name in found)
    rings = {name: [a.decoded("trigger") for a in event.walk("VALARM")] for name, event in found.items()}
    assert rings[str(timed["summary"])] == [datetime(2026, 11, 27, 13, 45, tzinfo=UTC)]
    assert rings["order filters"] == [datetime(2026, 11, 27, 13, 0, tzinfo=UTC)]
    quotes = [e for e in Calendar.from_ical(path.read_bytes()).walk("VEVENT") if "quote" in str(e["summary"]).lower()]
    assert [quote.decoded("dtstart") for quote in quotes][:2] == [date(2026, 11, 25), date(2026, 12, 2)]
    assert {quote["transp"] for quote in quotes} == {"TRANSPARENT"}
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.row("P6")
def test_a_newer_file_changes_what_is_there_instead_of_adding_to_it(run, made, tmp_path):
    run("calendar", tmp_path / "one.ics")
    (first,) = (e for name, e in events(tmp_path / "one.ics").items() if name.startswith("ring"))
    (promise,) = (p for p in run("promise", "list") if p["what"].startswith("ring"))
    run("promise", "later", promise["id"], "--until", "2026-11-28T10:00")
    run("calendar", tmp_path / "two.ics")
    (second,) = (e for name, e in events(tmp_path / "two.ics").items() if name.startswith("ring"))
    assert first["uid"] == second["uid"]
    assert second.decoded("dtstart") == datetime(2026, 11, 28, 15, tzinfo=UTC)


@pytest.mark.row("P6")
def test_a_folder_one_may_not_write_to_is_said(run, made, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="could not be written"):
        run("calendar", tmp_path / "file" / "mine.ics")


@given(st.text(max_size=120), st.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_whatever_it_is_called_the_file_can_be_read_again(what, why):
    text = calendar((), [Planned("an-id", "Ana", what, FRIDAY, why)], MONDAY)
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event["uid"] == "an-id"
