"""A file that cannot be read gets one clear sentence, and nothing of it is imported."""

from __future__ import annotations

import gzip
import io
import zipfile

import openpyxl
import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.core.exchange.rules.reading import read_file
from tests.core.exchange.files import named, said, table

HEADER = "First Name,Last Name,Email\n"


def refusal(data: bytes, name: str = "customers.csv", **options: object) -> Problem:
    with pytest.raises(Problem) as caught:
        read_file(data, name, **options)  # type: ignore[arg-type]
    assert caught.value.kept == "Nothing was imported."
    assert caught.value.to_do
    return caught.value


def workbook() -> bytes:
    book, data = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["First Name", "Email"])
    book.save(data)
    return data.getvalue()


def archive() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("customers.csv", HEADER)
    return data.getvalue()


@pytest.mark.parametrize("data", [b"", b"   \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0\0\0"])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    assert refusal(data).happened == "“customers.csv” is empty."


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture (JPEG)"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (workbook(), "an Excel workbook"),
        (archive(), "a compressed file (ZIP)"),
        (gzip.compress(HEADER.encode(), mtime=0), "a compressed file (gzip)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word file"),
        (b"SQLite format 3\0\x10\0", "a database (SQLite)"),
        (b"<!DOCTYPE html><html><body>Sign in to continue</body></html>", "a web page (HTML)"),
        (b"\xef\xbb\xbf  <html lang=en><table>", "a web page (HTML)"),
        (b"<?xml version='1.0'?><rows/>", "an XML file"),
        (b'{"customers": [{"email": "a@example.com"}]}', "a JSON file"),
        (b"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "a calendar (iCalendar)"),
        (b"\x7fELF\x02\x01\x01", "a program"),
        (bytes(range(256)) * 8, "not text"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_named_for_what_it_is(data: bytes, kind: str) -> None:
    assert refusal(data).happened == f"“customers.csv” is {kind}, not a list of customers."


def test_a_workbook_is_sent_back_to_be_saved_as_csv() -> None:
    assert "save it as CSV" in refusal(workbook()).to_do


def test_a_letter_is_no_list() -> None:
    problem = refusal(b"Dear Dana,\n\nhere are the customers, as promised.\n\nBest wishes\nLuis\n", "letter.txt")
    assert problem.happened == "No row of column names was found in “letter.txt”."
    assert "Email" in problem.to_do


def test_a_list_without_column_names_says_what_it_needs() -> None:
    problem = refusal(b"Maria,Alvarez,maria@example.com\nJo,Lee,jo@example.com\n")
    assert "first row with the names of its columns" in problem.to_do


def test_columns_without_a_name_an_email_or_a_phone_are_listed() -> None:
    problem = refusal(b"Street,City,Zip\n12 Elm St,Phoenix,85004\n")
    assert problem.happened == "“customers.csv” has no column for a name, an email or a phone."
    assert "“Street”, “City”, “Zip”" in problem.to_do


def test_column_names_alone_are_no_customers() -> None:
    assert "no rows below them" in refusal(HEADER.encode()).happened


def test_an_unknown_format_lists_those_there_are() -> None:
    assert "jobber, google_contacts" in refusal(HEADER.encode(), as_format="lotus").to_do


class TestLimits:
    def test_more_than_50_mb(self) -> None:
        assert "larger than 50 MB" in refusal(b"x" * (50 * 1024 * 1024 + 1)).happened

    def test_a_hundred_thousand_rows_are_read_and_one_more_is_not(self) -> None:
        rows = b"a@example.com\n" * 100_000
        assert read_file(b"Email\n" + rows, "x.csv").rows == 100_000
        assert "more than 100,000 rows" in refusal(b"Email\n" + rows + b"b@example.com\n").happened

    def test_a_million_empty_rows_below_the_table_do_not_count(self) -> None:
        assert read_file(b"Name,Email\nMaria,maria@example.com\n" + b",\n" * 1_000_000, "x.csv").rows == 1

    def test_a_line_without_an_end(self) -> None:
        assert "a million characters" in refusal(HEADER.encode() + b"x" * 1_100_000).happened

    def test_more_columns_than_any_export_has(self) -> None:
        header = ",".join(["Name", "Email", *(f"c{number}" for number in range(1000))])
        assert "more than 1,000 columns" in refusal(header.encode() + b"\nMaria,m@example.com\n").happened

    def test_a_vcard_file_over_5_mb(self) -> None:
        card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Maria\nNOTE:" + b"x" * 60_000 + b"\nEND:VCARD\n"
        assert "larger than 5 MB" in refusal(card * 90, "cards.vcf").happened

    def test_more_than_20_000_cards(self) -> None:
        card = b"BEGIN:VCARD\nVERSION:3.0\nFN:A\nTEL:1\nEND:VCARD\n"
        assert "more than 20,000 cards" in refusal(card * 20_001, "cards.vcf").happened

    def test_a_line_of_a_card_over_64_kb_is_left_out_and_told_but_a_photo_may_be_longer(self) -> None:
        photo = "PHOTO;ENCODING=b;TYPE=JPEG:" + "A" * 200_000
        card = (
            f"BEGIN:VCARD\nVERSION:3.0\nFN:Maria Alvarez\n{photo}\nNOTE:{'x' * 70_000}\nTEL:602-555-0100\nEND:VCARD\n"
        )
        reading = read_file(card.encode(), "cards.vcf")
        assert named(reading, "Maria Alvarez").phones == (("", "+16025550100"),)
        assert [what for _, what, _ in said(reading)] == ["A line that could not be read"]


class TestBrokenRows:
    def test_a_quotation_mark_that_is_never_closed_costs_no_row(self) -> None:
        reading = table(
            "First Name,Last Name,Notes",
            "Maria,Alvarez,fine",
            'Jo,Lee,"never closed',
            "Ana,Lopez,",
            "Sam,Whitfield,last",
        )
        assert [one.given_name for one in reading.customers] == ["Maria", "Jo", "Ana", "Sam"]
        assert (3, "A quotation mark is never closed", 'Jo,Lee,"never closed') in said(reading)
        assert reading.customers[1].notes == '"never closed'

    def test_two_stray_marks_do_not_swallow_the_rows_between_them(self) -> None:
        lines = ["Name,Size,Email", 'Bob Lee,"5 ft,bob@example.com']
        lines += [f"Person{letter} Lee,x,{letter}@example.com" for letter in "abcdef"]
        lines += ['Al Lee,"6 ft,al@example.com', "Zed Lee,x,z@example.com"]
        reading = table(*lines)
        assert [one.given_name for one in reading.customers] == [
            "Bob",
            "Persona",
            "Personb",
            "Personc",
            "Persond",
            "Persone",
            "Personf",
            "Al",
            "Zed",
        ]
        assert {row for row, what, _ in said(reading) if "quotation mark" in what} == {2, 9}

    def test_a_line_break_inside_quotation_marks_is_part_of_the_cell(self) -> None:
        reading = table("Name,Address,Email", 'Maria Alvarez,"12 Elm St\nPhoenix, AZ 85004",m@example.com', "Jo Lee,,")
        assert reading.customers[0].city == "Phoenix"
        assert [one.row for one in reading.customers] == [2, 3]
        assert reading.problems == []

    def test_rows_with_too_few_cells_are_imported_and_told(self) -> None:
        reading = table(
            HEADER.strip(), *["Maria,Alvarez,m@example.com"] * 1, *[f"P{n},L,p{n}@example.com" for n in range(9)], "Jo"
        )
        assert reading.customers[-1].given_name == "Jo"
        assert (12, "Fewer cells than columns", "1 of 3") in said(reading)

    def test_a_file_that_leaves_out_empty_cells_at_the_end_gets_one_note(self) -> None:
        reading = table(HEADER.strip(), "Maria", "Jo", "Ana,Lopez")
        assert reading.problems == []
        assert reading.notes == ("3 rows have fewer cells than columns; the missing ones stay empty.",)

    def test_rows_with_too_many_cells_keep_what_stands_further_right(self) -> None:
        reading = table(HEADER.strip(), "Maria,Alvarez,m@example.com,ring,first", "Jo,Lee,jo@example.com,,")
        assert reading.customers[0].extra == {"Column 4": "ring", "Column 5": "first"}
        assert said(reading) == [(2, "More cells than columns", "ring, first")]

    def test_a_row_that_names_nobody_is_told(self) -> None:
        reading = table("Name,Email,City", "Maria Alvarez,m@example.com,Phoenix", ",,Tempe", "Jo Lee,,")
        assert said(reading) == [(3, "No name, email or phone", "Tempe")]
        assert [one.row for one in reading.customers] == [2, 4]

    def test_an_impossible_date_is_told_and_kept(self) -> None:
        reading = table("Name,Customer Since", "Maria Alvarez,02/30/2020", "Jo Lee,13/13/2020", "Ana Lopez,soon")
        assert [(row, what) for row, what, _ in said(reading)] == [
            (2, "No such date"),
            (3, "No such date"),
            (4, "No such date"),
        ]
        assert [one.extra["Customer Since"] for one in reading.customers] == ["02/30/2020", "13/13/2020", "soon"]
        assert all(one.since is None for one in reading.customers)

    def test_marks_that_do_not_match_all_over_the_file_refuse_it(self) -> None:
        lines = "\n".join(f'Person{number},"{number} ft,p{number}@example.com' for number in range(201))
        assert "quotation marks" in refusal(f"Name,Size,Email\n{lines}".encode()).happened


class TestEncodings:
    LINES = ("Vorname;Nachname;E-Mail", "Jürgen;Groß;j@example.de", "Zoë;Müller;z@example.de")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
    def test_accents_survive(self, encoding: str) -> None:
        reading = table(*self.LINES, encoding=encoding)
        assert [one.name for one in reading.customers] == ["Jürgen Groß", "Zoë Müller"]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_the_line_ends_of_every_system(self, end: str) -> None:
        reading = read_file(end.join(self.LINES).encode(), "x.csv")
        assert [one.row for one in reading.customers] == [2, 3]

    def test_one_broken_character_does_not_spoil_the_others(self) -> None:
        data = "\n".join((*self.LINES, *(f"Ä{n};Öz;a{n}@example.de" for n in range(9)))).encode()
        reading = read_file(data.replace("Zoë".encode(), b"Zo\xeb"), "x.csv")
        assert [one.family_name for one in reading.customers[:2]] == ["Groß", "Müller"]
        assert reading.notes == ("1 character was broken in the file and shown as \ufffd.",)

    def test_another_code_page_is_guessed_by_its_letters(self) -> None:
        # Byte 0x81 is nothing in Windows-1252, and a letter in the Cyrillic page of DOS.
        lines = ["Name,Email", *(f"Борис Петров Большой Бульвар {n},b{n}@example.ru" for n in range(30))]
        reading = read_file("\n".join(lines).encode("cp866"), "x.csv")
        assert len(reading.customers) == 30
        assert "judging by its letters" in reading.notes[0]

    def test_characters_that_turn_text_around_are_taken_out(self) -> None:
        (one,) = table("Name,Email", "Maria\u202egpj \u200bAlvarez,m@example.com").customers
        assert one.name == "Mariagpj Alvarez"
