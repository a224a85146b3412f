"""How long offers may be written where the law says so: counted per customer, asked about ahead, held after the end."""

from datetime import date

import pytest

from followup_desktop.core.consent.model import Law
from followup_desktop.core.consent.rules.clocks import Facts, clock_of, is_over, law_for, months_later
from tests.stories.conftest import Refused

SERVED = "2024-11-20T10:00"
AHEAD, AFTER = "2026-10-27T10:00", "2026-11-23T10:00"


@pytest.fixture
def ana(run):
    name = ("--given-name", "Ana", "--family-name", "Pereira", "--email", "ana@pereira.example")
    key = run("add", *name, now=SERVED)["id"]
    run("consent", "law", key, "--law", "casl", now=SERVED)
    run("log", "--customer", key, "--what", "visit_done", "--visit", "repair", "--about", "pump", now=SERVED)
    return key


def offer(run, key, now):
    return run("write", key, "--purpose", "continuity", now=now)["follow_up_id"]


@pytest.mark.row("X7")
def test_the_clock_runs_two_years_from_the_last_service_with_its_source(run, ana):
    shown = run("consent", "show", ana, now=AHEAD)
    assert shown["law"] == "casl"
    assert {c["purpose"] for c in shown["clocks"]} >= {"continuity", "review_request", "campaign"}
    [clock] = [c for c in shown["clocks"] if c["purpose"] == "continuity"]
    expected = {"basis": "service", "since": "2024-11-20", "ends": "2026-11-20", "ask_on": "2026-10-21", "over": False}
    assert {name: clock[name] for name in expected} == expected


@pytest.mark.row("X7")
@pytest.mark.parametrize(("language", "words"), [("en", "May I go on writing to you?"), ("es", "¿Puedo seguir")])
def test_the_question_is_drafted_ahead_of_the_end(run, ana, language, words):
    run("log", "--customer", ana, "--what", "note", "--note", "x", now=AHEAD)
    [card] = [c for c in run("queue", now=AHEAD)["cards"] if c["customer_id"] == ana]
    [item] = [f for f in card["follow_ups"] if f["touchpoint"] == "ask"]
    draft = run("draft", item["id"], "--channel", "email", "--language", language, now=AHEAD)
    assert words in draft["text"] or words in draft["subject"]


@pytest.mark.row("X7", "Q4")
def test_after_the_end_offers_are_held_and_what_is_owed_is_not(run, ana):
    key = offer(run, ana, AFTER)
    [held] = [h for h in run("queue", now=AFTER)["held"] if h["follow_up_id"] == key]
    assert held["reason"] == "no_consent"
    assert "CASL: offers were allowed until" in held["reason_text"]
    with pytest.raises(Refused, match="CASL: offers were allowed until"):
        run("send", key, now=AFTER)
    run("log", "--customer", ana, "--what", "visit_done", "--visit", "repair", "--about", "pump", now=AFTER)
    assert "follow_ups" in run("queue", now=AFTER)["cards"][0], "the thank-you for the work is no offer"
    [clock] = [c for c in run("consent", "show", ana, now=AFTER)["clocks"] if c["purpose"] == "continuity"]
    assert (clock["ends"], clock["over"]) == ("2028-11-23", False)


@pytest.mark.row("X7", "G3")
def test_a_yes_has_no_end(run, ana):
    run("consent", "set", ana, "--channel", "email", "--yes", "--source", "on the phone", now=AFTER)
    [clock] = [c for c in run("consent", "show", ana, now=AFTER)["clocks"] if c["purpose"] == "continuity"]
    assert (clock["basis"], clock["ends"], clock["over"]) == ("express", None, False)
    assert "on the phone" in clock["source"]
    key = offer(run, ana, AFTER)
    assert key in [f["id"] for c in run("queue", now=AFTER)["cards"] for f in c["follow_ups"]]


@pytest.mark.row("X7")
def test_no_law_no_clock(run):
    bob = run("add", "--given-name", "Bob", "--email", "bob@example.com", now=SERVED)["id"]
    shown = run("consent", "show", bob, now=AFTER)
    assert shown["law"] == "none"
    assert {(c["basis"], c["over"]) for c in shown["clocks"]} == {("free", False)}


@pytest.mark.parametrize(
    ("own", "chosen", "country", "region", "law"),
    [
        ("", "by_country", "", "CA", Law.CASL), ("", "by_country", "Canada", "US", Law.CASL),
        ("", "by_country", "España", "US", Law.PECR), ("", "by_country", "GB", "CA", Law.PECR),
        ("", "none", "Canada", "CA", Law.NONE), ("pecr", "none", "", "US", Law.PECR),
        ("", "by_country", "", "US", Law.NONE), ("", "by_country", "USA", "CA", Law.NONE),
    ],
)  # fmt: skip
def test_whose_rules_count(own, chosen, country, region, law):
    assert law_for(own, chosen, country, region) is law


@pytest.mark.row("X7")
def test_the_longest_that_counts_is_taken():
    day = date(2026, 1, 31)
    assert clock_of(Facts(inquired=day), Law.CASL).ends == date(2026, 7, 31)
    assert clock_of(Facts(served=day, inquired=date(2027, 12, 1)), Law.CASL).ends == date(2028, 6, 1)
    assert clock_of(Facts(served=day, until=date(2027, 3, 1)), Law.CASL).ends == date(2029, 3, 1)
    assert clock_of(Facts(known=day, is_lead=True), Law.CASL).basis == "inquiry"
    assert is_over(clock_of(Facts(), Law.CASL), day), "who never asked for anything gets no offers"
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 15), 24) == date(2028, 12, 15)


@pytest.mark.row("G7")
def test_the_note_on_what_is_kept_is_drafted_on_request(run, ana):
    key = run("consent", "note", ana, now=AFTER)["follow_up_id"]
    draft = run("draft", key, now=AFTER)
    assert draft["subject"] == "What we keep about you, and why"
    assert "have it erased" in draft["text"]
    assert "have it erased" not in run("draft", key, "--language", "es", now=AFTER)["text"]
    assert "cumplir mi palabra" in run("draft", key, "--language", "es", now=AFTER)["text"]


@pytest.mark.row("G7")
def test_the_first_message_says_what_is_kept_where_the_law_asks_for_it(run):
    greta = run("add", "--given-name", "Greta", "--email", "greta@example.de", now=SERVED)["id"]
    said = "You may see it, correct it or have it erased"
    assert said not in run("draft", run("write", greta, now=AFTER)["follow_up_id"], now=AFTER)["text"]
    run("consent", "law", greta, "--law", "pecr", now=AFTER)
    first = run("write", greta, now=AFTER)["follow_up_id"]
    assert said in run("draft", first, now=AFTER)["text"]
    run("done", first, "--how", "text", now=AFTER)
    assert said not in run("draft", run("write", greta, now=AFTER)["follow_up_id"], now=AFTER)["text"]
