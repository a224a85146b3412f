"""Undo takes back exactly what a command did, whatever the commands were."""

import sqlite3
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_desktop.base.errors import Problem
from followup_desktop.commands import cases, customers, history, messages, promises
from followup_desktop.commands.undo import undo_last
from followup_desktop.core.customers.model import Person
from followup_desktop.core.history.model import Happening, NewEvent
from followup_desktop.core.promises.model import NewPromise
from followup_desktop.core.queue.queries.today import queue
from tests.conftest import MONDAY

LEFT_OUT = {"steps", "sqlite_sequence", "alembic_version"}


def everything(path):
    """Every record of the store, without the steps of undo and the search index."""
    store = sqlite3.connect(path)
    try:
        tables = [n for (n,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [t for t in tables if t not in LEFT_OUT and "_search" not in t]
        return {t: sorted(map(repr, store.execute(f"SELECT * FROM {t}"))) for t in kept}
    finally:
        store.close()


def leading(desk):
    with desk.store.read() as session:
        cards = queue(session, desk.store.clock.now()).cards
    return cards[0].leading.id if cards else None


def something(desk, what, number):
    """Do one thing; some cannot be done now, which is a Problem and changes nothing."""
    card = leading(desk)
    match what:
        case "add":
            customers.add_customer(desk, Person(f"Customer {number}", email=f"c{number}@example.com"))
        case "edit":
            customers.edit_customer(desk, 1, Person("Priya", "Nair", notes=f"note {number}", more_emails=("p@x.org",)))
        case "promise":
            promises.make_promise(desk, NewPromise("call", date(2026, 11, 23 + number % 5), None, "UTC", 1))
        case "keep":
            promises.keep_promise(desk, number % 3 + 1)
        case "move":
            promises.move_promise(desk, number % 3 + 1, MONDAY + timedelta(days=9))
        case "put_right":
            cases.put_right(desk, 1, "came back")
        case "write":
            messages.write(desk, 1)
        case "done" if card:
            messages.done(desk, card, "call")
        case "later" if card:
            messages.later(desk, card, date(2026, 11, 27))
        case "skip" if card:
            messages.skip(desk, card, "not now")
        case "hand_over" if card:
            messages.hand_over(desk, messages.Approved(card, "Subject", "Text"))
        case Happening():
            history.log(desk, 1, NewEvent(what, note=f"note {number}", rating=number % 5 + 1, visit="repair"))


THINGS = [
    "add", "edit", "promise", "keep", "move", "put_right", "write", "done", "later", "skip", "hand_over",
    Happening.VISIT_DONE, Happening.COMPLAINT, Happening.RATING, Happening.QUOTE_SENT, Happening.QUOTE_WON,
    Happening.CALL, Happening.PURCHASE,
]  # fmt: skip


@pytest.mark.row("Q6")
@given(st.lists(st.sampled_from(THINGS), min_size=1, max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_everything_leaves_what_was_there(program, things):
    desk = program.desk
    with desk.store.read() as session:
        from followup_desktop.core.customers.queries import any_customer

        started = any_customer(session)
    if not started:
        customers.add_customer(desk, Person("Priya", "Nair", email="priya@example.com"))
    before, done = everything(program.path), 0
    for number, what in enumerate(things):
        try:
            steps = count_steps(program.path)
            something(desk, what, number)
        except Problem:
            assert count_steps(program.path) == steps
        done += count_steps(program.path) - steps
    for _ in range(done):
        undo_last(desk)
    assert everything(program.path) == before


def count_steps(path):
    store = sqlite3.connect(path)
    try:
        return store.execute("SELECT count(*) FROM steps WHERE NOT undone AND NOT spent").fetchone()[0]
    finally:
        store.close()


def test_undo_reaches_over_a_restart_but_not_over_a_month(program, clock, add):
    add("Priya Nair")
    program.close()
    clock.moment += timedelta(days=29)
    assert undo_last(program.desk).result == "Customer added"
    add("Carl Jensen")
    clock.moment += timedelta(days=31)
    with pytest.raises(Problem, match="nothing to undo"):
        undo_last(program.desk)
