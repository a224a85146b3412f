"""Who is asked for a review never depends on what they answered: review sites forbid it, and so does decency."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.core.history.model import Event, Happening
from tests.core.journeys.test_planner import NOON, plan

BEST = {Happening.RATING: 5, Happening.NPS: 10}
moments = st.integers(-60 * 24 * 30, 60 * 24 * 30)
answers = st.lists(
    st.tuples(st.sampled_from(sorted(BEST)), moments, st.integers(0, 10), st.integers(0, 10)), max_size=5
)
others = st.lists(
    st.tuples(st.sampled_from(sorted(set(Happening) - BEST.keys())), moments),
    max_size=5,
    unique_by=lambda each: each[1],
)


def asked(answered, happened, which):
    """Return the review requests of somebody who had a repair, answered so, and to whom this happened beside."""
    events = [Event(1, 1, Happening.VISIT_DONE, NOON, visit="repair")]
    for what, minutes, *scores in answered:
        score = min(max(scores[which], 1 if what == Happening.RATING else 0), BEST[what])
        events.append(Event(len(events) + 1, 1, what, NOON + timedelta(minutes=minutes), rating=score))
    for what, minutes in happened:
        events.append(Event(len(events) + 1, 1, what, NOON + timedelta(minutes=minutes), visit="extra"))
    return [item for item in plan(events) if item.purpose == "review_request"]


@pytest.mark.row("C7")
@given(answers, others)
@settings(max_examples=80, deadline=None)
def test_who_is_asked_for_a_review_never_depends_on_a_rating(answered, happened):
    assert asked(answered, happened, 0) == asked(answered, happened, 1)


def test_somebody_is_asked_at_all():
    assert [item.template for item in asked([], [], 0)] == ["review_request/job"]
