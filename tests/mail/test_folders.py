import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.mail.folders import Folders, Listed, choose, on_the_wire, parse_listing


def listing(*lines):
    return choose(parse_listing(lines))


def test_the_special_use_counts_whatever_the_folder_is_called():
    found = listing(
        b'(\\HasNoChildren \\Drafts) "/" "[Gmail]/Drafts"',
        b'(\\HasNoChildren \\Sent) "/" "[Gmail]/Sent Mail"',
        b'(\\HasNoChildren) "/" Sent',
        b'(\\HasChildren \\Noselect) "/" "[Gmail]"',
        b'(\\HasNoChildren) "/" INBOX',
    )
    assert found == Folders(
        "[Gmail]/Drafts", "[Gmail]/Sent Mail", ("[Gmail]/Drafts", "[Gmail]/Sent Mail", "Sent", "INBOX")
    )


@pytest.mark.parametrize(
    ("drafts", "sent"),
    [
        (b"Drafts", b'"Sent Items"'),
        (b"INBOX.Drafts", b"INBOX.Sent"),
        (b"Entw&APw-rfe", b'"Gesendete Objekte"'),
        (b"Brouillons", b'"&AMk-l&AOk-ments envoy&AOk-s"'),
        (b"Borradores", b"Enviados"),
        (b"Bozze", b'"Posta inviata"'),
        (b"&BCcENQRABD0EPgQyBDgEOgQ4-", b"&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-"),
        (b"&Tgtm+DBN-", b"&kAFP4W4IMH8-"),
        (b"drafts", b"SENT"),
    ],
)
def test_without_special_uses_the_name_decides_in_any_language(drafts, sent):
    delimiter = b'"."' if b"." in drafts else b'"/"'
    found = listing(*(b"() " + delimiter + b" " + name for name in (b"INBOX", b"Customers", drafts, sent)))
    assert found.drafts is not None
    assert found.sent is not None
    assert found.drafts != found.sent


def test_a_folder_of_that_name_deep_inside_another_is_not_it():
    assert listing(b'() "/" Customers/Osei/Sent').sent is None
    assert listing(b'() "/" Customers/Sent', b'() "/" Sent').sent == "Sent"


def test_where_nothing_fits_the_owner_has_to_be_asked():
    assert listing(b'() "/" INBOX', b'() "/" Archive') == Folders(None, None, ("INBOX", "Archive"))


def test_a_folder_that_cannot_be_opened_is_not_offered():
    assert listing(b'(\\Noselect \\Sent) "/" Sent').names == ()


def test_odd_listings_are_read():
    assert parse_listing(
        [
            b'(\\HasNoChildren) NIL "quoted \\"name\\""',
            (b'(\\HasNoChildren) "/" {9}', b"with/bits"),
            b'() "/" R&D',
            b'() "/" "R&-D"',
            b"nonsense",
            None,
        ]
    ) == [
        Listed('quoted "name"', frozenset({"\\hasnochildren"}), ""),
        Listed("with/bits", frozenset({"\\hasnochildren"}), "/"),
        Listed("R&D", frozenset(), "/"),
        Listed("R&D", frozenset(), "/"),
    ]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40))
def test_every_folder_name_survives_the_wire(name):
    assert parse_listing([b'() "/" ' + on_the_wire(name)])[0].name == name
