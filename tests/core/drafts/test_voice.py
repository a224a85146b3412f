"""What the owner keeps changing, and what is about one customer only."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.core.drafts.model import Draft, Fact, PhraseChange, Place, Span, UsedFact
from followup_desktop.core.drafts.rules.voice import proposed, put_into, replaced

PLACE = Place("thank_you/repair")
MADE = "Hi Sam,\n\nLuis saw to the pump on Tuesday. It ran without a drop. Is it quieter now?\n\nDana"


def draft(text=MADE, facts=("Sam", "Luis", "pump", "on Tuesday")):
    used = [
        UsedFact(Fact(f"event.{n}", words, "x"), Span("text", text.index(words), text.index(words) + len(words)))
        for n, words in enumerate(facts)
    ]
    return Draft("", text, tuple(used))


@pytest.mark.parametrize(
    ("was", "now", "gives"),
    [
        ("Is it quieter now?", "Can you hear it?", [("Is it quieter now?", "Can you hear it?")]),
        ("It ran without a drop.", "", [("It ran without a drop.", "")]),
        ("quieter now?", "any quieter now?", [("it quieter", "it any quieter")]),
        (
            "without a drop",
            "for an hour without one drop",
            [("ran without a drop.", "ran for an hour without one drop.")],
        ),
        ("\n\nDana", "\n\nBest,\nDana", [("Dana", "Best, Dana")]),
        ("Luis", "Marco", []),
        ("on Tuesday", "last week", []),
        ("Sam", "Samuel", []),
        ("quieter now?", "quieter now, Sam?", []),
        ("\n\nDana", "\n\nP.S. See you soon.\n\nDana", []),
        ("Hi", "Hi", []),
    ],
)
def test_only_words_of_the_frame_are_taken_up(was, now, gives):
    found = replaced(draft(), MADE.replace(was, now, 1), ("Sam", "Luis", "pump", "on Tuesday"))
    # A change may be told with other neighbours, but it must lead to the same text.
    assert [apply(MADE, *pair) for pair in found] == [apply(MADE, *pair) for pair in gives]


def apply(text, before, after):
    return " ".join(text.split()).replace(before, after)


def test_a_message_written_anew_teaches_nothing():
    assert replaced(draft(), "Come over for a coffee whenever you are near the shop again, would you please?") == []


def changes(before, after, *follow_ups, place=PLACE):
    return [PhraseChange(place, key, before, after) for key in follow_ups]


SOURCE = """Subject: x

Hi,

{% if event.day %}We came {{ event.day }}.{% endif %}
ring me on {{ business.phone }} soon.
"""


def test_three_messages_make_a_proposal_and_two_or_the_same_one_again_do_not():
    assert proposed(PLACE, SOURCE, changes("ring me", "call me", 1, 2, 2, 2)) == []
    [one] = proposed(PLACE, SOURCE, changes("ring me", "call me", 1, 2, 3))
    assert (one.times, one.text) == (3, SOURCE.replace("ring me", "call me"))
    assert proposed(PLACE, SOURCE, changes("ring me", "call me", 1, 2, 3), {("ring me", "call me")}) == []
    assert proposed(PLACE, SOURCE, changes("ring me", "call me", 1, 2, 3, place=Place("check_in/x"))) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("not in it", "x"),
        ("ring me", "{{ customer.name }}"),
        ("ring me", "{% if x %}"),
        ("event.day", "x"),
        ("ring", "{{"),
    ],
)
def test_what_is_not_in_the_words_of_a_template_changes_nothing(before, after):
    assert put_into(SOURCE, before, after) is None


def test_words_that_stand_there_twice_are_left_alone():
    assert put_into("so it is, and so it is", "so it", "thus it") is None
    assert put_into("a\nlong   way round", "long way round", "short cut") == "a\nshort cut"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("we ring you on the day soon and again.".split()), max_size=14))
def test_whatever_is_sent_the_changes_hold_no_fact_and_no_paragraph(words):
    text = "Hi Sam,\n\n" + " ".join(words) + "\n\nDana"
    for before, after in replaced(draft(), text, ("Sam", "Luis")):
        assert before != after
        assert "¶" not in before + after
        assert not {"Sam,", "Luis", "pump"} & set(before.split())
