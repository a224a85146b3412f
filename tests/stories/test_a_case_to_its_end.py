"""A case to its end: they know what was changed, are asked once whether it held, and their words lead it."""

from datetime import UTC, datetime

import pytest

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands.cases import write
from followup_desktop.commands.messages import Approved, add_account, send
from followup_desktop.commands.outbox import take_back
from followup_desktop.core.cases.model import CHANGED
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.feedback.model import Scale
from followup_desktop.core.feedback.rules.scores import besides_score
from followup_desktop.core.messages.model import NewAccount

ACCOUNT = NewAccount("dana@example.com", "Dana", "dana", "127.0.0.1", 993, "tls", "127.0.0.1", 465, "tls")
DAY = "2026-11-24T10:00"


@pytest.fixture
def desk(store):
    """The commands of the window, on the same store as `run`."""
    program = Program(store, FixedClock(datetime(2026, 11, 24, 15, tzinfo=UTC)))
    yield program.desk
    program.close()


@pytest.fixture
def case(run, tom):
    return run("case", "open", "--customer", tom, "--what", "The gate was open")["id"]


@pytest.mark.row("R5")
@pytest.mark.parametrize("how", ["call", "card"])
def test_whoever_heard_what_was_changed_knows_it_and_undo_takes_that_back(run, desk, case, how):
    run("case", "cause", case, "--cause", "Gate or access", "--prevention", "A photo of the latch")
    letter = write(desk, case, Purpose.ANSWER, CHANGED).result
    assert run("case", "show", case, now=DAY)["told"] is None
    run("done", letter, "--how", how, now=DAY)
    assert run("case", "show", case, now=DAY)["told"].startswith(DAY)
    run("undo", now=DAY)
    assert run("case", "show", case, now=DAY)["told"] is None
    run("skip", letter, "--why", "They moved away", now=DAY)
    assert run("case", "show", case, now=DAY)["told"] is None


@pytest.mark.row("R5")
def test_another_letter_of_the_case_does_not_say_what_was_changed(run, desk, case):
    run("case", "cause", case, "--prevention", "A photo of the latch")
    sorry = write(desk, case, Purpose.APOLOGY).result
    run("done", sorry, "--how", "call", now=DAY)
    assert run("case", "show", case, now=DAY)["told"] is None


@pytest.mark.row("R5")
def test_a_letter_that_was_called_back_told_them_nothing(run, desk, case):
    add_account(desk, ACCOUNT)
    run("case", "cause", case, "--prevention", "A photo of the latch")
    letter = write(desk, case, Purpose.ANSWER, CHANGED).result
    sent = send(desk, Approved(letter, "The gate", "Since Monday, Luis sends a photo of the latch.")).result
    assert run("case", "show", case, now=DAY)["told"].startswith(DAY)
    take_back(desk, sent)
    assert run("case", "show", case, now=DAY)["told"] is None


def checks(run, tom):
    open_now = [one for one in run("customer", tom, now="2026-12-08T12:00")["follow_ups"] if one["state"] == "open"]
    return [one for one in open_now if one["purpose"] == "recovery_check"]


@pytest.mark.row("R7", "C9")
@pytest.mark.parametrize("later", ["rating", "missed"])
def test_what_is_joined_to_a_case_brings_no_second_check(run, tom, case, later):
    if later == "rating":
        run("feedback", "add", "--customer", tom, "--scale", "csat", "--score", 1, now="2026-11-23T11:00")
    else:
        run("log", "--customer", tom, "--what", "visit_missed", now="2026-11-23T11:00")
    assert len(run("case", "list")) == 1
    run("case", "resolve", case, "--how", "New latch", now="2026-11-24T10:00")
    [check] = checks(run, tom)
    [card] = [one for one in run("queue", now="2026-12-08T12:00")["cards"] if one["customer_id"] == tom]
    assert [one["id"] for one in card["follow_ups"] if one["purpose"] == "recovery_check"] == [check["id"]]


@pytest.mark.row("F3")
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("2", ""),
        ("2, the gate was open", "the gate was open"),
        ("1/5. Nobody came!", "Nobody came!"),
        ("I'd say 2 of 5 – the filter hums", "the filter hums"),
        ("2 stars\n\nThe gate was open.\nAgain.", "The gate was open.\nAgain."),
        ("Un 2. La puerta quedó abierta", "La puerta quedó abierta"),
        ("2 days late, and nobody rang", "2 days late, and nobody rang"),
        ("The gate was open", "The gate was open"),
        ("", ""),
    ],
)
def test_what_stands_beside_the_number_is_what_they_say(said, words):
    assert besides_score(said, Scale.CSAT) == words
