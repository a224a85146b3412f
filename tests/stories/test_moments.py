"""Time alone starts journeys: what runs out, silence, anniversaries, seasons; whom they concern, and what ends them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from followup_desktop import app
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands.customers import set_stage
from followup_desktop.core.customers.model import CustomerId, Stage
from tests.stories.conftest import Refused

TOUCHPOINT = """
[[touchpoints]]
key = "first"
name = "Say it in time"
purpose = "renewal"
template = "thank_you/repair"
due = "at once"
at = "09:00"
closes = "18 days"
channels = ["email", "call"]
"""


def journey(start: str, more: str = "", touchpoints: str = TOUCHPOINT) -> str:
    return (
        'name = "Test"\nobjective = "It is tried out."\nstages = ["regular"]\n'
        f'stops_on = ["inbound", "opted_out", "left"]\n{more}\n[starts_on]\n{start}\n{touchpoints}'
    )


@pytest.fixture
def ships(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have only these journeys ship: `ships(renewal='…')`."""
    texts = app._texts

    def only(**files: str) -> None:
        def read(folder: str, pattern: str) -> dict[str, str]:
            if folder.startswith("packs/"):
                return {}
            return (
                {f"{key}.toml": text for key, text in files.items()} if folder == "journeys" else texts(folder, pattern)
            )

        monkeypatch.setattr(app, "_texts", read)

    return only


def add(run: Callable[..., Any], name: str = "Priya Nair", now: str = "2026-11-23T09:00") -> int:
    given, family = name.split()
    new = ("--given-name", given, "--family-name", family, "--email", f"{given.lower()}@example.com")
    return int(run("add", *new, "--phone", "+12025550111", now=now)["id"])


def cards(run: Callable[..., Any], now: str) -> list[str]:
    return [card["why_here"] for card in run("queue", now=now)["cards"]]


@pytest.mark.row("J1", "C6", "D4")
def test_an_agreement_comes_up_a_month_before_it_runs_out_and_once_more_when_it_was_renewed(run, ships):
    ships(renewal=journey('happening = "renewal_coming"\nbefore = "30 days"'))
    priya = add(run)
    made = run("agreement", "add", priya, "--what", "service contract", "--renews", "2027-02-01", "--price", "1200")
    assert cards(run, "2027-01-01T09:30") == []
    said = cards(run, "2027-01-02T09:30")
    assert said == ["The service contract runs out on Monday 1 February 2027. Say it in time."]
    run(
        "agreement", "change", made["id"], "--what", "service contract", "--renews", "2028-02-01", "--price", "1200",
        now="2027-01-04T10:00",
    )  # fmt: skip
    assert cards(run, "2027-01-05T09:30") == []
    (ended,) = run("customer", priya, now="2027-01-05T09:30")["follow_ups"]
    assert ended["outcome"] == "stopped"
    assert cards(run, "2028-01-03T09:30") == [
        "The service contract runs out on Tuesday 1 February 2028. Say it in time."
    ]


@pytest.mark.row("D4")
def test_what_a_customer_owns_is_kept_listed_and_undone(run):
    priya = add(run)
    days = ("--fitted", "2026-11-20", "--warranty", "2028-11-20", "--service", "2027-05-20")
    run("equipment", "add", priya, "--what", "pool  heater", *days, "--note", "gas")
    run("agreement", "add", priya, "--what", "weekly service", "--price", "165.50", "--per", "month")
    listed = run("equipment", "list", priya)
    assert listed["equipment"] == [
        {"id": 1, "what": "pool heater", "fitted": "2026-11-20", "warranty": "2028-11-20", "service": "2027-05-20",
         "note": "gas"}
    ]  # fmt: skip
    assert listed["agreements"][0] | {"id": 0} == {
        "id": 0, "what": "weekly service", "renews": None, "price": 16550, "currency": "USD", "per": "month",
        "note": "",
    }  # fmt: skip
    run("undo")
    run("undo")
    assert run("equipment", "list", priya) == {"equipment": [], "agreements": []}


