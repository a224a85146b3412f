"""The quick look for a report's subject says what the pattern says."""

import string

from hypothesis import example, given, settings
from hypothesis import strategies as st

from followup_desktop.mail.parse.bounce_words import SUBJECT, is_of_report


@settings(max_examples=600)
@given(st.from_regex(SUBJECT, alphabet=string.printable))
@example("Zwrot poczty")
@example("couldn't be sent")
@example("AVIS DE NON REMISE")
def test_no_subject_of_a_report_is_missed_by_the_quick_look(subject):
    assert is_of_report(subject)


@given(st.text(max_size=40))
def test_what_it_takes_for_one_is_one(subject):
    assert is_of_report(subject) == bool(SUBJECT.search(subject))
