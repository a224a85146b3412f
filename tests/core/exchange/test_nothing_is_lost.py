"""Whatever the bytes: one clear sentence or a reading, and every row is a customer or is named."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from followup_desktop.base import phones
from followup_desktop.base.errors import Problem
from followup_desktop.core.exchange.model import FileReading
from followup_desktop.core.exchange.rules.duplicates import JOINED
from followup_desktop.core.exchange.rules.reading import read_file
from followup_desktop.core.exchange.rules.values import plain_numbers, split_name, split_names

GONE = {"Not imported", "Left out", JOINED}

CELL = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
LIKELY = st.sampled_from(
    [
        *("", "Maria", "Maria Alvarez", "m@example.com", "M@Example.com; jo@example.com", "(602) 555-0100", "call mum"),
        *(
            "3/14/2019",
            "31.2.2020",
            "Tue",
            "12",
            '="7"',
            "yes",
            "12 Elm St\nPhoenix, AZ 85004",
            "Total",
            "a@",
            "Lee, Jo",
        ),
        *('"', "'+1"),
    ]
)
ROW = st.lists(st.one_of(LIKELY, CELL), min_size=0, max_size=9)
NAMES = (
    "Name,First Name,Last Name,Company,Email,Email 2,Phone,Mobile Phone,Street,City,Zip,Address,Billing Address,"
    "Service Address,Customer Since,Route,Stop #,Tags,Notes,Gate Code,Status,Active,Customer ID,Customer,Gallons,,"
    "Text consent,Email opt out,Language"
)
HEADER = st.lists(st.sampled_from(NAMES.split(",")), min_size=1, max_size=9)


def accounted(reading: FileReading) -> None:
    here = [customer.row for customer in reading.customers]
    gone = [problem.row for problem in reading.problems if problem.outcome in GONE]
    assert sorted(here + gone) == sorted(set(here + gone))
    assert len(here) + len(gone) == reading.rows
    for problem in reading.problems:
        assert problem.what
        assert problem.outcome
        assert problem.row > 0


def read(data: bytes, **options: object) -> FileReading | None:
    try:
        reading = read_file(data, "customers.csv", **options)  # type: ignore[arg-type]
    except Problem:
        return None
    accounted(reading)
    return reading


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
@example(b'Name,Email\n"a\x00b",c')
@example(b"Name\r\n\r\n\x85\xa0,\r\n")
@example(b"BEGIN:VCARD")
@example(b"sep=,\nName\n,\n")
@example(b"\xff\xfeN\x00a\x00m\x00e\x00\n\x00\x00\xd8")
def test_any_bytes_give_a_reading_or_a_problem(data: bytes) -> None:
    read(data)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_below_a_header_do_too(data: bytes) -> None:
    read(b"Name,Email,Phone,Customer Since,Address\n" + data)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_in_a_card_do_too(data: bytes) -> None:
    read(b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Maria\r\nN;" + data + b"\r\nEND:VCARD\r\n")


@settings(max_examples=300, deadline=None)
@given(HEADER, st.lists(ROW, max_size=12), st.sampled_from(",;\t"), st.sampled_from(["US", "GB", "DE"]))
@example(["Name", "Name"], [["", ""], ["Total", "5"]], ",", "US")
@example(["Email"], [["'"], ["\n"]], ";", "US")
def test_no_cell_of_a_well_written_file_is_lost(
    header: list[str], rows: Sequence[list[str]], delimiter: str, region: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([header, *rows])
    reading = read(text.getvalue().encode(), region=region)
    if reading is None or reading.header != tuple(header):
        return
    # Every cell is found again somewhere: in a field, an extra field or a problem.
    everything = repr(reading.customers) + repr(reading.problems) + repr(reading.notes)
    for row in rows:
        for cell in row:
            if cell.isalnum() and cell.isascii() and cell not in ("0", "1", "7", "12", "yes", "Total", "Tue"):
                assert cell in everything or cell.lower() in everything.lower() or cell.isdigit()


@given(st.lists(st.text("0123456789 ().-+\u00a0", max_size=18), min_size=1, max_size=5))
@example(["+6025550100"])
@example(["1602-555-0100", "+1 602.555.0100", "(602) 555-0100"])
@settings(max_examples=500, deadline=None)
def test_numbers_read_a_column_at_a_time_are_those_read_alone(cells: list[str]) -> None:
    for cell, number in zip(cells, plain_numbers(cells, "US"), strict=True):
        if number:
            assert number == phones.normalise(cell, "US")
        elif number == "":
            assert not any(ch.isdigit() for ch in cell)


@given(st.lists(st.one_of(LIKELY, st.text(" abAB,.&é\n1", max_size=12)), min_size=1, max_size=5))
@example(["A  "])
def test_names_read_a_column_at_a_time_are_those_read_alone(cells: list[str]) -> None:
    assert split_names(cells) == [split_name(cell) for cell in cells]
