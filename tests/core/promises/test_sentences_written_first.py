"""The sentences the promise finder is measured on are well formed: written before there was a finder."""

from __future__ import annotations

from tests.core.promises.sentences_read import ENGLISH, SPANISH


def test_there_are_enough_and_no_two_are_alike():
    texts = [sentence.text for sentence in ENGLISH + SPANISH]
    assert len(texts) >= 260
    assert len(set(texts)) == len(texts)


def test_what_is_no_promise_has_nothing_to_do_and_no_day():
    assert all(sentence.is_promise or (sentence.what, sentence.due) == ("", "") for sentence in ENGLISH + SPANISH)
