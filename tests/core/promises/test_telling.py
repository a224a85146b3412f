"""What stands under the field while a promise is typed."""

from __future__ import annotations

import pytest

from followup_desktop.core.promises.model import Match
from followup_desktop.core.promises.rules import NameIndex, PartKind, parts, problem, shown, understand
from tests.core.promises.phrasings import NAMES, NOW, ZONE

INDEX = NameIndex(NAMES)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "ring Carl Jensen about the heater Friday 9am",
            "Carl Jensen · “ring about the heater” · Fri 27 Nov, 9:00 am · reminder 15 min before",
        ),
        ("ring Carl Friday", "Carl Jensen · “ring” · Fri 27 Nov · reminder at 8:00 am"),
        ("order salt 5 January", "For yourself · “order salt” · Tue 5 Jan 2027 · reminder at 8:00 am"),
        ("ring Carl today", "Carl Jensen · “ring” · Mon 23 Nov · reminder right away"),
        (
            "ring Carl about the heater",
            "Carl Jensen · “ring about the heater” · When? Add a day, such as Friday or 5 Dec.",
        ),
        ("ring Carl Friday or Monday", "Carl Jensen · “ring” · Which day is it: Fri 27 Nov or Mon 30 Nov?"),
        (
            "ring Carl next week",
            "Carl Jensen · “ring” · “next week” is more than one day. Add one, such as Friday or 5 Dec.",
        ),
        (
            "ring Carl Friday between 2 and 4",
            "Carl Jensen · “ring” · Fri 27 Nov · “between 2 and 4” is more than one time. Which one is it?",
        ),
        ("ring Carl 31 February", "Carl Jensen · “ring” · There is no “31 February”. Which day is it?"),
        ("ring Carl Friday 25:00", "Carl Jensen · “ring” · Fri 27 Nov · There is no “25:00”. What time is it?"),
        (
            "ring Carl Friday 28 November",
            "Carl Jensen · “ring” · Day and date do not go together in “Friday 28 November”. "
            "Is it Sat 28 Nov or Fri 27 Nov?",
        ),
        (
            "ring Carl 20 November",
            "Carl Jensen · “ring” · “20 November” is over. Add a day to come, with its year if it is another.",
        ),
        ("ring bob Friday", "“ring” · Fri 27 Nov · Which Bob? Bob Lane; Bob Stone, #15; Bob Stone, #16"),
        (
            "ring Zed Friday",
            "“ring” · Fri 27 Nov · I know nobody called Zed. Add Zed as a customer, or say it without a name.",
        ),
        (
            "ring Carl Otto Friday",
            "“ring” · Fri 27 Nov · I know nobody called Carl Otto. Is it Carl Jensen? "
            "Otherwise add Carl Otto as a customer.",
        ),
        ("", "What did you promise? Say it in a few words, such as “ring about the heater”."),
    ],
)
def test_what_was_understood_is_shown(line, words):
    assert shown(understand(line, NOW, ZONE, INDEX), NOW, ZONE) == words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("llamar a Carl el viernes a las 9", "Carl Jensen · “llamar” · vie 27 nov, 9:00 · aviso 15 min antes"),
        ("pedir sal mañana", "Para usted · “pedir sal” · mar 24 nov · aviso a las 8:00"),
        ("llamar a Carl", "Carl Jensen · “llamar” · ¿Cuándo? Añada un día, como viernes o 5 dic."),
        ("llamar a Bob mañana", "“llamar” · mar 24 nov · ¿Qué Bob? Bob Lane; Bob Stone, #15; Bob Stone, #16"),
    ],
)
def test_it_is_shown_in_spanish(line, words):
    assert shown(understand(line, NOW, ZONE, INDEX, "es"), NOW, ZONE, "es") == words


def test_the_day_can_be_set_in_bold():
    told = parts(understand("ring Carl Friday 9am", NOW, ZONE, INDEX), NOW, ZONE)
    assert [part.text for part in told if part.kind is PartKind.WHEN] == ["Fri 27 Nov, 9:00 am"]


def test_what_keeps_it_from_being_kept_is_one_problem():
    asked = problem(understand("ring Zed", NOW, ZONE, INDEX), NOW, ZONE)
    assert asked is not None
    assert asked.sentence().startswith("I know nobody called Zed.")
    assert asked.sentence().endswith("When? Add a day, such as Friday or 5 Dec.")
    assert problem(understand("ring Carl Friday", NOW, ZONE, INDEX), NOW, ZONE) is None


def test_many_namesakes_are_counted():
    names = [name for n in range(9) for name in [NAMES[13].__class__(n, "Bob", f"Lane{n}", "", f"Bob Lane{n}")]]
    said = understand("ring Bob Friday", NOW, ZONE, names)
    assert shown(said, NOW, ZONE).endswith(
        "Which Bob? Bob Lane0, Bob Lane1, Bob Lane2, Bob Lane3, Bob Lane4 and 4 more"
    )
    assert len(said.candidates) == 9


def test_on_a_customers_page_nobody_needs_to_be_named():
    carl = Match(1, "Carl Jensen")
    said = understand("ring about the heater Friday 9am", NOW, ZONE, INDEX, customer=carl)
    assert (said.customer, said.what, said.problems) == (carl, "ring about the heater", ())
    assert understand("ring Zed Friday", NOW, ZONE, INDEX, customer=carl).customer == carl


def test_dates_in_figures_follow_the_country():
    american = understand("ring Carl 12/5", NOW, ZONE, INDEX, "en", "US")
    british = understand("ring Carl 12/5", NOW, ZONE, INDEX, "en", "GB")
    assert str(american.due_date) == "2026-12-05"
    assert str(british.due_date) == "2027-05-12"


def test_the_day_is_the_one_where_the_promise_is_made():
    assert str(understand("ring Carl tomorrow", NOW, "Asia/Tokyo", INDEX).due_date) == "2026-11-25"
    assert str(understand("ring Carl tomorrow", NOW, "America/New_York", INDEX).due_date) == "2026-11-24"


def test_what_was_understood_can_be_marked_in_the_line():
    line = "ring Carl about the heater on Friday 9am"
    said = understand(line, NOW, ZONE, INDEX)
    assert [(line[span.start : span.end], span.kind.value) for span in said.spans] == [
        ("Carl", "customer"),
        ("on Friday", "day"),
        ("9am", "time"),
    ]
