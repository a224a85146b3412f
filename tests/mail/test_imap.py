from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.mail import imap
from followup_desktop.mail.account import Patience, Server
from followup_desktop.mail.troubles import NotReached, NotTrusted, SignInRefused
from tests.fakes.dovecot import Dovecot
from tests.mailservers import IMPATIENT, account_on

pytestmark = pytest.mark.mailserver

ID = "<4f1c@clearwater.example>"
RAW = f"From: dana@clearwater.example\r\nMessage-ID: {ID}\r\nSubject: The filter price\r\n\r\nHi Priya\r\n".encode()
AT_ONCE = Patience(connect=0.5, command=0.5, verdict=0.5)


@pytest.fixture
def box(account, password):
    with imap.connect(account, password, IMPATIENT) as opened:
        yield opened


@contextmanager
def opened_on(server: Dovecot, smtp_server, mailbox, password):
    with imap.connect(account_on(server, smtp_server, mailbox), password, IMPATIENT) as opened:
        yield opened


def test_the_folders_are_found_by_what_they_are_for(box):
    found = imap.folders(box)
    assert (found.drafts, found.sent) == ("Drafts", "Sent")
    assert set(found.names) == {"INBOX", "Drafts", "Sent", "Trash", "Junk"}


def test_localized_folders_are_found_by_their_names(german_dovecot, smtp_server, mailbox, password):
    with opened_on(german_dovecot, smtp_server, mailbox, password) as box:
        found = imap.folders(box)
        assert (found.drafts, found.sent) == ("Entwürfe", "Gesendete Objekte")
        assert imap.append(box, found.drafts, RAW) is not None
        assert imap.find(box, found.drafts, ID) == (1,)
    assert german_dovecot.messages(mailbox, "Entwürfe")[0].raw == RAW


@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
def test_a_mailbox_opens_in_every_way_a_server_offers(security, account, dovecot, password):
    port = dovecot.imaps_port if security == "tls" else dovecot.imap_port
    with imap.connect(replace(account, imap=Server("127.0.0.1", port, security)), password, IMPATIENT) as box:
        assert imap.folders(box).sent == "Sent"


def test_a_sent_copy_is_kept_byte_for_byte_as_read_and_at_its_time(box, dovecot, mailbox):
    place = imap.append(box, "Sent", RAW, (r"\Seen",), datetime(2026, 3, 6, 21, 5, tzinfo=UTC))
    (stored,) = dovecot.messages(mailbox, "Sent")
    assert stored.raw == RAW
    assert "\\Seen" in stored.flags
    assert place is not None
    assert place[1] == stored.uid
    with dovecot.signed_in(mailbox) as client:
        client.select("Sent", readonly=True)
        assert b"06-Mar-2026 21:05:00 +0000" in client.fetch("1", "INTERNALDATE")[1][0]


def test_a_message_is_found_by_the_id_we_gave_it(box, dovecot, mailbox):
    dovecot.deliver(mailbox, RAW.replace(b"4f1c", b"other"), "Sent")
    assert imap.find(box, "Sent", ID) == ()
    dovecot.deliver(mailbox, RAW, "Sent")
    assert imap.find(box, "Sent", ID) == (2,), "seen although the folder had been opened before"


def test_a_message_is_found_where_the_server_put_its_own_id_first(box, dovecot, mailbox):
    renamed = RAW.replace(b"Message-ID", b"Message-ID: <own@prod.outlook.example>\r\nX-Microsoft-Original-Message-ID")
    dovecot.deliver(mailbox, renamed, "Sent")
    assert imap.find(box, "Sent", ID) == (1,)


def test_looking_marks_nothing_as_read(box, dovecot, mailbox):
    dovecot.deliver(mailbox, RAW, "INBOX")
    assert imap.find(box, "INBOX", ID) == (1,)
    assert imap.read(box, "INBOX", 1) == RAW
    assert imap.read(box, "INBOX", 99) is None
    assert "\\Seen" not in dovecot.messages(mailbox)[0].flags


def test_a_draft_lies_in_drafts_as_a_draft(box, dovecot, mailbox):
    place = imap.replace_draft(box, "Drafts", RAW, None)
    (stored,) = dovecot.messages(mailbox, "Drafts")
    assert {"\\Draft", "\\Seen"} <= stored.flags
    assert (place[1], stored.raw) == (stored.uid, RAW)


def test_a_changed_draft_takes_the_place_of_the_old_one(box, dovecot, mailbox):
    dovecot.deliver(mailbox, b"Subject: the owner's own\r\n\r\nhi\r\n", "Drafts", r"(\Draft)")
    old = imap.replace_draft(box, "Drafts", RAW, None)
    changed = RAW.replace(b"Priya", b"Priya,")
    new = imap.replace_draft(box, "Drafts", changed, old)
    assert [stored.raw[:10] for stored in dovecot.messages(mailbox, "Drafts")] == [b"Subject: t", b"From: dana"]
    assert dovecot.messages(mailbox, "Drafts")[1].raw == changed
    assert new[1] == dovecot.messages(mailbox, "Drafts")[1].uid


def test_a_draft_whose_answer_was_lost_is_not_stored_twice(box, dovecot, mailbox):
    first = imap.replace_draft(box, "Drafts", RAW, None)
    assert imap.replace_draft(box, "Drafts", RAW, None) == first
    assert imap.replace_draft(box, "Drafts", RAW, first) == first
    assert len(dovecot.messages(mailbox, "Drafts")) == 1