@pytest.mark.row("D4")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("equipment", "add", 99, "--what", "pump"), "There is no customer 99."),
        (("equipment", "add", 1, "--what", " "), "It has no name."),
        (("equipment", "add", 1, "--what", "pump", "--fitted", "2026-11-20", "--warranty", "2025-01-01"), "warranty"),
        (("agreement", "add", 1, "--what", "x", "--price", "lots"), "lots"),
        (("agreement", "change", 7, "--what", "x"), "There is no agreement 7."),
        (("leave", 1, "--journey", "full_moon", "--why", "no"), "There is no journey “full_moon”"),
    ],
)
def test_what_cannot_be_is_said_in_words(run, words, says):
    add(run)
    with pytest.raises(Refused) as refused:
        run(*words)
    assert says in refused.value.said


@pytest.mark.row("J1", "C6")
def test_a_warranty_and_a_filter_come_up_before_they_end(run, ships):
    ships(
        warranty=journey('happening = "warranty_ending"\nbefore = "8 weeks"'),
        filter=journey('happening = "service_due"\nbefore = "14 days"', '[only_if]\nowns = "heater"'),
    )
    priya, tom = add(run), add(run, "Tom Reed")
    run("equipment", "add", priya, "--what", "Pool heater", "--warranty", "2027-03-01", "--service", "2027-06-01")
    run("equipment", "add", tom, "--what", "salt cell", "--service", "2027-06-01")
    assert cards(run, "2027-01-05T10:00") == [
        "The warranty of the Pool heater ends on Monday 1 March 2027. Say it in time."
    ]
    assert cards(run, "2027-05-19T10:00") == [
        "The Pool heater is due for service on Tuesday 1 June 2027. Say it in time."
    ]


@pytest.mark.row("J1", "C5", "X2")
def test_quiet_for_too_long_comes_up_and_any_real_contact_sets_the_clock_anew(run, ships):
    ships(quiet=journey('happening = "quiet_too_long"'))
    priya = add(run)
    run("log", "--customer", priya, "--what", "call", now="2026-11-23T10:00")
    assert cards(run, "2027-01-21T10:00") == []
    assert cards(run, "2027-01-23T10:00") == ["Nothing heard or said since Mon 23 Nov. Say it in time."]
    run("log", "--customer", priya, "--what", "call", now="2027-01-24T10:00")
    assert cards(run, "2027-01-25T10:00") == []
    wrote = run("write", priya, now="2027-02-20T10:00")["follow_up_id"]
    run("done", wrote, "--how", "text", now="2027-02-20T10:01")
    assert cards(run, "2027-03-26T10:00") == []
    assert len(cards(run, "2027-04-30T12:00")) == 1


@pytest.mark.row("C5")
def test_whoever_talks_with_us_every_other_week_is_missed_sooner(run, ships):
    ships(quiet=journey('happening = "quiet_too_long"'))
    priya = add(run)
    for day in ("2026-11-23", "2026-12-07", "2026-12-21"):
        run("log", "--customer", priya, "--what", "call", now=f"{day}T10:00")
    assert cards(run, "2027-01-10T10:00") == []
    assert len(cards(run, "2027-01-12T10:00")) == 1


@pytest.mark.row("J1", "C3")
def test_a_season_comes_for_customers_and_not_for_who_left(run, ships, store):
    ships(season=journey('happening = "season"\non = "04-15"'))
    add(run)
    tom = add(run, "Tom Reed")
    run("log", "--customer", tom, "--what", "note")
    assert len(cards(run, "2027-04-15T09:30")) == 2
    leaves(store, tom, datetime(2027, 4, 15, 20, tzinfo=UTC))
    assert len(cards(run, "2027-04-16T09:30")) == 1
    assert len(cards(run, "2028-04-15T09:30")) == 1


def leaves(store: Path, customer: int, now: datetime) -> None:
    """Have a customer leave, by the command the window uses."""
    program = app.Program(store, FixedClock(now))
    set_stage(program.desk, CustomerId(customer), Stage.FORMER)
    program.close()


@pytest.mark.row("J1")
def test_the_day_of_the_first_visit_comes_round_every_year(run, ships):
    ships(year=journey('happening = "first_visit_anniversary"'))
    priya = add(run)
    run("log", "--customer", priya, "--what", "visit_done", "--visit", "first", now="2026-11-23T11:00")
    assert cards(run, "2027-11-22T10:00") == []
    assert cards(run, "2027-11-23T10:00") == ["First visit 1 year ago. Say it in time."]
    assert cards(run, "2028-11-23T10:00") == ["First visit 2 years ago. Say it in time."]


