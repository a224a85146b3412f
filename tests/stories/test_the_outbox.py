"""What the outbox does of its own: pauses, a day's number, limits, mail that comes back, what is late, and threads."""

import email
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.core.messages.queries import accounts
from followup_desktop.core.messages.rules import near_limit, provider_takes
from followup_desktop.jobs import outbox
from followup_desktop.jobs.post import Post
from tests.mail.parse.world import DANA, letter, report
from tests.stories.conftest import Refused

pytestmark = pytest.mark.mailserver
AT = datetime.fromisoformat("2026-11-23T09:00-05:00")


@pytest.fixture
def approve(run):
    """Approve a message to a new customer; returns the message's number."""
    names = iter(range(100))

    def make(now="2026-11-23T09:00", **more):
        number = next(names)
        given = ("--given-name", f"Customer {number}", "--email", more.pop("email", f"c{number}@example.com"))
        customer = run("add", *given, now=now)["id"]
        return run("send", run("write", customer, now=now)["follow_up_id"], now=now)["message_id"]

    return make


@pytest.fixture
def send(run, password):
    def outbox_run(now="2026-11-23T09:05", *words):
        return run("outbox", "run", *words, now=now, stdin=password + "\n")

    return outbox_run


@pytest.fixture
def window(store, password):
    """The outbox as the window runs it, at a time one may move: `window(AT)` runs it once."""
    clock = FixedClock(AT)
    program = Program(store, clock)
    post = Post(lambda _account: password, chance=lambda shortest, longest: (shortest + longest) // 2)

    def at(moment):
        clock.moment = moment
        return outbox.run(program.desk, post)

    at.desk = program.desk
    yield at
    program.close()


def states(run, now="2026-11-23T09:05"):
    return {one["message_id"]: one["state"] for one in run("outbox", "list", now=now)}


def standing(run, now="2026-11-23T09:05"):
    [found] = run("outbox", "status", now=now)
    return found


@pytest.mark.row("A1")
def test_messages_leave_one_by_one_with_a_pause_between_them(approve, connected, window, smtp_server):
    for _ in range(3):
        approve()
    moment, left = AT + timedelta(minutes=1), []
    for _ in range(3):
        window(moment)
        left.append(len(smtp_server.taken))
        window(moment + timedelta(seconds=30))
        assert len(smtp_server.taken) == left[-1], "the pause is kept"
        moment += timedelta(seconds=82)
    assert left == [1, 2, 3]


@pytest.mark.row("A1")
def test_beyond_the_days_number_the_rest_leaves_the_next_morning(run, approve, connected, send, smtp_server):
    run("setting", "business.mails_a_day", 2)
    for _ in range(3):
        approve()
    assert send() == {"accepted": 2, "failed": 0, "unknown": 0, "waiting": 1}
    assert standing(run)["sent_today"] == 2
    with pytest.raises(Refused, match="2 messages have left today") as full:
        approve(), send("2026-11-23T11:00")
    assert full.value.code == 1
    assert send("2026-11-23T19:00") == {"accepted": 0, "failed": 0, "unknown": 0, "waiting": 2}
    waiting = [one["not_before"] for one in run("outbox", "list") if one["state"] == "queued"]
    assert waiting == ["2026-11-24T13:00:00+00:00"] * 2, "eight in the morning, by their clock"
    assert send("2026-11-24T08:30")["accepted"] == 2


@pytest.mark.row("A1")
def test_a_limit_stops_the_account_and_leaves_the_messages_as_they_are(run, approve, connected, window, smtp_server):
    first, second = approve(), approve()
    smtp_server.fail("rcpt", "452 4.5.3 Daily sending quota exceeded, try again tomorrow")
    window(AT + timedelta(minutes=1))
    assert states(run) == {first: "queued", second: "queued"}
    held = standing(run)
    assert "Daily sending quota" in held["held_why"]
    assert datetime.fromisoformat(held["held_until"]) == AT + timedelta(days=1, minutes=1)
    window(AT + timedelta(hours=3))
    assert smtp_server.taken == [], "nobody asks the server meanwhile"
    assert outbox.next_due(window.desk) == AT + timedelta(days=1, minutes=1)
    run("outbox", "resume")
    window(AT + timedelta(minutes=6))
    assert len(smtp_server.taken) == 1


@pytest.mark.row("A1")
def test_a_refused_password_stops_the_account_at_the_first_time(run, approve, connected, send, smtp_server):
    approve(), approve()
    smtp_server.password = "another"
    with pytest.raises(Refused, match="did not accept the user name or the password"):
        send()
    assert smtp_server.connections == 1
    assert "did not accept" in standing(run)["paused"]


@pytest.mark.row("A3")
def test_three_addresses_that_do_not_exist_stop_the_account(run, approve, connected, send, dovecot, password):
    for _ in range(4):
        approve()
    run("setting", "business.mails_a_day", 3)
    send()
    mails = {one["to"]: one for one in run("outbox", "list")}
    for number in range(3):
        fields = f"Final-Recipient: rfc822; c{number}@example.com\nAction: failed\nStatus: 5.1.1"
        dovecot.deliver(connected, report(fields).replace(b"Mon, 23 Nov 2026 14:00", b"Mon, 23 Nov 2026 15:00"))
    assert len(mails) == 4
    found = run("mail", "sync", now="2026-11-23T11:00", stdin=password + "\n")
    assert found["bounces"] == 3
    assert standing(run, "2026-11-23T11:00")["paused"].startswith("3 messages came back today")


@pytest.mark.row("Q4")
def test_an_address_the_server_does_not_know_counts_as_gone_at_once(run, approve, connected, send, smtp_server):
    key = approve(email="gone@example.com")
    smtp_server.fail("rcpt", "550 5.1.1 <gone@example.com>: Recipient address rejected: User unknown")
    assert send()["failed"] == 1
    assert states(run)[key] == "failed"
    assert [held["reason"] for held in run("queue", now="2026-11-24T09:00")["held"]] == ["bounced"]


@pytest.mark.row("G2")
def test_a_message_whose_turn_falls_into_quiet_hours_waits_for_the_morning(
    run, approve, connected, window, smtp_server
):
    approve(now="2026-11-23T19:58")
    smtp_server.fail("mail", "451 4.3.0 try again")
    window(datetime.fromisoformat("2026-11-23T19:59-05:00"))
    window(datetime.fromisoformat("2026-11-23T20:05-05:00"))
    assert smtp_server.taken == []
    morning = datetime.fromisoformat("2026-11-24T08:00-05:00")
    assert outbox.next_due(window.desk) == morning
    window(morning)
    assert len(smtp_server.taken) == 1


@pytest.mark.row("G2", "A1")
def test_a_message_for_later_leaves_then_by_the_customers_clock(run, store, connected, send, smtp_server):
    customer = run("add", "--given-name", "Ana", "--email", "ana@pereira.example")["id"]
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE customers SET zone = 'America/Los_Angeles'")
        connection.commit()
    key = run("write", customer)["follow_up_id"]
    with pytest.raises(Refused, match="has gone by"):
        run("send", key, "--at", "2026-11-22T10:00")
    run("send", key, "--at", "2026-11-24T06:30")
    assert send("2026-11-24T10:55")["accepted"] == 0, "quiet until eight, three hours behind"
    assert send("2026-11-24T11:00")["accepted"] == 1
    assert email.message_from_bytes(smtp_server.taken[0].raw)["Date"] == "Tue, 24 Nov 2026 16:00:00 +0000"


@pytest.mark.row("G2", "A1")
def test_a_planned_message_is_moved_by_the_customers_clock_and_dated_anew(run, store, connected, send, smtp_server):
    customer = run("add", "--given-name", "Ana", "--email", "ana@pereira.example")["id"]
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE customers SET zone = 'America/Los_Angeles'")
        connection.commit()
    key = run("send", run("write", customer)["follow_up_id"], "--at", "2026-11-25T10:00")["message_id"]
    moved = run("outbox", "move", key, "2026-11-24T06:30")
    assert moved == {"state": "queued", "not_before": "2026-11-24T16:00:00+00:00"}, "at eight, three hours behind"
    with pytest.raises(Refused, match="has gone by"):
        run("outbox", "move", key, "2026-11-20T10:00")
    assert send("2026-11-24T10:55")["accepted"] == 0
    assert send("2026-11-24T11:00")["accepted"] == 1
    mail = email.message_from_bytes(smtp_server.taken[0].raw)
    assert mail["Date"] == "Tue, 24 Nov 2026 16:00:00 +0000"
    with pytest.raises(Refused, match="does not wait"):
        run("outbox", "move", key, "2026-11-26T10:00", now="2026-11-24T11:01")


@pytest.mark.row("Q6")
def test_what_was_to_leave_while_the_computer_slept_is_asked_about(run, approve, connected, window, smtp_server):
    first, second = approve(now="2026-11-22T12:00"), approve(now="2026-11-22T12:01")  # a Sunday: Monday at eight
    window(datetime.fromisoformat("2026-11-23T10:30-05:00"))
    assert smtp_server.taken == []
    assert states(run) == {first: "ask", second: "ask"}
    run("outbox", "send-again", first, now="2026-11-23T10:31")
    window(datetime.fromisoformat("2026-11-23T10:32-05:00"))
    assert len(smtp_server.taken) == 1
    run("outbox", "take-back", second, now="2026-11-23T10:33")
    assert [card["customer"] for card in run("queue", now="2026-11-23T10:34")["cards"]] == ["Customer 1"]
    with pytest.raises(Refused, match="no doubt about this message"):
        run("outbox", "it-did", first)


@pytest.mark.row("A1")
def test_what_waits_its_turn_is_not_late(run, approve, connected, window, smtp_server):
    for _ in range(2):
        approve()
    run("setting", "business.pause_from", 3000), run("setting", "business.pause_to", 3000)
    for minutes in (1, 30, 52):
        window(AT + timedelta(minutes=minutes))
    assert len(smtp_server.taken) == 2


@pytest.mark.row("A1")
@pytest.mark.parametrize("files", [True, False])
def test_it_is_learned_whether_the_server_files_what_it_sends(
    run, approve, connected, window, smtp_server, dovecot, files
):
    if files:
        smtp_server.on_taken = lambda taken: dovecot.deliver(connected, taken.raw, "Sent", "(\\Seen)")
    approve()
    for seconds in (20, 30, 85):
        window(AT + timedelta(seconds=seconds))
        if not files and seconds < 85:
            assert dovecot.messages(connected, "Sent") == [], "the server is given its time"
    assert standing(run)["files_sent"] is files
    assert len(dovecot.messages(connected, "Sent")) == 1
    approve(now="2026-11-23T09:05")
    window(AT + timedelta(minutes=6))
    assert len(dovecot.messages(connected, "Sent")) == 2


@pytest.mark.row("A1", "A3")
def test_an_id_the_server_gave_is_known_as_ours(run, approve, connected, send, smtp_server, dovecot, password):
    def renames(taken):
        mine = email.message_from_bytes(taken.raw)["Message-ID"].encode()
        dovecot.deliver(connected, taken.raw.replace(b"Message-ID: " + mine, b"Message-ID: <r1@prod.example>"), "Sent")

    smtp_server.on_taken = renames
    approve()
    send()
    answer = letter("Yes, please.", sender="c0@at-work.example", subject="Re: x", In_Reply_To="<r1@prod.example>")
    dovecot.deliver(connected, answer.replace(b"14:00:00", b"15:00:00"))
    found = run("mail", "sync", now="2026-11-23T11:00", stdin=password + "\n")
    assert (found["replies"], found["own"]) == (1, 0), "its copy in Sent is no second message"


@pytest.mark.row("A1")
def test_an_answer_goes_into_the_thread(run, approve, connected, send, smtp_server, dovecot, password):
    approve()
    send()
    first = email.message_from_bytes(smtp_server.taken[0].raw)
    wrote = letter(
        "Do you have time?", sender="c0@example.com", subject="AW: Re: The pump",
        Message_ID="<theirs@example.com>", In_Reply_To=first["Message-ID"],
    ).replace(b"14:00:00", b"15:00:00")  # fmt: skip
    dovecot.deliver(connected, wrote)
    run("mail", "sync", now="2026-11-23T11:00", stdin=password + "\n")
    [card] = run("queue", now="2026-11-23T12:00")["cards"]
    key = card["follow_ups"][0]["id"]
    assert run("draft", key, now="2026-11-23T12:00")["subject"] == "Re: The pump"
    run("send", key, now="2026-11-23T12:00")
    send("2026-11-23T12:01")
    answer = email.message_from_bytes(smtp_server.taken[1].raw)
    assert answer["Subject"] == "Re: The pump"
    assert answer["In-Reply-To"] == "<theirs@example.com>"
    assert answer["References"].split() == [first["Message-ID"], "<theirs@example.com>"]


@pytest.mark.row("A1", "A7")
def test_a_draft_sent_from_elsewhere_under_another_id_settles_its_follow_up(
    run, connected, dovecot, password, smtp_server
):
    customer = run("add", "--given-name", "Ana", "--email", "ana@pereira.example")["id"]
    key = run("write", customer)["follow_up_id"]
    run("save-draft", key, stdin=password + "\n")
    [draft] = dovecot.messages(connected, "Drafts")
    mine = email.message_from_bytes(draft.raw)["Message-ID"].encode()
    dovecot.deliver(connected, draft.raw.replace(mine, b"<apple@mail.example>"), "Sent")
    assert run("mail", "sync", now="2026-11-23T11:00", stdin=password + "\n")["own"] == 1
    assert run("queue", now="2026-11-23T11:00")["cards"] == []
    [event] = [
        one for one in run("customer", customer, now="2026-11-23T11:00")["history"] if one["what"] == "message_out"
    ]
    assert event["what"] == "message_out"


@pytest.mark.row("A7", "G1")
def test_what_the_owner_wrote_elsewhere_counts_for_the_week(run, connected, dovecot, password, someone_due):
    own = letter("Just to say hello.", sender=connected, subject="Hello").replace(DANA.encode(), b"sam@osei.example")
    dovecot.deliver(connected, own.replace(b"14:00:00", b"15:00:00"), "Sent")
    assert run("mail", "sync", now="2026-11-23T11:00", stdin=password + "\n")["own"] == 1
    held = run("queue", now="2026-11-24T10:00")["held"]
    assert [(one["customer"], one["reason"]) for one in held] == [("Sam Osei", "weekly_limit")]


@pytest.fixture
def someone_due(run):
    """A customer whom something not transactional is due to on Tuesday."""
    sam = run("add", "--given-name", "Sam", "--family-name", "Osei", "--email", "sam@osei.example")["id"]
    run(
        "log",
        "--customer",
        sam,
        "--what",
        "quote_sent",
        "--about",
        "heater",
        "--amount",
        "2340",
        now="2026-11-22T09:00",
    )
    return sam


@pytest.mark.row("A1")
def test_accounts_warn_at_four_fifths_of_what_the_provider_takes():
    assert near_limit(399, 500) == ""
    assert near_limit(400, 500) == "400 messages have left today; this provider takes about 500 a day."
    assert near_limit(400, 0) == ""
    assert (provider_takes("smtp.gmail.com"), provider_takes("mail.heron.example")) == (500, 0)


def test_nothing_is_due_while_an_account_is_paused(approve, connected, window, run):
    from followup_desktop.commands.outbox import pause

    approve()
    with window.desk.store.read() as session:
        [account] = accounts(session)
    pause(window.desk, account.id, "The password was refused.")
    assert outbox.next_due(window.desk) is None
