"""Reminders on the command line: each once, and quietly again each morning while the promise is open."""

import pytest


@pytest.fixture
def promised(run):
    """Maria is to be rung today at three; filters are to be ordered tomorrow."""
    run("add", "--given-name", "Maria", "--family-name", "Alvarez", "--email", "maria@example.com")
    return (
        run("promise", "add", "ring Maria about the heater today at 3pm")["id"],
        run("promise", "add", "order filters tomorrow")["id"],
    )


def due(run, now, *more):
    return [(each["promise_id"], each["late"], each["again"]) for each in run("reminders", "due", *more, now=now)]


@pytest.mark.row("P3")
def test_a_reminder_is_due_a_quarter_of_an_hour_before_and_once(run, promised):
    maria, filters = promised
    assert due(run, "2026-11-23T14:44") == []
    assert due(run, "2026-11-23T14:45") == [(maria, False, False)]
    assert due(run, "2026-11-23T14:46", "--run") == [(maria, False, False)]  # asking alone had not used it up
    assert due(run, "2026-11-23T14:47", "--run") == []
    assert due(run, "2026-11-23T16:00", "--run") == []
    assert due(run, "2026-11-23T09:00", "--run") == []  # a clock set back shows nothing again
    assert due(run, "2026-11-24T08:00", "--run") == [(filters, False, False), (maria, True, True)]


@pytest.mark.row("P3")
def test_what_is_still_open_is_said_again_each_morning_until_it_is_settled(run, promised):
    maria, filters = promised
    due(run, "2026-11-23T14:50", "--run")
    run("promise", "keep", filters)
    assert due(run, "2026-11-24T07:59", "--run") == []
    assert due(run, "2026-11-24T08:00", "--run") == [(maria, True, True)]
    assert due(run, "2026-11-24T20:00", "--run") == []
    assert due(run, "2026-11-28T12:00", "--run") == [(maria, True, True)]  # after days off once, not once a day
    run("promise", "keep", maria, now="2026-11-28T12:01")
    assert due(run, "2026-11-29T08:00", "--run") == []


@pytest.mark.row("P3")
def test_a_promise_that_was_moved_is_reminded_of_anew(run, promised):
    maria, _filters = promised
    due(run, "2026-11-23T14:50", "--run")
    run("promise", "later", maria, "--until", "2026-11-26T10:00", now="2026-11-23T14:51")
    assert due(run, "2026-11-26T09:44", "--run") != [(maria, False, False)]
    assert (maria, False, False) in due(run, "2026-11-26T09:45", "--run")
