import email
import email.policy
import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.header import decode_header, make_header
from email.utils import getaddresses, parsedate_to_datetime
from functools import cache
from urllib.parse import parse_qs, unquote, urlsplit

import idna
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.base.errors import Problem
from followup_desktop.mail.compose import Attachment, Letter, check_address, compose, eml, mailto, new_message_id

LETTER = Letter(
    from_name="Dana Ortiz",
    from_address="dana@clearwater.example",
    to_name="Priya Natarajan",
    to_address="priya@natarajan.example",
    subject="We missed you today",
    text="Hi Priya,\n\nwe were due at your pool this morning.\n\nDana",
    message_id="<4f1c@clearwater.example>",
    date=datetime(2026, 3, 6, 16, 5, tzinfo=timezone(timedelta(hours=-5))),
)
AWKWARD = "abc ,;:<>@\"\\()[].éüß漢🎉=?_'&-ABCDEFG   "
printable = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\x85") | st.sampled_from(AWKWARD),
    max_size=200,
)


def headers(raw: bytes) -> bytes:
    return raw.split(b"\r\n\r\n", 1)[0]


def modern(raw: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def text(message: email.message.EmailMessage) -> str:
    return message.get_content().replace("\r\n", "\n")


def people(value: str) -> list[tuple[str, str]]:
    return [(str(make_header(decode_header(shown))), address) for shown, address in getaddresses([value])]


@cache
def ascii_host(host: str) -> str:
    return idna.encode(host).decode()


def check(name: str, subject: str, host: str = "natarajan.example") -> None:
    """Read name, address and subject back, as an old-fashioned and as a strict program would."""
    raw = compose(replace(LETTER, to_name=name, to_address=f"priya@{host}", subject=subject))
    head, address = headers(raw), f"priya@{ascii_host(host)}"
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert re.findall(rb"(?im)^(?:to|cc|bcc):", head) == [b"To:"]
    strict, old = email.message_from_bytes(head, policy=email.policy.default), email.message_from_bytes(head)
    # Python's own new reader puts a space between the encoded words of a name; the addresses are what counts.
    assert [one.addr_spec for one in strict["To"].addresses] == [address]
    assert people(old["To"]) == [(" ".join(name.split()), address)]
    assert str(strict["Subject"]) == subject
    assert str(make_header(decode_header(old["Subject"]))) == subject
    assert max(map(len, head.split(b"\r\n"))) < 300


def test_a_letter_reads_back_as_it_was_written():
    message = modern(compose(LETTER))
    assert message["From"] == "Dana Ortiz <dana@clearwater.example>"
    assert message["To"] == "Priya Natarajan <priya@natarajan.example>"
    assert message["Subject"] == "We missed you today"
    assert message["Message-ID"] == "<4f1c@clearwater.example>"
    assert parsedate_to_datetime(message["Date"]) == LETTER.date
    assert text(message) == LETTER.text + "\n"
    assert message.get_content_type() == "text/plain"


def test_the_same_letter_gives_the_same_bytes():
    assert compose(LETTER) == compose(replace(LETTER))


def test_nothing_is_said_about_blind_copies_or_the_program():
    assert {name.lower() for name in modern(compose(LETTER))} == {
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "content-type",
        "content-transfer-encoding",
        "mime-version",
    }


PIECES = (
    *(
        "Priya",
        "O'Neil",
        "Müller-Lüdenscheidt",
        "李小龍",
        "Ελένη",
        "محمد",
        "שלמה",
        "🎉",
        "👩‍👩‍👧‍👦",
        "e\u0301",
        "ß",
        "\xa0",
        "\ufeff",
    ),
    *(
        "\u202e",
        "\u200f",
        "\u200b",
        "=?utf-8?q?Bcc=3A_x=40y.example?=",
        "=?utf-8?b?",
        "?=",
        "=?",
        "=20",
        '="',
        "\\",
        '"',
    ),
    *(
        "<eve@evil.example>",
        "eve@evil.example",
        "a: b, c;",
        "(a comment)",
        "[x]",
        ";",
        ",",
        ":",
        "@",
        "<",
        ">",
        ".",
        "...",
    ),
    *(
        "Jr., Esq.",
        "Re: AW: ",
        "Bcc: all@example.com",
        "x" * 90,
        "ü" * 60,
        "漢" * 40,
        " ",
        "  ",
        "'",
        "`",
        "%s",
        "&amp;",
    ),
)
"""What names and subjects are made of when they are odd."""
HOSTS = ("natarajan.example", "münchen.example", "例え.example", "xn--mnchen-3ya.example", "mail.co.example")


def odd(source: random.Random, longest: int) -> str:
    if source.random() < 0.4:
        return "".join(source.choice(AWKWARD) for _ in range(source.randint(0, source.choice([10, 40, longest]))))
    return source.choice((" ", "")).join(source.choices(PIECES, k=source.randint(1, 8)))[:longest]


def test_four_thousand_odd_names_and_subjects_read_back():
    source = random.Random(7)
    for number in range(4000):
        check(odd(source, 140), odd(source, 320).strip(), HOSTS[number % len(HOSTS)])


@given(printable, printable)
@settings(max_examples=200, deadline=None)
def test_any_name_and_subject_read_back(name, subject):
    check(name, subject.strip())


@given(st.text("ab é漢<>@,", max_size=300))
@settings(max_examples=100, deadline=None)
def test_no_line_of_a_subject_is_long(subject):
    raw = compose(replace(LETTER, subject=subject.strip()))
    assert max(map(len, raw.split(b"\r\n"))) <= 78


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_arrives_with_proper_line_ends(text):
    raw = compose(replace(LETTER, text=text))
    assert raw.isascii()
    assert re.search(rb"(?<!\r)\n|\r(?!\n)|\x00", raw) is None
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    arrived = modern(raw).get_payload(decode=True).decode().replace("\r\n", "\n")
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    assert arrived == (expected if expected.endswith("\n") else expected + "\n")


@pytest.mark.parametrize("field", ["from_name", "to_name", "subject"])
@given(character=st.sampled_from([*map(chr, range(32)), "\x7f", "\x85", "\u2028", "\u2029", "\ud800"]))
def test_a_line_break_in_a_header_is_refused(field, character):
    with pytest.raises(Problem, match="invisible character"):
        compose(replace(LETTER, **{field: f"Priya{character}Bcc: all@example.com"}))


@pytest.mark.parametrize("field", ["in_reply_to", "list_unsubscribe"])
def test_a_line_break_in_a_foreign_header_is_refused(field):
    with pytest.raises(Problem, match="invisible character"):
        compose(replace(LETTER, **{field: "<a@b>\r\nBcc: all@example.com"}))
    with pytest.raises(Problem, match="invisible character"):
        compose(replace(LETTER, references=("<a@b>\nBcc: all@example.com",)))


def test_a_broken_character_in_the_text_is_said():
    with pytest.raises(Problem, match="broken character"):
        compose(replace(LETTER, text="Hi \ud83d"))


def test_a_reply_keeps_its_thread_even_with_long_ids():
    ids = tuple(f"<{'x' * 60}{number}@PAXP193MB2314.EURP193.PROD.OUTLOOK.COM>" for number in range(5))
    raw = compose(replace(LETTER, in_reply_to=ids[-1], references=ids))
    message = email.message_from_bytes(raw)
    assert message["In-Reply-To"] == ids[-1]
    assert message["References"].split() == list(ids)
    assert b"=?" not in headers(raw)


def test_a_very_long_thread_keeps_its_first_and_last_messages():
    ids = tuple(f"<{number}@example.com>" for number in range(400))
    kept = email.message_from_bytes(compose(replace(LETTER, references=ids)))["References"].split()
    assert kept == ["<0@example.com>", *ids[-20:]]


def test_a_malformed_foreign_id_costs_the_thread_and_not_the_message():
    message = modern(compose(replace(LETTER, in_reply_to="not an id", references=("<é@x>", "<good@x>"))))
    assert message["In-Reply-To"] is None
    assert message["References"] == "<good@x>"


def test_the_way_out_is_a_mailto_link():
    link = "mailto:dana@clearwater.example?subject=" + "stop%20" * 20
    assert email.message_from_bytes(compose(replace(LETTER, list_unsubscribe=link)))["List-Unsubscribe"] == f"<{link}>"
    with pytest.raises(ValueError, match="not a mailto"):
        compose(replace(LETTER, list_unsubscribe="https://example.com/unsubscribe"))


def test_a_date_without_a_zone_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="time zone"):
        compose(replace(LETTER, date=datetime(2026, 3, 6)))  # noqa: DTZ001


