"""The promise finder, measured on sentences that were written down before it."""

from __future__ import annotations

import pytest

from followup_desktop.core.promises.rules import Reader, find_promises, promise_in
from tests.core.promises.sentences_read import ENGLISH, NOW, OTHERS, SPANISH, ZONE

READER = Reader(NOW, ZONE)
SETS = {"english": ENGLISH, "spanish": SPANISH, "others": OTHERS}


def _due(found):
    clock = found.due_time.strftime("T%H:%M") if found.due_time else ""
    return f"{found.due_date}{clock}" if found.due_date else ""


@pytest.mark.parametrize("name", SETS)
def test_what_is_found_is_a_promise_and_promises_are_found(name):
    judged = [(sentence, promise_in(sentence.text, READER)) for sentence in SETS[name]]
    right = [(sentence, found) for sentence, found in judged if found and sentence.is_promise]
    precision = len(right) / sum(found is not None for _, found in judged)
    recall = len(right) / sum(sentence.is_promise for sentence, _ in judged)
    dated = sum(_due(found) == sentence.due for sentence, found in right) / len(right)
    print(f"{name}: precision {precision:.3f}, recall {recall:.3f}, right day {dated:.3f} of {len(judged)} sentences")
    assert precision >= 0.9, [sentence.text for sentence, found in judged if found and not sentence.is_promise]
    assert recall >= 0.8, [sentence.text for sentence, found in judged if sentence.is_promise and not found]
    assert dated >= 0.95, [(sentence.text, _due(found)) for sentence, found in right if _due(found) != sentence.due]


def test_what_is_to_be_done_is_said_without_the_day():
    given = [(promise_in(s.text, READER), s) for s in ENGLISH + SPANISH if s.is_promise]
    assert sum(found is not None and found.what == s.what for found, s in given) / len(given) >= 0.85


MAIL = """Hi Sam,

Luis fitted the new pump this morning. I'll drop by on Thursday at 3 p.m. to
check the seal, and it costs nothing.

- We'll clear the drain on Monday.
- You'll need to leave the gate open.

He wrote: "I'll pay you the whole sum on Friday."
See the note of Mr. Lane. I'll order it today.

Dana
Lakeside Pools
"""


def test_sentences_are_taken_from_a_whole_mail():
    found = find_promises(MAIL, READER)
    assert [(one.sentence, one.what, _due(one)) for one in found] == [
        (
            "I'll drop by on Thursday at 3 p.m. to check the seal, and it costs nothing.",
            "drop by to check the seal",
            "2026-11-26T15:00",
        ),
        ("We'll clear the drain on Monday.", "clear the drain", "2026-11-30"),
        ("I'll order it today.", "order it", "2026-11-23"),
    ]


@pytest.mark.parametrize(
    "text", ["", "\0", "....", "I'll", "I'll ", "?" * 5000, "if " * 5000, "I'll " * 5000, "x" * 70000]
)
def test_odd_texts_promise_nothing_and_break_nothing(text):
    assert find_promises(text, READER) == []


def test_two_days_in_one_sentence_both_stay():
    found = promise_in("I'll drop by on Thursday to check the seal, and I'll send the papers by Friday.", READER)
    assert (found.what, _due(found)) == (
        "drop by on Thursday to check the seal, and send the papers by Friday",
        "2026-11-26",
    )
