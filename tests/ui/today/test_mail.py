"""What customers seem to ask for, and mail of people nobody knows, stand on Today and are settled with a key."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import func

from followup_desktop.commands import mailbox
from followup_desktop.commands.customers import add_customer, edit_customer
from followup_desktop.core.consent import queries as consent
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.customers.model import Person
from followup_desktop.core.messages import queries as messages
from followup_desktop.core.messages.model import Arrived
from followup_desktop.core.messages.tables import MessageRow
from tests.ui.today import scene


@pytest.fixture
def arrived(today):
    account = messages_account(today)
    mailbox.file(today.desk, mailbox.Folder(account, "INBOX", 1, 3), scene.mail(scene.NOW))
    today.page.reload()
    today.until_there("Helen Zhou")
    return today


def messages_account(today):
    from followup_desktop.commands.messages import add_account

    return add_account(today.desk, scene.ACCOUNT).result.id


def newest_message(session):
    return session.scalar(func.max(MessageRow.id))


def select(today, group, title):
    rows, found = today.page.list._list_model.rows.items, ""
    for row in rows:
        if hasattr(row, "count"):
            found = row.title
        elif found == group and row.title == title:
            today.page.list.select(row.id)
            today.page.list.setFocus()
            today.qtbot.waitUntil(lambda: today.page.pane.choices.isVisibleTo(today.page.pane))
            return
    raise AssertionError(f"{title} is not in {group}")


@pytest.mark.row("X6", "G3")
def test_a_wish_to_stop_is_settled_with_one_key_and_undone(arrived):
    select(arrived, "They ask for something", "Greta Lindqvist")
    assert arrived.page.pane.choices.offered() == ("stop_mail", "stop_everything", "not_so")
    arrived.press(Qt.Key.Key_1)
    arrived.until_said("No mail to Greta Lindqvist any more")
    assert [s.reason for s in arrived.ask(consent.suppressions)] == ["wrote: “Please don't send me these any more.”"]
    arrived.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    arrived.qtbot.waitUntil(lambda: arrived.ask(consent.suppressions) == [])


@pytest.mark.row("Q3", "X6")
def test_a_wish_to_stop_leads_and_the_answer_to_them_waits_behind_it(arrived):
    def stands():
        return [row.group for row in arrived.rows() if row.title == "Greta Lindqvist"]

    assert stands() == ["They ask for something"]
    arrived.page.focus_on(customer_id=3)
    assert arrived.page.sight.chosen[0] == "asked"
    arrived.qtbot.waitUntil(lambda: "What waits: " in arrived.page.pane._reason_text.text())
    arrived.press(Qt.Key.Key_3)
    arrived.qtbot.waitUntil(lambda: stands() == ["Answers waiting for you"])


@pytest.mark.row("A6")
def test_a_channel_asked_for_is_taken_up_or_not_meant_so(arrived):
    select(arrived, "They ask for something", "Sam Osei")
    assert "seems to want to be reached by text, not by email" in arrived.page.pane.why._parts[0]
    arrived.press(Qt.Key.Key_3)
    arrived.qtbot.waitUntil(lambda: [w.name for w in arrived.ask(consent.wishes)] == ["Greta Lindqvist"])
    assert arrived.ask(customers.customer, 4).person.channel == ""


@pytest.mark.row("A3")
def test_somebody_nobody_knows_is_made_a_customer_with_one_key(arrived):
    select(arrived, "Mail from people you do not know", "Helen Zhou")
    shown = arrived.page.pane._reason_text.text()
    assert "<b>this week</b>" in shown
    assert not arrived.page.pane.history.isVisible(), "nothing happened with them yet"
    assert "Attached: pool.jpg, 2.4 MB" in shown
    arrived.press(Qt.Key.Key_1)
    arrived.until_said("Helen Zhou is a customer now")
    assert arrived.ask(messages.strangers) == []


@pytest.mark.row("A3", "Q4")
@pytest.mark.parametrize(
    ("permanent", "status", "offered"),
    [(True, "5.1.1", ("correct", "ring", "let_rest")), (False, "5.2.2", ("write_again", "ring", "let_rest"))],
)
def test_mail_that_came_back_stands_on_today_with_what_to_do(today, permanent, status, offered):
    maria = today.ask(customers.customer, 1)
    found = Arrived(
        "bounce", "<b1@x.example>", "", "", "Undelivered", scene.NOW, 1, addresses=(maria.person.email,),
        permanent=permanent, status=status,
    )  # fmt: skip
    mailbox.file(today.desk, mailbox.Folder(messages_account(today), "INBOX", 1, 3), (found,))
    today.page.reload()
    today.qtbot.waitUntil(lambda: bool(today.page.sight.day.returned))
    select(today, "Mail that came back", "Maria Alvarez")
    assert today.page.pane.choices.offered() == offered
    today.press(Qt.Key.Key_3)
    today.qtbot.waitUntil(lambda: not today.page.sight.day.returned)


@pytest.mark.row("A3", "Q4")
def test_what_came_back_is_written_again_to_the_corrected_address(today):
    account = messages_account(today)
    wanda = add_customer(today.desk, Person("Wanda", "Reyes", email="wanda@old.example")).result
    sent = Arrived(
        "own", "<m1@heron.example>", "", "", "The filter", scene.NOW - timedelta(hours=2), wanda,
        text="It is in. Does it run?", to_address="wanda@old.example",
    )  # fmt: skip
    mailbox.file(today.desk, mailbox.Folder(account, "Sent", 1, 3), (sent,))
    ours = today.ask(newest_message)
    back = Arrived(  # their clock is behind
        "bounce", "<b1@x.example>", "", "", "Undelivered", scene.NOW - timedelta(hours=3), wanda,
        answers=ours, addresses=("wanda@old.example",), permanent=True, status="5.1.1",
    )  # fmt: skip
    mailbox.file(today.desk, mailbox.Folder(account, "INBOX", 1, 3), (back,))
    edit_customer(today.desk, wanda, Person("Wanda", "Reyes", email="wanda@new.example"))
    today.page.reload()
    today.qtbot.waitUntil(lambda: bool(today.page.sight.day.returned))
    assert "Wanda Reyes" not in [one.name for one in today.page.sight.day.queue.waiting]
    select(today, "Mail that came back", "Wanda Reyes")
    assert today.page.pane.choices.offered() == ("write_again", "let_rest")
    assert "They are at wanda@new.example now" in today.page.pane.why.accessibleName()
    today.press(Qt.Key.Key_1)
    today.qtbot.waitUntil(lambda: today.page.pane.draft.words() == ("The filter", "It is in. Does it run?"))
