"""Delivery reports of many servers, written after RFC 3464 and what each server is known to say."""

import pytest

from followup_desktop.mail.parse.model import Kind
from tests.mail.parse.world import SENT, letter, report
from tests.mail.parse.world import found_in as found

WHO = "priya@nair.example"


def dsn(status, said="", action="failed", final=WHO, more=""):
    """Return the fields of a recipient (RFC 3464 2.3)."""
    lines = [f"Final-Recipient: rfc822; {final}", f"Action: {action}", f"Status: {status}"]
    return "\n".join([*lines, *([f"Diagnostic-Code: smtp; {said}"] if said else []), *([more] if more else [])])


REPORTS = {
    "postfix, unknown": (dsn("5.1.1", "550 5.1.1 <priya@nair.example>: Recipient address rejected: User unknown in virtual mailbox table"), "5.1.1", True),
    "postfix, no such domain": (dsn("5.4.4"), "5.4.4", False),
    "postfix, relay denied": (dsn("5.7.1", "554 5.7.1 <priya@nair.example>: Relay access denied"), "5.7.1", False),
    "postfix, greylisted": (dsn("4.7.1", "450 4.7.1 Greylisted, try again later", "delayed"), "4.7.1", False),
    "postfix, expired": (dsn("4.4.1", "connect to mx.nair.example[192.0.2.1]:25: Connection timed out"), "4.4.1", False),
    "gmail, unknown": (dsn("5.1.1", "550-5.1.1 The email account that you tried to reach does not exist. Please try\n 550-5.1.1 double-checking the recipient's email address"), "5.1.1", True),
    "gmail, full": (dsn("5.2.2", "552-5.2.2 The email account that you tried to reach is over quota"), "5.2.2", False),
    "gmail, disabled": (dsn("5.2.1", "550-5.2.1 The email account that you tried to reach is disabled"), "5.2.1", True),
    "gmail, not authenticated": (dsn("5.7.26", "550-5.7.26 This mail has been blocked because the sender is unauthenticated"), "5.7.26", False),
    "gmail, unsolicited": (dsn("5.7.1", "550-5.7.1 Our system has detected that this message is likely unsolicited mail"), "5.7.1", False),
    "gmail, too fast": (dsn("4.2.1", "450-4.2.1 The user you are trying to contact is receiving mail at a rate", "delayed"), "4.2.1", False),
    "exchange online, not found": (dsn("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient priya@nair.example not found by SMTP address lookup"), "5.1.10", True),
    "exchange online, denied": (dsn("5.4.1", "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)"), "5.4.1", False),
    "exchange online, restricted": (dsn("5.7.133", "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup"), "5.7.133", False),
    "exchange, full": (dsn("5.2.2", "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException"), "5.2.2", False),
    "exchange, blocked by address": (dsn("5.7.606", "550 5.7.606 Access denied, banned sending IP [192.0.2.9]"), "5.7.606", False),
    "outlook.com": (dsn("5.5.0", "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)"), "5.5.0", False),
    "outlook.com, block list": (dsn("5.7.1", "550 5.7.1 Unfortunately, messages from [192.0.2.9] weren't sent. Please contact your ISP; S3140"), "5.7.1", False),
    "yahoo, no account": (dsn("5.0.0", "554 delivery error: dd This user doesn't have a yahoo.com account (priya@nair.example) [0]"), "5.0.0", True),
    "yahoo, later": (dsn("4.7.0", "421 4.7.0 [TSS04] Messages from 192.0.2.9 temporarily deferred due to unexpected volume or user complaints", "delayed"), "4.7.0", False),
    "icloud": (dsn("5.1.1", "550 5.1.1 <priya@nair.example>: user does not exist"), "5.1.1", True),
    "icloud, full": (dsn("5.2.2", "552 5.2.2 <priya@nair.example>: user is over quota"), "5.2.2", False),
    "gmx": (dsn("5.0.0", "550 Requested action not taken: mailbox unavailable\n 550 For explanation visit http://postmaster.gmx.com/en/error-messages"), "5.0.0", False),
    "t-online": (dsn("5.0.0", "550 5.1.1 <priya@nair.example> Benutzer existiert nicht"), "5.1.1", True),
    "zoho": (dsn("5.1.1", "550 5.1.1 User does not exist - <priya@nair.example>"), "5.1.1", True),
    "sendmail": (dsn("5.1.1", "550 5.1.1 <priya@nair.example>... User unknown", more="Remote-MTA: DNS; mx.nair.example\nLast-Attempt-Date: Mon, 23 Nov 2026 09:00:00 -0800"), "5.1.1", True),
    "sendmail, host": (dsn("5.1.2", "550 Host unknown"), "5.1.2", True),
    "sendmail, expired": (dsn("4.4.7", "", more="Remote-MTA: DNS; mx.nair.example"), "4.4.7", False),
    "exim": (dsn("5.0.0", "550 No such user here"), "5.0.0", True),
    "exim, verify": (dsn("5.0.0", "550-Verification failed for <dana@blueheron.example>\n 550 Sender verify failed"), "5.0.0", False),
    "courier": (dsn("5.0.0", "550 User unknown."), "5.0.0", True),
    "domino": (dsn("5.1.1", "550 priya@nair.example... No such user"), "5.1.1", True),
    "ses": (dsn("5.1.1", "550 5.1.1 user unknown", more="X-Original-Message-ID: <0100@email.amazonses.com>"), "5.1.1", True),
    "proofpoint": (dsn("5.7.0", "550 5.7.0 Local Policy Violation - proofpoint"), "5.7.0", False),
    "mimecast": (dsn("5.0.0", "550 Rejected by header based manually Blocked Senders: dana@blueheron.example"), "5.0.0", False),
    "mimecast, unknown": (dsn("5.0.0", "550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550"), "5.0.0", True),
    "barracuda": (dsn("5.0.0", "550 permanent failure for one or more recipients (priya@nair.example:blocked)"), "5.0.0", False),
    "spamhaus": (dsn("5.7.1", "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org"), "5.7.1", False),
    "too large": (dsn("5.3.4", "552 5.3.4 Message size exceeds fixed limit"), "5.3.4", False),
    "bad content": (dsn("5.6.0", "554 5.6.0 Message contains invalid header"), "5.6.0", False),
    "moved": (dsn("5.1.6", "551 5.1.6 User has moved"), "5.1.6", True),
    "wrong sender": (dsn("5.1.8", "553 5.1.8 Domain of sender address does not exist"), "5.1.8", False),
    "loop": (dsn("5.4.6", "554 5.4.6 Too many hops"), "5.4.6", False),
    "forwarded": (dsn("5.1.1", "550 5.1.1 User unknown", final="old@elsewhere.example", more=f"Original-Recipient: rfc822;{WHO}"), "5.1.1", True),
    "as xtext": (dsn("5.1.1", "550 5.1.1 User unknown", final="old@elsewhere.example", more="Original-Recipient: rfc822;priya+40nair.example"), "5.1.1", True),
    "capitals": (dsn("5.1.1", "550 5.1.1 unknown", final="Priya@NAIR.Example"), "5.1.1", True),
    "with a comment": (dsn("5.1.1 (bad destination mailbox address)", "550 unknown"), "5.1.1", True),
    "two, one of them arrived": (f"{dsn('2.0.0', '250 ok', 'relayed', 'carl@jensen.example')}\n\n{dsn('5.1.1', '550 5.1.1 unknown')}", "5.1.1", True),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "status", "permanent"), REPORTS.values(), ids=REPORTS)
