"""Switching journeys on and off."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_desktop.commands.door import plan_of
from followup_desktop.commands.journeys import switch_journey
from followup_desktop.commands.undo import undo_last
from followup_desktop.core.journeys.records import reconcile


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


HAPPENED = ("visit_done", "quote_sent", "purchase", "inquiry", "complaint", "message_in", "booking", "referral")


@given(
    happened=st.lists(st.tuples(st.sampled_from(HAPPENED), st.integers(0, 200)), min_size=1, max_size=8),
    switched=st.lists(st.tuples(st.integers(0, 99), st.booleans()), min_size=1, max_size=6),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_journey_that_counts_anew_leaves_nothing_to_be_worked_out(program, add, log, clock, happened, switched):
    """What only the changed journeys ask for is the same as what working out everything for everyone asks for."""
    desk = program.desk
    customer = add("Ana Pereira")
    for what, days in happened:
        visit = {"visit": "first" if days % 2 else "repair"} if what == "visit_done" else {}
        log(customer, what, at=clock.now() - timedelta(days=days), **visit)
    journeys = [journey for journey in program.journeys if journey.source != "answer"]
    for which, on in switched:
        switch_journey(desk, journeys[which % len(journeys)], on=on)
        with desk.store.write("test", "", undoable=False) as work:
            reconcile(work, [customer], plan_of(work, desk))
            work.session.flush()
            assert not work.recorder.customers
