"""Finding what was sent where the server is Gmail's: in its own words, and the usual way for what those cannot hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from followup_desktop.mail import arrived, imap
from followup_desktop.mail.account import Account, Server
from tests.fakes.gmail_imap import SENT, GmailImap

OURS = "<followup.1@clearwater.example>"
RAW = f"Message-ID: {OURS}\r\nReferences: {OURS}\r\nSubject: Boiler\r\n\r\nHello\r\n".encode()


@pytest.fixture
def gmail() -> Iterator[GmailImap]:
    with GmailImap() as server:
        yield server


@pytest.fixture
def box(gmail: GmailImap) -> Iterator[imap.Box]:
    here = Server("127.0.0.1", gmail.port, "none")
    with imap.connect(Account("dana@clearwater.example", "Dana", here, here, "dana"), "secret") as box:
        yield box


def test_a_message_gmail_filed_is_found_by_its_own_search(gmail: GmailImap, box: imap.Box) -> None:
    gmail.file_sent(RAW)
    assert imap.folders(box).sent == SENT
    assert imap.find(box, SENT, OURS) == tuple(gmail.boxes[SENT])
    assert imap.copy_of(box, SENT, OURS) == OURS
    assert set(gmail.searched) == {'X-GM-RAW "rfc822msgid:followup.1@clearwater.example"'}


def test_a_message_gmail_has_not_is_not_found(gmail: GmailImap, box: imap.Box) -> None:
    gmail.file_sent(RAW.replace(b"followup.1", b"followup.11"))
    assert imap.find(box, SENT, OURS) == ()
    assert imap.copy_of(box, SENT, OURS) is None


def test_an_answer_to_ours_is_not_taken_for_our_copy(gmail: GmailImap, box: imap.Box) -> None:
    gmail.file_sent(f"Message-ID: <x@y>\r\nIn-Reply-To: {OURS}\r\nReferences: {OURS}\r\n\r\nYes\r\n".encode())
    assert imap.copy_of(box, SENT, OURS) is None


@pytest.mark.parametrize("odd", ['<a"b@c>', "<a b@c>", "<(a)@c>", "<a\\b@c>", "a@c", "<>", "<ä@c>"])
def test_an_id_gmails_words_cannot_hold_is_looked_for_by_header(odd: str) -> None:
    assert imap.in_gmails_words(odd) is None


def test_a_copy_put_there_is_found_at_its_place(gmail: GmailImap, box: imap.Box) -> None:
    place = imap.append(box, SENT, RAW)
    [uid] = gmail.boxes[SENT]
    assert place == (7, uid)
    assert imap.find(box, SENT, OURS) == (uid,)
    assert imap.read(box, SENT, uid) == RAW


@pytest.mark.parametrize("numbers_last", [False, True])
def test_a_message_has_one_number_in_all_its_folders(gmail: GmailImap, box: imap.Box, numbers_last: bool) -> None:
    gmail.numbers_last = numbers_last
    gmail.deliver(b"Subject: before\r\n\r\nx\r\n")
    to_myself = gmail.deliver(RAW, "INBOX", SENT)
    [inbox], [sent] = (list(arrived.new_heads(box, name, None, date(2026, 11, 1))) for name in ("INBOX", SENT))
    assert len(inbox.heads) == 2
    for head in (inbox.heads[-1], sent.heads[-1]):
        assert (head.number, head.thread) == (str(to_myself.number), str(to_myself.thread))
    assert inbox.heads[-1].uid != sent.heads[-1].uid
    last = (inbox.validity, inbox.heads[0].uid)
    [later] = arrived.new_heads(box, "INBOX", last, date(2026, 11, 1))
    assert [head.uid for head in later.heads] == [inbox.heads[-1].uid]
