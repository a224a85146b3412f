"""What an import would do to the customers in the store."""

from __future__ import annotations

from datetime import date

import pytest

from followup_desktop.core.exchange.model import FileReading, Incoming, Known, Plan, Verdict
from followup_desktop.core.exchange.rules.duplicates import ASKS
from followup_desktop.core.exchange.rules.matching import address_key, match
from tests.core.exchange.files import SAMPLES, sample, table

HEADER = "Customer ID,First Name,Last Name,Company,Email,Phone,Street,City,Zip,Notes"


def kept(number: int, one: Incoming, source: str = "csv", **changes: object) -> Known:
    """A customer as the store has it right after an import."""
    parts = {name: getattr(one, name) for name in Known._fields if name in Incoming._fields}
    return Known(id=number, source=source, **(parts | changes))  # type: ignore[arg-type]


def imported(reading: FileReading) -> list[Known]:
    return [kept(number, one, reading.format) for number, one in enumerate(reading.customers, 1)]


def verdicts(plan: Plan) -> list[tuple[str, int | None]]:
    return [(row.verdict.value, row.known) for row in plan.rows]


def changes(plan: Plan) -> dict[str, tuple[object, object]]:
    (row,) = plan.rows
    return {change.field: (change.old, change.new) for change in row.changes}


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir()))
def test_the_same_file_again_changes_nothing_and_asks_nothing(name: str) -> None:
    reading = sample(name)
    assert match(reading, []).count(Verdict.NEW) == len(reading.customers)
    again = match(reading, imported(reading))
    assert again.count(Verdict.UNCHANGED) == len(reading.customers)
    assert again.households == ()
    assert all(problem.outcome != ASKS for problem in again.problems)


class TestWhoItIs:
    def test_the_number_of_the_other_program_comes_first(self) -> None:
        reading = sample("jobber-clients.csv")
        maria = reading.customers[0]
        here = [
            kept(1, maria._replace(source_key="", given_name="Someone")),
            kept(2, maria._replace(emails=(), phones=()), "jobber"),
        ]
        assert match(reading, here).rows[0].known == 2

    def test_a_number_of_another_program_is_no_number(self) -> None:
        reading = table(HEADER, "7,Maria,Alvarez,,m@example.com,,,,,")
        assert verdicts(match(reading, [Known(1, "jobber", "7", given_name="Bob", family_name="Lee")])) == [
            ("new", None)
        ]

    def test_a_number_in_a_table_of_unknown_origin_needs_a_second_sign(self) -> None:
        reading = table(HEADER, "7,Maria,Alvarez,,m@example.com,,,,,")
        assert verdicts(match(reading, [Known(1, "csv", "7", given_name="Bob", family_name="Lee")])) == [("new", None)]
        assert verdicts(match(reading, [Known(1, "csv", "7", given_name="Maria", family_name="Alvares")]))[0][1] == 1

    def test_then_the_email(self) -> None:
        reading = table(HEADER, ",Maria,Alvarez,,m@example.com,,,,,")
        here = [
            Known(1, given_name="Maria", family_name="Alvarez"),
            Known(2, given_name="Maria", emails=("m@example.com",)),
        ]
        assert match(reading, here).rows[0].known == 2

    def test_then_the_phone_with_a_similar_name(self) -> None:
        reading = table(HEADER, ",Rob,Brenner,,,602-555-0170,,,,")
        here = [
            Known(1, given_name="Lena", family_name="Brenner", phones=(("", "+16025550170"),)),
            Known(2, given_name="Robert", family_name="Brenner", phones=(("home", "+16025550170"),)),
        ]
        assert match(reading, here).rows[0].known == 2

    def test_a_couple_that_shares_a_phone_is_asked_about(self) -> None:
        reading = table(HEADER, ",Liz,Montgomery,,,602-555-0170,,,,")
        plan = match(reading, [Known(5, given_name="Bob", family_name="Montgomery", phones=(("", "+16025550170"),))])
        assert verdicts(plan) == [("ask", 5)]
        (problem,) = plan.problems
        assert (problem.row, problem.what, problem.outcome) == (2, "Same phone as Bob Montgomery", ASKS)

    def test_the_same_name_at_the_same_address_is_the_same_customer(self) -> None:
        reading = table(HEADER, ",Maria,Alvarez,,new@example.com,,12 Elm Street,Phoenix,85004,")
        here = [Known(1, given_name="Maria", family_name="Alvarez", street="12 Elm St.", postal_code="85004-1234")]
        assert match(reading, here).rows[0].known == 1

    def test_an_address_alone_or_a_name_alone_is_nobody(self) -> None:
        reading = table(HEADER, ",Maria,Alvarez,,m@example.com,,12 Elm St,Phoenix,85004,")
        here = [
            Known(1, given_name="Jo", family_name="Lee", street="12 Elm St", postal_code="85004"),
            Known(2, given_name="Maria", family_name="Alvarez", emails=("other@example.com",), street="9 Oak Rd"),
        ]
        assert verdicts(match(reading, here)) == [("new", None)]

    def test_one_who_has_another_number_in_the_same_program_is_somebody_else(self) -> None:
        reading = sample("jobber-clients.csv")
        maria = reading.customers[0]
        plan = match(reading, [kept(1, maria._replace(source_key="9"), "jobber")])
        assert plan.rows[0].verdict is Verdict.ASK

    def test_two_rows_that_the_owner_joined_here_stay_one(self) -> None:
        reading = table(HEADER, ",Maria,Alvarez,,m@example.com,,,,,", ",Maria,Alvarez,,m2@example.com,,,,,")
        here = [Known(1, given_name="Maria", family_name="Alvarez", emails=("m@example.com", "m2@example.com"))]
        assert verdicts(match(reading, here)) == [("unchanged", 1), ("unchanged", 1)]

    def test_father_and_son_with_one_address_are_not_made_one(self) -> None:
        reading = table(HEADER, ",Johnny,Smith,,js@example.com,,,,,", ",John,Smith,,js@example.com,,,,,")
        here = [Known(1, given_name="John", family_name="Smith", emails=("js@example.com",))]
        assert verdicts(match(reading, here)) == [("ask", 1), ("unchanged", 1)]


