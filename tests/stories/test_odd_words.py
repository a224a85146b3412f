"""What is typed wrongly, or far beyond sense, gets a sentence and the right exit code, and changes nothing."""

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
