"""What a received message is, by what its headers say first and its words last."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from followup_desktop.mail.parse.classify import classify
from followup_desktop.mail.parse.model import Kind
from followup_desktop.mail.parse.reading import read_mail
from tests.mail.parse.world import DANA, SENT, World, letter, report

TODAY = date(2026, 11, 23)


def found(raw):
    return classify(read_mail(raw), World(), TODAY)


class TestReplies:
    def test_it_is_matched_by_the_id_it_answers(self):
        one = found(letter("Yes, clear.", sender="p.nair@office.example", In_Reply_To=SENT))
        assert (one.kind, one.customer, one.message, one.reply_text) == (Kind.REPLY, 7, 70, "Yes, clear.")

    def test_without_an_id_the_sender_and_the_subject_tell(self):
        assert found(letter("Yes.")).message == 70

    def test_a_new_message_of_a_customer_answers_nothing(self):
        one = found(letter("Could Luis come on Thursday?", subject="Thursday"))
        assert (one.kind, one.customer, one.message) == (Kind.REPLY, 7, None)

    def test_mail_of_strangers_is_left_to_the_owner(self):
        assert (
            found(letter("Do you have a price list?", sender="new@person.example", subject="Prices")).kind is Kind.OTHER
        )

    def test_what_dana_wrote_elsewhere_is_hers(self):
        raw = letter("I'll drop by on Thursday.", sender=f"Dana <{DANA}>", subject="Thursday").replace(
            f"To: {DANA}".encode(), b"To: carl@jensen.example"
        )
        one = found(raw)
        assert (one.kind, one.customer, one.message) == (Kind.OWN, 8, None)


BOUNCES = {
    "no such user": ("Final-Recipient: rfc822; priya@nair.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown", "5.1.1", True),
    "detail only in the diagnostic": ("Final-Recipient: rfc822; priya@nair.example\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.1.1 <priya@nair.example>: Recipient address rejected: User unknown", "5.1.1", True),
    "mailbox disabled": ("Final-Recipient: rfc822; priya@nair.example\nAction: failed\nStatus: 5.2.1", "5.2.1", True),
    "full": ("Final-Recipient: rfc822; priya@nair.example\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 mailbox full", "5.2.2", False),
    "blocked": ("Final-Recipient: rfc822; priya@nair.example\nAction: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 blocked by policy", "5.7.1", False),
    "late": ("Final-Recipient: rfc822; priya@nair.example\nAction: delayed\nStatus: 4.4.1\nWill-Retry-Until: Sat, 28 Nov 2026", "4.4.1", False),
    "gave up after days": ("Final-Recipient: rfc822; priya@nair.example\nAction: failed\nStatus: 4.4.7", "4.4.7", False),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "status", "permanent"), BOUNCES.values(), ids=BOUNCES)
def test_a_delivery_report_tells_whether_the_address_is_gone(fields, status, permanent):
    one = found(report(fields))
    assert (one.kind, one.customer, one.message) == (Kind.BOUNCE, 7, 70)
    assert (one.addresses, one.status, one.permanent) == (("priya@nair.example",), status, permanent)


WORDS = {
    "exim": ("Mail Delivery System <Mailer-Daemon@host.example>", "Mail delivery failed: returning message to sender", "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  priya@nair.example\n    host mx.nair.example [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<priya@nair.example>:\n    550 No such user here", True),
    "qmail": ("MAILER-DAEMON@host.example", "failure notice", "Hi. This is the qmail-send program at host.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<priya@nair.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 unknown user\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n\nTo: somebody@else.example", True),
    "exchange": ("Microsoft Outlook <postmaster@nair.example>", "Undeliverable: The visit", "Delivery has failed to these recipients or groups:\n\npriya@nair.example\nThe email address you entered couldn't be found.\n\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'", True),
    "warning": ("Mail Delivery System <MAILER-DAEMON@host.example>", "Warning: message delayed 24 hours", "This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its recipients after more than 24 hours.\n\n  priya@nair.example\n\nNo action is required on your part. Delivery attempts will continue for some time.", False),
    "german": ("Mailer-Daemon@host.example", "Unzustellbar: Der Besuch", "Ihre Nachricht konnte nicht zugestellt werden an:\n\npriya@nair.example\n\n550 5.1.1 Unbekannter Empfänger", True),
}  # fmt: skip


@pytest.mark.parametrize(("sender", "subject", "text", "permanent"), WORDS.values(), ids=WORDS)
def test_a_report_in_words_is_read_in_a_closed_world(sender, subject, text, permanent):
    one = found(letter(text, sender=sender, subject=subject, Auto_Submitted="auto-replied"))
    assert (one.kind, one.addresses, one.permanent) == (Kind.BOUNCE, ("priya@nair.example",), permanent)


def test_a_report_that_it_arrived_is_no_bounce():
    one = found(report("Final-Recipient: rfc822; priya@nair.example\nAction: delivered\nStatus: 2.1.5"))
    assert one.kind is Kind.AUTO


def test_a_read_receipt_is_no_answer():
    raw = b"""From: priya@nair.example