def test_a_report_by_the_standard(fields, status, permanent):
    one = found(report(fields))
    assert (one.kind, one.customer, one.message) == (Kind.BOUNCE, 7, 70)
    assert (one.addresses, one.status, one.permanent) == ((WHO,), status, permanent)


WORDS = {
    "exim": ("Mail Delivery System <Mailer-Daemon@host.example>", "Mail delivery failed: returning message to sender", "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  priya@nair.example\n    Unrouteable address\n\n------ This is a copy of the message, including all the headers. ------\n\nReturn-path: <dana@blueheron.example>\nFrom: dana@blueheron.example\n\nPlease unsubscribe me 550 5.7.1", "", True),
    "exim, delayed": ("Mail Delivery System <Mailer-Daemon@host.example>", "Warning: message 1abc-0001 delayed 24 hours", "This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue.\n\nThe address to which the message has not yet been delivered is:\n\n  priya@nair.example\n    Delay reason: Connection timed out\n\nNo action is required on your part.", "4.0.0", False),
    "qmail": ("MAILER-DAEMON@host.example", "failure notice", "Hi. This is the qmail-send program at host.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<priya@nair.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <dana@blueheron.example>", "5.1.1", True),
    "qmail, vpopmail": ("MAILER-DAEMON@host.example", "failure notice", "<priya@nair.example>:\nUser and password not set, continuing without authentication.\n<priya@nair.example> 192.0.2.1 failed after I sent the message.\nRemote host said: 554 5.7.9 Message not accepted for policy reasons.", "5.7.9", False),
    "sendmail, old": ("Mail Delivery Subsystem <MAILER-DAEMON@host.example>", "Returned mail: see transcript for details", "The original message was received at Mon, 23 Nov 2026 09:00:00 -0800\nfrom localhost [127.0.0.1]\n\n   ----- The following addresses had permanent fatal errors -----\n<priya@nair.example>\n    (reason: 550 5.1.1 <priya@nair.example>... User unknown)\n\n   ----- Transcript of session follows -----\n... while talking to mx.nair.example.:\n>>> DATA\n<<< 550 5.1.1 <priya@nair.example>... User unknown", "5.1.1", True),
    "gmail, in words": ("Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Failure)", "** Address not found **\n\nYour message wasn't delivered to priya@nair.example because the domain nair.example couldn't be found. Check for typos or unnecessary spaces and try again.\n\nThe response was:\n\nDNS Error: DNS type 'mx' lookup of nair.example responded with code NXDOMAIN", "", True),
    "gmail, spanish": ("Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Failure)", "** No se ha encontrado la dirección **\n\nTu mensaje no se ha entregado a priya@nair.example porque no se ha encontrado la dirección o esta no puede recibir correo.\n\nLa respuesta fue:\n\n550 5.1.1 The email account that you tried to reach does not exist.", "5.1.1", True),
    "exchange, german": ("Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@nair.example>", "Unzustellbar: The visit", "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Verteilerlisten:\n\npriya@nair.example\nDie von Ihnen eingegebene E-Mail-Adresse konnte nicht gefunden werden.\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##", "5.1.1", True),
    "exchange, french": ("postmaster@nair.example", "Non remis : The visit", "Échec de la remise pour ces destinataires ou groupes :\n\npriya@nair.example\nL'adresse de messagerie entrée est introuvable.", "", True),
    "exchange, old": ("System Administrator <postmaster@nair.example>", "Undeliverable: The visit", "Your message\n\n  To:      priya@nair.example\n  Subject: The visit\n  Sent:    Mon, 23 Nov 2026 09:00:00 -0800\n\ndid not reach the following recipient(s):\n\npriya@nair.example on Mon, 23 Nov 2026 09:00:05 -0800\n    The recipient name is not recognized\n    The MTS-ID of the original message is: c=us;a= ;p=nair\n    MSEXCH:IMS:NAIR:SITE:SERVER 0 (000C05A6) Unknown Recipient", "", True),
    "yahoo": ("MAILER-DAEMON@yahoo.example", "Failure Notice", "Sorry, we were unable to deliver your message to the following address.\n\n<priya@nair.example>:\n552: 5.2.2 Mailbox over quota\n\n--- Below this line is a copy of the message.", "5.2.2", False),
    "web.de": ("mailer-daemon@web.de", "Mail delivery failed: returning message to sender", "Diese Nachricht wurde automatisch erzeugt.\n\nIhre E-Mail konnte nicht zugestellt werden:\n\npriya@nair.example:\nSMTP error from remote server: 550 5.1.1 Empfänger unbekannt", "5.1.1", True),
    "italian": ("postmaster@posta.example", "Mancata consegna: The visit", "Non è stato possibile consegnare il messaggio al destinatario:\n\npriya@nair.example\n\n550 5.1.1 utente sconosciuto", "5.1.1", True),
    "portuguese": ("MAILER-DAEMON@correio.example", "Mensagem não entregue", "Não foi possível entregar a sua mensagem para:\n\n<priya@nair.example>\n\nA caixa postal não existe.", "", True),
    "russian": ("mailer-daemon@pochta.example", "Сообщение не доставлено", "Письмо не может быть доставлено.\n\npriya@nair.example\n\n550 Пользователь не найден", "5.0.0", True),
    "japanese": ("MAILER-DAEMON@mail.example", "配信エラーのお知らせ", "メッセージを配信できませんでした。\n\npriya@nair.example\n\n550 5.1.1 宛先が見つかりません", "5.1.1", True),
    "full, in words": ("MAILER-DAEMON@mailenable.example", "Message Delivery Failure", "The following recipient(s) could not be reached:\n\nRecipient: [SMTP:priya@nair.example]\nReason: The mailbox is full", "", False),
    "a null return path": ("Priya's server <noreply@nair.example>", "Undelivered Mail Returned to Sender", "Your message could not be delivered.\n\npriya@nair.example: 550 user unknown", "5.0.0", True),
}  # fmt: skip


