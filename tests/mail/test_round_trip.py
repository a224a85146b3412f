"""A letter on its whole way: built, sent over one real server, kept on another, found and read there."""

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from followup_desktop.mail import imap, smtp
from followup_desktop.mail.compose import Letter, check_address, compose, new_message_id
from tests.mailservers import IMPATIENT

pytestmark = pytest.mark.mailserver


@pytest.fixture
def letter(account):
    return Letter(
        from_name="Dana Ortiz",
        from_address=account.address,
        to_name='Núñez, Ana "Anita"',
        to_address="ana@núñez.example",
        subject="El precio de la bomba: mañana",
        text="Hola Ana,\n.\n..el precio llega mañana antes del mediodía.\n\nDana",
        message_id=new_message_id(account.domain, "6f0d2a"),
        date=datetime(2026, 3, 6, 9, tzinfo=UTC),
    )


def send(account, password, letter):
    with smtp.connect(account, password, IMPATIENT) as line:
        return smtp.send(line, account.address, check_address(letter.to_address), compose(letter), list)


def test_what_arrives_and_what_is_kept_are_what_was_written(account, password, letter, smtp_server, dovecot, mailbox):
    send(account, password, letter)
    with imap.connect(account, password, IMPATIENT) as box:
        sent = imap.folders(box).sent
        assert imap.find(box, sent, letter.message_id) == ()
        imap.append(box, sent, compose(letter), (r"\Seen",), letter.date)
        assert len(imap.find(box, sent, letter.message_id)) == 1
    (stored,) = dovecot.messages(mailbox, "Sent")
    assert stored.raw == smtp_server.taken[0].raw == compose(letter)
    read = email.message_from_bytes(stored.raw, policy=email.policy.default)
    assert read["Subject"] == letter.subject
    assert read.get_content().replace("\r\n", "\n") == letter.text + "\n"
    assert [person.addr_spec for person in read["To"].addresses] == list(smtp_server.taken[0].rcpt_to)


@pytest.mark.parametrize("renamed", [False, True])
def test_a_copy_the_provider_files_itself_is_found(renamed, account, password, letter, smtp_server, dovecot, mailbox):
    def file(taken):
        ours = b"X-Microsoft-Original-Message-ID: " if renamed else b"Message-ID: "
        dovecot.deliver(mailbox, taken.raw.replace(b"Message-ID: ", ours), "Sent", r"(\Seen)")

    smtp_server.on_taken = file
    send(account, password, letter)
    with imap.connect(account, password, IMPATIENT) as box:
        assert imap.find(box, "Sent", letter.message_id) == (1,)


def test_a_draft_becomes_the_letter_that_is_sent(account, password, letter, dovecot, mailbox):
    with imap.connect(account, password, IMPATIENT) as box:
        drafts = imap.folders(box).drafts
        first = imap.replace_draft(box, drafts, compose(letter), None)
        second = imap.replace_draft(box, drafts, compose(replace(letter, subject="Mañana")), first)
        assert [message.uid for message in dovecot.messages(mailbox, drafts)] == [second[1]]
        imap.delete(box, drafts, second)
    assert dovecot.messages(mailbox, drafts) == []
