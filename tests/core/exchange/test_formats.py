from __future__ import annotations

from datetime import date

import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.core.exchange.rules.readers import READERS
from tests.core.exchange.files import SAMPLES, goes_to, named, said, sample


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("jobber-clients.csv", "jobber"),
        ("google-contacts.csv", "google_contacts"),
        ("google-contacts-2019.csv", "google_contacts"),
        ("quickbooks-customer-contact-list.csv", "quickbooks_customers"),
        ("iphone.vcf", "vcard"),
        ("old-phone-2.1.vcf", "vcard"),
        ("version-4.vcf", "vcard"),
        ("outlook-windows-1252.csv", "csv"),
        ("hubspot-contacts.csv", "csv"),
        ("housecall-jobs.csv", "csv"),
        ("semicolon-german.csv", "csv"),
        ("excel-unicode-text.txt", "csv"),
        ("route-customers.csv", "csv"),
    ],
)
def test_a_format_is_known_by_its_header_whatever_the_file_is_called(name: str, key: str) -> None:
    from followup_desktop.core.exchange.rules.reading import read_file

    assert read_file((SAMPLES / name).read_bytes(), "no-name").format == key


def test_every_reader_in_the_folder_is_listed_once() -> None:
    folder = SAMPLES.parents[2] / "followup_desktop" / "core" / "exchange" / "rules" / "readers"
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {"csv" if stem == "any_csv" else stem for stem in files} == {reader.key for reader in READERS}
    assert len({reader.key for reader in READERS}) == len(READERS)


class TestJobber:
    def test_a_client_comes_with_everything_the_export_says(self) -> None:
        maria = named(sample("jobber-clients.csv"), "Maria Álvarez")
        assert maria.source_key == "48210331"
        assert maria.emails == ("maria.a@example.com",)
        assert maria.phones == (("mobile", "+16025550133"),)
        assert (maria.street, maria.city, maria.region) == ("12 Elm Street", "Phoenix", "Arizona")
        assert maria.language == "es"
        assert maria.since == date(2019, 3, 14)
        assert maria.access_note == "Gate code: 4417"
        assert maria.tags == ("weekly", "salt")
        assert maria.text_consent is True
        assert maria.extra["Pool type"] == "Salt"
        assert maria.extra["Lead Source"] == "Referral"

    def test_plural_columns_give_several_values(self) -> None:
        wendell = named(sample("jobber-clients.csv"), "Wendell O'Connor")
        assert wendell.emails == ("wendell@example.com", "w.oconnor@example.org")
        assert wendell.phones == (("home", "+16025550141"), ("work", "+16025550142"))
        assert wendell.access_note == 'Gate code: side gate, dog "Rex" is loud'

    def test_the_address_of_the_pool_counts_and_the_one_for_bills_is_kept(self) -> None:
        reading = sample("jobber-clients.csv")
        wendell = named(reading, "Wendell O'Connor")
        assert wendell.street == "730 West 4th Ave, Unit 3"
        assert wendell.extra["Billing Street 1"] == "P.O. Box 118"
        assert named(reading, "Jo Marchetti").street == "88 Palm Dr"

    def test_a_client_with_two_properties_is_one_customer_and_both_addresses_are_kept(self) -> None:
        reading = sample("jobber-clients.csv")
        bayside = named(reading, "Ruth Ellis")
        assert bayside.company == "Bayside HOA"
        assert bayside.street == "500 Bayside Loop"
        assert bayside.extra["Street (row 5)"] == "518 Bayside Loop"
        assert (5, "Same customer as row 4", "48210333") in said(reading)

    def test_an_extension_is_not_lost(self) -> None:
        assert named(sample("jobber-clients.csv"), "Ruth Ellis").phones == (("work ext. 204", "+14805550177"),)

    def test_switched_off_messages_are_a_hint_of_no_consent(self) -> None:
        reading = sample("jobber-clients.csv")
        assert named(reading, "Zoë Núñez-Kraft").email_consent is False
        assert named(reading, "Maria Álvarez").email_consent is True

    def test_archived_clients_are_marked(self) -> None:
        reading = sample("jobber-clients.csv")
        assert [customer.name for customer in reading.customers if customer.archived] == ["Carl Brenner"]

    def test_each_problem_is_told_with_its_row(self) -> None:
        assert said(sample("jobber-clients.csv")) == [
            (5, "Same customer as row 4", "48210333"),
            (7, "Not an email address", "j.marchetti@"),
            (8, "Not a phone number", "call the wife"),
            (9, "Same phone as row 8", "(602) 555-0170"),
        ]

    def test_what_is_not_understood_is_kept_with_the_customer(self) -> None:
        reading = sample("jobber-clients.csv")
        assert named(reading, "Jo Marchetti").extra["E-mails"] == "j.marchetti@"
        assert named(reading, "Carl Brenner").extra["Other Phone #s"] == "call the wife"
        assert named(reading, "Zoë Núñez-Kraft").extra["Water log"].startswith("2026-05-01: pH 7.4\n2026-05-08")

    def test_another_file_is_not_taken_for_a_jobber_export(self) -> None:
        with pytest.raises(Problem, match="not a file of the format Jobber"):
            sample("hubspot-contacts.csv", as_format="jobber")


