"""The map of stages."""

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.journeys.rules.stages import stage_map


def test_every_journey_that_ships_has_a_place_and_renewal_has_nothing_yet(program):
    places = {place.key: place for place in stage_map(program.journeys)}
    assert list(places) == ["inquiry", "new", "regular", "renewal", "advocate", "went_wrong"]
    on_the_map = {journey.key for place in places.values() for journey in place.journeys}
    assert on_the_map == {journey.key for journey in program.journeys}
    renews = [j for j in program.journeys if any(t.purpose is Purpose.RENEWAL for t in j.touchpoints)]
    assert bool(places["renewal"].journeys) == bool(renews)
    assert {journey.source for journey in places["went_wrong"].journeys} == {"case"}


def test_a_place_whose_journeys_are_all_off_is_not_served(program):
    wrong = stage_map(program.journeys)[-1]
    assert wrong.served(())
    assert not wrong.served({journey.key for journey in wrong.journeys})


def test_the_most_particular_journey_comes_first(program):
    new = next(place for place in stage_map(program.journeys) if place.key == "new")
    assert new.journeys[0].key == "first_visit"
