"""Several accounts and names in the settings, and as whom a customer is written to."""

import pytest

from followup_desktop.commands import accounts, outbox
from followup_desktop.commands import messages as commands
from followup_desktop.core.messages import queries
from followup_desktop.core.messages.model import NewAccount, NewIdentity
from followup_desktop.ui.settings.names import NameDialog
from followup_desktop.ui.today.reading import paused_words

pytestmark = pytest.mark.row("A1")


@pytest.fixture
def both(desk):
    """Two accounts; the first is the usual one."""
    server = ("127.0.0.1", 1, "tls")
    new = [NewAccount(f"{who}@heron.example", who.title(), who, *server, *server) for who in ("dana", "office")]
    return [commands.add_account(desk, each).result.id for each in new]


def dialog_of(at, qtbot):
    def found():
        return [each for each in at.window.findChildren(NameDialog) if each.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1)
    return found()[0]


def test_each_account_is_looked_at_in_turn_and_one_is_the_usual(whole, both, read):
    at = whole("settings", section="Mail accounts")
    section = at.page.section()
    assert section.card.address.text() == "dana@heron.example"
    assert not section.row.make_usual.isVisible()
    section.row.which.chosen.emit(str(both[1]))
    assert section.card.address.text() == "office@heron.example"
    at.press(section.row.make_usual)
    assert read(queries.account).address == "office@heron.example"
    assert section.card.address.text() == "office@heron.example"
    at.press(section.card.remove_button)
    assert [each.address for each in read(queries.accounts)] == ["dana@heron.example"]
    assert section.card.address.text() == "dana@heron.example"


def test_each_account_that_needs_the_owner_is_shown_in_its_turn(whole, both, desk, read):
    outbox.pause(desk, both[1], "Sign in again in Settings, Mail.")
    at = whole("settings", section="Mail accounts")
    section = at.page.section()
    assert section.card.address.text() == "office@heron.example"
    assert not section.row.other.isVisible()
    outbox.pause(desk, both[0], "Sign in again in Settings, Mail.")
    at.page.reload()
    at.settle()
    assert section.row.other.isVisible()
    assert section.row.other.text() == "dana@heron.example is paused, too"
    at.press(section.row.other)
    assert section.card.address.text() == "dana@heron.example"
    assert paused_words(read(queries.accounts)).startswith("dana@heron.example and office@heron.example need you.")


@pytest.mark.row("K2")
def test_read_receipts_are_asked_for_by_one_account_only(whole, both, read):
    at = whole("settings", section="Mail accounts")
    card = at.page.section().card
    at.press(card.receipts_box)
    assert [each.asks_receipts for each in read(queries.accounts)] == [True, False]
    assert card.receipts_box.isChecked()
    at.page.section().row.which.chosen.emit(str(both[1]))
    assert not card.receipts_box.isChecked()


def test_another_account_can_be_added_or_left(whole, both):
    at = whole("settings", section="Mail accounts")
    section = at.page.section()
    at.press(section.row.add)
    assert section.finding.isVisible()
    assert section.heading.text() == "Add a mail account"
    at.press(section.finding.cancel)
    assert section.card.isVisible()


def test_a_signature_and_another_name_are_kept_and_taken_back(whole, both, read, qtbot):
    at = whole("settings", section="Mail accounts")
    section = at.page.section()
    section.names.rows[0].edit.click()
    dialog = dialog_of(at, qtbot)
    dialog.signature.setPlainText("Dana Whitlock\n555-0142")
    dialog.reply_to.setText("dana at heron")
    at.press(dialog.save_button)
    assert "not an email address" in dialog.problem_banner.accessibleName()
    dialog.reply_to.setText("answers@heron.example")
    at.press(dialog.save_button)
    itself = read(queries.senders)[0]
    assert (itself.reply_to, itself.signature) == ("answers@heron.example", "Dana Whitlock\n555-0142")
    assert "answers go to answers@heron.example · signed “Dana Whitlock”" in at.texts()
    at.press(section.names.add)
    dialog = dialog_of(at, qtbot)
    dialog.name.setText("Blue Heron")
    dialog.address.setText("info@heron.example")
    at.press(dialog.save_button)
    assert [each.address for each in read(queries.senders, both[0])] == ["dana@heron.example", "info@heron.example"]
    section.names.rows[1].edit.click()
    at.press(dialog_of(at, qtbot).remove)
    assert len(read(queries.senders, both[0])) == 1
    at.window.act("undo")
    at.settle()
    assert len(section.names.rows) == 2


def test_a_customer_is_written_to_as_was_chosen_beside_them(whole, both, desk, add, read):
    customer = add("Priya Nair")
    other = accounts.add_identity(desk, both[1], NewIdentity("Blue Heron", "info@heron.example")).result
    at = whole("customers", customer_id=customer)
    at.page.pane.details.sender_chosen.emit(both[1], other)
    at.settle()
    assert read(queries.sender_for, customer).address == "info@heron.example"
    assert at.page._about.sender.address == "info@heron.example"
    at.page.pane.details.sender_chosen.emit(both[0], None)
    at.settle()
    accounts.make_usual(desk, both[1])
    assert read(queries.sender_for, customer).address == "office@heron.example"