def test_a_draft_the_owner_changed_elsewhere_is_left_alone(box, dovecot, mailbox):
    old = imap.replace_draft(box, "Drafts", RAW, None)
    edited = RAW.replace(b"Priya", b"dear Priya")
    dovecot.deliver(mailbox, edited, "Drafts", r"(\Draft)")
    assert imap.delete(box, "Drafts", old)
    imap.replace_draft(box, "Drafts", RAW.replace(b"Priya", b"P."), old)
    assert edited in [stored.raw for stored in dovecot.messages(mailbox, "Drafts")]


def test_nothing_is_deleted_when_the_folder_was_made_anew(box, dovecot, mailbox):
    validity, uid = imap.replace_draft(box, "Drafts", RAW, None)
    assert not imap.delete(box, "Drafts", (validity - 1, uid))
    assert len(dovecot.messages(mailbox, "Drafts")) == 1


def test_a_message_somebody_else_marked_for_deletion_stays(box, dovecot, mailbox):
    dovecot.deliver(mailbox, b"Subject: marked\r\n\r\nhi\r\n", "Drafts", r"(\Deleted)")
    old = imap.replace_draft(box, "Drafts", RAW, None)
    imap.delete(box, "Drafts", old)
    assert [stored.raw[:15] for stored in dovecot.messages(mailbox, "Drafts")] == [b"Subject: marked"]


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        ("[APPENDUID 1700000000 42] Append completed.", (1700000000, 42)),
        ("[appenduid 1 2] done", (1, 2)),
        ("Append completed.", None),
    ],
)
def test_the_place_of_a_stored_message_is_read_from_the_answer(answer, place):
    assert imap.appended_at(answer) == place


def test_a_missing_folder_is_said(box):
    for attempt in (
        lambda: imap.append(box, "Gesendet", RAW),
        lambda: imap.find(box, "Gesendet", ID),
        lambda: imap.replace_draft(box, "Gesendet", RAW, None),
    ):
        with pytest.raises(Problem, match="no folder called Gesendet"):
            attempt()
    assert imap.find(box, "Sent", ID) == ()


def test_a_full_mailbox_is_said(smtp_server, mailbox, password, dovecot):
    large = RAW + b"x" * 3000 + b"\r\n"
    with Dovecot(quota="1k") as small, opened_on(small, smtp_server, mailbox, password) as box:
        assert imap.append(box, "Sent", RAW) is not None
        with pytest.raises(Problem, match="mailbox is full"):
            imap.append(box, "Sent", large)


@pytest.mark.parametrize("wrong", ["wrong", "fälsch"])
def test_a_wrong_password_is_said(wrong, account):
    with pytest.raises(SignInRefused, match="did not accept the user name or the password"):
        imap.connect(account, wrong, IMPATIENT)


@pytest.mark.parametrize("plain_password", ["secret", 'a "quoted\\" one'])
def test_a_password_without_special_letters_signs_in_too(plain_password, smtp_server, mailbox, dovecot):
    with Dovecot(password=plain_password) as server, opened_on(server, smtp_server, mailbox, plain_password) as box:
        assert imap.folders(box).sent == "Sent"


def test_a_server_nobody_vouches_for_is_said(account, password):
    with pytest.raises(NotTrusted, match="signed by nobody this computer trusts"):
        imap.connect(replace(account, ca_file=None), password, IMPATIENT)


def test_a_certificate_for_another_name_is_said(smtp_server, mailbox, password, dovecot):
    with Dovecot(certificate_for="other.example") as server, pytest.raises(NotTrusted, match="is for another name"):
        imap.connect(account_on(server, smtp_server, mailbox), password, IMPATIENT)


def test_the_wrong_kind_of_encryption_is_said(account, dovecot, password):
    plain = replace(account, imap=Server("127.0.0.1", dovecot.imap_port, "tls"))
    with pytest.raises(NotTrusted, match="does not speak encrypted mail"):
        imap.connect(plain, password, IMPATIENT)


def test_an_unknown_or_silent_server_is_said(account, dovecot, password):
    with pytest.raises(NotReached, match="No server called"):
        imap.connect(replace(account, imap=Server("mail.clearwater.invalid", 993)), password, IMPATIENT)
    with dovecot.frozen(), pytest.raises(NotReached, match="did not answer in time"):
        imap.connect(account, password, AT_ONCE)


def test_a_server_that_freezes_or_restarts_is_said_and_a_new_connection_works(
    account, password, smtp_server, mailbox, dovecot
):
    with Dovecot() as server:
        account = account_on(server, smtp_server, mailbox)
        with imap.connect(account, password, AT_ONCE) as box:
            with server.frozen(), pytest.raises(NotReached, match="did not answer in time"):
                imap.folders(box)
            assert not box.open
        with imap.connect(account, password, IMPATIENT) as box:
            imap.append(box, "Sent", RAW)
            server.restart()
            with pytest.raises(NotReached, match="lost"):
                imap.find(box, "Sent", ID)
        with imap.connect(account, password, IMPATIENT) as box:
            assert imap.find(box, "Sent", ID) == (1,)


def test_a_trial_of_the_settings_says_that_both_servers_let_us_in(account, password):
    assert imap.check(account, password, IMPATIENT) == imap.Check("Signed in.", "Signed in.", "Drafts", "Sent", ok=True)


def test_a_trial_of_the_settings_tells_each_trouble_by_itself(account, password, smtp_server):
    smtp_server.stop()
    tried = imap.check(account, password, IMPATIENT)
    assert (tried.ok, tried.imap, tried.sent) == (False, "Signed in.", "Sent")
    assert tried.smtp.startswith("Nothing answers at 127.0.0.1")
    smtp_server.start()
    tried = imap.check(account, "wrong", IMPATIENT)
    assert "did not accept" in tried.imap
    assert "did not accept" in tried.smtp
    assert tried.drafts is None
