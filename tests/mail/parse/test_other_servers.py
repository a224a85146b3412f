"""Delivery reports of servers that follow no standard, or an old one: how they name who did not get a message."""

import pytest

from followup_desktop.mail.parse.model import Kind
from followup_desktop.mail.parse.reading import read_mail
from tests.mail.parse.world import DANA, SENT, found_in, letter, report


def told(words, sender="mailer-daemon@mx.example", subject="Mail delivery failed", **headers):
    return found_in(letter(words, sender=sender, subject=subject, **headers))


@pytest.mark.row("A3")
@pytest.mark.parametrize(
    ("words", "permanent"),
    [
        (
            "The attached message had PERMANENT fatal delivery errors!\n\nYOUR MESSAGE WAS NOT DELIVERED!\n\n"
            "The following addresses did NOT receive a copy of your message:\n\n> priya@nair.example\n\n"
            "--- Session Transcript ---\n 550 No such user here\n",
            True,
        ),
        (
            "Your message\n\n  To:      staff@lists.example\n  Subject: The visit\n\ndid not reach the following recipient(s):\n\n"
            "c=US;a= ;p=NAIR;o=MAIL;dda:SMTP=priya@nair.example; on Mon, 23 Nov 2026\n    The recipient name is not recognized\n",
            True,
        ),
        (
            "I could not deliver mail to 'priya':\n\n<priya@nair.example> (Mailbox over quota)\n\nDelivery has been postponed.",
            False,
        ),
        ("Invalid final delivery userid: priya@nair.example", True),
        ("Message not delivered to the following:\n\n priya    No matches to nameserver query\n", False),
    ],
)
def test_a_report_in_words_names_who_did_not_get_it(words, permanent):
    one = told(words, sender="postmaster@nair.example")
    assert (one.kind, one.customer, one.addresses, one.permanent) == (
        Kind.BOUNCE,
        7,
        ("priya@nair.example",),
        permanent,
    )


@pytest.mark.row("A3")
@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (
            "Returned Mail - Error During Delivery",
            "------ Failed Recipients ------\n\n<priya@nair.example>: mailbox unavailable.\n",
        ),
        (
            "Delivery failure notification",
            "Your message with Subject: The visit\ncould not be delivered to the following recipients:\n\npriya@nair.example\n\n"
            "Delivery attempts will continue to be made for 5 day(s).",
        ),
        (
            "Mail Delivery Warning",
            'Delivery of email to this address\n\n"priya@nair.example"\n\nhas been postponed due to a full mailbox.',
        ),
    ],
)
def test_a_robot_of_any_name_is_known_by_its_words_and_its_list(subject, words):
    one = told(words, sender="mail_gateway_7@mx.example", subject=subject)
    assert (one.kind, one.addresses) == (Kind.BOUNCE, ("priya@nair.example",))


def test_a_person_who_tells_of_a_parcel_is_no_robot():
    words = "Your parcel could not be delivered to me, the driver left it with carl@jensen.example I think."
    assert told(words, sender="Priya <priya@nair.example>", subject="Parcel not delivered").kind is Kind.REPLY


def test_a_report_in_words_may_be_about_several():
    one = told(
        "Unable to deliver message to the following:\n\n<a@one.example>:\nunknown user\n\n<b@two.example>:\nunknown user\n"
    )
    assert (one.kind, one.addresses, one.permanent) == (Kind.BOUNCE, ("a@one.example", "b@two.example"), True)


@pytest.mark.row("A3")
@pytest.mark.parametrize(
    ("status", "said", "permanent"),
    [
        ("5.0.0", "550-<priya@nair.example> is not a known user on this system", True),
        ("5.0.0", "551 <priya@nair.example> is a deactivated mailbox", True),
        ("5.0.0", "550 ** No mail box available for this user **", True),
        ("5.0.0", "550 BAD_RECIPIENT", True),
        ("5.7.1", "550 5.7.1 No mailbox found", True),
        ("5.1.1", "550 RCPT TO:<priya@nair.example> max message size exceeded", False),
        ("553 Exceeded maximum inbound message size", "", False),
    ],
)
def test_the_reason_says_whether_the_address_is_gone(status, said, permanent):
    fields = f"Final-Recipient: rfc822; priya@nair.example\nAction: failed\nStatus: {status}"
    one = found_in(report(f"{fields}\nDiagnostic-Code: smtp; {said}" if said else fields))
    assert (one.kind, one.permanent, one.status[:2]) == (Kind.BOUNCE, permanent, "5.")


def test_fields_set_apart_from_the_recipient_do_not_hide_its_status():
    one = found_in(report("Action: failed\n\nFinal-Recipient: rfc822; priya@nair.example\nStatus: 4.7.0"))
    assert (one.status, one.permanent, one.addresses) == ("4.7.0", False, ("priya@nair.example",))


def receipt(subject, words):
    return f"""From: Mail Delivery Subsystem <admin@nair.example>
To: {DANA}
Subject: {subject}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

{words}

--b
Content-Type: message/disposition-notification

Final-Recipient: rfc822; priya@nair.example
Original-Message-ID: {SENT}
Disposition: automatic-action/MDN-sent-automatically; deleted

--b--
""".encode()


@pytest.mark.row("A3")
def test_a_mailbox_that_refuses_in_the_form_of_a_receipt_sent_the_message_back():
    one = found_in(receipt("Automatically rejected mail", "Your message was automatically rejected: Quota exceeded"))
    assert (one.kind, one.customer, one.addresses, one.permanent) == (Kind.BOUNCE, 7, ("priya@nair.example",), False)


def test_a_message_deleted_unread_stays_a_receipt():
    one = found_in(receipt("Not read: The visit", "Your message was deleted without being read."))
    assert (one.kind, one.shown) == (Kind.RECEIPT, False)


HOTMAIL = f"""From: staff@hotmail.com
To: {DANA}
Subject: complaint about message from 192.0.2.7
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: message/rfc822

X-HmXmrOriginalRecipient: priya@nair.example
From: Dana <{DANA}>
Subject: The visit

Hi

--b--
""".encode()


@pytest.mark.row("A3")
def test_a_complaint_without_a_report_is_one():
    one = found_in(HOTMAIL)
    assert (one.kind, one.customer, one.addresses) == (Kind.REPORT, 7, ("priya@nair.example",))


@pytest.mark.row("A3")
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_head_with_raw_letters_is_read(charset):
    raw = (
        "From: Óscar Nuñez <priya@nair.example>\nTo: dana@blueheron.example\nSubject: Leído: The visit\n\n"
        "Su mensaje\n\n  Asunto: The visit\n  Enviado: lunes, 23 de noviembre de 2026 9:10\n\n"
        "fue leído el lunes, 23 de noviembre de 2026 14:00.\n"
    ).encode(charset)
    one = found_in(raw)
    assert (one.kind, one.message, one.shown) == (Kind.RECEIPT, 70, True)
    assert (read_mail(raw).subject, read_mail(raw).sender_name) == ("Leído: The visit", "Óscar Nuñez")
