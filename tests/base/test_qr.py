"""QR codes, and the links they hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.base.phones import code_words, sms_link, tel_link
from followup_desktop.base.qr import LONGEST, qr_code


@pytest.mark.row("A4")
@given(st.text(max_size=90))
@settings(max_examples=25, deadline=None)
def test_any_text_has_a_code_of_its_own(text):
    code = qr_code(text or " ")
    assert {len(row) for row in code} == {len(code)}
    assert code == qr_code(text or " ")
    assert code != qr_code(f"{text}!")


@pytest.mark.parametrize(("length", "side"), [(17, 21), (18, 25), (230, 53), (LONGEST, 97)])
def test_a_longer_text_has_a_larger_code(length, side):
    assert len(qr_code("a" * length)) == side


def test_what_is_too_long_is_refused():
    with pytest.raises(ValueError, match="too long"):
        qr_code("a" * (LONGEST + 1))


def test_one_code_is_the_very_one_that_another_program_makes():
    picture = ["".join("#" if dark else "." for dark in row) for row in qr_code("tel:+15552103344")]
    assert len(picture) == 21
    assert picture[0].startswith("#######.")
    assert picture[0].endswith(".#######")
    assert picture[6] == "#######.#.#.#.#######"


@pytest.mark.row("A4")
def test_links_hold_the_number_and_the_words():
    assert tel_link("+1 (555) 210-3344") == "tel:+15552103344"
    words = "Ma%C3%B1ana%20a%20las%209%20%26%20media%3F"
    assert sms_link("+15552103344", "Mañana a las 9 & media?") == f"sms:+15552103344?body={words}"
    assert code_words("+1 555 210 3344", " Hi Ana ", call=False) == "SMSTO:+15552103344:Hi Ana"
    assert code_words("+1 555 210 3344", "x", call=True) == "tel:+15552103344"
