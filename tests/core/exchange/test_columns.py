"""Which column goes where, and how the table is found in the file."""

from __future__ import annotations

from datetime import date

import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.core.exchange.model import FIELDS
from followup_desktop.core.exchange.rules.columns import header_key, target_of, words_of
from tests.core.exchange.files import goes_to, said, table


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("First Name", "given_name"),
        ("FirstName", "given_name"),
        ("first_name", "given_name"),
        ("Client First Name", "given_name"),
        ("Surname", "family_name"),
        ("Customer", "full_name"),
        ("E-mail Address", "email"),
        ("Primary Email", "email"),
        ("Email 2", "email"),
        ("Correo electrónico", "email"),
        ("Cell #", "phone"),
        ("Mobile Phone 2", "phone"),
        ("Teléfono móvil", "phone"),
        ("Straße", "street"),
        ("Billing Zip code", "postal_code"),
        ("Home Postal Code", "postal_code"),
        ("ZIP/Postal Code", "postal_code"),
        ("Service Street 1", "street"),
        ("Day of Week", "route"),
        ("Stop #", "stop_order"),
        ("Dog's Name", "access_note"),
        ("Date Added", "since"),
        ("Customer #", "source_key"),
        ("Email opt out", "no_email"),
        ("Fax", None),
        ("Job Title", None),
        ("Birthday", None),
        ("Phone Model", None),
        ("Email Sent", None),
        ("Lead Source", None),
        ("Property Name", None),
        ("Contact Owner", None),
    ],
)
def test_a_column_is_known_by_its_name(column: str, field: str | None) -> None:
    assert target_of(column).field == field


def test_every_field_is_known_by_each_of_its_names() -> None:
    for field in FIELDS:
        for name in field.synonyms:
            assert target_of(name).field == field.key, name


def test_no_name_stands_for_two_fields() -> None:
    names = [words_of(name) for field in FIELDS for name in field.synonyms]
    twice = {name for name in names if names.count(name) > 1}
    assert not twice


def test_a_misspelt_column_is_recognised() -> None:
    reading = table("Frist Name,Last Nmae,Emial,Adress", "Maria,Alvarez,m@example.com,12 Elm St")
    assert goes_to(reading) == {
        "Frist Name": "given_name",
        "Last Nmae": "family_name",
        "Emial": "email",
        "Adress": "address",
    }


def test_a_near_name_is_not_trusted_against_what_the_cells_look_like() -> None:
    reading = table("Name,Phones?,Phonee", "Maria Alvarez,602-555-0100,yes")
    assert goes_to(reading)["Phonee"] is None


def test_an_email_is_found_under_any_name() -> None:
    reading = table("Name,Kontakt,Xyz", "Maria Alvarez,m@example.com,1", "Jo Lee,jo@example.com,2")
    assert goes_to(reading)["Kontakt"] == "email"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    lines = (["First Name", "Last Name", "Notes"], ["Maria", "Alvarez", "a and b"])
    reading = table(*(delimiter.join(line) for line in lines))
    assert (reading.customers[0].family_name, reading.customers[0].notes) == ("Alvarez", "a and b")


def test_a_declared_delimiter_is_believed_and_its_line_counted() -> None:
    reading = table("sep=;", "Name;Notes", "Maria Alvarez;a, b, c")
    assert (reading.customers[0].notes, reading.customers[0].row) == ("a, b, c", 3)


def test_the_header_is_found_below_titles_and_numbers() -> None:
    reading = table(
        "Sunrise Pools,,",
        "Total customers,214,",
        ",,",
        "12,7,3",
        "Client,Email,Phone",
        "Maria Alvarez,m@example.com,602-555-0100",
        ",,",
        "Grand total,,3",
        "As of 11/20/2026,,",
    )
    assert [one.row for one in reading.customers] == [6]
    assert reading.notes == ("Rows 8 and 9 below the table left out: totals or the date of a report, no customers.",)


def test_a_customer_called_total_is_not_a_footer() -> None:
    reading = table("Company,Email", "Total Pool Care,office@total.example")
    assert reading.customers[0].company == "Total Pool Care"


def test_a_header_that_comes_again_is_no_customer() -> None:
    reading = table("Name,Email", "Maria Alvarez,m@example.com", "Name,Email", "Jo Lee,jo@example.com")
    assert [one.row for one in reading.customers] == [2, 4]
    assert reading.notes == ("Row 3 left out: the names of the columns again.",)


