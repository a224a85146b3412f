"""Putting things right by the command line: from a complaint to “it held”."""

import re
from datetime import UTC, datetime

import pytest

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands.customers import set_household
from tests.stories.conftest import Refused

MONDAY = "2026-11-23T09:00"


@pytest.fixture
def desk(store):
    """The commands of the window, on the same store as `run`."""
    program = Program(store, FixedClock(datetime(2026, 11, 22, 15, tzinfo=UTC)))
    yield program.desk
    program.close()


@pytest.fixture
def opened(run, tom):
    return run("case", "open", "--customer", tom, "--what", "The water is green", "--how", "phone")


def refused(run, *words, now=MONDAY):
    with pytest.raises(Refused) as said:
        run(*words, now=now)
    return said.value


@pytest.mark.row("R1")
def test_a_case_is_worked_in_five_steps_with_notes(run, opened):
    key = opened["id"]
    assert [step["step"] for step in opened["steps"]] == ["intent", "align", "apologise", "ask", "assure"]
    assert (opened["next_step"], opened["how"]) == ("intent", "phone")
    run("case", "step", key, "intent")
    shown = run("case", "step", key, "align", "--note", "Embarrassed before the family")
    assert shown["next_step"] == "apologise"
    assert shown["steps"][1]["note"] == "Embarrassed before the family"
    assert run("case", "step", key, "align", "--open")["next_step"] == "align"
    run("undo")
    assert run("case", "show", key)["next_step"] == "apologise"


@pytest.mark.row("R2")
def test_what_is_offered_has_a_kind_a_cost_and_whether_it_was_given(run, opened):
    key = opened["id"]
    [offer] = run("case", "offer", key, "--kind", "credit", "--cost", "$40")["offers"]
    assert (offer["kind"], offer["cost"], offer["currency"], offer["given"]) == ("credit", 4000, "USD", None)
    [offer] = run("case", "offer", key, "--offer", offer["id"], "--given")["offers"]
    assert offer["given"].startswith("2026-11-23T09:00")
    assert refused(run, "case", "offer", key, "--offer", offer["id"], "--withdraw").code == 1
    run("case", "offer", key, "--offer", offer["id"], "--not-given")
    assert run("case", "offer", key, "--offer", offer["id"], "--withdraw")["offers"] == []


@pytest.mark.row("R3")
def test_an_assurance_is_a_promise_that_is_reminded_of(run, opened):
    shown = run("case", "step", opened["id"], "assure", "--promise", "drain and shock by tomorrow 5pm")
    [promise] = shown["promises"]
    assert (promise["customer"], promise["state"]) == ("Tom Becker", "open")
    assert promise["due"].startswith("2026-11-24T17:00")
    assert run("promise", "list") == [promise]
    assert refused(run, "case", "step", opened["id"], "assure", "--promise", "soon").code == 1
    named = run("case", "step", opened["id"], "assure", "--promise", "ring Tom by Friday 10 am")
    assert [one["customer"] for one in named["promises"]] == ["Tom Becker"] * 2


@pytest.mark.row("R4")
def test_an_open_case_stays_however_long_and_its_times_are_measured(run, opened, tom):
    key = opened["id"]
    run("log", "--customer", tom, "--what", "call", "--note", "said sorry", now="2026-11-23T12:30")
    [listed] = run("case", "list", now="2027-06-01T09:00")
    assert (listed["state"], listed["first_answer"][:16], listed["first_answer_late"]) == (
        "open", "2026-11-23T12:30", True)  # fmt: skip
    [owed] = run("queue", now="2027-06-01T09:00")["open_cases"]
    assert (owed["case_id"], owed["customer"], owed["what"], owed["days"]) == (key, "Tom Becker",
                                                                               "The water is green", 190)  # fmt: skip
    run("case", "resolve", key, "--how", "Luis drained it", now="2027-06-02T09:00")
    assert run("case", "list", now="2027-06-02T09:00")[0]["hours_to_put_right"] == 4583.0
    assert run("queue", now="2027-06-02T09:00")["open_cases"] == []


