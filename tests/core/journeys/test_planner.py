"""Planning is pure: the same facts give the same plan, in any order, again and again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop import app
from followup_desktop.base.zones import Quiet
from followup_desktop.core.drafts.rules.reading import load_templates
from followup_desktop.core.history.model import Event, Happening
from followup_desktop.core.journeys.rules.loading import load_journeys
from followup_desktop.core.journeys.rules.planner import Known, wanted

TEMPLATES, _ = load_templates(app._texts("templates", "*.j2"))
JOURNEYS, PROBLEMS = load_journeys(app._texts("journeys", "*.toml"), {t.key for t in TEMPLATES})
NOON = datetime(2026, 11, 2, 17, tzinfo=UTC)
QUIET = Quiet()


@st.composite
def histories(draw):
    count = draw(st.integers(0, 12))
    moments = draw(st.lists(st.integers(0, 60 * 24 * 40), min_size=count, max_size=count, unique=True))
    return tuple(
        Event(
            number + 1,
            1,
            draw(st.sampled_from(list(Happening))),
            NOON + timedelta(minutes=minutes),
            visit=draw(st.sampled_from(["", "routine", "first", "repair", "installation", "extra"])),
            rating=draw(st.integers(1, 5)),
        )
        for number, minutes in enumerate(moments)
    )


def plan(events):
    return wanted(Known(1, "America/New_York", tuple(events)), JOURNEYS, QUIET)


def test_every_journey_that_ships_can_be_read():
    assert PROBLEMS == []
    assert len(JOURNEYS) >= 5


@given(histories(), st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_events_arrive_changes_nothing(events, chance):
    shuffled = list(events)
    chance.shuffle(shuffled)
    assert plan(events) == plan(shuffled)


@given(histories())
@settings(max_examples=60, deadline=None)
def test_every_follow_up_has_its_reasons_and_its_times_in_order(events):
    for item in plan(events):
        assert item.why_here
        assert item.removed_by
        assert item.opens <= item.due
        assert item.closes is None or item.opens < item.closes
        assert item.channels
    keys = [item.key for item in plan(events)]
    assert len(keys) == len(set(keys))


@given(histories())
@settings(max_examples=60, deadline=None)
def test_what_happens_later_only_stops_or_restarts_what_was_planned(events):
    before = {item.key for item in plan(events)}
    later = Event(99, 1, Happening.MESSAGE_IN, NOON + timedelta(days=50))
    assert before <= {item.key for item in plan((*events, later))}


def first_visit(at):
    return Event(1, 1, Happening.VISIT_DONE, at, visit="first")


def test_the_thank_you_is_best_within_two_hours_and_open_for_a_day():
    at = datetime(2026, 11, 3, 15, tzinfo=UTC)
    thanks = next(i for i in plan((first_visit(at),)) if i.purpose == "thank_you")
    assert thanks.due - at == timedelta(hours=2)
    assert thanks.closes - at == timedelta(hours=24)
    assert thanks.transactional


def test_what_would_close_on_sunday_stays_open_until_monday_morning():
    saturday = datetime(2026, 11, 7, 20, tzinfo=UTC)
    thanks = next(i for i in plan((first_visit(saturday),)) if i.purpose == "thank_you")
    assert thanks.closes == datetime(2026, 11, 9, 17, tzinfo=UTC)


def test_what_sunday_left_an_hour_for_stays_open_for_the_morning_and_what_had_its_time_does_not():
    for began, closes in (
        (datetime(2026, 11, 8, 14, tzinfo=UTC), datetime(2026, 11, 9, 17, tzinfo=UTC)),  # Sunday, 9:00 there
        (datetime(2026, 11, 4, 1, tzinfo=UTC), datetime(2026, 11, 5, 17, tzinfo=UTC)),  # Tuesday, 20:00
        (datetime(2026, 11, 3, 14, tzinfo=UTC), datetime(2026, 11, 4, 14, tzinfo=UTC)),  # Tuesday, 9:00
    ):
        assert next(i for i in plan((first_visit(began),)) if i.purpose == "thank_you").closes == closes


def test_a_routine_visit_starts_nothing():
    assert plan((Event(1, 1, Happening.VISIT_DONE, NOON, visit="routine"),)) == []


def test_the_check_counts_from_the_day_it_was_put_right():
    complaint = Event(1, 1, Happening.COMPLAINT, NOON)
    resolved = Event(2, 1, Happening.CASE_RESOLVED, NOON + timedelta(days=3))
    before = next(i for i in plan((complaint,)) if i.purpose == "recovery_check")
    after = next(i for i in plan((complaint, resolved)) if i.purpose == "recovery_check")
    assert after.due - before.due == timedelta(days=3)
