from datetime import date, timedelta

import pytest

from followup_desktop.commands.cases import put_right
from followup_desktop.commands.consent import set_consent, stop_mail
from followup_desktop.commands.customers import set_stage
from followup_desktop.commands.promises import make_promise
from followup_desktop.commands.undo import undo_last
from followup_desktop.core.cases import queries as cases
from followup_desktop.core.consent import queries as consent
from followup_desktop.core.customers.model import CustomerId, Stage, Standing
from followup_desktop.core.promises.model import NewPromise
from followup_desktop.core.queue.model import Move
from followup_desktop.core.queue.queries import customers as lists
from followup_desktop.core.queue.queries.about import about
from followup_desktop.core.queue.queries.customers import Filter
from followup_desktop.core.risk.queries import risk_of
from tests.conftest import MONDAY

pytestmark = pytest.mark.row("Q8")


@pytest.fixture
def step(read):
    return lambda customer: read(about, customer, MONDAY).next_step


def promise(desk, customer, what, day):
    return int(make_promise(desk, NewPromise(what, day, None, "America/New_York", customer)).result)


def test_nothing_is_due_for_a_customer_nothing_happened_to(add, step):
    assert step(add("Ivy Chandra")).text == "Nothing is due"


def test_a_late_promise_comes_before_everything(add, log, desk, step):
    tom = add("Tom Becker")
    log(tom, "complaint", note="Green water")
    key = promise(desk, tom, "ring about the water", date(2026, 11, 20))
    assert (step(tom).text, step(tom).move, step(tom).key) == (
        "Keep your promise: ring about the water",
        Move.PROMISE,
        key,
    )


def test_what_is_wrong_comes_before_what_is_due_until_it_is_put_right(add, log, desk, read, step):
    tom = add("Tom Becker")
    log(tom, "complaint", note="Green water")
    assert step(tom).text == "Put it right: Green water"
    (case,) = read(cases.of_customers, [tom])
    put_right(desk, int(case.id))
    assert step(tom).move is not Move.CASE


def test_who_told_us_something_is_answered(add, log, step):
    greta = add("Greta Lindqvist")
    log(greta, "rating", rating=3, note="Gate left open")
    assert (step(greta).text, step(greta).move) == ("Answer Greta", Move.FOLLOW_UP)
    assert "Gate left open" in step(greta).why


@pytest.fixture
def drifting(add, log):
    def make(**more):
        key = add("Wendell Price", **more)
        for days in (200, 185, 170):
            log(key, "call", at=MONDAY - timedelta(days=days))
        log(key, "rating", rating=5, at=MONDAY - timedelta(days=180))
        log(key, "rating", rating=4, at=MONDAY - timedelta(days=179))
        return key

    return make


def test_who_drifts_away_is_rung(drifting, step):
    assert step(drifting(phone="(555) 201-0142")).text == "Ring Wendell and ask how things are"


def test_without_a_number_they_are_written_to(drifting, step):
    assert step(drifting()).text == "Write to Wendell and ask how things are"


def test_who_wants_no_calls_is_written_to_and_who_wants_neither_is_left_alone(drifting, desk, step):
    wendell = CustomerId(drifting(phone="(555) 201-0142"))
    set_consent(desk, wendell, "call", allowed=False)
    assert step(wendell).move is Move.WRITE
    stop_mail(desk, wendell)
    assert step(wendell).text == "Nothing is due"


def test_who_has_left_is_not_at_risk_of_leaving(drifting, desk, read, step):
    wendell = drifting(phone="(555) 201-0142")
    assert read(risk_of, wendell).standing is Standing.AT_RISK
    set_stage(desk, CustomerId(wendell), Stage.FORMER)
    assert step(wendell).text == "Nothing is due"
    assert read(about, wendell, MONDAY).risk.reasons == ()
    assert read(lists.standing_counts) == (0, 0)


def test_otherwise_the_soonest_thing_due_is_named_with_its_day(add, log, desk, step):
    sam = add("Sam Osei")
    log(sam, "visit_done", visit="first")
    assert step(sam).text == "Thank you, today"
    ana = add("Ana Pereira")
    promise(desk, ana, "price the heater", date(2026, 11, 25))
    assert step(ana).text == "You promised: price the heater, Wednesday"


@pytest.mark.row("G3")
def test_a_permission_and_no_mail_at_all_can_be_undone(add, desk, read):
    noah = CustomerId(add("Noah Fitch"))
    set_consent(desk, noah, "text", allowed=False)
    assert read(consent.refused)[noah] == {"text"}
    undo_last(desk)
    assert noah not in read(consent.refused)
    stop_mail(desk, noah)
    assert read(consent.suppressed) == {"noah.fitch@example.com"}
    undo_last(desk)
    assert read(consent.suppressed) == frozenset()


def test_who_left_stands_at_the_end_when_those_at_risk_come_first(drifting, add, desk, read):
    wendell, ivy = drifting(), add("Ivy Chandra")
    set_stage(desk, CustomerId(wendell), Stage.FORMER)
    found = read(lists.page, MONDAY, "UTC", Filter(order="risk"))
    assert [line.id for line in found] == [ivy, wendell]


def test_a_place_in_the_list_is_known_and_a_customer_that_is_gone_has_none(add, read):
    for name in ("Ana Adams", "Ben Brown", "Cleo Clark"):
        last = add(name)
    assert read(lists.position, last) == 2
    assert read(lists.position, 999) == 0
    assert read(lists.key_of, 999) is None