@pytest.mark.row("R5")
def test_the_loop_is_closed_and_the_customer_told_what_was_changed(run, opened, tom):
    key = opened["id"]
    assert refused(run, "case", "cause", key, "--told").code == 1
    shown = run("case", "cause", key, "--cause", "Chemistry drift", "--standard", "Chlorine 1 to 3 at every visit",
                "--why", "Nobody measured on Friday", "--prevention", "A photo of the test strip after each visit",
                )  # fmt: skip
    assert (shown["cause"], shown["standard"], shown["told"]) == (
        "Chemistry drift", "Chlorine 1 to 3 at every visit", None)  # fmt: skip
    assert run("case", "cause", key, "--told")["told"] is not None


@pytest.mark.row("R6")
def test_a_cause_that_comes_back_after_its_fix_is_shown(run, tom):
    first = run("case", "open", "--customer", tom, "--what", "Gate open", now="2026-10-01T09:00")["id"]
    run("case", "cause", first, "--cause", "gate or access", "--prevention", "Photo of the latch",
        now="2026-10-02T09:00")  # fmt: skip
    run("case", "resolve", first, now="2026-10-02T10:00")
    run("case", "check", first, "--held", "yes", now="2026-10-20T10:00")
    again = run("case", "open", "--customer", tom, "--what", "Gate open again", now="2026-11-20T09:00")["id"]
    run("case", "cause", again, "--cause", "Gate or Access")
    counts = run("case", "causes")
    assert counts[0] | {"fixed": ""} == {"cause": "Gate or access", "cases": 2, "fixed": "", "came_back": 1,
                                         "case_ids": [first, again], "listed": True}  # fmt: skip
    run("case", "causes", "--rename", "Gate or access", "Gates")
    assert run("case", "show", again)["cause"] == "Gates"
    run("case", "causes", "--remove", "Gates")
    assert [one["listed"] for one in run("case", "causes") if one["cause"] == "Gates"] == [False]


@pytest.mark.row("C9", "R7")
def test_two_weeks_after_it_was_put_right_they_are_asked_and_it_is_closed_or_opened_again(run, opened, tom):
    key = opened["id"]
    run("case", "offer", key, "--kind", "free visit")
    shown = run("case", "resolve", key, "--how", "Luis drained it on Monday.", now="2026-11-24T10:00")
    assert shown["check_due"].startswith("2026-12-08T10:00")
    before = [one for card in run("queue", now="2026-12-07T12:00")["cards"] for one in card["follow_ups"]]
    assert "recovery_check" not in [one["purpose"] for one in before], "it counts from when it was put right"
    day = "2026-12-08T10:30"
    [card] = [card for card in run("queue", now=day)["cards"] if card["group"] == "put_right"]
    [check] = [one for one in card["follow_ups"] if one["purpose"] == "recovery_check"]
    draft = run("draft", check["id"], now=day)
    assert all(words in draft["text"] for words in ("still sorry", "free visit", "Luis drained it"))
    again = run("case", "check", key, "--held", "no", "--note", "Green again since Sunday", now=day)
    assert (again["state"], again["reopened"], again["put_right"]) == ("open", 1, None)
    [card] = run("queue", now=day)["cards"]
    assert {one["purpose"] for one in card["follow_ups"]} == {"apology"}
    run("case", "resolve", key, now="2026-12-09T10:00")
    assert run("case", "check", key, "--held", "yes", now="2026-12-23T10:00")["state"] == "closed"
    assert run("case", "list", now="2026-12-23T10:00") == []


@pytest.mark.row("C9")
def test_a_low_rating_opens_a_case_and_another_complaint_is_joined_to_it(run, tom):
    run("log", "--customer", tom, "--what", "rating", "--rating", "2", "--note", "Late twice")
    [case] = run("case", "list")
    assert (case["what"], case["how"]) == ("Late twice", "rating")
    joined = run("case", "open", "--customer", tom, "--what", "And the gate was open", now="2026-11-23T11:00")
    assert joined["says"] == "Joined to the open case: Late twice: Tom Becker"
    assert [event["note"] for event in joined["events"]] == ["Late twice", "And the gate was open"]
    assert len(run("case", "list")) == 1
    run("case", "resolve", case["id"], now="2026-11-24T10:00")
    purposes = {one["purpose"] for card in run("queue", now="2026-12-08T12:00")["cards"] for one in card["follow_ups"]}
    assert "recovery_check" in purposes


