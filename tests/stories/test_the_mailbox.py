"""What comes into a real mailbox is read, filed to the right customer, and changes what is to be done."""

import email
import sqlite3
from contextlib import closing

import pytest

from followup_desktop.mail import arrived
from tests.mail.parse.world import letter, report
from tests.stories.conftest import Refused

pytestmark = pytest.mark.mailserver
QUOTING = "No hurry. Will the gas line do?\n\nOn Wed Dana wrote:\n> Hi Ana"
MONDAY, WEDNESDAY, NOON, THURSDAY = "2026-11-23T09:00", "2026-11-25T10:00", "2026-11-25T12:00", "2026-11-26T10:00"


@pytest.fixture
def ana(run):
    return run(
        "add",
        "--given-name",
        "Ana",
        "--family-name",
        "Pereira",
        "--email",
        "ana@pereira.example",
        "--phone",
        "+15552103344",
    )["id"]


@pytest.fixture
def sync(run, connected, password):
    def look(now=NOON):
        found = run("mail", "sync", now=now, stdin=password + "\n")
        return {name: count for name, count in found.items() if count}

    return look


@pytest.fixture
def asked(run, ana, connected, smtp_server, password):
    """A quote, and the question about it as it left on Wednesday; returns its Message-ID."""
    run("log", "--customer", ana, "--what", "quote_sent", "--about", "heater", "--amount", "2340", now=MONDAY)
    [card] = run("queue", now=WEDNESDAY)["cards"]
    run("send", card["follow_ups"][0]["id"], now=WEDNESDAY)
    run("outbox", "run", now=WEDNESDAY, stdin=password + "\n")
    return email.message_from_bytes(smtp_server.taken[-1].raw)["Message-ID"]


def wrote(text, **more):
    """A message of Ana's as it comes in."""
    more.setdefault("sender", "Ana <ana@pereira.example>")
    return letter(text, **more).replace(b"Mon, 23 Nov 2026 14:00:00", b"Wed, 25 Nov 2026 15:30:00")


def coming(run, ana, now=THURSDAY):
    """What is planned for Ana still, by journey and touchpoint."""
    planned = run("customer", ana, now=now)["follow_ups"]
    return {(one["journey"], one["touchpoint"]) for one in planned if one["state"] == "open"}


@pytest.mark.row("A3", "Q5")
def test_a_reply_is_filed_and_ends_the_nudges(run, ana, asked, sync, dovecot, connected):
    before = coming(run, ana)
    assert ("quote", "day_9") in before
    dovecot.deliver(connected, wrote(QUOTING, subject="Re: The heater", In_Reply_To=asked, Message_ID="<r1@p.example>"))
    assert sync() == {"new": 2, "replies": 1}
    history = run("customer", ana, now=NOON)["history"]
    assert (history[0]["what"], history[0]["note"]) == ("message_in", "No hurry. Will the gas line do?")
    after = coming(run, ana)
    assert not {point for journey, point in after if journey == "quote"}
    [card] = run("queue", now=THURSDAY)["cards"]
    assert (card["customer"], card["group"]) == ("Ana Pereira", "answer")
    assert run("queue", now=THURSDAY)["waiting"] == []


def test_a_reply_from_a_clock_that_is_slow_still_answers(run, ana, asked, sync, dovecot, connected):
    early = wrote("Yes.", In_Reply_To=asked).replace(b"Wed, 25 Nov 2026 15:30", b"Wed, 25 Nov 2026 14:10")
    dovecot.deliver(connected, early)
    sync()
    assert run("customer", ana, now=NOON)["history"][0]["what"] == "message_in"
    assert not {point for journey, point in coming(run, ana) if journey == "quote"}


def test_reading_twice_changes_nothing(run, ana, asked, sync, dovecot, connected):
    dovecot.deliver(connected, wrote("Yes.", In_Reply_To=asked, Message_ID="<r1@p.example>"))
    sync()
    seen = run("customer", ana, now=THURSDAY)["history"]
    assert sync(THURSDAY) == {}
    assert run("customer", ana, now=THURSDAY)["history"] == seen


