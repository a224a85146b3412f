"""Telephone numbers as owners type them and as their files hold them."""

from __future__ import annotations

import subprocess
import sys

import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from followup_desktop.base import phones
from followup_desktop.base.phones import Phone


@pytest.mark.parametrize(
    "text",
    [
        "(555) 010-7788",
        "(555)010-7788",
        "555-010-7788",
        "555.010.7788",
        "555 010 7788",
        "5550107788",
        "1-555-010-7788",
        "15550107788",
        "+1 555 010 7788",
        "+1 (555) 010-7788",
        " 555-010-7788 ",
        "1 (555) 010-7788",
        "tel:+1-555-010-7788",
        "Phone:(555) 010-7788",
        "011 1 555 010 7788",
    ],
)
def test_one_number_typed_in_many_ways_is_one_number(text):
    assert phones.normalise(text) == "+15550107788"


@pytest.mark.parametrize(
    ("text", "extension"),
    [("(555) 010-7788 x12", "12"), ("555-010-7788 ext. 12", "12"), ("555-010-7788 #7", "7"), ("555-010-7788", "")],
)
def test_the_extension_is_kept_apart(text, extension):
    assert phones.parse(text) == Phone("+15550107788", extension)


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("020 7946 0018", "GB", "+442079460018"),
        ("+44 20 7946 0018", "US", "+442079460018"),
        ("91 123 45 67", "ES", "+34911234567"),
        ("91 123 45 6", "ES", None),  # a digit short
        ("910 123 456", "ES", "+34910123456"),
        ("+52 55 1234 5678", "US", "+525512345678"),
        ("(416) 555-0142", "CA", "+14165550142"),
        ("+1 416 555 0142", "GB", "+14165550142"),
    ],
)
def test_numbers_of_other_countries(text, region, e164):
    assert phones.normalise(text, region) == e164


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "none",
        "555-0142",
        "010-7788",
        "n/a",
        "555",
        "123456789012345678",
        "(555) 010",
        "ask Carl",
        "@",
        "+",
        "1",
    ],
)
def test_what_is_no_whole_number_is_left_as_typed(text):
    assert phones.normalise(text) is None


def test_a_region_that_is_none_leaves_the_text():
    assert phones.normalise("5550107788", "XX") is None
    assert phones.normalise("+15550107788", "XX") == "+15550107788"


@pytest.mark.parametrize(
    ("e164", "region", "words"),
    [
        ("+15550107788", "US", "(555) 010-7788"),
        ("+15550107788", "CA", "(555) 010-7788"),
        ("+15550107788", "GB", "+1 555-010-7788"),
        ("+442079460018", "US", "+44 20 7946 0018"),
        ("+442079460018", "GB", "020 7946 0018"),
        ("+34910123456", "ES", "910 12 34 56"),
        ("555-0142", "US", "555-0142"),
        ("", "US", ""),
    ],
)
def test_numbers_are_shown_as_they_are_dialled(e164, region, words):
    assert phones.shown(e164, region) == words


def test_the_extension_is_shown():
    assert phones.shown("+15550107788", "US", "12") == "(555) 010-7788 ext. 12"


def _by_the_library(text: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    possible = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if possible else None


SEPARATOR = st.sampled_from(["", " ", "-", ".", "  ", " - ", "/", "\xa0", "–", ") ", ")-", "~", ","])
OPENING = st.sampled_from(["", "(", "+", "+1", "1", "1-", "1 ", "+1 (", "+1.", "(1) ", "01", "0", "Tel ", " ", "1 ("])
CLOSING = st.sampled_from(["", " ", "x1", " ext 12", "#", ";", " (home)", " or 5550107788", "0", "."])
DIGITS = {n: st.text(alphabet="0123456789", min_size=n, max_size=n) for n in (2, 3, 4)}
MESSY = st.tuples(OPENING, DIGITS[3], SEPARATOR, st.one_of(DIGITS[3], DIGITS[2]), SEPARATOR, DIGITS[4], CLOSING).map(
    "".join
)
REGIONS = st.sampled_from(["US", "CA", "GB", "ES", "MX", "DO", "XX"])


@settings(max_examples=1500, deadline=None)
@given(MESSY | st.text(max_size=20) | st.text(alphabet="0123456789+-(). x", max_size=18), REGIONS)
@example("1 200 000 0000", "US")
@example("(211) 911-0000", "CA")
def test_the_fast_path_agrees_with_the_library(text, region):
    assert phones.normalise(text, region) == _by_the_library(text, region)


@settings(max_examples=300, deadline=None)
@given(st.from_regex(r"\+1[2-9][0-9]{9}", fullmatch=True, alphabet="0123456789+"), st.sampled_from(["US", "CA"]))
def test_what_is_shown_agrees_with_the_library(e164, region):
    number = phonenumbers.parse(e164, None)
    assert phones.shown(e164, region) == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    assert phones.normalise(phones.shown(e164, region), region) == e164


def test_ordinary_numbers_do_not_load_the_library():
    code = "import sys; from followup_desktop.base import phones; phones.shown(phones.normalise('(555) 010-7788'));"
    loaded = subprocess.run(
        [sys.executable, "-c", code + "print('phonenumbers' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.strip() == "False"
