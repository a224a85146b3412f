"""What customers and others write: the way out, wishes in plain words, people nobody knows, and what is kept of it."""

from email import message_from_bytes
from email.message import EmailMessage

import pytest

from tests.mail.parse.world import letter, report
from tests.stories.conftest import Refused

pytestmark = pytest.mark.mailserver
NOON, THURSDAY = "2026-11-25T12:00", "2026-11-26T10:00"


@pytest.fixture
def ana(run):
    name = ("--given-name", "Ana", "--family-name", "Pereira", "--email", "ana@pereira.example")
    return run("add", *name, "--phone", "+15552103344")["id"]


@pytest.fixture
def arrives(run, connected, password, dovecot):
    """Deliver mail and read the mailbox; returns what it was."""

    def deliver(raw):
        dovecot.deliver(connected, raw.replace(b"To: dana@blueheron.example", f"To: {connected}".encode()))

    def look(text, sender="Ana <ana@pereira.example>", now=NOON, **more):
        raw = letter(text, sender=sender, **more)
        raw = raw.replace(b"Mon, 23 Nov 2026 14:00:00", b"Wed, 25 Nov 2026 15:30:00")
        deliver(raw)
        found = run("mail", "sync", now=now, stdin=password + "\n")
        return {name: count for name, count in found.items() if count}

    look.deliver = deliver
    return look


@pytest.mark.row("A6", "G2")
def test_when_they_like_to_be_reached_is_proposed_and_kept_as_they_asked(run, ana, arrives):
    arrives("Thank you, all good. I work nights, so afternoons are best for me. Ana")
    [asked] = run("consent", "asked")
    assert (asked["kind"], asked["asks"]) == ("time", "in the afternoon")
    assert asked["sentence"] == "I work nights, so afternoons are best for me."
    assert run("customer", ana, now=THURSDAY)["best_time"] is None, "proposed, not done"
    run("consent", "decide", asked["id"], "--grant", now=THURSDAY)
    assert run("customer", ana, now=THURSDAY)["best_time"] == "afternoon"
    assert run("consent", "asked") == []
    run("undo", now=THURSDAY)
    assert run("customer", ana, now=THURSDAY)["best_time"] is None


@pytest.mark.row("Q5", "A1")
def test_what_was_planned_is_asked_about_once_they_write_before_it_leaves(run, ana, arrives, smtp_server, password):
    key = run("write", ana, "--purpose", "continuity", now=NOON)["follow_up_id"]
    planned = run("send", key, "--at", "2026-11-27T10:00", now=NOON)["message_id"]
    arrives("We are away until spring, so no need for anything before.", now="2026-11-25T13:00")
    [line] = run("outbox", "list", now="2026-11-25T13:00")
    assert (line["message_id"], line["state"], line["late"]) == (planned, "ask", True)
    assert line["said"] == "They wrote since you planned this."
    run("outbox", "run", now="2026-11-27T10:05", stdin=password + "\n")
    assert smtp_server.taken == [], "not without the owner's word"
    run("outbox", "take-back", planned, now="2026-11-27T10:06")
    assert run("outbox", "list", now="2026-11-27T10:06") == []


@pytest.mark.row("X6", "G3")
def test_please_stop_is_proposed_with_the_sentence_and_holds_what_is_not_owed(run, ana, arrives):
    arrives("All fine here. Please stop emailing me. Thanks", subject="Re: Leaves")
    run("write", ana, "--purpose", "continuity", now=THURSDAY)
    queue = run("queue", now=THURSDAY)
    assert [h["reason"] for h in queue["held"]] == ["no_consent"]
    assert "Please stop emailing me" in queue["held"][0]["reason_text"]
    assert [c["group"] for c in queue["cards"]] == ["answer"], "what she wrote is answered all the same"
    [asked] = run("consent", "asked")
    assert (asked["kind"], asked["sentence"]) == ("stop", "Please stop emailing me.")
    assert run("suppress", "list") == [], "proposed, not done"
    run("consent", "decide", asked["id"], "--stop-mail", now=THURSDAY)
    [line] = run("suppress", "list")
    assert (line["value"], line["reason"]) == ("ana@pereira.example", "wrote: “Please stop emailing me.”")
    run("undo", now=THURSDAY)
    assert run("suppress", "list") == []
    run("consent", "decide", run("consent", "asked")[0]["id"], "--not-so", now=THURSDAY)
    assert run("queue", now=THURSDAY)["held"][:1] != queue["held"]
    assert run("consent", "asked") == []