class TestWhatChanges:
    MARIA = Known(
        1,
        given_name="Maria",
        family_name="Alvarez",
        emails=("m@example.com",),
        phones=(("mobile", "+16025550100"),),
        street="12 Elm St",
        city="Phoenix",
        notes="salt\nlikes early",
        since=date(2020, 1, 1),
        route="Monday",
        stop_order=3,
        tags=("vip",),
        archived=False,
        lead=False,
        extra={"Gallons": "14000"},
    )

    def test_only_the_fields_the_file_has_are_touched(self) -> None:
        reading = table("First Name,Last Name,Email,City", "Maria,Alvarez,m@example.com,Tempe")
        assert changes(match(reading, [self.MARIA])) == {"city": ("Phoenix", "Tempe")}

    def test_an_empty_cell_takes_nothing_away(self) -> None:
        reading = table(
            "First Name,Last Name,Email,City,Route,Notes,Tags,Customer Since", "Maria,Alvarez,m@example.com,,,,,"
        )
        assert changes(match(reading, [self.MARIA])) == {}

    def test_a_new_address_comes_first_and_the_old_one_stays(self) -> None:
        reading = table("Customer ID,Name,Email,Phone", "7,Maria Alvarez,new@example.com,602-555-0199")
        found = changes(match(reading, [self.MARIA._replace(source="csv", source_key="7")]))
        assert found["emails"][1] == ("new@example.com", "m@example.com")
        assert found["phones"][1] == (("", "+16025550199"), ("mobile", "+16025550100"))

    def test_notes_are_added_to_and_extra_fields_replaced_by_name(self) -> None:
        reading = table("Name,Email,Notes,Gallons,Filter", "Maria Alvarez,m@example.com,new dog,15000,sand")
        found = changes(match(reading, [self.MARIA]))
        assert found["notes"][1] == "salt\nlikes early\nnew dog"
        assert found["extra"][1] == {"Gallons": "15000", "Filter": "sand"}

    def test_moving_to_another_route_is_a_change(self) -> None:
        reading = table("Name,Email,Route,Stop #,Tags,Status", "Maria Alvarez,m@example.com,Tue,1,weekly,Inactive")
        found = changes(match(reading, [self.MARIA]))
        assert found["route"] == ("Monday", "Tuesday")
        assert found["stop_order"] == (3, 1)
        assert found["tags"][1] == ("weekly", "vip")
        assert found["archived"] == (False, True)

    def test_who_became_a_customer_here_is_not_made_a_lead_again(self) -> None:
        reading = table("Name,Email,Status", "Maria Alvarez,m@example.com,Lead")
        assert changes(match(reading, [self.MARIA])) == {}
        assert changes(
            match(table("Name,Email,Status", "Maria Alvarez,m@example.com,Active"), [self.MARIA._replace(lead=True)])
        ) == {"lead": (True, False)}

    def test_what_the_store_does_not_keep_is_not_compared(self) -> None:
        reading = table(
            "Name,Email,Route,Stop #,Tags,Status,Gallons", "Maria Alvarez,m@example.com,Tue,1,weekly,Inactive,5"
        )
        bare = Known(1, given_name="Maria", family_name="Alvarez", emails=("m@example.com",))
        assert changes(match(reading, [bare])) == {}

    def test_what_the_owner_changed_since_the_last_import_stays_until_the_file_says_something_new(self) -> None:
        reading = table("Name,Email,City,Notes", "Maria Alvarez,m@example.com,Phoenix,salt")
        here = self.MARIA._replace(city="Tempe", notes="chlorine", remembered={"city": "Phoenix", "notes": "salt"})
        assert changes(match(reading, [here])) == {}
        moved = table("Name,Email,City,Notes", "Maria Alvarez,m@example.com,Mesa,salt")
        assert changes(match(moved, [here])) == {"city": ("Tempe", "Mesa")}

    def test_an_address_the_file_brought_and_has_no_more_goes(self) -> None:
        reading = table("Customer ID,Name,Email", "7,Maria Alvarez,new@example.com")
        here = self.MARIA._replace(
            source="csv",
            source_key="7",
            emails=("old@example.com", "own@example.com"),
            remembered={"emails": ["old@example.com"]},
        )
        assert changes(match(reading, [here]))["emails"][1] == ("new@example.com", "own@example.com")