To: dana@blueheron.example
Subject: Read: The visit
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary="b"

--b
Content-Type: text/plain

Your message was read on Monday.

--b
Content-Type: message/disposition-notification

Final-Recipient: rfc822;priya@nair.example
Original-Message-ID: <a1b2c3@blueheron.example>
Disposition: manual-action/MDN-sent-manually; displayed

--b--
"""
    one = found(raw)
    assert (one.kind, one.customer, one.message) == (Kind.RECEIPT, 7, 70)


def test_who_calls_it_spam_is_known():
    raw = b"""From: feedback@provider.example
To: dana@blueheron.example
Subject: FW: The visit
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an email abuse report.

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Provider/1.0
Version: 1
Original-Rcpt-To: <priya@nair.example>

--b
Content-Type: message/rfc822

From: dana@blueheron.example
Message-ID: <a1b2c3@blueheron.example>
Subject: The visit

Hi
--b--
"""
    one = found(raw)
    assert (one.kind, one.customer, one.addresses) == (Kind.REPORT, 7, ("priya@nair.example",))


class TestAnswers:
    def test_the_subject_of_a_link_makes_an_answer(self):
        one = found(letter("The gate was open.", subject="Re: 4/5 ref 000XK7Q2M9XA"))
        assert (one.kind, one.customer, one.score, one.reply_text) == (Kind.ANSWER, 7, 4, "The gate was open.")

    def test_a_mark_of_the_program_that_sent_it_changes_nothing(self):
        raw = letter("", subject="9/10 ref 000XK7Q2M9XA", Auto_Submitted="auto-generated")
        assert found(raw).kind is Kind.ANSWER


AWAY = {
    "rfc 3834": ("Out of Office: The visit", {"Auto_Submitted": "auto-replied"}, "I am away and back on Monday, 30 November 2026.", date(2026, 11, 30)),
    "until": ("Automatic reply: The visit", {"X_Auto_Response_Suppress": "All"}, "I am out of the office until 27 November.", date(2026, 11, 27)),
    "american": ("Automatic reply: The visit", {"Auto_Submitted": "auto-replied"}, "I will return to the office on 12/7/2026.", date(2026, 12, 7)),
    "iso": ("Away", {"Precedence": "auto_reply"}, "Back in the office on 2026-12-01.", date(2026, 12, 1)),
    "weekday": ("Out of office", {"Auto_Submitted": "auto-replied"}, "I will be back on Thursday.", date(2026, 11, 26)),
    "span": ("Out of office", {"Auto_Submitted": "auto-replied"}, "I am on leave from 20 November to 4 December.", date(2026, 12, 5)),
    "not until": ("Out of office", {"Auto_Submitted": "auto-replied"}, "I will not be back until Tuesday, December 1.", date(2026, 12, 1)),
    "spanish": ("Respuesta automática: La visita", {}, "Estoy de vacaciones. Vuelvo el 7 de diciembre.", date(2026, 12, 7)),
    "german": ("Abwesenheitsnotiz: Besuch", {}, "Ich bin ab dem 30.11.2026 wieder erreichbar.", date(2026, 11, 30)),
    "french": ("Réponse automatique : La visite", {}, "Je suis absent. De retour le 2 décembre 2026.", date(2026, 12, 2)),
    "next year": ("Out of office", {"Auto_Submitted": "auto-replied"}, "We are closed and will be back on January 4.", date(2027, 1, 4)),
    "no date": ("Out of office", {"Auto_Submitted": "auto-replied"}, "I am away. Ring 555-0123 for urgent matters.", None),
    "a date that is not theirs": ("Out of office", {"Auto_Submitted": "auto-replied"}, "Our new office opened on 3 March 2026.", None),
}  # fmt: skip


@pytest.mark.parametrize(("subject", "headers", "text", "back"), AWAY.values(), ids=AWAY)
def test_an_automatic_reply_is_no_answer_and_may_say_when_they_are_back(subject, headers, text, back):
    one = found(letter(text, subject=subject, In_Reply_To=SENT, **headers))
    assert (one.kind, one.customer, one.message, one.return_date) == (Kind.AUTO, 7, 70, back)


def test_a_newsletter_is_automatic():
    raw = letter("Our offers", sender="Carl <carl@jensen.example>", subject="News", List_Id="<news.jensen.example>")
    assert found(raw).kind is Kind.AUTO


OPT_OUTS = [
    "Please don't mail me any more.",
    "Thanks for the visit. Please take me off your mailing list.",
    "Stop emailing me!",
    "I no longer wish to receive these emails.",
    "Unsubscribe",
    "STOP",
    "Please remove my address from your list, we moved.",
    "I don't want any more emails from you.",
    "Do not contact me again.",
    "No more messages please.",
    "Por favor, no me escriban más.",
    "Quiero darme de baja de su lista.",
    "Dejen de enviarme correos.",
    "Ya no quiero recibir sus mensajes.",
    "Bórrenme de su lista de correo.",
]
STAYS = [
    "Please don't stop, I like your notes.",
    "Can you stop by on Thursday?",
    "Stop the pump before you clean it.",
    "Please remove the leaves from the skimmer.",
    "I did not get your last email, can you send it again?",
    "Don't write it off yet, the pump may still run.",
    "Could you email me the invoice?",
    "No more algae, thank you!",
    "Please text me instead of calling.",
    "No me escribió Luis ayer, ¿viene mañana?",
    "¿Puede enviarme la factura por correo?",
    "El agua ya no está verde.",
]


@pytest.mark.parametrize("words", OPT_OUTS)
def test_a_plain_no_is_heard_and_its_sentence_kept(words):
    one = found(letter(f"Hello Dana.\n\n{words}\n\nPriya" if len(words) > 12 else words))
    assert (one.kind, one.customer) == (Kind.OPT_OUT, 7)
    assert words.rstrip(".!") in one.sentence or one.sentence.rstrip(".!") in words


@pytest.mark.parametrize("words", STAYS)
def test_what_only_sounds_like_it_is_a_reply(words):
    assert found(letter(words)).kind is Kind.REPLY


def test_what_is_quoted_is_not_said():
    raw = letter(
        "Yes, clear.\n\nOn Mon, Nov 23, 2026 Dana <dana@x.example> wrote:\n> If you want no more emails, write “unsubscribe”."
    )
    assert found(raw).kind is Kind.REPLY


@given(some.binary(max_size=400))
def test_whatever_the_bytes_are_there_is_an_answer(raw):
    assert found(raw).kind in Kind


@given(
    some.text(max_size=300),
    some.text(alphabet=some.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=60),
)
def test_whatever_the_words_are_there_is_an_answer(text, subject):
    raw = f"From: Priya <priya@nair.example>\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}"
    assert found(raw.encode("utf-8", "surrogatepass")).kind in Kind
