"""Everything taken out, so that it can be read elsewhere and put back."""

import base64
import csv
import io
import json
import os
import stat
from datetime import UTC, date, datetime

import pytest
import vobject
from sqlalchemy import select

from followup_desktop.base.errors import Problem
from followup_desktop.commands.customers import set_household
from followup_desktop.commands.exchange import import_customers
from followup_desktop.core.customers.model import Person
from followup_desktop.core.customers.queries import customer as customer_of
from followup_desktop.core.exchange.rules.reading import read_file
from followup_desktop.core.messages.tables import MessageRow
from followup_desktop.core.report.rules.lines import document, escaped
from followup_desktop.jobs.export import export_all
from followup_desktop.store.migrations.everything import METADATA

NIGHT = datetime(2026, 10, 6, 2, tzinfo=UTC)  # the evening of 5 October in New York


@pytest.fixture
def taken_out(desk, clock, tmp_path):
    """Take everything out and return the folder."""

    def export():
        with desk.store.read() as session:
            export_all(session, tmp_path / "out", clock.now())
        return tmp_path / "out"

    return export


def rows(file):
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))


@pytest.mark.row("D7")
def test_each_kind_of_record_has_a_spreadsheet_of_its_own(add, log, taken_out):
    ana = add("Ana Bo", phone="+15550100142", more_emails=("ana@work.example",), notes="Two dogs", access_note="1234")
    log(ana, "purchase", amount=16500, about="filter", note="Paid in cash", at=NIGHT)
    folder = taken_out()
    names = "customers history messages promises follow-ups cases goodwill routes consents suppressions"
    assert {file.stem for file in folder.glob("*.csv")} == set(names.split())
    (found,) = rows(folder / "customers.csv")
    assert (found["First name"], found["Other emails"], found["Access note"]) == ("Ana", "ana@work.example", "1234")
    (event,) = rows(folder / "history.csv")
    assert event["Customer"] == "Ana Bo"
    assert event["When"] == "2026-10-05T22:00:00-04:00"
    assert event["Amount"] == "165.00 USD"


@pytest.mark.row("D7")
def test_formulas_are_disarmed_and_numbers_left_alone(add, log, taken_out):
    ana = add("Ana Bo", notes='=HYPERLINK("http://x")', phone="+33 6 12 34 56 78")
    log(ana, "note", note="-5")
    folder = taken_out()
    (found,) = rows(folder / "customers.csv")
    assert found["Notes"].startswith("'=")
    assert found["Phone"].startswith("'+33")
    assert rows(folder / "history.csv")[0]["Note"] == "-5"


@pytest.mark.row("D7")
def test_the_customers_come_back_from_their_spreadsheet(add, taken_out, desk, read, tmp_path, clock):
    from followup_desktop.app import Program

    person = Person(
        *("Zoë", "de la Cruz", "Cruz & Sons", "zoe@example.com", "+15550100142"),
        *("1 Palm Ct, “rear”", "Orlando", "FL", "32801", "US"),
        notes="Two dogs;\nring first",
        since=date(2024, 5, 1),
    )
    from followup_desktop.commands.customers import add_customer

    add_customer(desk, person)
    data = (taken_out() / "customers.csv").read_bytes()
    elsewhere = Program(tmp_path / "elsewhere.db", clock)
    import_customers(elsewhere.desk, read_file(data, "customers.csv", region="US"), {})
    with elsewhere.desk.store.read() as session:
        back = customer_of(session, 1).person
    elsewhere.close()
    kept = ("given_name", "family_name", "company", "email", "phone", "street", "city", "region", "postal_code")
    assert [getattr(back, name) for name in kept] == [getattr(person, name) for name in kept]
    assert back.since == person.since


@pytest.mark.row("D7")
def test_customers_go_into_an_address_book(add, taken_out):
    add(
        "Zoë de la Cruz",
        email="zoe@example.com",
        company="Cruz; Sons, Inc.",
        phone="+15550100142",
        notes="Two dogs\nand a cat " * 9,
    )
    add("Ben Co", street="1 Palm Ct", city="Orlando", region="FL", postal_code="32801", access_note="gate 4711")
    text = (taken_out() / "customers.vcf").read_bytes()
    assert max(len(line) for line in text.split(b"\r\n")) <= 75
    assert b"4711" not in text
    ben, zoe = sorted(vobject.readComponents(text.decode("utf-8")), key=lambda card: card.fn.value)
    assert zoe.n.value.given == "Zoë"
    assert zoe.org.value == ["Cruz; Sons, Inc."]
    assert zoe.note.value.startswith("Two dogs\nand a cat")
    assert zoe.tel.value == "+15550100142"
    assert ben.adr.value.city == "Orlando"


@pytest.mark.row("D7")
def test_every_field_of_every_record_is_in_one_file(add, log, desk, taken_out):
    ana, ben = add("Ana Bo"), add("Ben Bo")
    set_household(desk, [ana, ben], "Bo")
    log(ana, "complaint", note="nobody came")
    with desk.store.write("test", "", undoable=False) as work:
        work.add(MessageRow(customer_id=ana, state="filed", at=NIGHT, raw=b"\x00\xffmail"))
    found = json.loads((taken_out() / "everything.json").read_text("utf-8"))
    assert found["format"] >= 1
    assert found["written"] == "2026-11-23T09:00:00-05:00"
    assert set(found["records"]) == set(METADATA.tables) - {"steps", "reminders"}
    (message,) = found["records"]["messages"]
    assert base64.b64decode(message["raw"]) == b"\x00\xffmail"
    assert message["at"] == NIGHT.isoformat()
    for name, records in found["records"].items():
        with desk.store.read() as session:
            assert len(records) == len(session.execute(select(METADATA.tables[name])).all())
        assert all(set(record) == set(METADATA.tables[name].c.keys()) for record in records)


def test_an_empty_store_gives_files_with_nothing_but_their_heads(taken_out):
    folder = taken_out()
    assert rows(folder / "customers.csv") == []
    assert (folder / "customers.vcf").read_bytes() == b""
    assert json.loads((folder / "everything.json").read_text())["records"]["customers"] == []


@pytest.mark.skipif(os.name != "posix", reason="rights are of another kind elsewhere")
def test_what_was_taken_out_is_for_its_owner_alone(add, taken_out):
    add("Ana Bo")
    folder = taken_out()
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_said_and_nothing_is_written(desk, clock, tmp_path):
    (tmp_path / "file").write_text("kept")
    with desk.store.read() as session, pytest.raises(Problem, match="could not be written"):
        export_all(session, tmp_path / "file", clock.now())
    assert (tmp_path / "file").read_text() == "kept"


class TestLines:
    """The content lines of vCard and iCalendar."""

    def test_no_letter_is_cut_in_two(self):
        text = "NOTE:" + "é🏊" * 60
        lines = document([text]).split(b"\r\n")
        assert all(len(line) <= 75 for line in lines)
        assert all(line.decode("utf-8") is not None for line in lines)
        assert b"".join([lines[0], *(line[1:] for line in lines[1:])]).decode("utf-8") == text

    def test_what_steers_a_parser_is_escaped_or_dropped(self):
        assert escaped("a;b,c\\d\r\ne\x07f") == "a\\;b\\,c\\\\d\\nef"
