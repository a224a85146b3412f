"""Undo of "Save to Drafts" where no server is: what waits, waits without pressing."""

from datetime import timedelta

import pytest

from followup_desktop.commands import messages
from followup_desktop.commands import outbox as outbox_commands
from followup_desktop.commands.customers import add_customer
from followup_desktop.commands.undo import undo_last
from followup_desktop.core.customers.model import Person
from followup_desktop.core.messages.model import NewAccount
from followup_desktop.jobs import outbox
from followup_desktop.jobs.post import Post
from tests.conftest import MONDAY

NOWHERE = ("127.0.0.1", 1, "none")


@pytest.fixture
def desk(program):
    messages.add_account(program.desk, NewAccount("dana@example.com", "Dana", "dana", *NOWHERE, *NOWHERE))
    return program.desk


def saved(desk):
    customer = add_customer(desk, Person("Priya", "Nair", email="priya@example.com")).result
    follow_up = messages.write(desk, customer).result
    return messages.save_draft(desk, messages.Approved(follow_up, "Subject", "Text")).result


@pytest.mark.row("Q6")
def test_the_outbox_comes_for_the_draft_and_waits_while_the_server_is_away(desk):
    outbox_commands.draft_saved(desk, saved(desk), "Drafts", 1, 5)
    assert outbox.next_due(desk) is None
    undo_last(desk)
    assert outbox.next_due(desk) == MONDAY
    assert outbox.run(desk, Post(lambda account: "secret")).trouble is not None
    assert outbox.next_due(desk) == MONDAY + timedelta(minutes=10)


@pytest.mark.row("Q6")
def test_what_never_came_into_the_account_leaves_nothing_to_do(desk):
    saved(desk)
    undo_last(desk)
    assert outbox.next_due(desk) is None


@pytest.mark.row("Q6")
def test_a_paused_account_is_not_asked_again_and_again(desk):
    outbox_commands.draft_saved(desk, saved(desk), "Drafts", 1, 5)
    undo_last(desk)
    outbox_commands.pause(desk, 1, "The password was refused.")
    assert outbox.next_due(desk) is None