@pytest.mark.row("X3")
def test_a_case_holds_the_household_but_not_its_own_and_asks_afterwards(run, tom, desk):
    ann = run("add", "--given-name", "Ann", "--family-name", "Becker", "--email", "ann@example.com")["id"]
    run("log", "--customer", ann, "--what", "quote_sent", "--about", "a heater", now="2026-11-20T09:00")
    set_household(desk, [tom, ann], "Becker")
    case = run("case", "open", "--customer", tom, "--what", "Green", now="2026-11-22T10:00")["id"]
    queue = run("queue")
    assert {card["group"] for card in queue["cards"]} == {"put_right"}
    held = [one for one in queue["held"] if one["customer_id"] == ann]
    assert {one["reason"] for one in held} == {"open_case"}
    assert "Tom Becker" in held[0]["reason_text"]
    run("case", "resolve", case, now="2026-11-23T10:00")
    [waited] = run("queue", now="2026-11-23T10:01")["after_cases"]
    assert run("after-case", waited["case_id"], "drop", now="2026-11-23T10:02")["follow_ups"] >= 1


@pytest.mark.row("X12")
def test_what_was_given_stands_in_a_ledger_by_month_cause_and_route(run, opened, tom):
    key = opened["id"]
    run("case", "cause", key, "--cause", "Gate or access")
    run("case", "offer", key, "--kind", "credit", "--cost", "40", "--given")
    run("case", "offer", key, "--kind", "refund", "--cost", "12.50", "--currency", "EUR", "--given")
    run("case", "offer", key, "--kind", "free visit", "--cost", "55")
    run("case", "offer", key, "--kind", "credit", "--cost", "10", "--given", now="2026-12-02T09:00")
    ledger = run("goodwill")
    assert ledger["totals"] == [{"currency": "EUR", "cost": 1250}, {"currency": "USD", "cost": 5000}]
    assert [(row["month"], row["cause"], row["cost"], row["currency"]) for row in ledger["rows"]] == [
        ("2026-12", "Gate or access", 1000, "USD"),
        ("2026-11", "Gate or access", 1250, "EUR"),
        ("2026-11", "Gate or access", 4000, "USD"),
    ]
    assert [row["cost"] for row in run("goodwill", "--month", "2026-12")["rows"]] == [1000]
    assert refused(run, "goodwill", "--month", "2026-13").code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("case", "show", 99), "There is no case 99."),
        (("case", "step", 99, "align", "--note", "x"), "There is no case 99."),
        (("case", "check", 1, "--held", "yes"), "This case is still open."),
        (("case", "check", 1, "--held", "no"), "This case is still open."),
        (("case", "reopen", 1), "This case is open."),
        (("case", "offer", 1, "--kind", "credit", "--cost", "25.5o"), "“25.5o” is not one clear amount."),
        (("case", "offer", 1, "--kind", "credit", "--cost=-5"), "A cost cannot be below zero."),
        (("case", "offer", 1, "--kind", "credit", "--cost", "5 EUR", "--currency", "USD"), "“5 EUR” is not in USD."),
        (("case", "offer", 1, "--kind", " "), "What was offered?"),
        (("case", "offer", 1, "--offer", 7, "--given"), "Case 1 has no offer 7."),
        (("case", "cause", 1), "Nothing was given to note."),
        (("case", "open", "--customer", 1, "--what", "  "), "What went wrong?"),
        (("case", "open", "--customer", 88, "--what", "x"), "There is no customer 88."),
        (("case", "causes", "--remove", "Weather"), "There is no cause “Weather”."),
        (("case", "causes", "--add", " "), "A cause needs a name."),
        (
            ("case", "causes", "--rename", "Gate or access", "bill or PRICE"),
            "There is a cause “bill or PRICE” already.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(run, opened, words, said):
    assert refused(run, *words).said.startswith(said)
    assert run("case", "show", opened["id"])["offers"] == []


def test_what_was_put_right_is_not_put_right_twice(run, opened):
    run("case", "resolve", opened["id"])
    assert "put right already" in refused(run, "case", "resolve", opened["id"]).said


@pytest.mark.row("R1", "R4")
def test_a_case_opens_from_a_call_on_the_list_and_about_what_is_in_the_history(run, tom, desk):
    run("log", "--customer", tom, "--what", "visit_done", "--visit", "first", now="2026-11-20T09:00")
    key = run("queue")["cards"][0]["follow_ups"][0]["id"]
    assert refused(run, "done", key, "--how", "call", "--went-wrong").said.startswith("What went wrong?")
    run("done", key, "--how", "call", "--went-wrong", "--note", "The skimmer is broken since Friday")
    [case] = run("case", "list")
    assert (case["what"], case["how"]) == ("The skimmer is broken since Friday", "phone")
    history = run("customer", tom)["history"]
    called = next(one for one in history if one["what"] == "call")
    about = ("case", "open", "--customer", tom, "--event", called["id"])
    assert run(*about)["says"] == "There is a case about this already: Tom Becker"
    first = next(one for one in history if one["what"] == "visit_done")
    joined = run("case", "open", "--customer", tom, "--event", first["id"], "--what", "And the gate stood open")
    assert joined["says"].startswith("Joined to the open case")
    assert [one["note"] for one in joined["events"] if one["what"] == "complaint"] == [
        "The skimmer is broken since Friday", "And the gate stood open"]  # fmt: skip
    other = run("add", "--given-name", "Ana")["id"]
    assert "no event" in refused(run, "case", "open", "--customer", other, "--event", called["id"]).said
    assert "What went wrong" in refused(run, "case", "open", "--customer", other).said


@pytest.mark.row("R6")
def test_two_causes_become_one(run, tom):
    first = run("case", "open", "--customer", tom, "--what", "Gate open")["id"]
    run("case", "cause", first, "--cause", "Gate", "--prevention", "A photo")
    ana = run("add", "--given-name", "Ana")["id"]
    second = run("case", "open", "--customer", ana, "--what", "Gate", now="2026-11-24T09:00")["id"]
    run("case", "cause", second, "--cause", "Latch", now="2026-11-24T09:00")
    counted = run("case", "causes", "--merge", "latch", "gate", now="2026-11-24T10:00")
    gate = next(one for one in counted if one["cause"] == "Gate")
    assert (gate["cases"], gate["came_back"]) == (2, 1)
    assert not any(one["cause"] == "Latch" for one in counted)
    run("undo")
    assert run("case", "show", second)["cause"] == "Latch"
    assert refused(run, "case", "causes", "--merge", "Gate", "gate").said.startswith("That is one cause")
    assert refused(run, "case", "causes", "--merge", "Gate", "Nowhere").said.startswith("There is no cause")


@pytest.mark.row("X12", "K5", "K9")
def test_what_putting_right_cost_stands_in_the_months_report(run, tom, tmp_path):
    run("setting", "business.region", "US")
    for month, kind, cost in (("2026-10", "credit", "60"), ("2026-11", "refund", "100"), ("2026-11", "gift", "€12.50")):
        when = f"{month}-20T09:00"
        key = run("case", "open", "--customer", tom, "--what", "Gate open", now=when)["id"]
        run("case", "cause", key, "--cause", "Gate or access", now=when)
        run("case", "offer", key, "--kind", kind, "--cost", cost, "--given", now=when)
    run("case", "offer", key, "--kind", "credit", "--cost", "999", now=when)  # offered, and not given yet
    run("report", "2026-11", "--to", tmp_path, "--format", "html", now="2026-12-01T09:00")
    [page] = tmp_path.glob("*.html")
    words = " ".join(re.sub(r"<[^>]+>", " ", page.read_text("utf-8")).split())
    assert "What putting right cost" in words
    assert re.search(r"Gate or access on no route 1 (US)?\$100(\.00)?", words), words[-3000:]
    assert re.search(r"Given to make things right, USD (US)?\$100(\.00)? (US)?\$60", words)
    assert re.search(r"Given to make things right, EUR €12.50", words)
    assert "999" not in words