def test_a_file_for_the_mail_program_leaves_date_and_id_to_it():
    message = modern(eml(LETTER))
    assert message["X-Unsent"] == "1"
    assert message["Date"] is None
    assert message["Message-ID"] is None
    assert message["To"] == "Priya Natarajan <priya@natarajan.example>"
    assert text(message) == LETTER.text + "\n"


def test_a_link_for_the_mail_program_carries_everything_with_twenties_for_spaces():
    link = mailto("priya+pool@natarajan.example", "1 + 1 & more?", "Hi Priya,\n50 % off; ok?\n")
    assert "+" not in link
    parts = urlsplit(link)
    fields = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert unquote(parts.path) == "priya+pool@natarajan.example"
    assert fields == {"subject": "1 + 1 & more?", "body": "Hi Priya,\r\n50 % off; ok?\r\n"}


def test_a_link_that_mail_programs_would_cut_off_is_not_made():
    with pytest.raises(Problem, match="too long") as trouble:
        mailto("priya@natarajan.example", "Hi", "é" * 400)
    assert "Copy text" in trouble.value.to_do
    assert len(mailto("priya@natarajan.example", "Hi", "e" * 1700)) <= 1800


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Sam.Osei@Example.COM ", "Sam.Osei@example.com"),
        ("sam@münchen.example", "sam@xn--mnchen-3ya.example"),
        ("sam+pool@example.com", "sam+pool@example.com"),
        ("o'neil@example.com", "o'neil@example.com"),
        ("owner@example.test", "owner@example.test"),
    ],
)
def test_an_address_is_kept_as_servers_take_it(typed, kept):
    assert check_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("", "sam", "sam@", "@example.com", "sam@gmail", "sam@@example.com", "sam osei@example.com"),
        *("sam@exa mple.com", "sam@example..com", "sam.@example.com", "sam@example.com\nbcc@example.com"),
        *("Sam <sam@example.com>", "sam@example.com, ana@example.com", "sam@[127.0.0.1]"),
        *("x" * 500 + "@example.com", "sam@" + "é" * 300 + ".com"),
    ],
)
def test_what_is_not_an_address_is_said_in_one_sentence(typed):
    with pytest.raises(Problem) as trouble:
        check_address(typed)
    assert "email address" in trouble.value.happened
    assert len(trouble.value.sentence()) < 160
    assert "\n" not in trouble.value.sentence()


