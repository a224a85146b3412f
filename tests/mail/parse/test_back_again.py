"""Automatic replies and the day somebody is back, in fourteen languages and many notations.

back_again.txt holds a subject, the words, and the day (`-` where none is named), from Monday 23 November 2026; written
down in three batches, each before the rules had seen it.
"""

from datetime import date
from pathlib import Path

import pytest

from followup_desktop.mail.parse.back import return_date
from followup_desktop.mail.parse.model import Kind, Mail
from tests.mail.parse.world import SENT, found_in, letter

TODAY = date(2026, 11, 23)
LINES = [
    (subject, words.replace("\\n", "\n"), day)
    for subject, words, day in (
        line.split("|") for line in Path(__file__).with_name("back_again.txt").read_text("utf-8").splitlines()
    )
]


@pytest.mark.row("A3")
def test_the_day_somebody_is_back_is_read():
    read = [(words, day, return_date(Mail({}, text=words, subject=subject), TODAY)) for subject, words, day in LINES]
    assert not [one for one in read if one[1] != (one[2].isoformat() if one[2] else "-")]


@pytest.mark.row("A3")
def test_such_mail_is_automatic_without_a_header_that_says_so():
    raw = [letter(words, subject=subject, In_Reply_To=SENT) for subject, words, _ in LINES]
    assert not [subject for (subject, _, _), one in zip(LINES, raw, strict=True) if found_in(one).kind is not Kind.AUTO]


@pytest.mark.parametrize("subject", ["Our vacation next week", "Vacation dates", "Holidays and the gate"])
def test_a_person_may_write_of_their_holidays(subject):
    raw = letter("We are away from 1 December, please skip us.", subject=subject, In_Reply_To=SENT)
    assert found_in(raw).kind is Kind.REPLY