@pytest.mark.parametrize(("sender", "subject", "text", "status", "permanent"), WORDS.values(), ids=WORDS)
def test_a_report_in_words(sender, subject, text, status, permanent):
    more = {"Return_Path": "<>"} if "noreply" in sender else {}
    one = found(letter(text, sender=sender, subject=subject, **more))
    assert (one.kind, one.addresses, one.status, one.permanent) == (Kind.BOUNCE, (WHO,), status, permanent)
    assert one.customer == 7


NOT = {
    "a person about a bounce": ("Priya <priya@nair.example>", "Your mail", "Your mail to my husband could not be delivered, he has a new address.", Kind.REPLY),
    "a person with a code": ("Priya <priya@nair.example>", "Re: The visit", "I wrote to Luis and got 550 5.1.1 user unknown, delivery failed. Is that right?", Kind.REPLY),
    "a forwarded one": ("Priya <priya@nair.example>", "Fwd: Undelivered Mail Returned to Sender", "See below.\n\n550 5.1.1 could not be delivered", Kind.REPLY),
    "a parcel": ("Priya <priya@nair.example>", "Delivery failed", "The filter was not delivered today, nobody was home.", Kind.REPLY),
}  # fmt: skip


@pytest.mark.parametrize(("sender", "subject", "text", "kind"), NOT.values(), ids=NOT)
def test_a_person_who_writes_of_one_is_a_person(sender, subject, text, kind):
    assert found(letter(text, sender=sender, subject=subject)).kind is kind


def test_a_report_without_any_address_is_about_what_it_names():
    raw = letter(
        f"Delivery failed.\n\nMessage-ID: {SENT}\n\n550 5.1.1 unknown user", "MAILER-DAEMON@x.example", "Undeliverable"
    )
    one = found(raw)
    assert (one.kind, one.message, one.addresses, one.permanent) == (Kind.BOUNCE, 70, (WHO,), True)