@pytest.mark.row("A3", "X2")
def test_an_automatic_reply_is_no_answer_and_moves_what_is_due(run, ana, asked, sync, dovecot, connected):
    away = {"subject": "Automatic reply: The heater", "Auto_Submitted": "auto-replied", "In_Reply_To": asked}
    dovecot.deliver(connected, wrote("I am away and back on Monday, 7 December 2026.", **away))
    assert sync() == {"new": 2, "auto": 1}
    assert ("quote", "day_9") in coming(run, ana)
    assert run("queue", now="2026-12-02T11:00")["cards"] == []
    assert [c["customer"] for c in run("queue", now="2026-12-08T11:00")["cards"]] == ["Ana Pereira"]
    assert run("queue", now=THURSDAY)["waiting"] != []


@pytest.mark.row("A3", "Q4")
def test_an_address_that_is_gone_gets_nothing_more(run, ana, asked, sync, dovecot, connected):
    fields = "Final-Recipient: rfc822; ana@pereira.example\nAction: failed\nStatus: 5.1.1"
    dovecot.deliver(connected, report(fields, returned=asked))
    assert sync() == {"new": 2, "bounces": 1}
    history = run("customer", ana, now=NOON)["history"]
    assert (history[0]["what"], history[0]["note"]) == ("bounced", "the address does not exist (5.1.1)")
    key = run("write", ana, now=THURSDAY)["follow_up_id"]
    with pytest.raises(Refused, match=r"Mail to ana@pereira\.example came back"):
        run("send", key, now=THURSDAY)
    assert run("suppress", "list", now=THURSDAY) == [], "she did not ask for anything"
    log = ("--what", "purchase", "--about", "salt cell")
    run("log", "--customer", ana, *log, now=THURSDAY)
    [card] = run("queue", now=THURSDAY)["cards"]
    assert card["channel"] == "text", "what else reaches her is proposed"


def test_a_full_mailbox_is_told_and_the_address_kept(run, ana, asked, sync, dovecot, connected):
    fields = "Final-Recipient: rfc822; ana@pereira.example\nAction: failed\nStatus: 5.2.2"
    dovecot.deliver(connected, report(fields, returned=asked))
    assert sync() == {"new": 2, "bounces": 1}
    assert "their mailbox is full" in run("customer", ana, now=NOON)["history"][0]["note"]
    assert run("send", run("write", ana, now=THURSDAY)["follow_up_id"], now=THURSDAY)["state"] == "queued"


@pytest.mark.row("A7", "X2", "G1")
def test_what_the_owner_wrote_from_her_phone_counts(run, ana, sync, dovecot, connected):
    raw = letter(
        "Thank you for the coffee yesterday.",
        sender=f"Dana <{connected}>",
        subject="Coffee",
        Message_ID="<p1@phone.example>",
    )
    raw = raw.replace(b"To: dana@blueheron.example", b"To: Ana <ana@pereira.example>")
    dovecot.deliver(connected, raw, "Sent")
    assert sync() == {"new": 1, "own": 1}
    assert run("customer", ana, now=NOON)["history"][0]["what"] == "message_out"
    run("write", ana, "--purpose", "continuity", now=WEDNESDAY)
    [held] = run("queue", now=WEDNESDAY)["held"]
    assert held["reason"] == "weekly_limit"


@pytest.mark.row("A1")
def test_a_draft_sent_from_the_mail_program_is_known_again(run, ana, sync, dovecot, connected, password):
    run("log", "--customer", ana, "--what", "purchase", "--about", "salt cell", now=WEDNESDAY)
    [card] = run("queue", now=WEDNESDAY)["cards"]
    run("save-draft", card["follow_ups"][0]["id"], now=WEDNESDAY, stdin=password + "\n")
    [draft] = dovecot.messages(connected, "Drafts")
    dovecot.deliver(connected, draft.raw, "Sent")
    assert sync(THURSDAY) == {"new": 1, "own": 1}
    assert run("queue", now=THURSDAY)["cards"] == []
    assert run("outbox", "list", now=THURSDAY)[0]["state"] == "filed"


@pytest.mark.row("X6")
def test_a_plain_no_is_kept_with_its_sentence(run, ana, asked, sync, dovecot, connected):
    dovecot.deliver(connected, wrote("Please don't mail me any more. Ana", In_Reply_To=asked))
    assert sync() == {"new": 2, "opt_outs": 1}
    assert run("customer", ana, now=NOON)["history"][0]["note"].startswith("Please don't mail me any more.")


