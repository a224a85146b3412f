"""A glance never says more than the whole reading does."""

import pytest

from followup_desktop.mail.parse.glance import is_surely_bulk

BULK = (
    b"Return-Path: <news@shop.example>\r\nFrom: The Shop <news@shop.example>\r\nTo: dana@heron.example\r\n"
    b"Subject: Ten per cent off\r\nPrecedence: bulk\r\nMessage-ID: <1@shop.example>\r\n\r\n"
)


def nobody(_address):
    return False


def test_bulk_mail_of_a_stranger_is_known_at_a_glance():
    assert is_surely_bulk(BULK, nobody)
    assert is_surely_bulk(BULK.replace(b"The Shop <news@shop.example>", b"News@Shop.Example"), nobody)
    assert is_surely_bulk(BULK.replace(b"Ten per cent off", b"=?utf-8?Q?Zehn_Prozent_f=C3=BCr_Sie?="), nobody)
    assert is_surely_bulk(BULK.replace(b"bulk", b"Junk ").replace(b"\r\n", b"\n"), nobody)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Precedence: bulk\r\n", b""),
        (b"Precedence: bulk", b"Precedence: list"),
        (b"Precedence: bulk", b"Precedence: bulk\r\nIn-Reply-To: <ours@heron.example>"),
        (b"Precedence: bulk", b"Precedence: bulk\r\nREFERENCES: <ours@heron.example>"),
        (b"Precedence: bulk", b"Precedence: bulk\r\nX-Failed-Recipients: ana@pereira.example"),
        (b"Precedence: bulk", b"Precedence: bulk\r\nContent-Type:\r\n multipart/report; report-type=delivery-status"),
        (b"Return-Path: <news@shop.example>", b"Return-Path: <>"),
        (b"The Shop <news@shop.example>", b"MAILER-DAEMON@shop.example"),
        (b"The Shop <news@shop.example>", b"=?utf-8?Q?Ana_=3Cana=40pereira.example=3E?="),
        (b"The Shop <news@shop.example>", b"ana@pereira.example, The Shop <news@shop.example>"),
        (b"The Shop <news@shop.example>", b"The Shop <news@shop.example>\r\nFrom: ana@pereira.example"),
        (b"The Shop <news@shop.example>", b"The Shop\r\n <news@shop.example>"),
        (b"The Shop <news@shop.example>", "Jürgen <jürgen@shop.example>".encode()),
        (b"From: The Shop <news@shop.example>\r\n", b""),
        (b"Ten per cent off", b"Undelivered Mail Returned to Sender"),
        (b"Ten per cent off", b"=?utf-8?B?VW5kZWxpdmVyZWQgTWFpbCBSZXR1cm5lZCB0byBTZW5kZXI=?="),
        (b"Ten per cent off", b"Undelivered Mail\r\n Returned to Sender"),
    ],
)
def test_what_is_not_plain_to_see_is_read_whole(old, new):
    assert old in BULK
    assert not is_surely_bulk(BULK.replace(old, new), nobody)


@pytest.mark.parametrize("known", ["news@shop.example"])
def test_whom_we_know_is_read_whole(known):
    assert not is_surely_bulk(BULK, known.__eq__)


@pytest.mark.parametrize("head", [b"", b"\xff\xfe", b"Precedence: bulk", b"From: \r\nPrecedence: bulk\r\n"])
def test_whatever_the_bytes_are_this_answers(head):
    assert not is_surely_bulk(head, nobody)