class TestGoogle:
    def test_a_contact_of_today(self) -> None:
        grace = named(sample("google-contacts.csv"), "Grace Kim")
        assert grace.phones == (("mobile", "+14805550111"),)
        assert (grace.street, grace.city, grace.postal_code) == ("27 Juniper Ln", "Chandler", "85225")
        assert grace.tags == ("Pool customers", "Tuesday")
        assert grace.notes == "Heater is loud.\nAsk before draining."

    def test_several_values_in_one_cell_keep_their_labels(self) -> None:
        jose = named(sample("google-contacts.csv"), "José García Márquez")
        assert jose.emails == ("jose@example.com", "jl.garcia@example.org")
        assert jose.phones == (("home", "+14805550120"), ("mobile", "+14805550121"))

    def test_an_address_that_is_only_written_out_is_taken_apart(self) -> None:
        jose = named(sample("google-contacts.csv"), "José García Márquez")
        assert (jose.street, jose.city, jose.region, jose.postal_code) == ("4 Cactus Wren Ct", "Mesa", "AZ", "85207")

    def test_a_company_without_a_person_is_a_customer_and_its_fax_nothing_to_ring(self) -> None:
        motel = named(sample("google-contacts.csv"), "Desert Inn Motel")
        assert motel.phones == (("work", "+14805550130"),)
        assert motel.extra["Fax"] == "+14805550131"

    def test_a_number_without_area_code_is_kept_as_written(self) -> None:
        reading = sample("google-contacts.csv")
        assert named(reading, "Priya Natarajan").phones == (("", "555-0142"),)
        assert all(problem.row != 5 for problem in reading.problems)

    def test_own_fields_and_labels_are_kept(self) -> None:
        tom = named(sample("google-contacts.csv"), "Tom Ács")
        assert tom.extra["Gate code"] == "#1212"
        assert tom.phones == (("Custom label", "+3612345678"),)

    def test_a_card_that_names_nobody_is_told_and_not_imported(self) -> None:
        reading = sample("google-contacts.csv")
        assert (6, "No name, email or phone", "wrong number, delete, * myContacts") in said(reading)
        assert len(reading.customers) == 5
        assert reading.rows == 6

    def test_the_older_columns(self) -> None:
        reading = sample("google-contacts-2019.csv")
        helen = named(reading, "Helen Zhou")
        assert (helen.language, helen.tags, helen.city) == ("zh", ("Customers",), "Tempe")
        assert named(reading, "Iván Peña").notes == '"Call, don\'t write"'
        assert named(reading, "Saguaro Elementary School").company == "Saguaro Elementary School"