@pytest.mark.row("J1", "F2")
def test_the_nps_question_comes_every_half_year_on_a_day_of_their_own(run, ships):
    ships(nps=journey('happening = "regularly"\nevery = "180 days"', touchpoints=TOUCHPOINT + 'question = "nps"\n'))
    for name in ("Ann A", "Bea B", "Cleo C"):
        add(run, name)
    planned = run("plan", "--days", 366)
    first = [row["due"][:10] for row in planned if row["due"] < "2027-07"]
    assert len(set(first)) == 3
    assert len(planned) == 6


@pytest.mark.row("Q5")
def test_the_owner_s_word_ends_one_journey_and_not_the_others(run, ships):
    ships(
        a=journey('happening = "season"\non = "12-01"'),
        b=journey('happening = "season"\non = "12-02"', touchpoints=TOUCHPOINT.replace("18 days", "40 days")),
    )
    priya = add(run)
    assert len(run("plan", "--customer", priya, now="2026-12-03T10:00")) == 2
    run("leave", priya, "--journey", "a", "--why", "they sell the house", now="2026-12-03T10:01")
    left = run("plan", "--customer", priya, now="2026-12-03T10:02")
    assert {row["journey"]: row["state"] for row in left if row["state"] != "stopped"} == {"b": "open"}
    run("undo", now="2026-12-03T10:03")
    assert len(run("queue", now="2026-12-03T10:04")["cards"][0]["follow_ups"]) == 2
    run("leave", priya, "--why", "they sell the house", now="2026-12-03T10:05")
    assert run("queue", now="2026-12-03T10:06")["cards"] == []


REVIEW = """
[[touchpoints]]
key = "request"
name = "Ask"
purpose = "review_request"
template = "thank_you/repair"
due = "48 hours"
closes = "16 days"
channels = ["email", "call"]

[[touchpoints]]
key = "reminder"
name = "Ask once more"
purpose = "review_request"
template = "thank_you/repair"
due = "7 days"
closes = "14 days"
channels = ["email", "call"]
follows = "request"
"""


@pytest.mark.row("C7")
def test_a_review_is_asked_for_once_with_one_reminder_a_week_later_and_not_again_for_half_a_year(run, ships):
    ships(review=journey('happening = "visit_done"\nvisit = "repair"', 'not_within = "180 days"', REVIEW))
    priya = add(run)
    repair = ("log", "--customer", priya, "--what", "visit_done", "--visit", "repair", "--about", "pump")
    run(*repair, now="2026-11-23T10:00")
    (card,) = run("queue", now="2026-11-25T11:00")["cards"]
    assert "reminder" not in {row["touchpoint"] for row in run("plan", now="2026-11-25T11:00")}
    run("done", card["follow_ups"][0]["id"], "--how", "call", now="2026-11-27T11:00")
    planned = {row["touchpoint"]: row["due"] for row in run("plan", now="2026-11-28T11:00")}
    assert planned["reminder"] == "2026-12-04T11:00:00-05:00"
    assert run("queue", now="2026-12-03T11:00")["cards"] == []
    (again,) = run("queue", now="2026-12-04T11:30")["cards"]
    assert again["why_here"].endswith("Ask once more.")
    run(*repair, now="2027-01-11T10:00")
    assert run("queue", now="2027-01-14T11:00")["cards"] == []
    run(*repair, now="2027-06-01T10:00")
    assert len(run("queue", now="2027-06-04T11:00")["cards"]) == 1


@pytest.mark.row("C7")
def test_no_review_is_asked_for_while_something_is_not_put_right(run, ships):
    ships(review=journey('happening = "visit_done"\nvisit = "repair"', "[only_if]\nno_open_case = true", REVIEW))
    priya = add(run)
    run("log", "--customer", priya, "--what", "complaint", "--note", "green water", now="2026-11-23T09:30")
    run("log", "--customer", priya, "--what", "visit_done", "--visit", "repair", now="2026-11-23T10:00")
    assert run("queue", now="2026-11-25T11:00")["cards"] == []


