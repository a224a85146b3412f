"""Whoever answers a letter has it before them, and sees how their own will end."""

from dataclasses import replace

import pytest

from followup_desktop.commands import mailbox
from followup_desktop.commands.accounts import describe
from followup_desktop.commands.consent import set_consent
from followup_desktop.commands.messages import add_account
from followup_desktop.core.messages.model import Arrived, Attached, NewIdentity
from tests.ui.today import scene

LETTER = Arrived(
    "reply", "<r1@x.example>", "ana@x.example", "Ana", "The filter", scene.NOW, customer=0,
    text="Hello Dana,\n\nwill the old line do?\n\nAna", attachments=(Attached("line.jpg", "image/jpeg", 240_000),),
)  # fmt: skip


def row_of(row):
    return row.group, row.title


@pytest.fixture
def written(today):
    account = add_account(today.desk, scene.ACCOUNT).result.id
    today.choose("Ana Pereira")
    today.qtbot.waitUntil(lambda: bool(today.page.pane.history.lines()))
    ana = today.page.pane.customer()
    describe(today.desk, account, NewIdentity("Dana", scene.ACCOUNT.address, "", "Blue Heron Pools\n555-0199"))
    mailbox.file(today.desk, mailbox.Folder(account, "INBOX", 1, 3), (replace(LETTER, customer=ana),))
    today.page.reload()
    today.qtbot.waitUntil(
        lambda: ("Answers waiting for you", "Ana Pereira") in [(r.group, r.title) for r in today.rows()]
    )
    today.choose("Ana Pereira")
    today.qtbot.waitUntil(lambda: today.page.pane.draft.signature() != "")
    return today


@pytest.mark.row("A3", "Q3")
def test_the_letter_that_is_answered_stands_open_beside_the_draft(written):
    history = written.page.pane.history
    newest = history.lines()[0]
    assert "will the old line do?" in newest.more
    assert "Attached: line.jpg (240 kB)" in newest.more
    assert newest.id in history._painter.opened


@pytest.mark.row("A2")
def test_the_signature_is_seen_below_the_draft_and_is_no_part_of_it(written):
    draft = written.page.pane.draft
    assert draft.signature() == "--\nBlue Heron Pools\n555-0199"
    assert "555-0199" not in draft.words()[1]


@pytest.mark.row("G3")
def test_whoever_wants_no_mail_is_named_beside_the_draft(written):
    assert not written.page.pane.problem.isVisible()
    said = "wrote: “Please ring me instead.”"
    set_consent(written.desk, written.page.pane.customer(), "email", allowed=False, source=said)
    written.choose("Sam Osei")
    written.choose("Ana Pereira")
    written.qtbot.waitUntil(lambda: written.page.pane.problem.isVisible())
    words = written.page.pane.problem.accessibleName()
    assert "Ana Pereira wants no mail. Wrote: “Please ring me instead.”" in words
