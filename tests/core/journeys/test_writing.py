"""A journey written down is the journey that is read back."""

from datetime import time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.app import Program
from followup_desktop.base.settings import find
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.journeys.model import (
    CHANNELS,
    HAPPENINGS,
    QUESTIONS,
    STAGES,
    STOPS,
    VISIT_KINDS,
    Journey,
    OnlyIf,
    Source,
    Touchpoint,
    Trigger,
    Where,
)
from followup_desktop.core.journeys.rules.loading import brings_by_itself, read_journey
from followup_desktop.core.journeys.rules.writing import journey_text, key_of, stretch


def test_everything_that_ships_comes_back_as_it_was(program: Program):
    for trade, _label in find("business.trade").choices:
        for journey in program.library.shipped(trade).journeys:
            assert read_journey(journey.key, journey_text(journey)) == (journey, [])


words = st.text(min_size=1, max_size=30).map(str.strip).filter(bool)
stretches = st.one_of(
    st.integers(0, 90).map(lambda n: timedelta(minutes=n)),
    st.integers(0, 60).map(lambda n: timedelta(hours=n)),
    st.integers(0, 400).map(lambda n: timedelta(days=n)),
)


@st.composite
def touchpoints(draw, number):
    offset = draw(stretches)
    channels = tuple(draw(st.lists(st.sampled_from(sorted(CHANNELS)), min_size=1, max_size=4, unique=True)))
    question = draw(st.none() | st.sampled_from(sorted(QUESTIONS)))
    return Touchpoint(
        key=f"t{number}",
        name=draw(words),
        purpose=draw(st.sampled_from(list(Purpose))),
        template=draw(words),
        offset=offset,
        at=draw(st.none() | st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))),
        opens_before=draw(stretches),
        closes_after=draw(st.none() | st.just(offset + timedelta(hours=1))),
        channels=channels,
        transactional=draw(st.none() | st.booleans()),
        priority=draw(st.integers(0, 100)),
        question=question,
        stops_on=frozenset(draw(st.lists(st.sampled_from(sorted(STOPS)), max_size=4))),
        restarts_on=frozenset(draw(st.lists(st.sampled_from(sorted(HAPPENINGS)), max_size=2))),
        leads_to=brings_by_itself(channels, question),
    )


@st.composite
def journeys(draw):
    where = Where(frozenset(draw(st.lists(st.sampled_from(sorted(VISIT_KINDS)), max_size=2))))
    return Journey(
        key="own",
        name=draw(words),
        objective=draw(words),
        trigger=Trigger("visit_done", where),
        source=draw(st.sampled_from(list(Source))),
        stages=tuple(draw(st.lists(st.sampled_from(sorted(STAGES)), unique=True, max_size=3))),
        touchpoints=tuple(draw(touchpoints(n)) for n in range(draw(st.integers(1, 3)))),
        version=draw(st.integers(1, 9)),
        on_at_start=draw(st.booleans()),
        only_if=OnlyIf(
            stage=frozenset(draw(st.lists(st.sampled_from(sorted(STAGES)), max_size=2))),
            agreement=draw(st.none() | st.booleans()),
            no_open_case=draw(st.booleans()),
        ),
        not_within=draw(st.none() | st.integers(1, 300).map(lambda n: timedelta(days=n))),
    )


@settings(max_examples=150, deadline=None)
@given(journeys())
def test_any_journey_comes_back_as_it_was(journey):
    assert read_journey(journey.key, journey_text(journey)) == (journey, [])


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(), "at once"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(days=14), "14 days"),
        (timedelta(weeks=4), "4 weeks"),
    ],
)
def test_a_stretch_of_time_is_said_as_people_say_it(length, said):
    assert stretch(length) == said


def test_a_new_journey_gets_a_key_no_other_has():
    assert key_of("After the storm!", ()) == "after_the_storm"
    assert key_of("Quote", ["quote", "quote_2"]) == "quote_3"
    assert key_of("¿?", ()) == "journey"
