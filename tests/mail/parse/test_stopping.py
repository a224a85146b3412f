"""Wishes not to be written to any more, in words of people's own, beside what only sounds like one.

The sentences lie in stop_wishes.txt: `W` before a wish, `N` before what is none. They were written down in five batches,
each before the rules had seen it; of the last, 23 of 30 wishes and 28 of 30 look-alikes were right at the first try.
"""

from pathlib import Path

import pytest

from followup_desktop.mail.parse.model import Kind, Mail
from followup_desktop.mail.parse.opt_out import opt_out_sentence
from followup_desktop.mail.parse.stopping import plain
from tests.mail.parse.world import found_in, letter

LINES = [line.split("|", 1) for line in Path(__file__).with_name("stop_wishes.txt").read_text("utf-8").splitlines()]


def said(words):
    return opt_out_sentence(Mail({}, text=words, subject="Re: The visit"), words)


@pytest.mark.row("X6")
def test_a_wish_in_its_own_words_is_found():
    assert not [words for kind, words in LINES if kind == "W" and not said(words)]


@pytest.mark.row("X6")
def test_what_is_about_the_work_a_paper_or_another_way_is_no_wish():
    assert not [words for kind, words in LINES if kind == "N" and said(words)]


def test_the_sentence_is_kept_as_it_was_written():
    words = "Luis did a fine job. Pls unsuscribe me, I get too much mail. Priya"
    assert said(words) == "Pls unsuscribe me, I get too much mail."


def test_a_word_to_stop_counts_beside_what_it_means():
    assert said("I keep getting these and have no pool. Make it stop please.") == "Make it stop please."
    assert said("The pump is loud. Make it stop please.") == ""


def test_slips_are_mended_before_a_sentence_is_read():
    assert plain("Dont emial me, unsubcribe me plz") == "don't email me, unsubscribe me please"


def test_a_person_who_speaks_of_automatic_mail_is_none():
    assert found_in(letter("I got your automated message about Tuesday, yes please come.")).kind is Kind.REPLY
    assert found_in(letter("This is an automated message. I am away.")).kind is Kind.AUTO
