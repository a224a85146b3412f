"""Each kind of contact comes up when its moment does, with a draft made from what happened."""

from datetime import UTC, datetime

import pytest

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands.cases import put_right
from tests.stories.conftest import Refused

MONDAY = "2026-11-23T09:00"


@pytest.fixture
def ana(run):
    name = ("--given-name", "Ana", "--family-name", "Pereira")
    return run("add", *name, "--email", "ana@pereira.example", "--phone", "+15552103344")["id"]


def card(run, customer, now):
    found = [c for c in run("queue", now=now)["cards"] if c["customer_id"] == customer]
    return found[0] if found else None


def purposes(found):
    return {one["purpose"] for one in found["follow_ups"]} if found else set()


@pytest.mark.row("C2")
def test_after_a_repair_they_are_asked_how_it_went(run, ana):
    more = ("--visit", "repair", "--about", "pump", "--by", "Luis")
    run("log", "--customer", ana, "--what", "visit_done", *more, now=MONDAY)
    days = [f"2026-11-{day}T10:00" for day in range(24, 31)]
    asked = next(found for now in days if "check_in" in purposes(found := card(run, ana, now)))
    [key] = [one["id"] for one in asked["follow_ups"] if one["purpose"] == "check_in"]
    draft = run("draft", key, now="2026-11-25T10:00")
    assert "pump" in draft["subject"] + draft["text"]
    assert draft["text"].count("?") == 1
    assert "Repair done on Mon 23 Nov: pump." in asked["why_here"]


@pytest.mark.row("C4")
def test_a_new_customer_hears_what_to_expect_in_the_first_weeks(run, ana):
    run("journeys", "on", "onboarding", now=MONDAY)
    run("log", "--customer", ana, "--what", "visit_done", "--visit", "first", "--by", "Luis", now=MONDAY)
    assert "onboarding" not in purposes(card(run, ana, "2026-11-30T10:00"))
    assert "onboarding" in purposes(card(run, ana, "2026-12-03T10:00"))
    month = {p["touchpoint"] for p in run("plan", "--customer", ana, "--days", 40, now=MONDAY)}
    assert {"day_10", "month_1"} <= month


@pytest.mark.row("C4")
def test_who_complains_in_the_first_weeks_is_not_welcomed(run, ana):
    run("journeys", "on", "onboarding", now=MONDAY)
    run("log", "--customer", ana, "--what", "visit_done", "--visit", "first", now=MONDAY)
    run("log", "--customer", ana, "--what", "complaint", "--note", "The gate stood open.", now="2026-12-01T10:00")
    planned = run("plan", "--customer", ana, "--days", 40, now="2026-12-03T10:00")
    assert not [p for p in planned if p["journey"] == "onboarding" and p["state"] in ("open", "planned", "held")]


@pytest.mark.row("C10")
def test_something_expensive_is_gone_over_with_them_weeks_later(run, ana):
    run("journeys", "on", "big_job", now=MONDAY)
    run("log", "--customer", ana, "--what", "visit_done", "--visit", "installation", "--about", "heater", now=MONDAY)
    found = card(run, ana, "2026-12-21T11:00")
    assert "moment_of_truth" in purposes(found)
    assert found["channel"] == "call", "an expensive thing is worth a call first"
    [key] = [one["id"] for one in found["follow_ups"] if one["purpose"] == "moment_of_truth"]
    assert "heater" in run("draft", key, now="2026-12-21T11:00")["text"]


@pytest.mark.row("C10")
def test_a_missed_visit_is_put_right_before_anything_else(run, ana):
    run("log", "--customer", ana, "--what", "quote_sent", "--about", "heater", now="2026-11-21T09:00")
    run("log", "--customer", ana, "--what", "visit_missed", "--note", "Truck broke down", now=MONDAY)
    found = card(run, ana, "2026-11-23T11:30")
    assert found["group"] == "put_right"
    assert purposes(found) == {"apology"}


@pytest.mark.row("J3")
def test_anyone_can_be_written_to_at_any_time_with_the_same_help_and_record(run, ana):
    key = run("write", ana, "--purpose", "check_in", now=MONDAY)["follow_up_id"]
    assert key in [one["id"] for one in card(run, ana, MONDAY)["follow_ups"]]
    draft = run("draft", key, now=MONDAY)
    assert draft["to"] == "ana@pereira.example"
    assert draft["advice"], "the coach looks at it like at any other"
    run("done", key, "--how", "call", "--note", "All is well", now="2026-11-23T09:30")
    history = run("customer", ana, now="2026-11-23T10:00")["history"]
    assert (history[0]["what"], history[0]["note"]) == ("call", "All is well")
    with pytest.raises(Refused):
        run("write", 999)


@pytest.mark.row("C7")
def test_nobody_is_asked_for_a_review_while_what_went_wrong_is_not_closed(run, ana, store):
    run("journeys", "on", "review", now=MONDAY)
    run("log", "--customer", ana, "--what", "complaint", "--note", "The gate stood open.", now="2026-11-20T09:00")
    run("log", "--customer", ana, "--what", "visit_done", "--visit", "repair", "--about", "pump", now=MONDAY)
    assert "review_request" not in coming(run, ana, MONDAY)
    [key] = [one["id"] for one in run("customer", ana, now=MONDAY)["cases"]]
    program = Program(store, FixedClock(datetime(2026, 11, 23, 15, tzinfo=UTC)))
    put_right(program.desk, key, "A latch was fitted.")
    program.close()
    assert "review_request" not in coming(run, ana, "2026-11-25T10:00"), "put right, and not yet looked at again"


def coming(run, customer, now):
    planned = run("plan", "--customer", customer, now=now)
    return {p["purpose"] for p in planned if p["state"] in ("open", "planned", "held")}
