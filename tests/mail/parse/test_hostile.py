"""Mail that is broken or built to be slow: it is read, in little time, and never raises."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from followup_desktop.mail.parse.bounce import _listed
from followup_desktop.mail.parse.html import text_of
from followup_desktop.mail.parse.model import Kind
from followup_desktop.mail.parse.reading import read_mail
from followup_desktop.mail.parse.reply_text import reply_text
from tests.mail.parse.world import found_in as found

HEAD = (
    b"From: priya@nair.example\nTo: dana@blueheron.example\nSubject: Re: x\nContent-Type: text/plain; charset=utf-8\n\n"
)
DAEMON = HEAD.replace(b"priya@", b"mailer-daemon@").replace(b"Re: x", b"Undeliverable")
LONG = [b"\n", b">", b">\n", b"a", b"a@", b"@", b"<", b"-", b"-----\n", b":", b"From: a\n", b" ", b"1", b"5.1.", b"_", b"(", b"=?", b"<a ", b"<!--", b'<a b="', b"<p><br>", b"\0", b"\r"]  # fmt: skip
GENEROUS = 2.0
"""Seconds of this process; what is quadratic takes minutes."""


@pytest.mark.parametrize("piece", LONG)
def test_no_text_takes_long(piece):
    began = time.process_time()
    for raw in (HEAD, DAEMON, HEAD.replace(b"text/plain", b"text/html")):
        found(raw + piece * (64_000 // len(piece)))
    assert time.process_time() - began < GENEROUS


@pytest.mark.parametrize("line", [b"Subject: " + b"re: " * 4000, b"From: " + b"(" * 20_000, b"From: " + b"a@" * 9000, b"To: " + b"<" * 20_000, b"References: " + b"<" * 20_000, b"X: y\n" * 4000])  # fmt: skip
def test_no_header_takes_long(line):
    began = time.process_time()
    found(line + b"\n\nhi")
    assert time.process_time() - began < GENEROUS


def _nested(depth):
    return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))


BROKEN = {
    "nothing": b"",
    "no headers": b"Just some words\n\nand more",
    "deep": _nested(2000) + b"Content-Type: text/plain\n\nhi",
    "letters in letters": b"Content-Type: message/rfc822\n\n" * 3000 + b"hi",
    "no boundary": b"From: priya@nair.example\nContent-Type: multipart/mixed\n\nhi",
    "boundary that never comes": b"From: priya@nair.example\nContent-Type: multipart/mixed; boundary=x\n\nhi",
    "a charset nobody knows": b"From: priya@nair.example\nContent-Type: text/plain; charset=x-klingon\n\nhi",
    "a charset that is none": b"From: priya@nair.example\nContent-Type: text/plain; charset=base64\n\nhi",
    "half of base64": b"From: priya@nair.example\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\naGk=aG",
    "a coding nobody knows": b"From: priya@nair.example\nContent-Transfer-Encoding: x-odd\n\nhi",
    "headers twice": b"From: priya@nair.example\nFrom: carl@jensen.example\nSubject: a\nSubject: b\n\nhi",
    "a date that is none": b"From: priya@nair.example\nDate: Foo, 99 Bar 99999 99:99:99 +9999\n\nhi",
    "bytes in headers": "From: Priyà <priya@nair.example>\nSubject: Año\n\nhi".encode("latin-1"),
    "an odd parameter": b"From: priya@nair.example\nContent-Type: text/plain; charset*=bad''%ff; format*0=flowed\n\nhi",
    "a name with a path": b'From: priya@nair.example\nContent-Type: text/plain; name="../../etc/x"\n\nhi',
    "an mbox": b"From priya Mon Nov 23\nFrom: priya@nair.example\n\nhi",
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_read_as_far_as_it_goes(raw):
    assert found(raw).kind in Kind


WORDS = {
    "windows said to be latin": (b"Content-Type: text/plain; charset=iso-8859-1\n\nIt\x92s clear", "It’s clear"),
    "utf-8 that does not say so": ("Subject: x\n\nSí, está clara".encode(), "Sí, está clara"),
    "utf-8 said to be ascii": (b"Content-Type: text/plain; charset=us-ascii\n\n" + "Ja, schön".encode(), "Ja, schön"),
    "japanese": (b"Content-Type: text/plain; charset=iso-2022-jp\n\n" + "はい".encode("iso-2022-jp"), "はい"),
    "chinese": (b"Content-Type: text/plain; charset=gb2312\n\n" + "好的".encode("gb18030"), "好的"),
    "quoted-printable": (b"Content-Transfer-Encoding: quoted-printable\n\nIt is=\n clear=2E", "It is clear."),
    "flowed": (b"Content-Type: text/plain; format=flowed\n\nIt is \nclear.\n\n> old \n> words", "It is clear."),
}


@pytest.mark.parametrize(("raw", "words"), WORDS.values(), ids=WORDS)
def test_words_are_read_whatever_their_charset(raw, words):
    assert reply_text(read_mail(b"From: priya@nair.example\n" + raw)) == words


PIECES = some.sampled_from(
    ["From: priya@nair.example\n", "Subject: Undeliverable\n", "Content-Type: multipart/report; boundary=b\n", "Content-Type: text/html\n", "\n", "--b\n", "--b--\n", "Content-Type: message/delivery-status\n\n", "Final-Recipient: rfc822; priya@nair.example\n", "Action: failed\n", "Status: 5.1.1\n", "Content-Transfer-Encoding: base64\n", "On 2026 Dana wrote:\n", "> x\n", "<blockquote>", "</div>", "<![x", "until Monday 30 November", "unsubscribe", "=?utf-8?b?=", "Auto-Submitted: auto-replied\n"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(some.lists(PIECES | some.text(max_size=10), max_size=25))
def test_whatever_is_put_together_there_is_an_answer(pieces):
    assert found("".join(pieces).encode("utf-8", "surrogatepass")).kind in Kind


@settings(max_examples=40, deadline=None)
@given(some.text(alphabet="<>/=\"'!-&; pdivab\n", max_size=200))
def test_whatever_the_html_is_it_is_text(html):
    assert isinstance(text_of(html, quoted=False), str)


def test_a_report_of_nothing_but_line_ends_is_looked_at_quickly():
    start = time.perf_counter()
    assert _listed("x: " * 6 + "\n" * 3900) == []
    assert time.perf_counter() - start < 0.5
