from dataclasses import replace
from datetime import date

import pytest

from followup_desktop.core.insights.model import MonthFigures
from followup_desktop.core.insights.rules import figures
from followup_desktop.core.report.rules.sentences import in_words, opening
from tests.core.report.sample import NOW, RISK, SEPTEMBER, empty, october


def told(month: MonthFigures) -> str:
    return " ".join(opening(month, "en_US"))


def counted(**changes: int) -> MonthFigures:
    return replace(october(), figures=figures(replace(NOW, **changes), SEPTEMBER))  # type: ignore[arg-type]


def test_a_report_opens_with_who_was_reached_what_was_kept_and_whom_to_ring():
    assert opening(october(), "en_US") == (
        "You reached 97 of 110 customers within a day of what happened to them, a far larger share than in September.",
        "Forty-seven of forty-nine promises were kept on time; two were not.",
        "Nine customers may be leaving: ring Wendell Price, Tom Becker and Ruth Abara first.",
    )


@pytest.mark.row("K6")
def test_a_difference_that_may_be_chance_is_not_mentioned():
    assert "within a day of what happened to them." in told(counted(events_reached=80))


def test_a_real_fall_is_told_too():
    assert "them, a far smaller share than in September." in told(counted(events_reached=40))


@pytest.mark.parametrize(
    ("due", "on_time", "said"),
    [
        (49, 49, "All forty-nine promises were kept on time."),
        (1, 1, "The one promise that fell due was kept on time."),
        (1, 0, "The one promise due was not kept."),
        (12, 0, "None of twelve promises was kept on time."),
        (3, 1, "One of three promises was kept on time; two were not."),
        (20, 19, "Nineteen of twenty promises were kept on time; one was not."),
        (1_200, 1_100, "1,100 of 1,200 promises were kept on time; 100 were not."),
    ],
)
def test_promises_are_told_in_words(due: int, on_time: int, said: str):
    assert said in told(counted(promises_due=due, promises_on_time=on_time))


def test_what_was_not_counted_gives_its_place_to_what_was():
    said = opening(counted(promises_due=0, promises_on_time=0, events_to_reach=0, events_reached=0), "en_US")
    assert said[0] == "Of 151 messages, 62 were answered."
    assert said[1] == "35 of 38 ratings were a 4 or a 5."


def test_one_customer_at_risk_and_none():
    one = replace(october(), at_risk=RISK[:1], at_risk_total=1)
    assert told(one).endswith("One customer may be leaving: ring Wendell Price.")
    assert told(replace(october(), at_risk=(), at_risk_total=0)).endswith("Nobody shows signs of leaving.")


def test_an_empty_month_says_what_would_fill_it():
    assert told(empty()).startswith("Nothing has been counted in November 2026 yet. A report fills itself from")
    assert told(replace(empty(), made=date(2027, 1, 1))).startswith("Nothing was counted in November 2026.")


def test_having_customers_alone_is_no_month():
    month = replace(empty(), figures=figures(replace(NOW_WITHOUT_EVENTS), SEPTEMBER))
    assert told(month).startswith("Nothing has been counted")


NOW_WITHOUT_EVENTS = replace(
    NOW, promises_due=0, messages_sent=0, by_purpose=(), events_to_reach=0, ratings=(0, 0, 0, 0, 0), case_days=()
)


def test_numbers_below_a_hundred_are_words():
    assert [in_words(n) for n in (0, 7, 13, 20, 21, 99, 100, 1_234)] == [
        *("no", "seven", "thirteen", "twenty", "twenty-one", "ninety-nine", "100", "1,234"),
    ]