class TestQuickBooks:
    def test_titles_above_and_the_date_below_are_no_customers(self) -> None:
        reading = sample("quickbooks-customer-contact-list.csv")
        assert [customer.row for customer in reading.customers] == [5, 6, 7, 8, 9]
        assert reading.notes == ("Row 11 below the table left out: totals or the date of a report, no customers.",)
        assert reading.problems == []

    def test_several_labelled_numbers_in_one_cell(self) -> None:
        reading = sample("quickbooks-customer-contact-list.csv")
        assert named(reading, "Carla Dukes").phones == (("", "+16505550117"), ("mobile", "+16505550118"))
        cars = named(reading, "Grace Pariente")
        assert cars.phones == (("", "+14155559933"),)
        assert cars.extra["Fax"] == "+14155559934"

    def test_an_address_with_line_breaks_is_taken_apart_and_the_name_in_it_left_out(self) -> None:
        carla = named(sample("quickbooks-customer-contact-list.csv"), "Carla Dukes")
        assert (carla.street, carla.city, carla.region, carla.postal_code) == (
            "19 Ocean Ave, Apt 2",
            "Half Moon Bay",
            "CA",
            "94213",
        )

    def test_where_the_work_is_done_counts_before_where_the_bill_goes(self) -> None:
        cars = named(sample("quickbooks-customer-contact-list.csv"), "Grace Pariente")
        assert cars.street == "12 Harbor Blvd."
        assert cars.extra["Bill address"] == "65 Ocean Dr.\nHalf Moon Bay, CA  94213"

    def test_person_and_company_are_told_apart(self) -> None:
        reading = sample("quickbooks-customer-contact-list.csv")
        assert named(reading, "Amy Lauterbach").company == "Amy's Bird Sanctuary"
        assert named(reading, "Carla Dukes").company == ""
        sasha = named(reading, "Sasha Tillou")
        assert sasha.company == "Freeman Sporting Goods"
        assert sasha.extra["Customer full name"] == "Freeman Sporting Goods:0969 Ocean View Road"


class TestVCard:
    def test_grouped_items_folding_and_a_photo_of_an_iphone(self) -> None:
        sam = named(sample("iphone.vcf"), "Sam Whitfield")
        assert sam.emails == ("sam.whitfield@example.com",)
        assert sam.phones == (("mobile", "+16025550101"), ("Pool house", "+16025550102"))
        assert (sam.street, sam.city, sam.country) == ("14 Quail Run, Unit B", "Phoenix", "United States")
        assert sam.notes == "Two dogs, both friendly.\nLikes a call before noon"
        assert sam.extra == {"Birthday": "1971-04-02"}

    def test_a_company_card_and_its_fax(self) -> None:
        canyon = named(sample("iphone.vcf"), "Copper Canyon Apartments")
        assert (canyon.given_name, canyon.company) == ("", "Copper Canyon Apartments")
        assert canyon.phones == (("work", "+14805550103"),)
        assert canyon.extra["Fax"] == "+14805550104"

    def test_a_broken_address_and_number_do_not_cost_the_person(self) -> None:
        reading = sample("iphone.vcf")
        renee = named(reading, "Renée D’Angelo")
        assert renee.extra == {
            "Middle name": "Marie",
            "Title before the name": "Dr.",
            "Email": "renee@example",
            "Phone": "ring the bell",
        }
        assert said(reading) == [
            (3, "Not an email address", "renee@example"),
            (3, "Not a phone number", "ring the bell"),
            (4, "A group, not a person", "Pool people"),
        ]

    def test_quoted_printable_and_bare_types_of_version_2(self) -> None:
        juergen = named(sample("old-phone-2.1.vcf"), "Jürgen Müller")
        assert juergen.phones == (("mobile", "+16025550105"), ("home", "+16025550106"))
        assert juergen.street == "7 Mesa View, Rear house"
        assert juergen.notes == "Gate code 9921,\ndog in the yard"
        assert juergen.extra == {}

    def test_another_charset_and_a_line_that_is_none(self) -> None:
        zoe = named(sample("old-phone-2.1.vcf"), "Zoé Lefèvre")
        assert zoe.phones == (("mobile", "+33612345678"),)
        assert zoe.extra["Not read"] == "this line is not a property"

    def test_a_card_inside_a_card_and_one_without_an_end_cost_nobody(self) -> None:
        reading = sample("old-phone-2.1.vcf")
        assert [one.name for one in reading.customers][2:] == ["The Boss", "Ursula Unended", "Larry Last"]
        assert (4, "The card has no end", "Ursula Unended") in said(reading)

    def test_version_4_with_uris_preferences_and_folded_notes(self) -> None:
        ana = named(sample("version-4.vcf"), "Ana López")
        assert ana.emails == ("ana@example.com", "ana.second@example.com")
        assert ana.phones == (("home ext. 5", "+16025550112"), ("mobile", "+16025550113"))
        assert ana.street == "9 Alta Vista"
        assert ana.extra == {"Address (work)": "1 Office Park, Tempe, AZ, 85281, USA"}
        assert ana.language == "es"
        assert ana.tags == ("salt", "weekly, mornings")
        assert ana.notes.endswith("most programs; this one is too.")
        assert ana.source_key == "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"