class TestHouseholds:
    def test_a_shared_address_is_proposed_and_never_joined(self) -> None:
        reading = table(
            HEADER,
            ",Carl,Brenner,,c@example.com,,41 Oak Rd,Phoenix,85014,",
            ",Lena,Brenner,,l@example.com,,41 Oak Road,Phoenix,85014-2200,",
            ",Jo,Lee,,jo@example.com,,9 Elm St,Phoenix,85014,",
        )
        plan = match(
            reading, [Known(8, given_name="Ida", family_name="Brenner", street="41 OAK RD", postal_code="85014")]
        )
        assert [row.verdict for row in plan.rows] == [Verdict.NEW] * 3
        (proposal,) = plan.households
        assert (proposal.address, proposal.rows, proposal.known) == ("41 Oak Rd, Phoenix", (2, 3), (8,))

    def test_a_post_box_is_no_roof(self) -> None:
        lines = (f",P{number},Lee,,p{number}@example.com,,P.O. Box 118,Tempe,85281," for number in range(3))
        assert match(table(HEADER, *lines), []).households == ()

    def test_addresses_are_compared_in_one_way_of_writing(self) -> None:
        one = Known(1, street="730 West 4th Avenue, Unit 3", city="Tempe")
        assert address_key(one) == address_key(Known(2, street="730 W. 4th Ave #3", city="tempe"))
        assert address_key(one) != address_key(Known(3, street="730 W 4th Ave, Unit 4", city="Tempe"))


def test_matching_a_large_file_asks_each_customer_once() -> None:
    lines = [f"{n},Maria{n},Lee,,m{n}@example.com,602-555-{n:04},{n} Elm St,Phoenix,85004," for n in range(3000)]
    reading = table(HEADER, *lines)
    plan = match(reading, imported(reading))
    assert plan.count(Verdict.UNCHANGED) == 3000


def test_the_store_and_the_file_name_the_same_fields_in_the_same_order() -> None:
    assert Incoming._fields[2:16] == Known._fields[3:17]
    assert Incoming._fields[16:21] == Known._fields[17:22]