@pytest.mark.row("X6", "G3")
def test_everything_stops_on_every_channel(run, ana, arrives):
    arrives("Do not contact me again.", subject="Re: Leaves")
    run("consent", "decide", run("consent", "asked")[0]["id"], "--stop-everything", now=THURSDAY)
    assert [s["value"] for s in run("suppress", "list")] == ["ana@pereira.example", "+15552103344"]
    run("write", ana, "--purpose", "continuity", now=THURSDAY)
    assert run("queue", now=THURSDAY)["cards"] == []


@pytest.mark.row("A3", "G3", "G4")
@pytest.mark.parametrize("mail", [("", "stop"), ("stop", "Re: Before the leaves"), ("Baja.", "Re: Antes de las hojas")])
def test_the_way_out_below_our_mail_is_taken_at_once(run, ana, arrives, mail):
    assert arrives(mail[0], subject=mail[1])["opt_outs"] == 1
    assert [s["value"] for s in run("suppress", "list")] == ["ana@pereira.example"]
    assert run("customer", ana, now=NOON)["history"][0]["what"] == "opted_out"
    assert run("consent", "asked") == []
    with pytest.raises(Refused, match="asked not to be written to"):
        run("send", run("write", ana, now=THURSDAY)["follow_up_id"], now=THURSDAY)


@pytest.mark.row("A6")
@pytest.mark.parametrize(
    ("words", "channel", "no"),
    [
        ("Thanks. Text me instead, I hardly look here.", "text", []),
        ("Call me, don't email.", "call", ["email"]),
        ("Mejor llámeme, no me escriba correos.", "call", ["email"]),
    ],
)
def test_a_word_in_a_reply_changes_the_channel(run, ana, arrives, words, channel, no):
    arrives(words, subject="Re: The visit")
    [asked] = run("consent", "asked")
    run("consent", "decide", asked["id"], "--grant", now=THURSDAY)
    assert run("customer", ana, now=THURSDAY)["prefers"] == channel
    said = {c["channel"]: c["allowed"] for c in run("consent", "show", ana)["consents"]}
    assert said == {channel: True, **dict.fromkeys(no, False)}
    run("log", "--customer", ana, "--what", "purchase", "--about", "salt cell", now=THURSDAY)
    cards = run("queue", now=THURSDAY)["cards"]
    if channel == "text":
        assert cards[0]["channel"] == "text"
    run("undo", now=THURSDAY)
    run("undo", now=THURSDAY)
    assert run("consent", "show", ana)["consents"] == []


@pytest.mark.row("A6", "G1")
def test_once_a_month_is_enough_is_kept_and_held_to(run, ana, arrives):
    arrives("Thank you. Once a month is enough for mail.", subject="Re: The visit")
    run("consent", "decide", run("consent", "asked")[0]["id"], "--grant", now=NOON)
    [said] = [c for c in run("consent", "show", ana)["consents"] if c["allowed"]]
    assert (said["channel"], said["days"]) == ("seldom", 30)
    run("done", run("write", ana, now=THURSDAY)["follow_up_id"], "--how", "card", now=THURSDAY)
    run("write", ana, now="2026-12-09T10:00")
    [held] = [h for h in run("queue", now="2026-12-09T10:00")["held"] if h["reason"] == "weekly_limit"]
    assert "no more than one message in 30 days" in held["reason_text"]


@pytest.mark.row("A3", "C8")
def test_an_unknown_person_becomes_a_customer_in_one_step(run, arrives):
    text = "We have a green pool. Could you look at it?\n\nHelen Zhou\n+1 555 210 7788"
    assert arrives(text, sender="Helen Zhou <helen@zhou.example>", subject="Green pool")["unmatched"] == 1
    [mail] = run("mail", "strangers", now=NOON)
    assert (mail["name"], mail["phone"]) == ("Helen Zhou", "+15552107788")
    key = run("mail", "adopt", mail["id"], now=NOON)["customer_id"]
    helen = run("customer", key, now=NOON)
    person = [helen[name] for name in ("given_name", "family_name", "email", "phone", "stage")]
    assert person == ["Helen", "Zhou", "helen@zhou.example", "+15552107788", "lead"]
    assert {e["what"] for e in helen["history"]} == {"inquiry", "message_in"}
    [card] = run("queue", now=THURSDAY)["cards"]
    assert (card["customer_id"], card["group"]) == (key, "answer")
    assert run("mail", "strangers", now=NOON) == []
    run("undo", now=NOON)
    assert [m["id"] for m in run("mail", "strangers", now=NOON)] == [mail["id"]]


