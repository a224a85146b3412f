"""Somebody who likes to be reached in the evening gets what is not urgent in the evening."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.base.zones import Quiet


def leaves(run, customer, what):
    """Send what an event asks for first; return when it leaves."""
    run("log", "--customer", customer, "--what", what, "--about", "heater", "--at", "2026-11-21T10:00")
    [card] = [card for card in run("queue")["cards"] if card["customer_id"] == customer]
    run("send", card["follow_ups"][0]["id"])
    [message] = [one for one in run("outbox", "list") if one["state"] == "queued"]
    return message["not_before"]


@pytest.fixture
def person(run, connected):
    def add(**more):
        words = [word for key, value in more.items() for word in (f"--{key.replace('_', '-')}", value)]
        names = (
            "--given-name",
            "Ana",
            "--family-name",
            "Pereira",
            "--email",
            "ana@example.com",
            "--street",
            "1 Hill St",
        )
        return run("add", *names, *words)["id"]

    return add


@pytest.mark.mailserver
@pytest.mark.row("G2", "A6")
def test_what_is_not_urgent_waits_for_the_evening_by_their_clock(run, person):
    customer = person(best_time="evening")
    assert run("customer", customer)["best_time"] == "evening"
    assert leaves(run, customer, "quote_sent") == "2026-11-23T22:00:00+00:00"  # five in New York


@pytest.mark.mailserver
@pytest.mark.row("G2")
def test_what_is_owed_does_not_wait_for_it(run, person):
    assert leaves(run, person(best_time="evening"), "complaint").startswith("2026-11-23T14:00")


HOURS = st.sampled_from([time(n // 4, n % 4 * 15) for n in range(96)])


@given(HOURS, HOURS, st.sampled_from([(8, 12), (12, 17), (17, 20)]))
def test_nothing_is_said_outside_both_and_something_is_said_on_every_weekday(start, end, best):
    quiet = Quiet(start, end, sundays=False)
    narrowed = quiet.narrowed(time(best[0]), time(best[1]))
    quarters = [time(n // 4, n % 4 * 15) for n in range(96)]
    open_then = [clock for clock in quarters if not narrowed._covers(clock)]
    assert open_then or start == end or all(quiet._covers(clock) for clock in quarters)
    if narrowed != quiet:
        assert all(best[0] <= clock.hour < best[1] for clock in open_then)