def test_two_columns_of_one_name_are_both_read() -> None:
    reading = table("Name,Phone,Phone,City,City", "Maria Alvarez,602-555-0100,602-555-0101,Phoenix,Tempe")
    (maria,) = reading.customers
    assert [number for _, number in maria.phones] == ["+16025550100", "+16025550101"]
    assert (maria.city, maria.extra) == ("Phoenix", {"City (2)": "Tempe"})


def test_unknown_columns_are_kept_and_empty_ones_without_a_name_are_not_shown() -> None:
    reading = table("Name,Email,Gallons,,", "Maria Alvarez,m@example.com,14000,,", "Jo Lee,jo@example.com,,,")
    assert [one.extra for one in reading.customers] == [{"Gallons": "14000"}, {}]
    assert reading.header == ("Name", "Email", "Gallons")


def test_an_extra_field_cannot_pass_for_one_of_the_programs_own() -> None:
    (one,) = table("Name,_tags,__", "Maria Alvarez,gold,x").customers
    assert one.tags == ("gold",)
    assert one.extra == {"Column 3": "x"}


def test_cells_that_excel_must_not_compute_are_plain_text() -> None:
    reading = table("Name,Phone,Customer ID,Notes", "=HYPERLINK(1) Lee,'+16025550100,=\"0042\",'=2+2")
    (one,) = reading.customers
    assert one.phones == (("", "+16025550100"),)
    assert (one.source_key, one.notes) == ("0042", "=2+2")


class TestDates:
    def read(self, *cells: str, region: str = "US") -> tuple[str | None, list[date | None]]:
        reading = table("Name,Customer Since", *(f'P{at} Lee,"{cell}"' for at, cell in enumerate(cells)), region=region)
        return reading.date_order, [one.since for one in reading.customers]

    def test_one_day_beyond_12_decides_the_whole_column(self) -> None:
        assert self.read("3/4/2020", "25/4/2020") == ("dmy", [date(2020, 4, 3), date(2020, 4, 25)])
        assert self.read("3/4/2020", "4/25/2020", region="DE") == ("mdy", [date(2020, 3, 4), date(2020, 4, 25)])

    def test_without_such_a_day_the_region_decides(self) -> None:
        assert self.read("3/4/2020") == ("mdy", [date(2020, 3, 4)])
        assert self.read("3/4/2020", region="GB") == ("dmy", [date(2020, 4, 3)])
        assert self.read("3.4.2020") == ("dmy", [date(2020, 4, 3)])

    def test_dates_that_need_no_deciding(self) -> None:
        order, days = self.read(
            "2020-04-03", "2020-04-03 09:14", "2020-04-03T09:14:00Z", "3 Apr 2020", "April 3, 2020", "20200403"
        )
        assert order is None
        assert days == [date(2020, 4, 3)] * 6

    def test_years_of_two_digits(self) -> None:
        assert self.read("3/14/19", "3/14/99")[1] == [date(2019, 3, 14), date(1999, 3, 14)]

    def test_the_order_is_shown(self) -> None:
        reading = table("Name,Customer Since", "Maria Alvarez,3/14/2019")
        assert reading.columns[1].check == "month/day/year"


