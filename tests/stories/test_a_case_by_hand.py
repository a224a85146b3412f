"""What a case worked by hand on a screen showed: what leads, what counts as said, and whose words are whose."""

from datetime import UTC, datetime

import pytest

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands.messages import Approved, add_account, send
from followup_desktop.commands.outbox import take_back
from followup_desktop.core.messages.model import NewAccount
from followup_desktop.core.promises.queries import offers

ACCOUNT = NewAccount("dana@example.com", "Dana", "dana", "127.0.0.1", 993, "tls", "127.0.0.1", 465, "tls")
DAY = "2026-11-24T10:00"
CHECK_DAY = "2026-12-08T10:30"


@pytest.fixture
def desk(store):
    """The commands of the window, on the same store as `run`."""
    program = Program(store, FixedClock(datetime(2026, 11, 24, 15, tzinfo=UTC)))
    yield program.desk
    program.close()


@pytest.fixture
def rated(run, tom):
    """Tom rated us 1, in words of his own."""
    run("feedback", "add", "--customer", tom, "--scale", "csat", "--score", 1,
        "--text", "My pool was green. I rang you twice", now="2026-11-24T09:00")  # fmt: skip
    (case,) = run("case", "list", now=DAY)
    return case["id"]


def card_of(run, name, now):
    return next(card for card in run("queue", now=now)["cards"] if card["customer"] == name)


def steps(run, case, now=DAY):
    return {step["step"]: step["done"] for step in run("case", "show", case, now=now)["steps"]}


@pytest.mark.row("Q1", "F3")
def test_the_answer_to_a_low_rating_stands_among_what_is_to_be_put_right(run, tom, rated):
    run("feedback", "add", "--customer", tom, "--scale", "csat", "--score", 1, now="2026-11-24T09:30")
    assert card_of(run, "Tom Becker", DAY)["group"] == "put_right"


@pytest.mark.row("R1")
def test_words_of_apology_are_one_once_they_are_sent_and_not_before(run, desk, rated):
    run("case", "step", rated, "apologise", "--note", "I am sorry.", "--open", now=DAY)
    assert steps(run, rated)["apologise"] is None
    add_account(desk, ACCOUNT)
    answer = card_of(run, "Tom Becker", DAY)["follow_ups"][0]["id"]
    sent = send(desk, Approved(answer, "Your 1", "I am sorry.")).result
    assert steps(run, rated)["apologise"] is not None
    take_back(desk, sent)
    assert steps(run, rated)["apologise"] is None


@pytest.mark.row("R7", "Q3")
def test_whether_it_held_leads_over_what_was_promised_to_put_it_right(run, rated):
    run("case", "step", rated, "assure", "--promise", "brush the pool Friday", now=DAY)
    run("done", card_of(run, "Tom Becker", DAY)["follow_ups"][0]["id"], "--how", "call", now=DAY)
    run("case", "resolve", rated, "--how", "New filter", now=DAY)
    card = card_of(run, "Tom Becker", CHECK_DAY)
    assert card["follow_ups"][0]["purpose"] == "recovery_check"
    assert "promise" in [one["source"] for one in card["follow_ups"]]


@pytest.mark.row("R7", "M2")
def test_a_letter_quotes_the_customer_and_says_what_they_have_had_already(run, rated):
    offer = run("case", "offer", rated, "--kind", "credit", "--cost", 40, now=DAY)["offers"][0]["id"]
    run("done", card_of(run, "Tom Becker", DAY)["follow_ups"][0]["id"], "--how", "call", now=DAY)
    run("case", "resolve", rated, "--how", "New filter", now=DAY)
    check = card_of(run, "Tom Becker", CHECK_DAY)["follow_ups"][0]["id"]
    assert "“My pool was green. I rang you twice”" in (text := run("draft", check, now=CHECK_DAY)["text"])
    assert "What I offered you stands: $40 credit" in text
    run("case", "offer", rated, "--offer", offer, "--given", now=DAY)
    assert "had from us for it: $40 credit" in run("draft", check, now=CHECK_DAY)["text"]


@pytest.mark.row("R7", "M2")
def test_what_the_owner_wrote_down_is_not_quoted_as_the_customers_words(run, tom):
    case = run("case", "open", "--customer", tom, "--what", "Green water", now=DAY)["id"]
    run("case", "resolve", case, "--how", "New filter", now=DAY)
    check = card_of(run, "Tom Becker", CHECK_DAY)["follow_ups"][0]["id"]
    assert "“Green water”" not in (text := run("draft", check, now=CHECK_DAY)["text"])
    assert "Green water" in text or "green water" in text


@pytest.mark.row("F2")
@pytest.mark.parametrize(("told", "asked"), [("2026-11-10T09:00", 0), ("2026-09-10T09:00", 1)])
def test_whoever_rated_us_at_the_door_is_not_asked_by_mail_as_well(run, tom, told, asked):
    run("feedback", "add", "--customer", tom, "--scale", "csat", "--score", 5, now=told)
    run("log", "--customer", tom, "--what", "visit_done", "--visit", "repair", now="2026-11-23T09:00")
    planned = [one["purpose"] for one in run("customer", tom, now="2026-11-26T10:00")["follow_ups"]]
    assert planned.count("check_in") == asked


@pytest.mark.row("X1", "R3")
def test_an_assurance_in_its_letter_is_not_offered_as_another_promise(run, desk, rated):
    run("case", "step", rated, "assure", "--promise", "brush the pool Friday", now=DAY)
    add_account(desk, ACCOUNT)
    answer = card_of(run, "Tom Becker", DAY)["follow_ups"][0]["id"]
    text = run("draft", answer, now=DAY)["text"]
    assert "brush the pool" in text
    send(desk, Approved(answer, "Your 1", f"{text}\n\nI will send you the report on Thursday."))
    with desk.store.read() as session:
        assert [offer.what for offer in offers(session)] == ["send the report"]
