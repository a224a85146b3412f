"""Rows of one file that are one customer, or may be."""

from __future__ import annotations

from followup_desktop.core.exchange.rules.duplicates import ASKS, JOINED
from tests.core.exchange.files import said, table

HEADER = "Customer ID,Name,Email,Phone,Street,City,Notes,Gallons"


def test_one_name_and_one_email_are_one_customer() -> None:
    reading = table(
        HEADER,
        "1,Maria Alvarez,m@example.com,602-555-0100,12 Elm St,Phoenix,salt,14000",
        ",maria alvarez,M@example.com,602-555-0101,12 Elm St,Phoenix,dog,15000",
    )
    (maria,) = reading.customers
    assert [number for _, number in maria.phones] == ["+16025550100", "+16025550101"]
    assert maria.notes == "salt\ndog"
    assert maria.extra == {
        "Gallons": "14000",
        "Gallons (row 3)": "15000",
        "Given name (row 3)": "maria",
        "Family name (row 3)": "alvarez",
    }
    (problem,) = reading.problems
    assert (problem.row, problem.what, problem.value, problem.outcome) == (
        3,
        "Same customer as row 2",
        "m@example.com",
        JOINED,
    )


def test_one_customer_number_is_one_customer_whatever_the_name() -> None:
    reading = table(HEADER, "7,Maria Alvarez,,,12 Elm St,,,", "7,Maria Lopez,m@example.com,,9 Oak Rd,,,")
    (maria,) = reading.customers
    assert maria.street == "12 Elm St"
    assert maria.extra["Street (row 3)"] == "9 Oak Rd"
    assert maria.extra["Family name (row 3)"] == "Lopez"
    assert maria.emails == ("m@example.com",)


def test_one_phone_and_two_names_is_asked() -> None:
    reading = table(HEADER, ",Carl Brenner,,602-555-0100,,,,", ",Lena Brenner,,(602) 555-0100,,,,")
    assert len(reading.customers) == 2
    (problem,) = reading.problems
    assert (problem.row, problem.what, problem.value, problem.outcome) == (
        3,
        "Same phone as row 2",
        "(602) 555-0100",
        ASKS,
    )
    assert problem.twin == 2


def test_one_name_under_two_customer_numbers_is_asked_not_joined() -> None:
    reading = table(HEADER, "1,Maria Alvarez,m@example.com,,,,,", "2,Maria Alvarez,m@example.com,,,,,")
    assert len(reading.customers) == 2
    assert said(reading) == [(3, "Same email as row 2", "m@example.com")]


def test_one_address_says_nothing() -> None:
    reading = table(HEADER, ",Carl Brenner,,,41 Oak Rd,Phoenix,,", ",Lena Brenner,,,41 Oak Rd,Phoenix,,")
    assert len(reading.customers) == 2
    assert reading.problems == []


def test_a_row_with_only_an_email_joins_the_customer_who_has_it() -> None:
    reading = table(HEADER, ",,m@example.com,,,,call first,", ",Maria Alvarez,m@example.com,,,,,")
    (maria,) = reading.customers
    assert (maria.name, maria.notes) == ("Maria Alvarez", "call first")


def test_an_office_that_many_share_is_asked_once_for_each() -> None:
    reading = table(HEADER, *(f",Person{letter} Lee,office@example.com,,,,," for letter in "abcd"))
    assert [row for row, _, _ in said(reading)] == [3, 4, 5]
    assert len(reading.customers) == 4


def test_who_refused_in_one_row_has_refused() -> None:
    reading = table(
        "Name,Email,Email opt out,Archived",
        "Maria Alvarez,m@example.com,,yes",
        "Maria Alvarez,m@example.com,yes,no",
    )
    (maria,) = reading.customers
    assert (maria.email_consent, maria.archived) == (False, False)
