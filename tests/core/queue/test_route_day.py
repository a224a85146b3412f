"""What is known and asked at the stops of a day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from followup_desktop.commands import cases, promises
from followup_desktop.commands.history import close_stop
from followup_desktop.commands.routes import add_stop
from followup_desktop.core.cases.queries import cases as all_cases
from followup_desktop.core.history.model import Happening
from followup_desktop.core.promises.model import NewPromise
from followup_desktop.core.queue.queries.route_day import route_day
from followup_desktop.core.routes.model import NewStop
from tests.conftest import MONDAY

TUESDAY = date(2026, 11, 24)
ZONE = "America/New_York"


@pytest.fixture
def stop(desk):
    def put(customer, weekday=1):
        return add_stop(desk, NewStop(customer, weekday, technician="Luis")).result

    return put


@pytest.fixture
def visits(read, clock):
    def look(day=TUESDAY):
        return {v.stop.name: v for v in read(route_day, clock.now(), day).visits}

    return look


def told(visit):
    return [piece.text for piece in visit.know], visit.ask and (visit.ask.text, visit.ask.why)


def test_an_open_promise_is_known_and_asked_about(add, stop, visits, desk):
    maria = add("Maria Alvarez", stage="regular")
    stop(maria)
    promises.make_promise(desk, NewPromise("send the filter quote", date(2026, 11, 23), None, ZONE, maria))
    know, ask = told(visits()["Maria Alvarez"])
    assert know == ["Promised: send the filter quote, due today"]
    assert ask == ("Besides what we promised, is anything else waiting?", "Promise due today")


def test_what_they_wrote_waits_until_we_say_something(add, stop, log, visits):
    paul = add("Paul Sato", stage="regular")
    stop(paul)
    log(paul, "message_in", note="It stopped again", at=MONDAY - timedelta(days=1))
    know, ask = told(visits()["Paul Sato"])
    assert know == ["Reply waiting since Sunday"]
    assert ask[1] == "They wrote: “It stopped again”"
    log(paul, "call", note="Will look at it", at=MONDAY - timedelta(hours=1))
    assert told(visits()["Paul Sato"])[0] == []


def test_a_late_visit_is_remembered_until_it_held(add, stop, visits, desk, read, clock):
    lena = add("Lena Fox", stage="regular")
    place = stop(lena)
    clock.moment = MONDAY - timedelta(days=6)
    close_stop(desk, lena, place, date(2026, 11, 17), Happening.VISIT_LATE, "Luis")
    clock.moment = MONDAY
    know, ask = told(visits()["Lena Fox"])
    assert know == ["Late visit last week"]
    assert ask == ("Was last Tuesday all right after all?", "We came late last Tuesday")
    case = read(all_cases)[0].id
    cases.put_right(desk, case, "Came back the same day")
    assert told(visits()["Lena Fox"])[0] == ["Late visit, put right yesterday: did it hold?"]
    cases.close_case(desk, case)
    assert told(visits()["Lena Fox"])[0] == []


def test_who_sent_them_the_gate_and_the_third_visit(add, stop, log, visits):
    ruth = add("Ruth Abara")
    kemi = add("Kemi Adeyemi", access_note="Gate code 4417", stage="new")
    stop(kemi)
    log(ruth, "referral", about="Kemi Adeyemi", at=MONDAY - timedelta(days=40))
    for days in (30, 20):
        log(kemi, "visit_done", visit="routine", at=MONDAY - timedelta(days=days))
    know, ask = told(visits()["Kemi Adeyemi"])
    assert know == ["Gate code 4417", "Referred by Ruth Abara"]
    assert ask == ("What made you choose us?", "Third visit")


def test_a_visit_says_what_happened_on_its_day_only(add, stop, visits, desk, clock):
    ivy = add("Ivy Chandra", stage="regular")
    place = stop(ivy, 0)
    close_stop(desk, ivy, place, date(2026, 11, 23), Happening.VISIT_DONE, "Luis")
    assert visits(date(2026, 11, 23))["Ivy Chandra"].stop.state == "visit_done"
    assert visits(date(2026, 11, 30))["Ivy Chandra"].stop.state == "planned"


def test_the_number_of_statements_does_not_grow_with_the_stops(add, stop, log, desk, clock):
    counts = []
    for number in range(1, 9):
        customer = add(f"Customer {number}")
        stop(customer)
        log(customer, "complaint", note="green water")
        if number in (2, 8):
            counts.append(_statements(desk, clock))
    assert counts[0] == counts[1] <= 14


def _statements(desk, clock):
    seen = []
    with desk.store.read() as session:
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        route_day(session, clock.now(), TUESDAY)
    return len(seen)
