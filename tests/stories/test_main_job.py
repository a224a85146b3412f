"""The main job, end to end, by the command line into a real mailbox."""

import email
import email.policy

import pytest

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands.messages import keep_draft
from tests.conftest import MONDAY as NOW
from tests.stories.conftest import Refused

MONDAY, TUESDAY = "2026-11-23T09:00", "2026-11-24T09:00"
CONTACTS = """First Name,Last Name,Email,Phone,Street,City,State,Zip,Route,Stop,Gate Code
Maria,Alvarez,maria@example.com,(555) 210-2233,7 Cove Rd,Palm Town,FL,33001,Tue,1,4417
Priya,Nair,priya@example.com,(555) 210-8810,18 Palm Ct,Palm Town,FL,33001,Fri,7,
Carl,Jensen,carl@example.com,(555) 210-7788,22 Cove Rd,Palm Town,FL,33001,Tue,2,
Joe,Marchetti,j.marchetti@,(555) 210-9999,3 Hill St,Palm Town,FL,33001,Mon,2,
"""


@pytest.fixture
def contacts(tmp_path):
    path = tmp_path / "customers.csv"
    path.write_text(CONTACTS)
    return path


def found(run, name):
    return run("customers", "--find", name)[0]["id"]


def card(run, name, now=MONDAY):
    return next(c for c in run("queue", now=now)["cards"] if c["customer"] == name)


def lead(run, name, now=MONDAY):
    return card(run, name, now)["follow_ups"][0]["id"]


@pytest.mark.row("D5")
def test_a_file_is_checked_brought_in_and_taken_back(run, contacts):
    seen = run("import", contacts, "--check")
    assert (seen["new"], seen["import_id"]) == (4, None)
    assert run("customers") == []
    assert [(p["row"], p["value"]) for p in seen["problems"]] == [(5, "j.marchetti@")]
    done = run("import", contacts)
    assert done["new"] == 4
    assert done["import_id"]
    assert {c["name"]: c["route"] for c in run("customers")}["Priya Nair"] == "Fri · 7"
    again = run("import", contacts)
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 4)
    run("undo")
    assert run("customers") == []


@pytest.mark.row("C1", "Q2", "M2", "M3")
def test_a_visit_becomes_a_thank_you_with_what_happened(run, contacts):
    run("import", contacts)
    run("log", "--customer", found(run, "priya"), "--what", "visit_done", "--visit", "repair", "--about", "pump",
        "--by", "Luis", "--note", "It ran twenty minutes without a drop.")  # fmt: skip
    draft = run("draft", lead(run, "Priya Nair"))
    assert draft["to"] == "priya@example.com"
    assert draft["text"].startswith("Hi Priya,")
    assert "pump" in draft["text"] + draft["subject"]
    assert "Luis" in draft["text"]
    assert {"Luis", "Priya"} <= {f["text"] for f in draft["facts"]}
    assert all(f["source"] for f in draft["facts"])


@pytest.mark.mailserver
@pytest.mark.row("A1")
def test_draft_sent_message_and_its_copy_are_read_back_from_the_server(
    run, contacts, connected, dovecot, smtp_server, password
):
    run("import", contacts)
    checked = run("account", "check", stdin=password + "\n")
    assert (checked["drafts"], checked["sent"]) == ("Drafts", "Sent")
    run("log", "--customer", found(run, "priya"), "--what", "visit_done", "--visit", "repair", "--about", "pump")
    key = lead(run, "Priya Nair")

    saved = run("save-draft", key, stdin=password + "\n")
    assert saved["state"] == "draft"
    in_drafts = parsed(dovecot.messages(connected, "Drafts"))
    assert [m["to"] for m in in_drafts] == ["Priya Nair <priya@example.com>"]

    sent = run("send", key, stdin=password + "\n")
    assert sent["state"] == "queued"
    assert run("outbox", "list")[0]["state"] == "queued"
    assert smtp_server.taken == []
    assert run("outbox", "run", stdin=password + "\n")["accepted"] == 1
    [taken] = smtp_server.taken
    arrived = email.message_from_bytes(taken.raw, policy=email.policy.default)
    assert arrived["to"] == "Priya Nair <priya@example.com>"
    assert arrived["from"] == f"Dana Whitlock <{connected}>"
    [copy] = dovecot.messages(connected, "Sent")
    assert copy.raw == taken.raw
    assert run("outbox", "list")[0]["state"] == "filed"
    assert dovecot.messages(connected, "Drafts") == [], "a draft of it could be sent a second time"
    assert run("outbox", "run", stdin=password + "\n")["accepted"] == 0
    assert len(smtp_server.taken) == 1
    assert run("queue")["waiting"] == [], "a thank-you asks for nothing"
    with pytest.raises(Refused):
        run("send", key, stdin=password + "\n")