def test_an_address_with_letters_few_servers_take_is_refused():
    with pytest.raises(Problem, match="letters before the @"):
        check_address("jürgen@example.com")


def test_a_message_id_is_made_of_what_it_is_given():
    assert new_message_id("Clearwater.example", "0f3c") == "<0f3c@clearwater.example>"
    assert new_message_id("münchen.example", "0f3c") == "<0f3c@xn--mnchen-3ya.example>"
    with pytest.raises(ValueError, match="Message-ID"):
        new_message_id("clearwater.example", "a b")


def test_an_address_header_never_holds_a_second_person():
    raw = compose(replace(LETTER, to_name='Eve" <eve@evil.example>, "Sam'))
    assert [one.addr_spec for one in modern(raw)["To"].addresses] == ["priya@natarajan.example"]


def test_dates_are_written_for_machines():
    assert modern(compose(replace(LETTER, date=datetime(2026, 1, 2, tzinfo=UTC))))["Date"] == (
        "Fri, 02 Jan 2026 00:00:00 +0000"
    )


def test_enclosures_arrive_under_their_names_and_the_bytes_are_always_the_same():
    names = ("Care instructions for a very long summer, and for everything that comes after it – 2026.pdf",
             'a"b/c\r\n.txt', "Pflege.XLSX", "strange", "x.html")  # fmt: skip
    enclosed = tuple(Attachment(name, bytes(range(256)) * 9) for name in names)
    whole = replace(LETTER, attachments=enclosed)
    raw = compose(whole)
    assert raw == compose(whole)
    assert max(map(len, raw.split(b"\r\n"))) < 100
    assert b"\n" not in raw.replace(b"\r\n", b"")
    for read in (raw, eml(whole)):
        arrived = modern(read)
        parts = list(arrived.iter_attachments())
        assert [part.get_filename() for part in parts] == [names[0], 'a"b-c.txt', *names[2:]]
        assert all(part.get_payload(decode=True) == bytes(range(256)) * 9 for part in parts)
        assert [part.get_content_type() for part in parts][-2:] == ["application/octet-stream"] * 2
        assert text(arrived.get_body()).strip() == LETTER.text
