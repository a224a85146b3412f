"""A mail account set up in the window, against real servers."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from followup_desktop.base.wording import moment_words
from followup_desktop.commands import messages as commands
from followup_desktop.commands import outbox
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.messages import queries
from followup_desktop.core.messages.model import Fate, NewAccount
from followup_desktop.ui.parts.send_later import SendLaterDialog
from tests.outbox.steps import became

pytestmark = [
    pytest.mark.mailserver,
    pytest.mark.row("A1"),
    # Cancelling leaves a connection to a silent server to its time-out.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def at(whole):
    return whole("settings", section="Mail accounts")


@pytest.fixture
def fill(at, dovecot, smtp_server, mailbox):
    """Fill the form in for a mailbox on the test servers."""

    def enter(password, imap=None):
        at.press(at.page.section().finding.hand)
        form = at.page.section().entry
        form.address.edit.setText(mailbox)
        form.name.edit.setText("Dana Ortiz")
        form.password.edit.setText(password)
        form.imap.edit.setText(imap or f"127.0.0.1:{dovecot.imaps_port}")
        form.smtp.edit.setText(f"127.0.0.1:{smtp_server.port}")
        form.smtp_security.setCurrentIndex(form.smtp_security.findData("none"))
        form.certificate.edit.setText(str(dovecot.certificates.authority))
        return form

    return enter


def try_it(at, form):
    form.trial.click()
    at._qtbot.waitUntil(lambda: not at.page.section().trying.running(), timeout=20_000)
    return at.page.section().trying


@pytest.fixture
def account(desk):
    """An account that is set up."""
    new = NewAccount("dana@heron.example", "Dana", "dana", "127.0.0.1", 1, "tls", "127.0.0.1", 1, "tls")
    return commands.add_account(desk, new).result


def test_a_wrong_password_is_said_with_what_to_do_and_nothing_is_kept(at, fill, read):
    trying = try_it(at, fill("wrong"))
    assert "Not signed in to read 127.0.0.1 did not accept the user name or the password." in trying.steps.text()
    assert "Type the password again" in trying.steps.text()
    assert not trying.use.isVisible()
    assert read(queries.accounts) == []
    assert trying.retype.hasFocus()
    trying.retype.click()
    assert at.page.section().entry.isVisible()
    password = at.page.section().entry.password.edit
    assert (password.hasFocus(), password.selectedText()) == (True, "wrong")


def test_an_account_that_works_is_used_with_its_folders_and_its_password(
    at, fill, password, read, mailbox, asked, no_keyring
):
    trying = try_it(at, fill(password))
    said = trying.steps.text().splitlines()
    assert said[0].startswith("Signed in to read 127.0.0.1:")
    assert said[1].startswith("Signed in to send 127.0.0.1:")
    assert said[2] == "Folders Drafts: Drafts · Sent: Sent"
    assert "This computer has no keyring" in said[3]
    at.press(trying.use)
    account = read(queries.account)
    assert (account.address, account.drafts_folder, account.sent_folder) == (mailbox, "Drafts", "Sent")
    assert at.page.context.passwords.of(account) == password
    assert at.page.section().card.isVisible()
    assert "kept in memory only, until the program closes" in at.texts()
    assert asked.outbox == ["woken"]
    assert "Mail account added" in at.said


def test_a_message_to_oneself_is_sent_and_waited_for(at, fill, password, smtp_server, dovecot, mailbox, read):
    form = fill(password)
    form.test.setChecked(True)
    form.trial.click()
    at._qtbot.waitUntil(lambda: smtp_server.taken != [], timeout=20_000)
    for folder in ("INBOX", "Sent"):
        dovecot.deliver(mailbox, smtp_server.taken[0].raw, folder)
    at._qtbot.waitUntil(lambda: not at.page.section().trying.running(), timeout=20_000)
    said = at.page.section().trying.steps.text().splitlines()
    assert said[4].startswith("A test to yourself arrived after")
    assert said[5] == "Copies in Sent your server files what it sends"
    at.press(at.page.section().trying.use)
    assert read(queries.account).files_sent is True


def test_a_server_that_is_silent_can_be_left_at_once(at, fill, password, dovecot, qtbot):
    form = fill(password)
    with dovecot.frozen():
        form.trial.click()
        trying = at.page.section().trying
        qtbot.waitUntil(lambda: "Signing in to read" in trying.steps.text())
        assert trying.cancel.hasFocus()
        trying.cancel.click()
        assert form.isVisible()
        at.settle()
    assert form.imap.edit.text() == f"127.0.0.1:{dovecot.imaps_port}"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
            "Your organisation has turned off sending with a password. Whoever runs your Microsoft 365",
        ),
        ("534 5.7.9 Application-specific password required", "This provider wants an app password here"),
        ("534 5.7.14 Please log in via your web browser and then try again.", "see you in the browser first"),
        ("454 4.7.0 Too many login attempts, please try again later.", "locked for a while after too many tries"),
    ],
)
def test_what_a_provider_says_stands_beside_the_step_with_the_way_out(at, fill, password, smtp_server, said, shown):
    smtp_server.fail("auth", said)
    assert shown in try_it(at, fill(password)).steps.text()


def test_a_server_that_is_not_there_is_named(at, fill, password):
    trying = try_it(at, fill(password, imap="127.0.0.1:1"))
    assert "Not signed in to read Nothing answers at 127.0.0.1:1. Check the port number." in trying.steps.text()
    assert "Signed in to send" in trying.steps.text()
    assert trying.anyway.isVisible()


def test_what_is_missing_is_said_beside_its_field_and_no_server_is_asked(at):
    at.press(at.page.section().finding.hand)
    form = at.page.section().entry
    form.address.edit.setText("dana at heron")
    form.imap.edit.setText("imap.heron.example:mail")
    form.smtp.edit.setText("smtp.heron.example")
    form.smtp_security.setCurrentIndex(form.smtp_security.findData("none"))
    form.certificate.edit.setText("/nowhere/ca.pem")
    form.trial.click()
    assert "dana at heron" in form.address.problem()
    assert form.password.problem() == "The password is missing."
    assert "is not a server" in form.imap.problem()
    assert "would not be encrypted" in form.smtp.problem()
    assert "There is no such file." in form.certificate.problem()
    assert form.isVisible()


def test_servers_are_filled_in_from_the_address_and_what_was_typed_stays(at):
    at.press(at.page.section().finding.hand)
    form = at.page.section().entry
    form.address.edit.setText("dana@heron.example")
    form.address.edit.editingFinished.emit()
    assert (form.imap.edit.text(), form.smtp.edit.text()) == ("imap.heron.example:993", "smtp.heron.example:465")
    form.imap.edit.setText("mail.heron.example:993")
    form.address.edit.setText("dana@icloud.com")
    form.address.edit.editingFinished.emit()
    assert (form.imap.edit.text(), form.smtp.edit.text()) == ("mail.heron.example:993", "smtp.mail.me.com:587")
    assert form.smtp_security.currentData() == "starttls"
    assert form.hint.isVisible()


def test_a_paused_account_says_why_and_sends_again_when_asked(whole, desk, account, read, asked):
    outbox.pause(desk, account.id, "The server refused the password.")
    at = whole("settings", section="Mail accounts")
    card = at.page.section().card
    assert "The server refused the password." in card.paused.accessibleName()
    card.paused.pressed.emit()
    at.settle()
    assert read(queries.account).paused == ""
    assert not card.paused.isVisible()
    assert asked.outbox == ["woken"]


def test_an_account_can_be_removed_and_brought_back(whole, account, read):
    at = whole("settings", section="Mail accounts")
    at.press(at.page.section().card.remove_button)
    assert read(queries.accounts) == []
    assert at.page.section().finding.isVisible()
    at.window.act("undo")
    at.settle()
    assert read(queries.account).address == "dana@heron.example"
    assert at.page.section().card.isVisible()


def test_changing_the_password_keeps_the_rest(whole, account):
    at = whole("settings", section="Mail accounts")
    at.press(at.page.section().card.password_button)
    form = at.page.section().entry
    assert form.password.edit.hasFocus()
    assert (form.address.edit.text(), form.address.edit.isReadOnly()) == ("dana@heron.example", True)
    assert form.imap.edit.text() == "127.0.0.1:1"


@pytest.fixture
def message(desk, add, account):
    """A message that was approved and waits."""
    follow_up = commands.write(desk, add("Priya Nair"), Purpose.AD_HOC).result
    sent = commands.send(desk, commands.Approved(follow_up, "The gate", "Hi Priya")).result
    desk.store.clock.moment = desk.store.clock.moment.replace(hour=20)
    return sent


def outbox_row(at):
    (row,) = at.page.section().outbox.rows
    return row


def test_a_refused_message_says_why_and_where_it_is(whole, desk, message):
    became(desk, message, Fate.REFUSED, "550 5.1.1 no such user")
    at = whole("settings", section="Mail accounts")
    row = outbox_row(at)
    assert "Was refused. 550 5.1.1 no such user" in row.accessibleName()
    assert "It is back on Today." in row.accessibleName()
    assert not row.did.isVisible()
    assert not row.again.isVisible()


def test_only_the_owner_says_what_became_of_a_message_nobody_knows_of(whole, desk, message, read):
    became(desk, message, Fate.LEAVES, "connection lost")
    outbox.looked(desk, message, ask=True)
    at = whole("settings", section="Mail accounts")
    row = outbox_row(at)
    assert "We cannot tell whether this left." in row.accessibleName()
    at.press(row.did)
    assert read(queries.message, message).state == "accepted", "its copy is seen to next"
    assert "its copy is being filed" in outbox_row(at).accessibleName()


def test_what_is_late_is_asked_about_and_can_go_back_to_today(whole, desk, message, read):
    outbox.late(desk, [message])
    at = whole("settings", section="Mail accounts")
    row = outbox_row(at)
    assert "while the computer was off. It has not left. Send it still?" in row.accessibleName()
    assert (row.did.isVisible(), row.again.text()) == (False, "Send now")
    at.press(row.back)
    assert read(queries.message, message).state == "cancelled"
    assert not at.page.section().outbox.isVisible()


def test_what_waits_can_leave_at_another_time(whole, desk, message, read):
    at = whole("settings", section="Mail accounts")
    outbox_row(at).other.click()
    [dialog] = at.window.findChildren(SendLaterDialog)
    dialog.offers[-1].click()
    at.settle()
    (waiting,) = read(queries.outbox)
    moved = waiting.not_before.astimezone(ZoneInfo(str(at.page.context.settings.value("business.zone"))))
    assert (waiting.state, moved.hour) == ("queued", 9)
    assert f"Waits until {moment_words(waiting.not_before, desk.store.clock.now(), str(moved.tzinfo))}" in (
        outbox_row(at).accessibleName()
    )


def test_an_account_the_provider_holds_says_until_when_and_can_be_tried_now(whole, desk, account, message, read, asked):
    outbox.hold(desk, account.id, desk.store.clock.now() + timedelta(hours=24), "The server spoke of a daily limit.")
    at = whole("settings", section="Mail accounts")
    card = at.page.section().outbox
    assert "Sending waits until tomorrow" in card.held.accessibleName()
    assert "daily limit" in card.held.accessibleName()
    assert "Waits, because sending is paused." in outbox_row(at).accessibleName()
    card.held.pressed.emit()
    at.settle()
    assert read(queries.account).held_until is None
    assert asked.outbox == ["woken"]
    assert not card.held.isVisible()