class TestAnyTable:
    def test_outlook_in_windows_1252(self) -> None:
        reading = sample("outlook-windows-1252.csv")
        francois, ingrid = reading.customers
        assert (francois.given_name, francois.notes) == ("François", "Said: “no calls before 9”")
        assert francois.street == "31 Rue Royale"
        assert francois.extra["Business Street"] == "1 Plaza Mayor"
        assert ingrid.street == "77 Industrial Way, Dock 4"
        assert ingrid.company == "Sørensen Tile"
        assert ingrid.phones == (("work", "+14805550116"), ("mobile", "+14805550115"))

    def test_hubspot(self) -> None:
        noor, otis = sample("hubspot-contacts.csv").customers
        assert (noor.source_key, noor.since, noor.lead) == ("51", date(2024, 3, 12), False)
        assert otis.lead
        assert noor.extra["Associated Company IDs"] == "101;102"

    def test_a_list_of_jobs_gives_each_customer_once(self) -> None:
        reading = sample("housecall-jobs.csv")
        ivy, pines = reading.customers
        assert (ivy.street, ivy.city, ivy.region, ivy.postal_code) == ("830 Desert Bloom Rd", "Gilbert", "AZ", "85296")
        assert ivy.phones == (("", "+14805550122"),)
        assert ivy.extra["Job #"] == "2"
        assert ivy.extra["Job # (row 3)"] == "3"
        assert pines.company == "Whispering Pines HOA"

    def test_german_columns_semicolons_and_days_first(self) -> None:
        reading = sample("semicolon-german.csv", region="DE")
        juergen = named(reading, "Jürgen Groß")
        assert reading.date_order == "dmy"
        assert juergen.since == date(2019, 3, 14)
        assert juergen.phones == (("", "+4930901820"),)
        assert juergen.notes == "Schlüssel beim Nachbarn; klingeln"
        assert named(reading, "Käthe von Arnim").family_name == "von Arnim"
        assert said(reading) == [(4, "No such date", "31.04.2021")]

    def test_utf_16_with_tabs_as_excel_writes_it(self) -> None:
        agnieszka, sian = sample("excel-unicode-text.txt", region="GB").customers
        assert (agnieszka.given_name, agnieszka.family_name) == ("Agnieszka", "Żółć")
        assert agnieszka.phones == (("mobile", "+447700900123"),)
        assert sian.notes == "says “ring twice”"

    def test_a_route_list_is_recognised_whole(self) -> None:
        reading = sample("route-customers.csv")
        assert goes_to(reading) == {
            "First Name": "given_name",
            "Last Name": "family_name",
            "Email": "email",
            "Mobile Phone": "phone",
            "Service Address": "street",
            "City": "city",
            "State": "region",
            "Zip": "postal_code",
            "Service Day": "route",
            "Stop #": "stop_order",
            "Gate Code": "access_note",
            "Dog's Name": "access_note",
            "Customer Since": "since",
            "Rate": None,
            "Status": "status",
            "Email Opt Out": "no_email",
        }
        maria = reading.customers[0]
        assert (maria.route, maria.stop_order, maria.since) == ("Monday", 1, date(2010, 1, 3))
        assert maria.access_note == "Gate Code: 4417\nDog's Name: Rex"
        assert named(reading, "Ana Lopez").email_consent is False
        assert named(reading, "Grace Kim").email_consent is None

    def test_the_check_of_each_column_says_what_was_found(self) -> None:
        checks = {column.column: column.check for column in sample("route-customers.csv").columns}
        assert checks["First Name"] == "20 of 20"
        assert checks["Email"] == "1 is not an address"
        assert checks["Service Day"] == "5 routes"
        assert checks["Gate Code"] == "7 filled"
        assert checks["Customer Since"] == "1 is not a date"
        assert checks["Rate"] == "20 kept as an extra field"

    def test_the_problems_of_the_drawing(self) -> None:
        reading = sample("route-customers.csv")
        outcomes = {problem.row: (problem.what, problem.value, problem.outcome) for problem in reading.problems}
        assert outcomes[17] == (
            "Not an email address",
            "j.marchetti@",
            "Imported without email, listed for you to fix",
        )
        assert outcomes[19] == ("Same phone as row 13", "(555) 014-2310", "Asks you: one customer or two?")
        assert outcomes[20][:2] == ("No such date", "2/30/2021")
        assert named(reading, "Owen Clark").extra["Customer Since"] == "2/30/2021"