class TestOwnersWord:
    def test_a_column_goes_where_the_owner_says(self) -> None:
        reading = table(
            "Kid,Who,Email", "7,Maria Alvarez,m@example.com", mapping={"Who": "full_name", "Kid": "source_key"}
        )
        assert (reading.customers[0].name, reading.customers[0].source_key) == ("Maria Alvarez", "7")

    def test_the_words_of_the_window_do_too(self) -> None:
        reading = table("Who,Email", "Maria,m@example.com", mapping={"who": "First name"})
        assert reading.customers[0].given_name == "Maria"

    def test_a_header_only_the_owner_knows_is_found(self) -> None:
        reading = table("Aaa,Bbb", "Maria Alvarez,602-555-0100", mapping={"Aaa": "full_name", "Bbb": "phone"})
        assert reading.customers[0].phones == (("", "+16025550100"),)

    def test_it_takes_the_place_of_what_was_recognised(self) -> None:
        reading = table("Name,City,Town hall", "Maria Alvarez,x,Tempe", mapping={"Town hall": "city"})
        assert (reading.customers[0].city, reading.customers[0].extra) == ("Tempe", {"City": "x"})

    def test_a_column_can_be_kept_as_it_is(self) -> None:
        reading = table("Name,Notes", "Maria Alvarez,hello", mapping={"Notes": "extra"})
        assert (reading.customers[0].notes, reading.customers[0].extra) == ("", {"Notes": "hello"})

    def test_it_works_on_a_known_format(self) -> None:
        from tests.core.exchange.files import sample

        reading = sample("jobber-clients.csv", mapping={"PFT[Pool type]": "tags"})
        assert "Salt" in reading.customers[0].tags

    def test_a_column_or_field_there_is_not_is_named(self) -> None:
        with pytest.raises(Problem, match="no column “Foo”") as caught:
            table("Name", "Maria", mapping={"Foo": "city"})
        assert "“Name”" in caught.value.to_do
        with pytest.raises(Problem, match="no field “planet”") as caught:
            table("Name", "Maria", mapping={"Name": "planet"})
        assert "given_name, family_name" in caught.value.to_do

    def test_a_vcard_has_no_columns(self) -> None:
        with pytest.raises(Problem, match="has no columns"):
            table("BEGIN:VCARD", "FN:Maria", "END:VCARD", mapping={"FN": "full_name"})

    def test_the_choice_can_be_remembered_by_the_columns_of_the_file(self) -> None:
        assert header_key(["First Name", "E-mail"]) == header_key(["email", "first_name"])
        assert header_key(["First Name", "E-mail"]) != header_key(["First Name"])


def test_consent_is_never_made_of_not_having_refused() -> None:
    reading = table("Name,Email opt out,SMS consent", "Maria Alvarez,no,yes", "Jo Lee,yes,no", "Ana Lopez,,maybe")
    assert [(one.email_consent, one.text_consent) for one in reading.customers] == [
        (None, True),
        (False, False),
        (None, None),
    ]
    assert reading.customers[2].extra == {"SMS consent": "maybe"}


def test_names_in_one_cell_are_taken_apart() -> None:
    names = {
        "Maria Alvarez": ("Maria", "Alvarez", ""),
        "Alvarez, Maria": ("Maria", "Alvarez", ""),
        "Bob & Carol Jones": ("Bob & Carol", "Jones", ""),
        "Maria de la Cruz": ("Maria", "de la Cruz", ""),
        "Sam Whitfield Jr.": ("Sam", "Whitfield Jr.", ""),
        "Dr. Renée D'Angelo": ("Renée", "D'Angelo", ""),
        "Cher": ("Cher", "", ""),
        "Bayside HOA": ("", "", "Bayside HOA"),
        "Smith & Sons, Inc.": ("", "", "Smith & Sons, Inc."),
        "7 Palms Apartments": ("", "", "7 Palms Apartments"),
    }
    reading = table("Name,Email", *(f'"{name}",a{at}@example.com' for at, name in enumerate(names)))
    assert [(one.given_name, one.family_name, one.company) for one in reading.customers] == list(names.values())
    assert said(reading) == []


def test_addresses_in_one_cell_are_taken_apart_where_it_is_clear() -> None:
    addresses = {
        "12 Elm St, Phoenix, AZ 85004": ("12 Elm St", "Phoenix", "AZ", "85004"),
        "12 Elm St, Apt 4, Phoenix AZ 85004-1234, USA": ("12 Elm St, Apt 4", "Phoenix", "AZ", "85004-1234"),
        "10 Main St, Ottawa, ON K1A 0B1": ("10 Main St", "Ottawa", "ON", "K1A 0B1"),
        "Lindenstraße 5, 10969 Berlin": ("Lindenstraße 5", "Berlin", "", "10969"),
        "2 Mill Lane, York YO1 7HH": ("2 Mill Lane", "York", "", "YO1 7HH"),
        "behind the church": ("behind the church", "", "", ""),
    }
    reading = table("Name,Address", *(f'P{at} Lee,"{cell}"' for at, cell in enumerate(addresses)))
    found = [(one.street, one.city, one.region, one.postal_code) for one in reading.customers]
    assert found == list(addresses.values())
