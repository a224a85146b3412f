"""What is typed wrongly, or far beyond sense, gets a sentence and the right exit code, and changes nothing."""

import os

import pytest

from tests.stories.conftest import Refused

HUGE = "9" * 25


@pytest.fixture
def priya(run):
    return run("add", "--given-name", "Priya", "--email", "priya@example.com")["id"]


@pytest.mark.parametrize(
    "words",
    [
        ["customers", "--limit", "-1"],
        ["customers", "--limit", "0"],
        ["customers", "--limit", HUGE],
        ["customer", HUGE],
        ["draft", HUGE],
        ["write", HUGE],
        ["skip", HUGE, "--why", "no"],
        ["promise", "keep", HUGE],
        ["log", "--customer", HUGE, "--what", "note"],
        ["queue", "--day", "0001-01-01"],
        ["queue", "--day", "9999-12-31"],
        ["report", "0001-01", "--to", "nowhere"],
        ["report", "9999-12", "--to", "nowhere"],
    ],
)
def test_a_number_or_day_beyond_sense_is_wrong_usage(run, words):
    with pytest.raises(Refused) as told:
        run(*words)
    assert told.value.code == 2
    assert words[-1].removesuffix("nowhere").strip() in told.value.said


@pytest.mark.parametrize("at", ["0001-01-01T00:00+14:00", "9999-12-31T23:59", "0001-01-01", "yesterday"])
def test_a_time_beyond_sense_is_not_logged(run, priya, at):
    with pytest.raises(Refused, match="not a time") as told:
        run("log", "--customer", priya, "--what", "booking", "--at", at)
    assert told.value.code == 1
    assert run("customer", priya)["history"] == []


@pytest.mark.parametrize("now", ["0001-01-01", "9999-12-31T23:59", "soon", ""])
def test_a_present_beyond_sense_is_wrong_usage(run, now):
    with pytest.raises(Refused) as told:
        run("queue", now=now)
    assert told.value.code == 2


def test_what_a_command_does_not_know_is_said_with_its_own_usage(run, priya):
    with pytest.raises(Refused, match="not known here: --what-else soap") as told:
        run("log", "--customer", priya, "--what", "note", "--what-else", "soap")
    assert told.value.code == 2
    assert "--visit" in told.value.said
    assert run("customer", priya)["history"] == []


def test_bytes_that_are_no_text_are_not_kept(run, priya):
    with pytest.raises(Refused, match="not text") as told:
        run("log", "--customer", priya, "--what", "note", "--note", "\udcff")
    assert told.value.code == 2
    assert run("customer", priya)["history"] == []


@pytest.mark.parametrize("line", ["ring Priya 12/31/9999", "ring Priya in 99999 weeks", "ring Priya in 7000 years"])
def test_a_promise_for_a_day_beyond_sense_is_asked_about(run, priya, line):
    with pytest.raises(Refused, match="Which day"):
        run("promise", "add", line)
    assert run("promise", "list") == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not")
@pytest.mark.parametrize("words", [["queue"], ["check"], ["outbox", "run"]])
def test_a_store_in_a_folder_one_may_not_enter_says_so(run, words):
    run(*words)
    os.seteuid(65534)
    try:
        with pytest.raises(Refused, match="Permission denied") as told:
            run(*words)
    finally:
        os.seteuid(0)
    assert told.value.code == 1
    assert len(told.value.said.splitlines()) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_outbox_in_a_folder_one_may_not_write_says_so(run, store):
    store.parent.chmod(0o500)
    try:
        with pytest.raises(Refused, match="cannot be written to"):
            run("outbox", "run")
    finally:
        store.parent.chmod(0o700)
