"""The mail beside a customer: threads as plain text, quotes folded, attachments named and never opened unasked."""

from datetime import timedelta

import pytest

from followup_desktop.commands import mailbox
from followup_desktop.commands.messages import add_account
from followup_desktop.core.messages.model import Arrived, Attached
from followup_desktop.core.messages.rules import may_be_opened, safe_name
from tests.conftest import MONDAY
from tests.ui.today.scene import ACCOUNT

WORDS = "Is Friday all right? <img src='https://track.example/p.gif'>"


@pytest.fixture
def shown(add, desk, opened, qtbot):
    key = add("Ana Pereira", email="ana@pereira.example")
    files = (Attached("plan.pdf", "application/pdf", 120_000), Attached("run.pdf.exe", "application/x-msdownload", -1))
    first = Arrived(
        "reply", "<a@p.example>", "ana@pereira.example", "Ana", "Friday", MONDAY - timedelta(days=2), key,
        text=WORDS, whole=f"{WORDS}\n\nOn Wed Dana wrote:\n> When shall we come?", attachments=files,
    )  # fmt: skip
    account = add_account(desk, ACCOUNT).result.id
    mailbox.file(desk, mailbox.Folder(account, "INBOX", 1, 1), (first,))
    window, page, _asked = opened()
    window.go("customers", customer_id=key)
    qtbot.waitUntil(lambda: page.selected() == key)
    page.pane.choose_tab("mail")
    tab = page.pane.mail
    group = tab.list._groups[0]
    tab.list.select(group.items[0].id)
    qtbot.waitUntil(lambda: tab.words.isVisible())
    return tab, group


@pytest.mark.row("A3", "G6", "D2")
def test_a_letter_is_plain_text_with_its_quote_folded_away(shown):
    tab, group = shown
    assert group.title == "Friday"
    assert tab.words.toPlainText() == WORDS
    tab.fold.click()
    assert "> When shall we come?" in tab.words.toPlainText()
    tab.fold.click()
    assert tab.words.toPlainText() == WORDS


@pytest.mark.row("A3")
def test_a_paper_may_be_opened_and_a_program_only_saved(shown):
    tab, _group = shown
    offered = [button.accessibleName() for button in tab.file_buttons()]
    assert offered == ["Open plan.pdf", "Save as… plan.pdf", "Save as… run.pdf.exe"]


@pytest.mark.parametrize(
    ("name", "safe", "opens"),
    [
        ("quote.PDF", "quote.PDF", True), ("quote.pdf.exe", "quote.pdf.exe", False), ("page.html", "page.html", False),
        ("../../etc/passwd", "_.._etc_passwd", False), ("fdp\u202eexe.pdf", "fdp_exe.pdf", True), ("pdf", "pdf", False),
        ("con.txt", "_con.txt", True), ("  ", "_", False), ("notes.txt. ", "notes.txt", True),
        ("a.svg", "a.svg", False),
    ],
)  # fmt: skip
def test_names_stay_in_their_folder_and_look_like_what_they_are(name, safe, opens):
    assert (safe_name(name), may_be_opened(name)) == (safe, opens)
