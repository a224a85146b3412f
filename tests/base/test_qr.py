"""QR codes: read back by a reader written the other way round, as far as patterns, mask and order of the bytes go."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.base.phones import code_words, sms_link, tel_link
from followup_desktop.base.qr import _BLOCKS, _CHECKS, _MASKS, LONGEST, _Grid, _raw_bytes, qr_code


def read(matrix):
    """Return the text of a code without faults."""
    size = len(matrix)
    version = (size - 17) // 4
    form = [matrix[at][8] for at in (0, 1, 2, 3, 4, 5, 7, 8)] + [matrix[8][at] for at in (7, 5, 4, 3, 2, 1, 0)]
    mask = (sum(bit << at for at, bit in enumerate(form)) ^ 0x5412) >> 10 & 7
    bits = [matrix[row][column] != _MASKS[mask](row, column) for row, column in _Grid(version).places()]
    every = [sum(bits[at + n] << 7 - n for n in range(8)) for at in range(0, len(bits) - 7, 8)]
    blocks, raw = _BLOCKS[version - 1], _raw_bytes(version)
    short, longer = raw // blocks - _CHECKS[version - 1], raw % blocks
    sizes = [short + (number >= blocks - longer) for number in range(blocks)]
    parts = [[] for _ in range(blocks)]
    rest = iter(every)
    for place in range(short + 1):
        for number in range(blocks):
            if place < sizes[number]:
                parts[number].append(next(rest))
    data = "".join(f"{byte:08b}" for part in parts for byte in part)
    count = 8 if version < 10 else 16
    length = int(data[4 : 4 + count], 2)
    start = 4 + count
    return bytes(int(data[at : at + 8], 2) for at in range(start, start + 8 * length, 8)).decode()


@pytest.mark.row("A4")
@given(st.text(max_size=90))
@settings(max_examples=25, deadline=None)
def test_any_text_is_read_back(text):
    assert read(qr_code(text)) == text


@pytest.mark.parametrize("length", [17, 18, 230, 271, 500, LONGEST])
def test_codes_of_every_size_are_read_back(length):
    assert read(qr_code("a" * length)) == "a" * length


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
