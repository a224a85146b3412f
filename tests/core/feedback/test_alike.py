"""Who is asked for a review never depends on what they answered: review sites forbid it, and so does decency."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.core.history.model import Event, Happening
from tests.core.journeys.test_planner import NOON, histories, plan

ANSWERS = (Happening.RATING, Happening.NPS)


def asked(events):
    return [item for item in plan(events) if item.purpose == "review_request"]


@pytest.mark.row("C7")
@given(histories(), st.lists(st.integers(0, 10), min_size=12, max_size=12))
@settings(max_examples=80, deadline=None)
def test_who_is_asked_for_a_review_never_depends_on_a_rating(events, scores):
    other = [
        replace(event, rating=max(1, score // 2) if event.what is Happening.RATING else score)
        if event.what in ANSWERS
        else event
        for event, score in zip(events, scores, strict=False)
    ]
    assert asked(events) == asked(other)


def test_somebody_is_asked_at_all():
    job = Event(1, 1, Happening.VISIT_DONE, NOON, visit="repair")
    assert [item.template for item in asked([job])] == ["review_request/job"]
