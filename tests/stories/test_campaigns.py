"""Campaigns: one topic to one segment, each message still on Today on its day, under the same rules of contact."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands.customers import edit_customer
from followup_desktop.core.customers.model import CustomerId
from followup_desktop.core.customers.queries import customer as customer_of
from tests.stories.conftest import Refused

NAMES = ("Ana Abel", "Ben Cole", "Cleo Dart", "Dov Ezra", "Eva Frost", "Fay Grant")
LEAVES = (
    *("--topic", "Before the leaves come down", "--segment", "Everybody"),
    *("--words", "The oaks drop in the next two weeks and a full skimmer stops the pump."),
    *("--ask", "Shall I add a second visit?"),
)


@pytest.fixture
def people(run):
    """Six customers by mail and a segment of them all; returns their ids by first name."""
    ids = {}
    for name in NAMES:
        given, family = name.split()
        words = ("--given-name", given, "--family-name", family, "--email", f"{given.lower()}@example.com")
        ids[given] = run("add", *words)["id"]
    run("segment", "save", "Everybody")
    return ids


def days(found):
    return {p["customer"].split()[0]: p["day"] for p in found["places"]}


def cards(found):
    return sorted(card["customer"].split()[0] for card in found["cards"])


@pytest.mark.row("J2")
def test_each_message_of_a_campaign_comes_onto_today_on_its_day_to_be_read(run, people):
    before = run("campaign", "start", *LEAVES, "--days", "3", "--check")
    assert Counter(days(before).values()) == {"2026-11-23": 2, "2026-11-24": 2, "2026-11-25": 2}
    assert before["done_by"] == "2026-11-25"
    assert "The oaks drop" in before["samples"][0]["text"]
    assert "Hi Ana," in before["samples"][0]["text"]
    assert run("queue")["cards"] == []

    campaign = run("campaign", "start", *LEAVES, "--days", "3")["id"]
    today = run("queue")
    assert cards(today) == ["Ana", "Ben"]
    card = today["cards"][0]
    assert card["follow_ups"][0]["source"] == "campaign"
    assert card["why_here"] == "You are writing to 6 customers about “Before the leaves come down”."
    draft = run("draft", card["follow_ups"][0]["id"])
    assert draft["subject"] == "Before the leaves come down"
    assert draft["text"].count("?") == 1
    assert {"Your campaign “Before the leaves come down”"} <= {fact["source"] for fact in draft["facts"]}

    run("done", card["follow_ups"][0]["id"], "--how", "call")
    assert cards(run("queue")) == ["Ben"]
    progress = run("campaign", "show", campaign)["progress"]
    assert (progress["places"], progress["sent"], progress["today"], progress["coming"]) == (6, 1, 1, 4)


@pytest.mark.row("J2", "M1")
def test_everyone_gets_it_in_their_language_where_it_is_said_in_it_and_whole_in_the_usual_one_else(run, people, store):
    program = Program(store, FixedClock(datetime(2026, 11, 22, 15, tzinfo=UTC)))
    with program.desk.store.read() as session:
        person = customer_of(session, CustomerId(people["Eva"])).person
    edit_customer(program.desk, CustomerId(people["Eva"]), replace(person, language="es"))
    program.close()
    before = run("campaign", "start", *LEAVES, "--check")
    assert "1 of them reads Spanish and would get it in English: say it in Spanish too." in before["advice"]
    sample = next(one for one in before["samples"] if one["customer"] == "Eva Frost")
    assert sample["text"].startswith("Hi Eva,")
    assert "The oaks drop" in sample["text"]
    spanish = ("Antes de que caigan las hojas", "Los robles sueltan la hoja en dos semanas.", "¿Le añado una visita?")
    found = run("campaign", "start", *LEAVES, "--also-in", "es", *spanish, "--check")
    assert "Spanish" not in found["advice"]
    run("campaign", "start", *LEAVES, "--also-in", "es", *spanish, "--days", "1")
    drafts = {}
    for card in run("queue")["cards"]:
        drafts[card["customer"]] = run("draft", card["follow_ups"][0]["id"])
    eva = drafts["Eva Frost"]
    assert (eva["subject"], eva["language"]) == (spanish[0], "es")
    assert "Los robles sueltan la hoja en dos semanas." in eva["text"]
    assert "¿Le añado una visita?" in eva["text"]
    assert "oaks" not in eva["text"]
    assert drafts["Ana Abel"]["subject"] == "Before the leaves come down"
    with pytest.raises(Refused, match="no templates in “fr”"):
        run("campaign", "start", *LEAVES, "--also-in", "fr", *spanish, "--check")


@pytest.mark.row("J2")
def test_who_does_not_get_it_is_told_why(run, people):
    run("add", "--given-name", "Gus", "--family-name", "Hale", "--phone", "+15125550100")
    run("log", "--customer", people["Dov"], "--what", "complaint", "--note", "gate left open")
    run("segment", "save", "Everybody", "--where", "stage", "is", "new,former")
    left = {one["customer"]: one["why"] for one in run("campaign", "start", *LEAVES, "--check")["left_out"]}
    assert left == {
        "Dov Ezra": "A case is open: put that right first.",
        "Gus Hale": "There is no address or number to reach Gus Hale by.",
    }
    campaign = run("campaign", "start", *LEAVES)["id"]
    shown = run("campaign", "show", campaign)
    assert {one["customer"]: one["why"] for one in shown["left_out"]} == left
    assert shown["progress"]["places"] == 5


@pytest.mark.row("J2", "G1")
def test_the_weekly_limit_moves_a_message_to_a_later_day(run, people):
    run("log", "--customer", people["Cleo"], "--what", "call", "--note", "about the pump")
    found = run("campaign", "start", *LEAVES, "--days", "2", "--check")
    assert days(found)["Cleo"] == "2026-12-01"
    assert max(day for name, day in days(found).items() if name != "Cleo") == "2026-11-24"
    assert found["advice"] == "2 days do not hold it, beside what is due anyway and the weekly limit: it takes 9."


@pytest.mark.row("J2", "G1")
def test_what_is_written_meanwhile_holds_a_message_of_a_campaign_back(run, people):
    campaign = run("campaign", "start", *LEAVES, "--days", "3")["id"]
    run("log", "--customer", people["Fay"], "--what", "call", "--note", "about the pump", now="2026-11-24T09:00")
    wednesday = run("queue", now="2026-11-25T09:00")
    assert cards(wednesday) == ["Ana", "Ben", "Cleo", "Dov", "Eva"]
    assert [(h["customer"], h["reason"]) for h in wednesday["held"]] == [("Fay Grant", "weekly_limit")]
    shown = run("campaign", "show", campaign, now="2026-11-25T09:00")
    assert shown["progress"]["held"] == 1
    held = next(r for r in shown["recipients"] if r["customer"] == "Fay Grant")
    assert "the next message may go" in held["why"]


@pytest.mark.row("J2", "Q5")
def test_a_booking_ends_a_place_and_an_answer_is_counted(run, people):
    campaign = run("campaign", "start", *LEAVES, "--days", "1")["id"]
    ids = {c["customer"].split()[0]: c["follow_ups"][0]["id"] for c in run("queue")["cards"]}
    run("log", "--customer", people["Ben"], "--what", "booking", "--about", "second visit", now="2026-11-23T10:00")
    run("done", ids["Ana"], "--how", "text", now="2026-11-23T10:00")
    run("skip", ids["Cleo"], "--why", "no trees there", now="2026-11-23T10:00")
    run("log", "--customer", people["Ana"], "--what", "inquiry", "--note", "yes please", now="2026-11-24T10:00")
    shown = run("campaign", "show", campaign, now="2026-12-02T10:00")
    assert {r["customer"].split()[0]: (r["state"], r["why"]) for r in shown["recipients"]} == {
        "Ana": ("sent", ""),
        "Ben": ("stopped", "Booked on Mon 23 Nov."),
        "Cleo": ("skipped", "no trees there"),
        **dict.fromkeys(("Dov", "Eva", "Fay"), ("today", "")),
    }
    run("undo", now="2026-12-02T10:00")  # any command: what was not done before it closed lapses, and is counted
    lapsed = run("campaign", "show", campaign, now="2026-12-02T10:00")
    progress = lapsed["progress"]
    assert (progress["sent"], progress["stopped"], progress["skipped"], progress["lapsed"]) == (1, 1, 1, 3)
    assert lapsed["state"] == "done"


@pytest.mark.row("J2")
def test_a_campaign_stops_goes_on_and_each_step_is_undone(run, people):
    campaign = run("campaign", "start", *LEAVES, "--days", "3")["id"]
    run("campaign", "stop", campaign)
    shown = run("campaign", "show", campaign)
    assert (shown["state"], shown["progress"]["stopped"]) == ("stopped", 6)
    assert run("queue")["cards"] == []
    assert {r["why"] for r in shown["recipients"]} == {"You stopped the campaign."}

    assert run("campaign", "resume", campaign, now="2026-12-01T09:00")["left"] == 6
    again = run("campaign", "show", campaign, now="2026-12-01T09:00")
    assert (again["state"], again["done_by"]) == ("running", "2026-12-03")
    run("undo", now="2026-12-01T09:00")
    assert run("campaign", "show", campaign)["state"] == "stopped"
    run("undo", now="2026-12-01T09:00")
    assert run("campaign", "show", campaign)["progress"]["today"] == 2
    run("undo", now="2026-12-01T09:00")
    assert run("campaign", "list") == []
    assert run("customer", people["Ana"])["follow_ups"] == []


@pytest.mark.row("J2")
def test_a_campaign_of_which_something_was_said_is_stopped_not_undone(run, people):
    campaign = run("campaign", "start", *LEAVES, "--days", "1")["id"]
    run("done", run("queue")["cards"][0]["follow_ups"][0]["id"], "--how", "call")
    run("undo")
    run("undo")
    assert run("campaign", "list") == []
    campaign = run("campaign", "start", *LEAVES, "--days", "1")["id"]
    assert run("campaign", "show", campaign)["progress"]["today"] == 6


@pytest.mark.row("J2", "C7")
def test_a_request_for_reviews_goes_to_all_alike(run, people):
    run("segment", "save", "Happy", "--where", "rating", "at_least", "4")
    with pytest.raises(Refused, match="only the happy ones"):
        run("campaign", "start", "--topic", "Two lines", "--segment", "Happy", "--purpose", "review_request")
    run("campaign", "start", "--topic", "Two lines", "--segment", "Everybody", "--purpose", "review_request")
    ana = next(c for c in run("queue")["cards"] if c["customer"] == "Ana Abel")
    run("done", ana["follow_ups"][0]["id"], "--how", "call")
    later = run("campaign", "start", "--topic", "Two lines again", "--segment", "Everybody", "--purpose",
                "review_request", "--check", now="2027-01-05T09:00")  # fmt: skip
    assert {one["customer"]: one["why"] for one in later["left_out"]} == {
        "Ana Abel": "Was asked for a review on Mon 23 Nov."
    }


@pytest.mark.row("J2", "X3")
def test_one_message_goes_under_one_roof(run, people, store):
    from followup_desktop.app import Program
    from followup_desktop.commands.customers import set_household

    program = Program(store)
    set_household(program.desk, [people["Eva"], people["Fay"]], "Frost")
    program.close()
    found = run("campaign", "start", *LEAVES, "--check")
    assert [(one["customer"], one["why"]) for one in found["left_out"]] == [
        ("Fay Grant", "Eva Frost, same household, gets it.")
    ]


def test_what_cannot_begin_is_said_in_words(run, people):
    run("segment", "save", "Nobody", "--where", "city", "is", "Oslo")
    for words, said in (
        (("--topic", "Leaves", "--segment", "Nobody", "--words", "They fall."), "Nobody would get it"),
        (("--topic", "Leaves", "--segment", "Elsewhere", "--words", "They fall."), "no segment “Elsewhere”"),
        (("--topic", "", "--segment", "Everybody", "--words", "They fall."), "What is it about"),
        (("--topic", "Leaves", "--segment", "Everybody"), "What do you want to tell them"),
        (("--topic", "x" * 51, "--segment", "Everybody", "--words", "They fall."), "topic is too long"),
        (("--topic", "A", "--segment", "Everybody", "--words", "B.", "--ask", "This? That?"), "two things"),
        ((*LEAVES, "--from", "2026-11-01"), "gone by"),
        ((*LEAVES, "--days", "500"), "how many days"),
        ((*LEAVES, "--template", "no/such"), "no template"),
    ):
        with pytest.raises(Refused, match=said):
            run("campaign", "start", *words)
    for verb in ("show", "stop", "resume"):
        with pytest.raises(Refused, match="no campaign 9"):
            run("campaign", verb, 9)
    assert run("campaign", "list") == []


@pytest.mark.row("J2", "G4")
def test_without_a_postal_address_nothing_that_advertises_begins(run, people):
    run("setting", "business.postal_address", "")
    with pytest.raises(Refused, match="postal address"):
        run("campaign", "start", *LEAVES)
    with pytest.raises(Refused, match="Nobody would get it"):  # no numbers are known; the address is not asked for
        run("campaign", "start", *LEAVES, "--channel", "call")
