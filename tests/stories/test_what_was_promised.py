"""What the owner promises in mail is found, offered once, and kept or refused."""

from __future__ import annotations

import pytest

from tests.mail.parse.world import DANA, letter
from tests.stories.conftest import Refused

MONDAY = "2026-11-23T09:10"
MAIL = """Hi Sam,

Luis fitted the new pump this morning. I'll drop by on Thursday at 3 p.m. to
check the seal. Does it run quietly?

Dana

On Mon, Nov 23, 2026 at 8:00 AM Sam Osei <sam@example.com> wrote:
> I'll pay you on Friday.
"""


@pytest.fixture
def sam(run):
    return run("add", "--given-name", "Sam", "--family-name", "Osei", "--email", "sam@osei.example")["id"]


@pytest.mark.row("X1")
def test_a_text_says_what_it_promises(run, tmp_path):
    (tmp_path / "a.txt").write_text(MAIL)
    (tmp_path / "b.txt").write_bytes("Le envío el presupuesto mañana.\r\n".encode("cp1252"))
    found = run("promises", "find", tmp_path / "a.txt", tmp_path / "b.txt", now=MONDAY)
    assert [(one["sentence"], one["what"], one["due"]) for one in found] == [
        (
            "I'll drop by on Thursday at 3 p.m. to check the seal.",
            "drop by to check the seal",
            "2026-11-26T15:00:00-05:00",
        ),
        ("Le envío el presupuesto mañana.", "enviar el presupuesto", "2026-11-24"),
    ]


def test_what_is_no_text_is_said(run, tmp_path):
    (tmp_path / "a.bin").write_bytes(b"\x89PNG\0\0\0")
    with pytest.raises(Refused, match="is not a text"):
        run("promises", "find", tmp_path / "a.bin")
    with pytest.raises(Refused, match="no file"):
        run("promises", "find", tmp_path / "none.txt")


@pytest.mark.row("X1", "A7")
@pytest.mark.mailserver
def test_a_promise_in_sent_mail_is_offered_once(run, sam, connected, dovecot, password):
    def wrote(text, number):
        raw = letter(text, sender=connected, Message_ID=f"<own{number}@d.example>")
        raw = raw.replace(b"Mon, 23 Nov 2026 14:00:00", b"Wed, 25 Nov 2026 14:30:00")
        return raw.replace(DANA.encode(), b"sam@osei.example")

    def look(now):
        run("mail", "sync", now=now, stdin=password + "\n")
        return run("promises", "offered", now=now)

    dovecot.deliver(connected, wrote("I'll ring you on Friday at 9am. I'll send the papers.\n\nDana", 1), "Sent")
    found = look("2026-11-25T12:00")
    assert [(one["customer"], one["what"], one["due"]) for one in found] == [
        ("Sam Osei", "ring", "2026-11-27T09:00:00-05:00"),
        ("Sam Osei", "send the papers", None),
    ]
    kept = run("promises", "accept", found[0]["id"], now="2026-11-25T12:05")
    assert (kept["customer"], kept["what"], kept["due"]) == ("Sam Osei", "ring", "2026-11-27T09:00:00-05:00")
    with pytest.raises(Refused, match="names no day"):
        run("promises", "accept", found[1]["id"], now="2026-11-25T12:05")
    assert run("promises", "refuse", found[1]["id"], now="2026-11-25T12:05")["state"] == "refused"
    dovecot.deliver(connected, wrote("I'll ring you on Friday at 9am.\nI'll send the papers.", 2), "Sent")
    assert look("2026-11-25T13:00") == []
    assert [one["what"] for one in run("promise", "list", now="2026-11-25T13:00")] == ["ring"]


@pytest.mark.row("X1")
@pytest.mark.mailserver
def test_sending_offers_what_the_message_promises_and_undo_takes_it_back(run, sam, connected, tmp_path):
    key = run("write", sam, now=MONDAY)["follow_up_id"]
    words = tmp_path / "words.txt"
    words.write_text("Subject: The seal\nHi Sam,\n\nLuis fitted the pump. I'll drop by on Friday.\n\nDana")
    run("send", key, "--text-file", words, now=MONDAY)
    [found] = run("promises", "offered", now=MONDAY)
    assert (found["customer_id"], found["what"], found["due"]) == (sam, "drop by", "2026-11-27")
    run("undo", now=MONDAY)
    assert run("promises", "offered", now=MONDAY) == []


def test_an_offer_that_is_not_there_or_decided_is_said(run):
    for verb in ("accept", "refuse"):
        with pytest.raises(Refused, match="no offered promise 9"):
            run("promises", verb, 9)