@pytest.mark.row("A3")
def test_who_is_no_customer_is_remembered_and_not_asked_about_again(run, arrives):
    sender = "Bo Salesman <bo@sells.example>"
    arrives("Do you need tyres?", sender=sender, subject="Tyres", Message_ID="<s1@sells.example>")
    run("mail", "dismiss", run("mail", "strangers", now=NOON)[0]["id"], now=NOON)
    arrives("And now?", sender=sender, subject="Tyres again", Message_ID="<s2@sells.example>", now=THURSDAY)
    assert run("mail", "strangers", now=THURSDAY) == []


def test_mail_of_an_address_two_share_is_offered_to_both(run, ana, arrives):
    bob = run("add", "--given-name", "Bob", "--email", "ana@pereira.example")["id"]
    arrives("Is Friday all right?", subject="Friday")
    [mail] = run("mail", "strangers", now=NOON)
    assert {each["customer_id"] for each in mail["could_be"]} == {ana, bob}
    run("mail", "adopt", mail["id"], "--customer", bob, now=NOON)
    assert run("customer", bob, now=NOON)["history"][0]["note"] == "Is Friday all right?"


def test_machines_and_old_mail_are_not_proposed_as_customers(run, arrives):
    arrives("Your parcel.", sender="Parcels <noreply@parcels.example>", subject="On its way")
    arrives("Our news.", sender="Shop <shop@shop.example>", List_Id="<x.shop.example>", subject="News")
    assert run("mail", "strangers", now=NOON) == []


PIXEL = '<p>Hello, see the offer.</p><img src="https://track.example/p.gif"><script>alert(1)</script>'


@pytest.mark.row("A3", "G6")
def test_the_mail_of_a_customer_is_text_in_threads_with_attachments_on_request(run, ana, arrives, tmp_path, password):
    raw = EmailMessage()
    raw["From"], raw["To"], raw["Subject"] = "Ana <ana@pereira.example>", "dana@blueheron.example", "The offer"
    raw["Date"], raw["Message-ID"] = "Wed, 25 Nov 2026 15:30:00 +0000", "<o1@pereira.example>"
    raw.set_content(PIXEL, subtype="html")
    raw.add_attachment(b"%PDF-1.7 quote", maintype="application", subtype="pdf", filename="quote.pdf")
    arrives.deliver(raw.as_bytes())
    arrives("Fine.\n\nOn Wed Dana wrote:\n> Shall I?", subject="Re: The offer", In_Reply_To="<x@y.example>")
    second, first = run("mail", "show", ana, now=NOON)
    if first["subject"] != "The offer":
        first, second = second, first
    assert first["text"] == "Hello, see the offer."
    assert "https://track" not in first["whole"]
    assert first["attachments"] == [{"name": "quote.pdf", "type": "application/pdf", "size": 14}]
    assert (second["text"], "> Shall I?" in second["whole"]) == ("Fine.", True)
    file = tmp_path / "saved.pdf"
    save = ("mail", "attachment", first["message_id"], "quote.pdf", "--to", file)
    assert run(*save, now=NOON, stdin=password + "\n")["size"] == 14
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"%PDF-1.7 quote", 0o600)
    with pytest.raises(Refused, match="no attachment other"):
        run("mail", "attachment", first["message_id"], "other", "--to", file, now=NOON, stdin=password + "\n")


@pytest.mark.row("K2", "A3")
def test_a_receipt_is_asked_for_only_where_the_owner_wants_it_and_counted_as_a_lower_bound(
    run, ana, arrives, smtp_server, password, store
):
    def sent():
        run("send", run("write", ana, now=NOON)["follow_up_id"], now=NOON)
        run("outbox", "run", now="2026-11-25T12:05", stdin=password + "\n")
        return message_from_bytes(smtp_server.taken[-1].raw)

    assert sent()["Disposition-Notification-To"] is None
    [account] = run("account", "list")
    assert run("account", "receipts", account["address"], "--on")["asks_receipts"]
    mail = sent()
    assert mail["Disposition-Notification-To"]
    fields = f"Original-Message-ID: {mail['Message-ID']}\nDisposition: manual-action/MDN-sent-manually; displayed"
    raw = report(fields, returned=mail["Message-ID"]).replace(b"delivery-status", b"disposition-notification")
    arrives.deliver(raw)
    assert run("mail", "sync", now="2026-11-25T13:00", stdin=password + "\n")["receipts"] == 1
    shown = [one["shown_at"] for one in run("mail", "show", ana, now=THURSDAY) if one["ours"]]
    assert len([at for at in shown if at]) == 1
