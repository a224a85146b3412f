"""What a preview says would be held back: the law's clock, a wish to hear seldom, numbers nothing may go to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from followup_desktop.commands.consent import set_consent, set_law, suppress
from followup_desktop.commands.door import plan_for
from followup_desktop.core.consent.model import OFTEN, SELDOM
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.journeys.queries import Changing, outlook, rehearse
from tests.conftest import MONDAY

SOON = MONDAY - timedelta(days=2 * 365 - 10)
"""Two years less ten days ago: an anniversary ten days ahead, and the end of what CASL allows after a service."""


@pytest.fixture
def held(desk, program):
    """Return, by customer, what would hold back the thanks for a year, were they sent by these channels."""

    def look(*channels):
        with desk.store.read() as session:
            journeys = {each.key: each.journey for each in program.library.standings(session, "pools")}
            year = journeys["anniversary"]
            by_these = replace(year, touchpoints=tuple(replace(t, channels=channels) for t in year.touchpoints))
            found = outlook(session, Changing(None, by_these, plan_for(session, desk)), MONDAY)
        return {change.customer: change.held for change in found.changes}

    return look


@pytest.fixture
def since(add, log):
    """Somebody who came two years less ten days ago; returns their number."""

    def make(name):
        who = CustomerId(add(name, stage="regular", phone="+15552102233"))
        log(who, "visit_done", visit="first", at=SOON)
        return who

    return make


@pytest.mark.row("X7", "J4")
def test_the_law_says_until_when_an_offer_may_be_written(desk, held, since):
    ana, ben = since("Ana Pereira"), since("Ben Cole")
    set_law(desk, ana, "casl")
    found = held("email", "text")
    assert found[ana] == "The law lets you write them no offers from Thu 3 Dec on."
    assert found[ben] == ""
    assert held("email", "call")[ana] == ""


@pytest.mark.row("A6", "G1")
def test_who_wants_to_hear_seldom_or_often_is_held_to_that(desk, held, since, log):
    seldom, often, usual = since("Ana Pereira"), since("Ben Cole"), since("Cleo Dart")
    set_consent(desk, seldom, SELDOM, allowed=True, days=60)
    set_consent(desk, often, OFTEN, allowed=True)
    for who in (seldom, often, usual):
        log(who, "message_out", note="Hello.", counts=True, at=MONDAY - timedelta(days=20))
    found = held("email")
    assert (
        found[seldom]
        == "Not before Sat 2 Jan: they asked for no more than one message in 60 days, and then it is over."
    )
    assert (found[often], found[usual]) == ("", "")


@pytest.mark.row("G3")
def test_a_number_nothing_may_go_to_is_no_way(desk, held, since):
    ana = since("Ana Pereira")
    suppress(desk, "+15552102233", "Asked so on the phone.")
    assert held("text", "call")[ana] == "They asked not to be reached by it."
    assert held("text", "email")[ana] == ""


@pytest.mark.row("X9", "X7")
def test_a_rehearsal_goes_by_the_same(desk, program, since):
    ana = since("Ana Pereira")
    set_law(desk, ana, "casl")
    with desk.store.read() as session:
        journeys = {each.key: each.journey for each in program.library.standings(session, "pools")}
        year = journeys["anniversary"]
        by_mail = replace(year, touchpoints=tuple(replace(t, channels=("email",)) for t in year.touchpoints))
        month = (MONDAY, MONDAY + timedelta(days=30))
        (one,) = rehearse(session, by_mail, plan_for(session, desk), month)
    assert (str(one.would), one.why) == ("held", "The law lets you write them no offers from Thu 3 Dec on.")
