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


@pytest.mark.row("P4")
@pytest.mark.mailserver
def test_a_promise_that_will_be_late_is_told_before_and_stays_open(run, sam, connected):
    made = run("promise", "add", "send Sam the filter price today", now=MONDAY)["id"]
    moved = run("promise", "later", made, "--until", "2026-11-25", "--tell", now=MONDAY)
    assert moved["due"] == "2026-11-25"
    [card] = run("queue", now=MONDAY)["cards"]
    [item] = card["follow_ups"]
    draft = run("draft", item["id"], now=MONDAY)
    assert draft["subject"] == "What I promised: on Wednesday"
    assert "I would send the filter price. That was for today; it will be on Wednesday." in draft["text"]
    run("send", item["id"], now=MONDAY)
    assert [one["id"] for one in run("promise", "list", now=MONDAY)] == [made]
    assert run("promise", "keep", made, now="2026-11-25T12:00")["state"] == "kept"


@pytest.mark.row("P4")
def test_a_promise_to_oneself_has_nobody_to_tell(run):
    made = run("promise", "add", "order salt Friday", now=MONDAY)["id"]
    with pytest.raises(Refused, match="promised this to yourself"):
        run("promise", "later", made, "--until", "2026-11-30", "--tell", now=MONDAY)
    assert run("promise", "list", now=MONDAY)[0]["due"] == "2026-11-27"


@pytest.mark.row("P4")
def test_a_promise_ends_kept_late_broken_or_taken_back(run):
    made = [run("promise", "add", f"order {what} today", now=MONDAY)["id"] for what in ("salt", "acid", "tiles")]
    verbs = ("keep", "break", "withdraw")
    ended = [run("promise", verb, key, now="2026-11-25T09:00") for verb, key in zip(verbs, made, strict=True)]
    assert [one["state"] for one in ended] == ["kept_late", "broken", "withdrawn"]
    assert run("promise", "list") == []


@pytest.mark.row("P1")
def test_bad_lines_are_asked_about_in_clear_words(run, sam):
    run("add", "--given-name", "Sam", "--family-name", "Osei")
    run("add", "--given-name", "Sam", "--family-name", "Osei")
    run("add", "--given-name", "Grace", "--family-name", "Obi")
    for line, said in (
        ("ring Sam Osei on Friday", "Which Sam Osei"),
        ("order salt on 31 February", "31 February"),
        ("order salt on 20 November", "is over"),
        ("order salt", "(?i)when|day"),
        ("ring Graace on Friday", "Grace Obi"),
    ):
        with pytest.raises(Refused, match=said):
            run("promise", "add", line, now=MONDAY)
    assert run("promise", "list") == []
