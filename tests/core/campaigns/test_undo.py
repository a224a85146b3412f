"""A campaign of which a message has left is stopped, not taken back: what was said keeps its reason."""

from datetime import date

import pytest

from followup_desktop.base.errors import Stale
from followup_desktop.commands import campaigns as commands
from followup_desktop.commands import messages
from followup_desktop.commands.messages import Approved
from followup_desktop.commands.undo import undo_last
from followup_desktop.core.campaigns import queries
from followup_desktop.core.campaigns.model import NewCampaign
from followup_desktop.core.drafts.queries import proposal
from followup_desktop.core.journeys import queries as journeys
from followup_desktop.core.messages.model import Fate, NewAccount
from tests.outbox.steps import became

LEAVES = NewCampaign("Leaves", "Everybody", (), date(2026, 11, 23), 1, words="They fall.", ask="Shall I come?")


def test_a_campaign_is_not_taken_back_from_under_a_message_that_left(desk, program, add, read, clock):
    ana = add("Ana Abel")
    server = ("localhost", 1, "none")
    messages.add_account(desk, NewAccount("dana@example.com", "Dana", "dana", *server, *server))
    key = commands.start(desk, LEAVES).result
    (follow_up,) = read(journeys.of_customer, ana)
    draft = read(proposal, follow_up.id, program.templates, clock.now())
    assert draft.text == read(queries.samples, LEAVES, [ana], program.templates, clock.now())[0].text
    message = messages.send(desk, Approved(follow_up.id, "Leaves", draft.text)).result
    became(desk, message, Fate.TAKEN, "250 OK")
    with pytest.raises(Stale, match="done already"):
        undo_last(desk)
    assert read(queries.campaign, key, clock.now()).progress.sent == 1
    (follow_up,) = read(journeys.of_customer, ana)
    assert follow_up.outcome == "sent"


def test_planning_twice_changes_nothing(desk, add, read, clock):
    from followup_desktop.commands.door import plan_of
    from followup_desktop.core.journeys.records import reconcile

    people = [add(f"Customer {number}") for number in range(5)]
    commands.start(desk, LEAVES)
    with desk.store.write("test", "", undoable=False) as work:
        reconcile(work, people, plan_of(work, desk))
        assert work.recorder.kinds == set()


def test_an_address_mail_came_back_from_is_left_out(desk, add, read, clock):
    from followup_desktop.core.customers.model import CustomerId
    from followup_desktop.core.history import records
    from followup_desktop.core.history.model import Happening, NewEvent

    ana = add("Ana Abel")
    add("Ben Cole")
    with desk.store.write("test", "", undoable=False) as work:
        records.note(work, CustomerId(ana), NewEvent(Happening.BOUNCED, about="ana.abel@example.com"))
    found = read(queries.preview, LEAVES, clock.now())
    assert [place.name for place in found.places] == ["Ben Cole"]
    assert [one.name for one in found.left_out] == ["Ana Abel"]
