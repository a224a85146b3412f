"""Switching journeys on and off."""

import pytest

from followup_desktop.commands.journeys import switch_journey
from followup_desktop.commands.undo import undo_last


@pytest.fixture
def quotes(program):
    return next(journey for journey in program.journeys if journey.key == "quote")


def purposes(queue):
    return [item.purpose for card in queue().cards for item in card.items]


def test_a_journey_switched_off_takes_its_follow_ups_off_the_list_and_undo_puts_them_back(
    add, log, queue, desk, quotes, clock
):
    log(add("Ana Pereira"), "quote_sent", about="heater", at=clock.now().replace(day=21))
    log(add("Sam Osei"), "purchase", about="salt cell")
    assert sorted(purposes(queue)) == ["quote_check_in", "thank_you"]
    assert switch_journey(desk, quotes, on=False).says == "Quote is off"
    assert purposes(queue) == ["thank_you"]
    undo_last(desk)
    assert sorted(purposes(queue)) == ["quote_check_in", "thank_you"]


def test_a_journey_switched_on_asks_for_what_happened_before(add, log, queue, desk, quotes, clock):
    switch_journey(desk, quotes, on=False)
    log(add("Ana Pereira"), "quote_sent", about="heater", at=clock.now().replace(day=21))
    assert purposes(queue) == []
    switch_journey(desk, quotes, on=True)
    assert purposes(queue) == ["quote_check_in"]


def test_switching_touches_only_whom_it_concerns(add, log, desk, quotes, clock):
    ana = add("Ana Pereira")
    log(ana, "quote_sent", about="heater", at=clock.now().replace(day=21))
    log(add("Sam Osei"), "purchase", about="salt cell")
    assert switch_journey(desk, quotes, on=False).changes.customers == {ana}
