"""Journeys in the words of the trade."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.journeys.model import Journey, OnlyIf, Source, Touchpoint, Trigger, Where
from followup_desktop.core.journeys.rules.wording import (
    anew_words,
    channel_words,
    in_trade,
    only_if_words,
    stop_words,
    trigger_words,
    when_words,
)

HOUR = timedelta(hours=1)
DAY_3 = Touchpoint(
    "day_3", "How was it", Purpose.CHECK_IN, "check_in/first_visit", timedelta(days=3), time(9),
    closes_after=timedelta(days=6), channels=("email", "call", "text"),
    stops_on=frozenset({"message_in", "reply", "complaint", "opted_out", "left"}),
)  # fmt: skip


def journey(happening, **where):
    return Journey("key", "Name", "So that", Trigger(happening, Where(**where)), Source.JOURNEY, (), (DAY_3,))


@pytest.mark.parametrize(
    ("started_by", "words"),
    [
        (journey("visit_done", visit=frozenset({"first"})), "a first visit is done"),
        (journey("visit_done", visit=frozenset({"repair", "first"})), "a first visit or a repair is done"),
        (journey("visit_done"), "a visit is done"),
        (journey("rating", rating_at_most=2), "they rate us 1 or 2"),
        (journey("rating", rating_at_least=3, rating_at_most=3), "they rate us 3"),
        (journey("rating"), "they rate us"),
        (journey("complaint"), "they complain"),
    ],
)
def test_what_starts_a_journey_is_said_in_words(started_by, words):
    assert trigger_words(started_by) == words


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "day 3, 9:00 am, until day 6"),
        ({"offset": 2 * HOUR, "at": None, "closes_after": 24 * HOUR}, "2 hours after, until 24 hours"),
        ({"offset": 0 * HOUR, "at": None, "closes_after": None}, "at once, and stays until it is settled"),
        ({"offset": HOUR / 2, "at": None}, "30 minutes after, until day 6"),
        ({"offset": timedelta(weeks=2)}, "day 14, 9:00 am, until day 6"),
    ],
)
def test_when_a_touchpoint_comes_is_said_in_words(changed, words):
    assert when_words(replace(DAY_3, **changed)) == words


def test_what_stops_it_is_named_once():
    assert stop_words(DAY_3) == "they complain, answer, leave or ask not to be written to"
    both = replace(DAY_3, stops_on=frozenset({"call", "message_out", "left", "visit_late"}))
    assert stop_words(both) == "you talk on the phone or write to them, or they leave, or a visit is late"
    assert stop_words(replace(DAY_3, stops_on=frozenset())) == ""


def test_how_it_is_said_and_from_when_it_counts():
    assert channel_words(DAY_3) == "email, call or text"
    assert anew_words(DAY_3) == ""
    anew = replace(DAY_3, restarts_on=frozenset({"case_resolved"}))
    assert anew_words(anew) == "counted anew once something is put right"


def test_every_journey_that_ships_can_be_said(program):
    for shipped in program.journeys:
        said = [trigger_words(shipped), *(f(t) for t in shipped.touchpoints for f in (when_words, stop_words))]
        assert all(words and "_" not in words for words in said), said


@pytest.mark.parametrize(
    ("trigger", "words"),
    [
        (Trigger("renewal_coming"), "an agreement runs out in 30 days"),
        (Trigger("warranty_ending", before=timedelta(45)), "a warranty ends in 45 days"),
        (Trigger("service_due", before=timedelta(1)), "something they own needs service in 1 day"),
        (Trigger("quiet_too_long"), "it is quiet for longer than is usual with them, or for 60 days"),
        (Trigger("season", on=(11, 1)), "it is 1 November"),
        (Trigger("regularly"), "180 days went by"),
        (Trigger("first_visit_anniversary"), "it is a year or more since the first visit, to the day"),
    ],
)
def test_a_moment_is_said_in_words(trigger, words):
    assert trigger_words(replace(journey("note"), trigger=trigger)) == words


def test_whom_it_concerns_is_said_line_by_line():
    only = OnlyIf(stage=frozenset({"regular", "new"}), owns=frozenset({"heater"}), agreement=True, no_open_case=True)
    said = only_if_words(replace(journey("note"), only_if=only, not_within=timedelta(180)))
    assert said == [
        "Only for new or regular customers",
        "Only for who owns heater",
        "Only with an agreement",
        "Not while a case is open",
        "Not again within 180 days",
    ]
    assert only_if_words(journey("note")) == []


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Starts when a first visit is done.", "Starts when a first appointment is done."),
        ("a visit was missed", "an appointment was missed"),
        ("an installation is done", "a fitting is done"),
        ("an extra visit is done", "an extra appointment is done"),
        ("Only for new customers", "Only for new patients"),
        ("they answer a message", "they answer a message"),
    ],
)
@pytest.mark.row("J5")
def test_a_sentence_is_said_in_the_words_of_the_trade(ours, theirs):
    words = {"visit": "appointment", "installation": "fitting", "customers": "patients"}
    assert in_trade(ours, words) == theirs
    assert in_trade(ours, {}) == ours