def test_mail_of_strangers_is_counted_and_left_where_it_is(run, ana, sync, dovecot, connected):
    dovecot.deliver(connected, letter("Have you a price list?", sender="new@person.example", subject="Prices"))
    dovecot.deliver(connected, letter("News", sender="news@shop.example", subject="News", List_Id="<n.shop.example>"))
    assert sync() == {"new": 2, "unmatched": 1}
    assert all("\\Seen" not in message.flags for message in dovecot.messages(connected))


def test_a_mailbox_that_was_made_anew_files_nothing_twice(run, ana, asked, sync, dovecot, connected):
    raw = wrote("Yes.", In_Reply_To=asked, Message_ID="<r1@p.example>")
    dovecot.deliver(connected, raw)
    sync()
    with dovecot.signed_in(connected) as client:
        client.create("Other")
        client.rename("INBOX", "Old")  # leaves a new INBOX, with another UIDVALIDITY
    dovecot.deliver(connected, raw)
    assert "replies" not in sync(THURSDAY)
    notes = [e for e in run("customer", ana, now=THURSDAY)["history"] if e["what"] == "message_in"]
    assert len(notes) == 1


def test_a_server_that_is_away_is_told_in_a_sentence(run, ana, password, smtp_server):
    servers = ("--imap", "127.0.0.1:9", "--smtp", f"127.0.0.1:{smtp_server.port}", "--security", "none")
    run("account", "add", "--address", "dana@x.example", *servers, stdin=password + "\n")
    with pytest.raises(Refused, match="127"):
        run("mail", "sync", stdin=password + "\n")


@pytest.mark.row("A3", "X6")
def test_files_of_mail_are_told_apart_by_whom_we_know_and_what_we_sent(run, asked, ana, tmp_path):
    came = {
        "reply": wrote(QUOTING, sender="ana@work.example", In_Reply_To=asked),
        "bounce": report("Final-Recipient: rfc822; ana@pereira.example\nAction: failed\nStatus: 5.1.1", returned=asked),
        "auto": wrote(
            "I am back on 30 November.", subject="Automatic reply: the heater", Auto_Submitted="auto-replied"
        ),
        "opt_out": wrote("The price is fine. Please don't mail me any more."),
        "other": wrote("What does a filter cost?", sender="new@person.example", subject="Filter"),
    }
    for kind, raw in came.items():
        (tmp_path / f"{kind}.eml").write_bytes(raw)
    found = run("mail", "classify", *(str(tmp_path / f"{kind}.eml") for kind in came), now=THURSDAY)
    assert [one["kind"] for one in found] == list(came)
    assert [one["customer_id"] for one in found] == [ana, ana, ana, ana, None]
    reply, bounce, auto, opt_out, _ = found
    assert reply["message_id"] == bounce["message_id"] is not None
    assert reply["reply_text"] == "No hurry. Will the gas line do?"
    assert (bounce["addresses"], bounce["status"], bounce["permanent"]) == (["ana@pereira.example"], "5.1.1", True)
    assert auto["return_date"] == "2026-11-30"
    assert opt_out["sentence"] == "Please don't mail me any more."


@pytest.mark.row("A3")
def test_what_is_quoted_of_ours_without_any_mark_is_known_from_what_we_sent(run, asked, smtp_server, tmp_path):
    ours = email.message_from_bytes(smtp_server.taken[-1].raw).get_payload(decode=True).decode()
    (tmp_path / "a.eml").write_bytes(wrote(f"Yes, please explain.\n\n{ours}", In_Reply_To=asked))
    [one] = run("mail", "reply-text", str(tmp_path / "a.eml"), now=THURSDAY)
    assert one["reply_text"] == "Yes, please explain."


def test_a_look_that_finds_nothing_opens_each_folder_once_and_keeps_when_it_was(sync, ana, store, monkeypatch):
    assert sync("2026-11-25T11:00") == {}
    opened, look_into = [], arrived.look_into

    def counted(box, folder, **more):
        opened.append(folder)
        return look_into(box, folder, **more)

    monkeypatch.setattr(arrived, "look_into", counted)
    assert sync(NOON) == {}
    assert opened == ["INBOX", "Sent"]
    with closing(sqlite3.connect(store)) as connection:
        looked = connection.execute("SELECT DISTINCT looked_at FROM mailboxes").fetchall()
    assert looked == [("2026-11-25 17:00:00.000000",)]
