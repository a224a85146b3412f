"""What planning meets that should not be: it says so in words, or makes do, and everything else goes on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.commands import planning
from tests.stories.conftest import Refused


def company(run, **more: str) -> int:
    words = [part for key, value in more.items() for part in (f"--{key.replace('_', '-')}", value)]
    return int(run("add", *words)["id"])


def first_visit(run, customer: int, now: str = "2026-11-23T09:30") -> None:
    run("log", "--customer", customer, "--what", "visit_done", "--visit", "first", now=now)


@pytest.mark.row("Q4", "M3")
def test_a_customer_without_a_name_or_an_address_is_held_with_the_reason_and_the_others_go_on(run):
    nameless, priya = company(run, company="Lakeside Homeowners"), company(run, given_name="Priya", email="p@x.org")
    first_visit(run, nameless)
    first_visit(run, priya)
    found = run("queue", now="2026-11-23T11:00")
    assert [card["customer"] for card in found["cards"]] == ["Priya"]
    (held,) = found["held"]
    assert (held["customer"], held["reason"]) == ("Lakeside Homeowners", "no_channel")
    assert "Lakeside Homeowners" in held["reason_text"]
    text = run("draft", held["follow_up_id"], now="2026-11-23T11:00")["text"]
    assert "Hi ," not in text
    assert text.strip()


@pytest.mark.row("G2")
def test_a_time_zone_nobody_knows_counts_as_the_business_s_and_stops_nothing(run, store: Path):
    odd, priya = company(run, given_name="Odd", email="o@x.org"), company(run, given_name="Priya", email="p@x.org")
    with sqlite3.connect(store) as file:
        file.execute("UPDATE customers SET zone = 'Mars/Base' WHERE id = ?", (odd,))
    file.close()
    for customer in (odd, priya):
        first_visit(run, customer)
    cards = run("queue", now="2026-11-23T11:00")["cards"]
    assert {card["customer"] for card in cards} == {"Odd", "Priya"}
    for card in cards:
        assert run("draft", card["follow_ups"][0]["id"], now="2026-11-23T11:00")["text"]
    assert run("customer", odd)["name"] == "Odd"
    assert {row["customer_id"] for row in run("plan", now="2026-11-23T11:00")} == {odd, priya}


def test_a_clock_set_back_loses_nothing_and_brings_nothing_twice(run):
    priya = company(run, given_name="Priya", email="p@x.org")
    first_visit(run, priya)
    before = run("plan", now="2026-11-23T11:00")
    assert run("queue", now="2026-11-20T11:00")["cards"] == []
    run("log", "--customer", priya, "--what", "note", "--note", "the dog is called Rex", now="2026-11-20T11:05")
    assert run("plan", now="2026-11-23T11:00") == before
    assert len(run("queue", now="2026-11-23T11:00")["cards"]) == 1


def test_a_clock_set_back_says_nothing_of_days_to_come(run):
    priya = company(run, given_name="Priya", email="p@x.org")
    first_visit(run, priya)
    run("case", "open", "--customer", priya, "--what", "the gate stood open", now="2026-11-24T09:00")
    run("log", "--customer", priya, "--what", "note", "--note", "Rex", now="2026-12-08T09:00")
    back = run("queue", now="2026-11-20T11:00")
    assert [case["days"] for case in back["open_cases"]] == [0]
    assert back["lapsed"] == []


def test_what_lies_in_the_future_is_refused_but_for_a_booking(run):
    priya = company(run, given_name="Priya", email="p@x.org")
    with pytest.raises(Refused) as refused:
        run("log", "--customer", priya, "--what", "complaint", "--at", "2026-12-24T10:00")
    assert "That lies in the future." in refused.value.said
    run("log", "--customer", priya, "--what", "booking", "--at", "2026-12-24T10:00", "--about", "pool opening")
    assert all(row["opens"] >= "2026-12-24" for row in run("plan", "--days", 60) if row["journey"] == "booking")


def test_a_store_that_cannot_be_written_now_still_shows_its_list(run, monkeypatch):
    priya = company(run, given_name="Priya", email="p@x.org")
    first_visit(run, priya)

    def full(_desk):
        raise Problem("The disk is full.")

    monkeypatch.setattr(planning, "look_ahead", full)
    assert len(run("queue", now="2026-11-23T11:00")["cards"]) == 1
    assert run("plan", now="2026-11-23T11:00")