def test_a_question_is_not_asked_twice_within_its_time(run, ships):
    ask = TOUCHPOINT + 'question = "csat"\n'
    ships(
        first=journey('happening = "visit_done"\nvisit = "first"', touchpoints=ask),
        repair=journey('happening = "visit_done"\nvisit = "repair"', touchpoints=ask),
    )
    priya = add(run)
    run("log", "--customer", priya, "--what", "visit_done", "--visit", "first", now="2026-11-23T08:00")
    (card,) = run("queue", now="2026-11-23T10:00")["cards"]
    run("done", card["follow_ups"][0]["id"], "--how", "call", now="2026-11-23T10:01")
    run("log", "--customer", priya, "--what", "visit_done", "--visit", "repair", now="2026-12-23T08:00")
    assert run("queue", now="2026-12-23T10:00")["cards"] == []
    run("log", "--customer", priya, "--what", "visit_done", "--visit", "repair", now="2027-01-15T08:00")
    assert len(run("queue", now="2027-01-15T10:00")["cards"]) == 1


def test_the_plan_names_the_way_they_can_be_reached_by(run, ships):
    ships(season=journey('happening = "season"\non = "12-01"'))
    rung = run("add", "--given-name", "Tom", "--phone", "+12025550111")["id"]
    add(run)
    assert {row["customer_id"] == rung: row["channel"] for row in run("plan")} == {True: "call", False: "email"}


@pytest.mark.row("Q2", "Q4")
def test_the_plan_says_of_everything_why_it_is_or_is_not_to_be_done(run):
    priya = add(run)
    run(
        "log",
        "--customer",
        priya,
        "--what",
        "visit_done",
        "--visit",
        "first",
        "--about",
        "pump",
        now="2026-11-23T09:00",
    )
    run("log", "--customer", priya, "--what", "call", now="2026-11-23T09:05")
    found = run("plan", "--days", 7, now="2026-11-23T10:00")
    assert json.dumps(found)
    assert {row["touchpoint"] for row in found} >= {"thank_you"}
    for row in found:
        assert set(row) == {
            "customer_id", "source", "journey", "touchpoint", "purpose", "channel", "opens", "due", "closes", "state",
            "reason_text",
        }  # fmt: skip
        assert row["reason_text"]
        assert row["state"] in ("planned", "open", "held", "stopped")


def test_planning_again_changes_nothing(run, ships):
    ships(
        quiet=journey('happening = "quiet_too_long"'),
        season=journey('happening = "season"\non = "12-01"'),
        review=journey('happening = "visit_done"\nvisit = "repair"', 'not_within = "180 days"', REVIEW),
    )
    priya = add(run)
    run("log", "--customer", priya, "--what", "visit_done", "--visit", "repair", now="2026-11-23T10:00")
    before = run("customer", priya, now="2026-12-01T10:00")["follow_ups"], run("plan", now="2026-12-01T10:00")
    run("plan", "--days", 200, now="2026-12-01T10:00")
    assert (run("customer", priya, now="2026-12-01T10:00")["follow_ups"], run("plan", now="2026-12-01T10:00")) == before


RENEWAL = """Subject: The {{ agreement.what }}

Hi {{ customer.given_name }},

The {{ agreement.what }} ends on {{ agreement.until }}{% if agreement.price %}; from then on it is
{{ agreement.price }}{% endif %}. Shall we go on?

{{ owner.first_name }}
"""


@pytest.mark.row("C6", "D4", "M2")
def test_the_draft_of_a_renewal_says_what_ends_and_when_and_where_it_knows_that_from(run, ships, tmp_path):
    ships(renewal=journey('happening = "renewal_coming"\nbefore = "30 days"'))
    words = tmp_path / "renewal.j2"
    words.write_text(RENEWAL, "utf-8")
    run("template", "save", "thank_you/repair", "--text-file", words)
    priya = add(run)
    run("agreement", "add", priya, "--what", "service contract", "--renews", "2027-02-01", "--price", "1200")
    (card,) = run("queue", now="2027-01-02T09:30")["cards"]
    draft = run("draft", card["follow_ups"][0]["id"], now="2027-01-02T09:30")
    assert "The service contract ends on Monday 1 February" in draft["text"]
    assert "$1,200" in draft["text"]
    assert {"text": "service contract", "source": "their agreement, under What they own"} in draft["facts"]
