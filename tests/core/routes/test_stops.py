"""Putting customers on routes and ordering the stops."""

from datetime import date

import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.commands.routes import add_stop, move_stop, remove_stop
from followup_desktop.commands.undo import undo_last
from followup_desktop.core.routes.model import NewStop
from followup_desktop.core.routes.queries import routes, stops_of

TUESDAY = date(2026, 11, 24)
ZONE = "America/New_York"


@pytest.fixture
def names(read):
    def look(day=TUESDAY):
        return [stop.name for stop in read(stops_of, day, ZONE)]

    return look


@pytest.fixture
def three(add, desk):
    people = [add(name) for name in ("Maria Alvarez", "Carl Jensen", "Ivy Chandra")]
    return [add_stop(desk, NewStop(person, 1, technician="Luis")).result for person in people]


def test_the_first_stop_of_a_weekday_makes_its_route(three, names, read):
    assert names() == ["Maria Alvarez", "Carl Jensen", "Ivy Chandra"]
    assert [(route.name, route.technician, route.stops) for route in read(routes)] == [("Tuesday route", "Luis", 3)]


def test_a_customer_is_on_a_route_once(three, add, desk):
    with pytest.raises(Problem, match="Maria Alvarez is on this route already"):
        add_stop(desk, NewStop(1, 1))


@pytest.mark.parametrize(
    ("moved", "past", "order"),
    [
        (0, 1, ["Carl Jensen", "Maria Alvarez", "Ivy Chandra"]),
        (2, 1, ["Maria Alvarez", "Ivy Chandra", "Carl Jensen"]),
        (2, 0, ["Ivy Chandra", "Maria Alvarez", "Carl Jensen"]),
    ],
)
def test_a_stop_changes_its_place_and_undo_puts_it_back(three, names, desk, moved, past, order):
    move_stop(desk, three[moved], three[past])
    assert names() == order
    undo_last(desk)
    assert names() == ["Maria Alvarez", "Carl Jensen", "Ivy Chandra"]


def test_a_stop_taken_off_comes_back_at_its_place(three, names, desk):
    remove_stop(desk, three[1])
    assert names() == ["Maria Alvarez", "Ivy Chandra"]
    assert undo_last(desk).result == "Carl Jensen is off the route"
    assert names() == ["Maria Alvarez", "Carl Jensen", "Ivy Chandra"]


def test_a_stop_of_every_second_week_is_not_there_in_between(add, desk, names):
    add_stop(desk, NewStop(add("Sam Osei"), 1, every_weeks=2, from_day=TUESDAY))
    assert names(TUESDAY) == ["Sam Osei"]
    assert names(date(2026, 12, 1)) == []
    assert names(date(2026, 12, 8)) == ["Sam Osei"]


def test_a_stop_that_is_gone_cannot_be_moved(three, desk):
    with pytest.raises(Problem, match="no longer on the route"):
        move_stop(desk, 99, three[0])