def parsed(stored):
    return [email.message_from_bytes(m.raw, policy=email.policy.default) for m in stored]


@pytest.mark.mailserver
@pytest.mark.row("Q6")
def test_undo_calls_a_message_back_before_it_leaves(run, contacts, connected, smtp_server, password):
    run("import", contacts)
    run("log", "--customer", found(run, "priya"), "--what", "purchase", "--about", "salt cell")
    key = lead(run, "Priya Nair")
    run("send", key)
    assert run("queue")["cards"] == []
    assert run("undo")["undone"] == "Sent to Priya Nair"
    assert run("outbox", "run", stdin=password + "\n") == {"accepted": 0, "failed": 0, "unknown": 0, "waiting": 0}
    assert smtp_server.taken == []
    assert lead(run, "Priya Nair") == key


@pytest.mark.mailserver
@pytest.mark.row("Q6", "A1")
def test_undo_makes_the_accounts_drafts_what_they_were(run, store, contacts, connected, dovecot, password):
    run("import", contacts)
    run("log", "--customer", found(run, "priya"), "--what", "purchase", "--about", "salt cell")
    key, outbox = lead(run, "Priya Nair"), ("outbox", "run")
    for words in ("The first words.", "Other words."):
        keep_words(store, key, words)
        run("save-draft", key, stdin=password + "\n")
    run("undo")
    run(*outbox, stdin=password + "\n")
    [there] = parsed(dovecot.messages(connected, "Drafts"))
    assert "The first words." in there.get_content()
    run("undo")
    run(*outbox, stdin=password + "\n")
    assert dovecot.messages(connected, "Drafts") == []
    assert lead(run, "Priya Nair") == key
    assert run(*outbox, stdin=password + "\n")["waiting"] == 0


def keep_words(store, key, words):
    program = Program(store, FixedClock(NOW))
    keep_draft(program.desk, key, "Your salt cell", words)
    program.close()


@pytest.mark.mailserver
def test_what_has_left_cannot_be_taken_back(run, contacts, connected, smtp_server, password):
    run("import", contacts)
    run("log", "--customer", found(run, "priya"), "--what", "purchase", "--about", "salt cell")
    run("send", lead(run, "Priya Nair"))
    run("outbox", "run", stdin=password + "\n")
    with pytest.raises(Refused, match="written since"):
        run("undo")
    assert len(smtp_server.taken) == 1


@pytest.mark.mailserver
def test_a_refused_message_is_back_on_the_list(run, contacts, connected, smtp_server, password):
    run("import", contacts)
    run("log", "--customer", found(run, "priya"), "--what", "purchase", "--about", "salt cell")
    key = lead(run, "Priya Nair")
    run("send", key)
    smtp_server.fail("rcpt", "550 5.1.1 no such user")
    assert run("outbox", "run", stdin=password + "\n")["failed"] == 1
    assert lead(run, "Priya Nair") == key
    assert run("outbox", "list")[0]["state"] == "failed"


@pytest.mark.mailserver
def test_a_wrong_password_keeps_the_message(run, contacts, connected, smtp_server):
    run("import", contacts)
    run("log", "--customer", found(run, "priya"), "--what", "purchase", "--about", "salt cell")
    run("send", lead(run, "Priya Nair"))
    with pytest.raises(Refused, match="assword") as refused:
        run("account", "check", stdin="wrong\n")
    assert refused.value.code == 1
    assert run("outbox", "list")[0]["state"] == "queued"


@pytest.mark.mailserver
def test_a_server_that_is_away_keeps_the_message(run, contacts, connected, smtp_server, password):
    run("import", contacts)
    run("log", "--customer", found(run, "priya"), "--what", "purchase", "--about", "salt cell")
    run("send", lead(run, "Priya Nair"))
    smtp_server.stop()
    with pytest.raises(Refused, match="Nothing answers"):
        run("outbox", "run", stdin=password + "\n")
    assert run("outbox", "list")[0]["state"] == "queued"
    smtp_server.start()


def test_without_an_account_nothing_is_lost(run, contacts):
    run("import", contacts)
    run("log", "--customer", found(run, "priya"), "--what", "purchase", "--about", "salt cell")
    key = lead(run, "Priya Nair")
    with pytest.raises(Refused, match="no mail account"):
        run("send", key)
    assert lead(run, "Priya Nair") == key


