from datetime import date, timedelta

import pytest

from followup_desktop.core.routes.model import Doorstep, Owed, Piece, Told, Trouble
from followup_desktop.core.routes.rules import ask, is_due, know, next_day

TUESDAY = date(2026, 10, 20)
NEVER_ASKED = "Is everything the way you like it?"


def ago(days):
    return TUESDAY - timedelta(days=days)


def question(**known):
    found = ask(Doorstep(**known), TUESDAY)
    return (found.text, found.why) if found else None


def test_what_is_urgent_is_a_tag_and_comes_first():
    at = Doorstep(
        access_note="Gate code 4417",
        owed=(Owed("Send the filter quote", TUESDAY, "today"),),
        troubles=(Trouble("visit_late", "Came late", ago(7)),),
        wrote=Told(ago(2), "It stopped again"),
        referred_by="Ruth Abara",
    )
    assert know(at, TUESDAY) == (
        Piece("Reply waiting since Sunday", "warning"),
        Piece("Late visit last week", "warning"),
        Piece("Promised: send the filter quote, due today"),
        Piece("Gate code 4417"),
        Piece("Referred by Ruth Abara"),
    )


def test_a_late_promise_says_how_late():
    at = Doorstep(owed=(Owed("Call back", ago(1), "1 day late", late=True),))
    assert know(at, TUESDAY) == (Piece("Promise 1 day late", "danger"), Piece("Promised: call back"))


def test_nothing_known_says_nothing():
    assert know(Doorstep(), TUESDAY) == ()


def test_a_customer_without_a_history_is_new_only_if_they_are_said_to_be():
    assert know(Doorstep(stage="new"), TUESDAY) == (Piece("First visit", "accent"),)
    assert know(Doorstep(stage="regular"), TUESDAY) == ()


@pytest.mark.parametrize(
    ("known", "asked", "why"),
    [
        ({"wrote": Told(ago(2), "It stopped again.")}, "I saw your note. Shall we look at it together?",
         "They wrote: “It stopped again”"),
        ({"wrote": Told(ago(2))}, "I saw your note. Shall we look at it together?", "They wrote on Sunday"),
        ({"troubles": (Trouble("visit_late", "Came late", ago(4)),)}, "Was Friday all right after all?",
         "We came late on Friday"),
        ({"troubles": (Trouble("visit_missed", "Visit missed", ago(8)),)}, "How can we make up for Mon 12 Oct?",
         "We did not come on Mon 12 Oct"),
        ({"troubles": (Trouble("complaint", "green water", ago(4)),)}, "What would make it right for you?",
         "Open case: green water"),
        ({"troubles": (Trouble("complaint", "green water", ago(9), ago(4)),)}, "Has it been all right since?",
         "Put right on Friday: green water"),
        ({"owed": (Owed("Send the quote", TUESDAY, "today 3:00 pm"),)},
         "Besides what we promised, is anything else waiting?", "Promise due today 3:00 pm"),
        ({"owed": (Owed("Send the quote", ago(5), "", kept=ago(3)),)}, "Was that what you needed?",
         "Promise kept on Saturday: Send the quote"),
        ({"rated": Told(ago(3), "gate left open", 3)}, "What would make it a 5?",
         "Rated 3 of 5 on Saturday: gate left open"),
        ({"quote": Told(ago(1), "heater")}, "Is anything in the price unclear?", "Quote sent yesterday: heater"),
        ({"work": Told(ago(1), "pump", kind="repair")}, "Is it doing what it should?", "Repair yesterday: pump"),
        ({"stage": "new", "visits": 2}, "What made you choose us?", "Third visit"),
        ({}, NEVER_ASKED, "Not asked yet"),
        ({"asked": date(2026, 8, 1)}, NEVER_ASKED, "Not asked since August"),
    ],
)  # fmt: skip
def test_one_question_is_worth_asking(known, asked, why):
    assert question(**known) == (asked, why)


def test_what_they_wrote_comes_before_everything_else():
    at = {"wrote": Told(ago(1), "Noise"), "troubles": (Trouble("complaint", "green water", ago(4)),)}
    assert question(**at)[1] == "They wrote: “Noise”"


def test_nobody_is_asked_twice():
    assert question(asked=ago(10)) is None
    assert question(asked=ago(10), rated=Told(ago(20), "", 2)) is None
    assert question(asked=ago(10), work=Told(ago(15), "pump", kind="repair")) is None
    assert question(asked=ago(10), troubles=(Trouble("visit_late", "", ago(12)),)) is None


def test_a_happy_rating_is_not_asked_about():
    assert question(rated=Told(ago(1), "", 5), asked=ago(1)) is None


@pytest.mark.parametrize(("region", "season"), [("US", "winter"), ("AU", "summer")])
def test_the_season_is_that_of_the_place(region, season):
    found = ask(Doorstep(), date(2026, 11, 24), region)
    assert (found.text, found.why) == (f"Anything you want changed before {season}?", "Season change")


def test_what_somebody_wrote_is_cut_where_it_is_long():
    assert len(question(wrote=Told(ago(1), "word " * 60))[1]) < 90


def test_a_stop_every_second_week_skips_a_week():
    assert is_due(2, ago(14), TUESDAY)
    assert not is_due(2, ago(7), TUESDAY)
    assert next_day(1, 2, ago(7), TUESDAY) == TUESDAY + timedelta(days=7)


def test_the_question_for_everyone_is_one_of_the_trade():
    assert ask(Doorstep(), TUESDAY, "US", "pools").text == "Is the water the way you like it?"
    assert ask(Doorstep(), TUESDAY, "US", "clinic").text == NEVER_ASKED