@pytest.mark.row("P1")
def test_one_line_becomes_a_promise_and_then_a_card(run, contacts):
    run("import", contacts)
    made = run("promise", "add", "ring Carl about the heater Friday 9am")
    assert (made["customer"], made["due"], made["state"]) == ("Carl Jensen", "2026-11-27T09:00:00-05:00", "open")
    assert made["what"] == "ring about the heater"
    friday = "2026-11-27T08:00"
    assert card(run, "Carl Jensen", friday)["group"] == "promised"
    run("promise", "later", made["id"], "--until", "2026-11-30T10:00", now=friday)
    assert run("queue", now=friday)["cards"] == []
    kept = run("promise", "keep", made["id"], now="2026-11-30T11:00")
    assert kept["state"] == "kept_late"
    assert run("promise", "list") == []


@pytest.mark.parametrize(
    ("line", "says"),
    [("ring Carl", "When"), ("ring Zed on Friday", "Zed"), ("ring Carl on 31 February", "February")],
)
def test_what_cannot_be_understood_is_asked(run, contacts, line, says):
    run("import", contacts)
    with pytest.raises(Refused, match=says):
        run("promise", "add", line)
    assert run("promise", "list") == []


@pytest.mark.row("C9", "R4")
def test_a_complaint_is_answered_the_same_day_and_checked_after_two_weeks(run, contacts):
    run("import", contacts)
    priya = found(run, "priya")
    run("log", "--customer", priya, "--what", "complaint", "--note", "nobody came on Friday")
    assert card(run, "Priya Nair")["group"] == "put_right"
    run("done", lead(run, "Priya Nair"), "--how", "call")
    assert run("queue")["cards"] == []
    later = card(run, "Priya Nair", now="2026-12-07T12:00")
    assert later["group"] == "put_right"
    assert later["follow_ups"][0]["purpose"] == "recovery_check"


@pytest.mark.row("C8")
def test_a_quote_is_asked_about_on_day_2_and_16(run, contacts):
    run("import", contacts)
    maria = found(run, "maria")
    run("log", "--customer", maria, "--what", "quote_sent", "--about", "heater", "--amount", "2340")
    assert run("queue")["cards"] == []
    first = card(run, "Maria Alvarez", now="2026-11-25T12:00")
    assert first["follow_ups"][0]["purpose"] == "quote_check_in"
    assert "$2,340" in run("draft", first["follow_ups"][0]["id"], now="2026-11-25T12:00")["text"]
    touchpoints = {f["touchpoint"]: f["due"][:10] for f in run("customer", maria)["follow_ups"]}
    assert "2026-12-09" in touchpoints.values()


@pytest.mark.row("D7", "D8")
def test_a_backup_brings_everything_back(run, contacts, tmp_path):
    run("import", contacts)
    run("backup", tmp_path / "copy.db")
    run("log", "--customer", found(run, "priya"), "--what", "note", "--note", "after the copy")
    run("restore", tmp_path / "copy.db")
    assert len(run("customers")) == 4
    assert run("customer", found(run, "priya"))["history"] == []
    assert run("check") == {"ok": True, "problems": []}


def test_impossible_things_are_refused_in_words(run, contacts):
    run("import", contacts)
    priya = found(run, "priya")
    for words, says in (
        (("log", "--customer", priya, "--what", "rating", "--rating", "11"), "1 to 5"),
        (("log", "--customer", priya, "--what", "visit_done", "--at", "2027-01-01T00:00"), "future"),
        (("log", "--customer", priya, "--what", "visit_done", "--at", "2026-02-31"), "not a time"),
        (("log", "--customer", 99, "--what", "note"), "no customer 99"),
        (("later", lead_or(run, 1), "--until", "2026-11-01"), "no follow-up|gone by"),
        (("add", "--given-name", "Ann", "--email", "not an address"), "address"),
        (("add", "--email", "ann@example.com"), "name"),
        (("import", "/nonexistent.csv"), "could not be read"),
    ):
        with pytest.raises(Refused, match=says) as refused:
            run(*words)
        assert refused.value.code == 1
    for words in (("log", "--customer", priya, "--what", "nonsense"), ("queue", "--day", "tomorrow"), ("nonsense",)):
        with pytest.raises(Refused) as refused:
            run(*words)
        assert refused.value.code == 2


def lead_or(run, default):
    cards = run("queue")["cards"]
    return cards[0]["follow_ups"][0]["id"] if cards else default


@pytest.mark.mailserver
@pytest.mark.row("P4")
def test_a_promise_waits_again_when_its_message_is_refused(run, contacts, connected, smtp_server, password):
    run("import", contacts)
    made = run("promise", "add", "send Priya Nair the price of the heater tomorrow")["id"]
    run("send", lead(run, "Priya Nair", TUESDAY), now=TUESDAY)
    assert run("promise", "list") == []
    smtp_server.fail("rcpt", "550 5.1.1 no such user")
    assert run("outbox", "run", now=TUESDAY, stdin=password + "\n")["failed"] == 1
    assert [p["id"] for p in run("promise", "list")] == [made]
    assert card(run, "Priya Nair", TUESDAY)["group"] == "promised"
